using System.Numerics.Tensors;

namespace StepZero.Numerics;

/// <summary>A factor of a Gram matrix: Cholesky's decomposition with pivots, which ends at the rank.</summary>
internal static class GramFactor
{
    private const double Epsilon = 2.220446049250313e-16;

    /// <summary>
    /// F, [rank, samples], with FᵀF = G: the samples in an orthonormal basis of their span. What is left of G once no diagonal element is above
    /// samples·2.2e-16 of the largest counts as rounding; the least rank is 1.
    /// </summary>
    /// <param name="gram">G, [samples, samples], symmetric and without negative eigenvalues.</param>
    /// <param name="mostRows">The most rows, the number of features.</param>
    public static Matrix<double> Of(Matrix<double> gram, int mostRows)
    {
        int m = gram.Rows, most = Math.Min(m, mostRows);
        double[] left = new double[m];
        for (int sample = 0; sample < m; sample++)
        {
            left[sample] = gram[sample][sample];
        }

        double negligible = m * Epsilon * TensorPrimitives.Max<double>(left);
        Matrix<double> factor = Matrix<double>.Allocate(most, m), weights = Matrix<double>.Allocate(1, most);
        int rank = 0;
        for (; rank < most; rank++)
        {
            int pivot = TensorPrimitives.IndexOfMax<double>(left);
            if (!(left[pivot] > negligible))
            {
                break;
            }

            // The row of the pivot, less what the rows so far hold of it.
            Matrix<double> row = factor.RowRange(rank, 1);
            gram[pivot].CopyTo(row[0]);
            if (rank > 0)
            {
                Matrix<double> shares = weights.ColumnRange(0, rank);
                for (int i = 0; i < rank; i++)
                {
                    shares[0][i] = -factor[i][pivot];
                }

                MatrixProduct.Add(shares, factor.RowRange(0, rank), row);
            }

            double root = Math.Sqrt(left[pivot]);
            TensorPrimitives.Divide(row[0], root, row[0]);
            row[0][pivot] = root;
            for (int sample = 0; sample < m; sample++)
            {
                left[sample] -= row[0][sample] * row[0][sample];
            }

            left[pivot] = double.NegativeInfinity;
        }

        return factor.RowRange(0, Math.Max(1, rank));
    }
}
