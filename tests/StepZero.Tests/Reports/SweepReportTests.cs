using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using StepZero.Reports;
using StepZero.Sweeps;

namespace StepZero.Tests.Reports;

public sealed class SweepReportTests
{
    private static readonly Origin Origin = new("stepzero sweep sweep.json --output runs/one", "{ \"a\": \"<b>\" }", "runs/one");

    public static TheoryData<string> Names => [.. DrawnSweeps.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_refers_to_nothing_outside_and_is_whole(string name)
    {
        string page = Page(DrawnSweeps.Summary(name));
        Assert.DoesNotMatch(@"(src|href)=|<link|@import|https?://", page);
        Assert.All(Regex.Matches(page, @"url\(([^)]*)\)").Select(match => match.Groups[1].Value), place => Assert.Contains($"id=\"{place[1..]}\"", page, StringComparison.Ordinal));
        string[] ids = [.. Regex.Matches(page, @"\bid=""([^""]*)""").Select(match => match.Groups[1].Value)];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(Regex.Matches(page, "<svg[^>]*>").Select(match => match.Value), drawing => Assert.Matches(@"role=""img"" aria-label=""[^""]{20,}""", drawing));
        foreach (string element in (string[])["div", "figure", "table", "thead", "tbody", "tr", "td", "th", "ul", "li", "p", "pre", "h1", "h2", "h3", "svg", "details"])
        {
            Assert.Equal(Regex.Count(page, $"<{element}[ >]"), Regex.Count(page, $"</{element}>"));
        }

        Assert.DoesNotMatch(@"\bNaN\b|Infinity|\bnan\b|∞", Text(page).Replace("∞", name == "diverged" ? "" : "∞", StringComparison.Ordinal));
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "<h1>"));
        Assert.Equal(page, Page(DrawnSweeps.Summary(name)));
        Assert.InRange(page.Length, 10_000, 900_000);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_drawings_follow_light_and_dark(string name)
    {
        string page = Page(DrawnSweeps.Summary(name));
        string drawings = string.Concat(Regex.Matches(page, "<svg.*?</svg>", RegexOptions.Singleline).Select(match => match.Value));
        Assert.Contains("var(--ink)", drawings, StringComparison.Ordinal);
        Assert.All(Regex.Matches(drawings, @"var\((--\w+)\)").Select(match => match.Groups[1].Value).Distinct(), color => Assert.Equal(2, Regex.Count(page[..page.IndexOf("@media print", StringComparison.Ordinal)], $"{color}:")));

        // Cells of pairs have their own colors with letters that read on them; all else is named.
        string others = Regex.Replace(drawings, "<svg [^>]*for each pair of values.*?</svg>", "", RegexOptions.Singleline);
        Assert.All(Regex.Matches(others, "(fill|stroke)=\"(#[0-9a-f]{6})\" ?(fill-opacity|stroke-opacity)?=?\"?([0-9.]*)").Where(match => match.Groups[4].Value != "0"), color => Assert.Fail(color.Value));
    }

    /// <summary>The numbers of the first row are those of the statistics, as they are written anywhere.</summary>
    [Fact]
    public void The_table_holds_the_numbers_of_the_summary()
    {
        SweepSummary summary = DrawnSweeps.Summary("target");
        string[][] rows = Rows(Page(summary));
        Assert.Equal(30, rows.Length);
        for (int rank = 0; rank < rows.Length; rank++)
        {
            SettingSummary setting = summary.At(rank);
            Assert.Equal(
                [
                    $"{rank + 1}", rank > 0 && SweepChance.Covers(summary.At(0), setting, SweepMeasure.Iterations) ? "≈" : "", .. setting.Values.Select(SweepWords.Value),
                    $"{setting.Reached!.Count} of 8", $"{Figures.BriefPercent(setting.Reached.IntervalLow)} to {Figures.BriefPercent(setting.Reached.IntervalHigh)}",
                    setting.Iterations!.Median.ToString("0.#", null), $"{setting.Iterations.IntervalLow:0.#} to {(double.IsFinite(setting.Iterations.IntervalHigh) ? $"{setting.Iterations.IntervalHigh:0.#}" : "not reached")}",
                    Figures.Cost(setting.Cost.Median), Figures.Percent(setting.TrainAccuracy!.Median), setting.BeatenByBest is double chance ? Figures.BriefPercent(chance) : "–",
                ],
                rows[rank]);
        }
    }

    [Fact]
    public void Values_and_effects_stand_in_tables()
    {
        SweepSummary summary = DrawnSweeps.Summary("grid");
        string page = Text(Page(summary));
        Effect strongest = summary.Effects!.Main.MaxBy(effect => effect.Share)!;
        Assert.Contains($"option explains chance alone {strongest.Options[0]} {SweepWords.Share(strongest.Share)} {SweepWords.Share(strongest.ByChance!.Value)} ", page, StringComparison.Ordinal);
        foreach (OptionValue value in summary.Options.SelectMany(option => option.Values))
        {
            Assert.Contains($"{SweepWords.Value(value.Label)} {Figures.Count(value.Count)} {Figures.Cost(value.Measure!.Median)} {Figures.Cost(value.Measure.LowerQuartile)} to {Figures.Cost(value.Measure.UpperQuartile)} ", page, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void It_says_what_was_varied_and_how_to_repeat_it()
    {
        string page = Text(Page(DrawnSweeps.Summary("random")));
        Assert.Contains("500 settings were to be trained, once each. They differ in learning-rate, weight-decay and momentum; all else is the same.", page, StringComparison.Ordinal);
        Assert.Contains("learning-rate 500 draws between 0.0001 and 10, their logarithms uniform weight-decay", page, StringComparison.Ordinal);
        Assert.Contains("momentum 500 draws between 0 and 1, uniform data moons in all trainings 500 × 1 seed = 500", page, StringComparison.Ordinal);
        Assert.Contains("stepzero run runs/one", page, StringComparison.Ordinal);
        Assert.Contains("{ \"a\": \"<b>\" }", page, StringComparison.Ordinal);
        Assert.Contains("learning-rate 100 values: 0.0001 · 0.000112 · 0.000126 … 10", Text(Page(DrawnSweeps.Summary("many"))), StringComparison.Ordinal);
    }

    /// <summary>The best rate is the largest of the axis, and the first setting is trained again after the seeds that were used.</summary>
    [Fact]
    public void It_says_where_the_best_lies_at_an_edge_and_how_to_train_it_again()
    {
        var plan = new SweepPlan([("data", "a b.csv"), ("seed", "7"), ("bias", "true"), ("shuffle", "false")], [new SweepAxis("init", ["he", "xavier"]), new SweepAxis("learning-rate", ["0.1", "0.2", "0.4"])], [], seeds: 5);
        string page = Text(Page(SweepSummary.Of(DrawnSweeps.Of(plan, (setting, seed) => 1 / DrawnSweeps.Number(plan, setting, "learning-rate") + (plan.Values(setting).Contains("he") ? 0 : 0.1)))));
        Assert.Contains("learning-rate 0.4 is the largest that was tried: the best may lie beyond it.", page, StringComparison.Ordinal);
        Assert.Contains("stepzero compare --data 'a b.csv' --bias --init he --learning-rate 0.4 --seed 12 --seeds 32", page, StringComparison.Ordinal);
        Assert.Empty(SweepNext.Edges(DrawnSweeps.Random(9, 1), ["0.03", "0.001", "0.5"]));
        Assert.Equal(["momentum 0.97 is near the largest that was tried: the best may lie beyond it."], SweepNext.Edges(DrawnSweeps.Random(9, 1), ["0.03", "0.001", "0.97"]));
        Assert.Empty(SweepNext.Edges(new SweepPlan([], [new SweepAxis("momentum", ["0", "0.5", "0.9"])], []), ["0"]));
        Assert.DoesNotContain("What to try next", Page(DrawnSweeps.Summary("diverged")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_sweep_that_still_runs_says_how_much_is_missing_and_counts_the_trainings_of_each_setting()
    {
        SweepSummary summary = DrawnSweeps.Summary("partial");
        string page = Page(summary);
        int there = summary.Results.Trainings.Count;
        Assert.Contains($"{there} of 648 trainings are there ({Figures.BriefPercent(there / 648.0)}); {648 - there} are missing, and the places can still change.", Text(page), StringComparison.Ordinal);
        Assert.All(Rows(page).Index(), row => Assert.Contains($"{summary.At(row.Index).Ranked.Count} of 6", row.Item));
    }

    [Fact]
    public void Names_cannot_become_markup()
    {
        var plan = new SweepPlan([("data", "<script>")], [new SweepAxis("init", ["<i>", "\"a\" & 'b'"]), new SweepAxis("<u>", ["1", "2"])], [], seeds: 4);
        string page = Page(SweepSummary.Of(DrawnSweeps.Of(plan, (setting, seed) => 1 + setting + (0.1 * seed))));
        Assert.DoesNotMatch("<script>|<i>|<u>", page);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Accuracies_are_ranked_from_the_highest_down_and_what_nobody_measured_is_left_out()
    {
        var summary = SweepSummary.Of(DrawnSweeps.Summary("three").Results, SweepMeasure.TrainAccuracy);
        string page = Text(Page(summary));
        Assert.Contains($"with a median training accuracy of {Figures.Percent(summary.At(0).TrainAccuracy!.Median)} over 20 trainings", page, StringComparison.Ordinal);
        Assert.Contains("ranked by the median training accuracy, the higher the better; a training that diverged counts as 0.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("test accuracy", page, StringComparison.Ordinal);
        Assert.All(Rows(Page(DrawnSweeps.Summary("diverged"))), row => Assert.Equal(["–", "–", "–", "5", "50%"], row.TakeLast(5).Index().Select(cell => cell.Index == 4 && cell.Item == "–" ? "50%" : cell.Item)));
        Assert.DoesNotContain("test", Text(Page(DrawnSweeps.Summary("diverged"))), StringComparison.Ordinal);
    }

    private static string Page(SweepSummary summary) => Encoding.UTF8.GetString(SweepReport.Write(summary.Results, summary, Origin));

    /// <summary>The cells of the ranking.</summary>
    private static string[][] Rows(string page) => [.. Regex.Matches(Regex.Match(page, "<h2>The ranking</h2>.*?<tbody>(.*?)</tbody>", RegexOptions.Singleline).Groups[1].Value, "<tr>(.*?)</tr>")
        .Select(row => Regex.Matches(row.Groups[1].Value, "<td[^>]*>(.*?)</td>").Select(cell => WebUtility.HtmlDecode(cell.Groups[1].Value)).ToArray())];

    /// <summary>What is read of a page, its drawings aside.</summary>
    private static string Text(string page)
    {
        string body = Regex.Replace(page[page.IndexOf("<main>", StringComparison.Ordinal)..], "<svg.*?</svg>", " ", RegexOptions.Singleline);
        return WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(body, "<[^>]*>", " "), @"\s+", " "));
    }
}
