using System.CommandLine;
using StepZero.Data;
using StepZero.Files;
using StepZero.Networks;
using StepZero.Reports;

namespace StepZero.Cli;

/// <summary><c>stepzero evaluate</c>: how good a kept model is on data whose classes or numbers are known.</summary>
internal static class EvaluateCommand
{
    public const string Name = "evaluate";

    /// <summary>How the model is called in a spec.</summary>
    public const string ModelName = "model";

    private static readonly Option<string> Output = OptionText.Text(
        JobOptions.Output.Name, "DIR", "Folder for results and pictures [default: stepzero-runs/<date-time>-evaluate]");

    private static readonly Option<bool> NoPlots = new(JobOptions.NoPlots.Name) { Description = "Write no pictures" };

    private static readonly Option<bool> Quiet = new(JobOptions.Quiet.Name) { Description = "Print only the table of the overall figures" };

    public static Command Create()
    {
        var command = new Command(Name, "Tell how good a model is on data: accuracy, loss, ROC AUC, confusions; errors of predicted numbers") { ModelOptions.Path };
        foreach (Option option in (Option[])[.. ModelOptions.Asking, Output, NoPlots, JobOptions.Json, Quiet, JobOptions.Force])
        {
            command.Add(option);
        }

        command.SetAction(parsed => Run(parsed, repeated: null));
        return command;
    }

    /// <summary>Evaluates a model.</summary>
    /// <param name="parsed">What was asked for.</param>
    /// <param name="repeated">The spec that is repeated, whose data and model must be the same; null for a new evaluation.</param>
    /// <returns>The exit code.</returns>
    public static int Run(ParseResult parsed, JobSpec? repeated)
    {
        DataOptions reading = ModelOptions.ReadReading(parsed);
        uint seed = JobOptions.ReadSeed(parsed, ModelOptions.Seed);
        bool force = parsed.GetValue(JobOptions.Force);
        string output = parsed.GetValue(Output) ?? ResultFolder.Unnamed(Name);
        ResultFolder.Check(output, force);

        using var interruption = new Interruption();
        (Model model, LoadedData loaded) = ModelOptions.Load(parsed, reading, interruption.Token);
        Dataset data = loaded.Data;
        var evaluation = Evaluation.Of(model, data);
        string source = parsed.GetValue(ModelOptions.Data)!;
        var spec = new JobSpec(
            Name,
            [
                (ModelName, Path.GetFullPath(parsed.GetValue(ModelOptions.Path)!)), ("data", JobSettings.Whole(source, data.Name)),
                .. ReadingOptions.Canonical(reading, source), ("seed", seed),
            ],
            DataHash.Of(data), null, DataHash.Of(model.Parameters));
        RepeatedJob.Check(repeated, spec, source);
        interruption.Token.ThrowIfCancellationRequested();

        ResultFolder folder = ResultFolder.Create(output, force, spec.ToJson());
        byte[] json = EvaluationJson.Of(evaluation);
        folder.Finish(json);
        if (parsed.GetValue(JobOptions.Json))
        {
            using Stream standardOutput = Console.OpenStandardOutput();
            standardOutput.Write(json);
        }
        else
        {
            EvaluationText.Print(model, data, evaluation, parsed.GetValue(Quiet));
        }

        if (!parsed.GetValue(NoPlots))
        {
            JobOutcome.Write(EvaluationPictures.Draw(evaluation, data.Name), folder);
        }

        if (!parsed.GetValue(JobOptions.Json))
        {
            Console.Out.WriteLine($"Results: {output}");
        }

        return ExitCode.Done;
    }
}
