using System.Globalization;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The axes of cost curves, shared by the plots and the report's page.</summary>
internal static class CostAxis
{
    private const int UsualDigits = 2;
    private const int MostDigits = 15;
    private static readonly int[] StepFactors = [1, 2, 5, 10];

    /// <summary>Whether costs differ so much that a logarithmic axis shows more.</summary>
    public static bool IsWide(Comparison comparison)
    {
        double[] costs = [.. CostSeries.Of(comparison).SelectMany(series => series.Costs.Concat(series.Held))];
        return costs.Length > 0 && costs.Min() > 0 && costs.Max() > 10 * costs.Min();
    }

    /// <summary>Round numbers in a range, about as many as wished, whose distance is 1, 2 or 5 times a power of ten.</summary>
    public static double[] Ticks(double low, double high, int wished)
    {
        double rough = Math.Max((high - low) / wished, double.Epsilon * 1e10);
        double power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * Array.Find(StepFactors, factor => factor * power >= rough * 0.999);
        double first = Math.Ceiling((low / step) - 1e-9), last = Math.Floor((high / step) + 1e-9);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => (first + i) * step)];
    }

    /// <summary>Ticks of a logarithmic axis: multiples of the powers of ten, named where there is room.</summary>
    /// <param name="low">The logarithm to base 10 of the least value.</param>
    /// <param name="high">The logarithm to base 10 of the largest value.</param>
    public static IEnumerable<(double Value, string Text)> LogarithmicTicks(double low, double high)
    {
        int[] named = (high - low) switch { < 1.5 => [1, 2, 3, 5, 7], < 3 => [1, 2, 5], _ => [1] };
        int every = Math.Max(1, (int)Math.Ceiling((high - low) / 10));
        for (int power = (int)Math.Floor(low); power <= Math.Ceiling(high); power++)
        {
            for (int factor = 1; factor < 10; factor++)
            {
                double value = factor * Math.Pow(10, power);
                if (Math.Log10(value) >= low && Math.Log10(value) <= high && (every == 1 || factor == 1))
                {
                    yield return (value, named.Contains(factor) && power % every == 0 ? Number(value) : "");
                }
            }
        }
    }

    /// <summary>A number with as many digits as an axis needs.</summary>
    public static string Number(double value) =>
        value.ToString(value != 0 && Math.Abs(value) is < 0.0005 or >= 1e6 ? "0.##e0" : "0.####", CultureInfo.InvariantCulture);

    /// <summary>The <see cref="Ticks"/> of an axis with their text, of so many digits that no two read the same.</summary>
    public static (double Value, string Text)[] NamedTicks(double low, double high, int wished)
    {
        double[] ticks = Ticks(low, high, wished);
        string[] texts = Array.ConvertAll(ticks, Number);
        for (int digits = UsualDigits + 1; digits <= MostDigits && texts.Distinct().Count() < texts.Length; digits++)
        {
            string format = $"0.{new string('#', digits)}{(ticks.Max(Math.Abs) is < 0.0005 or >= 1e6 ? "e0" : "")}";
            texts = Array.ConvertAll(ticks, tick => tick == 0 ? "0" : tick.ToString(format, CultureInfo.InvariantCulture));
        }

        return [.. ticks.Zip(texts)];
    }

    /// <summary>Moves places apart to at least a distance, as little as possible, in their order and within a range.</summary>
    public static double[] Spread(double[] places, double distance, double low, double high)
    {
        int[] order = [.. Enumerable.Range(0, places.Length).OrderBy(i => places[i])];
        double[] moved = [.. places];

        // Up from the lowest, then back down from the highest: what was pushed out of the range comes in again.
        double least = low + (distance / 2);
        foreach (int i in order)
        {
            moved[i] = Math.Max(moved[i], least);
            least = moved[i] + distance;
        }

        double most = high - (distance / 2);
        foreach (int i in order.Reverse())
        {
            moved[i] = Math.Min(moved[i], most);
            most = moved[i] - distance;
        }

        return moved;
    }
}
