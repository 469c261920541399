namespace StepZero.Diagnostics;

/// <summary>Where numbers lie and how far they spread; nan where one of them is not finite.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation, the squares divided by the number of values; 0 or more.</param>
public readonly record struct Spread(double Mean, double Deviation)
{
    /// <summary>The root of the mean square, 0 or more.</summary>
    public double RootMeanSquare => Math.Abs(Mean) > 0 ? Math.Abs(Mean) * Math.Sqrt(1 + (Deviation / Mean * (Deviation / Mean))) : Deviation;
}
