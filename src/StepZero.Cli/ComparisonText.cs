using System.Globalization;
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
        string[] titles = ["Initializer", "First cost", "Lowest", "Last", "Training", "Test", "Seconds", "Status"];
        string[][] rows =
        [
            .. runs.Select(run => (string[])
            [
                run.Spec.Initializer.Name, Cost(run.Record.Costs.Take(1)), Cost(run.Record.Costs is [] ? [] : [run.Record.Costs.Min()]), Cost(run.Record.Costs.TakeLast(1)),
                Percent(run.Record.TrainAccuracy), Percent(run.TestAccuracy), run.TrainSeconds.ToString("F3", CultureInfo.InvariantCulture),
                run.Record.Status == RunStatus.Diverged ? $"diverged at {run.Record.DivergedAt}" : CanonicalText.Of(run.Record.Status),
            ]),
        ];

        Console.Out.WriteLine();
        Console.Out.Write(TextTable.Format(titles, rows, leftAligned: [0, titles.Length - 1]));
    }

    private static string Cost(IEnumerable<double> costs) =>
        costs.Any() ? costs.First().ToString(costs.First() is < 0.001 or >= 1e6 ? "0.000e0" : "0.000000", CultureInfo.InvariantCulture) : "–";

    private static string Percent(double? share) =>
        share is double number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:F2}%") : "–";
}
