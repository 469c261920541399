using System.Diagnostics;
using StepZero.Files;
using StepZero.Maps;
using StepZero.Reports;

namespace StepZero.Cli;

/// <summary>Writes map.png anew while a map fills: when a pass over the whole map is done, and otherwise about every second. For one thread at a time.</summary>
internal sealed class MapWatch
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    /// <summary>Drawing takes at most such a part of the time.</summary>
    private const int Rest = 20;

    /// <summary>The first pass takes every sixteenth pixel.</summary>
    private const int CoarsestHalvings = 4;

    private readonly MapJob job;
    private readonly Map map;
    private readonly ResultFolder folder;
    private readonly Dictionary<int, int> missing;
    private long ended = Stopwatch.GetTimestamp();
    private TimeSpan took;

    /// <summary>Watches a map.</summary>
    /// <param name="job">The job.</param>
    /// <param name="map">The map that fills.</param>
    /// <param name="folder">Where to write.</param>
    /// <param name="blocks">The blocks of the map.</param>
    /// <param name="missing">Which of them are missing.</param>
    public MapWatch(MapJob job, Map map, ResultFolder folder, IReadOnlyList<MapBlock> blocks, IEnumerable<int> missing)
    {
        this.job = job;
        this.map = map;
        this.folder = folder;
        this.missing = missing.CountBy(block => Stride(blocks[block])).ToDictionary();
    }

    /// <summary>Draws the map, unless that was done a moment ago.</summary>
    /// <param name="block">What has been entered.</param>
    public void Show(MapBlock block)
    {
        bool isWhole = --missing[Stride(block)] == 0;
        TimeSpan since = Stopwatch.GetElapsedTime(ended);
        if (isWhole || (since >= Interval && since >= took * Rest))
        {
            long started = Stopwatch.GetTimestamp();
            folder.Write("map.png", MapPictures.ToPng(map, job.Data.Data, []));
            ended = Stopwatch.GetTimestamp();
            took = Stopwatch.GetElapsedTime(started, ended);
        }
    }

    /// <summary>The pass that a block is of: every so many pixels.</summary>
    private int Stride(MapBlock block)
    {
        int pixel = block.Pixels[0];
        return 1 << Math.Min(CoarsestHalvings, int.TrailingZeroCount((pixel % map.Spec.Columns) | (pixel / map.Spec.Columns)));
    }
}
