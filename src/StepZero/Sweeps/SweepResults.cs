using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>What a sweep has come to so far.</summary>
/// <param name="Plan">What was to be trained.</param>
/// <param name="Trainings">The trainings that are there; of a sweep that still runs not all are.</param>
public sealed record SweepResults(SweepPlan Plan, IReadOnlyList<SweptTraining> Trainings)
{
    /// <summary>What a measure is for a training.</summary>
    /// <param name="training">One of the trainings.</param>
    /// <param name="measure">The measure.</param>
    /// <returns>
    /// The value; null where the training has none: targets that are numbers, no test samples, no target to reach. One that diverged has the worst, an infinite cost
    /// and an accuracy of 0, whether or not the others have the measure.
    /// </returns>
    public double? ValueOf(SweptTraining training, SweepMeasure measure) => measure switch
    {
        SweepMeasure.Cost => training.Cost,
        SweepMeasure.Iterations => Plan.Target is null ? null : training.ReachedAt ?? double.PositiveInfinity,
        SweepMeasure.TrainAccuracy => training.TrainAccuracy ?? IfDiverged(training, 0),
        SweepMeasure.TestCost => training.TestCost ?? IfDiverged(training, double.PositiveInfinity),
        _ => training.TestAccuracy ?? IfDiverged(training, 0),
    };

    /// <summary>Whether trainings have a measure: all have a cost, with a target iterations to it, and else one that came to its end must have it.</summary>
    /// <param name="measure">The measure.</param>
    public bool Has(SweepMeasure measure) => measure switch
    {
        SweepMeasure.Cost => true,
        SweepMeasure.Iterations => Plan.Target is not null,
        _ => Trainings.Any(training => training.Status != RunStatus.Diverged && ValueOf(training, measure) is not null),
    };

    /// <summary>The value, turned so that less is better; infinite where there is none.</summary>
    internal double LossOf(SweptTraining training, SweepMeasure measure) =>
        (measure.IsAccuracy() ? -ValueOf(training, measure) : ValueOf(training, measure)) ?? double.PositiveInfinity;

    private static double? IfDiverged(SweptTraining training, double value) => training.Status == RunStatus.Diverged ? value : null;
}
