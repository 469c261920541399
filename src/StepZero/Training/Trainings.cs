using System.Collections.Concurrent;
using StepZero.Data;

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
    /// <param name="specs">
    /// What to train. Scaling, precision, form, batches, epochs and early stopping are those that the data were prepared for; all else may differ. Many trainings of
    /// one network that differ in start, seed, rates, momentum, decay and target alone go through lanes where these pay.
    /// </param>
    /// <param name="prepared">The training samples.</param>
    /// <param name="test">Samples to test the trained networks on, of the same features and classes.</param>
    /// <param name="execution">How to carry it out.</param>
    /// <param name="cancellation">Ends it early; the results then hold what was seen.</param>
    /// <returns>A result for each spec, in the order of the specs.</returns>
    /// <exception cref="ArgumentException">The data were prepared for other options, or checkpoints are wished of several trainings, or of one with a target.</exception>
    public static IReadOnlyList<RunResult> Run(
        IReadOnlyList<RunSpec> specs, PreparedData prepared, Dataset? test = null, Execution? execution = null,
        CancellationToken cancellation = default)
    {
        execution ??= new Execution();
        if (execution.Checkpointing is not null && (specs.Count > 1 || specs.Any(spec => spec.Training.Target is not null)))
        {
            throw new ArgumentException("Checkpoints are of a single training, and know no target.", nameof(execution));
        }

        if (specs.FirstOrDefault(spec => !prepared.Suits(spec.Training)) is RunSpec foreign)
        {
            throw new ArgumentException($"The data were prepared for {prepared.Training}; found {foreign.Training}.", nameof(specs));
        }

        var results = new RunResult[specs.Count];
        SideBySide.Map(Works(specs, prepared, test, execution, cancellation), execution.Threads, work =>
        {
            work((run, result) => results[run] = result);
            return 0;
        });
        return [.. results.Select((result, i) => result ?? Untouched(specs[i], prepared))];
    }

    /// <summary>What the threads have to do, side by side: the longest first.</summary>
    private static List<Action<Action<int, RunResult>>> Works(
        IReadOnlyList<RunSpec> specs, PreparedData prepared, Dataset? test, Execution execution, CancellationToken cancellation)
    {
        List<Action<Action<int, RunResult>>> works = [];
        IEnumerable<(int Index, RunSpec Spec)> alone = specs.Index();
        if (specs.Count >= prepared.Lanes * execution.Threads && execution.Checkpointing is null)
        {
            ILookup<bool, IGrouping<object, (int Index, RunSpec Spec)>> alike = alone.GroupBy(run => Shared(run.Spec)).ToLookup(group =>
                group.Count() >= prepared.Lanes * execution.Threads && IsFitForLanes(group.First().Spec, prepared));
            foreach (IGrouping<object, (int Index, RunSpec Spec)> group in alike[true])
            {
                var waiting = new ConcurrentQueue<(int Index, RunSpec Spec)>(group);
                works.AddRange(Enumerable.Range(0, execution.Threads).Select(_ => (Action<Action<int, RunResult>>)(
                    keep => Timed(timed => new TrainingsInLanes(waiting, prepared, test, execution).Run(timed, cancellation), keep, execution.Clock))));
            }

            alone = alike[false].SelectMany(group => group).OrderBy(run => run.Index);
        }

        TrainingInHand? last = null;
        works.AddRange(alone.Select(run => (Action<Action<int, RunResult>>)(keep => Timed(timed => TrainAlone(run.Index, run.Spec, timed), keep, execution.Clock))));
        return works;

        void TrainAlone(int index, RunSpec spec, Action<int, RunResult> keep)
        {
            if (cancellation.IsCancellationRequested)
            {
                return;
            }

            if (spec.Architecture.ParameterCount > ManyParameters)
            {
                // The weights that earlier trainings started from are garbage by now; the collector would let several more of them pile up first.
                last = null;
                GC.Collect();
            }

            // Another thread may be training the last one; what both start from does not change.
            var one = new TrainingInHand(index, spec, prepared, execution.Progress, last);
            last = spec.Architecture.ParameterCount > ManyParameters ? null : one;
            keep(index, one.ResultOf(one.Run(execution.Checkpointing, cancellation), test));
        }
    }

    /// <summary>What trainings in lanes have in common; how long they train they need not.</summary>
    private static object Shared(RunSpec spec) => (spec.Architecture, spec.Training with
    {
        LearningRate = 1,
        LayerRates = null,
        WeightDecay = 0,
        Optimizer = spec.Training.Optimizer.HasMomentum ? spec.Training.Optimizer.WithMomentum(0) : spec.Training.Optimizer,
        Iterations = 1,
        Target = null,
    });

    private static bool IsFitForLanes(RunSpec spec, PreparedData prepared) =>
        spec.Training.Epochs is null && spec.Training.BatchSize is null && spec.Architecture.ParameterCount <= ManyParameters && LaneTrainer.Fits(spec.Architecture, spec.Training, prepared);

    /// <summary>Shares the time of some work among its trainings, by the updates they made.</summary>
    private static void Timed(Action<Action<int, RunResult>> work, Action<int, RunResult> keep, TimeProvider? clock)
    {
        if (clock is null)
        {
            work(keep);
            return;
        }

        long started = clock.GetTimestamp();
        List<(int Index, RunResult Result)> ended = [];
        work((index, result) => ended.Add((index, result)));
        double seconds = clock.GetElapsedTime(started).TotalSeconds, updates = ended.Sum(one => 1.0 + one.Result.Record.Costs.Length);
        foreach ((int index, RunResult result) in ended)
        {
            keep(index, result with { TrainSeconds = seconds * (1 + result.Record.Costs.Length) / updates });
        }
    }

    private static RunResult Untouched(RunSpec spec, PreparedData prepared) => new(spec, new TrainingRecord(RunStatus.Cancelled, [], null, null), prepared.Form, null, 0, null);
}
