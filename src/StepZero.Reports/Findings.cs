using System.Text;
using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>The findings of a diagnosis as a list: what weighs the most first, each with its threshold and, where there is any, the advice as a command.</summary>
internal static class Findings
{
    /// <summary>The name of a rule as words.</summary>
    public static string NameOf(FindingRule rule) => rule.Id.Replace('-', ' ');

    /// <summary>Writes the list; nothing where nothing was found.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    /// <param name="origin">How the trainings were asked for.</param>
    public static string Write(Diagnosis diagnosis, Origin origin)
    {
        if (diagnosis.Findings.Count == 0)
        {
            return "";
        }

        var html = new StringBuilder("<h4>Findings</h4><ul class=\"findings\">");
        HashSet<string> commands = [];
        foreach (Finding finding in diagnosis.Findings)
        {
            FindingRule rule = finding.Rule;
            string weight = CanonicalText.Of(rule.Severity);
            html.Append($"<li><span class=\"{weight}\">{weight}</span> <strong>{NameOf(rule)}</strong>: {Html.Text(finding.Text)}.");
            html.Append($"<br><span class=\"soft\">{char.ToUpperInvariant(rule.Measure[0])}{Html.Text(rule.Measure[1..])}{Value(finding)}; a finding {Html.Text(rule.Threshold)}.</span>");
            if (finding.Advice is Advice advice && CommandOf(advice, diagnosis, origin) is string command && commands.Add(command))
            {
                html.Append($"<p>To try: {Html.Text(advice.Why)}.</p><pre>{Html.Text(command)}</pre>");
            }

            html.Append("</li>");
        }

        return html.Append("</ul>").ToString();
    }

    private static string Value(Finding finding) => double.IsFinite(finding.Measured) ? $": {Figures.Cost(finding.Measured)}" : "";

    /// <summary>The command for this start alone, with the advice followed.</summary>
    private static string CommandOf(Advice advice, Diagnosis diagnosis, Origin origin)
    {
        string start = diagnosis.Spec.Initializer.Name;
        (string Name, string Value)[] changes = [.. advice.Options(diagnosis.Spec)];

        // The name of a file of weights is not the whole path, so a command that names files keeps its own.
        bool isNamed = changes.Any(change => change.Name == "init") || start.StartsWith("file:", StringComparison.Ordinal);
        return NextStep.WithOptions(
            origin.Command, string.Join(' ', (IEnumerable<string>)[.. isNamed ? [] : (string[])[$"--init {start}"], .. changes.Select(change => $"--{change.Name} {change.Value}")]));
    }
}
