using System.Globalization;

namespace StepZero.Reports;

/// <summary>Numbers as people read them.</summary>
internal static class Figures
{
    /// <summary>Two significant digits.</summary>
    public static string Short(double value)
    {
        string size = !double.IsFinite(value) ? "∞" : Math.Abs(value) is (>= 0.0001 and < 10_000) or 0
            ? Round(Math.Abs(value), 2).ToString("0.######", CultureInfo.InvariantCulture)
            : Math.Abs(value).ToString("0.#e0", CultureInfo.InvariantCulture);
        return value < 0 ? $"−{size}" : size;
    }

    /// <summary>A cost with four significant digits.</summary>
    public static string Cost(double? value) => value switch
    {
        null => "–",
        0 => "0",
        double.PositiveInfinity => "∞",
        double number when Math.Abs(number) is < 0.0001 or >= 100_000 => number.ToString("0.000e0", CultureInfo.InvariantCulture),
        double number => Round(number, 4).ToString("0.########", CultureInfo.InvariantCulture),
    };

    /// <summary>Three significant digits in running text, with commas in large numbers and a true minus; "–" for what is no number.</summary>
    public static string Brief(double value) => double.IsNaN(value) ? "–" : ShortNumber.Of(value);

    /// <summary>A share in percent with three significant digits; "–" for what is no number.</summary>
    public static string BriefPercent(double share) => double.IsNaN(share) ? "–" : $"{Brief(100 * share)}%";

    /// <summary>"1 update", "1,000 updates".</summary>
    public static string Updates(int count) => $"{Count(count)} update{(count == 1 ? "" : "s")}";

    /// <summary>"1 iteration", "1,000 iterations"; of a half, which a median may be, to the next even number.</summary>
    public static string Iterations(double count) => $"{Count((long)Math.Round(count))} iteration{(Math.Round(count) == 1 ? "" : "s")}";

    public static string Percent(double? share) => share is double number ? string.Create(CultureInfo.InvariantCulture, $"{100 * number:0.##}%") : "–";

    /// <summary>A share in percent with two significant digits, down to the smallest.</summary>
    public static string ShortPercent(double share) => $"{Short(100 * share)}%";

    public static string Count(long value) => value.ToString("#,0", CultureInfo.InvariantCulture);

    private static double Round(double value, int digits)
    {
        if (value == 0)
        {
            return 0;
        }

        int decimals = digits - 1 - (int)Math.Floor(Math.Log10(Math.Abs(value)));
        double unit = Math.Pow(10, -decimals);
        return decimals >= 0 ? Math.Round(value, Math.Min(15, decimals)) : Math.Round(value / unit) * unit;
    }
}
