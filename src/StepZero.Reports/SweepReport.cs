using System.Text;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>report.html of a sweep: which setting is best, how sure that is and what it depends on, as one page that explains itself and refers to nothing outside.</summary>
public static class SweepReport
{
    private const int MostListed = 12;

    /// <summary>Writes the page.</summary>
    /// <param name="results">What is there of the sweep.</param>
    /// <param name="summary">Its statistics.</param>
    /// <param name="origin">How it was asked for.</param>
    /// <returns>The page as UTF-8.</returns>
    public static byte[] Write(SweepResults results, SweepSummary summary, Origin origin)
    {
        Dictionary<string, string> pictures = [];
        foreach ((string name, Scene scene) in SweepPictures.Scenes(results, summary))
        {
            using (scene)
            {
                pictures[name] = $"<figure><div class=\"scroll\"><div class=\"drawing\">{SceneSvg.WriteInPage(scene, name)}</div></div></figure>";
            }
        }

        string data = results.Plan.Common.FirstOrDefault(option => option.Name == "data").Value ?? "";
        return ReportPage.Write($"{Title(results.Plan)} {data}".TrimEnd(), [
            Question(results), Answer(summary), Varied(results.Plan), Ranking(summary), Trainings(summary, pictures), Depends(summary, pictures), SweepNext.Write(summary), ReportPage.Repeat(origin)]);
    }

    private static string Title(SweepPlan plan) => plan.Names.Count == 0 ? "What comes of this setting?" : plan.Names.Contains("init") ? "Which start is best?" : "Which setting is best?";

    private static string Question(SweepResults results)
    {
        SweepPlan plan = results.Plan;
        string varied = plan.Names.Count == 0 ? "" : $" They differ in {Html.Text(SweepWords.Listed(plan.Names))}; all else is the same.";
        string trained = plan.Names.Count == 0 ? $"One setting was to be trained from {SweepWords.Count(plan.Seeds, "seed")}."
            : $"{SweepWords.Count(plan.SettingCount, "setting")} were to be trained{(plan.Seeds == 1 ? ", once each" : $" from {plan.Seeds} seeds each: {SweepWords.Count(plan.TrainingCount, "training")}")}.";
        string goal = plan.Target is TrainingTarget target ? $" A training is a success once it comes to {SweepWords.Of(target)}." : "";
        return $"<h1>{Title(plan)}</h1><p class=\"lead\">{trained}{varied}{goal}</p>";
    }

    private static string Answer(SweepSummary summary)
    {
        IReadOnlyList<string> sentences = SweepVerdict.Of(summary);
        return $"<h2>What it shows</h2><p class=\"verdict\">{Html.Text(sentences[0])}</p><ul>{string.Concat(sentences.Skip(1).Select(sentence => $"<li>{Html.Text(sentence)}</li>"))}</ul>".Replace("<ul></ul>", "", StringComparison.Ordinal);
    }

    private static string Varied(SweepPlan plan)
    {
        var rows = new StringBuilder();
        foreach (SweepAxis axis in plan.Axes)
        {
            Row(axis.Name, axis.Values.Count <= MostListed ? string.Join(" · ", axis.Values.Select(SweepWords.Value))
                : $"{Figures.Count(axis.Values.Count)} values: {string.Join(" · ", axis.Values.Take(3).Select(SweepWords.Value))} … {SweepWords.Value(axis.Values[^1])}");
        }

        foreach (SweepDraw draw in plan.Draws)
        {
            Row(draw.Name, $"{SweepWords.Count(plan.Trials, "draw")} between {Figures.Brief(draw.From)} and {Figures.Brief(draw.To)}, {(draw.IsLogarithmic ? "their logarithms uniform" : "uniform")}");
        }

        foreach ((string name, string value) in plan.Common)
        {
            Row(name, $"{value} in all");
        }

        if (plan.Target is TrainingTarget target)
        {
            Row("target", SweepWords.Of(target));
        }

        Row("trainings", $"{Figures.Count(plan.SettingCount)} × {SweepWords.Count(plan.Seeds, "seed")} = {Figures.Count(plan.TrainingCount)}");
        return $"<h2>What was varied</h2><div class=\"table meanings\"><table><tbody>{rows}</tbody></table></div>";

        void Row(string name, string text) => rows.Append($"<tr><td>{Html.Text(name)}</td><td class=\"meaning\">{Html.Text(text)}</td></tr>");
    }

    private static string Ranking(SweepSummary summary)
    {
        SweepPlan plan = summary.Results.Plan;
        if (summary.Ranking.Count == 1)
        {
            return $"<h2>The result</h2>{SweepTables.Ranking(summary)}";
        }

        bool several = summary.Ranking.Take(SweepTables.MostSettings).Any(setting => setting.Count > 1);
        string by = summary.By == SweepMeasure.Iterations
            ? $"Settings are ranked by the share of trainings that reached {SweepWords.Of(plan.Target!)}, then by the median of the iterations it took them; a training that did not reach it counts as infinite."
            : $"Settings are ranked by the {(several ? "median " : "")}{SweepWords.Of(summary.By, plan.Target)}, the {(SweepWords.IsAccuracy(summary.By) ? "higher" : "lower")} the better; a training that diverged counts as {(SweepWords.IsAccuracy(summary.By) ? "0" : "infinite")}.";
        string marks = !several ? "" : $" ≈ marks settings that cannot be told apart from the first: the 95% intervals overlap, or there are fewer than {SweepChance.FewestTrainings} trainings. "
            + "“The first beats it” is the share of all pairs of trainings, one of each, of which that of the first is better; 50% is a draw.";
        string luck = !SweepVerdict.HasFirst(summary) ? "" : $"<p class=\"soft\">The first of {Figures.Count(summary.Ranking.Count)} owes a part of its lead to luck, the more the more settings there are: expect a little less of it from fresh seeds.</p>";
        string shown = summary.Ranking.Count > SweepTables.MostSettings ? $"The best {SweepTables.MostSettings} of {Figures.Count(summary.Ranking.Count)}. " : "";
        return $"<h2>The ranking</h2><p>{shown}{Html.Text(by)}{Html.Text(marks)}</p>{SweepTables.Ranking(summary)}{luck}";
    }

    private static string Trainings(SweepSummary summary, Dictionary<string, string> pictures)
    {
        string thinned = summary.Options.Any(option => option.Values.Any(value => value.Count > SweepStrip.MostDots)) || summary.Ranking[0].Count > SweepStrip.MostDots
            ? $" Of rows of more than {SweepStrip.MostDots} trainings so many dots are shown, taken evenly from the lowest to the highest." : "";
        string costs = pictures.TryGetValue("strips-cost", out string? cost) ? $"<p>The same settings by their cost at the end:</p>{cost}" : "";
        string curves = pictures.TryGetValue("curves", out string? curve) ? $"<h3>How the best of them learn</h3>{curve}" : "";
        string lines = pictures.TryGetValue("settings", out string? all) ? $"<h3>All settings at a glance</h3><p>Where the orange lines meet on an axis the good settings agree on a value; where they are spread the option matters little.</p>{all}" : "";
        return $"<h2>The trainings</h2><p>Each dot is a training.{thinned}</p>{pictures["strips"]}{costs}{curves}{lines}";
    }

    private static string Depends(SweepSummary summary, Dictionary<string, string> pictures)
    {
        if (!pictures.TryGetValue("effects", out string? effects))
        {
            return "";
        }

        string explained = summary.Effects is Effects of
            ? $"""
            <p>All trainings are put in order, and it is measured how much of the variation of their places an option explains (an analysis of variance of ranks). What a pair explains is what only the combination of their
            values does, beyond both options by themselves. “Chance alone” is what an option without any effect would explain on average.</p>
            {SweepTables.Effects(of)}
            """
            : summary.Results.Trainings.Count > 1 ? "<p>The shares that options explain are not known: all trainings came out the same, or there are too few.</p>" : "";
        string tables = string.Concat(summary.Options.Where(option => option.Values.Count > 1).Select(option => SweepTables.Option(summary, option)));
        return $"<h2>What it depends on</h2>{explained}{effects}{pictures.GetValueOrDefault("pairs", "")}<details><summary>The same in numbers, value by value</summary>{tables}</details>";
    }
}
