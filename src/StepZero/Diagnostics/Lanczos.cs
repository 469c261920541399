using System.Numerics.Tensors;
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
    /// <summary>Elements of the basis, 256 MB.</summary>
    private const long BasisElements = 1 << 25;

    /// <summary>A vector this much shorter than the image it is left of is rounding.</summary>
    private const double Rounding = 1e-14;

    /// <summary>A length that has no reciprocal, or nearly none.</summary>
    private const double Least = 1e-300;

    /// <summary>The share of random numbers in a start that is known.</summary>
    private const double Unknown = 0.01;

    private readonly ISymmetricMap map;
    private readonly int count;
    private readonly bool wantsSmallest;
    private readonly int capacity;
    private readonly Matrix<double> basis;
    private readonly Matrix<double> projection;
    private readonly Matrix<double> scratch;
    private readonly Matrix<double> ritz;
    private readonly Matrix<double> image;
    private readonly Matrix<double> shares;
    private NumPyRandom random = new(1);
    private double largestImage;
    private double left;
    private int size;
    private int kept;
    private int products;

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
        basis = Matrix<double>.Allocate(capacity, map.Length);
        projection = Matrix<double>.Allocate(capacity, capacity);
        scratch = Matrix<double>.Allocate(capacity, capacity);
        ritz = Matrix<double>.Allocate(capacity, capacity);
        image = Matrix<double>.Allocate(1, map.Length);
        shares = Matrix<double>.Allocate(1, capacity);
    }

    /// <summary>The eigenvector of the largest eigenvalue, [1, length], after a run.</summary>
    public Matrix<double> First => basis.RowRange(0, 1);

    /// <summary>Runs the search.</summary>
    /// <param name="tolerance">‖A·v − λ·v‖ of each pair as a share of the largest |λ|; it bounds the error of λ.</param>
    /// <param name="mostProducts">After how many products to give up.</param>
    /// <param name="startsFromFirst">Whether the start is the eigenvector found last.</param>
    /// <param name="cancellation">Ends the search early.</param>
    /// <exception cref="OperationCanceledException">The search was ended early.</exception>
    public Extremes Find(double tolerance, int mostProducts, bool startsFromFirst, CancellationToken cancellation)
    {
        Begin(startsFromFirst);
        int wanted = count;
        double[]? found = null;
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            Expand();
            if (!double.IsFinite(left))
            {
                return new Extremes([.. Enumerable.Repeat(double.NaN, count)], double.NaN, double.NaN, products, Converged: false);
            }

            bool complete = size == map.Dimension, spent = products >= mostProducts, closed = complete || left <= Math.Max(Rounding * largestImage, Least);
            if (!closed && !spent && size < capacity && (size - kept) % 5 != 0)
            {
                Continue();
                continue;
            }

            double[] values = Diagonalize();
            bool converged = closed || HaveConverged(values, wanted, tolerance);
            bool confirmed = count == 1 || complete || (found is not null && values.Length > count && IsSame(found, values, tolerance));
            if ((converged && confirmed) || spent)
            {
                return Finish(values, tolerance, converged && confirmed);
            }

            if (converged)
            {
                found = values.Length >= count ? values[..count] : null;
                wanted = count + 1;
                Restart(values, Math.Min(size, count), closed: true);
            }
            else if (size == capacity)
            {
                Restart(values, Math.Min(wanted + 10, capacity / 2), closed: false);
            }
            else
            {
                Continue();
            }
        }
    }

    private void Begin(bool startsFromFirst)
    {
        random = new NumPyRandom(1);
        size = kept = products = 0;
        largestImage = 0;
        map.Fill(image, random);
        Normalize(image);
        if (startsFromFirst)
        {
            Elementwise.MultiplyBy(image, Unknown);
            Elementwise.AddScaled(image, 1, First);
            Normalize(image);
        }

        image[0].CopyTo(basis[0]);
    }

    /// <summary>One product: its shares of the basis go into the projection, and the rest stays in the image.</summary>
    private void Expand()
    {
        map.Multiply(basis.RowRange(size, 1), image);
        products++;
        size++;
        largestImage = Math.Max(largestImage, Norm(image));
        projection[size - 1][..size].Clear();
        Orthogonalize(projection[size - 1]);
        for (int i = 0; i < size; i++)
        {
            projection[i][size - 1] = projection[size - 1][i];
        }

        left = Norm(image);
    }

    /// <summary>Takes from the image what lies in the basis, twice, as rounding leaves some the first time, and adds the shares up.</summary>
    private void Orthogonalize(Span<double> sums)
    {
        Matrix<double> vectors = basis.RowRange(0, size), row = shares.ColumnRange(0, size);
        for (int time = 0; time < 2 && size > 0; time++)
        {
            Elementwise.Clear(row);
            MatrixProduct.AddTransposedRight(image, vectors, row);
            for (int i = 0; i < size; i++)
            {
                sums[i] += row[0][i];
            }

            Elementwise.MultiplyBy(row, -1);
            MatrixProduct.Add(row, vectors, image);
        }
    }

    /// <summary>The eigenvalues of the projection, the largest first; its eigenvectors go into the rows of <see cref="ritz"/>.</summary>
    private double[] Diagonalize()
    {
        for (int row = 0; row < size; row++)
        {
            projection[row][..size].CopyTo(scratch[row]);
        }

        return SymmetricEigen.Decompose(scratch.RowRange(0, size).ColumnRange(0, size), ritz.RowRange(0, size).ColumnRange(0, size));
    }

    private bool HaveConverged(double[] values, int wanted, double tolerance)
    {
        double most = tolerance * Magnitude(values);
        bool all = wanted <= size && (!wantsSmallest || Residual(size - 1) <= most);
        for (int i = 0; i < wanted && all; i++)
        {
            // Of the one past the last it is enough to know that it is smaller.
            all = Residual(i) <= (i < count ? most : Math.Max(most, 0.1 * (values[count - 1] - values[count])));
        }

        return all;
    }

    /// <summary>‖A·y − θ·y‖ of a Ritz pair: only the last vector of the basis has an image that leaves the basis.</summary>
    private double Residual(int pair) => left * Math.Abs(ritz[pair][size - 1]);

    private bool IsSame(double[] found, double[] values, double tolerance)
    {
        double most = tolerance * Magnitude(values);
        for (int i = 0; i < count; i++)
        {
            if (values[i] - found[i] > most)
            {
                return false;
            }
        }

        return true;
    }

    private void Continue()
    {
        Elementwise.MultiplyBy(image, 1 / left);
        image[0].CopyTo(basis[size]);
    }

    /// <summary>Keeps the vectors of the largest values, and where it is wanted of the smallest, and goes on: with the image, or with a random vector.</summary>
    private void Restart(double[] values, int top, bool closed)
    {
        int bottom = wantsSmallest ? Math.Min(closed ? 1 : Math.Min(5, capacity / 4), size - top) : 0;
        Matrix<double> vectors = Combine(top, bottom);
        for (int i = 0; i < vectors.Rows; i++)
        {
            vectors[i].CopyTo(basis[i]);
            projection[i][..vectors.Rows].Clear();
            projection[i][i] = values[i < top ? i : size - vectors.Rows + i];
        }

        size = kept = vectors.Rows;
        if (closed)
        {
            map.Fill(image, random);
            Orthogonalize(scratch[0]);
        }

        Normalize(image);
        image[0].CopyTo(basis[size]);
    }

    /// <summary>The Ritz vectors of the largest values and of the smallest, [top + bottom, length].</summary>
    private Matrix<double> Combine(int top, int bottom)
    {
        Matrix<double> chosen = Matrix<double>.Allocate(top + bottom, size), vectors = Matrix<double>.Allocate(top + bottom, map.Length);
        for (int i = 0; i < chosen.Rows; i++)
        {
            ritz[i < top ? i : size - chosen.Rows + i][..size].CopyTo(chosen[i]);
        }

        MatrixProduct.Add(chosen, basis.RowRange(0, size), vectors);
        return vectors;
    }

    /// <summary>The result, with residuals measured by one more product for each pair.</summary>
    private Extremes Finish(double[] values, double tolerance, bool converged)
    {
        int top = Math.Min(count, size), bottom = wantsSmallest ? 1 : 0;
        Matrix<double> vectors = Combine(top, bottom);
        double residual = 0;
        for (int i = 0; i < vectors.Rows; i++)
        {
            Matrix<double> vector = vectors.RowRange(i, 1);
            map.Multiply(vector, image);
            products++;
            Elementwise.AddScaled(image, -values[i < top ? i : ^1], vector);
            residual = Math.Max(residual, Norm(image));
        }

        vectors[0].CopyTo(basis[0]);
        return new Extremes(values[..top], values[^1], residual, products, converged && residual <= Math.Max(2 * tolerance * Magnitude(values), Least));
    }

    private static double Magnitude(double[] values) => Math.Max(Math.Abs(values[0]), Math.Abs(values[^1]));

    private static void Normalize(Matrix<double> vector) => Elementwise.MultiplyBy(vector, 1 / Norm(vector));

    /// <summary>The length of a vector, also where the squares of its elements overflow or underflow.</summary>
    private static double Norm(Matrix<double> vector)
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
}
