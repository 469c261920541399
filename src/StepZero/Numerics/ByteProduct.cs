using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The exact sums of products of rows of bytes. The bytes come as 16-bit integers (<see cref="Elementwise.Widen(ReadOnlySpan{byte}, Span{short})"/>),
/// whose products are added in pairs; every machine finds the same integers, in whatever order it adds.
/// </summary>
internal static unsafe class ByteProduct
{
    /// <summary>
    /// Columns whose sum of products stays in 32 bits: 32,768 · 255² = 2,130,739,200 is below 2³¹. After as many the sums go to 64 bits.
    /// </summary>
    public const int MostColumns = 32768;

    /// <summary>
    /// C += A·Bᵀ with A [rows, inner], B [columns, inner], C [rows, columns]. The elements of A and B lie between 0 and 255; the padding behind the
    /// inner dimension takes part, so it must be zero in A or B.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposedRight(Matrix<short> a, Matrix<short> b, Matrix<long> c)
    {
        MatrixProduct.CheckShapes(a.Rows == c.Rows && a.Columns == b.Columns && b.Rows == c.Columns);
        int v = Matrix<short>.VectorLength;

        // Vectors in two halves take twice the registers.
        int most = Vector512.IsHardwareAccelerated ? 4 : 2;
        for (int start = 0; start < a.VectorsPerRow; start += MostColumns / v)
        {
            int vectors = Math.Min(MostColumns / v, a.VectorsPerRow - start);
            foreach ((int row, int rows) in MatrixProduct.EvenParts(a.Rows, most))
            {
                foreach ((int column, int columns) in MatrixProduct.EvenParts(b.Rows, most))
                {
                    Tile(
                        rows, columns, a.Data + ((nint)row * a.Stride) + (start * v), a.Stride, b.Data + ((nint)column * b.Stride) + (start * v), b.Stride,
                        c.Data + ((nint)row * c.Stride) + column, c.Stride, vectors);
                }
            }
        }

        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile(int rows, int columns, short* a, nint aRow, short* b, nint bRow, long* c, nint cRow, int vectors)
    {
        switch (columns)
        {
            case 1: Tile<One>(rows, a, aRow, b, bRow, c, cRow, vectors); break;
            case 2: Tile<Two>(rows, a, aRow, b, bRow, c, cRow, vectors); break;
            case 3: Tile<Three>(rows, a, aRow, b, bRow, c, cRow, vectors); break;
            default: Tile<Four>(rows, a, aRow, b, bRow, c, cRow, vectors); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<TColumns>(int rows, short* a, nint aRow, short* b, nint bRow, long* c, nint cRow, int vectors)
        where TColumns : unmanaged
    {
        switch (rows)
        {
            case 1: ByteTile.RowsTimesRows<One, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
            case 2: ByteTile.RowsTimesRows<Two, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
            case 3: ByteTile.RowsTimesRows<Three, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
            default: ByteTile.RowsTimesRows<Four, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
        }
    }
}
