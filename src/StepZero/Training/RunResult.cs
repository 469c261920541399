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
/// <param name="Costs">costs[t] is the mean loss before update t, so costs[0] is that of the untouched weights; as many as there were finite ones.</param>
/// <param name="DivergedAt">The iteration whose cost was not finite; the number of iterations where only the final weights are not. Null unless diverged.</param>
/// <param name="TrainAccuracy">The share of training samples that the final weights classify rightly, 0 to 1. Null unless completed.</param>
public sealed record TrainingRecord(RunStatus Status, double[] Costs, int? DivergedAt, double? TrainAccuracy)
{
    /// <summary>The cost before the last update; infinite for a training that diverged.</summary>
    public double FinalCost => Status == RunStatus.Diverged || Costs is [] ? double.PositiveInfinity : Costs[^1];
}

/// <summary>A training that has ended.</summary>
/// <param name="Spec">What was trained.</param>
/// <param name="Record">What was seen.</param>
/// <param name="Form">The form that the first layer was trained in: primal or dual.</param>
/// <param name="TestAccuracy">The share of test samples classified rightly, 0 to 1. Null without test data or unless completed.</param>
/// <param name="TrainSeconds">From drawing the weights to the last update; 0 where no clock was given.</param>
/// <param name="FinalParameters">The trained weights, made again when first asked for. Null unless completed.</param>
public sealed record RunResult(
    RunSpec Spec, TrainingRecord Record, TrainingForm Form, double? TestAccuracy, double TrainSeconds, Lazy<Parameters>? FinalParameters);
