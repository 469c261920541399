using System.CommandLine;
using StepZero.Files;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary><c>stepzero compare</c>: trains one network from several starts and shows where each ends.</summary>
internal static class CompareCommand
{
    public const string Name = "compare";

    public static Command Create()
    {
        var command = new Command(Name, "Train one network from several initial weights, and compare where it ends");
        foreach (Option option in (Option[])[.. JobOptions.Making, .. JobOptions.Carrying])
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(parsed, repeated: null));
        return command;
    }

    /// <summary>Runs a comparison.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data must be the same; null for a new comparison.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ParseResult parsed, JobSpec? repeated)
    {
        JobSettings settings = JobOptions.Read(parsed);
        using var interruption = new Interruption();
        string output = settings.Output ?? ResultFolder.Unnamed(Name);
        ResultFolder.Check(output, settings.Force);

        PreparedJob job = PreparedJob.Prepare(Name, settings, repeated, interruption.Token);
        ResultFolder folder = ResultFolder.Create(output, settings.Force, job.Spec.ToJson());
        int shadows = settings.Horizon ? Horizon.DefaultShadows : 0;
        int seeds = settings.Seeds ?? 0;
        Comparison comparison;
        using (var progress = TrainingProgressBar.Start(job.Runs.Length * (shadows + Math.Max(1, seeds)), settings.Quiet))
        {
            var execution = new Execution { Threads = settings.Threads, Clock = TimeProvider.System, Progress = progress };
            comparison = Comparison.Run(job.Runs, job.Data, job.Test, shadows, seeds, execution, interruption.Token) with { PrepareSeconds = job.Seconds };
        }

        JobOutcome.Write(comparison, job.Spec, folder, settings);
        return comparison.Starts.Any(start => start.Run.Record.Status == RunStatus.Cancelled) ? ExitCode.Interrupted : ExitCode.Done;
    }
}
