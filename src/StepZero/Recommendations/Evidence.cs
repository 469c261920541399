using StepZero.Diagnostics;
using StepZero.Sweeps;

namespace StepZero.Recommendations;

/// <summary>What a setting came to from fresh seeds.</summary>
/// <param name="Candidate">The setting.</param>
/// <param name="ReachedAt">For each seed the first iteration at which the target was reached; null where it was not. At least one seed.</param>
/// <param name="TestAccuracy">The median share of test samples classified rightly where the trainings ended; null without test samples, and where targets are numbers.</param>
/// <param name="Diagnosis">What the diagnosis says of it, from the first seed.</param>
public sealed record Evidence(Candidate Candidate, IReadOnlyList<int?> ReachedAt, double? TestAccuracy, Diagnosis Diagnosis)
{
    /// <summary>The share that reached the target.</summary>
    public Proportion Reached => new(ReachedAt.Count(at => at is not null), ReachedAt.Count);

    /// <summary>The median of the iterations to the target; infinite where half of the seeds or more did not reach it.</summary>
    public double Median => IterationsToTarget.MedianOf(ReachedAt);

    /// <summary>A quarter of the seeds took no more iterations.</summary>
    public double LowerQuartile => Statistics.QuantileOf(Iterations, 0.25);

    /// <summary>A quarter of the seeds took no fewer iterations; infinite where they did not reach the target.</summary>
    public double UpperQuartile => Statistics.QuantileOf(Iterations, 0.75);

    /// <summary>The iterations to the target of each seed, infinite where it was not reached.</summary>
    public IEnumerable<double> Iterations => IterationsToTarget.Of(ReachedAt);

    /// <summary>The chance that a training of this setting needs fewer iterations than one of another: the share of all pairs, ties counted half.</summary>
    /// <param name="other">The other.</param>
    public double ChanceToBeat(Evidence other) => Statistics.ChanceOfLess(Iterations, other.Iterations);
}
