namespace StepZero.Diagnostics;

/// <summary>Where first costs point to, in logarithms of the cost before the last update of the budget.</summary>
/// <param name="Exponential">If from now on each update takes the same share of the cost, as in a quadratic valley.</param>
/// <param name="Power">If each doubling of the updates takes the same share, as on data with structure of all sizes.</param>
/// <param name="Lowest">The lowest cost seen: where an oscillating training has been it can get back to.</param>
/// <param name="Seen">The share of the budget that was seen, above 0 and below 1.</param>
internal readonly record struct CostCourse(double Exponential, double Power, double Lowest, double Seen)
{
    /// <summary>Falls by more than e⁻⁴ of what was seen are not believed.</summary>
    private const double MostFall = 4;

    /// <summary>Costs of exactly 0 have no logarithm.</summary>
    private const double Least = 1e-12;

    /// <summary>The course of first steps that are not the whole training, at least one.</summary>
    /// <remarks>
    /// The share is that between the medians of the last fifth and of a fifth around the middle, so that oscillation does not count. A cost that rose is
    /// expected to stay.
    /// </remarks>
    public static CostCourse Of(Probe probe)
    {
        IReadOnlyList<double> costs = probe.Costs;
        int seen = costs.Count, window = Math.Max(2, seen / 5);
        double last = LogOfMedian(costs, seen - window, window), middle = LogOfMedian(costs, (seen / 2) - (window / 2), window);
        double fall = Math.Max(0, middle - last), share = (double)seen / probe.Budget;
        return new CostCourse(
            last - Math.Min(MostFall, fall * (probe.Budget - seen) / (seen / 2.0)), last - Math.Min(MostFall, fall * -Math.Log2(share)),
            Math.Log(Math.Max(costs.Min(), Least)), share);
    }

    private static double LogOfMedian(IReadOnlyList<double> costs, int first, int count)
    {
        double[] part = [.. costs.Skip(Math.Max(first, 0)).Take(count).Order()];
        return Math.Log(Math.Max((part[(part.Length - 1) / 2] + part[part.Length / 2]) / 2, Least));
    }
}
