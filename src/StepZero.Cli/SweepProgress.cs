namespace StepZero.Cli;

/// <summary>The progress of a sweep: trainings done, their rate and the time left. For one thread at a time.</summary>
/// <param name="trainings">All trainings of the sweep, or of its part.</param>
/// <param name="before">Those that were done before this process.</param>
/// <param name="silent">Whether nothing is shown.</param>
internal sealed class SweepProgress(long trainings, long before, bool silent) : IDisposable
{
    private readonly ProgressLine line = new(silent);

    /// <summary>The trainings of this process.</summary>
    public long Done { get; private set; }

    /// <summary>Counts trainings that are done.</summary>
    public void Add(int count)
    {
        Done += count;
        line.Show((double)(before + Done) / trainings, (double)before / trainings, elapsed => $"{MapProgress.Rate(Done, elapsed.TotalSeconds)} trainings/s");
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose() => line.Dispose();
}
