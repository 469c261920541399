using System.Globalization;
using System.Text;
using StepZero.Diagnostics;
using StepZero.Reports;

namespace StepZero.Benchmarks.Findings;

/// <summary>Makes docs/guide/findings.md and its pictures.</summary>
internal static class FindingsPage
{
    public static int Run()
    {
        string guide = Path.Combine(Machine.Root, "docs", "guide"), pictures = Path.Combine(guide, "findings");
        Directory.CreateDirectory(pictures);
        Array.ForEach(Directory.GetFiles(pictures), File.Delete);
        var text = new StringBuilder(FindingGuide.Introduction);
        var problems = new List<string>();
        foreach (FindingRule rule in FindingRule.All)
        {
            if (!Sections.All.TryGetValue(rule.Id, out Section? section))
            {
                problems.Add($"{rule.Id}: no section; write one in bench/StepZero.Benchmarks/Findings.");
                continue;
            }

            (Case with, Case without, Picture picture) = (section.With.Value, section.Without.Value, section.Picture.Value);
            Finding? finding = with.Diagnosis.Findings.FirstOrDefault(one => one.Rule == rule);
            if (finding is null)
            {
                problems.Add($"{rule.Id}: the network that should have it has {Ids(with)}.");
                continue;
            }

            if (without.Diagnosis.Findings.Any(one => one.Rule == rule))
            {
                problems.Add($"{rule.Id}: the network that should not have it has {Ids(without)}.");
            }

            File.WriteAllBytes(Path.Combine(pictures, picture.File), picture.Content);
            text.Append(CultureInfo.InvariantCulture, $"""

                ## {rule.Id}

                {section.What}

                - **Measured:** {rule.Measure}.
                - **A finding:** {rule.Threshold} ({FindingGuide.Word(rule.Severity)}).
                - **Why there:** {rule.Reason}

                ![{picture.Alt}](findings/{picture.File})

                {picture.Caption}

                - {with.Name}: **{Case.Verdict(with.Diagnosis.Outlook)}**. Here {finding.Text}.
                - {without.Name}: **{Case.Verdict(without.Diagnosis.Outlook)}**, and nothing of the kind.

                **What to do:** {section.Remedy}{Advised(finding, with)}

                """);
            Console.WriteLine($"{rule.Id} ({picture.Content.Length / 1000} kB): {finding.Text}\n    {Case.Verdict(with.Diagnosis.Outlook)} / {Case.Verdict(without.Diagnosis.Outlook)}, {Ids(without)}");
        }

        File.WriteAllText(Path.Combine(guide, "findings.md"), text.ToString());
        problems.AddRange(Sections.All.Keys.Except(FindingRule.All.Select(rule => rule.Id)).Select(id => $"{id}: no such rule; take its section out."));
        problems.ForEach(Console.Error.WriteLine);
        return problems is [] ? 0 : 1;
    }

    private static string Ids(Case one) => one.Diagnosis.Findings is [] ? "no finding" : string.Join(", ", one.Diagnosis.Findings.Select(finding => finding.Rule.Id));

    private static string Advised(Finding finding, Case with) => finding.Advice is null ? ""
        : $" The advice for the first network is `{string.Join(' ', finding.Advice.Options(with.Spec).Select(option => $"--{option.Name} {option.Value}"))}`: {finding.Advice.Why}.";
}
