using System.Globalization;
using StepZero.Networks;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>A comparison as text on standard output.</summary>
internal static class ComparisonText
{
    private const int CostEvery = 100;
    private const int MostEpochs = 10;
    private const int CurveWidth = 16;

    /// <summary>The question, each training's costs and accuracy, and the closing table.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="tableOnly">Whether only the table is printed.</param>
    public static void Print(Comparison comparison, bool tableOnly)
    {
        if (!tableOnly)
        {
            QuestionText.Print(comparison.Data, comparison.FirstSpec);
            foreach (ComparedStart start in comparison.Starts)
            {
                PrintRun(start, comparison);
            }
        }

        PrintTable(comparison);
    }

    private static void PrintRun(ComparedStart start, Comparison comparison)
    {
        RunResult run = start.Run;
        var series = CostSeries.Of(run, comparison.Train.SampleCount);
        TextWriter output = Console.Out;
        TrainingRecord record = run.Record;
        output.WriteLine();
        output.WriteLine(run.Spec.Initializer.Name);
        int every = series.OfEpochs ? EpochsBetween(series.Costs.Length) : CostEvery;
        for (int t = every; t <= series.Costs.Length; t += every)
        {
            string mark = series.UpdatesBefore(t - 1) >= start.Horizon?.PartsAt ? "≈ " : "";
            string held = t <= series.Held.Length ? string.Create(CultureInfo.InvariantCulture, $", on the held-out samples {series.Held[t - 1]}") : "";
            string rounds = series.OfEpochs ? $"epoch{(t == 1 ? "" : "s")}" : "iterations";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The cost after {t} {rounds} is: {mark}{series.Costs[t - 1]}{held}"));
        }

        if (record is { BestEpoch: int best, HeldCosts: double[] heldCosts })
        {
            string round = TaskText.Round(run.Spec.Training, comparison.Train.SampleCount);
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"The lowest cost on the held-out samples is: {heldCosts[best - 1]}, after {round} {best} of {heldCosts.Length}, whose weights are kept."));
        }

        switch (record.Status)
        {
            case RunStatus.Diverged:
                output.WriteLine($"Diverged at iteration {record.DivergedAt}: the cost is no longer finite. Try a smaller learning rate.");
                break;
            case RunStatus.Cancelled:
                output.WriteLine($"Cancelled after {record.Costs.Length} iterations.");
                break;
            case RunStatus.Completed when run.Spec.Architecture.Loss == Loss.Mse:
                var figures = RunFigures.Of(run, comparison);
                output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The cost of the trained network is: {record.TrainCost}, R² = {RunFigures.FitText(figures.Fit)}."));
                if (run.TestCost is double testCost)
                {
                    output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"The cost on the test data is: {testCost}, R² = {RunFigures.FitText(figures.TestFit)}."));
                }

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

    /// <summary>A round number of epochs, so that about ten are shown.</summary>
    private static int EpochsBetween(int epochs)
    {
        int power = 1;
        while (epochs > 10 * power * MostEpochs)
        {
            power *= 10;
        }

        return power * Array.Find([1, 2, 5, 10], factor => epochs <= factor * power * MostEpochs);
    }

    private static void PrintTable(Comparison comparison)
    {
        IReadOnlyList<ComparedStart> starts = comparison.Starts;
        bool numbers = comparison.FirstSpec.Architecture.Loss == Loss.Mse;
        string[] scores = !numbers ? ["Training", "Test"] : comparison.Test is null ? ["R²"] : ["R²", "Test cost", "Test R²"];
        string[] titles = ["Initializer", "Curve", "First cost", "Lowest", "Last", .. scores, "Seconds", "Status"];
        CostSeries[] series = CostSeries.Of(comparison);
        double[] all = [.. series.SelectMany(one => one.Costs)];
        string[][] rows = [.. starts.Select((start, i) => Row(start.Run, series[i].Costs))];
        Console.Out.WriteLine();
        Console.Out.Write(TextTable.Format(titles, rows, leftAligned: [0, 1, titles.Length - 1]));
        PrintHorizons(starts, numbers);
        PrintSeeds(starts, numbers);

        string[] Row(RunResult run, double[] costs)
        {
            var figures = RunFigures.Of(run, comparison);
            string[] fits = [RunFigures.FitText(figures.Fit), Cost(run.TestCost), RunFigures.FitText(figures.TestFit)];
            return
            [
                run.Spec.Initializer.Name, BrailleCurve.Draw(costs, all, CurveWidth), Cost(figures.First), Cost(figures.Lowest), Cost(figures.Last),
                .. numbers ? fits[..scores.Length] : [Percent(run.Record.TrainAccuracy), Percent(run.TestAccuracy)],
                run.TrainSeconds.ToString("F3", CultureInfo.InvariantCulture),
                run.Record.Status == RunStatus.Diverged ? $"diverged at {run.Record.DivergedAt}" : CanonicalText.Of(run.Record.Status),
            ];
        }
    }

    private static void PrintHorizons(IReadOnlyList<ComparedStart> starts, bool numbers)
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
        string[] titles = ["Initializer", "Costs", "Last cost", "Training"];
        int shown = numbers ? 3 : 4;
        Console.Out.Write(TextTable.Format(titles[..shown], [.. rows.Select(row => row[..shown])], leftAligned: [0, 1]));
    }

    private static void PrintSeeds(IReadOnlyList<ComparedStart> starts, bool numbers)
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
                $"{Cost(start.Seeds.FinalCost.IntervalLow)} to {Cost(start.Seeds.FinalCost.IntervalHigh)}",
                .. numbers ? (string[])[] : [Spread(start.Seeds.TrainAccuracy), Spread(start.Seeds.TestAccuracy)], $"{start.Seeds.Diverged}",
            ]),
        ];
        Console.Out.WriteLine();
        Console.Out.WriteLine($"{starts.First(start => start.Seeds is not null).Seeds!.Count} seeds each; medians, and quartiles as a to b:");
        Console.Out.Write(TextTable.Format(
            ["Initializer", "Last cost", "Quartiles", "95% interval of the median", .. numbers ? (string[])[] : ["Training", "Test"], "Diverged"], rows, leftAligned: [0]));
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
