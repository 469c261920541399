using System.CommandLine;
using System.Diagnostics;
using StepZero.Files;
using StepZero.Maps;
using StepZero.Networks;

namespace StepZero.Cli;

/// <summary><c>stepzero map</c>: where training works, as a picture of which each pixel is a training.</summary>
internal static class MapCommand
{
    public const string Name = "map";

    public static Command Create()
    {
        var command = new Command(Name, "Draw where training works: a picture of which each pixel is a training");
        foreach (Option option in (Option[])[.. MapOptions.Making, .. MapOptions.Carrying])
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(parsed, repeated: null));
        return command;
    }

    /// <summary>Makes a map.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data must be the same; null for a new map.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ParseResult parsed, JobSpec? repeated)
    {
        MapSettings settings = MapOptions.Read(parsed);
        JobSettings job = settings.Job;
        using var interruption = new Interruption();
        string output = job.Output ?? (settings.Resume
            ? throw new UsageException("--resume needs --output, the folder of the unfinished map.")
            : ResultFolder.Unnamed(Name));
        if (!settings.Resume)
        {
            ResultFolder.Check(output, job.Force);
        }

        using MapJournal? left = MapJournal.Open(output);
        MapJob map = MapJob.Prepare(settings, repeated, interruption.Token);
        if (settings.Resume && left is null && ResultFolder.IsFinished(output))
        {
            ResultFolder.CheckSame(output, map.Spec);
            Console.Error.WriteLine($"stepzero: {output}: is finished, nothing is left to do. Begin anew with --force in place of --resume.");
            return ExitCode.Done;
        }

        ResultFolder folder;
        if (settings.Resume)
        {
            folder = ResultFolder.Resume(output, map.Spec);
        }
        else
        {
            left?.Dispose();
            folder = ResultFolder.Create(output, job.Force, map.Spec.ToJson());
        }

        using MapJournal journal = settings.Resume && left is not null ? left : MapJournal.Create(output);
        return Finish(map, settings, folder, journal, interruption.Token);
    }

    private static int Finish(MapJob job, MapSettings settings, ResultFolder folder, MapJournal journal, CancellationToken cancellation)
    {
        var training = new MapTraining(job.Map, job.Data, settings.Width, TimeProvider.System);
        var map = new Map(job.Map);
        var missing = new SortedSet<int>(Enumerable.Range(0, training.Blocks.Count));
        journal.Begin(job.Spec, training.Blocks, (block, pixels) =>
        {
            map.Enter(training.Blocks[block], pixels);
            missing.Remove(block);
        });

        try
        {
            MapWork work = Train(training, [.. missing], map, journal, job, settings, folder, cancellation);
            MapOutcome.Write(map, job, settings, work, folder, cancellation);
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine(
                $"stepzero: interrupted after {Trained(map)} of {job.Map.PixelCount} trainings. Go on with 'stepzero run {folder.Path} --resume --output {folder.Path}'.");
            return ExitCode.Interrupted;
        }

        journal.Remove();
        return ExitCode.Done;
    }

    private static MapWork Train(
        MapTraining training, int[] missing, Map map, MapJournal journal, MapJob job, MapSettings settings, ResultFolder folder, CancellationToken cancellation)
    {
        int trainings = missing.Sum(block => training.Blocks[block].Pixels.Count);
        MapWatch? watch = settings.Watch ? new MapWatch(job, map, folder, training.Blocks, missing) : null;
        long started = Stopwatch.GetTimestamp();
        using var progress = new MapProgress(job.Map.PixelCount, job.Map.PixelCount - trainings, settings.Job.Quiet);
        training.Run(missing, Keep, settings.Job.Threads, cancellation);
        return new MapWork(trainings, Stopwatch.GetElapsedTime(started).TotalSeconds, training.FirstProducts, training.Parts);

        void Keep(int block, MapPixel[] pixels)
        {
            journal.Add(block, pixels);
            map.Enter(training.Blocks[block], pixels);
            progress.Add(training.Blocks[block]);
            watch?.Show(training.Blocks[block]);
        }
    }

    private static int Trained(Map map)
    {
        int trained = 0;
        foreach (MapPixel pixel in map.Pixels)
        {
            trained += pixel.Status == PixelStatus.Missing ? 0 : 1;
        }

        return trained;
    }
}

/// <summary>What this process has trained of a map.</summary>
/// <param name="Trainings">The trainings.</param>
/// <param name="Seconds">How long they took.</param>
/// <param name="FirstProducts">The multiply-adds of the products of their first layers.</param>
/// <param name="Parts">Where the time of their steps went.</param>
internal sealed record MapWork(int Trainings, double Seconds, double FirstProducts, IReadOnlyList<(StepPart Part, double Share)> Parts);
