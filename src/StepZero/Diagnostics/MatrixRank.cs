using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>The rank of a matrix by its singular values σ, which are the roots of the eigenvalues of its smaller Gram matrix.</summary>
/// <param name="Rank">How many σ are above <see cref="Tolerance"/> times the largest; 0 for a matrix of zeros.</param>
/// <param name="Most">The largest rank a matrix of this shape can have: the smaller of its two sides.</param>
/// <param name="StableRank">Σσ²/max σ², at least 1: how many directions the matrix is spread over; 0 for a matrix of zeros.</param>
/// <param name="LargestSingularValue">The largest σ.</param>
public sealed record MatrixRank(int Rank, int Most, double StableRank, double LargestSingularValue)
{
    /// <summary>A singular value below this share of the largest counts as 0; through a Gram matrix smaller ones drown in rounding.</summary>
    public const double Tolerance = 1e-6;

    /// <summary>The rank of a matrix whose padding is 0; null where a number is not finite.</summary>
    internal static MatrixRank? Of(Matrix<double> matrix)
    {
        double factor = Scaled.Factor(matrix);
        bool wide = matrix.Rows <= matrix.Columns;
        Matrix<double> scaled = Matrix<double>.Allocate(matrix.Rows, matrix.Columns);
        Elementwise.AddScaled(scaled, factor, matrix);
        Matrix<double> rows = scaled;
        if (!wide)
        {
            rows = Matrix<double>.Allocate(matrix.Columns, matrix.Rows);
            Elementwise.Transpose(scaled, rows);
        }

        Matrix<double> gram = Matrix<double>.Allocate(rows.Rows, rows.Rows);
        MatrixProduct.AddTransposedRight(rows, rows, gram);
        double trace = 0;
        for (int i = 0; i < gram.Rows; i++)
        {
            trace += gram[i][i];
        }

        if (!double.IsFinite(trace))
        {
            return null;
        }

        double[] squares = SymmetricEigen.Decompose(gram);
        double largest = Math.Max(squares[0], 0);
        int rank = largest > 0 ? squares.Count(square => square > Tolerance * Tolerance * largest) : 0;
        return new MatrixRank(rank, squares.Length, largest > 0 ? trace / largest : 0, Math.Sqrt(largest) / factor);
    }
}
