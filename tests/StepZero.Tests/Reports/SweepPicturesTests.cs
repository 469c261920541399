using System.Text;
using System.Xml.Linq;
using SkiaSharp;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Reports;

public sealed class SweepPicturesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    public static TheoryData<string> Names => [.. DrawnSweeps.Names];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_that_is_written_lies_in_the_picture_and_no_two_texts_overlap(string name)
    {
        foreach ((string picture, Scene scene) in Scenes(name))
        {
            (string Text, SKRect Place)[] texts = [.. scene.Shapes.OfType<SceneLabel>().Select(label => (label.Text, DrawnTexts.PlaceOf(label)))];
            var frame = new SKRect(0, 0, scene.Width, scene.Height);
            Assert.All(texts, text => Assert.True(text.Text.Length > 0 && frame.Contains(text.Place), $"{picture}: {text}"));
            for (int i = 0; i < texts.Length; i++)
            {
                Assert.All(texts[..i], other => Assert.False(other.Place.IntersectsWith(texts[i].Place), $"{picture}: {other} and {texts[i]}"));
            }
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Marks_and_lines_keep_to_the_picture(string name)
    {
        foreach ((string picture, Scene scene) in Scenes(name))
        {
            var frame = new SKRect(0, 0, scene.Width, scene.Height);
            Assert.All(scene.Shapes.OfType<SceneLine>().SelectMany(line => line.Points).Concat(scene.Shapes.OfType<SceneArea>().SelectMany(area => area.Points)), point =>
                Assert.True(float.IsFinite(point.X) && float.IsFinite(point.Y) && point.X >= 0 && point.Y >= 0 && point.X <= scene.Width && point.Y <= scene.Height, $"{picture}: {point}"));
            Assert.All(scene.Shapes.OfType<SceneBox>(), box => Assert.True(frame.Contains(box.Place) && box.Place.Width >= 0, $"{picture}: {box.Place}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_files_repeat_to_the_byte_and_the_svg_is_well_formed(string name)
    {
        SweepSummary summary = DrawnSweeps.Summary(name);
        PictureFile[] files = [.. SweepPictures.Draw(summary.Results, summary)];
        Assert.Equal(files.Select(file => file.Content), SweepPictures.Draw(summary.Results, summary).Select(file => file.Content));
        Assert.Equal(files.Length / 2, files.Select(file => Path.GetFileNameWithoutExtension(file.Name)).Distinct().Count());
        foreach (PictureFile file in files.Where(file => file.Name.EndsWith(".svg", StringComparison.Ordinal)))
        {
            var svg = XElement.Parse(Encoding.UTF8.GetString(file.Content));
            string[] ids = [.. svg.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>()];
            Assert.All(svg.DescendantsAndSelf(), element => Assert.Equal(Svg, element.Name.Namespace));
            Assert.All(svg.Descendants().Select(element => element.Attribute("clip-path")?.Value).OfType<string>(), clip => Assert.Contains(clip["url(#".Length..^1], ids));
            Assert.All(svg.DescendantsAndSelf().Attributes(), attribute => Assert.DoesNotMatch("NaN|∞|Infinity", attribute.Value));
            Assert.NotEmpty(svg.Element(Svg + "title")!.Value);
            Assert.InRange(file.Content.Length, 1000, 400_000);
        }
    }

    [Theory]
    [InlineData("three", "strips curves settings effects")]
    [InlineData("grid", "strips curves settings effects pairs")]
    [InlineData("target", "strips strips-cost curves settings effects pairs")]
    [InlineData("single", "strips curves")]
    [InlineData("single target", "strips strips-cost curves")]
    public void There_is_a_picture_for_whatever_can_be_shown(string name, string pictures) => Assert.Equal(pictures, string.Join(' ', Scenes(name).Select(one => one.Name)));

    [Fact]
    public void Lines_over_hundreds_of_decades_do_not_run_together()
    {
        Scene scene = Strips(new SweepPlan([], [new SweepAxis("init", ["he", "xavier"])], [], seeds: 3), (setting, seed) => Math.Pow(10, 7 + (240 * setting) + seed));
        float[] at = [.. scene.Shapes.OfType<SceneLine>().Where(line => line.Points[0].X == line.Points[1].X).Select(line => line.Points[0].X).Distinct().Order()];
        Assert.InRange(at.Length, 5, 60);
    }

    /// <summary>Costs of 1, 10 and 100 lie at equal distances; the median of 1, 10, 10 stands at the second.</summary>
    [Fact]
    public void Each_training_is_a_dot_at_its_cost_on_a_logarithmic_axis_where_costs_span_decades()
    {
        double[][] costs = [[1, 10, 10], [1, 10, 100]];
        Scene scene = Strips(new SweepPlan([], [new SweepAxis("init", ["he", "xavier"])], [], seeds: 3), (setting, seed) => costs[setting][seed]);
        SceneBox[] dots = [.. scene.Shapes.OfType<SceneBox>().Where(box => box.Corner > 0 && box.Place.Bottom < scene.Height - 40)];
        Assert.Equal(6, dots.Length);
        float[] places = [.. dots.Select(dot => MathF.Round(dot.Place.MidX, 2)).Distinct().Order()];
        Assert.Equal(3, places.Length);
        Assert.Equal(places[1] - places[0], places[2] - places[1], 0.1f);
        SceneLine median = scene.Shapes.OfType<SceneLine>().First(line => line.Width == 2.2f);
        Assert.Equal(places[1], median.Points[0].X, 0.1f);
        Assert.Equal(["1", "10", "100"], Axis(scene).Intersect(["1", "10", "100"]));
        Assert.Contains(scene.Shapes.OfType<SceneLabel>(), label => label.Text == "cost (logarithmic)");
    }

    [Fact]
    public void Trainings_that_diverged_stand_in_a_lane_of_their_own_and_are_counted()
    {
        Scene scene = Strips(new SweepPlan([], [new SweepAxis("init", ["he", "xavier"])], [], seeds: 4), (setting, seed) => setting == 1 && seed < 3 ? double.PositiveInfinity : 0.2 + (0.1 * seed));
        SKRect lane = scene.Shapes.OfType<SceneBox>().First(box => box.Fill == SceneColors.Line.WithAlpha(90)).Place;
        SceneBox[] lost = [.. scene.Shapes.OfType<SceneBox>().Where(box => box.EdgeWidth is > 0 and < 1.5f)];
        Assert.Equal(3, lost.Length);
        Assert.All(lost, box => Assert.True(lane.Contains(box.Place)));
        Assert.Equal(5, scene.Shapes.OfType<SceneBox>().Count(box => box.Corner > 0 && box.Place.Bottom < lane.Bottom && box.Place.Right < lane.Left));
        Assert.Equal(["0/4", "3/4"], scene.Shapes.OfType<SceneLabel>().Select(label => label.Text).Where(text => text.EndsWith("/4", StringComparison.Ordinal)));
        Assert.Equal(2, scene.Shapes.OfType<SceneLabel>().Count(label => label.Text == "diverged" && label.X == lane.MidX));
    }

    /// <summary>With a target of 0.1 those of 0.05 and 0.09 reach it and that of 0.5 does not: 2 of 3, Wilson 20.8% to 93.9%.</summary>
    [Fact]
    public void With_a_target_the_share_that_reached_it_stands_beside_the_iterations_with_its_interval()
    {
        double[] costs = [0.05, 0.09, 0.5];
        Scene scene = Strips(new SweepPlan([], [new SweepAxis("init", ["he"])], [], seeds: 3, target: new TrainingTarget(TargetQuantity.Cost, 0.1)), (_, seed) => costs[seed]);
        float left = scene.Shapes.OfType<SceneLabel>().First(label => label.Text == "0").X, right = scene.Shapes.OfType<SceneLabel>().First(label => label.Text == "100%").X;
        SceneBox share = scene.Shapes.OfType<SceneBox>().Single(box => box.EdgeWidth == 1.5f);
        Assert.Equal(2 / 3.0, (share.Place.MidX - left) / (right - left), 0.002);
        SceneLine interval = scene.Shapes.OfType<SceneLine>().Single(line => line.Width == 3);
        Assert.Equal([0.208, 0.939], interval.Points.Select(point => Math.Round((point.X - left) / (right - left), 3)));
        Assert.Equal(2, scene.Shapes.OfType<SceneLabel>().Count(label => label.Text == "not reached"));
    }

    [Fact]
    public void Settings_that_cannot_be_told_apart_from_the_first_have_another_color()
    {
        Scene scene = Strips(new SweepPlan([], [new SweepAxis("init", ["he", "xavier", "zeros"])], [], seeds: 8), (setting, seed) => (setting == 2 ? 5 : 1 + (0.01 * setting)) + (0.1 * seed));
        Assert.Equal(16, Dots(1));
        Assert.Equal(8, Dots(0));

        int Dots(int color) => scene.Shapes.OfType<SceneBox>().Count(box => box.Corner > 0 && box.Fill.WithAlpha(255) == SceneColors.Of(color) && box.Place.Bottom < scene.Height - 40);
    }

    [Fact]
    public void Of_very_many_settings_the_best_and_evenly_spread_others_are_drawn_and_the_first_lies_on_top()
    {
        Scene scene = Scenes("many").Single(one => one.Name == "settings").Scene;
        SceneLine[] lines = [.. scene.Shapes.OfType<SceneLine>().Where(line => line.Points.Count == 5)];
        Assert.Equal(SweepLines.MostLines, lines.Length);
        Assert.Equal(120, lines.Count(line => line.Color.WithAlpha(255) == SceneColors.Of(1)));
        Assert.Equal(lines.Max(line => line.Points[^1].Y), lines[^1].Points[^1].Y);
        Assert.Contains("1,200 of 100,000 settings", Texts(scene), StringComparison.Ordinal);
        Scene few = Scenes("grid").Single(one => one.Name == "settings").Scene;
        Assert.Equal(108, few.Shapes.OfType<SceneLine>().Count(line => line.Points.Count == 4));
    }

    /// <summary>Rates of 0.001 to 10 are a decade apart each two; the names of networks stand at equal distances, the first at the top.</summary>
    [Fact]
    public void Axes_of_numbers_are_logarithmic_where_the_plan_is_and_others_are_lists()
    {
        SweepPlan plan = DrawnSweeps.Grid(1, null);
        (int rate, int hidden) = (plan.Names.ToList().IndexOf("learning-rate"), plan.Names.ToList().IndexOf("hidden"));
        var rates = OptionAxis.Of(plan, rate, 100, 500);
        Assert.Equal(rates.Y("0.1") - rates.Y("1"), rates.Y("0.001") - rates.Y("0.01"), 0.01f);
        Assert.InRange(rates.Y("10"), 100, 130);
        var networks = OptionAxis.Of(plan, hidden, 100, 500);
        Assert.Equal(networks.Y("5,5") - networks.Y("5"), networks.Y("8,8,8") - networks.Y("5,5"), 0.01f);
        Assert.True(networks.Y("5") < networks.Y("8,8,8"));
        var drawn = OptionAxis.Of(DrawnSweeps.Random(3, 1), 2, 100, 500);
        Assert.Equal([500f, 300, 100], ((string[])["0", "0.5", "1"]).Select(drawn.Y));
    }

    [Fact]
    public void Bars_are_as_long_as_the_shares_that_options_explain()
    {
        SweepSummary summary = DrawnSweeps.Summary("grid");
        Scene scene = SweepEffects.Of(summary)!;
        float left = scene.Shapes.OfType<SceneLabel>().Single(label => label.Text == "0%").X, right = scene.Shapes.OfType<SceneLabel>().Single(label => label.Text == "100%").X;
        double[] bars = [.. scene.Shapes.OfType<SceneBox>().Where(box => box.Place.Left == left && box.Place.Height == 14).Select(box => (double)(box.Place.Width / (right - left)))];
        Effects effects = summary.Effects!;
        double[] expected = [.. effects.Main.Select(effect => effect.Share).OrderDescending(), .. effects.Interactions.Take(2).Select(effect => effect.Share), 1 - effects.Settings!.Value];
        Assert.Equal(expected.Length, bars.Length);
        Assert.All(expected.Zip(bars), pair => Assert.Equal(pair.First, pair.Second, 0.001));
    }

    /// <summary>A cell holds the median over all that has both values; the best is framed.</summary>
    [Fact]
    public void Cells_of_pairs_hold_the_median_of_their_trainings()
    {
        var plan = new SweepPlan([], [new SweepAxis("init", ["he", "xavier"]), new SweepAxis("hidden", ["5", "9", "13"])], [], seeds: 3);
        var summary = SweepSummary.Of(DrawnSweeps.Of(plan, (setting, seed) => plan.Values(setting) is var values && values[plan.Names.ToList().IndexOf("init")] == "he" ? seed + double.Parse(values[plan.Names.ToList().IndexOf("hidden")], null) : 100 + seed));
        Scene scene = SweepPairs.Of(summary)!;
        string[] texts = [.. scene.Shapes.OfType<SceneLabel>().Select(label => label.Text)];
        Assert.All((string[])["6", "10", "14"], median => Assert.Single(texts, median));
        Assert.Equal(3, texts.Count(text => text == "101"));
        SceneBox framed = scene.Shapes.OfType<SceneBox>().Single(box => box.EdgeWidth > 0);
        Assert.True(framed.Place.Contains(scene.Shapes.OfType<SceneLabel>().Single(label => label.Text == "6").X, framed.Place.MidY));
    }

    /// <summary>The numbers of values agree with those of the statistics, of options that are drawn and of sweeps with holes too.</summary>
    [Fact]
    public void Curves_of_the_best_carry_their_names_and_the_middle_of_the_ranking_is_there_to_compare()
    {
        SweepSummary summary = DrawnSweeps.Summary("grid");
        Scene scene = SweepCurves.Of(summary)!;
        SceneLine[] medians = [.. scene.Shapes.OfType<SceneLine>().Where(line => line.Clip is not null)];
        Assert.Equal(5, medians.Length);
        Assert.Equal(1, medians.Count(line => line.Dash > 0));
        Assert.Equal(5, scene.Shapes.OfType<SceneArea>().Count());
        Assert.Contains(scene.Shapes.OfType<SceneLabel>(), label => label.Text.StartsWith("1: ", StringComparison.Ordinal));
        Assert.Contains(scene.Shapes.OfType<SceneLabel>(), label => label.Text.StartsWith("55 (middle): ", StringComparison.Ordinal));
        Assert.Empty(SweepCurves.Of(DrawnSweeps.Summary("random"))!.Shapes.OfType<SceneArea>());
    }

    [Theory]
    [InlineData("random:0.012345:normal", 1000, "random:0.012345:normal")]
    [InlineData("random:0.012345:normal", 100, "random…ormal")]
    [InlineData("random:0.012345:normal", 3, "…")]
    public void Long_names_keep_their_beginning_and_their_end(string text, float room, string expected)
    {
        string fitting = SceneText.Fit(text, 13, room);
        Assert.Equal(expected, fitting);
        Assert.True(SceneLabel.WidthOf(fitting, 13) <= room || fitting == "…");
    }

    [Fact]
    public void Narrow_columns_keep_their_width_where_wide_ones_must_share()
    {
        Assert.Equal([10f, 45, 45], SceneText.Share([10, 80, 300], 100));
        Assert.Equal([10f, 20, 30], SceneText.Share([10, 20, 30], 100));
    }

    private static IEnumerable<(string Name, Scene Scene)> Scenes(string name) => SweepPictures.Scenes(DrawnSweeps.Summary(name).Results, DrawnSweeps.Summary(name));

    private static Scene Strips(SweepPlan plan, Func<long, int, double> cost) => SweepStrips.Of(SweepSummary.Of(DrawnSweeps.Of(plan, cost)));

    private static string Texts(Scene scene) => string.Join('\n', scene.Shapes.OfType<SceneLabel>().Select(label => label.Text));

    /// <summary>The names of the marks above the rows.</summary>
    private static IEnumerable<string> Axis(Scene scene)
    {
        float top = scene.Shapes.OfType<SceneLabel>().First(label => label.Text == "median").Y;
        return scene.Shapes.OfType<SceneLabel>().Where(label => label.Y == top && label.Align == SKTextAlign.Center).Select(label => label.Text);
    }
}
