using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>A mark on an axis of a map.</summary>
/// <param name="Place">Where it stands, in pixels of the map from the first edge; the middle of the first pixel is 0.5.</param>
/// <param name="Text">Its text; empty for a small mark.</param>
internal sealed record MapTick(double Place, string Text);

/// <summary>The marks on the axes of maps: powers of ten with small marks between, round numbers where the axis is linear or short.</summary>
internal static class MapTicks
{
    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";
    private const double Tolerance = 1e-9;
    private const int FewestNamed = 3;

    /// <summary>The marks of an axis.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">The values of its pixels.</param>
    /// <param name="wished">About how many named marks there is room for.</param>
    public static IReadOnlyList<MapTick> Of(MapAxis axis, IReadOnlyList<double> values, int wished)
    {
        if (values.Count == 1)
        {
            return [new MapTick(0.5, Minus(CostAxis.Number(values[0])))];
        }

        (double Value, string Text)[] ticks = axis.IsLogarithmic ? Logarithmic(axis, wished) : CostAxis.NamedTicks(axis.From, axis.To, wished);
        return [.. ticks.Where(tick => !axis.ChangesNetwork || tick.Value == Math.Round(tick.Value)).Select(tick => new MapTick(PlaceOf(axis, values, tick.Value), Minus(tick.Text)))];
    }

    /// <summary>Where a value lies, in pixels from the first edge: −∞ for what a logarithmic axis has no place for.</summary>
    /// <param name="axis">The axis.</param>
    /// <param name="values">The values of its pixels.</param>
    /// <param name="value">The value.</param>
    public static double PlaceOf(MapAxis axis, IReadOnlyList<double> values, double value)
    {
        // Neighboring pixels can have the same whole number: its place is their middle.
        int[] same = axis.ChangesNetwork ? [.. Enumerable.Range(0, values.Count).Where(i => values[i] == value)] : [];
        return same is not [] ? same.Average() + 0.5 : (axis.ShareOf(value) * (values.Count - 1)) + 0.5;
    }

    private static (double Value, string Text)[] Logarithmic(MapAxis axis, int wished)
    {
        (double Value, string Text)[] ticks = [.. CostAxis.LogarithmicTicks(Math.Log10(axis.From) - Tolerance, Math.Log10(axis.To) + Tolerance)];
        if (ticks.Count(tick => tick.Text.Length > 0) < FewestNamed)
        {
            return CostAxis.NamedTicks(axis.From, axis.To, wished);
        }

        return ticks.Any(tick => tick.Text.Contains('e', StringComparison.Ordinal)) && Math.Log10(axis.To / axis.From) >= FewestNamed
            ? [.. ticks.Select(tick => (tick.Value, tick.Text.Length > 0 ? Power(tick.Value) : ""))]
            : ticks;
    }

    private static string Power(double value)
    {
        int power = (int)Math.Round(Math.Log10(value));
        return power switch { 0 => "1", 1 => "10", _ => $"10{(power < 0 ? "⁻" : "")}{string.Concat(Math.Abs(power).ToString(System.Globalization.CultureInfo.InvariantCulture).Select(digit => Superscripts[digit - '0']))}" };
    }

    private static string Minus(string text) => text.Replace('-', '−');
}
