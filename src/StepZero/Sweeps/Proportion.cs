namespace StepZero.Sweeps;

/// <summary>A share of trainings.</summary>
/// <param name="Count">How many.</param>
/// <param name="Total">Out of how many, at least 1.</param>
public sealed record Proportion(int Count, int Total)
{
    /// <summary>The two-sided 95% point of the normal distribution.</summary>
    private const double Z = 1.959963984540054;

    /// <summary>The share, 0 to 1.</summary>
    public double Share => (double)Count / Total;

    /// <summary>The lower end of the 95% interval of Wilson (1927), 0 to 1.</summary>
    public double IntervalLow => Count == 0 ? 0 : Center - HalfWidth;

    /// <summary>The upper end of the interval, 0 to 1.</summary>
    public double IntervalHigh => Count == Total ? 1 : Center + HalfWidth;

    private double Center => (Count + (Z * Z / 2)) / (Total + (Z * Z));

    private double HalfWidth => Z / (Total + (Z * Z)) * Math.Sqrt((Share * (1 - Share) * Total) + (Z * Z / 4));
}
