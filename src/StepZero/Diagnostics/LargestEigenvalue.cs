using StepZero.Data;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Diagnostics;

/// <summary>
/// The largest eigenvalue of the Gram matrix of scaled samples, X·Xᵀ, by <see cref="Lanczos"/>' method: a few products with X are enough even where the second
/// eigenvalue is close. The vectors are as long as the smaller side of X.
/// </summary>
internal static class LargestEigenvalue
{
    /// <summary>Up to so many samples the Gram matrix is made, in one pass over the data; of more samples X is read in every step.</summary>
    private const int MostOfGram = 1024;

    private const int MostProducts = 200;
    private const double Tolerance = 1e-10;

    private delegate void Multiplication(ReadOnlySpan<double> vector, Span<double> product);

    /// <summary>The eigenvalue; nan where a feature is not finite.</summary>
    public static double Of(Dataset data, FittedScaling scaling, int threads, CancellationToken cancellation)
    {
        int m = data.SampleCount, n = data.FeatureCount;
        if (m <= MostOfGram)
        {
            Matrix<double> gram = SampleBlocks.Gram(data, scaling, threads, cancellation);
            return Of(new Map(m, (vector, product) =>
            {
                for (int row = 0; row < m; row++)
                {
                    product[row] = MatrixProduct.Dot(gram[row], vector);
                }
            }));
        }

        double[] projected = new double[m], given = new double[Math.Min(m, n)];
        return Of(new Map(given.Length, (vector, product) =>
        {
            double[] across = new double[n];
            vector.CopyTo(given);
            ScaledSamples.ForEach(data, scaling, (sample, row) => AddScaled(across, n <= m ? MatrixProduct.Dot(row, given) : given[sample], row));
            if (n > m)
            {
                ScaledSamples.ForEach(data, scaling, (sample, row) => projected[sample] = MatrixProduct.Dot(row, across));
            }

            (n <= m ? across : projected).CopyTo(product);
        }));

        double Of(Map map) => new Lanczos(map, 1, wantsSmallest: false).Find(Tolerance, MostProducts, startsFromFirst: false, cancellation).Largest[0];
    }

    private static void AddScaled(double[] target, double factor, double[] addend)
    {
        for (int i = 0; i < target.Length; i++)
        {
            target[i] += factor * addend[i];
        }
    }

    private sealed class Map(int size, Multiplication multiply) : ISymmetricMap
    {
        public int Length => size;

        public int Dimension => size;

        public void Multiply(Matrix<double> vector, Matrix<double> product) => multiply(vector[0], product[0]);

        public void Fill(Matrix<double> vector, NumPyRandom random) => random.FillStandardNormal(vector[0]);
    }
}
