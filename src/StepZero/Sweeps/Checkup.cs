using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>What a checkup looks at beside the first steps.</summary>
/// <param name="During">Whether each training is watched to its end.</param>
/// <param name="Horizon">Whether it is measured how far each can be reproduced.</param>
/// <param name="Fix">Whether the advice is followed.</param>
public sealed record CheckupOptions(bool During = false, bool Horizon = false, bool Fix = false)
{
    /// <summary>How many trainings a checkup reports the progress of.</summary>
    /// <param name="starts">The number of starts.</param>
    public int Trainings(int starts) => starts * ((Horizon ? 1 + Sweeps.Horizon.DefaultShadows : 0) + (During ? 1 : 0) + (Fix ? 2 : 0));
}

/// <summary>One start of a checkup.</summary>
/// <param name="Diagnosis">Whether it will train, and why.</param>
/// <param name="Course">Its training watched; null unless asked for.</param>
/// <param name="Horizon">How far its costs can be reproduced; null unless asked for.</param>
/// <param name="Treatment">What became of the advice; null unless asked for, and where nothing was advised.</param>
public sealed record CheckedStart(Diagnosis Diagnosis, Course? Course, Horizon? Horizon, Treatment? Treatment);

/// <summary>Diagnoses of one network from several starts.</summary>
/// <param name="Data">The training samples, prepared.</param>
/// <param name="Test">The test samples, or null.</param>
/// <param name="Starts">The starts, in the order they were asked for; at least one.</param>
/// <param name="PrepareSeconds">The time of all work that the diagnoses share.</param>
/// <param name="DiagnoseSeconds">The time of the diagnoses, without what <see cref="CheckupOptions"/> adds.</param>
public sealed record Checkup(PreparedData Data, Dataset? Test, IReadOnlyList<CheckedStart> Starts, double PrepareSeconds = 0, double DiagnoseSeconds = 0)
{
    /// <summary>Diagnoses each start.</summary>
    /// <param name="specs">The starts; all with the options that the data were prepared for.</param>
    /// <param name="data">The training samples.</param>
    /// <param name="test">Samples to test trained networks on, or null.</param>
    /// <param name="options">What else to look at.</param>
    /// <param name="execution">How it is carried out.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static Checkup Run(
        IReadOnlyList<RunSpec> specs, PreparedData data, Dataset? test, CheckupOptions options, Execution execution, CancellationToken cancellation = default)
    {
        long started = execution.Clock?.GetTimestamp() ?? 0;
        IReadOnlyList<Diagnosis> diagnoses = Diagnosis.Of(specs, data, execution.Threads, cancellation);
        double seconds = execution.Clock?.GetElapsedTime(started).TotalSeconds ?? 0;
        Horizon?[] horizons = options.Horizon
            ? [.. Comparison.Run(specs, data, null, Horizon.DefaultShadows, 0, execution, cancellation).Starts.Select(start => start.Horizon)]
            : [.. specs.Select(_ => (Horizon?)null)];
        cancellation.ThrowIfCancellationRequested();
        int run = options.Horizon ? specs.Count * (1 + Horizon.DefaultShadows) : 0;
        Course?[] courses = options.During
            ? SideBySide.Map<(int Index, RunSpec Item), Course?>([.. specs.Index()], execution.Threads, one =>
            {
                var course = Course.Of(one.Item, data, cancellation);
                execution.Progress?.Report(new TrainingProgress(run + one.Index, 1, 1));
                return course;
            })
            : [.. specs.Select(_ => (Course?)null)];
        run += options.During ? specs.Count : 0;
        Treatment?[] treatments =
        [
            .. diagnoses.Select((diagnosis, i) => !options.Fix ? null : Treatment.Of(
                diagnosis, data, test, execution with { Progress = execution.Progress is null ? null : new Later(execution.Progress, run + (2 * i)) }, cancellation)),
        ];

        // A training that is cut short still comes back.
        cancellation.ThrowIfCancellationRequested();
        return new Checkup(
            data, test, [.. diagnoses.Select((diagnosis, i) => new CheckedStart(diagnosis, courses[i], horizons[i], treatments[i]))], DiagnoseSeconds: seconds);
    }

    /// <summary>Trainings one after the other, each of which believes that it is the first.</summary>
    private sealed class Later(IProgress<TrainingProgress> all, int first) : IProgress<TrainingProgress>
    {
        private int run = first;
        private int made;

        public void Report(TrainingProgress value)
        {
            run += value.Iteration < made ? 1 : 0;
            made = value.Iteration;
            all.Report(value with { Run = run });
        }
    }
}
