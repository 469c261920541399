using System.Globalization;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>The target of advice where nobody gave one: a cost that nearly every seed of the best setting ends at or below, times 1.1.</summary>
internal static class AdviceTarget
{
    /// <summary>The target is so many times a final cost.</summary>
    private const double Factor = 1.1;

    /// <summary>From so many seeds on the worst of them is known well enough.</summary>
    private const int ManySeeds = 64;

    /// <summary>All seeds of a setting but one in so many end at or below its final cost.</summary>
    private const int SeedsOfOneAbove = 100;

    /// <summary>Of few seeds the worst says little of the worst of many: one in a hundred ends above so many standard deviations over the mean of the logarithms, and more is added for fewer seeds.</summary>
    private const double Deviations = 2.33, MoreOfFew = 6;

    /// <summary>
    /// The final cost of a setting: all of its seeds but one in 100 end at or below. Of fewer than 64 seeds the worst, and at least the cost that by the spread of
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
    /// 1.1 times a cost, rounded up to four digits: what is printed is what is looked for. Where that is no less than what a constant answer costs, half the way there.
    /// </summary>
    /// <param name="final">The final cost of the best setting.</param>
    /// <param name="constant">The cost of the best answer that is the same for all samples.</param>
    /// <exception cref="StepZeroException">The cost is infinite: every setting diverged from some seed.</exception>
    public static TrainingTarget Of(double final, double constant = double.PositiveInfinity)
    {
        if (!double.IsFinite(final))
        {
            throw new StepZeroException("None of the settings that were screened trains from every seed: each diverged at least once. Give a smaller --learning-rate, or a --target of your own; 'stepzero diagnose' says what is wrong.");
        }

        // Below the smallest normal numbers a cost is 0 but for rounding.
        double cost = Math.Max(final < constant && final * Factor >= constant ? (final + constant) / 2 : final * Factor, 1e-300);
        double rounded = Rounded(cost);
        return new TrainingTarget(TargetQuantity.Cost, rounded >= cost * (1 - 1e-12) ? rounded : Rounded(cost * 1.0005));
    }

    private static double Rounded(double cost) => double.Parse(cost.ToString("E3", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
}
