using System.Text;
using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>report.html of a checkup: whether a network will train, why, and what to change, as one page that explains itself and refers to nothing outside.</summary>
public static class DiagnosisReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="checkup">The checkup.</param>
    /// <param name="origin">How it was asked for.</param>
    /// <returns>The page as UTF-8.</returns>
    public static byte[] Write(Checkup checkup, Origin origin) => ReportPage.Write(
        $"Will it train? {checkup.Data.Data.Name}",
        [
            Question(checkup), Verdicts(checkup), DataSection.Write(checkup), .. checkup.Starts.Select((_, i) => DiagnosisArticle.Write(checkup, i, origin.Command)),
            HorizonSection.Write(checkup), Columns(), Next(checkup, origin), ReportPage.Repeat(origin),
        ]);

    private static string Question(Checkup checkup)
    {
        Diagnosis first = checkup.Starts[0].Diagnosis;
        Architecture network = first.Spec.Architecture;
        int most = checkup.Starts.Max(start => start.Diagnosis.Probe.Costs.Count), budget = first.Probe.Budget;
        string shape = network.LayerCount == 1 ? TaskText.Regression(network.Loss).ToLowerInvariant()
            : $"a network of {string.Join("-", network.LayerSizes.Skip(1))} units with {network.HiddenActivation}";
        string starts = checkup.Starts.Count == 1 ? "its start" : $"{checkup.Starts.Count} starts";
        string updates = most == 0 ? "none, since no cost is finite" : most >= budget ? $"all {Figures.Updates(budget)}" : $"{Figures.Count(most)} of {Figures.Updates(budget)}";
        double constant = TrainingGoal.Of(network.Loss, checkup.Data.Data).ConstantCost;
        string[] targets = [.. checkup.Starts.Select(start => start.Diagnosis.Forecast.Target).Where(double.IsFinite).Order().Select(Figures.Brief).Distinct()];
        string below = targets switch { [] => "", [string one] => $": below {one}", [string least, .., string largest] => $": below {least} to {largest}, by start" };
        return $"""
            <h1>Will this network train?</h1>
            <p class="lead">{Html.Text(FindingList.Sentence($"{shape} was looked at from {starts} on {checkup.Data.Data.Name}, before the first update and over the first steps: {updates}"))}
            It trains if at the end of all updates the cost is finite and below half of the smaller of its first cost and that of the best constant answer, {Figures.Cost(constant)}{below}.</p>
            """;
    }

    private static string Verdicts(Checkup checkup)
    {
        var cards = new StringBuilder();
        for (int i = 0; i < checkup.Starts.Count; i++)
        {
            Diagnosis seen = checkup.Starts[i].Diagnosis;
            string cost = seen.Probe.Costs.Count == 0 ? "no cost is finite"
                : $"cost {Figures.Brief(seen.Probe.Costs[0])}{(double.IsFinite(seen.Forecast.Cost) ? $" → {Figures.Brief(seen.Forecast.Cost)}" : ", then not finite")}, target {Figures.Brief(seen.Forecast.Target)}";
            cards.Append($"<div class=\"card {VerdictMark.Style(seen.Outlook)}\"><h3>{Html.Text(seen.Spec.Initializer.Name)}</h3>");
            cards.Append($"<p class=\"verdict\">{VerdictMark.Draw(seen.Outlook)} {OutlookText.Title(seen.Outlook)}</p>");
            cards.Append($"<p>{Html.Text(FindingList.Sentence(Reason(seen)))}</p><p class=\"soft\">{OutlookText.Confidence(seen)}; {cost}. <a href=\"#start-{i + 1}\">Why</a></p></div>");
        }

        return $"<h2>The verdict{(checkup.Starts.Count == 1 ? "" : "s")}</h2><div class=\"cards\">{cards}</div>";
    }

    /// <summary>The sentence of a verdict without its title, which stands above it.</summary>
    private static string Reason(Diagnosis seen) => OutlookText.Sentence(seen)[(OutlookText.Title(seen.Outlook).Length + 2)..];

    private static string Columns() => $"<h2>How to read the tables</h2>{LayerTable.Legend()}";

    private static string Next(Checkup checkup, Origin origin)
    {
        var steps = new StringBuilder();
        foreach ((string why, string command) in Steps(checkup, origin.Command))
        {
            steps.Append($"<li>{Html.Text(why)}<pre>{Html.Text(command)}</pre></li>");
        }

        return $"<h2>How to go on</h2><ul>{steps}</ul>";
    }

    private static IEnumerable<(string Why, string Command)> Steps(Checkup checkup, string command)
    {
        if (checkup.Starts.Any(start => start.Diagnosis.Cause?.Advice is not null) && checkup.Starts.All(start => start.Treatment is null))
        {
            yield return ("Follow the advice, and train before and after:", NextStep.WithOptions(command, "--fix"));
        }

        if (checkup.Starts.All(start => start.Course is null))
        {
            yield return ("Watch each training to its end: sharpness, spectrum and every layer:", NextStep.WithOptions(command, "--during"));
        }

        if (checkup.Starts.All(start => start.Horizon is null))
        {
            yield return ("Which digits of the costs mean anything?", NextStep.WithOptions(command, "--horizon"));
        }

        yield return (
            checkup.Starts.All(start => start.Diagnosis.Probe.IsWhole) ? "The same as a comparison, with weights and pictures:" : "Train all of it, and see whether the verdict holds:", NextStep.AsComparison(command));
    }
}
