namespace StepZero.Sweeps;

/// <summary>What a sweep has come to so far.</summary>
/// <param name="Plan">What was to be trained.</param>
/// <param name="Trainings">The trainings that are there, in ascending order of their index; of a sweep that still runs not all are.</param>
public sealed record SweepResults(SweepPlan Plan, IReadOnlyList<SweptTraining> Trainings);
