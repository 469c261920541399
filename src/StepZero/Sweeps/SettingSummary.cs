namespace StepZero.Sweeps;

/// <summary>A place in the ranking of the settings of a sweep.</summary>
/// <param name="Setting">The setting's number in the <see cref="SweepPlan"/>.</param>
/// <param name="First">The place of its first training in the trainings of <see cref="SweepSummary.Results"/>; the others follow it.</param>
/// <param name="Count">How many of its trainings are there, at least 1.</param>
/// <param name="Diverged">How many of them diverged.</param>
/// <param name="Reached">How many of them reached the target; 0 without one.</param>
/// <param name="Median">The median of what the ranking is by; infinite where no training has it.</param>
/// <param name="Cost">The median cost; infinite where most diverged.</param>
public readonly record struct RankedSetting(long Setting, int First, int Count, int Diverged, int Reached, double Median, double Cost);

/// <summary>One setting of a sweep over its seeds.</summary>
/// <param name="Ranked">Its place in the ranking and what that is made of.</param>
/// <param name="Values">The value of each option that differs between settings, in the order of <see cref="SweepPlan.Names"/>.</param>
/// <param name="Trainings">Its trainings, in the order of the seeds.</param>
/// <param name="Cost">The costs; infinite where a training diverged.</param>
/// <param name="TrainAccuracy">The shares of training samples classified rightly, 0 where diverged; null where targets are numbers.</param>
/// <param name="TestCost">The costs of the test samples, infinite where diverged; null without any.</param>
/// <param name="TestAccuracy">The shares of test samples classified rightly, 0 where diverged; null without any, and where targets are numbers.</param>
/// <param name="Iterations">The iterations until the target was reached, infinite where it was not; null without one.</param>
/// <param name="Reached">The share that reached the target; null without one.</param>
/// <param name="CurveAt">The iterations of the points of <paramref name="Curve"/>.</param>
/// <param name="Curve">Quartiles and median of the costs at these iterations; a training that diverged before counts as infinite.</param>
/// <param name="BeatsNext">The chance that a training of it beats one of the next in the ranking, 0 to 1: <see cref="Statistics.ChanceOfLess"/> of the measure. Null for the last.</param>
/// <param name="BeatenByBest">The chance that a training of the first in the ranking beats one of it; null for the first.</param>
public sealed record SettingSummary(
    RankedSetting Ranked,
    IReadOnlyList<string> Values,
    IReadOnlyList<SweptTraining> Trainings,
    Summary Cost,
    Summary? TrainAccuracy,
    Summary? TestCost,
    Summary? TestAccuracy,
    Summary? Iterations,
    Proportion? Reached,
    IReadOnlyList<int> CurveAt,
    Band Curve,
    double? BeatsNext,
    double? BeatenByBest);
