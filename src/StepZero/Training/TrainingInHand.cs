using StepZero.Data;
using StepZero.Networks;

namespace StepZero.Training;

/// <summary>One of several trainings, from its start to its result.</summary>
internal sealed class TrainingInHand
{
    private readonly PreparedData prepared;
    private readonly Trainer trainer;
    private readonly Action<int, int>? report;

    /// <summary>Draws the weights.</summary>
    /// <param name="index">Which of the trainings it is.</param>
    /// <param name="spec">What is trained.</param>
    /// <param name="prepared">The training samples.</param>
    /// <param name="progress">Is told how far it is; null for nobody.</param>
    /// <param name="other">Another training on these data, whose weights are taken where they are the same; null for none.</param>
    public TrainingInHand(int index, RunSpec spec, PreparedData prepared, IProgress<TrainingProgress>? progress, TrainingInHand? other = null)
    {
        Index = index;
        Spec = spec;
        this.prepared = prepared;
        trainer = other is not null && IsSameStart(spec, other.Spec) ? other.trainer.FromSameStart(spec.Training, spec.Seed) : Start(spec, prepared);
        Loop = new TrainingLoop(trainer, spec.Training, prepared.Data.SampleCount);
        report = progress is null ? null : (made, toMake) => progress.Report(new TrainingProgress(index, made, toMake));
    }

    public int Index { get; }

    public RunSpec Spec { get; }

    public TrainingLoop Loop { get; }

    /// <summary>Trains to the end.</summary>
    public RunStatus Run(Checkpointing? checkpointing, CancellationToken cancellation) => Loop.Run(report, checkpointing, cancellation);

    /// <summary>Gives a lane to it.</summary>
    public void Load(LaneTrainer lanes, int lane) => lanes.Load(lane, trainer);

    /// <summary>Takes back what a lane has come to.</summary>
    public void Save(LaneTrainer lanes, int lane) => trainer.Restore(lanes.Save(lane));

    /// <summary>Takes what was seen before an update that a lane makes.</summary>
    public void Take(double cost, double? accuracy) => Loop.Take(cost, accuracy, report);

    /// <summary>What becomes of it.</summary>
    /// <param name="status">How it ended.</param>
    /// <param name="test">Samples to test it on, or null.</param>
    public RunResult ResultOf(RunStatus status, Dataset? test)
    {
        // The last update may have gone too far, though no cost has shown it yet.
        double cost = status == RunStatus.Completed ? trainer.Cost() : double.NaN;
        if (status == RunStatus.Completed && !double.IsFinite(cost))
        {
            status = RunStatus.Diverged;
        }

        if (status != RunStatus.Completed)
        {
            return new RunResult(Spec, Loop.RecordOf(status), prepared.Form, null, 0, null);
        }

        double? accuracy = trainer.Accuracy();
        Loop.See(cost, accuracy, trainer.Iteration);
        (double Cost, double? Accuracy)? tested = test is null ? null : prepared.ModelOf(Spec.Architecture, trainer.CopyParameters()).Score(test);
        return new RunResult(
            Spec, Loop.RecordOf(status) with { TrainCost = cost, TrainAccuracy = accuracy }, prepared.Form, tested?.Accuracy, 0, Remake(Spec, prepared, trainer.Save()))
        {
            TestCost = tested?.Cost,
        };
    }

    private static bool IsSameStart(RunSpec one, RunSpec other) =>
        one.Initializer == other.Initializer && one.Seed == other.Seed && one.Shadow == other.Shadow && one.Random == other.Random && one.Architecture == other.Architecture;

    private static Trainer Start(RunSpec spec, PreparedData prepared) =>
        prepared.StartTrainer(spec.Architecture, spec.DrawParameters(prepared), spec.Training, spec.Seed);

    /// <summary>The trained weights when they are asked for. Until then a result holds what was trained, not the weights it started from.</summary>
    private static Lazy<Parameters> Remake(RunSpec spec, PreparedData prepared, TrainerState state) => new(() =>
    {
        Trainer trainer = Start(spec, prepared);
        trainer.Restore(state);
        return trainer.CopyParameters();
    });
}
