using System.CommandLine;
using StepZero.Files;
using StepZero.Files.Models;
using StepZero.Sweeps;
using StepZero.Training;
using static StepZero.Cli.OptionText;

namespace StepZero.Cli;

/// <summary><c>stepzero train</c>: trains one network, and keeps it.</summary>
internal static class TrainCommand
{
    public const string Name = "train";

    private static readonly Option<string[]> Save = new("--save")
    {
        HelpName = "FILE",
        Description = "Keep the trained network in a file: .safetensors, .npz or .onnx; may be given several times",
        DefaultValueFactory = _ => [],
    };

    private static readonly Option<string> CheckpointEvery = Text(
        "--checkpoint-every", "N", "Write a checkpoint into the output folder after every N updates [default: none]");

    private static readonly Option<bool> Resume = new("--resume")
    {
        Description = "Go on from the checkpoint in the output folder, with the options it was begun with, to the same result",
    };

    /// <summary>The options that only say how the result is made, shown and kept.</summary>
    public static readonly Option[] Carrying = [Save, CheckpointEvery, Resume, .. JobOptions.Carrying];

    public static Command Create()
    {
        var command = new Command(Name, "Train one network, and keep it");
        foreach (Option option in (Option[])[.. JobOptions.MakingOne, .. Carrying])
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(parsed, repeated: null));
        return command;
    }

    /// <summary>Runs a training.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data must be the same; null for a new training.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ParseResult parsed, JobSpec? repeated)
    {
        JobSettings settings = JobOptions.Read(parsed, one: true);
        using var interruption = new Interruption();
        string[] files = parsed.GetValue(Save)!;
        int? every = Optional(parsed, CheckpointEvery, text => (int)Whole(text, 1, int.MaxValue));
        bool resume = parsed.GetValue(Resume);
        string output = settings.Output ?? (resume || every is not null
            ? throw new UsageException($"{(resume ? Resume.Name : CheckpointEvery.Name)} needs --output, the folder of the checkpoint.")
            : ResultFolder.Unnamed(Name));
        if (files.GroupBy(Path.GetFullPath).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new UsageException($"{Save.Name}: '{twice.Last()}' is named twice. Leave one out.");
        }

        Array.ForEach(files, ModelFile.Check);
        if (resume && ResultFolder.IsFinished(output))
        {
            if (files.FirstOrDefault(file => !File.Exists(file)) is string missing)
            {
                throw new StepZeroException($"{missing}: not written: {output} is finished, and its network is no longer there. Train anew with --force in place of {Resume.Name}.");
            }

            Console.Error.WriteLine($"stepzero: {output}: is finished, nothing is left to do. Train anew with --force in place of --resume.");
            return ExitCode.Done;
        }

        if (!resume)
        {
            ResultFolder.Check(output, settings.Force);
        }

        PreparedJob job = PreparedJob.Prepare(Name, settings, repeated, interruption.Token);
        ResultFolder folder = resume ? ResultFolder.Resume(output, job.Spec) : ResultFolder.Create(output, settings.Force, job.Spec.ToJson());
        TrainingCheckpoint? resumed = resume ? CheckpointFile.Read(output) : null;
        if (resume && resumed is null)
        {
            Console.Error.WriteLine($"stepzero: {output}: holds no checkpoint; the training begins at its start.");
        }

        Comparison comparison = Train(job, settings, folder, every, resumed, interruption.Token);
        RunResult run = comparison.Starts[0].Run;
        if (run.Record.Status == RunStatus.Cancelled && (every is not null || resumed is not null))
        {
            Console.Error.WriteLine($"stepzero: interrupted after {run.Record.Costs.Length} updates. Go on with --resume --output {output}.");
            return ExitCode.Interrupted;
        }

        // results.json says that all is done, so what is kept comes before it.
        if (run.FinalParameters is not null)
        {
            Array.ForEach(files, file => ModelFile.Write(file, job.Data.ModelOf(run.Spec.Architecture, run.FinalParameters.Value)));
        }

        JobOutcome.Write(comparison, job.Spec, folder, settings);
        folder.Remove(CheckpointFile.Name);
        if (run.FinalParameters is null && files is not [])
        {
            Console.Error.WriteLine(
                $"stepzero: {files[0]}: not written: the training {(run.Record.DivergedAt is int at ? $"diverged at iteration {at}. Try a smaller learning rate" : "was interrupted")}.");
        }

        return run.Record.Status == RunStatus.Cancelled ? ExitCode.Interrupted : run.FinalParameters is not null || files is [] ? ExitCode.Done : ExitCode.Failed;
    }

    private static Comparison Train(
        PreparedJob job, JobSettings settings, ResultFolder folder, int? every, TrainingCheckpoint? resumed, CancellationToken cancellation)
    {
        using var progress = TrainingProgressBar.Start(1, settings.Quiet);
        var execution = new Execution
        {
            Threads = settings.Threads,
            Clock = TimeProvider.System,
            Progress = progress,
            Checkpointing = every is null && resumed is null ? null
                : new Checkpointing(every ?? int.MaxValue, checkpoint => CheckpointFile.Write(folder.Path, checkpoint), resumed),
        };
        return Comparison.Run(job.Runs, job.Data, job.Test, execution: execution, cancellation: cancellation) with { PrepareSeconds = job.Seconds };
    }
}
