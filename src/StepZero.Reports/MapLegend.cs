using SkiaSharp;
using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>What the colors of a map mean: a bar for each family, the best at the top and the boundary between them, and the other colors.</summary>
internal sealed class MapLegend
{
    /// <summary>Its width, in units.</summary>
    public const float Width = 224;

    private const int Steps = 128;
    private const int FewestDigits = 3;
    private const int MostDigits = 9;
    private const float BarWidth = 20, TickSize = 12.5f, SoftSize = 12.5f, HeadSize = 14.5f;
    private const float Head = 44, BetweenFamilies = 26, Row = 19;
    private const float LeastBar = 64, MostBar = 230;

    private static readonly SKColor Ink = SKColor.Parse("#1C2024");
    private static readonly SKColor Soft = SKColor.Parse("#545C66");
    private static readonly SKColor Line = SKColor.Parse("#7A828C");

    private readonly Map map;
    private readonly MapColors colors;
    private readonly (SKColor? Color, string Text)[] rows;

    /// <summary>The legend of a map.</summary>
    /// <param name="map">The map.</param>
    /// <param name="colors">Its colors.</param>
    /// <param name="outside">The names of what would be drawn over it but lies outside.</param>
    public MapLegend(Map map, MapColors colors, IEnumerable<string> outside)
    {
        this.map = map;
        this.colors = colors;
        string[] away = [.. outside];
        rows = [
            .. colors.UnreachedCount > 0 ? [((SKColor?)MapColors.Unreached, $"target not reached: {Share(colors.UnreachedCount)}")] : (ReadOnlySpan<(SKColor?, string)>)[],
            .. colors.MissingCount > 0 ? [(colors.HasBlanks ? MapColors.Missing : null, $"not trained yet: {Figures.Count(colors.MissingCount)}")] : (ReadOnlySpan<(SKColor?, string)>)[],
            .. away is [] ? [] : (ReadOnlySpan<(SKColor?, string)>)[(null, "Outside the map:"), .. away.Select(name => ((SKColor?)null, name))]];
    }

    /// <summary>The height it needs at least, in units.</summary>
    public float LeastHeight => (2 * (Head + LeastBar)) + BetweenFamilies + RowsHeight;

    private float RowsHeight => rows.Length == 0 ? 0 : 14 + (Row * rows.Length);

    /// <summary>All that is drawn.</summary>
    /// <param name="left">Its left end.</param>
    /// <param name="top">Its upper end.</param>
    /// <param name="height">The height there is.</param>
    /// <param name="unit">How large letters are.</param>
    public IEnumerable<SceneShape> Draw(float left, float top, float height, float unit)
    {
        MapQuantity quantity = map.Spec.Measure.Quantity;
        float bar = Math.Clamp(((height / unit) - LeastHeight + (2 * LeastBar)) / 2, LeastBar, MostBar) * unit;
        float y = top;
        foreach (SceneShape shape in (SceneShape[])[
            .. Family(colors.Converged, $"converged: {Share(colors.Converged.Count + colors.UnreachedCount)}", MapText.OfConverged(quantity), (value, digits) => MapText.Value(quantity, value, digits), isUpward: true),
            .. Family(colors.Failed, $"did not converge: {Share(colors.Failed.Count)}", "stayed low: Σ first cost/cost", MapText.Number, isUpward: false)])
        {
            yield return shape;
        }

        y += (14 - BetweenFamilies) * unit;
        foreach ((SKColor? color, string text) in rows)
        {
            if (color is SKColor fill)
            {
                yield return new SceneBox(new SKRect(left, y, left + (BarWidth * unit), y + (14 * unit)), fill, Line, unit);
            }

            yield return new SceneLabel(text, left + (color is null ? 0 : (BarWidth + 8) * unit), y + (12 * unit), SoftSize * unit, Soft);
            y += Row * unit;
        }

        IEnumerable<SceneShape> Family(MapFamily family, string head, string soft, Func<double, int, string> textOf, bool isUpward)
        {
            yield return new SceneLabel(head, left, y + (13 * unit), HeadSize * unit, Ink, Bold: true);
            if (family.Count == 0)
            {
                y += 34 * unit;
                yield break;
            }

            yield return new SceneLabel(soft, left, y + (31 * unit), SoftSize * unit, Soft);
            y += Head * unit;
            var place = new SKRect(left, y, left + (BarWidth * unit), y + bar);
            yield return new SceneImage(Bar(family, isUpward), place);
            yield return new SceneBox(place, SKColors.Transparent, Line, unit);
            foreach ((double share, string text) in Ticks(family, textOf, bar / unit > 130 ? 4 : 2))
            {
                float at = y + ((float)(isUpward ? 1 - share : share) * bar);
                yield return new SceneLine([new SKPoint(place.Right, at), new SKPoint(place.Right + (5 * unit), at)], Line, unit);
                yield return new SceneLabel(text, place.Right + (9 * unit), at + (4.3f * unit), TickSize * unit, Ink);
            }

            y += bar + (BetweenFamilies * unit);
        }
    }

    private string Share(int count)
    {
        int trained = map.Spec.PixelCount - colors.MissingCount;
        return count == 0 ? "none" : count == trained ? "all" : Figures.BriefPercent((double)count / trained);
    }

    /// <summary>The colors of a family, the first at the bottom or at the top; one alone where there is one value.</summary>
    private static SKBitmap Bar(MapFamily family, bool isUpward)
    {
        var bar = new SKBitmap(1, Steps, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int step = 0; step < Steps; step++)
        {
            double share = (step + 0.5) / Steps;
            bar.SetPixel(0, step, family.ColorAt(family.IsOneValue ? 0.5 : isUpward ? 1 - share : share));
        }

        return bar;
    }

    /// <summary>Values at evenly spaced shares, the first alone of those that are the same, with so many digits that their order and distance can be read.</summary>
    private static IEnumerable<(double Share, string Text)> Ticks(MapFamily family, Func<double, int, string> textOf, int parts)
    {
        double[] shares = family.IsOneValue ? [0.5] : [.. Enumerable.Range(0, parts + 1).Select(i => (double)i / parts)];
        (double Share, double Value)[] ticks = [.. shares.Select(share => (Share: share, Value: family.ValueAt(share))).DistinctBy(tick => tick.Value)];
        return ticks.Select((tick, i) => (tick.Share, Text: textOf(tick.Value, Digits(i)))).DistinctBy(tick => tick.Text);

        int Digits(int i)
        {
            double value = Math.Abs(ticks[i].Value);
            double gap = Math.Min(
                i > 0 ? Math.Abs(ticks[i].Value - ticks[i - 1].Value) : double.PositiveInfinity, i + 1 < ticks.Length ? Math.Abs(ticks[i].Value - ticks[i + 1].Value) : double.PositiveInfinity);

            // The last digit counts for at most half of the distance to the next value.
            return value == 0 || !double.IsFinite(value) || !double.IsFinite(gap) ? FewestDigits
                : (int)Math.Clamp(Math.Floor(Math.Log10(value)) + 1 - Math.Floor(Math.Log10(gap / 2)), FewestDigits, MostDigits);
        }
    }
}
