using StepZero.Data;
using StepZero.Networks;

namespace StepZero.Training;

/// <summary>How far one of several trainings has come.</summary>
/// <param name="Run">Which of the specs, from 0.</param>
/// <param name="Iteration">Updates made.</param>
/// <param name="Iterations">Updates to make.</param>
public readonly record struct TrainingProgress(int Run, int Iteration, int Iterations);

/// <summary>How trainings are carried out. Nothing in it changes a result.</summary>
public sealed record Execution
{
    /// <summary>How many threads to use, at least 1. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Threads
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected at least 1 thread.");
    } = 1;

    /// <summary>Is told about every hundredth of each training, on the thread that trains.</summary>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Checkpoints of the training; for a single one alone. Default none.</summary>
    public Checkpointing? Checkpointing { get; init; }

    /// <summary>Measures the seconds of each training; without it they are 0.</summary>
    public TimeProvider? Clock { get; init; }
}

/// <summary>Runs trainings from the first weights to the last update.</summary>
public static class Trainings
{
    /// <summary>Weights of so many parameters take 80 MB.</summary>
    private const int ManyParameters = 10_000_000;

    /// <summary>Runs one training.</summary>
    /// <param name="spec">What to train, and how.</param>
    /// <param name="train">The training samples.</param>
    /// <param name="test">Samples to test the trained network on, of the same features and classes.</param>
    /// <param name="execution">How to carry it out.</param>
    /// <param name="cancellation">Ends it early; the result then holds what was seen.</param>
    /// <exception cref="ArgumentException">The architecture does not fit the data.</exception>
    /// <exception cref="StepZeroException">The data do not fit in memory in this form.</exception>
    public static RunResult Run(
        RunSpec spec, Dataset train, Dataset? test = null, Execution? execution = null, CancellationToken cancellation = default)
    {
        (Dataset trained, Dataset? held) = spec.Training.EarlyStopping is EarlyStopping stopping ? stopping.Divide(train, spec.Seed) : (train, null);
        return Run([spec], PreparedData.Prepare(trained, spec.Architecture, spec.Training, execution?.Threads ?? 1, held, cancellation), test, execution, cancellation)[0];
    }

    /// <summary>Runs trainings that share data, side by side on the threads.</summary>
    /// <param name="specs">What to train; all with the options that the data were prepared for.</param>
    /// <param name="prepared">The training samples.</param>
    /// <param name="test">Samples to test the trained networks on, of the same features and classes.</param>
    /// <param name="execution">How to carry it out.</param>
    /// <param name="cancellation">Ends it early; the results then hold what was seen.</param>
    /// <returns>A result for each spec, in the order of the specs.</returns>
    public static IReadOnlyList<RunResult> Run(
        IReadOnlyList<RunSpec> specs, PreparedData prepared, Dataset? test = null, Execution? execution = null,
        CancellationToken cancellation = default)
    {
        execution ??= new Execution();
        if (execution.Checkpointing is not null && specs.Count > 1)
        {
            throw new ArgumentException("Checkpoints are of a single training.", nameof(execution));
        }

        RunResult[][] results = SideBySide.Map(Groups(specs, prepared, execution), execution.Threads, group => RunGroup(group, prepared, test, execution, cancellation));
        return [.. results.SelectMany(group => group)];
    }

    /// <summary>Runs that go together in lanes, where these pay, and else one by one; in the order of the specs. A result is the same either way.</summary>
    private static IReadOnlyList<OneRun[]> Groups(IReadOnlyList<RunSpec> specs, PreparedData prepared, Execution execution)
    {
        OneRun[] runs = [.. specs.Select((spec, i) => new OneRun(i, spec))];
        int lanes = prepared.Lanes;
        bool together = specs.Count >= lanes * execution.Threads && execution.Checkpointing is null && specs is [RunSpec first, ..]
            && first.Training.Epochs is null && first.Training.BatchSize is null && first.Architecture.ParameterCount <= ManyParameters && LaneTrainer.Fits(first.Architecture, first.Training, prepared)
            && specs.All(spec => spec.Architecture == first.Architecture);
        int whole = together ? specs.Count / lanes * lanes : 0;
        return [.. runs.Take(whole).Chunk(lanes), .. runs.Skip(whole).Select(run => (OneRun[])[run])];
    }

    private static RunResult[] RunGroup(OneRun[] runs, PreparedData prepared, Dataset? test, Execution execution, CancellationToken cancellation)
    {
        if (cancellation.IsCancellationRequested)
        {
            return [.. runs.Select(run => new RunResult(run.Spec, new TrainingRecord(RunStatus.Cancelled, [], null, null), prepared.Form, null, 0, null))];
        }

        long started = execution.Clock?.GetTimestamp() ?? 0;
        if (runs[0].Spec.Architecture.ParameterCount > ManyParameters)
        {
            // The weights that earlier trainings started from are garbage by now; the collector would let several more of them pile up first.
            GC.Collect();
        }

        Trainer[] trainers = [.. runs.Select(run => Start(run.Spec, prepared))];
        TrainingLoop[] loops = [.. runs.Select((run, i) => new TrainingLoop(trainers[i], run.Spec.Training, prepared.Data.SampleCount))];
        Action<int, int>?[] reports = [.. runs.Select(run => ReportOf(run, execution.Progress))];
        bool[] diverged = runs.Length > 1 ? RunLanes(trainers, loops, reports, prepared, cancellation) : [false];
        RunStatus[] statuses = [.. loops.Select((loop, i) => diverged[i] ? RunStatus.Diverged : loop.Run(reports[i], execution.Checkpointing, cancellation))];
        double seconds = (execution.Clock?.GetElapsedTime(started).TotalSeconds ?? 0) / runs.Length;
        return [.. runs.Select((run, i) => ResultOf(run.Spec, trainers[i], loops[i], statuses[i], prepared, test, seconds))];
    }

    /// <summary>Takes trainers on in lanes, until most of them have ended or the work is: the rest go on by themselves.</summary>
    /// <returns>Which of them have diverged.</returns>
    private static bool[] RunLanes(Trainer[] trainers, TrainingLoop[] loops, Action<int, int>?[] reports, PreparedData prepared, CancellationToken cancellation)
    {
        LaneTrainer lanes = prepared.StartLanes(trainers[0].Architecture, prepared.Training);
        int iterations = prepared.Training.UpdatesFor(prepared.Data.SampleCount);
        for (int lane = 0; lane < trainers.Length; lane++)
        {
            lanes.Load(lane, trainers[lane]);
        }

        bool[] diverged = new bool[trainers.Length];
        double[] costs = new double[lanes.Lanes];
        int[] right = new int[lanes.Lanes];
        for (int made = 0; made < iterations && diverged.Count(one => !one) > trainers.Length / 2 && !cancellation.IsCancellationRequested; made++)
        {
            lanes.Evaluate(costs, 0, right);
            for (int lane = 0; lane < trainers.Length; lane++)
            {
                if (!diverged[lane] && double.IsFinite(costs[lane]))
                {
                    loops[lane].Take(costs[lane], reports[lane]);
                }
                else
                {
                    diverged[lane] = true;
                }
            }

            lanes.Update();
        }

        for (int lane = 0; lane < trainers.Length; lane++)
        {
            if (!diverged[lane])
            {
                trainers[lane].Restore(lanes.Save(lane));
            }
        }

        return diverged;
    }

    private static RunResult ResultOf(RunSpec spec, Trainer trainer, TrainingLoop loop, RunStatus status, PreparedData prepared, Dataset? test, double seconds)
    {
        // The last update may have gone too far, though no cost has shown it yet.
        double cost = status == RunStatus.Completed ? trainer.Cost() : double.NaN;
        if (status == RunStatus.Completed && !double.IsFinite(cost))
        {
            status = RunStatus.Diverged;
        }

        TrainingRecord record = loop.RecordOf(status);
        if (status != RunStatus.Completed)
        {
            return new RunResult(spec, record, prepared.Form, null, seconds, null);
        }

        (double Cost, double? Accuracy)? tested = test is null ? null : prepared.ModelOf(spec.Architecture, trainer.CopyParameters()).Score(test);
        return new RunResult(
            spec, record with { TrainCost = cost, TrainAccuracy = trainer.Accuracy() }, prepared.Form, tested?.Accuracy, seconds, Remake(spec, prepared, trainer.Save()))
        {
            TestCost = tested?.Cost,
        };
    }

    private static Action<int, int>? ReportOf(OneRun run, IProgress<TrainingProgress>? progress) =>
        progress is null ? null : (made, toMake) => progress.Report(new TrainingProgress(run.Index, made, toMake));

    private static Trainer Start(RunSpec spec, PreparedData prepared) =>
        prepared.StartTrainer(spec.Architecture, spec.DrawParameters(prepared), spec.Training.LearningRate, spec.Seed);

    /// <summary>The trained weights when they are asked for. Until then a result holds what was trained, not the weights it started from.</summary>
    private static Lazy<Parameters> Remake(RunSpec spec, PreparedData prepared, TrainerState state) => new(() =>
    {
        Trainer trainer = Start(spec, prepared);
        trainer.Restore(state);
        return trainer.CopyParameters();
    });

    private readonly record struct OneRun(int Index, RunSpec Spec);
}
