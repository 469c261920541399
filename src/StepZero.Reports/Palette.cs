namespace StepZero.Reports;

/// <summary>
/// The colors of curves: those of Okabe and Ito (2008), which people with any form of color blindness tell apart, darkened until text in them reads on
/// white (contrast 5:1 and more). Curves also carry their names, and from the sixth on another line. The page's style sheet has the same for the dark.
/// </summary>
internal static class Palette
{
    private static readonly string[] Colors = ["#0069A6", "#B94E00", "#007D5A", "#A8447C", "#333333"];

    public static int Count => Colors.Length;

    /// <summary>The color of the n-th curve, as #RRGGBB.</summary>
    public static string Of(int curve) => Colors[curve % Count];

    /// <summary>Whether the n-th curve is dashed, because its color has been used before.</summary>
    public static bool IsDashed(int curve) => curve / Count % 2 == 1;
}
