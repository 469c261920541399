using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Benchmarks.Conclusions;

/// <summary>Figures and verdicts as Markdown.</summary>
internal static class Tables
{
    public static string Of(string titles, IEnumerable<string> rows)
    {
        int columns = titles.Split('|').Length;
        return $"| {titles} |\n|{string.Concat(Enumerable.Repeat("---|", columns))}\n{string.Join('\n', rows)}";
    }

    public static double[] FinalCosts(IEnumerable<RunResult> runs) => [.. runs.Select(run => run.Record.FinalCost)];

    /// <summary>Training accuracies; a training that diverged answers nothing rightly.</summary>
    public static IEnumerable<double> TrainAccuracies(IEnumerable<RunResult> runs) => runs.Select(run => run.Record.TrainAccuracy ?? 0);

    public static string Cost(IEnumerable<double> values)
    {
        Summary summary = Statistics.Summarize(values);
        return $"{Figures.Cost(summary.Median)} [{Figures.Cost(summary.IntervalLow)}, {Figures.Cost(summary.IntervalHigh)}]";
    }

    public static string Share(IEnumerable<double> values)
    {
        Summary summary = Statistics.Summarize(values);
        return $"{Figures.Percent(summary.Median)} [{Figures.Percent(summary.IntervalLow)}, {Figures.Percent(summary.IntervalHigh)}]";
    }

    public static string Whole(double value) => double.IsFinite(value) ? Figures.Count((long)Math.Round(value)) : "never";

    public static string Short(string start) => start.Replace("random:", "", StringComparison.Ordinal).Replace(":normal", " normal", StringComparison.Ordinal)
        .Replace(":uniform", " uniform", StringComparison.Ordinal);

    /// <summary>Holds, holds in some cases, or is contradicted.</summary>
    public static string Judge(IReadOnlyCollection<bool> cases, string what)
    {
        int holds = cases.Count(one => one);
        string word = holds == cases.Count ? "Holds" : holds == 0 ? "Contradicted" : 2 * holds > cases.Count ? "Holds mostly" : 2 * holds == cases.Count ? "Undecided" : "Mostly contradicted";
        return $"{word}: in {holds} of {cases.Count} cases {what}.";
    }
}
