using System.Diagnostics;
using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary>
/// Writes what a sweep comes to: what is done within a tenth of a second in one transaction, unless it took long to train. Serves any number of threads.
/// </summary>
/// <param name="database">Where to.</param>
/// <param name="progress">Is told how much is done.</param>
internal sealed class SweepWriter(SweepDatabase database, SweepProgress progress)
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(100);

    /// <summary>No more than so many seconds of training wait for others.</summary>
    private const double MostSeconds = 1;

    private readonly Lock writing = new();
    private readonly List<SweptTraining> waiting = [];
    private double waitingSeconds;
    private long written = Stopwatch.GetTimestamp();

    /// <summary>Adds trainings.</summary>
    /// <exception cref="StepZeroException">They cannot be written; those before are kept.</exception>
    public void Add(IReadOnlyList<SweptTraining> trainings)
    {
        lock (writing)
        {
            waiting.AddRange(trainings);
            progress.Add(trainings.Count);
            waitingSeconds += trainings.Sum(training => training.Seconds);
            if (waitingSeconds >= MostSeconds || Stopwatch.GetElapsedTime(written) >= Interval)
            {
                Flush();
            }
        }
    }

    /// <summary>Writes what waits.</summary>
    /// <exception cref="StepZeroException">It cannot be written; what was written before is kept.</exception>
    public void Flush()
    {
        lock (writing)
        {
            SweptTraining[] ready = [.. waiting.OrderBy(training => training.Index)];
            waiting.Clear();
            waitingSeconds = 0;
            if (ready is not [])
            {
                database.Append(ready);
            }

            written = Stopwatch.GetTimestamp();
        }
    }

    /// <summary>Writes what waits, unless the disk takes no more: there is an error already.</summary>
    public void FlushIfPossible()
    {
        try
        {
            Flush();
        }
        catch (StepZeroException)
        {
            // The first error says what to do.
        }
    }

    /// <summary>Refuses data that are not those of before.</summary>
    /// <exception cref="StepZeroException">They have changed.</exception>
    public void CheckData(string name, string hash)
    {
        lock (writing)
        {
            database.CheckData(name, hash);
        }
    }
}
