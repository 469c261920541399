using System.Globalization;
using StepZero.Maps;

namespace StepZero.Cli;

/// <summary>The progress of a map: trainings done, their rate and the time left.</summary>
/// <param name="trainings">All trainings of the map.</param>
/// <param name="before">Those that were done before this process.</param>
/// <param name="silent">Whether nothing is shown.</param>
internal sealed class MapProgress(int trainings, int before, bool silent) : IDisposable
{
    private readonly ProgressLine line = new(silent);
    private int done;

    /// <summary>Counts a block that is done.</summary>
    public void Add(MapBlock block)
    {
        done += block.Pixels.Count;
        line.Show((double)(before + done) / trainings, (double)before / trainings, elapsed => $"{Rate(done, elapsed.TotalSeconds)} trainings/s");
    }

    /// <summary>Trainings a second, with three digits.</summary>
    public static string Rate(long trainings, double seconds) => (trainings / seconds).ToString(trainings / seconds < 100 ? "0.0" : "N0", CultureInfo.InvariantCulture);

    /// <summary>Removes the bar.</summary>
    public void Dispose() => line.Dispose();
}
