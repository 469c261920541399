using SkiaSharp;
using StepZero.Data;
using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>The drawing of a map: pixels, axes, what lies over them, and the legend.</summary>
internal static class MapDrawing
{
    private const float TickSize = 13, NameSize = 14.5f, TitleSize = 18, SubtitleSize = 13.5f;
    private const float Edge = 16, TitleHeight = 62, LongMark = 6, ShortMark = 3.5f, TickRoom = 24, NameRoom = 30, LegendGap = 26;

    /// <summary>Letters grow with maps that are larger than this.</summary>
    private const float UsualSide = 1000;

    private static readonly SKColor Ink = SKColor.Parse("#1C2024");
    private static readonly SKColor Soft = SKColor.Parse("#545C66");

    /// <summary>The drawing.</summary>
    /// <param name="map">The map, as far as it is trained.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="guides">What is drawn over it.</param>
    public static Scene Of(Map map, Dataset data, IReadOnlyList<MapGuide> guides)
    {
        var colors = new MapColors(map);
        var layer = new MapGuideLayer(map, guides);
        var legend = new MapLegend(map, colors, layer.Outside);
        SKSizeI size = MapFrame.SizeOf(map);
        float unit = Math.Max(1, Math.Max(size.Width, size.Height) / UsualSide);
        IReadOnlyList<MapTick> xTicks = XTicks(map, size.Width, unit), yTicks = MapTicks.Of(map.Spec.Y, map.Y, Math.Clamp((int)(size.Height / (60 * unit)), 3, 10));
        float letters = yTicks.Max(tick => SceneLabel.WidthOf(tick.Text, TickSize * unit));
        float left = MathF.Ceiling(letters + ((Edge + NameRoom + LongMark + 4) * unit)), top = MathF.Ceiling((TitleHeight + layer.Above) * unit);
        var frame = new MapFrame(map, SKRect.Create(left, top, size.Width, size.Height), unit);
        float legendLeft = frame.Plot.Right + ((layer.Beside + LegendGap) * unit);
        float height = Math.Max(size.Height, legend.LeastHeight * unit);
        SceneShape[] shapes = [
            .. Title(map, data, left, legendLeft + (MapLegend.Width * unit) - left, unit),
            new SceneImage(colors.Draw(MapFrame.MostSide), frame.Plot), Frame(frame),
            .. XAxis(frame, xTicks), .. YAxis(frame, yTicks), .. layer.Draw(frame), .. legend.Draw(legendLeft, top, height, unit)];
        string description = $"{MapText.Of(map.Spec, data)}: {MapText.Of(map.Spec, data.SampleCount)}, by {MapText.Of(map.Spec.X)} and {MapText.Of(map.Spec.Y)}";
        return new Scene(
            (int)MathF.Ceiling(legendLeft + (MapLegend.Width * unit)), (int)MathF.Ceiling(top + Math.Max(height + (Edge * unit), size.Height + ((TickRoom + NameRoom + Edge) * unit))), description, shapes);
    }

    private static IReadOnlyList<MapTick> XTicks(Map map, int width, float unit)
    {
        // As many as there is room for: the digits of short ranges are long.
        for (int wished = 10; ; wished--)
        {
            IReadOnlyList<MapTick> ticks = MapTicks.Of(map.Spec.X, map.X, wished);
            if (wished == 2 || ticks.Where(tick => tick.Text.Length > 0).Sum(tick => SceneLabel.WidthOf(tick.Text, TickSize * unit) + (16 * unit)) < width)
            {
                return ticks;
            }
        }
    }

    private static IEnumerable<SceneShape> Title(Map map, Dataset data, float left, float room, float unit)
    {
        string title = MapText.Of(map.Spec, data), trainings = map.Spec.PixelCount == 1 ? "The one pixel is a training." : $"Each of the {Figures.Count(map.Spec.PixelCount)} pixels is a training.";
        string measure = MapText.Of(map.Spec, data.SampleCount);
        yield return Line(title, 27, TitleSize, Ink, true);
        yield return Line($"{char.ToUpperInvariant(measure[0])}{measure[1..]}. {trainings}", 49, SubtitleSize, Soft, false);

        SceneLabel Line(string text, float y, float size, SKColor color, bool bold) =>
            new(text, left, y * unit, unit * size * Math.Min(1, room / SceneLabel.WidthOf(text, size * unit, bold)), color, bold);
    }

    private static SceneBox Frame(MapFrame frame)
    {
        SKRect around = frame.Plot;
        around.Inflate(0.5f, 0.5f);
        return new SceneBox(around, SKColors.Transparent, Ink, 1);
    }

    private static IEnumerable<SceneShape> XAxis(MapFrame frame, IReadOnlyList<MapTick> ticks)
    {
        (float foot, float unit) = (frame.Plot.Bottom, frame.Unit);
        foreach (MapTick tick in ticks)
        {
            float x = frame.Plot.Left + ((float)tick.Place / frame.Map.Spec.Columns * frame.Plot.Width);
            yield return new SceneLine([new SKPoint(x, foot + 1), new SKPoint(x, foot + 1 + (Mark(tick) * unit))], Ink, unit);
            if (tick.Text.Length > 0)
            {
                yield return new SceneLabel(tick.Text, x, foot + (TickRoom * unit), TickSize * unit, Ink, Align: SKTextAlign.Center);
            }
        }

        yield return new SceneLabel(MapText.Of(frame.Map.Spec.X), frame.Plot.MidX, foot + ((TickRoom + NameRoom - 4) * unit), NameSize * unit, Ink, Align: SKTextAlign.Center);
    }

    private static IEnumerable<SceneShape> YAxis(MapFrame frame, IReadOnlyList<MapTick> ticks)
    {
        (float left, float unit) = (frame.Plot.Left, frame.Unit);
        foreach (MapTick tick in ticks)
        {
            float y = frame.Plot.Bottom - ((float)tick.Place / frame.Map.Spec.Rows * frame.Plot.Height);
            yield return new SceneLine([new SKPoint(left - 1 - (Mark(tick) * unit), y), new SKPoint(left - 1, y)], Ink, unit);
            if (tick.Text.Length > 0)
            {
                yield return new SceneLabel(tick.Text, left - ((LongMark + 5) * unit), y + (4.6f * unit), TickSize * unit, Ink, Align: SKTextAlign.Right);
            }
        }

        yield return new SceneLabel(MapText.Of(frame.Map.Spec.Y), (Edge + 10) * unit, frame.Plot.MidY, NameSize * unit, Ink, Align: SKTextAlign.Center, Upright: true);
    }

    private static float Mark(MapTick tick) => tick.Text.Length > 0 ? LongMark : ShortMark;
}
