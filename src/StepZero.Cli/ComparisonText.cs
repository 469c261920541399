using System.Globalization;
using Spectre.Console;
using StepZero.Data;
using StepZero.Files;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>A comparison as text on standard output.</summary>
internal static class ComparisonText
{
    private const int CostEvery = 100;

    /// <summary>The question, each training's costs and accuracy, and the closing table.</summary>
    /// <param name="result">The comparison.</param>
    /// <param name="tableOnly">Whether only the table is printed.</param>
    public static void Print(ComparisonResult result, bool tableOnly)
    {
        if (!tableOnly)
        {
            PrintQuestion(result);
            foreach (RunResult run in result.Runs)
            {
                PrintRun(run);
            }
        }

        PrintTable(result.Runs);
    }

    private static void PrintQuestion(ComparisonResult result)
    {
        Dataset train = result.Train;
        RunSpec spec = result.Runs[0].Spec;
        string size = train.ImageSize is null ? "" : $" ({train.ImageSize.Width}×{train.ImageSize.Height} pixels)";
        IEnumerable<string> classes = train.Classes.Select((name, i) => $"{train.Labels.Count(i)} × {name}{(name == train.Positive ? " (label 1)" : "")}");
        TextWriter output = Console.Out;
        output.WriteLine($"Data      {train.Name}: {train.SampleCount} samples of {train.FeatureCount} features{size}, {string.Join(", ", classes)}");
        output.WriteLine($"Network   {string.Join("-", spec.Architecture.LayerSizes)}, {spec.Architecture.HiddenActivation}, sigmoid output");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Training  gradient descent, learning rate {spec.Training.LearningRate}, {spec.Training.Iterations} iterations, {CanonicalText.Of(spec.Training.Precision)} precision, {CanonicalText.Of(result.Runs[0].Form)} form, seed {spec.Seed}"));
    }

    private static void PrintRun(RunResult run)
    {
        TextWriter output = Console.Out;
        TrainingRecord record = run.Record;
        output.WriteLine();
        output.WriteLine(run.Spec.Initializer.Name);
        for (int t = CostEvery; t <= record.Costs.Length; t += CostEvery)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The cost after {t} iterations is: {record.Costs[t - 1]}"));
        }

        switch (record.Status)
        {
            case RunStatus.Diverged:
                output.WriteLine($"Diverged at iteration {record.DivergedAt}: the cost is no longer finite. Try a smaller learning rate.");
                break;
            case RunStatus.Cancelled:
                output.WriteLine($"Cancelled after {record.Costs.Length} iterations.");
                break;
            default:
                output.WriteLine($"The accuracy rate is: {Percent(record.TrainAccuracy)}.");
                if (run.TestAccuracy is not null)
                {
                    output.WriteLine($"The accuracy rate on the test data is: {Percent(run.TestAccuracy)}.");
                }

                break;
        }
    }

    private static void PrintTable(IEnumerable<RunResult> runs)
    {
        IAnsiConsole console = AnsiConsole.Console;
        if (Console.IsOutputRedirected)
        {
            console.Profile.Width = 120;
        }

        var table = new Table().Border(TableBorder.Rounded);
        foreach (string title in (string[])["Initializer", "First cost", "Lowest", "Last", "Training", "Test", "Seconds", "Status"])
        {
            var column = new TableColumn(title) { NoWrap = true };
            table.AddColumn(title is "Initializer" or "Status" ? column : column.RightAligned());
        }

        foreach (RunResult run in runs)
        {
            double[] costs = run.Record.Costs;
            table.AddRow(
                Markup.Escape(run.Spec.Initializer.Name), Cost(costs, 0), Cost(costs, Array.IndexOf(costs, costs.DefaultIfEmpty().Min())), Cost(costs, costs.Length - 1),
                Percent(run.Record.TrainAccuracy), Percent(run.TestAccuracy), run.TrainSeconds.ToString("F3", CultureInfo.InvariantCulture), Status(run.Record));
        }

        Console.Out.WriteLine();
        console.Write(table);
    }

    private static string Cost(double[] costs, int index) =>
        index >= 0 && index < costs.Length ? costs[index].ToString(costs[index] < 0.001 ? "0.000e0" : "0.000000", CultureInfo.InvariantCulture) : "–";

    private static string Percent(double? share) =>
        share is double number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:F2}%") : "–";

    private static string Status(TrainingRecord record) => record.Status == RunStatus.Diverged
        ? $"[red]diverged at {record.DivergedAt}[/]"
        : CanonicalText.Of(record.Status);
}
