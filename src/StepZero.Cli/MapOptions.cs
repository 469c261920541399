using System.CommandLine;
using System.Globalization;
using StepZero.Files;
using StepZero.Maps;
using StepZero.Numerics;
using StepZero.Training;
using static StepZero.Cli.OptionText;

namespace StepZero.Cli;

/// <summary>The options of <c>stepzero map</c> and their reading.</summary>
internal static class MapOptions
{
    private static readonly Option<string> X = Text(
        "--x", "AXIS", "From left to right: gain, learning-rate or offset, of all layers or as in gain.1 of one; bias-std, momentum, weight-decay, depth or width", "gain:0.01..100:log");

    private static readonly Option<string> Y = Text("--y", "AXIS", "From the bottom to the top, in the same form; without :log the steps are equal", "learning-rate:1e-7..1:log");

    private static readonly Option<string> Size = Text("--size", "N|WxH", "Pixels, each a training", "128");

    private static readonly Option<string> Measure = Text(
        "--measure", "NAME", "What is shown of each training: cost, convergence, accuracy, iterations:0.1 (until that cost) or sharpness", "cost");

    private static readonly Option<string> Preset = Text(
        "--preset", "NAME", $"A published map, in place of data, network and training: {string.Join(", ", MapPreset.Names)} [default: none]");

    private static readonly Option<string> Center = Text("--center", "X,Y", "Look closer around this setting, in double precision [default: the middle of the map]");

    private static readonly Option<string> Zoom = Text("--zoom", "Z", "How many times closer [default: 1]");

    private static readonly Option<string> Cross = Text("--cross", "X,Y", "Mark a setting with a cross [default: none]");

    private static readonly Option<string> Mark = Text("--mark", "NAMES", "Mark initializers where their weights lie on an axis of gains, as in zeros,random:10,he [default: none]");

    private static readonly Option<bool> Dimension = new("--fractal-dimension") { Description = "Measure the box-counting dimension of the boundary of what converges, and its error" };

    private static readonly Option<string> FeaturesName = Text("--data-x", "NAME", "Array of the features in an HDF5 or NPZ file [default: found by name]");

    private static readonly Option<string> LabelsName = Text("--data-y", "NAME", "Array of the labels in an HDF5 or NPZ file; beside a .npy the file of the labels [default: found by name]");

    private static readonly Option<string> Width = Text("--vector-width", "BITS", "Vectors of 128, 256 or 512 bits; the result does not depend on it [default: the machine's]");

    private static readonly Option<bool> Watch = new("--watch") { Description = "Write map.png anew while the map fills, about every second" };

    private static readonly Option<bool> Resume = new("--resume") { Description = "Go on with the unfinished map in the output folder, with the options it was begun with, to the same result" };

    /// <summary>What can be given beside a preset.</summary>
    private static readonly Option[] BesidePreset = [X, Y, Size, Measure, Preset, Center, Zoom, Cross, Mark, Dimension, UpdateOptions.Iterations, JobOptions.Seed];

    /// <summary>The options that make the result. Nothing is tested or held out, and the names of arrays leave --x and --y to the axes.</summary>
    public static readonly Option[] Making =
    [
        X, Y, Size, Measure, Preset, Center, Zoom, Cross, Mark, Dimension,
        .. JobOptions.MakingOne.Except([JobOptions.TestData, JobOptions.TestFraction, UpdateOptions.Stopping, ReadingOptions.X, ReadingOptions.Y]), FeaturesName, LabelsName,
    ];

    /// <summary>The options that only say how the result is made, shown and kept.</summary>
    public static readonly Option[] Carrying = [Width, Watch, Resume, .. JobOptions.Carrying];

    /// <summary>Whether an option of that name, without dashes, is one that trainings do not have.</summary>
    public static bool IsOfMaps(string name) =>
        Making.Except(JobOptions.MakingOne).Any(option => option.Name.AsSpan().TrimStart('-').SequenceEqual(name)) && name is not ("data-x" or "data-y");

    /// <summary>Reads what was parsed.</summary>
    /// <exception cref="UsageException">A value is impossible, or two exclude each other.</exception>
    public static MapSettings Read(ParseResult parsed)
    {
        JobSettings job = JobOptions.Read(parsed, one: true);
        job = job with { Reading = job.Reading with { X = parsed.GetValue(FeaturesName), Y = parsed.GetValue(LabelsName) } };
        MapPreset? preset = ReadPreset(parsed);
        job = preset is null ? job : Of(preset, job, IsGiven(parsed, UpdateOptions.Iterations));
        (int columns, int rows) = Parse(parsed, Size, Pixels);
        MapAxis x = Axis(X, preset?.X), y = Axis(Y, preset?.Y);
        if (parsed.GetValue(Center) is not null || parsed.GetValue(Zoom) is not null)
        {
            (x, y) = Closer(parsed, x, y);
            job = job.Training.Precision == Precision.Double ? job : throw new UsageException(
                $"{Zoom.Name}: neighbouring pixels would be the same numbers in single precision. Leave {JobOptions.Precise.Name} out.");
        }

        string[] marks = parsed.GetValue(Mark)?.Split(',') ?? [];
        return new MapSettings
        {
            Job = job,
            Preset = preset,
            X = x,
            Y = y,
            Columns = columns,
            Rows = rows,
            Measure = preset is not null && !IsGiven(parsed, Measure) ? preset.Measure : Parse(parsed, Measure, MapMeasure.Parse),
            Cross = Optional(parsed, Cross, Place),
            Marks = [.. marks.Select(name => Parse(parsed, Mark, _ => InitializerSource.Parse(name)))],
            MarkTexts = [.. marks.Select(InitializerSource.Canonical)],
            Dimension = parsed.GetValue(Dimension),
            Width = Optional(parsed, Width, Bits),
            Watch = !parsed.GetValue(Watch) || job.Plots ? parsed.GetValue(Watch) : throw new UsageException($"{Watch.Name} and {JobOptions.NoPlots.Name} exclude each other. Use one of them."),
            Resume = parsed.GetValue(Resume),
        };

        MapAxis Axis(Option<string> option, MapAxis? ofPreset) => ofPreset is not null && !IsGiven(parsed, option) ? ofPreset : Parse(parsed, option, MapAxis.Parse);
    }

    private static bool IsGiven(ParseResult parsed, Option option) => parsed.GetResult(option) is { Implicit: false };

    private static MapPreset? ReadPreset(ParseResult parsed)
    {
        if (parsed.GetValue(Preset) is null)
        {
            return null;
        }

        MapPreset preset = Parse(parsed, Preset, MapPreset.Parse);
        return Making.Except(BesidePreset).FirstOrDefault(option => IsGiven(parsed, option)) is not Option foreign ? preset : throw new UsageException(
            $"{foreign.Name}: the preset '{preset.Name}' brings its own; beside it go {string.Join(", ", BesidePreset.Except([Preset]).Select(option => option.Name))}. Leave {foreign.Name} or the preset out.");
    }

    /// <summary>The settings of a preset, as if they had been given.</summary>
    private static JobSettings Of(MapPreset preset, JobSettings given, bool hasIterations) => given with
    {
        Data = preset.Data,
        Hidden = [.. preset.Architecture.LayerSizes.Skip(1).SkipLast(1)],
        Activation = preset.Architecture.HiddenActivation,
        Loss = preset.Architecture.Loss,
        Initializers = [preset.Initializer],
        InitializerTexts = [preset.Initializer.Name],
        Training = hasIterations ? preset.Training with { Iterations = given.Training.Iterations } : preset.Training,
    };

    private static (MapAxis X, MapAxis Y) Closer(ParseResult parsed, MapAxis x, MapAxis y)
    {
        MapPlace center = Optional(parsed, Center, Place) ?? new MapPlace(x.At(0.5), y.At(0.5));
        double zoom = Optional(parsed, Zoom, text => Number(text, "a finite number above 0", value => value > 0)) ?? 1;
        Option<string> blamed = parsed.GetValue(Center) is null ? Zoom : Center;
        try
        {
            return (x.Around(center.X, zoom), y.Around(center.Y, zoom));
        }
        catch (StepZeroException error)
        {
            throw new UsageException($"{blamed.Name}: {error.Message}");
        }
    }

    private static (int Columns, int Rows) Pixels(string text)
    {
        string[] parts = text.Split('x');
        if (parts.Length > 2)
        {
            throw new StepZeroException($"expected pixels as in 256 or 320x200, found '{text}'.");
        }

        (long columns, long rows) = (Whole(parts[0], 1, MapSpec.MostPixels), Whole(parts[^1], 1, MapSpec.MostPixels));
        return columns * rows <= MapSpec.MostPixels
            ? ((int)columns, (int)rows)
            : throw new StepZeroException(string.Create(CultureInfo.InvariantCulture, $"{columns} × {rows} are {columns * rows:N0} pixels; expected at most {MapSpec.MostPixels:N0}. Use fewer, and look closer with {Zoom.Name}."));
    }

    private static MapPlace Place(string text) =>
        text.Split(',') is [string x, string y]
            ? new MapPlace(Number(x, "two finite numbers as in 1,0.01", _ => true), Number(y, "two finite numbers as in 1,0.01", _ => true))
            : throw new StepZeroException($"expected two numbers, a place on each axis as in 1,0.01, found '{text}'.");

    private static VectorWidth Bits(string text) => text switch
    {
        "128" => VectorWidth.Bits128,
        "256" => VectorWidth.Bits256,
        "512" => VectorWidth.Bits512,
        _ => throw new StepZeroException($"expected 128, 256 or 512, found '{text}'."),
    };
}
