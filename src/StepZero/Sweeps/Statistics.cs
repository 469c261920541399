using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>Median, quartiles and a 95% interval of the median.</summary>
/// <param name="Median">Half of the values lie below.</param>
/// <param name="LowerQuartile">A quarter of the values lies below.</param>
/// <param name="UpperQuartile">A quarter of the values lies above.</param>
/// <param name="IntervalLow">The lower end of the interval.</param>
/// <param name="IntervalHigh">The upper end of the interval.</param>
public sealed record Summary(double Median, double LowerQuartile, double UpperQuartile, double IntervalLow, double IntervalHigh);

/// <summary>For each iteration a middle and what lies around it.</summary>
public sealed record Band(double[] Lower, double[] Middle, double[] Upper);

/// <summary>Statistics over many trainings.</summary>
public static class Statistics
{
    private const double Coverage = 0.95;

    /// <summary>The quantile by linear interpolation between the sorted values, as <c>numpy.quantile</c> does by default.</summary>
    /// <param name="sorted">The values in ascending order; at least one. Infinite ones count as larger than all others.</param>
    /// <param name="share">The share of values below, 0 to 1.</param>
    public static double Quantile(ReadOnlySpan<double> sorted, double share)
    {
        double position = share * (sorted.Length - 1);
        int below = (int)position;
        double weight = position - below;
        return weight == 0 ? sorted[below] : Between(sorted[below], sorted[below + 1], weight);
    }

    /// <summary>The quantile of values in any order.</summary>
    /// <param name="values">The values; at least one.</param>
    /// <param name="share">The share of values below, 0 to 1.</param>
    internal static double QuantileOf(IEnumerable<double> values, double share) => Quantile([.. values.Order()], share);

    /// <summary>
    /// Sums up values. The interval lies between values of the sample, interpolated so that it holds the median of what they were drawn from with a
    /// probability of 95% (Hettmansperger and Sheather 1986, Statistics &amp; Probability Letters 4, 75-79). Of fewer than 6 values it is the range of all of them,
    /// which holds the median with a probability of 1 − 2^(1−n).
    /// </summary>
    /// <remarks>
    /// The interval of the percentile bootstrap (Efron 1979) is not used: it holds the median in as few as 91 of 100 samples, of 13 values for example, because it
    /// can only be as long as one pair of sorted values allows.
    /// </remarks>
    /// <param name="values">At least one value.</param>
    public static Summary Summarize(IEnumerable<double> values)
    {
        double[] sorted = [.. values];
        Array.Sort(sorted);
        (int rank, double weight) = IntervalOfMedian(sorted.Length);
        return new Summary(
            Quantile(sorted, 0.5), Quantile(sorted, 0.25), Quantile(sorted, 0.75),
            Between(sorted[rank], sorted[Math.Min(rank + 1, sorted.Length - 1)], weight), Between(sorted[^(rank + 1)], sorted[^Math.Min(rank + 2, sorted.Length)], weight));
    }

    /// <summary>Sums up values; null where there are none.</summary>
    internal static Summary? SummarizeAny(IReadOnlyCollection<double> values) => values.Count == 0 ? null : Summarize(values);

    /// <summary>
    /// The chance that a draw of one is less than one of another: the share of all pairs where it is, half of those where both are the same counted with them.
    /// It is the U statistic of Mann and Whitney (1947) over the number of pairs; infinite values are all the same.
    /// </summary>
    /// <param name="values">Values; at least one.</param>
    /// <param name="others">What they are compared with; at least one.</param>
    public static double ChanceOfLess(IEnumerable<double> values, IEnumerable<double> others)
    {
        double[] own = [.. values], other = [.. others];
        Array.Sort(own);
        Array.Sort(other);
        int less = 0, upTo = 0;
        long halves = 0;
        foreach (double value in own)
        {
            for (; less < other.Length && other[less] < value; less++)
            {
            }

            for (upTo = Math.Max(upTo, less); upTo < other.Length && other[upTo] == value; upTo++)
            {
            }

            halves += (2L * (other.Length - upTo)) + (upTo - less);
        }

        return halves / (2.0 * own.Length * other.Length);
    }

    /// <summary>
    /// How far into the sorted values, from either end, the 95% interval of the median begins: from 0, and the way to the next. How many of n values lie below the
    /// median is binomial with one half, so values r and n + 1 − r hold it with a probability that is the sum of the middle terms.
    /// </summary>
    private static (int Rank, double Weight) IntervalOfMedian(int count)
    {
        // Terms of the binomial from the middle outwards, relative to the middle one; those beyond are too small to count.
        int rank = (count / 2) + 1;
        var coverages = new List<double> { 0 };
        double term = 1, sum = 0;
        for (int k = count / 2; k >= 0 && term > 1e-18; term *= k / (count - k + 1.0), k--)
        {
            sum += 2 * k == count ? term : 2 * term;
            coverages.Add(sum);
        }

        int steps = coverages.FindIndex(coverage => coverage >= Coverage * sum);
        rank -= steps;
        double outer = coverages[steps] / sum, inner = coverages[steps - 1] / sum;
        if (rank < 1)
        {
            return (0, 0);
        }

        double part = (outer - Coverage) / (outer - inner);
        return (rank - 1, (count - rank) * part / (rank + ((count - (2 * rank)) * part)));
    }

    /// <summary>Part of the way from one value to another; all of the way to infinity is infinite, and so is all of the way from it.</summary>
    private static double Between(double from, double to, double part) => part == 0 || from == to || double.IsInfinity(from) ? from : from + (part * (to - from));

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
