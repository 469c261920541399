namespace StepZero.Tests.Numerics;

/// <summary>Sine and cosine of w/2⁶⁴ turns: the angle is folded into a quarter turn as an integer, and only then a double.</summary>
internal static class Turn
{
    private const ulong Quarter = 1ul << 62;

    public static double Sine(long word)
    {
        // −sin(−x) = sin x, and sin(π − x) = sin x.
        ulong magnitude = word < 0 ? unchecked((ulong)-word) : (ulong)word;
        ulong folded = magnitude > Quarter ? (2 * Quarter) - magnitude : magnitude;
        double sine = folded <= Quarter / 2 ? Math.Sin(Angle(folded)) : Math.Cos(Angle(Quarter - folded));
        return word < 0 ? -sine : sine;
    }

    public static double Cosine(long word) => Sine(unchecked((long)Quarter - (word < 0 ? -word : word)));

    private static double Angle(ulong word) => word * (Math.Tau / 18446744073709551616.0);
}
