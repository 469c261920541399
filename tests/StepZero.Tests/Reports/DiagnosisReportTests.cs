using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using SkiaSharp;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Reports;

public sealed partial class DiagnosisReportTests
{
    private static readonly CheckupOptions Everything = new(During: true, Horizon: true, Fix: true), Watched = new(During: true, Horizon: true);

    /// <summary>Pictures, points, many layers, none, numbers to predict, weights whose costs are not finite, and samples that are all the same.</summary>
    private static readonly Dictionary<string, Lazy<Checkup>> Checkups = new()
    {
        ["pets"] = new(() => Check("pets:20:1", [5, 5], Activation.Tanh, "zeros,random:10,xavier", 0.01, 60)),
        ["deep"] = new(() => Check("moons:30:0.1", [.. Enumerable.Repeat(6, 20)], Activation.Relu, "he,random:0.01", 0.05, 40, Watched)),
        ["line"] = new(() => Check("moons:30:0.1", [], Activation.Tanh, "xavier", 0.5, 40, Watched)),
        ["numbers"] = new(() => Check(Numbers(), [6], Activation.Tanh, Loss.Mse, "he,zeros", 0.1, 40)),
        ["diverging"] = new(() => Check("moons:20:0.1", [4, 4], Activation.Relu, "he", 1e200, 20)),
        ["infinite"] = new(() => Check("moons:20:0.1", [4], Activation.Relu, "random:1e300", 0.1, 20)),
        ["broken"] = new(Broken),
        ["constant"] = new(() => Check(Constant(), [4], Activation.Tanh, Loss.BinaryCrossEntropy, "xavier", 0.1, 20)),
    };

    public static TheoryData<string> Situations => [.. Checkups.Keys];

    [Theory]
    [MemberData(nameof(Situations))]
    public void The_page_refers_to_nothing_outside_and_describes_every_picture(string situation)
    {
        string page = Page(situation);
        Assert.DoesNotMatch(@"(src|href)=""(?!data:image/|#start-)", page);
        Assert.DoesNotMatch(@"@import|url\(|https?://(?!www\.w3\.org/2000/svg)", page);
        Assert.All(Drawings().Matches(page), drawing => Assert.Matches(@"role=""img"" aria-label=""[^""]{5,}""", drawing.Value));
        Assert.Single(Regex.Matches(page, "<h1>"));
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public void Every_drawing_is_well_formed_and_holds_numbers_only(string situation)
    {
        string page = Page(situation);
        Assert.All(WholeDrawings().Matches(page), drawing => Assert.NotNull(XElement.Parse(drawing.Value)));
        string text = WebUtility.HtmlDecode(Regex.Replace(page, "base64,[A-Za-z0-9+/=]*", ""));
        Assert.DoesNotMatch(@"\bNaN\b|Infinity|\bnan\b(?! or infinite)|−?∞", text);
        foreach (string element in (string[])["section", "div", "figure", "table", "tr", "td", "ul", "li", "p", "pre", "h2", "h3", "details"])
        {
            Assert.Equal(Regex.Count(page, $"<{element}[ >]"), Regex.Count(page, $"</{element}>"));
        }
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public void The_page_holds_each_verdict_with_every_finding_its_reason_and_its_place_in_the_guide(string situation)
    {
        string page = WebUtility.HtmlDecode(Page(situation));
        foreach (Diagnosis seen in Checkups[situation].Value.Starts.Select(start => start.Diagnosis))
        {
            Assert.Contains(OutlookText.Sentence(seen)[1..], page, StringComparison.Ordinal);
            Assert.Contains($"{seen.Spec.Initializer.Name} {OutlookText.Title(seen.Outlook)}", page, StringComparison.Ordinal);
            foreach (Finding finding in seen.Findings)
            {
                Assert.Contains(finding.Text[1..], page, StringComparison.Ordinal);
                Assert.Contains($"{finding.Rule.Reason} More: docs/guide/findings.md#{finding.Rule.Id}", page, StringComparison.Ordinal);
                Assert.All(finding.Advice?.Options(seen.Spec) ?? [], option => Assert.Contains($"--{option.Name} {option.Value}", page, StringComparison.Ordinal));
            }
        }
    }

    [Fact]
    public void The_page_shows_what_was_asked_for_and_says_how_to_get_the_rest()
    {
        string whole = Page("pets");
        string[] parts = ["During training", "What the advice brings"];
        Assert.All(parts, part => Assert.Contains($"<h3>{part}</h3>", whole, StringComparison.Ordinal));
        Assert.Contains("<h2>Which digits can be trusted</h2>", whole, StringComparison.Ordinal);
        Assert.DoesNotContain("--horizon</pre>", whole, StringComparison.Ordinal);
        Assert.Contains("<pre>stepzero compare --data x</pre>", whole, StringComparison.Ordinal);

        Checkup less = Checkups["pets"].Value;
        string plain = Write(less with { Starts = [.. less.Starts.Select(start => start with { Course = null, Horizon = null, Treatment = null })] });
        Assert.All(parts, part => Assert.DoesNotContain(part, plain, StringComparison.Ordinal));
        foreach (string option in (string[])["--fix", "--during", "--horizon"])
        {
            Assert.Contains($"<pre>stepzero diagnose --data x {option}</pre>", plain, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Advice_for_one_of_several_starts_is_a_command_for_that_start()
    {
        Checkup pets = Checkups["pets"].Value;
        Diagnosis saturated = pets.Starts[1].Diagnosis;
        Assert.Equal(
            "stepzero diagnose --data x --init random:10:normal --scaling center",
            FindingList.CommandFor(saturated, new Advice("calm") { Scaling = Scaling.Center }, "stepzero diagnose --data x --init zeros,random:10,xavier", alone: false));
        Assert.Equal(
            "stepzero diagnose --data x --init xavier",
            FindingList.CommandFor(saturated, new Advice("small") { Initializer = Initializer.Xavier }, "stepzero diagnose --data x --init zeros,random:10,xavier", alone: false));
        Assert.Equal(
            "stepzero diagnose --data x --init random:10 --scaling center",
            FindingList.CommandFor(saturated, new Advice("calm") { Scaling = Scaling.Center }, "stepzero diagnose --data x --init random:10", alone: true));
    }

    [Theory]
    [InlineData("stepzero diagnose", "stepzero compare")]
    [InlineData("stepzero diagnose --data x --during --hidden 3 --fix --horizon", "stepzero compare --data x --hidden 3 --horizon")]
    public void What_is_diagnosed_can_be_compared(string command, string comparison) => Assert.Equal(comparison, NextStep.AsComparison(command));

    [Fact]
    public void The_forecast_is_dashed_and_only_where_something_is_left_to_foretell()
    {
        Diagnosis seen = Checkups["line"].Value.Starts[0].Diagnosis;
        Diagnosis early = seen with { Probe = seen.Probe with { Costs = [.. seen.Probe.Costs.Take(10)] }, Forecast = seen.Forecast with { Cost = 0.2, Probability = 0.8 } };
        Assert.Equal([LineKind.Solid], DiagnosisCharts.Costs([new(seen, 0)]).Lines.Select(line => line.Kind));
        Chart foretold = DiagnosisCharts.Costs([new(early, 0)]);
        Assert.Equal([LineKind.Solid, LineKind.Dashed], foretold.Lines.Select(line => line.Kind));
        Assert.Equal([(9, early.Probe.Costs[9]), (39, 0.2)], foretold.Lines[1].Points);
        Assert.Equal(seen.Forecast.Target, foretold.Limits.Single().Value);
    }

    [Fact]
    public void Theory_is_drawn_over_the_layers_it_speaks_of()
    {
        Diagnosis seen = Checkups["deep"].Value.Starts[0].Diagnosis;
        DrawnStart[] drawn = [new(seen, 0)];
        Assert.Equal(Math.Sqrt(seen.Theory.Layers[4]!.Length), DiagnosisCharts.Signal(drawn).Lines[0].Points[4].Y);
        Assert.Equal((5, seen.Signal.Layers[4].PreActivations.RootMeanSquare), DiagnosisCharts.Signal(drawn).Lines[1].Points[4]);
        Assert.Equal((0, seen.Signal.InputCosine!.Value), DiagnosisCharts.Likeness(drawn).Lines[1].Points[0]);

        // With He's start χ is about 1 for ReLU, and six units hand gradients on to six: theory keeps the size that comes from the one unit behind, over √6.
        IReadOnlyList<(double X, double Y)> gradients = DiagnosisCharts.Gradients(drawn).Lines[0].Points;
        double last = seen.Signal.Layers[^1].Gradients.RootMeanSquare, before = last * Math.Sqrt(seen.Theory.Layers[^1]!.GradientFactor!.Value / 6);
        Assert.Equal(last, gradients[^1].Y);
        Assert.Equal(before, gradients[^2].Y, 1e-12 * before);
    }

    [Fact]
    public void Names_cannot_become_markup()
    {
        Dataset data = Dataset.FromValues("<script>", [0, 1, 2, 3], 1, [0, 1, 0, 1], ["<b>", "\"c\" & d"]);
        Checkup checkup = Check(data, [2], Activation.Relu, Loss.BinaryCrossEntropy, "he", 0.1, 3);
        string page = Encoding.UTF8.GetString(DiagnosisReport.Write(checkup, new Origin("stepzero diagnose --data '<i>'", "{\"x\": \"<u>\"}", "<o>")));
        Assert.DoesNotMatch("<(b|i|u|o|script)>", page);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_picture_is_drawn_and_twice_the_same()
    {
        PictureFile[] first = [.. DiagnosisPictures.Draw(Checkups["pets"].Value)], second = [.. DiagnosisPictures.Draw(Checkups["pets"].Value)];
        Assert.Equal(
            [
                "first-costs.png", "sharpness.png", "signal.png", "gradients.png", "likeness.png", "horizon.png",
                "edge-of-stability-zeros.png", "activity-zeros.png", "before-and-after-zeros.png",
                "edge-of-stability-random-10-normal.png", "spectrum-random-10-normal.png", "activity-random-10-normal.png", "before-and-after-random-10-normal.png",
                "edge-of-stability-xavier.png", "spectrum-xavier.png", "activity-xavier.png",
            ],
            first.Select(picture => picture.Name).Where(name => name != "before-and-after-xavier.png"));
        foreach ((PictureFile one, PictureFile other) in first.Zip(second))
        {
            Assert.True(one.Content.AsSpan().SequenceEqual(other.Content), one.Name);
            using SKBitmap picture = SKBitmap.Decode(one.Content);
            Assert.InRange(picture.Pixels.Distinct().Count(), 10, int.MaxValue);
        }
    }

    [Theory]
    [MemberData(nameof(Situations))]
    public void Pictures_are_drawn_of_anything(string situation)
    {
        PictureFile[] pictures = [.. DiagnosisPictures.Draw(Checkups[situation].Value)];
        Assert.Equal(situation is not ("infinite" or "broken"), pictures.Any(picture => picture.Name == "first-costs.png"));
        Assert.Equal(pictures.Length, pictures.Select(picture => picture.Name).Distinct().Count());
    }

    private static string Page(string situation) => Write(Checkups[situation].Value);

    private static string Write(Checkup checkup) => Encoding.UTF8.GetString(DiagnosisReport.Write(checkup, new Origin("stepzero diagnose --data x", "{}", "out")));

    private static Checkup Check(string data, int[] hidden, Activation activation, string starts, double rate, int iterations, CheckupOptions? options = null) =>
        Check(GeneratedSets.Parse(data, 1), hidden, activation, Loss.BinaryCrossEntropy, starts, rate, iterations, options);

    private static Checkup Check(Dataset data, int[] hidden, Activation activation, Loss loss, string starts, double rate, int iterations, CheckupOptions? options = null)
    {
        var architecture = new Architecture(data.FeatureCount, hidden, activation, loss);
        var training = new TrainingOptions { LearningRate = rate, Iterations = iterations };
        RunSpec[] specs = [.. starts.Split(',').Select(start => new RunSpec(architecture, Initializer.Parse(start), training))];
        return Checkup.Run(specs, PreparedData.Prepare(data, architecture, training), null, options ?? Everything, new Execution());
    }

    /// <summary>Weights from somewhere else, one of them not a number.</summary>
    private static Checkup Broken()
    {
        Dataset moons = GeneratedSets.Parse("moons:20:0.1", 1);
        var architecture = new Architecture(2, [4, 4], Activation.Relu);
        Parameters parameters = Initializer.He.Draw(architecture, seed: 1);
        parameters.Weights[1][3] = double.NaN;
        var spec = new RunSpec(architecture, Initializer.FromParameters("file:w.npz", parameters), new TrainingOptions { LearningRate = 0.1, Iterations = 20 });
        return Checkup.Run([spec], PreparedData.Prepare(moons, architecture, spec.Training), null, Everything, new Execution());
    }

    private static Dataset Numbers() => Dataset.FromValues("numbers", [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i))], 2, [.. new int[20]], ["all"])
        .WithTargets([.. Enumerable.Range(0, 20).Select(i => Math.Cos(i))]);

    private static Dataset Constant() => Dataset.FromValues("constant", [.. Enumerable.Repeat(1.0, 12)], 2, [0, 1, 0, 1, 0, 1], ["a", "b"]);

    [GeneratedRegex("<svg [^>]*>")]
    private static partial Regex Drawings();

    [GeneratedRegex("<svg .*?</svg>", RegexOptions.Singleline)]
    private static partial Regex WholeDrawings();
}
