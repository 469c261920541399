using System.Numerics.Tensors;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>
/// The mean cosine between all pairs of vectors, without looking at pairs: with v the vectors of length 1 it is (‖Σv‖² − m)/(m·(m − 1)). Vectors of
/// length 0 have no direction and do not count.
/// </summary>
/// <param name="dimension">The length of the vectors.</param>
internal sealed class MeanCosine(int dimension)
{
    private readonly double[] sum = new double[dimension];
    private long count;

    /// <summary>The mean; null where fewer than two vectors count.</summary>
    public double? Value
    {
        get
        {
            double square = TensorPrimitives.SumOfSquares<double>(sum);
            return count < 2 ? null : Math.Clamp((square - count) / ((double)count * (count - 1)), -1, 1);
        }
    }

    /// <summary>Adds one vector.</summary>
    public void Add(ReadOnlySpan<double> vector)
    {
        double length = Scaled.Norm(vector);
        if (length == 0)
        {
            return;
        }

        count++;
        TensorPrimitives.MultiplyAdd(vector, 1 / length, sum, sum);
    }

    /// <summary>Adds the columns of a matrix, [dimension, vectors].</summary>
    /// <param name="columns">The vectors.</param>
    /// <param name="factor">What brings them near 1, so that squares neither overflow nor underflow.</param>
    public void Add(Matrix<double> columns, double factor)
    {
        double[] lengths = new double[columns.Columns];
        for (int row = 0; row < columns.Rows; row++)
        {
            Span<double> values = columns[row];
            for (int i = 0; i < lengths.Length; i++)
            {
                lengths[i] += values[i] * factor * (values[i] * factor);
            }
        }

        for (int i = 0; i < lengths.Length; i++)
        {
            count += lengths[i] == 0 ? 0 : 1;
            lengths[i] = lengths[i] == 0 ? 0 : 1 / Math.Sqrt(lengths[i]);
        }

        for (int row = 0; row < columns.Rows; row++)
        {
            Span<double> values = columns[row];
            double total = 0;
            for (int i = 0; i < lengths.Length; i++)
            {
                total += values[i] * factor * lengths[i];
            }

            sum[row] += total;
        }
    }
}
