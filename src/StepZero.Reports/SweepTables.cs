using System.Globalization;
using System.Text;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The tables of a sweep's page.</summary>
internal static class SweepTables
{
    /// <summary>Settings of the ranking.</summary>
    public const int MostSettings = 30;

    private const int MostValues = 40;
    private const int MostInteractions = 10;

    private static readonly SweepMeasure[] Others = [SweepMeasure.Cost, SweepMeasure.TrainAccuracy, SweepMeasure.TestCost, SweepMeasure.TestAccuracy];

    /// <summary>The best settings, with a mark where the difference to the first may be chance.</summary>
    public static string Ranking(SweepSummary summary)
    {
        SweepPlan plan = summary.Results.Plan;
        IReadOnlyList<SettingSummary> best = summary.Best(MostSettings);
        bool several = best.Any(setting => setting.Ranked.Count > 1), isPartial = best.Any(setting => setting.Ranked.Count < plan.Seeds), diverged = best.Any(setting => setting.Ranked.Diverged > 0);
        SweepMeasure[] others = [.. Others.Where(measure => measure != summary.By && best.Any(setting => setting.Trainings.Any(training => IsMeasured(training, measure))))];
        string name = summary.By == SweepMeasure.Iterations ? "iterations" : SweepWords.Of(summary.By, plan.Target), median = several ? "median " : "";
        string[] heads = [
            "", .. several && best.Count > 1 ? ["≈"] : (string[])[], .. plan.Names, .. isPartial ? ["trainings"] : (string[])[], .. plan.Target is null ? [] : (string[])["reached", "95% interval"],
            $"{median}{name}", .. several && plan.Target is null ? ["quartiles"] : (string[])[], .. several ? ["95% interval"] : (string[])[], .. others.Select(measure => $"{median}{SweepWords.Of(measure, null)}"), .. diverged ? ["diverged"] : (string[])[], .. several && best.Count > 1 ? ["the first beats it"] : (string[])[]];
        var rows = new StringBuilder();
        foreach ((int rank, SettingSummary setting) in best.Index())
        {
            Summary? of = SweepStrips.SummaryOf(setting, summary.By);
            Cell(rows.Append("<tr>"), $"{rank + 1}");
            if (several && best.Count > 1)
            {
                Cell(rows, rank > 0 && SweepVerdict.HasFirst(summary) && SweepChance.Covers(best[0], setting, summary.By) ? "≈" : "");
            }

            foreach (string value in setting.Values)
            {
                rows.Append(CultureInfo.InvariantCulture, $"<td class=\"left\">{Html.Text(SweepWords.Value(value))}</td>");
            }

            Cell(rows, isPartial ? $"{setting.Ranked.Count} of {plan.Seeds}" : null);
            Cell(rows, setting.Reached is Proportion reached ? $"{Figures.Count(reached.Count)} of {Figures.Count(reached.Total)}" : null);
            Cell(rows, setting.Reached is Proportion share ? Interval(share) : null);
            Cell(rows, Figure(summary.By, of?.Median));
            Cell(rows, several && plan.Target is null ? Range(summary.By, of?.LowerQuartile, of?.UpperQuartile) : null);
            Cell(rows, several ? Range(summary.By, of?.IntervalLow, of?.IntervalHigh) : null);
            foreach (SweepMeasure measure in others)
            {
                Cell(rows, Figure(measure, SweepStrips.SummaryOf(setting, measure)?.Median));
            }

            Cell(rows, diverged ? $"{setting.Ranked.Diverged}" : null);
            Cell(rows, several && best.Count > 1 ? Figures.BriefPercent(setting.BeatenByBest ?? double.NaN) : null);
            rows.Append("</tr>");
        }

        return Table(heads, rows, 1 + (several && best.Count > 1 ? 1 : 0), plan.Names.Count);
    }

    /// <summary>What each value of an option came to.</summary>
    public static string Option(SweepSummary summary, OptionSummary option)
    {
        SweepMeasure by = summary.By;
        bool target = summary.Results.Plan.Target is not null;
        string name = by == SweepMeasure.Iterations ? "iterations" : SweepWords.Of(by, null);
        var rows = new StringBuilder();
        foreach (OptionValue value in SweepMain.Evenly(option.Values.Count, MostValues).Select(level => option.Values[level]))
        {
            Cell(rows.Append("<tr>"), Html.Text(SweepWords.Value(value.Label)));
            Cell(rows, Figures.Count(value.Count));
            Cell(rows, value.Reached is Proportion reached ? Figures.BriefPercent(reached.Share) : null);
            Cell(rows, value.Reached is Proportion share ? Interval(share) : null);
            Cell(rows, Figure(by, value.Measure?.Median));
            Cell(rows, Range(by, value.Measure?.LowerQuartile, value.Measure?.UpperQuartile));
            Cell(rows, Range(by, value.Measure?.IntervalLow, value.Measure?.IntervalHigh));
            Cell(rows, Figures.Count(value.Diverged));
            rows.Append("</tr>");
        }

        string most = option.Values.Count > MostValues ? $"<p class=\"soft\">{MostValues} of {Figures.Count(option.Values.Count)} values, evenly taken.</p>" : "";
        return $"<h3>{Html.Text(option.Name)}</h3>{most}{Table([option.IsDrawn ? "range" : "value", "trainings", .. target ? ["reached", "95% interval"] : (string[])[], $"median {name}", "quartiles", "95% interval", "diverged"], rows, 0, 0)}";
    }

    /// <summary>What each option and the strongest combinations explain.</summary>
    public static string Effects(Effects effects)
    {
        var rows = new StringBuilder();
        foreach (Effect effect in effects.Main.OrderByDescending(effect => effect.Share).Concat(effects.Interactions.Take(MostInteractions)))
        {
            Cell(rows.Append("<tr>"), Html.Text(SweepEffects.Name(effect)));
            Cell(rows, SweepWords.Share(effect.Share));
            Cell(rows, effect.ByChance is double chance ? SweepWords.Share(chance) : "–");
            rows.Append("</tr>");
        }

        Cell(rows.Append("<tr>"), "all options, without combinations");
        Cell(rows, SweepWords.Share(effects.Together));
        rows.Append("<td></td></tr>");
        if (effects.Settings is double settings)
        {
            Cell(rows.Append("<tr>"), "the settings, with all combinations");
            Cell(rows, SweepWords.Share(settings));
            Cell(rows.Append("<td></td></tr><tr>"), "the seeds");
            Cell(rows, SweepWords.Share(1 - settings));
            rows.Append("<td></td></tr>");
        }

        return Table(["option", "explains", "chance alone"], rows, 0, 0);
    }

    /// <summary>Whether a training has a value of its own: one that diverged counts as the worst even of what nobody measured.</summary>
    private static bool IsMeasured(SweptTraining training, SweepMeasure measure) => measure switch
    {
        SweepMeasure.Cost => true,
        SweepMeasure.TrainAccuracy => training.TrainAccuracy is not null,
        SweepMeasure.TestCost => training.TestCost is not null,
        _ => training.TestAccuracy is not null,
    };

    private static string Figure(SweepMeasure measure, double? value) => value is double number && double.IsFinite(number) ? SweepWords.Figure(measure, number) : "–";

    private static string Range(SweepMeasure measure, double? low, double? high) => low is double from && double.IsFinite(from)
        ? $"{SweepWords.Figure(measure, from)} to {(double.IsFinite(high!.Value) ? SweepWords.Figure(measure, high) : SweepWords.Lost(measure))}" : "–";

    private static string Interval(Proportion share) => $"{Figures.BriefPercent(share.IntervalLow)} to {Figures.BriefPercent(share.IntervalHigh)}";

    private static void Cell(StringBuilder row, string? content)
    {
        if (content is not null)
        {
            row.Append(CultureInfo.InvariantCulture, $"<td>{content}</td>");
        }
    }

    /// <summary>A table; from a column on so many stand left.</summary>
    private static string Table(IEnumerable<string> heads, StringBuilder rows, int from, int left) =>
        $"<div class=\"table dense\"><table><thead><tr>{string.Concat(heads.Select((head, column) => $"<th{(column >= from && column < from + left ? " class=\"left\"" : "")}>{Html.Text(head)}</th>"))}</tr></thead><tbody>{rows}</tbody></table></div>";
}
