using System.Text;
using System.Text.RegularExpressions;
using SkiaSharp;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Reports;

public sealed partial class ReportTests
{
    private static readonly Initializer[] Starts = [Initializer.Zeros, Initializer.RandomNormal(10), Initializer.Xavier];

    [Fact]
    public void Names_of_starts_become_names_of_files_that_differ() => Assert.Equal(
        ["random-10-normal", "he_normal-slope=0.2@pytorch", "file--home-a-b-----.npz", "FILE--home-a-b-----.npz-2", "file--home-a-b-----.npz-3", new string('x', 100), new string('x', 100) + "-2"],
        ComparisonPictures.FileNames(["random:10:normal", "he_normal:slope=0.2@pytorch", "file:/home/a b/сети.npz", "FILE:/home/a b/сети.npz", "file:/home/a\\b/????.npz", new string('x', 150), new string('x', 151)]));

    [Fact]
    public void The_page_refers_to_nothing_outside_and_describes_every_picture()
    {
        (Comparison comparison, IReadOnlyList<TrainedNetwork> networks) = Pets(shadows: 2, seeds: 3);
        byte[] bytes = ComparisonReport.Write(comparison, networks, comparison.Diagnose(), new Origin("stepzero compare", "{}", "out"));
        string page = Encoding.UTF8.GetString(bytes);
        Assert.InRange(bytes.Length, 10_000, 3_000_000);
        Assert.DoesNotMatch(@"(src|href)=""(?!data:image/)", page);
        Assert.DoesNotMatch(@"@import|url\(|https?://(?!www\.w3\.org/2000/svg)", page);
        Assert.All(Images().Matches(page), image => Assert.Matches(@"alt=""[^""]{5,}""", image.Value));
        Assert.All(Drawings().Matches(page), drawing => Assert.Matches(@"role=""img"" aria-label=""[^""]{5,}""", drawing.Value));
        Assert.Single(Regex.Matches(page, "<h1>"));
        foreach (string heading in (string[])["The data", "The network", "The starts", "The cost curves", "The results", "What each result means, and why", "Which digits can be trusted", "What to try next", "Repeat this"])
        {
            Assert.Contains($"<h2>{heading}</h2>", page, StringComparison.Ordinal);
        }

        Assert.Contains("337,541 parameters", page, StringComparison.Ordinal);
        Assert.Contains("<title>iteration 0: zeros 0.6931", page, StringComparison.Ordinal);
        Assert.Contains("learns nothing: symmetry", page, StringComparison.Ordinal);
        Assert.Contains("Over 3 seeds", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Names_in_the_data_cannot_become_markup()
    {
        Dataset data = Dataset.FromValues("<script>", [0, 1, 2, 3], 1, [0, 1, 0, 1], ["<b>", "\"c\" & d"]);
        var architecture = new Architecture(1, [2], Activation.Relu);
        var spec = new RunSpec(architecture, Initializer.He, new TrainingOptions { Iterations = 3 });
        Comparison comparison = Comparison.Run([spec], PreparedData.Prepare(data, architecture, spec.Training));
        string page = Encoding.UTF8.GetString(ComparisonReport.Write(comparison, TrainedNetwork.Of(comparison), comparison.Diagnose(), new Origin("stepzero compare --data '<i>'", "{\"x\": \"<u>\"}", "<o>")));
        Assert.DoesNotContain("<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<i>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<u>", page, StringComparison.Ordinal);
        Assert.Contains("&lt;script&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Weights_beyond_all_bounds_leave_a_page_of_numbers()
    {
        Dataset moons = GeneratedSets.Parse("moons:20", 1);
        var architecture = new Architecture(2, [3, 3], Activation.Relu);
        RunSpec[] specs = [.. new[] { Initializer.RandomNormal(1e300), Initializer.He }.Select(
            start => new RunSpec(architecture, start, new TrainingOptions { LearningRate = 1e300, Iterations = 5 }))];
        Comparison comparison = Comparison.Run(specs, PreparedData.Prepare(moons, architecture, specs[0].Training), null, shadows: 2, seeds: 2);
        IReadOnlyList<TrainedNetwork> networks = TrainedNetwork.Of(comparison);
        Assert.NotEmpty(ComparisonPictures.Draw(comparison, networks));
        string page = Encoding.UTF8.GetString(ComparisonReport.Write(comparison, networks, comparison.Diagnose(), new Origin("stepzero compare", "{}", "out")));
        Assert.DoesNotMatch("NaN|Infinity", Regex.Replace(page, "base64,[A-Za-z0-9+/=]*", ""));
    }

    /// <summary>Text of WCAG's level AA: a contrast of at least 4.5 in light and dark.</summary>
    [Fact]
    public void Every_color_of_text_reads_on_its_background()
    {
        string css = Html.Resource("report.css");
        string[] themes = [css[..css.IndexOf("@media (prefers", StringComparison.Ordinal)], css[css.IndexOf("@media (prefers", StringComparison.Ordinal)..css.IndexOf("* {", StringComparison.Ordinal)]];
        foreach (string theme in themes)
        {
            foreach (string text in (string[])["ink", "soft", "c0", "c1", "c2", "c3", "c4"])
            {
                foreach (string background in (string[])["page", "panel"])
                {
                    double contrast = Contrast(Variable(theme, text), Variable(theme, background));
                    Assert.True(contrast >= 4.5, $"{text} on {background}: {contrast:F2}");
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, Palette.Count).Select(i => Palette.Of(i).ToLowerInvariant()), Enumerable.Range(0, Palette.Count).Select(i => Variable(themes[0], $"c{i}")));
    }

    [Fact]
    public void Every_picture_is_drawn_and_twice_the_same()
    {
        (Comparison comparison, IReadOnlyList<TrainedNetwork> networks) = Pets();
        PictureFile[] first = [.. ComparisonPictures.Draw(comparison, networks)];
        PictureFile[] second = [.. ComparisonPictures.Draw(comparison, networks)];
        Assert.Equal(
            ["samples.png", "contact-sheet.png", "cost-curves.png", "cost-curves.svg", "cost-curve-zeros.png", "cost-curve-random-10-normal.png", "cost-curve-xavier.png", "weights-first-layer.png"],
            first.Select(picture => picture.Name));
        foreach ((PictureFile one, PictureFile other) in first.Zip(second).Where(pair => pair.First.Name.EndsWith(".png", StringComparison.Ordinal)))
        {
            Assert.True(one.Content.AsSpan().SequenceEqual(other.Content), one.Name);
            using SKBitmap picture = SKBitmap.Decode(one.Content);
            Assert.InRange(picture.Pixels.Distinct().Count(), 10, int.MaxValue);
        }
    }

    [Fact]
    public void Wrong_answers_are_framed_and_counted()
    {
        Dataset pets = GeneratedSets.Parse("pets:4:1", 1);
        byte[] right = DataPictures.ContactSheet(pets, [false, false, false, false], "x")!, wrong = DataPictures.ContactSheet(pets, [false, true, false, false], "x")!;
        using SKBitmap calm = SKBitmap.Decode(right), framed = SKBitmap.Decode(wrong);
        SKColor color = SKColor.Parse("#D55E00");
        Assert.DoesNotContain(color, calm.Pixels);
        Assert.InRange(framed.Pixels.Count(pixel => pixel == color), 1500, 6000);
    }

    [Fact]
    public void Points_and_other_data_have_fewer_pictures()
    {
        Assert.Contains("samples.png", Names(GeneratedSets.Parse("moons:50", 1)));
        Assert.DoesNotContain("contact-sheet.png", Names(GeneratedSets.Parse("moons:50", 1)));
        Assert.DoesNotContain("samples.png", Names(Dataset.FromValues("rows", [.. Enumerable.Range(0, 30).Select(i => (double)i)], 3, [0, 1, 0, 1, 0, 1, 0, 1, 0, 1], ["a", "b"])));

        static IEnumerable<string> Names(Dataset data)
        {
            var architecture = new Architecture(data.FeatureCount, [], Activation.Tanh);
            var spec = new RunSpec(architecture, Initializer.He, new TrainingOptions { Iterations = 1 });
            Comparison comparison = Comparison.Run([spec], PreparedData.Prepare(data, architecture, spec.Training));
            return [.. ComparisonPictures.Draw(comparison, TrainedNetwork.Of(comparison)).Select(picture => picture.Name)];
        }
    }

    [Fact]
    public void Verdicts_follow_from_what_is_seen()
    {
        (Comparison pets, IReadOnlyList<TrainedNetwork> networks) = Pets();
        IReadOnlyList<Diagnosis?> diagnoses = pets.Diagnose();
        Assert.Equal("learns nothing: symmetry", Verdict.Of(networks[0], diagnoses[0], pets.Train).Title);
        Assert.Equal("learns little in this time: saturation", Verdict.Of(networks[1], diagnoses[1], pets.Train).Title);
        LayerObservation layer = Observation.Of(networks[0])[0];
        Assert.Equal((5, 1, 1), (layer.Units, layer.DistinctBefore, layer.DistinctAfter));
        Assert.Equal((5, 5), (Observation.Of(networks[2])[0].DistinctBefore, Observation.Of(networks[2])[0].DistinctAfter));
        Assert.InRange(Observation.Of(networks[1])[0].SaturatedBefore, 0.9, 1);

        Dataset moons = GeneratedSets.Parse("moons:60:0.1", 1);
        Assert.Equal("learns", Of(new Architecture(2, [8], Activation.Tanh), Initializer.Xavier, 1, 2000).Title);
        Assert.Equal("learns little in this time: small steps", Of(new Architecture(2, [8], Activation.Tanh), Initializer.Xavier, 0.001, 10).Title);
        Assert.StartsWith("diverges at iteration", Of(new Architecture(2, [8, 8, 8], Activation.Relu), Initializer.He, 1e80, 50).Title, StringComparison.Ordinal);

        Verdict Of(Architecture architecture, Initializer start, double rate, int iterations)
        {
            var spec = new RunSpec(architecture, start, new TrainingOptions { LearningRate = rate, Iterations = iterations });
            Comparison comparison = Comparison.Run([spec], PreparedData.Prepare(moons, architecture, spec.Training));
            return Verdict.Of(TrainedNetwork.Of(comparison)[0], comparison.Diagnose()[0], moons);
        }
    }

    [Fact]
    public void Each_start_tells_its_findings_with_their_advice_as_a_command()
    {
        (Comparison comparison, IReadOnlyList<TrainedNetwork> networks) = Pets();
        string page = Encoding.UTF8.GetString(ComparisonReport.Write(comparison, networks, comparison.Diagnose(), new Origin("stepzero compare --hidden 5,5 --iterations 60", "{}", "out")));
        string[] articles = [.. page.Split("<article>").Skip(1).Select(article => article.Split("</article>")[0])];
        Assert.Equal(3, articles.Length);
        Assert.Contains("severe</span> <strong>The units of each of layers 1 and 2 are identical, so every update keeps them identical.</strong>", articles[0], StringComparison.Ordinal);
        Assert.Contains("in and out, <strong>100%</strong>; threshold: above 50%.", articles[0], StringComparison.Ordinal);
        Assert.Contains("<pre>stepzero compare --hidden 5,5 --iterations 60 --init xavier</pre>", articles[0], StringComparison.Ordinal);
        Assert.Contains("findings.md#saturation", articles[1], StringComparison.Ordinal);
        Assert.DoesNotContain("symmetry", articles[2], StringComparison.Ordinal);
        Assert.DoesNotContain("saturation", articles[2], StringComparison.Ordinal);
        Assert.Contains("findings.md#offset", articles[2], StringComparison.Ordinal);
        Assert.Contains("--init xavier --scaling center</pre>", articles[2], StringComparison.Ordinal);

        // What several findings advise stands there once.
        Assert.All(articles, article => Assert.Distinct(Commands().Matches(article).Select(command => command.Value)));
    }

    [Fact]
    public void A_training_that_was_interrupted_has_no_findings()
    {
        using var interruption = new CancellationTokenSource();
        interruption.Cancel();
        Dataset moons = GeneratedSets.Parse("moons:20", 1);
        var architecture = new Architecture(2, [3], Activation.Tanh);
        var spec = new RunSpec(architecture, Initializer.Zeros, new TrainingOptions { Iterations = 5 });
        Comparison comparison = Comparison.Run([spec], PreparedData.Prepare(moons, architecture, spec.Training), cancellation: interruption.Token);
        Assert.Equal([null], comparison.Diagnose());
        string page = Encoding.UTF8.GetString(ComparisonReport.Write(comparison, TrainedNetwork.Of(comparison), comparison.Diagnose(), new Origin("stepzero compare", "{}", "out")));
        Assert.Contains("was interrupted", page, StringComparison.Ordinal);
        Assert.DoesNotContain("<h4>Findings</h4>", page, StringComparison.Ordinal);
    }

    /// <summary>A name of a file of weights is not its path, so the command keeps what it was given.</summary>
    [Fact]
    public void Advice_for_weights_of_a_file_keeps_the_file()
    {
        Dataset pets = GeneratedSets.Parse("pets:10:1", 1);
        var architecture = new Architecture(pets.FeatureCount, [3], Activation.Tanh);
        var start = Initializer.FromParameters("file:w.npz", Initializer.Xavier.Draw(architecture, 1));
        var spec = new RunSpec(architecture, start, new TrainingOptions { Iterations = 5 });
        Comparison comparison = Comparison.Run([spec], PreparedData.Prepare(pets, architecture, spec.Training));
        string list = FindingList.Write(comparison.Diagnose()[0]!, "stepzero compare --init file:/a/w.npz", alone: false);
        Assert.Contains("<pre>stepzero compare --init file:/a/w.npz --scaling center</pre>", list, StringComparison.Ordinal);
    }

    private static (Comparison, IReadOnlyList<TrainedNetwork>) Pets(int shadows = 0, int seeds = 0)
    {
        Dataset pets = GeneratedSets.Parse("pets:20:1", 1);
        var architecture = new Architecture(pets.FeatureCount, [5, 5], Activation.Tanh);
        RunSpec[] specs = [.. Starts.Select(start => new RunSpec(architecture, start, new TrainingOptions { Iterations = 60 }))];
        Comparison comparison = Comparison.Run(specs, PreparedData.Prepare(pets, architecture, specs[0].Training), null, shadows, seeds);
        return (comparison, TrainedNetwork.Of(comparison));
    }

    private static string Variable(string css, string name) => Regex.Match(css, $"--{name}: (#[0-9a-f]{{6}})").Groups[1].Value;

    private static double Contrast(string one, string other)
    {
        double a = Luminance(one), b = Luminance(other);
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    private static double Luminance(string color)
    {
        double[] linear = [.. Enumerable.Range(0, 3).Select(i => Convert.ToInt32(color.Substring(1 + (2 * i), 2), 16) / 255.0)
            .Select(value => value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4))];
        return (0.2126 * linear[0]) + (0.7152 * linear[1]) + (0.0722 * linear[2]);
    }

    [GeneratedRegex("<pre>stepzero [^<]*</pre>")]
    private static partial Regex Commands();

    [GeneratedRegex("<img [^>]*>")]
    private static partial Regex Images();

    [GeneratedRegex("<svg [^>]*>")]
    private static partial Regex Drawings();

    [Theory]
    [InlineData("stepzero compare", "--seeds 32", "stepzero compare --seeds 32")]
    [InlineData("stepzero compare --init he --data 'a b'", "--init random:0.1,xavier", "stepzero compare --data 'a b' --init random:0.1,xavier")]
    [InlineData("stepzero compare --hidden 3 --horizon", "--horizon", "stepzero compare --hidden 3 --horizon")]
    [InlineData("stepzero compare --iterations 5 --learning-rate 1", "--learning-rate 0.1 --iterations 25", "stepzero compare --learning-rate 0.1 --iterations 25")]
    public void A_step_takes_the_place_of_the_options_it_changes(string command, string options, string expected) =>
        Assert.Equal(expected, NextStep.WithOptions(command, options));
}
