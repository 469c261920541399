namespace StepZero.Diagnostics;

/// <summary>Count, means, sums of squared deviations and of their products of pairs of numbers, merged by the formulas of Chan, Golub and LeVeque 1979.</summary>
/// <param name="Count">The number of pairs.</param>
/// <param name="MeanX">The mean of the first numbers.</param>
/// <param name="MeanY">The mean of the second numbers.</param>
/// <param name="SquaresX">Σ (x − mean)².</param>
/// <param name="SquaresY">Σ (y − mean)².</param>
/// <param name="Products">Σ (x − mean)·(y − mean).</param>
internal readonly record struct Moments(double Count, double MeanX, double MeanY, double SquaresX, double SquaresY, double Products)
{
    /// <summary>The spread of the first numbers.</summary>
    public Spread X => new(MeanX, Math.Sqrt(SquaresX / Count));

    /// <summary>The spread of the second numbers.</summary>
    public Spread Y => new(MeanY, Math.Sqrt(SquaresY / Count));

    /// <summary>The share of the variance of the second numbers that no straight line through the first explains, 1 − r²; nan where either are all the same.</summary>
    public double Unexplained
    {
        get
        {
            double r = Products / Math.Sqrt(SquaresX) / Math.Sqrt(SquaresY);
            return (1 - r) * (1 + r);
        }
    }

    /// <summary>Those of numbers alone.</summary>
    public static Moments Of(ReadOnlySpan<double> x, double factor = 1) => Of(x, x, factor, factor);

    /// <summary>Those of pairs.</summary>
    /// <param name="x">The first numbers, at least one.</param>
    /// <param name="y">The second numbers, as many.</param>
    /// <param name="factorX">What the first are multiplied by.</param>
    /// <param name="factorY">What the second are multiplied by.</param>
    public static Moments Of(ReadOnlySpan<double> x, ReadOnlySpan<double> y, double factorX, double factorY)
    {
        // Taken from the first, numbers that are all the same have that mean to the last bit, and no deviation.
        double firstX = x[0] * factorX, firstY = y[0] * factorY, meanX = 0, meanY = 0, squaresX = 0, squaresY = 0, products = 0;
        for (int i = 0; i < x.Length; i++)
        {
            meanX += (x[i] * factorX) - firstX;
            meanY += (y[i] * factorY) - firstY;
        }

        meanX = firstX + (meanX / x.Length);
        meanY = firstY + (meanY / x.Length);
        for (int i = 0; i < x.Length; i++)
        {
            double dx = (x[i] * factorX) - meanX, dy = (y[i] * factorY) - meanY;
            squaresX += dx * dx;
            squaresY += dy * dy;
            products += dx * dy;
        }

        return new Moments(x.Length, meanX, meanY, squaresX, squaresY, products);
    }

    /// <summary>Those of both together.</summary>
    public Moments With(Moments other)
    {
        if (Count == 0)
        {
            return other;
        }

        double count = Count + other.Count, dx = other.MeanX - MeanX, dy = other.MeanY - MeanY, weight = Count * other.Count / count;
        return new Moments(
            count, MeanX + (dx * other.Count / count), MeanY + (dy * other.Count / count), SquaresX + other.SquaresX + (dx * dx * weight),
            SquaresY + other.SquaresY + (dy * dy * weight), Products + other.Products + (dx * dy * weight));
    }
}
