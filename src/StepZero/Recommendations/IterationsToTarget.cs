using StepZero.Sweeps;

namespace StepZero.Recommendations;

/// <summary>The iterations to a target over seeds: a seed that did not reach it counts as infinite.</summary>
internal static class IterationsToTarget
{
    /// <summary>As numbers.</summary>
    /// <param name="reachedAt">For each seed the iterations, or null.</param>
    public static IEnumerable<double> Of(IEnumerable<int?> reachedAt) => reachedAt.Select(at => at ?? double.PositiveInfinity);

    /// <summary>Their median; infinite where half of the seeds or more did not reach it.</summary>
    /// <param name="reachedAt">For each seed the iterations, or null; at least one seed.</param>
    public static double MedianOf(IEnumerable<int?> reachedAt) => Statistics.QuantileOf(Of(reachedAt), 0.5);
}
