using System.Globalization;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>What is printed of a sweep: what was varied, the ranking, and what matters.</summary>
internal static class SweepText
{
    private const int MostRows = 20;
    private const int MostCell = 40;
    private const int MostWidth = 150;
    private const string Quartiles = "quartiles";
    private const int MostEffects = 3;
    private const int VerdictSentences = 3;

    /// <summary>A share of the variation below which an option is not worth a word.</summary>
    private const double SmallEffect = 0.005;

    /// <summary>Prints a summary.</summary>
    /// <param name="summary">The sweep summed up.</param>
    /// <param name="quiet">Whether the table comes alone.</param>
    public static void Print(SweepSummary summary, bool quiet)
    {
        SweepPlan plan = summary.Results.Plan;
        TextWriter output = Console.Out;
        if (!quiet)
        {
            string common = string.Join(", ", plan.Common.Select(option => $"{option.Name} {OneLine.Of(option.Value)}"));
            output.WriteLine($"Sweep     {(common.Length == 0 ? "the options of 'stepzero compare' by default" : common)}{(plan.Target is TrainingTarget target ? $"; target {target}" : "")}");
            string varied = string.Join("; ", [.. plan.Axes.Select(Values), .. plan.Draws.Select(draw => $"{draw.Name}: {plan.Trials.ToString("N0", CultureInfo.InvariantCulture)} draws between {Short(draw.From)} and {Short(draw.To)}")]);
            output.WriteLine($"Varied    {(varied.Length == 0 ? "nothing but the seed" : varied)}");
        }

        output.WriteLine($"Trained   {Trained(summary)}");
        output.WriteLine();
        output.Write(Table(summary));
        int more = summary.Ranking.Count - MostRows;
        if (more > 0)
        {
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"… and {more:N0} more settings, in sweep.db"));
        }

        if (quiet)
        {
            return;
        }

        foreach ((int i, string sentence) in SweepVerdict.Of(summary).Take(VerdictSentences).Index())
        {
            output.WriteLine($"{(i == 0 ? "Verdict " : "        ")}  {sentence}");
        }

        if (Effects(summary) is string effects)
        {
            output.WriteLine($"Matters   {effects}");
        }

        if (plan.Target is null)
        {
            output.WriteLine($"Target    none: {SweepOptions.Target.Name} cost:0.1 of a new sweep shows how many trainings come to that, and how soon");
        }

        if (double.IsFinite(summary.Ranking[0].Cost))
        {
            output.WriteLine($"Train it  {Command(plan, summary.Ranking[0].Setting)}");
        }
    }

    /// <summary>How many trainings are there.</summary>
    public static string Trained(SweepSummary summary)
    {
        SweepResults results = summary.Results;
        SweepPlan plan = results.Plan;
        int diverged = results.Trainings.Count(training => training.Status == RunStatus.Diverged);
        string reached = plan.Target is null ? "" : Invariant($", {results.Trainings.Count(training => training.ReachedAt is not null):N0} reached the target");
        return results.Trainings.Count == plan.TrainingCount
            ? Invariant($"{plan.TrainingCount:N0} trainings: {plan.SettingCount:N0} {(plan.SettingCount == 1 ? "setting" : "settings")} from {plan.Seeds:N0} {(plan.Seeds == 1 ? "seed" : "seeds")} each; {diverged:N0} diverged{reached}")
            : Invariant($"{results.Trainings.Count:N0} of {plan.TrainingCount:N0} trainings so far; {diverged:N0} diverged{reached}");
    }

    private static string Invariant(FormattableString text) => FormattableString.Invariant(text);

    private static string Values(SweepAxis axis) => axis.Values.Count <= 6
        ? $"{axis.Name}: {string.Join(", ", axis.Values.Select(Cell))}"
        : $"{axis.Name}: {axis.Values.Count.ToString("N0", CultureInfo.InvariantCulture)} values from {Cell(axis.Values[0])} to {Cell(axis.Values[^1])}";

    private static string Table(SweepSummary summary)
    {
        SweepPlan plan = summary.Results.Plan;
        SettingSummary[] best = [.. summary.Best(MostRows)];
        bool manySeeds = best.Any(setting => setting.Ranked.Count > 1);
        var columns = new List<(string Title, Func<SettingSummary, string> Of)>();
        string[] names = [.. plan.Names];
        columns.AddRange(names.Select((name, i) => (name, (Func<SettingSummary, string>)(setting => Cell(setting.Values[i])))));
        if (plan.Target is not null)
        {
            columns.Add(("reached", setting => $"{setting.Reached!.Count}/{setting.Reached.Total}"));
            if (summary.By != SweepMeasure.Iterations)
            {
                columns.Add(("iterations", setting => Measured(SweepMeasure.Iterations, setting.Iterations!.Median)));
            }
        }

        // What the ranking is by has its spread beside it: the interval of something else would say nothing of the order.
        string by = summary.By == SweepMeasure.Iterations ? "iterations" : CanonicalText.Of(summary.By).Replace('_', ' ');
        columns.Add((summary.By == SweepMeasure.Cost && manySeeds ? "median cost" : by, setting => Measured(summary.By, SpreadOf(setting).Median)));
        if (manySeeds)
        {
            columns.Add((Quartiles, setting => FromTo(summary.By, SpreadOf(setting).LowerQuartile, SpreadOf(setting).UpperQuartile)));
            columns.Add(("95% of the median", setting => FromTo(summary.By, SpreadOf(setting).IntervalLow, SpreadOf(setting).IntervalHigh)));
        }

        if (summary.By != SweepMeasure.Cost)
        {
            columns.Add((manySeeds ? "median cost" : "cost", setting => Measured(SweepMeasure.Cost, setting.Cost.Median)));
        }

        if (best.Any(setting => setting.TestAccuracy is not null) && summary.By != SweepMeasure.TestAccuracy)
        {
            columns.Add(("test accuracy", setting => FigureText.Percent(setting.TestAccuracy?.Median)));
        }

        if (best.Any(setting => setting.Ranked.Diverged > 0))
        {
            columns.Add(("diverged", setting => setting.Ranked.Diverged == 0 ? "" : $"{setting.Ranked.Diverged}"));
        }

        if (manySeeds)
        {
            columns.Add(("beats next", setting => FigureText.Percent(setting.BeatsNext)));
        }

        string table = Format();
        return table.IndexOf('\n', StringComparison.Ordinal) > MostWidth && columns.RemoveAll(column => column.Title == Quartiles) > 0 ? Format() : table;

        string Format() => TextTable.Format(
            ["", .. columns.Select(column => column.Title)],
            [.. best.Select((setting, rank) => (string[])[$"{rank + 1}", .. columns.Select(column => column.Of(setting))])],
            [.. Enumerable.Range(1, names.Length)]);

        Summary SpreadOf(SettingSummary setting) => summary.By switch
        {
            SweepMeasure.Iterations => setting.Iterations!,
            SweepMeasure.TrainAccuracy => setting.TrainAccuracy!,
            SweepMeasure.TestCost => setting.TestCost!,
            SweepMeasure.TestAccuracy => setting.TestAccuracy!,
            _ => setting.Cost,
        };
    }

    private static string? Effects(SweepSummary summary)
    {
        if (summary.Effects is not Effects effects)
        {
            return null;
        }

        Effect[] main = [.. effects.Main.Where(Counts).OrderByDescending(effect => effect.Share).Take(MostEffects)];
        Effect[] pairs = [.. effects.Interactions.Where(Counts).Take(MostEffects)];
        string[] parts =
        [
            .. main.Select(effect => $"{effect.Options[0]} {FigureText.Percent(effect.Share)}"), .. pairs.Select(effect => $"{string.Join(" with ", effect.Options)} {FigureText.Percent(effect.Share)}"),
            .. effects.Settings is double settings ? [$"seeds {FigureText.Percent(1 - settings)}"] : Array.Empty<string>(),
        ];
        return parts is [] ? null : $"{string.Join(", ", parts)} of the variation between trainings";
    }

    /// <summary>Whether an effect is worth a word. Where there are as few trainings as values each explains everything.</summary>
    private static bool Counts(Effect effect) => effect.Share > SmallEffect && effect.ByChance is not null;

    /// <summary>The command that trains a setting from its first seed.</summary>
    private static string Command(SweepPlan plan, long setting) =>
        $"stepzero {TrainCommand.Name} {string.Join(' ', plan.Options(setting).Where(option => option.Value != "false").Select(option => option.Value == "true" ? $"--{option.Name}" : $"--{option.Name} {JobOptions.TextOf(option.Value)}"))}";

    private static string FromTo(SweepMeasure measure, double low, double high) =>
        double.IsInfinity(low) ? Measured(measure, low) : $"{Measured(measure, low)} to {Measured(measure, high)}";

    private static string Measured(SweepMeasure measure, double value) =>
        measure is SweepMeasure.TrainAccuracy or SweepMeasure.TestAccuracy ? FigureText.Percent(value)
        : measure == SweepMeasure.Iterations ? double.IsFinite(value) ? Invariant($"{value:N0}") : "not reached"
        : double.IsFinite(value) ? FigureText.Number(value) : "diverged";

    private static string Cell(string value) =>
        value.Length > 8 && double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? Short(number) : OneLine.Of(value, MostCell);

    private static string Short(double value) => FigureText.Number(value);
}
