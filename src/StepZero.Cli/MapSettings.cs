using System.Globalization;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Numerics;

namespace StepZero.Cli;

/// <summary>What a map was asked for: the values of <see cref="MapOptions"/>.</summary>
internal sealed record MapSettings
{
    /// <summary>Data, network, start and training, and how the job is carried out.</summary>
    public required JobSettings Job { get; init; }

    /// <summary>The published map that they are of, or null.</summary>
    public MapPreset? Preset { get; init; }

    public required MapAxis X { get; init; }

    public required MapAxis Y { get; init; }

    public required int Columns { get; init; }

    public required int Rows { get; init; }

    public required MapMeasure Measure { get; init; }

    public MapPlace? Cross { get; init; }

    public Initializer[] Marks { get; init; } = [];

    /// <summary>The texts that give the same marks from anywhere.</summary>
    public string[] MarkTexts { get; init; } = [];

    public bool Dimension { get; init; }

    /// <summary>Null for the machine's own.</summary>
    public VectorWidth? Width { get; init; }

    public bool Watch { get; init; }

    public bool Resume { get; init; }

    /// <summary>
    /// The options that make the result, by their names without dashes, with their canonical values: what spec.json holds. A closer look stands there by its axes.
    /// </summary>
    /// <param name="job">Those of the data, the network and the training.</param>
    public IEnumerable<(string Name, object Value)> Canonical(IEnumerable<(string Name, object Value)> job)
    {
        (string, object)[] asked =
        [
            ("x", X.ToString()), ("y", Y.ToString()),
            ("size", Columns == Rows ? string.Create(CultureInfo.InvariantCulture, $"{Columns}") : string.Create(CultureInfo.InvariantCulture, $"{Columns}x{Rows}")),
            ("measure", Measure.ToString()),
            .. Cross is MapPlace cross ? [("cross", string.Create(CultureInfo.InvariantCulture, $"{cross.X:R},{cross.Y:R}"))] : Array.Empty<(string, object)>(),
            .. MarkTexts is [] ? Array.Empty<(string, object)>() : [("mark", string.Join(',', MarkTexts))],
            .. Dimension ? [("fractal-dimension", true)] : Array.Empty<(string, object)>(),
        ];

        // The arrays of the data are --x and --y elsewhere.
        return Preset is null
            ? [.. asked, .. job.Select(option => option.Name is "x" or "y" ? ($"data-{option.Name}", option.Value) : option)]
            : [("preset", Preset.Name), .. asked, .. job.Where(option => option.Name is "iterations" or "seed")];
    }
}
