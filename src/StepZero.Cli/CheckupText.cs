using System.Globalization;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;
using static StepZero.Cli.FigureText;

namespace StepZero.Cli;

/// <summary>What a checkup looked at beside the first steps, as text on standard output.</summary>
internal static class CheckupText
{
    private static readonly int[] DigitsAt = [0, 10, 30, 100, 300, 1000, 3000, 10_000];

    /// <summary>The horizon, the whole training and the advice that was followed, where they were asked for.</summary>
    /// <param name="start">One start of the checkup.</param>
    /// <param name="fix">Whether advice was to be followed.</param>
    public static void Print(CheckedStart start, bool fix)
    {
        if (start.Horizon is { Deviations: [_, ..] } horizon)
        {
            DiagnosisText.Write(TextOf(horizon), 0);
        }

        if (start.Course is { Costs: [_, ..] } course)
        {
            DiagnosisText.Write(TextOf(course), 0);
        }

        if (start.Treatment is Treatment treatment)
        {
            Print(treatment, start.Diagnosis);
        }
        else if (fix)
        {
            Console.Out.WriteLine(start.Diagnosis.Outlook == Outlook.WillTrain ? "Nothing to fix." : "No option is known to fix it.");
        }
    }

    private static string TextOf(Horizon horizon)
    {
        string parts = horizon.PartsBy(1e-6) is int early ? $"part by 1e-6 at iteration {early}{(horizon.PartsAt is int at ? $" and by 1% at iteration {at}" : ", and stay within 1%")}" : "stay within 1e-6";
        string growth = horizon.LyapunovRate is double rate ? $"; differences grow by {Number(Math.Exp(rate))} an iteration (Lyapunov rate {Number(rate)})" : "";
        string digits = string.Join(", ", DigitsAt.Where(t => t < horizon.Deviations.Length).Select(t => $"{horizon.TrustedDigits(t)} at {t}"));
        return $"Horizon: costs of {horizon.FinalCosts.Count} shadow runs {parts}{growth}. Digits to trust: {digits}.";
    }

    private static string TextOf(Course course)
    {
        CoursePoint first = course.Points[0], last = course.Points[^1];
        CoursePoint[] sharp = [.. course.Points.Where(point => double.IsFinite(point.Sharpness))];
        List<string> parts = [];
        if (sharp is not [])
        {
            CoursePoint most = sharp.MaxBy(point => point.Sharpness)!;
            parts.Add($"the sharpness is largest after {Updates(most.Iteration)}, {Number(most.Sharpness)}");
        }

        if (first.StableSharpness is not null)
        {
            // What is seen at one point holds until the next.
            int beyond = course.Points.Zip(course.Points.Skip(1)).Where(pair => pair.First.Sharpness > pair.First.StableSharpness)
                .Sum(pair => pair.Second.Iteration - pair.First.Iteration);
            parts.Add($"{Percent(last.Iteration == 0 ? 0 : (double)beyond / last.Iteration)} of the time it is beyond what is stable");
        }

        if (first.Layers.Any(layer => layer.SaturatedShare is not null))
        {
            parts.Add($"saturated activations go from {Percent(Saturated(first))} to {Percent(Saturated(last))}");
        }

        if (Dead(first) + Dead(last) > 0)
        {
            parts.Add($"dead units go from {Dead(first)} to {Dead(last)}");
        }

        return $"During {Updates(course.Costs.Count)}{(parts is [] ? " nothing could be measured" : $" {string.Join("; ", parts)}")}.";
    }

    private static string Updates(int count) => count == 1 ? "1 update" : $"{count} updates";

    private static int Dead(CoursePoint point) => point.Layers.Sum(layer => layer.DeadUnits ?? 0);

    private static double Saturated(CoursePoint point)
    {
        LayerStatistics[] bounded = [.. point.Layers.Where(layer => layer.SaturatedShare is not null)];
        return bounded.Sum(layer => layer.SaturatedShare!.Value * layer.Units) / bounded.Sum(layer => layer.Units);
    }

    private static void Print(Treatment treatment, Diagnosis diagnosis)
    {
        Console.Out.WriteLine();
        DiagnosisText.Write($"With {Options(treatment.Advice.Options(diagnosis.Spec))}, trained from the same seed:", 0);
        string[] titles = ["", "Verdict", "Outcome", "Last cost", "Rises", "Training", "Test"];
        string[][] rows = [Row("before", diagnosis.Outlook, treatment.Before, treatment.Data.Data), Row("after", treatment.Diagnosis.Outlook, treatment.After, treatment.Data.Data)];
        int[] shown = [.. Enumerable.Range(0, titles.Length).Where(column => column < 5 || rows.Any(row => row[column] != "–"))];
        Console.Out.Write(TextTable.Format([.. shown.Select(column => titles[column])], [.. rows.Select(row => (string[])[.. shown.Select(column => row[column])])], leftAligned: [0, 1, 2]));
        if (!treatment.Helps)
        {
            Console.Out.WriteLine(OutlookText.Disappointment(treatment));
        }
    }

    private static string[] Row(string when, Outlook outlook, RunResult run, Dataset data) =>
    [
        when, OutlookText.Title(outlook), OutlookText.Became(run, data), Number(run.Record.FinalCost), Percent(new Probe(run.Record.Costs, run.Record.Costs.Length, false, []).RisingShare),
        Accuracy(run.Record.TrainAccuracy), Accuracy(run.TestAccuracy),
    ];

    private static string Accuracy(double? share) => share is double number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:F2}%") : "–";
}
