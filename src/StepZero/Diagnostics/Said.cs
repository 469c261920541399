using System.Globalization;

namespace StepZero.Diagnostics;

/// <summary>Figures and numbers of things as they stand in the sentences of findings.</summary>
internal static class Said
{
    /// <summary>Three significant digits.</summary>
    public static string Number(double value)
    {
        double size = Math.Abs(value);
        if (!double.IsFinite(value))
        {
            return double.IsNaN(value) ? "nan" : value > 0 ? "∞" : "−∞";
        }

        string text = size is 0 or (>= 1e-4 and < 1e6)
            ? Rounded(size).ToString("#,0.#######", CultureInfo.InvariantCulture)
            : size.ToString("0.##e0", CultureInfo.InvariantCulture);
        return value < 0 ? $"−{text}" : text;
    }

    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => $"{Number(100 * share)}%";

    /// <summary>"1 unit", "5 units".</summary>
    public static string Count(long count, string one) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {one}{(count == 1 ? "" : "s")}");

    /// <summary>A number rounded down to one of 1, 2 or 5 times a power of ten: what people choose by themselves.</summary>
    public static double RoundDown(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double digit = value / power;
        int chosen = digit >= 5 ? 5 : digit >= 2 ? 2 : 1;
        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{chosen}e{(int)Math.Round(Math.Log10(power))}"), CultureInfo.InvariantCulture);
    }

    private static double Rounded(double value)
    {
        if (value == 0)
        {
            return 0;
        }

        int decimals = 2 - (int)Math.Floor(Math.Log10(value));
        double unit = Math.Pow(10, -decimals);
        return decimals >= 0 ? Math.Round(value, Math.Min(15, decimals)) : Math.Round(value / unit) * unit;
    }
}
