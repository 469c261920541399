using System.CommandLine;
using System.Globalization;
using StepZero.Data;
using StepZero.Files;
using StepZero.Reports;

namespace StepZero.Cli;

/// <summary><c>stepzero data</c>: what a file, folder or set was understood to hold; converts it to .npz.</summary>
internal static class DataCommand
{
    private const int MostNames = 6;
    private const int MostColumns = 40;
    private const int LineWidth = 80;

    private static readonly Argument<string> Source = new("PATH|NAME") { Description = ReadingOptions.DataText };

    private static readonly Option<string> Save = OptionText.Text("--save", "FILE",
        "Write x, y, the classes and the names of the features to an .npz file; of two classes the positive one is y = 1 [default: nowhere]");

    private static readonly Option<string> Seed = OptionText.Text(JobOptions.Seed.Name, "N", "Seed of a generated set, 0 to 4294967295", "1");

    private static readonly Option<bool> Json = new("--json") { Description = "Print the summary for a program" };

    public static Command Create()
    {
        var command = new Command("data", "Show what data hold and how they were understood, and convert them") { Source };
        foreach (Option option in (Option[])[ReadingOptions.Positive, .. ReadingOptions.All, Save, Seed, JobOptions.Threads, Json])
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var interruption = new Interruption();
        string text = parsed.GetValue(Source)!;
        DataOptions reading = ReadingOptions.Read(parsed) with { Threads = JobOptions.ReadThreads(parsed) };
        uint seed = JobOptions.ReadSeed(parsed, Seed);
        string? save = parsed.GetValue(Save);
        if (save is not null)
        {
            DataFile.Check(save);
            if (File.Exists(text) && File.Exists(save) && Real(save) == Real(text))
            {
                throw new UsageException("--save: is the file that is read. Choose another.");
            }
        }

        LoadedData loaded = DataSource.Load(text, seed, reading, cancellation: interruption.Token);
        ReadingOptions.Report(loaded);
        string? positive = parsed.GetValue(ReadingOptions.Positive);
        if (positive is not null)
        {
            loaded = loaded with { Data = loaded.Data.WithPositive(positive) };
        }

        var summary = DataSummary.Of(loaded.Data, interruption.Token);
        if (save is not null)
        {
            DataFile.Write(save, loaded.Data, interruption.Token);
        }

        if (parsed.GetValue(Json))
        {
            using Stream output = Console.OpenStandardOutput();
            output.Write(DataSummaryJson.Of(loaded, summary));
            return ExitCode.Done;
        }

        Print(loaded, summary, positive is not null);
        if (save is not null)
        {
            Console.Out.WriteLine($"Saved: {save}");
        }

        return ExitCode.Done;
    }

    /// <summary>The full path of the file itself, where this is a link.</summary>
    private static string Real(string path) => new FileInfo(path).ResolveLinkTarget(returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);

    private static void Print(LoadedData loaded, DataSummary summary, bool oneAgainstRest)
    {
        Dataset data = loaded.Data;
        TextWriter output = Console.Out;
        string picture = data.ImageSize is not ImageSize size ? ""
            : $" ({size.Width}×{size.Height} pixels{(size.Channels == 1 ? ", gray" : size.Channels == 3 ? "" : $" of {size.Channels} channels")}{(size.ChannelsFirst ? ", channels first" : "")})";
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Data       {data.Name}: {data.SampleCount:#,0} samples of {data.FeatureCount:#,0} feature{(data.FeatureCount == 1 ? "" : "s")}{picture}"));
        output.WriteLine($"Read from  {loaded.Source}");
        output.WriteLine(summary.Targets is ValueSummary targets ? $"Targets    numbers, {Values(targets)}"
            : $"Classes    {(oneAgainstRest ? ClassCounts.OneAgainstRest(data) : ClassCounts.Text(data))}");
        output.WriteLine($"Values     {(data.HasByteFeatures ? "uint8" : "float64")}, {Values(summary.All)}");
        string[] names = data.FeatureNames;
        output.WriteLine($"Constant   {Features(summary.Constant, feature => $"'{names[feature]}'")}");
        output.WriteLine($"Duplicate  {Features(summary.Duplicates, pair => $"'{names[pair.Feature]}' is '{names[pair.SameAs]}'")}");
        output.WriteLine($"Memory     {(data.IsStored ? "stays in the file and is read in blocks" : Size(summary.MemoryBytes))}");
        output.WriteLine($"Hash       {DataHash.Of(data)}");
        if (summary.Targets is ValueSummary { Minimum: var least, Maximum: var most } ? least == most : summary.ClassCounts.Count(count => count > 0) == 1)
        {
            output.WriteLine($"           {(data.Targets is null ? "All samples are of one class" : "All targets are equal")}: there is nothing to learn.");
        }

        if (data.Targets is not null)
        {
            output.WriteLine();
            output.Write(TextHistogram.DrawRange([.. data.Targets]));
        }

        if (data.Columns is not null && data.ImageSize is null)
        {
            output.WriteLine();
            output.Write(Table(data.Columns, summary));
        }

        if (TextPicture.Of(data, LineWidth, HasColors()) is string drawn)
        {
            output.WriteLine();
            output.Write(drawn);
        }
    }

    private static string Table(IReadOnlyList<TableColumn> columns, DataSummary summary)
    {
        var rows = new List<string[]>();
        int feature = 0;
        foreach (TableColumn column in columns.Take(MostColumns))
        {
            if (column.Categories is null)
            {
                ValueSummary values = summary.Features[feature];
                rows.Add([column.Name, Number(values.Minimum), Number(values.Mean), Number(values.Maximum), Number(values.StandardDeviation), ""]);
            }
            else
            {
                IEnumerable<string> shares = column.Categories.Take(MostNames).Select((name, i) => string.Create(
                    CultureInfo.InvariantCulture, $"{name} {100 * summary.Features[feature + i].Mean:0.#}%"));
                rows.Add([column.Name, "", "", "", "", string.Join(", ", shares) + (column.Categories.Count > MostNames ? $", … ({column.Categories.Count})" : "")]);
            }

            feature += column.FeatureCount;
        }

        string rest = columns.Count > MostColumns ? $"and {columns.Count - MostColumns} more columns; --json gives them all\n" : "";
        int shown = columns.Any(column => column.Categories is not null) ? 6 : 5;
        string[] titles = ["Column", "Minimum", "Mean", "Maximum", "Std dev", "Categories"];
        return TextTable.Format(titles[..shown], [.. rows.Select(row => row[..shown])], leftAligned: [0, 5]) + rest;
    }

    private static string Values(ValueSummary values) =>
        $"{Number(values.Minimum)} to {Number(values.Maximum)}, mean {Number(values.Mean)}, standard deviation {Number(values.StandardDeviation)}"
        + (values.NonFinite > 0 ? $", and {values.NonFinite} nan or infinite" : "");

    private static string Features<T>(IReadOnlyList<T> found, Func<T, string> name) => found is [] ? "none" : string.Create(
        CultureInfo.InvariantCulture, $"{found.Count:#,0} feature{(found.Count == 1 ? "" : "s")}: {string.Join(", ", found.Take(MostNames).Select(name))}{(found.Count > MostNames ? ", …" : "")}");

    private static string Size(long bytes) => bytes < 1000 ? $"{bytes} bytes"
        : bytes < 1_000_000 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / 1000.0:0.#} kB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes / 1e6:#,0.#} MB");

    private static string Number(double value) => !double.IsFinite(value) ? "–" : value.ToString(
        Math.Abs(value) is (>= 1e-4 and < 1e6) or 0 ? "0.######" : "0.###e0", CultureInfo.InvariantCulture).Replace('-', '−') is { Length: <= 10 } text
        ? text : value.ToString("G5", CultureInfo.InvariantCulture).Replace('-', '−');

    private static bool HasColors() => !Console.IsOutputRedirected && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
        && Environment.GetEnvironmentVariable("COLORTERM") is "truecolor" or "24bit";
}
