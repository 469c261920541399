using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using StepZero.Recommendations;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

public sealed class AdviceReportTests
{
    private static readonly string Page = PageOf(DrawnAdvice.Advice);

    [Fact]
    public void The_page_refers_to_nothing_outside_and_is_whole()
    {
        Assert.DoesNotMatch(@"(src|href)=|<link|@import|https?://", Page);
        foreach (string element in (string[])["div", "figure", "table", "thead", "tbody", "tr", "td", "th", "ul", "li", "p", "pre", "h1", "h2", "svg", "details"])
        {
            Assert.Equal(Regex.Count(Page, $"<{element}[ >]"), Regex.Count(Page, $"</{element}>"));
        }

        Assert.DoesNotMatch(@"\bNaN\b|Infinity", Page);
        Assert.DoesNotContain("<b>", Page, StringComparison.Ordinal);
        Assert.Contains("command &lt;b&gt;", Page, StringComparison.Ordinal);
        Assert.Contains("program &lt;b&gt;", Page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_table_holds_the_evidence() => Assert.Equal(
        [
            "recommended | orthogonal:gain=2, rate 2, auto | 7 of 8 | 52.9% to 97.8% | 14 | 12 to 16 | – | – | 90%",
            "runner-up | xavier, rate 1.5, auto | 8 of 8 | 67.6% to 100% | 15 | 13 to 18 | +1 | 57% | 95%",
            "PyTorch's default | default@pytorch, rate 0.5, auto | 8 of 8 | 67.6% to 100% | 34 | 32 to 35 | +20 | 87.5% | 85%",
            "Keras's default | default@keras, rate 0.5, auto | 4 of 8 | 21.5% to 78.5% | never | 42 to never | ∞ | 90.6% | –",
            "scikit-learn's default | default@sklearn, rate 0.5, auto | 4 of 4 | 51% to 100% | 52 | 51 to 52 | +38 | 87.5% | 80%",
        ],
        Rows(Page, "95% interval"));

    [Fact]
    public void The_final_and_what_was_ruled_out_are_told()
    {
        Assert.Equal(5, Rows(Page, "final cost").Length);
        Assert.Equal("default@keras, rate 0.5, auto | 4 of 8 | never | 0.13", Rows(Page, "final cost")[3]);
        Assert.Contains("orthogonal:gain=4, center", Page, StringComparison.Ordinal);
    }

    /// <summary>A mark a seed; those that did not reach the target stand right of all others, and every default that did has its bar.</summary>
    [Fact]
    public void The_drawing_has_a_mark_for_each_seed()
    {
        (double X, string Color)[] marks = [.. Regex.Matches(Page, "<circle class=\"(t\\d)\" cx=\"([0-9.]+)\"").Select(match => (double.Parse(match.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture), match.Groups[1].Value))];
        Assert.Equal([8, 8, 8, 8, 4], marks.GroupBy(mark => mark.Color).Select(group => group.Count()));
        double right = Regex.Matches(Page, "x2=\"([0-9.]+)\"").Max(match => double.Parse(match.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal([1, 0, 0, 4, 0], marks.GroupBy(mark => mark.Color).Select(group => group.Count(mark => mark.X > right)));
        Assert.Equal(4, Regex.Count(Page, "<line class=\"k\\d\""));
        Assert.Contains("not reached", Page, StringComparison.Ordinal);
    }

    /// <summary>What the budget ended is not the same again.</summary>
    [Fact]
    public void A_page_that_was_cut_does_not_promise_the_same_numbers()
    {
        const string Promise = "The same command gives the same numbers to the last bit";
        string cut = PageOf(DrawnAdvice.Advice with { IsCut = true });
        Assert.Equal((true, false), (Page.Contains(Promise, StringComparison.Ordinal), cut.Contains(Promise, StringComparison.Ordinal)));
        Assert.Contains("The budget of time ended this early, so that another run may come further and to another result", cut, StringComparison.Ordinal);
    }

    private static string PageOf(Recommendation advice) =>
        Encoding.UTF8.GetString(AdviceReport.Write(advice, DrawnAdvice.Data.Data, "command <b>", "program <b>", new Origin("stepzero advise", "{}", "runs/one")));

    /// <summary>The rows of the table with a head.</summary>
    private static string[] Rows(string page, string head) =>
    [
        .. Regex.Matches(Regex.Matches(page, "<table>.*?</table>", RegexOptions.Singleline).First(table => table.Value.Contains($"<th>{head}</th>", StringComparison.Ordinal)).Value, "<tr><td.*?</tr>", RegexOptions.Singleline)
            .Select(row => string.Join(" | ", Regex.Matches(row.Value, "<td.*?</td>", RegexOptions.Singleline).Select(cell => WebUtility.HtmlDecode(Regex.Replace(cell.Value, "<[^>]*>", ""))))),
    ];
}
