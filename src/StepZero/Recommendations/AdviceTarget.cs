using System.Globalization;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>The target of advice where nobody gave one: a cost that nearly every seed of the best setting ends at or below, times 1.1.</summary>
internal static class AdviceTarget
{
    /// <summary>The target is so many times a final cost.</summary>
    private const double Factor = 1.1;

    /// <summary>A cost that is less than another in more than rounding is at most such a share of it.</summary>
    private const double Less = 0.998;

    /// <summary>From so many seeds on the worst of them is known well enough.</summary>
    private const int ManySeeds = 256;

    /// <summary>All seeds of a setting but one in so many end at or below its final cost.</summary>
    private const int SeedsOfOneAbove = 100;

    /// <summary>Of few seeds the worst says little of the worst of many: one in a hundred ends above so many standard deviations over the mean of the logarithms, and more is added for fewer seeds.</summary>
    private const double Deviations = 2.33, MoreOfFew = 6;

    /// <summary>
    /// The final cost of a setting: all of its seeds but one in 100 end at or below. Of fewer than 256 seeds also at least the cost that by the spread of
    /// their logarithms some 99 of 100 end at or below.
    /// </summary>
    /// <param name="costs">The costs that the seeds end with, at least one.</param>
    public static double FinalCostOf(IReadOnlyList<double> costs)
    {
        double worst = WorstBut(costs.Count / SeedsOfOneAbove, costs);
        if (costs.Count >= ManySeeds || costs.Count < 2 || !double.IsFinite(worst) || costs.Min() <= 0)
        {
            return worst;
        }

        double[] logarithms = [.. costs.Select(cost => Math.Log(cost))];
        double mean = logarithms.Average(), deviation = Math.Sqrt(logarithms.Sum(value => (value - mean) * (value - mean)) / (costs.Count - 1));
        return Math.Max(worst, Math.Exp(mean + ((Deviations + (MoreOfFew / costs.Count)) * deviation)));
    }

    /// <summary>The worst of costs but for the very worst, so many of them.</summary>
    public static double WorstBut(int spared, IReadOnlyList<double> costs) => costs.OrderDescending().ElementAt(spared);

    /// <summary>
    /// What a target is at most, so that to reach it is to learn: half the way from the cost that half of the seeds of the best setting end at or below to that of a constant answer.
    /// </summary>
    /// <param name="settings">For each setting the costs that its seeds end with.</param>
    /// <param name="constant">The cost of the best answer that is the same for all samples.</param>
    /// <exception cref="StepZeroException">No setting ends below the cost of a constant answer from half of its seeds.</exception>
    public static double LimitOf(IEnumerable<double[]> settings, double constant)
    {
        double median = settings.Min(costs => Statistics.QuantileOf(costs, 0.5));
        return median < constant * Less ? (median + constant) / 2 : throw new StepZeroException(string.Create(
            CultureInfo.InvariantCulture,
            $"None of the settings that were screened learns: half of the seeds of the best {(double.IsFinite(median) ? $"end at a cost of {median:G4} or above, and an answer that is the same for all samples costs {constant:G4}" : "diverge")}. Look at the data with 'stepzero diagnose'; give another --learning-rate or --scaling if you gave one, more --iterations, or a --target of your own."));
    }

    /// <summary>1.1 times a final cost, or the limit where that is less; rounded up to four digits: what is printed is what is looked for.</summary>
    /// <param name="final">The final cost of the best setting.</param>
    /// <param name="limit">What a target is at most.</param>
    public static TrainingTarget Of(double final, double limit) => RoundedUp(Math.Min(final * Factor, limit));

    /// <summary>Whether the target of a final cost is the limit.</summary>
    /// <param name="final">The final cost of the best setting.</param>
    /// <param name="limit">What a target is at most.</param>
    public static bool IsLimited(double final, double limit) => final * Factor > limit;

    private static TrainingTarget RoundedUp(double value)
    {
        // Below the smallest normal numbers a cost is 0 but for rounding.
        double cost = Math.Max(value, 1e-300), rounded = Rounded(cost);
        return new TrainingTarget(TargetQuantity.Cost, rounded >= cost * (1 - 1e-12) ? rounded : Rounded(cost * 1.0005));
    }

    private static double Rounded(double cost) => double.Parse(cost.ToString("E3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
