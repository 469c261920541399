using StepZero.Data;
using StepZero.Recommendations;

namespace StepZero.Reports;

/// <summary>report.html of advice: what to use, the evidence, why, and how to train it, as one page that loads nothing from outside.</summary>
public static class AdviceReport
{
    /// <summary>Writes the page.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="command">The command that trains what is recommended.</param>
    /// <param name="program">The C# program that does.</param>
    /// <param name="origin">How it was asked for.</param>
    /// <returns>The page as UTF-8.</returns>
    public static byte[] Write(Recommendation advice, Dataset data, string command, string program, Origin origin) => ReportPage.Write(
        $"Which start is best? {data.Name}",
        [Answer(advice, data), Evidence(advice), Why(advice), Screening(advice), Again(command, program), ReportPage.Repeat(origin, advice.IsCut)]);

    private static string Answer(Recommendation advice, Dataset data)
    {
        var spec = advice.Winner.Diagnosis.Spec;
        string options = string.Join(' ', advice.Winner.Candidate.Options.Select(option => $"--{option.Name} {option.Value}"));
        return $"""
            <h1>Which start is best for this network?</h1>
            <p class="lead">Use <code>{Html.Text(options)}</code>. {Html.Text(AdviceText.Sentence(advice))}</p>
            <p>The network is {string.Join("-", spec.Architecture.LayerSizes)}, {spec.Architecture.HiddenActivation}, on {Html.Text(data.Name)}: {Figures.Count(data.SampleCount)} samples of {Figures.Count(data.FeatureCount)} features, {Html.Text(TaskText.Targets(data, spec.Architecture.Loss))}; {Html.Text(TaskText.Training(spec.Training, data.SampleCount))}.</p>
            """;
    }

    private static string Evidence(Recommendation advice)
    {
        bool tested = advice.All.Any(evidence => evidence.TestAccuracy is not null);
        string rows = string.Concat(advice.All.Select((evidence, i) => $"""
            <tr><td><span class="t{i % Palette.Count}">{Html.Text(AdviceText.Role(advice, evidence))}</span></td><td class="meaning">{Html.Text(evidence.Candidate.ToString())}</td><td>{evidence.Reached.Count} of {evidence.Reached.Total}</td>
            <td>{Figures.BriefPercent(evidence.Reached.IntervalLow)} to {Figures.BriefPercent(evidence.Reached.IntervalHigh)}</td><td>{AdviceText.Iterations(evidence.Median)}</td>
            <td>{AdviceText.Iterations(evidence.LowerQuartile)} to {AdviceText.Iterations(evidence.UpperQuartile)}</td><td>{AdviceText.Margin(advice, evidence)}</td>
            <td>{(evidence == advice.Winner ? "–" : Figures.BriefPercent(advice.Winner.ChanceToBeat(evidence)))}</td>{(tested ? $"<td>{Figures.Percent(evidence.TestAccuracy)}</td>" : "")}</tr>
            """));
        return $"""
            <h2>The evidence</h2>
            <p>{Html.Text(AdviceText.Target(advice))} {Html.Text(AdviceText.Seeds(advice))}</p>
            <div class="table wrap dense"><table><thead><tr><th></th><th class="left">setting</th><th>reached</th><th>95% interval</th><th>iterations, median</th><th>quartiles</th><th>more than the recommended</th><th>slower, of all pairs</th>{(tested ? "<th>test accuracy there</th>" : "")}</tr></thead><tbody>{rows}</tbody></table></div>
            <figure><div class="scroll"><div class="drawing">{AdviceStrips.Draw(advice)}</div></div><figcaption>Iterations to the target: a mark a seed, a bar at the median. Seeds that did not reach it stand at the right.</figcaption></figure>
            """;
    }

    private static string Why(Recommendation advice)
    {
        string items = string.Concat(advice.All.Select((evidence, i) =>
            $"<li><strong class=\"t{i % Palette.Count}\">{Html.Text(evidence.Candidate.ToString())}</strong> ({Html.Text(AdviceText.Role(advice, evidence))}): {Html.Text(AdviceText.Why(evidence))}</li>"));
        return $"<h2>Why</h2><p>What a diagnosis sees at the untouched weights of the first seed, and over the first updates:</p><ul>{items}</ul>";
    }

    private static string Screening(Recommendation advice)
    {
        string rows = string.Concat(advice.Screening.Finalists.Select(setting => $"""
            <tr><td>{Html.Text(setting.Candidate.ToString())}</td><td>{setting.ReachedAt.Count(at => at is not null)} of {setting.ReachedAt.Count}</td>
            <td>{AdviceText.Iterations(setting.Median)}</td><td>{Figures.Cost(setting.Cost)}</td></tr>
            """));
        string ruledOut = string.Concat(advice.Screening.RuledOut.GroupBy(start => start.Cause.Rule).Select(group =>
            $"<tr><td>{Html.Text(FindingList.NameOf(group.Key))}</td><td class=\"meaning\">{Html.Text(string.Join("; ", group.Select(start => $"{start.Initializer.Name}, {start.Scaling}")))}</td></tr>"));
        return $"""
            <h2>How it was found</h2>
            {string.Concat(AdviceText.Screened(advice).Select(sentence => $"<p>{Html.Text(sentence)}</p>"))}
            <p>Those that came to the final, from other seeds than those above:</p>
            <div class="table"><table><thead><tr><th>setting</th><th>reached</th><th>median iterations</th><th>final cost</th></tr></thead><tbody>{rows}</tbody></table></div>
            {(ruledOut.Length == 0 ? "" : $"<details><summary>Starts that the diagnosis ruled out</summary><div class=\"table\"><table><tbody>{ruledOut}</tbody></table></div></details>")}
            """;
    }

    private static string Again(string command, string program) => $"""
        <h2>Train it</h2>
        <p>From the same seeds, to the end:</p>
        <pre>{Html.Text(command)}</pre>
        <p>The same in C#, which also says when the target is reached:</p>
        <pre>{Html.Text(program.TrimEnd())}</pre>
        """;
}
