using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>What one initializer does over many seeds.</summary>
/// <param name="FinalCosts">
/// The last cost of each seed's training, in the order of the seeds; where costs of epochs are kept that of the trained network; infinite where it diverged.
/// </param>
/// <param name="TrainAccuracies">The training accuracies of those that completed, 0 to 1.</param>
/// <param name="TestAccuracies">The test accuracies of those that completed; empty without test data.</param>
/// <param name="Costs">For each iteration the lower quartile, median and upper quartile of the costs.</param>
public sealed record SeedStatistics(
    IReadOnlyList<double> FinalCosts, IReadOnlyList<double> TrainAccuracies, IReadOnlyList<double> TestAccuracies, Band Costs)
{
    /// <summary>For each epoch the lower quartile, median and upper quartile of the costs over all training samples; null where they are not kept.</summary>
    public Band? EpochCosts { get; init; }

    /// <summary>The number of seeds.</summary>
    public int Count => FinalCosts.Count;

    /// <summary>The number of seeds whose training diverged.</summary>
    public int Diverged => FinalCosts.Count(double.IsInfinity);

    /// <summary>The last costs summed up; diverged trainings count as infinite.</summary>
    public Summary FinalCost { get; } = Statistics.Summarize(FinalCosts);

    /// <summary>The training accuracies summed up; null where every training diverged.</summary>
    public Summary? TrainAccuracy { get; } = Statistics.SummarizeAny(TrainAccuracies);

    /// <summary>The test accuracies summed up; null where there are none.</summary>
    public Summary? TestAccuracy { get; } = Statistics.SummarizeAny(TestAccuracies);

    /// <summary>Gathers the trainings of one initializer.</summary>
    /// <param name="runs">One training a seed; at least one, none of them cancelled.</param>
    public static SeedStatistics Of(IReadOnlyList<RunResult> runs) => new(
        [.. runs.Select(run => Statistics.LastCostOf(run.Record))],
        [.. runs.Select(run => run.Record.TrainAccuracy).OfType<double>()],
        [.. runs.Select(run => run.TestAccuracy).OfType<double>()],
        Statistics.BandOf([.. runs.Select(run => run.Record.Costs)], 0.25, 0.75))
    {
        EpochCosts = Statistics.EpochBandOf(runs, 0.25, 0.75),
    };
}
