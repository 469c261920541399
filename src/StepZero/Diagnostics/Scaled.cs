using System.Numerics.Tensors;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>Sums of squares of numbers of any size.</summary>
internal static class Scaled
{
    private const int MostExponent = 1000;

    /// <summary>A power of two that brings the largest of some numbers near 1; 1 where they are all 0 or one is not finite.</summary>
    public static double Factor(Matrix<double> values)
    {
        double largest = 0;
        for (int row = 0; row < values.Rows; row++)
        {
            largest = Math.Max(largest, Largest(values[row]));
        }

        return Factor(largest);
    }

    /// <summary>The root of the sum of squares, exact to rounding for numbers of any size.</summary>
    public static double Norm(ReadOnlySpan<double> values)
    {
        double largest = Largest(values), factor = Factor(largest), square = 0;
        if (largest is > 1e-100 and < 1e100)
        {
            return TensorPrimitives.Norm(values);
        }

        foreach (double value in values)
        {
            square += value * factor * (value * factor);
        }

        return Math.Sqrt(square) / factor;
    }

    private static double Factor(double largest) =>
        largest == 0 || !double.IsFinite(largest) ? 1 : Math.ScaleB(1, -Math.Clamp(Math.ILogB(largest), -MostExponent, MostExponent));

    /// <summary>The largest magnitude; nan where one is nan.</summary>
    private static double Largest(ReadOnlySpan<double> values) => values.IsEmpty ? 0 : Math.Abs(TensorPrimitives.MaxMagnitude(values));
}
