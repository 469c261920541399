using System.CommandLine;
using System.Globalization;
using StepZero.Data;
using StepZero.Files;

namespace StepZero.Cli;

/// <summary>The options that say how data are read, for every command that takes data.</summary>
internal static class ReadingOptions
{
    /// <summary>The option that names the data, of every command that has it.</summary>
    public const string Data = "--data";

    public static readonly Option<string> Positive = OptionText.Text("--positive", "CLASS",
        "The class of label 1; of three and more classes it is set against the rest [default: of two the larger number, true, yes or positive, or the first by name]");

    public static readonly Option<string> X = OptionText.Text("--x", "NAME", "Array of the features in an HDF5 or NPZ file [default: found by name, as x, X_train or train_set_x]");

    public static readonly Option<string> Y = OptionText.Text("--y", "NAME", "Array of the labels in an HDF5 or NPZ file; beside a .npy the file of the labels [default: found by name]");

    private static readonly Option<string> Target = OptionText.Text("--target", "COLUMN", "Column of the targets in a table, by name, or by number from 1 where it has no header [default: the last]");

    private static readonly Option<string> Ignore = OptionText.Text("--ignore", "COLUMNS", "Columns of a table to leave out, as in id,name, or by number where it has no header [default: none]");

    private static readonly Option<string> Missing = OptionText.Text("--missing", "HOW",
        "Missing values: refuse, drop (leave out their rows) or mean (fill in the mean of the training samples)", "refuse");

    private static readonly Option<bool> AllowNaN = new("--allow-nan") { Description = "Let nan and infinite values, and missing ones as nan, pass" };

    private static readonly Option<string> Resize = OptionText.Text("--image-size", "WxH", "Resize every picture of a folder [default: sizes must agree]");

    private static readonly Option<bool> SkipBad = new("--skip-bad") { Description = "Leave out files of a folder that are no whole picture, and count them" };

    /// <summary>All but <see cref="Positive"/>.</summary>
    public static readonly Option[] All = [X, Y, Target, Ignore, Missing, AllowNaN, Resize, SkipBad];

    /// <summary>What data can be, for the help.</summary>
    public static readonly string DataText =
        $"Folder of pictures (class from the name, as in cat.1.jpg, or the sub-folder), or HDF5, NPZ, NPY, CSV or Parquet file; or a set: pets (drawn cats and dogs, as in pets:100:1), moons, circles, spirals, xor, blobs (as in moons:500:0.2), noise (numbers to predict, as in noise:272:16), {string.Join(", ", BuiltInTables.Names)}";

    /// <summary>Reads what was parsed.</summary>
    /// <exception cref="UsageException">A value is impossible.</exception>
    public static DataOptions Read(ParseResult parsed)
    {
        var options = new DataOptions
        {
            X = parsed.GetValue(X),
            Y = parsed.GetValue(Y),
            Target = parsed.GetValue(Target),
            Ignore = parsed.GetValue(Ignore)?.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [],
            Missing = OptionText.Parse(parsed, Missing, text => CanonicalText.Parse<MissingValues>(text)),
            AllowNaN = parsed.GetValue(AllowNaN),
            Size = parsed.GetValue(Resize) is null ? null : OptionText.Parse(parsed, Resize, Size),
            SkipBad = parsed.GetValue(SkipBad),
            Targets = parsed.GetValue(Positive) is null ? TargetKind.Auto : TargetKind.Classes,
        };
        return options.AllowNaN && options.Missing != MissingValues.Refuse
            ? throw new UsageException("--allow-nan and --missing exclude each other. Use one of them.")
            : options;
    }

    /// <summary>The options that differ from their defaults, by their names without dashes, with their canonical values.</summary>
    /// <param name="options">The options.</param>
    /// <param name="data">The data that they are for.</param>
    public static IEnumerable<(string Name, object Value)> Canonical(DataOptions options, string data)
    {
        (Option Option, object? Value)[] all =
        [
            (X, options.X), (Y, options.Y is not null && DataSource.HasFileOfLabels(data) ? Path.GetFullPath(options.Y) : options.Y), (Target, options.Target),
            (Ignore, options.Ignore is [] ? null : string.Join(',', options.Ignore)),
            (Missing, options.Missing == MissingValues.Refuse ? null : options.Missing), (AllowNaN, options.AllowNaN ? true : null),
            (Resize, options.Size is null ? null : string.Create(CultureInfo.InvariantCulture, $"{options.Size.Width}x{options.Size.Height}")),
            (SkipBad, options.SkipBad ? true : null),
        ];
        return all.Where(option => option.Value is not null).Select(option => (option.Option.Name.TrimStart('-'), option.Value!));
    }

    /// <summary>Says on standard error what a reader left out or decided.</summary>
    public static void Report(LoadedData loaded)
    {
        foreach (string note in loaded.Notes)
        {
            Console.Error.WriteLine(note.StartsWith(' ') ? note : $"stepzero: {note}");
        }
    }

    private static ImageSize Size(string text)
    {
        string[] parts = text.Split('x');
        return parts.Length == 2
            ? new ImageSize((int)OptionText.Whole(parts[0], 1, 8192), (int)OptionText.Whole(parts[1], 1, 8192))
            : throw new StepZeroException($"expected width and height as in 150x150, found '{text}'.");
    }
}
