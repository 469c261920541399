using System.Text;
using System.Text.RegularExpressions;
using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>The findings of a diagnosis as a list: what was seen, measured against its threshold, why that matters, and what to change.</summary>
internal static partial class FindingList
{
    /// <summary>The page of the guide that explains every finding.</summary>
    private const string Guide = "docs/guide/findings.md";

    /// <summary>The list as HTML.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="command">The command that was given.</param>
    /// <param name="alone">Whether it has one start only, so that its --init need not be changed to speak of this one.</param>
    public static string Write(Diagnosis diagnosis, string command, bool alone)
    {
        if (diagnosis.Findings.Count == 0)
        {
            return "<p>All that was measured lies within its threshold.</p>";
        }

        var list = new StringBuilder("<ul class=\"findings\">");
        HashSet<string> advised = [];
        foreach (Finding finding in diagnosis.Findings)
        {
            FindingRule rule = finding.Rule;
            string limit = double.IsNaN(rule.Limit) && double.IsFinite(finding.Threshold) ? $" (here {Figure(rule, finding.Threshold)})" : "";
            list.Append($"<li><p><span class=\"tag {Style(rule.Severity)}\">{Name(rule.Severity)}</span> <strong>{Html.Text(Sentence(finding.Text))}</strong></p>");
            list.Append($"<p class=\"soft\">Measured: {Html.Text(rule.Measure)}, <strong>{Figure(rule, finding.Measured)}</strong>; threshold: {Html.Text(rule.Threshold)}{limit}. ");
            list.Append($"{Html.Text(rule.Reason)} More: {Guide}#{rule.Id}</p>");
            if (finding.Advice is Advice advice)
            {
                string options = string.Join(' ', advice.Options(diagnosis.Spec).Select(option => $"--{option.Name} {option.Value}")), changed = CommandFor(diagnosis, advice, command, alone);
                list.Append($"<p>What to change: <code>{Html.Text(options)}</code>, {Html.Text(advice.Why)}{(advised.Add(changed) ? $":</p><pre>{Html.Text(changed)}</pre>" : "; the command stands above.</p>")}");
            }

            list.Append("</li>");
        }

        return list.Append("</ul>").ToString();
    }

    /// <summary>The command that follows an advice, for the start it was given for.</summary>
    public static string CommandFor(Diagnosis diagnosis, Advice advice, string command, bool alone)
    {
        List<(string Name, string Value)> options = [.. advice.Options(diagnosis.Spec)];
        string start = diagnosis.Spec.Initializer.Name;
        // The name of a file of weights is not its path, so a command that names files keeps its own.
        if (!alone && !start.StartsWith("file:", StringComparison.Ordinal) && PlainName().IsMatch(start) && options.TrueForAll(option => option.Name != "init"))
        {
            options.Insert(0, ("init", start));
        }

        return NextStep.WithOptions(command, string.Join(' ', options.Select(option => $"--{option.Name} {option.Value}")));
    }

    /// <summary>The name of a rule as words.</summary>
    public static string NameOf(FindingRule rule) => rule.Id.Replace('-', ' ');

    /// <summary>A clause as a sentence.</summary>
    public static string Sentence(string clause) => clause.Length == 0 ? "" : $"{char.ToUpperInvariant(clause[0])}{clause[1..]}.";

    private static string Figure(FindingRule rule, double value) => !double.IsFinite(value) ? Figures.Brief(value)
        : rule.Measure.Contains("share of", StringComparison.Ordinal) ? Figures.BriefPercent(value) : Figures.Brief(value);

    private static string Name(Severity severity) => severity switch { Severity.Severe => "severe", Severity.Warning => "warning", _ => "note" };

    private static string Style(Severity severity) => severity switch { Severity.Severe => "fails", Severity.Warning => "unstable", _ => "plain" };

    /// <summary>Names that a shell takes as they are.</summary>
    [GeneratedRegex("^(?!.*--)[A-Za-z0-9_.,:=@+-]+$")]
    private static partial Regex PlainName();
}
