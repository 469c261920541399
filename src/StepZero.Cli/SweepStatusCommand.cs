using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using StepZero.Files;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary><c>stepzero sweep status</c>: how far a sweep and its parts are.</summary>
internal static class SweepStatusCommand
{
    private static readonly Argument<string> Folder = SweepFolder.Argument();

    private static readonly Option<bool> Json = new(JobOptions.Json.Name) { Description = "Print it as JSON" };

    public static Command Create()
    {
        var command = new Command("status", "Say how far a sweep is, and which parts of it are being trained now") { Folder, Json };
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        string folder = parsed.GetValue(Folder)!;
        Part[] parts = [.. SweepFolder.Databases(folder).OrderBy(path => path.Length).Select(PartOf)]; // 2 before 10
        SweepResults results = SweepFolder.Read(folder);
        Part all = Of("all", results, results.Plan.TrainingCount, parts.Any(part => part.IsAtWork));
        if (parsed.GetValue(Json))
        {
            Print(all, parts, results.Plan);
        }
        else
        {
            bool target = results.Plan.Target is not null;
            string[] titles = ["", "trained", "of", "", "diverged", .. target ? ["reached"] : Array.Empty<string>(), "left", ""];
            Console.Out.Write(TextTable.Format(titles, [.. parts.Select(part => Row(part, target)), .. parts.Length > 1 ? [Row(all, target)] : Array.Empty<string[]>()], [0, titles.Length - 1]));
        }

        return ExitCode.Done;
    }

    /// <summary>One part.</summary>
    private static Part PartOf(string path)
    {
        (int shard, int shards) = SweepDatabase.PartOf(path)!.Value;
        bool atWork = SweepDatabase.IsAtWork(path);
        using SweepDatabase database = SweepDatabase.Read(path);
        var of = new SweepShard(shard, shards);
        return Of(shards == 1 ? "whole" : $"{of}", new SweepResults(database.Plan, [.. database.Trainings()]), of.TrainingCount(database.Plan), atWork);
    }

    private static Part Of(string name, SweepResults results, long total, bool isAtWork) => new(
        name, results.Trainings.Count, total, results.Trainings.Count(training => training.Status == RunStatus.Diverged),
        results.Trainings.Count(training => training.ReachedAt is not null), results.Trainings.Sum(training => training.Seconds), isAtWork);

    private static string[] Row(Part part, bool target) =>
    [
        part.Name, Number(part.Trained), Number(part.Total), FigureText.Percent((double)part.Trained / part.Total), Number(part.Diverged),
        .. target ? [Number(part.Reached)] : Array.Empty<string>(),
        part.LeftSeconds is double left ? $"{ProgressLine.Duration(TimeSpan.FromSeconds(left))} of one thread" : part.Trained == part.Total ? "" : "–",
        part.IsAtWork ? "at work" : part.Trained == part.Total ? "finished" : "not at work",
    ];

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void Print(Part all, Part[] parts, SweepPlan plan)
    {
        using Stream output = Console.OpenStandardOutput();
        using var json = new Utf8JsonWriter(output, new JsonWriterOptions { Indented = true, NewLine = "\n" });
        json.WriteStartObject();
        json.WriteString("sweepHash", SweepFile.Hash(plan));
        json.WriteString("target", plan.Target?.ToString());
        Write(json, all);
        json.WriteStartArray("parts");
        foreach (Part part in parts)
        {
            json.WriteStartObject();
            json.WriteString("part", part.Name);
            Write(json, part);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
        json.Flush();
        output.Write("\n"u8);
    }

    private static void Write(Utf8JsonWriter json, Part part)
    {
        json.WriteNumber("trained", part.Trained);
        json.WriteNumber("trainings", part.Total);
        json.WriteNumber("diverged", part.Diverged);
        json.WriteNumber("reached", part.Reached);
        json.WriteBoolean("atWork", part.IsAtWork);
        json.WriteNumber("trainSeconds", part.Seconds);
        if (part.LeftSeconds is double left)
        {
            json.WriteNumber("leftSeconds", left);
        }
    }

    private sealed record Part(string Name, long Trained, long Total, long Diverged, long Reached, double Seconds, bool IsAtWork)
    {
        /// <summary>How long what is left takes one thread; null where that is nothing, or nobody knows.</summary>
        public double? LeftSeconds => Trained == 0 || Trained >= Total || Seconds == 0 ? null : Seconds / Trained * (Total - Trained);
    }
}
