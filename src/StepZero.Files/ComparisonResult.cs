using StepZero.Data;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>What a comparison found: trainings of one network on one data set that differ in how the weights start.</summary>
/// <param name="Train">The training samples.</param>
/// <param name="Runs">The trainings, in the order they were asked for; at least one.</param>
/// <param name="PrepareSeconds">The time of all work that the trainings share.</param>
public sealed record ComparisonResult(Dataset Train, IReadOnlyList<RunResult> Runs, double PrepareSeconds);
