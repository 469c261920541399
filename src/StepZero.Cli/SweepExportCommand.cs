using System.CommandLine;
using System.Globalization;
using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary><c>stepzero sweep export</c>: the trainings of a sweep as a table for other programs.</summary>
internal static class SweepExportCommand
{
    private static readonly Argument<string> Folder = SweepFolder.Argument();

    private static readonly Argument<string> Table = new("FILE") { Description = "A file to write, .csv or .parquet: a row a training, a column for each option that differs" };

    public static Command Create()
    {
        var command = new Command("export", "Write the trainings of a sweep as a table") { Folder, Table };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string folder = parsed.GetValue(Folder)!, path = parsed.GetValue(Table)!;
        SweepResults results = SweepFolder.Read(folder);
        SweepExport.Write(results, path);
        Console.Out.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {results.Trainings.Count:N0} trainings{(results.Trainings.Count == results.Plan.TrainingCount ? "" : $" of {results.Plan.TrainingCount:N0}")}"));
        return ExitCode.Done;
    }
}
