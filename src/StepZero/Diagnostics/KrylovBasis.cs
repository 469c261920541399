using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>
/// An orthonormal basis that grows by products with a symmetric map A, and the projection of A to it, VᵀAV. Its eigenpairs (θ, s) give the Ritz pairs
/// (θ, V·s), which come near those of A at the ends of the spectrum first.
/// </summary>
internal sealed class KrylovBasis
{
    private readonly ISymmetricMap map;
    private readonly Matrix<double> vectors;
    private readonly Matrix<double> projection;
    private readonly Matrix<double> scratch;
    private readonly Matrix<double> ritz;
    private readonly Matrix<double> shares;

    /// <summary>An empty basis.</summary>
    /// <param name="map">A.</param>
    /// <param name="capacity">The most vectors.</param>
    public KrylovBasis(ISymmetricMap map, int capacity)
    {
        this.map = map;
        vectors = Matrix<double>.Allocate(capacity, map.Length);
        projection = Matrix<double>.Allocate(capacity, capacity);
        scratch = Matrix<double>.Allocate(capacity, capacity);
        ritz = Matrix<double>.Allocate(capacity, capacity);
        shares = Matrix<double>.Allocate(1, capacity);
        Image = Matrix<double>.Allocate(1, map.Length);
    }

    /// <summary>What the last product left outside the basis, or what will be its next vector, [1, length].</summary>
    public Matrix<double> Image { get; }

    /// <summary>The length of what the last product left.</summary>
    public double Left { get; private set; }

    /// <summary>The length of the longest product so far.</summary>
    public double LongestImage { get; private set; }

    /// <summary>The vectors whose products are known.</summary>
    public int Size { get; private set; }

    /// <summary>The first vector, [1, length].</summary>
    public Matrix<double> First => vectors.RowRange(0, 1);

    /// <summary>Drops all vectors and starts anew with the image.</summary>
    public void Begin()
    {
        Size = 0;
        LongestImage = 0;
        Append();
    }

    /// <summary>Makes the image, which must be orthogonal to the basis, its next vector.</summary>
    public void Append()
    {
        VectorNorm.Normalize(Image);
        Image[0].CopyTo(vectors[Size]);
    }

    /// <summary>One product, with the vector appended last: its shares of the basis go into the projection, and the rest stays in the image.</summary>
    public void Expand()
    {
        map.Multiply(vectors.RowRange(Size, 1), Image);
        LongestImage = Math.Max(LongestImage, VectorNorm.Of(Image));
        Size++;
        projection[Size - 1][..Size].Clear();
        Orthogonalize(projection[Size - 1]);
        for (int i = 0; i < Size; i++)
        {
            projection[i][Size - 1] = projection[Size - 1][i];
        }

        Left = VectorNorm.Of(Image);
    }

    /// <summary>Takes from the image what lies in the basis; twice, as rounding leaves some the first time.</summary>
    public void Orthogonalize() => Orthogonalize(scratch[0]);

    /// <summary>The eigenvalues of the projection, the largest first.</summary>
    public double[] Diagonalize()
    {
        for (int row = 0; row < Size; row++)
        {
            projection[row][..Size].CopyTo(scratch[row]);
        }

        return SymmetricEigen.Decompose(scratch.RowRange(0, Size).ColumnRange(0, Size), ritz.RowRange(0, Size).ColumnRange(0, Size));
    }

    /// <summary>‖A·y − θ·y‖ of a Ritz pair, after <see cref="Diagonalize"/>: only the last vector has an image that leaves the basis.</summary>
    public double Residual(int pair) => Left * Math.Abs(ritz[pair][Size - 1]);

    /// <summary>The Ritz vectors of the largest values and of the smallest, after <see cref="Diagonalize"/>, [top + bottom, length].</summary>
    public Matrix<double> RitzVectors(int top, int bottom)
    {
        Matrix<double> chosen = Matrix<double>.Allocate(top + bottom, Size), combined = Matrix<double>.Allocate(top + bottom, map.Length);
        for (int i = 0; i < chosen.Rows; i++)
        {
            ritz[i < top ? i : Size - chosen.Rows + i][..Size].CopyTo(chosen[i]);
        }

        MatrixProduct.Add(chosen, vectors.RowRange(0, Size), combined);
        return combined;
    }

    /// <summary>Keeps of the basis the Ritz vectors of the largest values and of the smallest.</summary>
    public void Keep(double[] values, int top, int bottom)
    {
        Matrix<double> kept = RitzVectors(top, bottom);
        for (int i = 0; i < kept.Rows; i++)
        {
            kept[i].CopyTo(vectors[i]);
            projection[i][..kept.Rows].Clear();
            projection[i][i] = values[i < top ? i : Size - kept.Rows + i];
        }

        Size = kept.Rows;
    }

    private void Orthogonalize(Span<double> sums)
    {
        Matrix<double> basis = vectors.RowRange(0, Size), row = shares.ColumnRange(0, Size);
        for (int time = 0; time < 2 && Size > 0; time++)
        {
            Elementwise.Clear(row);
            MatrixProduct.AddTransposedRight(Image, basis, row);
            for (int i = 0; i < Size; i++)
            {
                sums[i] += row[0][i];
            }

            Elementwise.MultiplyBy(row, -1);
            MatrixProduct.Add(row, basis, Image);
        }
    }
}
