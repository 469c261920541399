using System.CommandLine;
using StepZero.Files;
using StepZero.Networks;

namespace StepZero.Cli;

/// <summary><c>stepzero predict</c>: what a kept model says of data, whose classes or numbers need not be known.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Output = OptionText.Text(
        JobOptions.Output.Name, "FILE", "A .csv or .json file for the predictions [default: a CSV table on standard output]");

    private static readonly Option<bool> Json = new("--json") { Description = "Print the predictions for a program" };

    public static Command Create()
    {
        var command = new Command("predict", "Let a model tell the class of each sample with its probabilities, or a number") { ModelOptions.Path };
        foreach (Option option in (Option[])[.. ModelOptions.Asking, Output, Json])
        {
            command.Add(option);
        }

        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult parsed)
    {
        using var interruption = new Interruption();
        DataOptions reading = ModelOptions.ReadReading(parsed) with { Unlabelled = true };
        string? output = parsed.GetValue(Output);
        if (output is not null)
        {
            PredictionFile.Check(output);
            foreach (string read in (string[])[parsed.GetValue(ModelOptions.Path)!, parsed.GetValue(ModelOptions.Data)!])
            {
                if (File.Exists(read) && Path.GetFullPath(read) == Path.GetFullPath(output))
                {
                    throw new UsageException("--output: is a file that is read. Choose another.");
                }
            }
        }

        (Model model, LoadedData loaded) = ModelOptions.Load(parsed, reading, interruption.Token);
        Predictions predictions = model.Predict(loaded.Data);
        interruption.Token.ThrowIfCancellationRequested();
        if (output is not null)
        {
            PredictionFile.Write(output, predictions, loaded.SampleNames, interruption.Token);
        }

        if (output is not null && !parsed.GetValue(Json))
        {
            Console.Out.WriteLine($"Saved: {output}");
            return ExitCode.Done;
        }

        return Print(predictions, loaded.SampleNames, parsed.GetValue(Json), interruption.Token);
    }

    private static int Print(Predictions predictions, IReadOnlyList<string>? names, bool json, CancellationToken cancellation)
    {
        using Stream standardOutput = Console.OpenStandardOutput();
        try
        {
            if (json)
            {
                PredictionFile.WriteJson(standardOutput, predictions, names, cancellation);
            }
            else
            {
                PredictionFile.WriteCsv(standardOutput, predictions, names, cancellation);
            }

            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("stepzero: interrupted; the predictions are incomplete.");
            return ExitCode.Interrupted;
        }
    }
}
