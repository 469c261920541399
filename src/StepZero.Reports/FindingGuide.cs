using System.Text;
using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>What docs/guide/findings.md says of all rules together: its introduction and the table of thresholds, made from <see cref="FindingRule.All"/>.</summary>
internal static class FindingGuide
{
    /// <summary>The head of the page, as Markdown.</summary>
    public static string Introduction => $"""
        # Findings

        What `stepzero diagnose`, and the report of `stepzero compare` and `stepzero train`, can find in a network, its data and its first steps. This page is written by a program,
        pictures and figures included; nothing in it is edited by hand:

        ```
        dotnet run -c Release --project bench/StepZero.Benchmarks -- findings
        ```

        A finding is what was measured, beyond a threshold. It is *severe* where it alone can keep a network from training, a *warning* where it makes training slower or its figures less
        sure, a *note* where it is worth knowing. A network *trains* if within its budget all costs are finite and the last is below half of the smaller of the first cost and
        the cost of the best constant answer. z are pre-activations, a activations, rms is the root mean square over the units of a layer and all samples.

        ## Thresholds

        {Table()}

        """;

    /// <summary>The table of thresholds, a row for each rule.</summary>
    public static string Table()
    {
        var text = new StringBuilder("| finding | weight | measured | a finding | why there |\n|---|---|---|---|---|\n");
        foreach (FindingRule rule in FindingRule.All)
        {
            text.Append($"| [{rule.Id}](#{rule.Id}) | {Word(rule.Severity)} | {rule.Measure} | {rule.Threshold} | {rule.Reason} |\n");
        }

        return text.ToString().TrimEnd('\n');
    }

    /// <summary>How much a finding weighs, in a word.</summary>
    public static string Word(Severity severity) => CanonicalText.Of(severity);
}
