using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>What a sweep shows, in sentences that claim no more than its trainings do.</summary>
public static class SweepVerdict
{
    /// <summary>Places of the ranking that are held against the first.</summary>
    public const int ComparedSettings = 30;

    private const int MostEffects = 3;

    /// <summary>The sentences, the most important first; the first names the setting that comes first, where one does.</summary>
    /// <param name="summary">The sweep summed up.</param>
    public static IReadOnlyList<string> Of(SweepSummary summary)
    {
        IReadOnlyList<SettingSummary> best = summary.Best(ComparedSettings);
        return [.. First(summary, best[0]), .. best.Count == 1 ? [] : Others(summary, best), .. Matters(summary), .. Diverged(summary), .. Missing(summary.Results)];
    }

    /// <summary>Whether a setting comes first: trainings came to what is asked for, without a target a finite cost, and not all alike.</summary>
    internal static bool HasFirst(SweepSummary summary) => !AreAlike(summary) && (summary.By == SweepMeasure.Iterations ? summary.Ranking[0].Reached > 0 : double.IsFinite(summary.Ranking[0].Cost));

    /// <summary>How many trainings are there, and how many are missing.</summary>
    internal static IEnumerable<string> Missing(SweepResults results)
    {
        long missing = results.Plan.TrainingCount - results.Trainings.Count;
        return missing == 0 ? [] : [
            $"{Figures.Count(results.Trainings.Count)} of {SweepWords.Count(results.Plan.TrainingCount, "training")} are there ({Figures.BriefPercent((double)results.Trainings.Count / results.Plan.TrainingCount)}); "
            + $"{Figures.Count(missing)} {(missing == 1 ? "is" : "are")} missing, and the places can still change."];
    }

    private static bool AreAlike(SweepSummary summary) => summary.Ranking.Count > 1 && summary.Ranking.All(setting =>
        setting.Median == summary.Ranking[0].Median && setting.Cost == summary.Ranking[0].Cost && (long)setting.Reached * summary.Ranking[0].Count == (long)summary.Ranking[0].Reached * setting.Count);

    private static IEnumerable<string> First(SweepSummary summary, SettingSummary first)
    {
        SweepPlan plan = summary.Results.Plan;
        string name = plan.Names.Count == 0 ? "The one setting" : SweepWords.Setting(plan.Names, first.Values), comes = summary.Ranking.Count == 1 ? "" : " comes first";
        if (summary.Results.Trainings.All(training => training.Status == RunStatus.Diverged))
        {
            yield return summary.Results.Trainings.Count == 1 ? "The one training diverged. Try a smaller learning rate or smaller weights."
                : $"All {Figures.Count(summary.Results.Trainings.Count)} trainings diverged{(comes.Length > 0 ? ", so no setting is better than another" : "")}. Try smaller learning rates or weights.";
        }
        else if (AreAlike(summary))
        {
            yield return $"No setting is better than another: all {Figures.Count(summary.Ranking.Count)} come to a median cost of {Figures.Cost(first.Cost.Median)}.";
        }
        else if (summary.By == SweepMeasure.Iterations && !HasFirst(summary))
        {
            yield return $"No training reached {SweepWords.Of(plan.Target!)}{(summary.Ranking.Count == 1 ? "" : $"; {SweepWords.Setting(plan.Names, first.Values)} comes nearest, at a median cost of {Figures.Cost(first.Cost.Median)}")}.";
        }
        else if (summary.By == SweepMeasure.Iterations && first.Reached is Proportion reached && first.Iterations is Summary iterations)
        {
            string soon = double.IsFinite(iterations.Median) ? $"{SweepWords.Figure(SweepMeasure.Iterations, iterations.Median)} iteration{(iterations.Median == 1 ? "" : "s")}" : "";
            yield return reached.Total == 1 ? $"{name}{(comes.Length > 0 ? $"{comes}: its one training" : "")} reached {SweepWords.Of(plan.Target!)} after {soon}."
                : $"{name}{(comes.Length > 0 ? $"{comes}:" : ":")} {Figures.Count(reached.Count)} of {SweepWords.Count(reached.Total, "training")} reached {SweepWords.Of(plan.Target!)} "
                    + $"(95% interval {Figures.BriefPercent(reached.IntervalLow)} to {Figures.BriefPercent(reached.IntervalHigh)}){(soon.Length > 0 ? $", after {soon} (median)" : "")}.";
        }
        else
        {
            Summary of = SweepStrips.SummaryOf(first, summary.By)!;
            string median = SweepWords.Figure(summary.By, of.Median), one = first.Ranked.Count == 1 ? "" : "median ";
            string over = first.Ranked.Count == 1 ? "" : $" over {Figures.Count(first.Ranked.Count)} trainings (95% interval {SweepWords.Figure(summary.By, of.IntervalLow)} to {SweepWords.Figure(summary.By, of.IntervalHigh)})";
            yield return $"{name}{(comes.Length > 0 ? $"{comes}, with" : " comes to")} a {one}{SweepWords.Of(summary.By, plan.Target)} of {median}{over}.";
        }
    }

    private static IEnumerable<string> Others(SweepSummary summary, IReadOnlyList<SettingSummary> best)
    {
        if (!HasFirst(summary))
        {
            yield break;
        }

        (SettingSummary first, SettingSummary next) = (best[0], best[1]);
        string second = SweepWords.Setting(summary.Results.Plan.Names, next.Values);
        if (best.All(setting => setting.Ranked.Count == 1))
        {
            yield return "Each setting was trained once, so that a better one cannot be told from a luckier one: train the first ones again from several seeds.";
            yield break;
        }

        bool isOpen = SweepChance.Covers(first, next, summary.By);
        string pairs = first.BeatsNext is double chance ? $"{Figures.Percent(Math.Round(chance, 3))} of pairs of trainings" : "";
        string against = $"Against the next, {second}, it is the better in {pairs}";
        yield return !isOpen ? $"{against}, and the two can be told apart."
            : Math.Min(first.Ranked.Count, next.Ranked.Count) < SweepChance.FewestTrainings ? $"{against}; with fewer than {SweepChance.FewestTrainings} trainings of one they cannot be told apart."
            : $"{against}; their 95% intervals overlap, so that they cannot be told apart.";
        int open = best.Skip(2).Count(setting => SweepChance.Covers(first, setting, summary.By)) + (isOpen ? 1 : 0), others = best.Count - 1;
        string whole = summary.Ranking.Count > best.Count ? $"next {others}" : $"{others} others";
        if (open > 1)
        {
            yield return open == others ? $"None of the {whole} can be told apart from the first." : $"Of the {whole}, {open} cannot be told apart from the first.";
        }
    }

    private static IEnumerable<string> Matters(SweepSummary summary)
    {
        if (summary.Effects is not Effects effects || effects.Main.Count < 2)
        {
            yield break;
        }

        Effect[] main = [.. effects.Main.OrderByDescending(effect => effect.Share).Take(MostEffects)];
        bool isChance = main[0].ByChance is double chance && main[0].Share < 3 * chance;
        yield return effects.Interactions.MaxBy(effect => effect.Share) is Effect pair && pair.Share > main[0].Share && pair.ByChance is double ofPair && pair.Share >= 3 * ofPair
            ? $"What matters most is the combination of {pair.Options[0]} and {pair.Options[1]}: beyond both by themselves it explains {SweepWords.Share(pair.Share)} of the variation between trainings; of the options alone {string.Join(", ", main.Select((effect, i) => $"{effect.Options[0]}{(i == 0 ? " explains" : "")} {SweepWords.Share(effect.Share)}"))}."
            : isChance
            ? $"No option can be seen to matter: {main[0].Options[0]} explains most, {SweepWords.Share(main[0].Share)} of the variation between trainings, and chance alone {SweepWords.Share(main[0].ByChance!.Value)}."
            : $"What matters most is {main[0].Options[0]}: it explains {SweepWords.Share(main[0].Share)} of the variation between trainings, {string.Join(", ", main.Skip(1).Select(effect => $"{effect.Options[0]} {SweepWords.Share(effect.Share)}"))}.";
    }

    private static IEnumerable<string> Diverged(SweepSummary summary)
    {
        int diverged = summary.Results.Trainings.Count(training => training.Status == RunStatus.Diverged);
        return diverged == 0 || diverged == summary.Results.Trainings.Count ? []
            : [$"{Figures.Count(diverged)} of {SweepWords.Count(summary.Results.Trainings.Count, "training")} diverged ({Figures.BriefPercent((double)diverged / summary.Results.Trainings.Count)})."];
    }
}
