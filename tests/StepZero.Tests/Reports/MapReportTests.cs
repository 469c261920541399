using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using StepZero.Maps;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

public sealed class MapReportTests
{
    private static readonly MapGuide[] Guides = [
        new(MapGuideKind.Start, "He", [new(1.4, 0.001), new(1.4, 1000)]), new(MapGuideKind.StableRate, "2/λ(0)", [new(0.01, 3), new(100, 0.3)]),
        new(MapGuideKind.CriticalLine, "critical", [new(1, 0.001), new(1, 1000)]), new(MapGuideKind.Setting, "tutorial <1>", [new(0.01, 0.001)]),
        new(MapGuideKind.Start, "random:10", [new(100, 1000)]), new(MapGuideKind.Setting, "away", [new(1e6, 1)])];

    private static readonly Origin Origin = new("stepzero map --data moons:40:0.1 --center 1,1", "{ \"a\": \"<b>\" }", "runs/one");

    private static readonly Dictionary<string, Map> Maps = new()
    {
        ["usual"] = DrawnMaps.Falling(DrawnMaps.Spec()),
        ["convergence"] = DrawnMaps.Falling(DrawnMaps.Spec(measure: "convergence")),
        ["accuracy"] = DrawnMaps.Falling(DrawnMaps.Spec(measure: "accuracy")),
        ["iterations"] = DrawnMaps.Of(DrawnMaps.Spec(measure: "iterations:0.1"), (column, _) => DrawnMaps.Converged(column < 9 ? column + 3 : double.NaN, 0.2)),
        ["depth"] = DrawnMaps.Falling(DrawnMaps.Spec("depth:1..4", "width:1..9")),
        ["diverged"] = DrawnMaps.Of(DrawnMaps.Spec(), (_, _) => DrawnMaps.Diverged(1)),
        ["one pixel"] = DrawnMaps.Of(DrawnMaps.Spec(columns: 1, rows: 1), (_, _) => DrawnMaps.Converged(0.25)),
        ["empty"] = new(DrawnMaps.Spec()),
    };

    public static TheoryData<string> Names => [.. Maps.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void The_page_loads_nothing_from_outside_and_is_whole(string name)
    {
        string page = Page(name, new MapSpeed(100, 2, 2, 1e11, 8e10, [("tanh & co", 0.25)]));
        Assert.DoesNotMatch(@"src=""(?!data:image/)", page);
        Assert.DoesNotMatch(@"<link|@import|url\(", page);
        Assert.All(Regex.Matches(page, @"href=""([^""]*)"""), link => Assert.Matches("^https://(arxiv\\.org/abs/\\d{4}\\.\\d{5}|proceedings\\.mlr\\.press/v9/glorot10a\\.html)$", link.Groups[1].Value));
        Assert.Matches(@"<img [^>]*alt=""[^""]{20,}""", page);
        foreach (string element in (string[])["div", "figure", "table", "tbody", "tr", "td", "ul", "li", "p", "pre", "h1", "h2", "strong", "a"])
        {
            Assert.Equal(Regex.Count(page, $"<{element}[ >]"), Regex.Count(page, $"</{element}>"));
        }

        Assert.DoesNotMatch(@"\bNaN\b|Infinity|\bnan\b|∞", Text(page));
        Assert.DoesNotContain("<1>", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "<h1>"));
    }

    /// <summary>Of 32 × 24 pixels those with column/32 + row/24 at most 1 converge, at costs from 1.1 to 0.1, the first of these in column 28 of row 3.</summary>
    [Fact]
    public void It_says_what_became_of_the_trainings_and_which_is_the_best()
    {
        string page = Text(Page("usual"));
        int converged = Enumerable.Range(0, 32 * 24).Count(i => ((double)(i % 32) / 32) + ((double)(i / 32) / 24) <= 1);
        Assert.Contains($"Of 768 trainings, {converged} converged (54%) and {768 - converged} had costs that stopped being finite (46%).", page, StringComparison.Ordinal);
        Assert.Contains("The best lies at gain 41 and learning rate 0.00606: converged, at a cost of 0.1 and a training accuracy of 75%.", page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("convergence", "The best (−Σ cost/first cost: 1.1) lies at gain 0.01 and learning rate 0.001:")]
    [InlineData("iterations", "The best (iterations needed: 3) lies at gain 0.01 and learning rate 0.001:")]
    [InlineData("iterations", "Gray trainings converged without reaching a cost of 0.1.")]
    [InlineData("accuracy", "oranges the rank")]
    [InlineData("depth", "2-width×depth-1, tanh, sigmoid output")]
    [InlineData("diverged", "Of 768 trainings, 768 had costs that stopped being finite (100%).")]
    [InlineData("empty", "No training is done.")]
    [InlineData("one pixel", "Of 1 training, 1 converged (100%).")]
    public void It_says_what_the_measure_asks_for(string name, string expected) => Assert.Contains(expected, Text(Page(name)), StringComparison.Ordinal);

    [Fact]
    public void It_explains_what_is_drawn_over_the_map_and_says_what_became_of_each_place()
    {
        string page = Text(Page("usual"));
        Assert.Contains("He: where the weights have the standard deviation", page, StringComparison.Ordinal);
        Assert.Contains("2/λ(0): above this learning rate", page, StringComparison.Ordinal);
        Assert.Contains("critical: on this line very wide networks", page, StringComparison.Ordinal);
        Assert.Contains("tutorial <1>, the cross at gain 0.01 and learning rate 0.001: converged, at a cost of 1.1 and a training accuracy of 75%.", page, StringComparison.Ordinal);
        Assert.Contains("random:10, a ring at gain 100 and learning rate 1,000: its cost stopped being finite.", page, StringComparison.Ordinal);
        Assert.Contains("away, the cross at gain 1e6 and learning rate 1, lies outside the map.", page, StringComparison.Ordinal);
        Assert.DoesNotContain("λ(0)", Text(Encoding.UTF8.GetString(MapReport.Write(Maps["usual"], DrawnMaps.Data, [], null, null, Origin))), StringComparison.Ordinal);
    }

    /// <summary>300 billion multiply-adds in 4 s are 75 billion a second, three quarters of a peak of 100.</summary>
    [Fact]
    public void It_names_the_peak_the_share_reached_and_where_the_rest_goes()
    {
        string page = Text(Page("usual", new MapSpeed(6000, 4, 2, 1e11, 3e11, [("the activations", 0.125)])));
        Assert.Contains("6,000 in 4 s on 2 threads: 1,500 a second", page, StringComparison.Ordinal);
        Assert.Contains("100 billion multiply-adds a second", page, StringComparison.Ordinal);
        Assert.Contains("75 billion a second, 75% of the peak", page, StringComparison.Ordinal);
        Assert.Contains("time for the activations12.5%", page, StringComparison.Ordinal);
        Assert.DoesNotContain("peak", Text(Page("usual")), StringComparison.Ordinal);
    }

    [Fact]
    public void It_says_how_to_look_closer_and_to_repeat_it()
    {
        string page = Text(Page("usual"));

        // Column 15 and row 12 of 32 × 24 are the first beside the middle that converge and have a neighbor that does not; three digits name a place inside the pixel.
        Assert.Contains("stepzero map --data moons:40:0.1 --center 0.862,1.35 --zoom 10", page, StringComparison.Ordinal);
        Assert.Contains("stepzero run runs/one", page, StringComparison.Ordinal);
        Assert.Contains("{ \"a\": \"<b>\" }", page, StringComparison.Ordinal);
        Assert.All((string[])["diverged", "depth", "empty"], name => Assert.DoesNotContain("--zoom", Page(name), StringComparison.Ordinal));
    }

    [Fact]
    public void It_gives_the_dimension_of_the_boundary_with_its_error()
    {
        string page = Text(Encoding.UTF8.GetString(MapReport.Write(Maps["usual"], DrawnMaps.Data, [], null, new BoxDimension(1.2345, 0.0345, [new(1, 900), new(64, 3)]), Origin)));
        Assert.Contains("a box-counting dimension of 1.23 ± 0.034, from boxes of 1 to 64 pixels", page, StringComparison.Ordinal);
        Assert.DoesNotContain("box-counting", Page("usual"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_of_the_trainings_leaves_out_what_the_axes_set_and_gives_their_ends_as_they_are_typed()
    {
        Assert.Contains("traininggradient descent, 200 iterations, double precision", Text(Page("usual")), StringComparison.Ordinal);
        Assert.Contains("traininggradient descent, learning rate 0.1, 200 iterations", Text(Page("depth")), StringComparison.Ordinal);
        Assert.Equal(["1e−7", "−2.5e20", "0.001", "1000000"], ((double[])[1e-7, -2.5e20, 1e-3, 1e6]).Select(MapText.End));
    }

    [Theory]
    [InlineData(1760, 3, "1,760")]
    [InlineData(1005.4, 5, "1,005.4")]
    [InlineData(-1234567, 9, "−1,234,567")]
    [InlineData(1000.11234, 6, "1,000.11")]
    [InlineData(0.12345678, 8, "0.12345678")]
    [InlineData(-1.23456e-9, 5, "−1.2346e−9")]
    [InlineData(12345678, 4, "1.235e7")]
    public void Numbers_of_a_legend_are_written_alike_with_few_digits_and_with_many(double value, int digits, string expected) => Assert.Equal(expected, MapText.Number(value, digits));

    [Fact]
    public void Places_have_the_digits_that_the_axes_need()
    {
        Assert.Equal("gain 1.23 and learning rate 2", MapText.Setting(DrawnMaps.Spec(), 1.23456, 2));
        Assert.Equal(
            "learning rate of layer 1 1.2345678 and offset −0.10002", MapText.Setting(DrawnMaps.Spec("learning-rate.1:1.2345677..1.2345679:log", "offset:-0.1001..-0.1"), 1.2345678, -0.10002));
    }

    [Theory]
    [InlineData(new[] { 1.0, 1.5, 2 }, 1, "1.5")]
    [InlineData(new[] { 0.333333333, 0.333333444 }, 0, "0.33333333")]
    [InlineData(new[] { 1e-7, 1.1e-7 }, 1, "1.1e-07")]
    [InlineData(new[] { 0.1234567 }, 0, "0.1234567")]
    public void A_place_has_the_digits_that_name_its_pixel(double[] values, int pixel, string expected) => Assert.Equal(expected, MapText.Rounded(values, pixel));

    private static string Page(string name, MapSpeed? speed = null) => Encoding.UTF8.GetString(MapReport.Write(Maps[name], DrawnMaps.Data, Guides, speed, null, Origin));

    /// <summary>What is read of a page.</summary>
    private static string Text(string page) => WebUtility.HtmlDecode(Regex.Replace(Regex.Replace(page[page.IndexOf("<main>", StringComparison.Ordinal)..], "<[^>]*>", ""), @"\s+", " "));
}
