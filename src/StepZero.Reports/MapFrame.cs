using SkiaSharp;
using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>Where the pixels of a map lie in its drawing.</summary>
/// <param name="Map">The map.</param>
/// <param name="Plot">The place of all its pixels together.</param>
/// <param name="Unit">How large letters and lines are: 1, and more for large maps, whose drawings are looked at from farther away.</param>
internal sealed record MapFrame(Map Map, SKRect Plot, float Unit)
{
    private const int LeastSide = 640;
    private const int LeastOtherSide = 320;

    /// <summary>The most pixels of a map that are drawn along a side; of a larger one every n-th is.</summary>
    public const int MostSide = 8192;

    /// <summary>Farther outside than this, in sizes of the map, lines look the same.</summary>
    private const double Far = 50;

    /// <summary>The size that the pixels of a map are drawn in: large maps one to one, small ones enlarged.</summary>
    public static SKSizeI SizeOf(Map map)
    {
        (int columns, int rows) = (map.Spec.Columns, map.Spec.Rows);
        if (Math.Max(columns, rows) > MostSide)
        {
            return new SKSizeI(Math.Clamp(columns, LeastOtherSide, MostSide), Math.Clamp(rows, LeastOtherSide, MostSide));
        }

        int enlarged = Times(Math.Max(columns, rows), LeastSide);
        return new SKSizeI(
            columns * Math.Max(enlarged, Times(columns, LeastOtherSide)), rows * Math.Max(enlarged, Times(rows, LeastOtherSide)));

        static int Times(int pixels, int least) => (least + pixels - 1) / pixels;
    }

    /// <summary>The point of a place on the axes, as shares of the width from the left and of the height from the bottom; outside −50 and 51 at the most.</summary>
    public static SKPoint Share(Map map, MapPlace place)
    {
        return new SKPoint(Of(map.Spec.X, map.X, place.X), Of(map.Spec.Y, map.Y, place.Y));

        static float Of(MapAxis axis, IReadOnlyList<double> values, double value) =>
            (float)Math.Clamp(MapTicks.PlaceOf(axis, values, value) / values.Count, -Far, 1 + Far);
    }

    /// <summary>The point of shares of the width from the left and of the height from the bottom.</summary>
    public SKPoint At(SKPoint share) => new(Plot.Left + (share.X * Plot.Width), Plot.Bottom - (share.Y * Plot.Height));
}
