using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Diagnostics;

/// <summary>
/// The largest eigenvalues of a symmetric map, and the smallest, by Lanczos' method with full reorthogonalisation. When the basis is full the best
/// vectors are kept and the rest is dropped (Wu and Simon 2000, "Thick-restart Lanczos"). A chain of products sees of equal eigenvalues only one, so
/// where several are wanted, chains from new random vectors follow until one finds nothing more.
/// </summary>
internal sealed class Lanczos
{
    /// <summary>Elements of a large basis, 256 MB.</summary>
    private const long BasisElements = 1 << 25;

    /// <summary>Products between two looks at the eigenvalues.</summary>
    private const int LookEvery = 5;

    /// <summary>A vector this much shorter than the images it is left of is rounding.</summary>
    private const double Rounding = 1e-14;

    /// <summary>A length that counts as 0: it has nearly no reciprocal.</summary>
    private const double Least = 1e-300;

    /// <summary>The share of random numbers in a start that is known: what the known vector has no part in would never be found.</summary>
    private const double Unknown = 0.01;

    private readonly ISymmetricMap map;
    private readonly int count;
    private readonly bool wantsSmallest;
    private readonly int capacity;
    private readonly KrylovBasis basis;

    /// <summary>A search; it can be run many times, as the map changes.</summary>
    /// <param name="map">The map.</param>
    /// <param name="count">How many of the largest eigenvalues, at least 1.</param>
    /// <param name="wantsSmallest">Whether to find the smallest too.</param>
    public Lanczos(ISymmetricMap map, int count, bool wantsSmallest)
    {
        this.map = map;
        this.count = Math.Min(count, map.Dimension);
        this.wantsSmallest = wantsSmallest;
        capacity = (int)Math.Min(map.Dimension, Math.Max((2 * this.count) + 12, Math.Min((3 * this.count) + 90, BasisElements / map.Length)));
        basis = new KrylovBasis(map, capacity);
    }

    /// <summary>Runs the search.</summary>
    /// <param name="tolerance">‖A·v − λ·v‖ of each pair as a share of the largest |λ|; it bounds the error of λ.</param>
    /// <param name="mostProducts">After how many products to give up.</param>
    /// <param name="startsFromFirst">Whether to start from the eigenvector of the largest eigenvalue that the last run found.</param>
    /// <param name="cancellation">Ends the search early.</param>
    /// <exception cref="OperationCanceledException">The search was ended early.</exception>
    public Extremes Find(double tolerance, int mostProducts, bool startsFromFirst, CancellationToken cancellation)
    {
        var random = new NumPyRandom(1);
        Begin(random, startsFromFirst);
        int wanted = count, kept = 0;
        double[]? found = null;
        for (int products = 1; ; products++)
        {
            cancellation.ThrowIfCancellationRequested();
            basis.Expand();
            if (!double.IsFinite(basis.Left))
            {
                return new Extremes([.. Enumerable.Repeat(double.NaN, count)], double.NaN, double.NaN, products, Converged: false);
            }

            bool complete = basis.Size == map.Dimension, spent = products >= mostProducts;
            bool closed = complete || basis.Left <= Math.Max(Rounding * basis.LongestImage, Least);
            if (!closed && !spent && basis.Size < capacity && (basis.Size - kept) % LookEvery != 0)
            {
                basis.Append();
                continue;
            }

            double[] values = basis.Diagonalize();
            bool converged = closed || HaveConverged(values, wanted, tolerance);
            bool confirmed = count == 1 || complete || (found is not null && values.Length > count && IsSame(found, values, tolerance));
            if ((converged && confirmed) || spent)
            {
                return Finish(values, tolerance, products, converged && confirmed);
            }

            if (converged)
            {
                // A new chain, from a vector that knows nothing of those kept: the first value after theirs will be its own.
                found = values.Length >= count ? values[..count] : null;
                wanted = count + 1;
                int top = Math.Min(basis.Size, count);
                basis.Keep(values, top, wantsSmallest ? Math.Min(1, basis.Size - top) : 0);
                kept = basis.Size;
                map.Fill(basis.Image, random);
                basis.Orthogonalize();
            }
            else if (basis.Size == capacity)
            {
                // The same chain with fewer vectors: more than are wanted, or what comes next to them would be found anew each time.
                int top = Math.Min(wanted + 10, capacity / 2);
                basis.Keep(values, top, wantsSmallest ? Math.Min(Math.Min(5, capacity / 4), basis.Size - top) : 0);
                kept = basis.Size;
            }

            basis.Append();
        }
    }

    private void Begin(NumPyRandom random, bool startsFromFirst)
    {
        map.Fill(basis.Image, random);
        if (startsFromFirst)
        {
            Elementwise.MultiplyBy(basis.Image, Unknown / VectorNorm.Of(basis.Image));
            Elementwise.AddScaled(basis.Image, 1, basis.First);
        }

        basis.Begin();
    }

    private bool HaveConverged(double[] values, int wanted, double tolerance)
    {
        double most = tolerance * Magnitude(values);
        bool all = wanted <= values.Length && (!wantsSmallest || basis.Residual(values.Length - 1) <= most);
        for (int i = 0; i < wanted && all; i++)
        {
            // Of the one past the last it is enough to know that it is smaller.
            all = basis.Residual(i) <= (i < count ? most : Math.Max(most, 0.1 * (values[count - 1] - values[count])));
        }

        return all;
    }

    /// <summary>Whether the last chain has found no larger values than were found before.</summary>
    private static bool IsSame(double[] found, double[] values, double tolerance)
    {
        double most = tolerance * Magnitude(values);
        return found.Zip(values).All(pair => pair.Second - pair.First <= most);
    }

    /// <summary>The result, with residuals measured by one more product for each pair.</summary>
    private Extremes Finish(double[] values, double tolerance, int products, bool converged)
    {
        int top = Math.Min(count, values.Length);
        Matrix<double> vectors = basis.RitzVectors(top, wantsSmallest ? 1 : 0);
        double residual = 0;
        for (int i = 0; i < vectors.Rows; i++)
        {
            Matrix<double> vector = vectors.RowRange(i, 1);
            map.Multiply(vector, basis.Image);
            Elementwise.AddScaled(basis.Image, -values[i < top ? i : ^1], vector);
            residual = Math.Max(residual, VectorNorm.Of(basis.Image));
        }

        vectors[0].CopyTo(basis.First[0]);
        return new Extremes(
            values[..top], values[^1], residual, products + vectors.Rows, converged && residual <= Math.Max(2 * tolerance * Magnitude(values), Least));
    }

    private static double Magnitude(double[] values) => Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));
}
