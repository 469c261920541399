using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>Median, quartiles and a 95% interval of the median.</summary>
/// <param name="Median">Half of the values lie below.</param>
/// <param name="LowerQuartile">A quarter of the values lies below.</param>
/// <param name="UpperQuartile">A quarter of the values lies above.</param>
/// <param name="IntervalLow">The lower end of the bootstrap interval of the median.</param>
/// <param name="IntervalHigh">The upper end of the bootstrap interval of the median.</param>
public sealed record Summary(double Median, double LowerQuartile, double UpperQuartile, double IntervalLow, double IntervalHigh);

/// <summary>For each iteration a middle and what lies around it.</summary>
public sealed record Band(double[] Lower, double[] Middle, double[] Upper);

/// <summary>Statistics over many trainings.</summary>
public static class Statistics
{
    private const int Resamples = 2000;
    private const uint ResamplingSeed = 1;

    /// <summary>The quantile by linear interpolation between the sorted values, as <c>numpy.quantile</c> does by default.</summary>
    /// <param name="sorted">The values in ascending order; at least one. Infinite ones count as larger than all others.</param>
    /// <param name="share">The share of values below, 0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        double weight = position - below;
        return weight == 0 || sorted[below] == sorted[below + 1] ? sorted[below] : sorted[below] + (weight * (sorted[below + 1] - sorted[below]));
    }

    /// <summary>
    /// Sums up values. The interval is the percentile bootstrap (Efron 1979): the 2.5th and 97.5th percentile of the medians of 2,000 samples drawn
    /// from the values with replacement, from a fixed seed.
    /// </summary>
    /// <param name="values">At least one value.</param>
    public static Summary Summarize(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        double[] medians = new double[Resamples];
        double[] sample = new double[sorted.Length];
        var random = new NumPyRandom(ResamplingSeed);
        for (int i = 0; i < Resamples; i++)
        {
            foreach (ref double value in sample.AsSpan())
            {
                value = sorted[(int)(random.Uniform() * sorted.Length)];
            }

            Array.Sort(sample);
            medians[i] = Quantile(sample, 0.5);
        }

        Array.Sort(medians);
        return new Summary(
            Quantile(sorted, 0.5), Quantile(sorted, 0.25), Quantile(sorted, 0.75), Quantile(medians, 0.025), Quantile(medians, 0.975));
    }

    /// <summary>The last cost of a training: of its last batch it would say little, so where costs of epochs are kept it is that of the trained network.</summary>
    internal static double LastCostOf(TrainingRecord record) => record is { EpochCosts: not null, TrainCost: double cost } ? cost : record.FinalCost;

    /// <summary>Quantiles of the costs at the end of each epoch; null where they are not kept.</summary>
    /// <param name="runs">The trainings; at least one.</param>
    /// <param name="lower">The share of curves below the lower line.</param>
    /// <param name="upper">The share of curves below the upper line.</param>
    public static Band? EpochBandOf(IReadOnlyList<RunResult> runs, double lower, double upper) =>
        runs.All(run => run.Record.EpochCosts is not null) ? BandOf([.. runs.Select(run => run.Record.EpochCosts!)], lower, upper) : null;

    /// <summary>Quantiles of several cost curves at each iteration that all but the diverged ones reached; a curve that has ended counts as infinite.</summary>
    /// <param name="curves">The curves; at least one.</param>
    /// <param name="lower">The share of curves below the lower line.</param>
    /// <param name="upper">The share of curves below the upper line.</param>
    public static Band BandOf(IReadOnlyList<double[]> curves, double lower, double upper)
    {
        int length = curves.Max(curve => curve.Length);
        var band = new Band(new double[length], new double[length], new double[length]);
        double[] column = new double[curves.Count];
        for (int t = 0; t < length; t++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = t < curves[i].Length ? curves[i][t] : double.PositiveInfinity;
            }

            Array.Sort(column);
            band.Lower[t] = Quantile(column, lower);
            band.Middle[t] = Quantile(column, 0.5);
            band.Upper[t] = Quantile(column, upper);
        }

        return band;
    }
}
