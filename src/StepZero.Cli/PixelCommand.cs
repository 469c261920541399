using System.Globalization;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>The <c>stepzero train</c> that repeats a pixel, as far as options say it.</summary>
/// <param name="Text">As it is typed.</param>
/// <param name="Unsaid">What no option sets, so that it is different.</param>
/// <param name="Run">The training that it makes; null where something is unsaid.</param>
internal sealed record PixelCommand(string Text, string[] Unsaid, RunSpec? Run)
{
    private const double Tolerance = 0.01;

    /// <summary>The command of a pixel.</summary>
    /// <param name="map">The map.</param>
    /// <param name="pixel">The pixel.</param>
    /// <param name="spec">The job of the map.</param>
    public static PixelCommand Of(MapSpec map, PlacedPixel pixel, JobSpec spec)
    {
        MapPoint point = map.At(pixel.X, pixel.Y);
        var options = spec.Options.Where(option => !MapOptions.IsOfMaps(option.Name))
            .Select(option => (Name: option.Name is "data-x" or "data-y" ? option.Name[^1..] : option.Name, option.Value)).ToList();
        List<string> unsaid = [];
        if (map.X.ChangesNetwork || map.Y.ChangesNetwork)
        {
            Set("hidden", string.Join(',', point.Architecture.LayerSizes.Skip(1).SkipLast(1)));
        }

        if (point.Gains.Any(gain => gain != 1))
        {
            if (WithGains((string)options.First(option => option.Name == "init").Value, point.Gains) is string init)
            {
                Set("init", init);
            }
            else
            {
                unsaid.Add("the gain");
            }
        }

        foreach ((string Name, object Value) option in UpdateOptions.Canonical(point.Training))
        {
            Set(option.Name, option.Value);
        }

        if (point.Training.LayerRates is not null)
        {
            unsaid.Add("rates of single layers");
        }

        if (point.Offsets.Any(offset => offset != 0))
        {
            unsaid.Add("the offset");
        }

        if (point.BiasStd is not null and not 0)
        {
            unsaid.Add("the biases");
        }

        var start = InitializerSource.Parse((string)options.First(option => option.Name == "init").Value);
        RunSpec? run = unsaid is [] ? map.Run with { Architecture = point.Architecture, Training = point.Training, Initializer = start } : null;
        return new PixelCommand(JobOptions.CommandOf(spec with { Job = TrainCommand.Name, Options = options }), [.. unsaid], run);

        void Set(string name, object value)
        {
            int at = options.FindIndex(option => option.Name == name);
            if (at < 0)
            {
                options.Add((name, value));
            }
            else
            {
                options[at] = (name, value);
            }
        }
    }

    /// <summary>
    /// The cost that the command ends at, where it is another than the map's by more than a hundredth; else null. Where updates overshoot, rounding grows with each of them, and one training
    /// in lanes and by itself part. Null also where the map ended the training at a target.
    /// </summary>
    /// <param name="pixel">The pixel.</param>
    /// <param name="job">The map.</param>
    /// <param name="threads">The threads to prepare the data on.</param>
    /// <param name="cancellation">Ends it early.</param>
    public double? OtherCost(MapPixel pixel, MapJob job, int threads, CancellationToken cancellation)
    {
        if (Run is null || job.Map.Measure.Quantity == MapQuantity.Iterations)
        {
            return null;
        }

        double? cost = Trainings.Run(Run, job.Data.Data, null, new Execution { Threads = threads }, cancellation).Record.TrainCost;
        cancellation.ThrowIfCancellationRequested();
        return Math.Abs((cost ?? double.PositiveInfinity) - pixel.Cost) > Tolerance * pixel.Cost ? cost ?? double.PositiveInfinity : null;
    }

    /// <summary>The initializer whose draws are multiplied; null where its text cannot say that.</summary>
    private static string? WithGains(string text, IReadOnlyList<double> gains)
    {
        if (text.StartsWith("file:", StringComparison.Ordinal) || text.Contains($":{Initializer.GainParameter.Name}=", StringComparison.Ordinal))
        {
            return null;
        }

        // The last that is named is that of all layers behind it.
        string[] named = text.Split('+'), layers = named.Length == 1 && gains.All(gain => gain == gains[0]) ? named : [.. gains.Select((_, i) => named[Math.Min(i, named.Length - 1)])];
        return string.Join('+', layers.Select((layer, i) =>
        {
            if (gains[i] == 1)
            {
                return layer;
            }

            int library = layer.IndexOf('@', StringComparison.Ordinal);
            string gain = string.Create(CultureInfo.InvariantCulture, $":{Initializer.GainParameter.Name}={gains[i]:R}");
            return library < 0 ? layer + gain : layer.Insert(library, gain);
        }));
    }
}
