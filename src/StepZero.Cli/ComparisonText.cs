using System.Globalization;
using StepZero.Data;
using StepZero.RandomNumbers;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>A comparison as text on standard output.</summary>
internal static class ComparisonText
{
    private const int CostEvery = 100;
    private const int CurveWidth = 16;

    /// <summary>The question, each training's costs and accuracy, and the closing table.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="tableOnly">Whether only the table is printed.</param>
    public static void Print(Comparison comparison, bool tableOnly)
    {
        if (!tableOnly)
        {
            PrintQuestion(comparison);
            foreach (ComparedStart start in comparison.Starts)
            {
                PrintRun(start);
            }
        }

        PrintTable(comparison.Starts);
    }

    private static void PrintQuestion(Comparison comparison)
    {
        Dataset train = comparison.Train;
        RunSpec spec = comparison.FirstSpec;
        string size = train.ImageSize is null ? "" : $" ({train.ImageSize.Width}×{train.ImageSize.Height} pixels)";
        TextWriter output = Console.Out;
        output.WriteLine($"Data      {train.Name}: {train.SampleCount} samples of {train.FeatureCount} features{size}, {ClassCounts.OneAgainstRest(train)}");
        output.WriteLine($"Network   {string.Join("-", spec.Architecture.LayerSizes)}, {spec.Architecture.HiddenActivation}, sigmoid output");
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"Training  gradient descent, learning rate {spec.Training.LearningRate}, {spec.Training.Iterations} iterations, {CanonicalText.Of(spec.Training.Precision)} precision, {CanonicalText.Of(comparison.Data.Form)} form, seed {spec.Seed}{(spec.Random == RandomSource.NumPy ? "" : $" of {spec.Random}")}"));
    }

    private static void PrintRun(ComparedStart start)
    {
        RunResult run = start.Run;
        TextWriter output = Console.Out;
        TrainingRecord record = run.Record;
        output.WriteLine();
        output.WriteLine(run.Spec.Initializer.Name);
        for (int t = CostEvery; t <= record.Costs.Length; t += CostEvery)
        {
            string mark = t - 1 >= start.Horizon?.PartsAt ? "≈ " : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The cost after {t} iterations is: {mark}{record.Costs[t - 1]}"));
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

    private static void PrintTable(IReadOnlyList<ComparedStart> starts)
    {
        string[] titles = ["Initializer", "Curve", "First cost", "Lowest", "Last", "Training", "Test", "Seconds", "Status"];
        double[] all = [.. starts.SelectMany(start => start.Run.Record.Costs)];
        string[][] rows =
        [
            .. starts.Select(start => start.Run).Select(run => (string[])
            [
                run.Spec.Initializer.Name, BrailleCurve.Draw(run.Record.Costs, all, CurveWidth), Cost(run.Record.Costs is [double first, ..] ? first : null),
                Cost(run.Record.Costs is [] ? null : run.Record.Costs.Min()), Cost(run.Record.Costs is [.., double last] ? last : null), Percent(run.Record.TrainAccuracy),
                Percent(run.TestAccuracy), run.TrainSeconds.ToString("F3", CultureInfo.InvariantCulture),
                run.Record.Status == RunStatus.Diverged ? $"diverged at {run.Record.DivergedAt}" : CanonicalText.Of(run.Record.Status),
            ]),
        ];

        Console.Out.WriteLine();
        Console.Out.Write(TextTable.Format(titles, rows, leftAligned: [0, 1, titles.Length - 1]));
        PrintHorizons(starts);
        PrintSeeds(starts);
    }

    private static void PrintHorizons(IReadOnlyList<ComparedStart> starts)
    {
        if (starts.All(start => start.Horizon is null))
        {
            return;
        }

        string[][] rows =
        [
            .. starts.Where(start => start.Horizon is not null).Select(start => (string[])
            [
                start.Run.Spec.Initializer.Name, start.Horizon!.PartsAt is int at ? $"part at iteration {at}" : "stay within 1%",
                $"{Cost(start.Horizon.FinalCosts.Min())} to {Cost(start.Horizon.FinalCosts.Max())}",
                start.Horizon.TrainAccuracies is [] ? "–" : $"{Percent(start.Horizon.TrainAccuracies.Min())} to {Percent(start.Horizon.TrainAccuracies.Max())}",
            ]),
        ];
        Console.Out.WriteLine();
        Console.Out.WriteLine($"{Horizon.DefaultShadows} shadow runs each, whose weights differ in the last bit:");
        Console.Out.Write(TextTable.Format(["Initializer", "Costs", "Last cost", "Training"], rows, leftAligned: [0, 1]));
    }

    private static void PrintSeeds(IReadOnlyList<ComparedStart> starts)
    {
        if (starts.All(start => start.Seeds is null))
        {
            return;
        }

        string[][] rows =
        [
            .. starts.Where(start => start.Seeds is not null).Select(start => (start.Run.Spec.Initializer.Name, Seeds: start.Seeds!)).Select(start => (string[])
            [
                start.Name, Cost(start.Seeds.FinalCost.Median), $"{Cost(start.Seeds.FinalCost.LowerQuartile)} to {Cost(start.Seeds.FinalCost.UpperQuartile)}",
                $"{Cost(start.Seeds.FinalCost.IntervalLow)} to {Cost(start.Seeds.FinalCost.IntervalHigh)}", Spread(start.Seeds.TrainAccuracy),
                Spread(start.Seeds.TestAccuracy), $"{start.Seeds.Diverged}",
            ]),
        ];
        Console.Out.WriteLine();
        Console.Out.WriteLine($"{starts.First(start => start.Seeds is not null).Seeds!.Count} seeds each; medians, and quartiles as a to b:");
        Console.Out.Write(TextTable.Format(
            ["Initializer", "Last cost", "Quartiles", "95% interval of the median", "Training", "Test", "Diverged"], rows, leftAligned: [0]));
    }

    private static string Spread(Summary? summary) =>
        summary is null ? "–" : $"{Percent(summary.Median)} ({Percent(summary.LowerQuartile)} to {Percent(summary.UpperQuartile)})";

    private static string Cost(double? cost) => cost switch
    {
        null => "–",
        double.PositiveInfinity => "∞",
        double number => number.ToString(number is < 0.001 or >= 1e6 ? "0.000e0" : "0.000000", CultureInfo.InvariantCulture),
    };

    private static string Percent(double? share) =>
        share is double number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:F2}%") : "–";
}
