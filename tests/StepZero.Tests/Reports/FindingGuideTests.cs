using System.Text.RegularExpressions;
using StepZero.Diagnostics;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

/// <summary>docs/guide/findings.md is what its program makes of the rules as they are.</summary>
public sealed partial class FindingGuideTests
{
    private const int MostBytes = 60_000;
    private static readonly string Guide = Path.Combine(Repository.Root, "docs", "guide");
    private static readonly string Page = File.ReadAllText(Path.Combine(Guide, "findings.md"));

    [Fact]
    public void The_table_of_the_guide_is_that_of_the_rules()
    {
        Assert.StartsWith(FindingGuide.Introduction, Page, StringComparison.Ordinal);
        Assert.Contains("| [saturation](#saturation) | severe | share of the activations of a layer where the slope is below 5% of the steepest | above 50% | Gradients shrink", FindingGuide.Table(), StringComparison.Ordinal);
        Assert.Equal(FindingRule.All.Count + 2, FindingGuide.Table().Split('\n').Length);
    }

    [Fact]
    public void Each_rule_has_a_section_with_its_threshold_and_a_picture()
    {
        Assert.Equal(["Thresholds", .. FindingRule.All.Select(rule => rule.Id)], Headings().Matches(Page).Select(heading => heading.Groups[1].Value));
        string[] sections = [.. Page.Split("\n## ").Skip(2)];
        foreach ((FindingRule rule, string section) in FindingRule.All.Zip(sections))
        {
            Assert.Contains($"- **Measured:** {rule.Measure}.\n- **A finding:** {rule.Threshold} ({FindingGuide.Word(rule.Severity)}).\n- **Why there:** {rule.Reason}\n", section, StringComparison.Ordinal);
            Assert.Contains("**What to do:** ", section, StringComparison.Ordinal);
            Match picture = Assert.Single(Pictures().Matches(section));
            Assert.InRange(picture.Groups[1].Length, 20, 200);
            Assert.True(File.Exists(Path.Combine(Guide, picture.Groups[2].Value)), $"{rule.Id}: {picture.Groups[2].Value} is missing.");
        }
    }

    [Fact]
    public void Every_picture_of_the_guide_is_shown_and_small()
    {
        foreach (string file in Directory.GetFiles(Path.Combine(Guide, "findings")))
        {
            Assert.Contains($"](findings/{Path.GetFileName(file)})", Page, StringComparison.Ordinal);
            Assert.InRange(new FileInfo(file).Length, 1000, MostBytes);
        }
    }

    [GeneratedRegex("^## (.*)$", RegexOptions.Multiline)]
    private static partial Regex Headings();

    [GeneratedRegex(@"!\[(.*)\]\((findings/.*)\)")]
    private static partial Regex Pictures();
}
