using StepZero.Data;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Diagnostics;

/// <summary>
/// The largest eigenvalue of the Gram matrix of scaled samples, X·Xᵀ, by the method of Lanczos (1950): a power iteration that keeps what it went through,
/// so that a few products with X are enough even where the second eigenvalue is close. The vectors are as long as the smaller side of X.
/// </summary>
internal static class LargestEigenvalue
{
    /// <summary>Up to so many samples the Gram matrix is made, in one pass over the data; of more samples X is read in every step.</summary>
    private const int MostOfGram = 1024;

    private const int MostSteps = 80;
    private const double Tolerance = 1e-13;

    /// <summary>The eigenvalue; nan where a feature is not finite.</summary>
    public static double Of(Dataset data, FittedScaling scaling, int threads, CancellationToken cancellation)
    {
        int m = data.SampleCount, n = data.FeatureCount;
        if (m <= MostOfGram)
        {
            Matrix<double> gram = SampleBlocks.Gram(data, scaling, threads, cancellation);
            return Of(m, (vector, product) =>
            {
                for (int row = 0; row < m; row++)
                {
                    product[row] = MatrixProduct.Dot(gram[row], vector);
                }
            });
        }

        double[] projected = new double[m];
        return Of(Math.Min(m, n), (vector, product) =>
        {
            cancellation.ThrowIfCancellationRequested();
            double[] across = n <= m ? product : new double[n];
            Array.Clear(across);
            ScaledSamples.ForEach(data, scaling, (sample, row) => AddScaled(across, n <= m ? MatrixProduct.Dot(row, vector) : vector[sample], row));
            if (n > m)
            {
                ScaledSamples.ForEach(data, scaling, (sample, row) => projected[sample] = MatrixProduct.Dot(row, across));
                projected.CopyTo(product, 0);
            }
        });
    }

    /// <summary>The largest eigenvalue of a symmetric matrix without negative ones.</summary>
    /// <param name="size">Its rows.</param>
    /// <param name="multiply">Writes the product of the matrix with a vector.</param>
    internal static double Of(int size, Action<double[], double[]> multiply)
    {
        double[] vector = new double[size];
        new PhiloxRandom(1).FillNormal(vector, 0, 1);
        List<double[]> basis = [];
        List<double> diagonal = [], beside = [];
        double largest = 0, length = Math.Sqrt(MatrixProduct.Dot(vector, vector));
        for (int step = 0; step < Math.Min(size, MostSteps); step++)
        {
            double[] next = new double[size];
            basis.Add([.. vector.Select(value => value / length)]);
            multiply(basis[^1], next);
            diagonal.Add(MatrixProduct.Dot(basis[^1], next));
            if (!double.IsFinite(diagonal[^1]))
            {
                return double.NaN;
            }

            // Twice: once is not enough where most of the vector goes.
            for (int again = 0; again < 2; again++)
            {
                foreach (double[] before in basis)
                {
                    AddScaled(next, -MatrixProduct.Dot(before, next), before);
                }
            }

            double found = SymmetricEigenvalues.OfTridiagonal([.. diagonal], [.. beside, 0])[0];
            length = Math.Sqrt(MatrixProduct.Dot(next, next));
            if (step > 0 && (found - largest <= Tolerance * found || length <= Tolerance * found))
            {
                return found;
            }

            largest = found;
            if (length == 0)
            {
                break;
            }

            beside.Add(length);
            vector = next;
        }

        return largest;
    }

    private static void AddScaled(double[] target, double factor, double[] addend)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * addend[i];
        }
    }
}
