using SkiaSharp;
using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>Where the name of a line over a map stands.</summary>
internal enum MapEdge
{
    /// <summary>Nothing of the line is on the map.</summary>
    None,

    /// <summary>Above the map, where the line leaves it.</summary>
    Top,

    /// <summary>To the right of the map, where the line leaves it.</summary>
    Right,

    /// <summary>On the map.</summary>
    Inside,
}

/// <summary>A line or place over a map, in shares of its width from the left and of its height from the bottom.</summary>
/// <param name="Guide">What it stands for.</param>
/// <param name="Line">Its points; of a band those of one edge.</param>
/// <param name="OtherLine">The other edge of a band; empty for a line.</param>
/// <param name="Edge">Where its name stands.</param>
/// <param name="Anchor">The point of the line that its name belongs to.</param>
internal sealed record MapPath(MapGuide Guide, IReadOnlyList<SKPoint> Line, IReadOnlyList<SKPoint> OtherLine, MapEdge Edge, SKPoint Anchor)
{
    private const float Touching = 1e-4f;

    /// <summary>The path of a guide.</summary>
    public static MapPath Of(Map map, MapGuide guide)
    {
        SKPoint[] line = Whole(map, guide.Points), other = Whole(map, guide.OtherEdge ?? []);
        SKPoint[] middle = other is [] ? line : [.. line.Zip(other, (a, b) => new SKPoint((a.X + b.X) / 2, (a.Y + b.Y) / 2))];
        SKPoint[] visible = Visible(middle);
        visible = visible is [] ? Visible(line) is [_, ..] one ? one : Visible(other) : visible;
        if (visible is [])
        {
            return new MapPath(guide, line, other, MapEdge.None, default);
        }

        SKPoint[] top = [.. visible.Where(point => point.Y > 1 - Touching)], right = [.. visible.Where(point => point.X > 1 - Touching)];
        float rise = visible.Max(point => point.Y) - visible.Min(point => point.Y), run = visible.Max(point => point.X) - visible.Min(point => point.X);
        bool upward = top is not [] && (rise > run || right is []);
        return line.Length == 1 ? new MapPath(guide, line, other, MapEdge.Inside, visible[0])
            : upward ? new MapPath(guide, line, other, MapEdge.Top, top[0])
            : right is not [] ? new MapPath(guide, line, other, MapEdge.Right, right[^1])
            : new MapPath(guide, line, other, MapEdge.Inside, visible[visible.Length / 4]);
    }

    /// <summary>A line from the middle of the first pixel to that of the last goes on to the edges of the map.</summary>
    private static SKPoint[] Whole(Map map, IReadOnlyList<MapPlace> places)
    {
        SKPoint[] line = [.. places.Select(place => MapFrame.Share(map, place))];
        if (line.Length > 1)
        {
            (float x, float y) = (0.5f / map.Spec.Columns, 0.5f / map.Spec.Rows);
            (line[0], line[^1]) = (GoOn(line[1], line[0]), GoOn(line[^2], line[^1]));

            SKPoint GoOn(SKPoint before, SKPoint end)
            {
                SKPoint step = end - before;
                float more = Math.Max(More(end.X, step.X, x), More(end.Y, step.Y, y));
                return new SKPoint(end.X + (more * step.X), end.Y + (more * step.Y));
            }
        }

        return line;

        // How many steps more, if the coordinate stands in the middle of the last pixel of its way.
        static float More(float end, float step, float half) =>
            step > 0 && Math.Abs(end - (1 - half)) < Touching ? half / step : step < 0 && Math.Abs(end - half) < Touching ? -half / step : 0;
    }

    /// <summary>The ends of all parts of a line that are on the map, in their order; a single place stands for itself.</summary>
    private static SKPoint[] Visible(SKPoint[] line)
    {
        if (line is [SKPoint place])
        {
            return place is { X: >= 0 and <= 1, Y: >= 0 and <= 1 } ? line : [];
        }

        var visible = new List<SKPoint>();
        for (int i = 1; i < line.Length; i++)
        {
            SKPoint step = line[i] - line[i - 1];
            (float first, float last) = (0, 1);
            Cut(line[i - 1].X, step.X, ref first, ref last);
            Cut(line[i - 1].Y, step.Y, ref first, ref last);
            if (first <= last)
            {
                visible.Add(new SKPoint(line[i - 1].X + (first * step.X), line[i - 1].Y + (first * step.Y)));
                visible.Add(new SKPoint(line[i - 1].X + (last * step.X), line[i - 1].Y + (last * step.Y)));
            }
        }

        return [.. visible];

        // The part of a step during which a coordinate is between 0 and 1.
        static void Cut(float from, float step, ref float first, ref float last)
        {
            if (step == 0)
            {
                last = from is >= 0 and <= 1 ? last : -1;
                return;
            }

            (float enter, float leave) = (-from / step, (1 - from) / step);
            first = Math.Max(first, Math.Min(enter, leave));
            last = Math.Min(last, Math.Max(enter, leave));
        }
    }
}
