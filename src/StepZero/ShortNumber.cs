using System.Globalization;

namespace StepZero;

/// <summary>A number of any size as people read it, with three significant digits: the same in findings, on the terminal and on pages.</summary>
public static class ShortNumber
{
    private const int Digits = 3;

    /// <summary>The text: "0.000441", "147", "1,540", "2e8", "−3.5", "∞", "nan"; powers of ten below 0.0001 and from a million on.</summary>
    /// <param name="value">Any number.</param>
    public static string Of(double value)
    {
        double size = Math.Abs(value);
        string text = double.IsNaN(value) ? "nan" : double.IsInfinity(value) ? "∞"
            : size is 0 or (>= 1e-4 and < 1e6) ? Rounded(size).ToString("#,0.#######", CultureInfo.InvariantCulture)
            : size.ToString("0.##e0", CultureInfo.InvariantCulture);
        return value < 0 ? $"−{text}" : text;
    }

    private static double Rounded(double value)
    {
        if (value == 0)
        {
            return 0;
        }

        int decimals = Digits - 1 - (int)Math.Floor(Math.Log10(value));
        double unit = Math.Pow(10, -decimals);
        return decimals >= 0 ? Math.Round(value, Math.Min(15, decimals)) : Math.Round(value / unit) * unit;
    }
}
