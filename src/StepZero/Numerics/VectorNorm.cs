using System.Numerics.Tensors;

namespace StepZero.Numerics;

/// <summary>The Euclidean length of a vector, [1, length] with zeros in the padding.</summary>
internal static class VectorNorm
{
    /// <summary>The length, also where the squares of the elements overflow or underflow.</summary>
    public static double Of(Matrix<double> vector)
    {
        double square = Elementwise.SumOfProducts(vector, vector);
        if (square is > 1e-200 and < 1e300)
        {
            return Math.Sqrt(square);
        }

        double most = Math.Abs(TensorPrimitives.MaxMagnitude<double>(vector[0]));
        if (most == 0 || !double.IsFinite(most))
        {
            return most;
        }

        double sum = 0;
        foreach (double element in vector[0])
        {
            sum += element / most * (element / most);
        }

        return most * Math.Sqrt(sum);
    }

    /// <summary>Gives the vector, which is not 0, the length 1.</summary>
    public static void Normalize(Matrix<double> vector) => Elementwise.MultiplyBy(vector, 1 / Of(vector));
}
