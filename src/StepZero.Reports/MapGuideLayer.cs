using SkiaSharp;
using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>The lines and places over a map, white with a dark edge so that they stand out from all its colors, and their names, which keep out of each other's way.</summary>
internal sealed class MapGuideLayer
{
    private const int LongestName = 26;
    private const int MostSteps = 8;
    private const float NameSize = 13;
    private const float Gap = 10;
    private const float LineDistance = 17;
    private const float Casing = 4.6f, Core = 2.2f, EdgeOfBand = 0.6f, Dash = 7, Dot = 2.6f;
    private const float MarkRadius = 7;

    private static readonly SKColor Dark = SKColor.Parse("#15191E");
    private static readonly SKColor Ink = SKColor.Parse("#1C2024");
    private static readonly SKColor Leader = SKColor.Parse("#7A828C");
    private static readonly SKColor Paper = SKColors.White.WithAlpha(225);
    private static readonly SKColor Band = SKColors.White.WithAlpha(40);

    private readonly MapPath[] paths;

    /// <summary>The guides of a map.</summary>
    public MapGuideLayer(Map map, IReadOnlyList<MapGuide> guides) => paths = [.. guides.Select(guide => MapPath.Of(map, guide))];

    /// <summary>The names of those that nothing is seen of.</summary>
    public IEnumerable<string> Outside => paths.Where(path => path.Edge == MapEdge.None).Select(path => Name(path.Guide));

    /// <summary>The room above the map for names, in units.</summary>
    public float Above => paths.Any(path => path.Edge == MapEdge.Top) ? 34 : 0;

    /// <summary>The room at the right of the map for names, in units.</summary>
    public float Beside => paths.Where(path => path.Edge == MapEdge.Right).Select(path => SceneLabel.WidthOf(Name(path.Guide), NameSize) + 24).DefaultIfEmpty(0).Max();

    /// <summary>All that is drawn.</summary>
    public IEnumerable<SceneShape> Draw(MapFrame frame) => [
        .. paths.Where(path => path.OtherLine is not []).Select(path => new SceneArea([.. path.Line.Concat(path.OtherLine.Reverse()).Select(frame.At)], Band, frame.Plot)),
        .. paths.Where(path => path.Edge != MapEdge.None).SelectMany(path => Line(frame, path)),
        .. NamesAbove(frame), .. NamesBeside(frame), .. NamesInside(frame)];

    private static string Name(MapGuide guide) => OneLine.Of(guide.Label, LongestName);

    private static SceneShape[] Line(MapFrame frame, MapPath path)
    {
        float unit = frame.Unit;
        SKPoint[] line = [.. path.Line.Select(frame.At)], other = [.. path.OtherLine.Select(frame.At)];
        if (line is [SKPoint place])
        {
            return path.Guide.Kind == MapGuideKind.Setting ? Cross(place, unit) : Ring(place, unit);
        }

        float dash = unit * path.Guide.Kind switch { MapGuideKind.StableRate => Dash, MapGuideKind.CriticalLine => Dot, _ => 0 };
        float thick = other is [] ? unit : EdgeOfBand * unit;
        return [.. Cased(line), .. other is [] ? [] : Cased(other)];

        SceneShape[] Cased(SKPoint[] points) =>
            [new SceneLine(points, Dark, Casing * thick, 0, frame.Plot), new SceneLine(points, SKColors.White, Core * thick, dash, frame.Plot)];
    }

    private static SceneShape[] Ring(SKPoint place, float unit)
    {
        return [Circle(Dark, Casing), Circle(SKColors.White, Core)];

        SceneBox Circle(SKColor color, float width)
        {
            float radius = MarkRadius * unit;
            return new SceneBox(new SKRect(place.X - radius, place.Y - radius, place.X + radius, place.Y + radius), SKColors.Transparent, color, width * unit, radius);
        }
    }

    private static SceneShape[] Cross(SKPoint place, float unit)
    {
        float reach = 1.3f * MarkRadius * unit, more = unit;
        return [.. Both(Dark, 5.4f, reach + more), .. Both(SKColors.White, 2.8f, reach)];

        SceneShape[] Both(SKColor color, float width, float arm) => [
            new SceneLine([place - new SKPoint(arm, 0), place + new SKPoint(arm, 0)], color, width * unit),
            new SceneLine([place - new SKPoint(0, arm), place + new SKPoint(0, arm)], color, width * unit)];
    }

    private IEnumerable<SceneShape> NamesAbove(MapFrame frame)
    {
        MapPath[] above = [.. paths.Where(path => path.Edge == MapEdge.Top).OrderBy(path => path.Anchor.X)];
        float size = NameSize * frame.Unit, gap = Gap * frame.Unit;
        float[] widths = [.. above.Select(path => SceneLabel.WidthOf(Name(path.Guide), size) + gap)];
        float shrink = Math.Min(1, frame.Plot.Width / Math.Max(1, widths.Sum()));
        float[] middles = Spread([.. above.Select(path => frame.At(path.Anchor).X)], [.. widths.Select(width => width * shrink)], frame.Plot.Left, frame.Plot.Right);
        float foot = frame.Plot.Top - (16 * frame.Unit);
        for (int i = 0; i < above.Length; i++)
        {
            yield return new SceneLine([new SKPoint(frame.At(above[i].Anchor).X, frame.Plot.Top), new SKPoint(middles[i], foot)], Leader, frame.Unit);
            yield return new SceneLabel(Name(above[i].Guide), middles[i], foot - (4 * frame.Unit), size * shrink, Ink, Align: SKTextAlign.Center);
        }
    }

    private IEnumerable<SceneShape> NamesBeside(MapFrame frame)
    {
        MapPath[] beside = [.. paths.Where(path => path.Edge == MapEdge.Right)];
        double[] places = CostAxis.Spread([.. beside.Select(path => (double)frame.At(path.Anchor).Y)], LineDistance * frame.Unit, frame.Plot.Top, frame.Plot.Bottom);
        float at = frame.Plot.Right + (16 * frame.Unit);
        for (int i = 0; i < beside.Length; i++)
        {
            float y = (float)places[i];
            yield return new SceneLine([new SKPoint(frame.Plot.Right, frame.At(beside[i].Anchor).Y), new SKPoint(at, y)], Leader, frame.Unit);
            yield return new SceneLabel(Name(beside[i].Guide), at + (4 * frame.Unit), y + (4.5f * frame.Unit), NameSize * frame.Unit, Ink);
        }
    }

    /// <summary>Names beside places, on whichever side is free of other names and places.</summary>
    private List<SceneShape> NamesInside(MapFrame frame)
    {
        MapPath[] inside = [.. paths.Where(path => path.Edge == MapEdge.Inside)];
        float unit = frame.Unit, height = 20 * unit, away = (MarkRadius + 7) * unit;
        List<SKRect> taken = [.. inside.Where(path => path.Line.Count == 1).Select(path => frame.At(path.Anchor)).Select(at => new SKRect(at.X - away, at.Y - away, at.X + away, at.Y + away))];
        var shapes = new List<SceneShape>();
        foreach (MapPath path in inside)
        {
            string name = Name(path.Guide);
            SKPoint at = frame.At(path.Anchor);
            float width = SceneLabel.WidthOf(name, NameSize * unit) + (10 * unit);
            SKRect[] choices = path.Line.Count > 1
                ? [Box(at.X + (6 * unit), at.Y - height - (6 * unit)), Box(at.X - (6 * unit) - width, at.Y - height - (6 * unit)), .. Around()]
                : [.. Around()];
            SKRect[] within = [.. choices.Where(frame.Plot.Contains)];
            SKRect place = within.Concat(choices).Where(box => !taken.Any(box.IntersectsWith)).Concat(within).Concat(choices).First();
            taken.Add(place);
            if (Math.Abs(place.MidY - at.Y) > 1.5f * height)
            {
                shapes.Add(new SceneLine([at, new SKPoint(place.Left > at.X ? place.Left : place.Right, place.MidY)], Dark, 1.4f * unit));
            }

            shapes.Add(new SceneBox(place, Paper, Dark, 0, 4 * unit));
            shapes.Add(new SceneLabel(name, place.Left + (5 * unit), place.Bottom - (5.6f * unit), NameSize * unit, Ink));

            // To the right, then to the left, and up and down from there.
            IEnumerable<SKRect> Around() => Enumerable.Range(0, 2 * MostSteps).SelectMany(step => (IEnumerable<SKRect>)[
                Box(at.X + away, at.Y - (height / 2) + Shift(step)), Box(at.X - away - width, at.Y - (height / 2) + Shift(step))]);

            float Shift(int step) => (step % 2 == 0 ? -1 : 1) * ((step + 1) / 2) * (height + unit);

            SKRect Box(float left, float top) => new(left, top, left + width, top + height);
        }

        return shapes;
    }

    /// <summary>Moves the middles of names apart, each group to both sides, in their order and within a range.</summary>
    private static float[] Spread(float[] middles, float[] widths, float low, float high)
    {
        // Names that touch form a group, which stands in the middle of the places that its names wish for.
        var groups = new List<(int First, int Count, float Left, float Width)>();
        for (int i = 0; i < middles.Length; i++)
        {
            groups.Add((i, 1, Within(middles[i] - (widths[i] / 2), widths[i]), widths[i]));
            while (groups is [.., var before, var last] && before.Left + before.Width > last.Left)
            {
                int count = before.Count + last.Count;
                float width = before.Width + last.Width, wished = 0, offset = 0;
                for (int k = before.First; k < before.First + count; k++)
                {
                    wished += (middles[k] - (widths[k] / 2) - offset) / count;
                    offset += widths[k];
                }

                groups.RemoveRange(groups.Count - 2, 2);
                groups.Add((before.First, count, Within(wished, width), width));
            }
        }

        float[] moved = new float[middles.Length];
        foreach ((int first, int count, float left, _) in groups)
        {
            float at = left;
            for (int k = first; k < first + count; at += widths[k++])
            {
                moved[k] = at + (widths[k] / 2);
            }
        }

        return moved;

        float Within(float left, float width) => Math.Max(low, Math.Min(left, high - width));
    }
}
