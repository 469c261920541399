using System.Globalization;

namespace StepZero.Diagnostics;

/// <summary>Shares, layers and numbers of things as they stand in the sentences of findings.</summary>
internal static class Said
{
    /// <summary>A share in percent.</summary>
    public static string Percent(double share) => $"{ShortNumber.Of(100 * share)}%";

    /// <summary>"1 unit", "5 units".</summary>
    public static string Count(long count, string one, string? many = null) => string.Create(CultureInfo.InvariantCulture, $"{count:#,0} {(count == 1 ? one : many ?? $"{one}s")}");

    /// <summary>"layer 1", "layers 1 and 3", "layers 1, 3 and 4", "layers 2 to 20"; "8 layers from 1 to 19" where they are more than four and not in a row.</summary>
    /// <param name="layers">The layers, from 0, ascending; at least one.</param>
    public static string Layers(IReadOnlyList<int> layers)
    {
        int first = layers[0] + 1, last = layers[^1] + 1;
        return layers.Count == 1 ? $"layer {first}"
            : layers.Count > 2 && last - first == layers.Count - 1 ? $"layers {first} to {last}"
            : layers.Count > 4 ? $"{layers.Count} layers from {first} to {last}"
            : $"layers {string.Join(", ", layers.SkipLast(1).Select(layer => layer + 1))} and {last}";
    }

    /// <summary>A number rounded down to one of 1, 2 or 5 times a power of ten: what people choose by themselves.</summary>
    public static double RoundDown(double value)
    {
        double power = Math.Pow(10, Math.Floor(Math.Log10(value)));
        double digit = value / power;
        int chosen = digit >= 5 ? 5 : digit >= 2 ? 2 : 1;
        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{chosen}e{(int)Math.Round(Math.Log10(power))}"), CultureInfo.InvariantCulture);
    }
}
