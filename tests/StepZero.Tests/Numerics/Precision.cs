namespace StepZero.Tests.Numerics;

/// <summary>How far a computed number is from the exact one.</summary>
internal static class Precision
{
    /// <summary>In units of the last place of the expected double; 0 where both are the same infinity.</summary>
    public static double Ulps(double expected, double actual) =>
        expected == actual ? 0 : Math.Abs(expected - actual) / (Math.BitIncrement(Math.Abs(expected)) - Math.Abs(expected));

    /// <summary>In units of the last place that single precision has at the expected number.</summary>
    public static double UlpsOfSingle(double expected, float actual)
    {
        float magnitude = MathF.Max((float)Math.Abs(expected), 1.17549435e-38f);
        return expected == actual ? 0 : Math.Abs(expected - actual) / ((double)MathF.BitIncrement(magnitude) - magnitude);
    }

    /// <summary>The largest error stays below the bound; the message says where it is.</summary>
    public static void AssertBelow<T>(double bound, IEnumerable<T> places, Func<T, double> error)
    {
        (double worst, T? where) = places.Select(place => (error(place), (T?)place)).MaxBy(pair => double.IsNaN(pair.Item1) ? double.MaxValue : pair.Item1);
        Assert.True(worst < bound, $"{where}: the error is {worst:R}; expected below {bound}");
    }
}
