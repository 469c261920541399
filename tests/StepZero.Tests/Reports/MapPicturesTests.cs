using System.Text;
using System.Xml.Linq;
using SkiaSharp;
using StepZero.Maps;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

public sealed class MapPicturesTests
{
    private static readonly XNamespace Svg = "http://www.w3.org/2000/svg";

    private static readonly Dictionary<string, (Map Map, MapGuide[] Guides)> Situations = new()
    {
        ["usual"] = (DrawnMaps.Falling(DrawnMaps.Spec()), Guides()),
        ["small"] = (DrawnMaps.Falling(DrawnMaps.Spec(columns: 3, rows: 2)), Guides()),
        ["one pixel"] = (DrawnMaps.Falling(DrawnMaps.Spec(columns: 1, rows: 1)), []),
        ["flat"] = (DrawnMaps.Falling(DrawnMaps.Spec(columns: 200, rows: 2, measure: "convergence")), Guides()),
        ["high"] = (DrawnMaps.Falling(DrawnMaps.Spec(columns: 2, rows: 150)), Guides()),
        ["large"] = (DrawnMaps.Falling(DrawnMaps.Spec(columns: 1200, rows: 330)), Guides()),
        ["turned"] = (DrawnMaps.Falling(DrawnMaps.Spec("learning-rate:0.001..1000:log", "gain:0.01..100:log", measure: "accuracy")), Turned()),
        ["deep"] = (DrawnMaps.Falling(DrawnMaps.Spec("depth:1..10", "width:1..300:log", 10, 40)), []),
        ["close"] = (DrawnMaps.Falling(DrawnMaps.Spec("learning-rate.1:1.234567890123..1.234567890155:log", "learning-rate.2:1.2345678..1.2345679")), []),
        ["converged"] = (DrawnMaps.Of(DrawnMaps.Spec(), (column, row) => DrawnMaps.Converged(1 + (1e-7 * column))), Guides()),
        ["diverged"] = (DrawnMaps.Of(DrawnMaps.Spec(), (_, _) => DrawnMaps.Diverged(1)), Guides()),
        ["unreached"] = (DrawnMaps.Of(DrawnMaps.Spec(measure: "iterations:0.1"), (column, _) => DrawnMaps.Converged(column < 9 ? column : double.NaN, 0.2)), Guides()),
        ["empty"] = (new Map(DrawnMaps.Spec()), Guides()),
        ["crowded"] = (DrawnMaps.Falling(DrawnMaps.Spec()), [.. Enumerable.Range(0, 9).Select(i => Upright($"random:{i} & more of <it>", 1 + (0.1 * i))),
            .. Enumerable.Range(0, 5).Select(i => new MapGuide(MapGuideKind.Start, $"start {i}", [new(3 + (0.2 * i), 3)]))]),
    };

    public static TheoryData<string> Names => [.. Situations.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void All_that_is_written_lies_in_the_picture_and_no_two_texts_overlap(string situation)
    {
        using Scene scene = Scene(situation);
        (string Text, SKRect Place)[] texts = [.. scene.Shapes.OfType<SceneLabel>().Select(label => (label.Text, DrawnTexts.PlaceOf(label)))];
        var picture = new SKRect(0, 0, scene.Width, scene.Height);
        Assert.All(texts, text => Assert.True(picture.Contains(text.Place), $"{text}"));
        for (int i = 0; i < texts.Length; i++)
        {
            Assert.All(texts[..i], other => Assert.False(other.Place.IntersectsWith(texts[i].Place), $"{other} and {texts[i]}"));
        }
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Marks_and_lines_keep_to_their_places(string situation)
    {
        using Scene scene = Scene(situation);
        SKRect plot = scene.Shapes.OfType<SceneImage>().First().Place;
        SKRect wider = SKRect.Inflate(plot, 1.5f, 1.5f);
        Assert.All(scene.Shapes.OfType<SceneArea>(), area => Assert.Equal(plot, area.Clip));
        foreach (SceneLine line in scene.Shapes.OfType<SceneLine>())
        {
            Assert.All(line.Points, point => Assert.True(float.IsFinite(point.X) && float.IsFinite(point.Y)));
            Assert.True(line.Clip == plot || line.Points.All(point => point.X >= 0 && point.Y >= 0 && point.X <= scene.Width && point.Y <= scene.Height));
        }

        // A mark of an axis stands beside a pixel of the map.
        SceneLine[] below = [.. scene.Shapes.OfType<SceneLine>().Where(line => line.Clip is null && line.Points.All(point => point.Y > plot.Bottom) && line.Points[0].X == line.Points[1].X)];
        Assert.NotEmpty(below);
        Assert.All(below, line => Assert.InRange(line.Points[0].X, wider.Left, wider.Right));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_svg_is_well_formed_and_refers_to_what_it_holds(string situation)
    {
        XElement svg = Read(situation);
        Assert.All(svg.DescendantsAndSelf(), element => Assert.Equal(Svg, element.Name.Namespace));
        Assert.All(svg.Descendants(Svg + "image"), image => Assert.StartsWith("data:image/png;base64,", image.Attribute("href")!.Value, StringComparison.Ordinal));
        string[] ids = [.. svg.Descendants().Select(element => element.Attribute("id")?.Value).OfType<string>()];
        Assert.Equal(ids.Length, ids.Distinct().Count());
        Assert.All(svg.Descendants().Select(element => element.Attribute("clip-path")?.Value).OfType<string>(), clip => Assert.Contains(clip["url(#".Length..^1], ids));
        Assert.All(svg.Descendants().Attributes().Where(attribute => attribute.Name != "href"), attribute => Assert.DoesNotMatch("NaN|∞|Infinity", attribute.Value));
        Assert.NotEmpty(svg.Element(Svg + "title")!.Value);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_same_map_gives_the_same_bytes(string situation)
    {
        (Map map, MapGuide[] guides) = Situations[situation];
        Assert.Equal(MapPictures.Draw(map, DrawnMaps.Data, guides).Select(one => one.Content), MapPictures.Draw(map, DrawnMaps.Data, guides).Select(one => one.Content));
    }

    /// <summary>The PNG and the picture in the SVG show each pixel in the color of its value, the first row at the bottom.</summary>
    [Theory]
    [InlineData("small")]
    [InlineData("flat")]
    [InlineData("large")]
    [InlineData("deep")]
    public void Each_pixel_has_its_color(string situation)
    {
        (Map map, _) = Situations[situation];
        IReadOnlyList<PictureFile> files = MapPictures.Draw(map, DrawnMaps.Data, []);
        Assert.Equal(["map.png", "map.svg"], files.Select(file => file.Name));
        using Scene scene = MapDrawing.Of(map, DrawnMaps.Data, []);
        SKRect plot = scene.Shapes.OfType<SceneImage>().First().Place;
        using var png = SKBitmap.Decode(files[0].Content);
        using var embedded = SKBitmap.Decode(Convert.FromBase64String(Parse(files[1]).Element(Svg + "image")!.Attribute("href")!.Value.Split(',')[1]));
        Assert.Equal((map.Spec.Columns, map.Spec.Rows), (embedded.Width, embedded.Height));
        var colors = new MapColors(map);
        (float width, float height) = (plot.Width / map.Spec.Columns, plot.Height / map.Spec.Rows);
        Assert.Equal((0, 0), (width % 1, height % 1));
        for (int i = 0; i < map.Spec.PixelCount; i += Math.Max(1, map.Spec.PixelCount / 999))
        {
            (int column, int row) = (i % map.Spec.Columns, i / map.Spec.Columns);
            SKColor expected = colors.Of(map[column, row]);
            Assert.Equal(expected, embedded.GetPixel(column, map.Spec.Rows - 1 - row));
            (float left, float foot) = (plot.Left + (column * width), plot.Bottom - (row * height));
            Assert.Equal(expected, png.GetPixel((int)left, (int)foot - 1));
            Assert.Equal(expected, png.GetPixel((int)(left + width) - 1, (int)(foot - height)));
        }
    }

    [Theory]
    [InlineData("usual", 900, 1100)]
    [InlineData("small", 900, 1100)]
    [InlineData("one pixel", 900, 1100)]
    [InlineData("flat", 900, 1250)]
    [InlineData("large", 1300, 1800)]
    public void Small_maps_are_enlarged_and_large_ones_shown_one_to_one(string situation, int least, int most)
    {
        using Scene scene = Scene(situation);
        Assert.InRange(scene.Width, least, most);
    }

    [Fact]
    public void A_map_larger_than_a_picture_is_drawn_smaller()
    {
        using Scene scene = MapDrawing.Of(DrawnMaps.Falling(DrawnMaps.Spec(columns: 20_000, rows: 2)), DrawnMaps.Data, []);
        Assert.InRange(scene.Width, 8192, 12_000);
    }

    [Fact]
    public void Lines_lie_at_their_values_and_carry_their_names_where_they_leave_the_map()
    {
        using Scene scene = Scene("usual");
        SKRect plot = scene.Shapes.OfType<SceneImage>().First().Place;
        float tenth = plot.Left + (plot.Width * ((0.25f * 31) + 0.5f) / 32);
        SceneLine line = Assert.Single(scene.Shapes.OfType<SceneLine>(), line => line.Clip is not null && line.Color == SKColors.White && Math.Abs(line.Points[0].X - tenth) < 0.1);
        Assert.Equal([plot.Bottom, plot.Top], line.Points.Select(point => MathF.Round(point.Y, 2)));
        Assert.Equal(tenth, line.Points[1].X, 0.01f);
        Assert.All((string[])["tenth", "band"], name => Assert.InRange(Label(scene, name).Y, plot.Top - 40, plot.Top));
        Assert.InRange(Label(scene, "rate 10").X, plot.Right, plot.Right + 40);
        Assert.True(plot.Contains(Label(scene, "chosen").X, Label(scene, "chosen").Y));
        SceneLabel[] legend = [.. scene.Shapes.OfType<SceneLabel>().SkipWhile(label => label.Text != "Outside the map:")];
        Assert.Equal(["Outside the map:", "far away", "zero"], legend.Select(label => label.Text));
    }

    [Fact]
    public void The_legend_says_how_many_converged_and_what_the_colors_are_worth()
    {
        MapSpec spec = DrawnMaps.Spec(columns: 10, rows: 1, measure: "iterations:0.1");
        Map map = DrawnMaps.Of(spec, (column, _) => column < 5 ? DrawnMaps.Converged(1000 * column, 0.05) : column < 7 ? DrawnMaps.Converged(double.NaN, 0.3) : DrawnMaps.Diverged(column * column));
        using Scene scene = MapDrawing.Of(map, DrawnMaps.Data, []);
        string[] texts = [.. scene.Shapes.OfType<SceneLabel>().Select(label => label.Text)];
        Assert.Equal(
            ["converged: 70%", "iterations needed", "4,000", "2,000", "0", "did not converge: 30%", "stayed low: Σ first cost/cost", "81", "64", "49", "target not reached: 20%"],
            texts.SkipWhile(text => !text.StartsWith("converged", StringComparison.Ordinal)));
        Assert.Equal(["moons:40:0.1, 2-5-5-1, tanh, xavier", "Iterations until the cost is 0.1. Each of the 10 pixels is a training."], texts[..2]);
        Assert.Contains("gain of the initial weights", texts);
        Assert.Contains("learning rate", texts);
    }

    [Fact]
    public void Digits_of_the_legend_tell_values_apart()
    {
        using Scene scene = Scene("converged");
        string[] texts = [.. scene.Shapes.OfType<SceneLabel>().Select(label => label.Text).SkipWhile(text => text != "cost at the end").Skip(1).TakeWhile(text => text.StartsWith('1'))];
        Assert.Equal(5, texts.Distinct().Count());
        Assert.Equal("1.0000031", texts[0]);
        double[] close = [200.61, 200.52, 197, 200.43];
        using Scene four = MapDrawing.Of(DrawnMaps.Of(DrawnMaps.Spec(columns: 4, rows: 1), (column, _) => DrawnMaps.Diverged(close[column])), DrawnMaps.Data, []);
        Assert.Equal(["200.61", "200.52", "197"], four.Shapes.OfType<SceneLabel>().SkipWhile(label => label.Text != "stayed low: Σ first cost/cost").Skip(1).Select(label => label.Text));
        Assert.Contains("converged: all", scene.Shapes.OfType<SceneLabel>().Select(label => label.Text));
        Assert.Contains("did not converge: none", scene.Shapes.OfType<SceneLabel>().Select(label => label.Text));
        using Scene same = Scene("diverged");
        Assert.Equal("1", same.Shapes.OfType<SceneLabel>().SkipWhile(label => label.Text != "stayed low: Σ first cost/cost").Skip(1).First().Text);
    }

    [Theory]
    [InlineData("depth:1..10", "gain:0.1..10:log", "2-5×depth-1")]
    [InlineData("gain:0.1..10:log", "width:1..10", "2-width-width-1")]
    [InlineData("depth:1..10", "width:1..10", "2-width×depth-1")]
    public void Layers_that_change_have_names(string x, string y, string expected) => Assert.Equal(expected, MapText.Layers(DrawnMaps.Spec(x, y)));

    [Fact]
    public void Long_numbers_of_initializers_are_shortened_in_the_title()
    {
        MapSpec fractal = MapPreset.Parse("fractal-tanh").SpecFor(4, 4);
        Assert.Equal("moons:40:0.1, 16-16-1, tanh, random:0.354:normal+random:0.0625:normal", MapText.Of(fractal, DrawnMaps.Data));
    }

    [Fact]
    public void Bands_lie_below_all_lines()
    {
        using Scene scene = Scene("turned");
        SceneShape[] over = [.. scene.Shapes.Where(shape => shape is SceneArea or SceneLine { Clip: not null })];
        Assert.IsType<SceneArea>(over[0]);
        Assert.All(over[1..], shape => Assert.IsType<SceneLine>(shape));
    }

    private static Scene Scene(string situation) => MapDrawing.Of(Situations[situation].Map, DrawnMaps.Data, Situations[situation].Guides);

    private static XElement Read(string situation) => Parse(MapPictures.Draw(Situations[situation].Map, DrawnMaps.Data, Situations[situation].Guides)[1]);

    private static XElement Parse(PictureFile file) => XElement.Parse(Encoding.UTF8.GetString(file.Content));

    private static SceneLabel Label(Scene scene, string text) => scene.Shapes.OfType<SceneLabel>().Single(label => label.Text == text);

    private static MapGuide Upright(string label, double gain) => new(MapGuideKind.Start, label, [new(gain, 0.001), new(gain, 1000)]);

    /// <summary>Lines up, across, falling and outside, a band, places, one of them at a corner, and one that a logarithmic axis has no place for.</summary>
    private static MapGuide[] Guides() => [
        Upright("tenth", 0.1), Upright("band", 1) with { OtherEdge = [new(2, 0.001), new(2, 1000)] }, Upright("far away", 1e4), new(MapGuideKind.Start, "zero", [new(0, 1)]),
        new(MapGuideKind.StableRate, "rate 10", [new(0.01, 10), new(100, 10)]), new(MapGuideKind.CriticalLine, "falls", [.. Enumerable.Range(0, 30).Select(i => new MapPlace(0.02 * Math.Pow(1.3, i), 1 / Math.Pow(1.5, i)))]),
        new(MapGuideKind.Setting, "chosen", [new(3, 0.5)]), new(MapGuideKind.Start, "corner", [new(100, 1000)]), new(MapGuideKind.Start, "beside", [new(3.3, 0.5)])];

    private static MapGuide[] Turned() => [.. Guides().Select(guide => guide with
    {
        Points = [.. guide.Points.Select(place => new MapPlace(place.Y, place.X))],
        OtherEdge = guide.OtherEdge is null ? null : [.. guide.OtherEdge.Select(place => new MapPlace(place.Y, place.X))],
    })];
}
