using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>One start of a comparison.</summary>
/// <param name="Run">Its training.</param>
/// <param name="Horizon">How far that can be reproduced; null unless asked for, or where the training was cut short.</param>
/// <param name="Seeds">The same over many seeds; null unless asked for, or where a training was cut short.</param>
public sealed record ComparedStart(RunResult Run, Horizon? Horizon, SeedStatistics? Seeds);

/// <summary>Trainings of one network on one data set that differ in how the weights start.</summary>
/// <param name="Data">The training samples, prepared.</param>
/// <param name="Test">The test samples, or null.</param>
/// <param name="Starts">The starts, in the order they were asked for; at least one.</param>
/// <param name="PrepareSeconds">The time of all work that the trainings share.</param>
public sealed record Comparison(PreparedData Data, Dataset? Test, IReadOnlyList<ComparedStart> Starts, double PrepareSeconds = 0)
{
    /// <summary>The training samples.</summary>
    public Dataset Train => Data.Data;

    /// <summary>What the trainings have in common is that of the first.</summary>
    public RunSpec FirstSpec => Starts[0].Run.Spec;

    /// <summary>Trains from each start, and from its shadows and other seeds where asked for, side by side on the threads.</summary>
    /// <param name="specs">The starts; all with the options that the data were prepared for.</param>
    /// <param name="data">The training samples.</param>
    /// <param name="test">Samples to test the trained networks on, of the same features and classes; or null.</param>
    /// <param name="shadows">Shadow runs of each start, 0 for none.</param>
    /// <param name="seeds">Seeds of each start, from that of its spec on; 0 for none.</param>
    /// <param name="execution">How to carry it out.</param>
    /// <param name="cancellation">Ends it early; the result then holds what was seen.</param>
    public static Comparison Run(
        IReadOnlyList<RunSpec> specs, PreparedData data, Dataset? test = null, int shadows = 0, int seeds = 0, Execution? execution = null,
        CancellationToken cancellation = default)
    {
        // The starts themselves come first: an interrupt that cuts the rest short leaves them whole.
        RunSpec[] all =
        [
            .. specs,
            .. specs.SelectMany(spec => Enumerable.Range(1, shadows).Select(shadow => spec with { Shadow = shadow })),
            .. specs.SelectMany(spec => Enumerable.Range(1, Math.Max(0, seeds - 1)).Select(i => spec with { Seed = spec.Seed + (uint)i })),
        ];
        ArraySegment<RunResult> results = Trainings.Run(all, data, test, execution, cancellation).ToArray();
        int firstSeed = specs.Count * (1 + shadows);
        return new Comparison(data, test, [.. specs.Select((_, i) => Gather(
            results[i],
            results.Slice(specs.Count + (i * shadows), shadows),
            results.Slice(firstSeed + (i * Math.Max(0, seeds - 1)), Math.Max(0, seeds - 1)),
            seeds > 0, data, cancellation))]);
    }

    /// <summary>Diagnoses each start whose training was seen to its end, and so explains what became of it.</summary>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>For each start its diagnosis; null where its training was interrupted.</returns>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public IReadOnlyList<Diagnosis?> Diagnose(int threads = 1, CancellationToken cancellation = default)
    {
        RunResult[] ended = [.. Starts.Select(start => start.Run).Where(run => Ended([run]))];
        var diagnoses = new Queue<Diagnosis>(ended is [] ? [] : Diagnosis.Of(ended, Data, threads, cancellation));
        return [.. Starts.Select(start => Ended([start.Run]) ? diagnoses.Dequeue() : null)];
    }

    private static ComparedStart Gather(RunResult run, IReadOnlyList<RunResult> shadows, IReadOnlyList<RunResult> moreSeeds, bool seeds, PreparedData data, CancellationToken cancellation) => new(
        run,
        shadows is [] || !Ended([run, .. shadows]) ? null : Horizon.Of(run, shadows, data, cancellation),
        !seeds || !Ended([run, .. moreSeeds]) ? null : SeedStatistics.Of([run, .. moreSeeds]));

    private static bool Ended(IEnumerable<RunResult> runs) => runs.All(run => run.Record.Status != RunStatus.Cancelled);
}
