using System.Text.RegularExpressions;
using StepZero.Files;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>A map whose data are read and which is checked, so that nothing but its trainings is left to do.</summary>
/// <param name="Spec">What makes its results again.</param>
/// <param name="Map">What it shows.</param>
/// <param name="Data">What is trained on.</param>
/// <param name="Marks">What was asked to be marked on it.</param>
/// <param name="Seconds">How long it took to come here.</param>
internal sealed partial record MapJob(JobSpec Spec, MapSpec Map, PreparedData Data, IReadOnlyList<MapGuide> Marks, double Seconds)
{
    /// <summary>Reads and checks.</summary>
    /// <param name="settings">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data must be the same; null for a new job.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static MapJob Prepare(MapSettings settings, JobSpec? repeated, CancellationToken cancellation)
    {
        PreparedJob job;
        try
        {
            job = PreparedJob.Prepare(MapCommand.Name, settings.Job, repeated, cancellation);
        }
        catch (StepZeroException error)
        {
            // The arrays of the data are --x and --y for other commands.
            throw new StepZeroException(NamesOfArrays().Replace(error.Message, "--data-$1"), error);
        }

        var map = new MapSpec(job.Runs[0], settings.X, settings.Y, settings.Columns, settings.Rows, settings.Measure) { WeightScales = settings.Preset?.WeightScales };
        map.Check();
        CheckStarts(map);
        IReadOnlyList<MapGuide> marks =
        [
            .. settings.Marks.Select(mark => MapGuides.OfStart(map, job.Data, mark, mark.Name)
                ?? throw new StepZeroException("--mark: initializers lie on an axis of gains, and this map has none. Leave it out, or use --x gain:0.01..100:log.")),
            .. settings.Cross is MapPlace cross ? [MapGuides.OfSetting(map, cross, "setting")] : Array.Empty<MapGuide>(),
        ];
        return new MapJob(job.Spec with { Options = [.. settings.Canonical(job.Spec.Options)] }, map, job.Data, marks, job.Seconds);
    }

    /// <summary>Refuses an initializer that fits the network, but not one with other layers.</summary>
    private static void CheckStarts(MapSpec map)
    {
        double[] x = map.X.ChangesNetwork ? map.X.Values(map.Columns) : [map.X.From], y = map.Y.ChangesNetwork ? map.Y.Values(map.Rows) : [map.Y.From];
        foreach (Architecture architecture in x.SelectMany(one => y.Select(other => (one, other))).Distinct().Select(place => map.At(place.one, place.other).Architecture))
        {
            map.Run.Initializer.Check(architecture);
        }
    }

    [GeneratedRegex(@"--([xy])\b")]
    private static partial Regex NamesOfArrays();
}
