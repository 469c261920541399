using System.CommandLine;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary><c>stepzero diagnose</c>: whether a network will train from each start, why, and what to change.</summary>
internal static class DiagnoseCommand
{
    public const string Name = "diagnose";

    private static readonly Option<bool> Horizon = new(JobOptions.Horizon.Name)
    {
        Description = "Train 16 shadow runs beside each start, whose weights differ in the last bit: when costs part, how fast, and which digits can be trusted",
    };

    private static readonly Option<bool> During = new("--during")
    {
        Description = "Train each start to its end and watch its sharpness, units and updates on the way",
    };

    private static readonly Option<bool> Fix = new("--fix")
    {
        Description = "Follow the advice, and train each start before and after from the same seed",
    };

    /// <summary>The options that make the result.</summary>
    private static readonly Option[] Making = [.. JobOptions.Making.Except([JobOptions.Horizon, JobOptions.Seeds]), Horizon, During, Fix];

    public static Command Create()
    {
        var command = new Command(Name, "Tell whether a network will train from each start, why, and what to change; exit code 3 where one will not");
        foreach (Option option in (Option[])[.. Making, .. JobOptions.Carrying])
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(parsed, repeated: null));
        return command;
    }

    /// <summary>Diagnoses.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data must be the same; null for a new diagnosis.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ParseResult parsed, JobSpec? repeated)
    {
        JobSettings settings = JobOptions.Read(parsed) with { Horizon = parsed.GetValue(Horizon), During = parsed.GetValue(During), Fix = parsed.GetValue(Fix) };
        using var interruption = new Interruption();
        string output = settings.Output ?? ResultFolder.Unnamed(Name);
        ResultFolder.Check(output, settings.Force);

        PreparedJob job = PreparedJob.Prepare(Name, settings, repeated, interruption.Token);
        var options = new CheckupOptions(settings.During, settings.Horizon, settings.Fix);
        Checkup checkup;
        using (var progress = TrainingProgressBar.Start(options.Trainings(job.Runs.Length), settings.Quiet))
        {
            var execution = new Execution { Threads = settings.Threads, Clock = TimeProvider.System, Progress = progress };
            checkup = Checkup.Run(job.Runs, job.Data, job.Test, options, execution, interruption.Token) with { PrepareSeconds = job.Seconds };
        }

        JobOutcome.Write(checkup, job.Spec, ResultFolder.Create(output, settings.Force, job.Spec.ToJson()), settings);
        return checkup.Starts.Any(start => start.Diagnosis.Outlook == Outlook.WillNotTrain) ? ExitCode.Wanting : ExitCode.Done;
    }
}
