using StepZero.Networks;

namespace StepZero.Training;

/// <summary>How a training ended.</summary>
public enum RunStatus
{
    /// <summary>All iterations were made.</summary>
    Completed,

    /// <summary>The cost stopped being finite.</summary>
    Diverged,

    /// <summary>It was interrupted.</summary>
    Cancelled,
}

/// <summary>What was seen while a network trained.</summary>
/// <param name="Status">How the training ended.</param>
/// <param name="Costs">
/// costs[t] is the mean loss before update t over the samples it sees, so costs[0] is that of the untouched weights; as many as there were finite ones.
/// </param>
/// <param name="DivergedAt">The iteration whose cost was not finite; the number of iterations where only the final weights are not. Null unless diverged.</param>
/// <param name="TrainAccuracy">
/// The share of training samples that the final weights classify rightly, 0 to 1. Null unless completed, and where the targets are numbers.
/// </param>
public sealed record TrainingRecord(RunStatus Status, double[] Costs, int? DivergedAt, double? TrainAccuracy)
{
    /// <summary>The mean loss of the untouched weights over all training samples: costs[0], but with batches that is the first batch's. Null where there is none.</summary>
    public double? StartCost
    {
        get => field ?? (Costs is [double first, ..] ? first : null);
        init;
    }

    /// <summary>The mean loss of the final weights over all training samples. Null unless completed.</summary>
    public double? TrainCost { get; init; }

    /// <summary>The mean loss over all training samples at the end of each epoch; null where neither batches nor epochs were asked for.</summary>
    public double[]? EpochCosts { get; init; }

    /// <summary>The mean loss over the held-out samples at the end of each epoch; null without early stopping.</summary>
    public double[]? HeldCosts { get; init; }

    /// <summary>
    /// With early stopping the epoch, from 1, of the lowest held-out cost, whose weights are the final ones of a training that completed. Null otherwise, and
    /// before the first epoch has ended.
    /// </summary>
    public int? BestEpoch { get; init; }

    /// <summary>The first iteration at which <see cref="TrainingOptions.Target"/> was reached: so many updates led there. Null without a target, and where it was not.</summary>
    public int? ReachedAt { get; init; }

    /// <summary>The cost before the last update; infinite for a training that diverged.</summary>
    public double FinalCost => Status == RunStatus.Diverged || Costs is [] ? double.PositiveInfinity : Costs[^1];
}

/// <summary>A training that has ended.</summary>
/// <param name="Spec">What was trained.</param>
/// <param name="Record">What was seen.</param>
/// <param name="Form">The form that the first layer was trained in: primal or dual.</param>
/// <param name="TestAccuracy">
/// The share of test samples classified rightly, 0 to 1. Null without test data, unless completed, and where the targets are numbers.
/// </param>
/// <param name="TrainSeconds">From drawing the weights to the last update; 0 where no clock was given.</param>
/// <param name="FinalParameters">The trained weights, made again when first asked for. Null unless completed.</param>
public sealed record RunResult(
    RunSpec Spec, TrainingRecord Record, TrainingForm Form, double? TestAccuracy, double TrainSeconds, Lazy<Parameters>? FinalParameters)
{
    /// <summary>The mean loss of the final weights over the test samples. Null without test data or unless completed.</summary>
    public double? TestCost { get; init; }
}
