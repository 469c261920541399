using System.Collections;
using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using StepZero.Files;
using StepZero.Sweeps;

namespace StepZero.Cli;

/// <summary><c>stepzero sweep</c>: trains every combination of the values of a file, and shows which is best.</summary>
internal static class SweepCommand
{
    public const string Name = "sweep";

    private const long ManyTrainings = 10_000_000;

    /// <summary>About what a row takes.</summary>
    private const double RowBytes = 400;

    public static Command Create()
    {
        var command = new Command(Name, "Train every combination of the values in a file, each from many seeds, and rank them") { SweepOptions.File, SweepOptions.Target };
        foreach (Option option in SweepOptions.Carrying)
        {
            command.Add(option);
        }

        command.Add(SweepReportCommand.Create());
        command.Add(SweepStatusCommand.Create());
        command.Add(SweepMergeCommand.Create());
        command.Add(SweepExportCommand.Create());
        command.SetAction(parsed => Run(parsed, []));
        return command;
    }

    /// <summary>Runs a sweep.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="dataBefore">The names and hashes of the data of a sweep that is repeated.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ParseResult parsed, IReadOnlyList<(string Name, string Hash)> dataBefore)
    {
        SweepAsked asked = SweepOptions.Read(parsed);
        using var interruption = new Interruption();
        SweepPlan plan = SweepPaths.Whole(asked.File, SweepFile.Read(asked.File, SweepSettings.Keys, asked.Target));
        CheckSize(plan, asked);
        CheckFolder(plan, asked);

        var data = new SweepDataFound(dataBefore);
        var settings = new SweepSettings(asked.File, plan, asked.Threads, data.Add, interruption.Token);
        settings.Check();
        byte[] spec = SweepFile.Canonical(plan);

        // Another process may have begun while the data were read.
        CheckFolder(plan, asked);
        ResultFolder folder = asked.Resume || asked.Shard.Of > 1 ? ResultFolder.Join(asked.Output, spec) : ResultFolder.Create(asked.Output, asked.Force, spec);
        using SweepDatabase database = SweepDatabase.Write(asked.Shard.DatabaseIn(folder.Path), plan);
        if (asked.Shard.Of == 1)
        {
            folder.Tidy();
        }

        return Train(plan, asked, settings, data, folder, database, interruption.Token);
    }

    private static int Train(
        SweepPlan plan, SweepAsked asked, SweepSettings settings, SweepDataFound data, ResultFolder folder, SweepDatabase database, CancellationToken cancellation)
    {
        BitArray finished = database.Finished();
        (long[] blocks, long missing) = Missing(plan, asked.Shard, finished);
        long all = asked.Shard.TrainingCount(plan);
        bool wasWhole = missing == 0, isWhole = wasWhole;
        string goOn = $"'stepzero {RunCommand.Name} {folder.Path} --resume --output {folder.Path}{(asked.Shard.Of == 1 ? "" : $" --shard {asked.Shard}")}'";
        var progress = new SweepProgress(all, all - missing, asked.Quiet);
        var writer = new SweepWriter(database, progress);
        data.PassOn(writer.CheckData);
        long started = Stopwatch.GetTimestamp();
        try
        {
            using (progress)
            {
                isWhole = new SweepTraining(plan, settings.Of, TimeProvider.System).Run(blocks, training => finished[(int)training], writer.Add, asked.Threads, asked.Budget, cancellation);
            }
        }
        catch (OperationCanceledException)
        {
            writer.Flush();
            Console.Error.WriteLine($"stepzero: interrupted after {Number(all - missing + progress.Done)} of {Number(all)} trainings. Go on with {goOn}.");
            return ExitCode.Interrupted;
        }
        catch (StepZeroException)
        {
            writer.FlushIfPossible();
            throw;
        }

        writer.Flush();
        double seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        if (!isWhole)
        {
            Console.Error.WriteLine(
                $"stepzero: the budget is used up: {Number(all - missing + progress.Done)} of {Number(all)} trainings are done, {Number(missing - progress.Done)} are left. Go on with {goOn}, or look at it with 'stepzero {Name} report {folder.Path}'.");
            return ExitCode.Done;
        }

        if (wasWhole && (asked.Shard.Of > 1 || ResultFolder.HasResults(folder.Path)))
        {
            Console.Error.WriteLine($"stepzero: {folder.Path}: is finished, nothing is left to do. {(asked.Shard.Of > 1 ? $"Put the parts together with 'stepzero {Name} merge {folder.Path}'" : $"Rank it again with 'stepzero {Name} report {folder.Path}', or begin anew with --force in place of --resume")}.");
            return ExitCode.Done;
        }

        if (asked.Shard.Of > 1)
        {
            Console.Error.WriteLine($"stepzero: part {asked.Shard} is finished: {Number(all)} trainings. When all parts are, put them together with 'stepzero {Name} merge {folder.Path}'.");
            return ExitCode.Done;
        }

        SweepOutcome.Write(SweepSummary.Of(new SweepResults(plan, [.. database.Trainings()])), folder, new SweepShown(asked.Json, asked.Quiet, asked.Plots), isWhole: true);
        if (!asked.Json && progress.Done > 0)
        {
            Console.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Trained {progress.Done:N0} networks in {seconds:0.0} s, {MapProgress.Rate(progress.Done, seconds)} trainings/s"));
        }

        return ExitCode.Done;
    }

    private static string Number(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    private static void CheckSize(SweepPlan plan, SweepAsked asked)
    {
        if (plan.TrainingCount > ManyTrainings && !asked.Yes)
        {
            throw new UsageException(string.Create(
                CultureInfo.InvariantCulture,
                $"{asked.File}: {plan.TrainingCount:N0} trainings take about {plan.TrainingCount * RowBytes / 1e9:0.#} GB and, at 1,000 a second, {plan.TrainingCount / 3.6e6:0.#} hours. Use shorter lists or fewer seeds, or {SweepOptions.Yes.Name} if you mean it."));
        }
    }

    /// <summary>Refuses a folder that holds something else, before anything is read or changed.</summary>
    private static void CheckFolder(SweepPlan plan, SweepAsked asked)
    {
        string database = asked.Shard.DatabaseIn(asked.Output);
        if (SweepDatabase.In(asked.Output).FirstOrDefault(file => (asked.Force || file == database) && SweepDatabase.IsAtWork(file)) is string busy)
        {
            throw new StepZeroException($"{busy}: another process is at work on this sweep. Wait until it ends, or choose another folder with --output.");
        }

        if (!asked.Resume && asked.Shard.Of == 1)
        {
            ResultFolder.Check(asked.Output, asked.Force);
            return;
        }

        if (!asked.Resume && File.Exists(database))
        {
            throw new StepZeroException($"{database}: is there already. Go on with --resume, or choose another folder with --output.");
        }

        string spec = ResultFolder.SpecOf(asked.Output);
        if (File.Exists(spec) && SweepFile.Differences(SweepFile.Read(spec, SweepSettings.Keys, null), plan).ToArray() is [_, ..] differences)
        {
            throw new StepZeroException($"{asked.Output}: holds another sweep: {string.Join("; ", differences)}. Resume with the sweep it was begun with, or choose another folder with --output.");
        }

        if (File.Exists(database))
        {
            // Refuses that of another program or sweep while the folder is as it was.
            SweepDatabase.Write(database, plan).Dispose();
        }
    }

    private static (long[] Blocks, long Trainings) Missing(SweepPlan plan, SweepShard shard, BitArray finished)
    {
        var blocks = new List<long>();
        long trainings = 0;
        foreach (long block in shard.Blocks(plan))
        {
            (long first, int count) = plan.Block(block);
            int missing = 0;
            for (int i = 0; i < count; i++)
            {
                missing += finished[(int)(first + i)] ? 0 : 1;
            }

            if (missing > 0)
            {
                blocks.Add(block);
                trainings += missing;
            }
        }

        return ([.. blocks], trainings);
    }
}
