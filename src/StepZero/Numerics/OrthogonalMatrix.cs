using System.Numerics.Tensors;

namespace StepZero.Numerics;

/// <summary>
/// The orthogonal factor of a matrix, by Householder's reflections in blocks: Q = H₁·H₂·…, and the reflections of one block together are
/// I − Vᵀ·T·V (Schreiber and Van Loan 1989), so that nearly all work is matrix products. Backward stable: ‖QᵀQ − I‖ is a small multiple of 1e-16.
/// </summary>
/// <remarks>The matrix is held as its columns, [columns, length], so that everything runs along rows.</remarks>
internal static class OrthogonalMatrix
{
    private const int BlockSize = 32;

    /// <summary>
    /// Replaces a matrix A, [rows, columns], by the Q of A = Q·R with a positive diagonal of R; if it has more columns than rows, by the transposed Q
    /// of the transposed A. So its columns, or else its rows, become orthonormal.
    /// </summary>
    public static void Replace(Span<double> matrix, int rows, int columns)
    {
        bool transposed = rows < columns;
        int length = Math.Max(rows, columns), count = Math.Min(rows, columns);
        if (count == 0)
        {
            return;
        }

        Matrix<double> a = Matrix<double>.Allocate(count, length);
        for (int column = 0; column < count; column++)
        {
            for (int i = 0; i < length; i++)
            {
                a[column][i] = transposed ? matrix[(column * length) + i] : matrix[(i * count) + column];
            }
        }

        Matrix<double> q = OfColumns(a);
        for (int column = 0; column < count; column++)
        {
            for (int i = 0; i < length; i++)
            {
                matrix[transposed ? (column * length) + i : (i * count) + column] = q[column][i];
            }
        }
    }

    /// <summary>The columns of Q for the columns of A, [columns, length]; destroys A.</summary>
    private static Matrix<double> OfColumns(Matrix<double> a)
    {
        int blocks = (a.Rows + BlockSize - 1) / BlockSize;
        var reflections = new (Matrix<double> V, Matrix<double> T)[blocks];
        bool[] negative = new bool[a.Rows];
        for (int block = 0; block < blocks; block++)
        {
            int first = block * BlockSize, end = Math.Min(a.Rows, first + BlockSize);
            Matrix<double> below = a.ColumnRange(first, a.Columns - first);
            reflections[block] = Reflect(below.RowRange(first, end - first), negative.AsSpan(first));
            Apply(reflections[block], below.RowRange(end, a.Rows - end), transposed: false);
        }

        Matrix<double> q = Matrix<double>.Allocate(a.Rows, a.Columns);
        for (int column = 0; column < q.Rows; column++)
        {
            q[column][column] = 1;
        }

        for (int block = blocks - 1; block >= 0; block--)
        {
            int first = block * BlockSize;
            Apply(reflections[block], q.ColumnRange(first, q.Columns - first).RowRange(first, q.Rows - first), transposed: true);
        }

        for (int column = 0; column < q.Rows; column++)
        {
            if (negative[column])
            {
                TensorPrimitives.Negate(q[column], q[column]);
            }
        }

        return q;
    }

    /// <summary>The reflections that make a block of columns upper triangular, and which diagonal elements become negative.</summary>
    /// <param name="columns">The block, [columns, length]: element i of column i is on the diagonal. Destroyed.</param>
    /// <param name="negative">Receives the signs.</param>
    private static (Matrix<double> V, Matrix<double> T) Reflect(Matrix<double> columns, Span<bool> negative)
    {
        int count = columns.Rows;
        Matrix<double> v = Matrix<double>.Allocate(count, columns.Columns);
        Matrix<double> t = Matrix<double>.Allocate(count, count);
        double[] products = new double[count];
        for (int i = 0; i < count; i++)
        {
            Span<double> column = columns[i][i..], reflection = v[i][i..];
            double tail = Math.Sqrt(MatrixProduct.Dot(column[1..], column[1..]));
            double head = column[0];
            negative[i] = tail == 0 ? head < 0 : head >= 0;
            if (tail == 0)
            {
                continue;
            }

            // The image of the column is −sign(head)·‖column‖ on the diagonal: no digits cancel.
            double diagonal = -Math.CopySign(double.Hypot(head, tail), head);
            double tau = (diagonal - head) / diagonal;
            TensorPrimitives.Divide(column, head - diagonal, reflection);
            reflection[0] = 1;
            for (int j = i + 1; j < count; j++)
            {
                Span<double> other = columns[j][i..];
                TensorPrimitives.MultiplyAdd(reflection, -tau * MatrixProduct.Dot(reflection, other), other, other);
            }

            for (int j = 0; j < i; j++)
            {
                products[j] = MatrixProduct.Dot(v[j][i..], reflection);
            }

            for (int row = 0; row < i; row++)
            {
                t[row][i] = -tau * MatrixProduct.Dot(t[row][row..i], products.AsSpan(row, i - row));
            }

            t[i][i] = tau;
        }

        return (v, t);
    }

    /// <summary>columns −= ((columns·Vᵀ)·T)·V, or with Tᵀ.</summary>
    private static void Apply((Matrix<double> V, Matrix<double> T) reflections, Matrix<double> columns, bool transposed)
    {
        if (columns.Rows == 0)
        {
            return;
        }

        int count = reflections.V.Rows;
        Matrix<double> products = Matrix<double>.Allocate(columns.Rows, count);
        Matrix<double> weighted = Matrix<double>.Allocate(columns.Rows, count);
        MatrixProduct.AddTransposedRight(columns, reflections.V, products);
        if (transposed)
        {
            MatrixProduct.AddTransposedRight(products, reflections.T, weighted);
        }
        else
        {
            MatrixProduct.Add(products, reflections.T, weighted);
        }

        for (int row = 0; row < weighted.Rows; row++)
        {
            TensorPrimitives.Negate(weighted[row], weighted[row]);
        }

        MatrixProduct.Add(weighted, reflections.V, columns);
    }
}
