using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The three matrix products that networks are made of. Each adds to its result. The inner sums run in the order of the inner dimension, so a
/// result depends on the shapes alone.
/// </summary>
internal static unsafe class MatrixProduct
{
    /// <summary>C += A·B with A [rows, inner], B [inner, columns], C [rows, columns].</summary>
    public static void Add<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged
    {
        CheckShapes(a.Rows == c.Rows && a.Columns == b.Rows && b.Columns == c.Columns);
        AddStrided(a.Data, a.Stride, 1, a.Columns, b, c);

        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    /// <summary>C += Aᵀ·B with A [inner, rows], B [inner, columns], C [rows, columns].</summary>
    public static void AddTransposedLeft<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged
    {
        CheckShapes(a.Columns == c.Rows && a.Rows == b.Rows && b.Columns == c.Columns);
        AddStrided(a.Data, 1, a.Stride, a.Rows, b, c);

        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    /// <summary>
    /// C += A·Bᵀ with A [rows, inner], B [columns, inner], C [rows, columns]. The padding behind the inner dimension takes part, so it must be zero
    /// in A or B and finite in the other.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddTransposedRight<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c) where T : unmanaged, INumberBase<T>
    {
        CheckShapes(a.Rows == c.Rows && a.Columns == b.Columns && b.Rows == c.Columns);
        foreach ((int row, int rows) in EvenParts(a.Rows, 5))
        {
            foreach ((int column, int columns) in EvenParts(b.Rows, 4))
            {
                DotTile(
                    rows, columns, a.Data + ((nint)row * a.Stride), a.Stride, b.Data + ((nint)column * b.Stride), b.Stride,
                    c.Data + ((nint)row * c.Stride) + column, c.Stride, a.VectorsPerRow);
            }
        }

        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    /// <summary>The sum of products, in the same order on machines of any vectors. (That of TensorPrimitives adds as many lanes as the machine has.)</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Dot(ReadOnlySpan<double> a, ReadOnlySpan<double> b)
    {
        Vector512<double> lanes = Vector512<double>.Zero;
        int i = 0;
        for (; i + Vector512<double>.Count <= a.Length; i += Vector512<double>.Count)
        {
            lanes = Vector512.FusedMultiplyAdd(Vector512.Create(a[i..]), Vector512.Create(b[i..]), lanes);
        }

        double sum = Simd.Sum(lanes);
        for (; i < a.Length; i++)
        {
            sum = Math.FusedMultiplyAdd(a[i], b[i], sum);
        }

        return sum;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddStrided<T>(T* a, nint aRow, nint aColumn, int inner, Matrix<T> b, Matrix<T> c) where T : unmanaged
    {
        // The rows of a tile share each vector of B, so B streams once for every five rows.
        foreach ((int row, int rows) in EvenParts(c.Rows, 5))
        {
            foreach ((int vector, int vectors) in EvenParts(c.VectorsPerRow, 4))
            {
                int column = vector * Matrix<T>.VectorLength;
                AxpyTile(
                    rows, vectors, a + (row * aRow), aRow, aColumn, b.Data + column, b.Stride,
                    c.Data + ((nint)row * c.Stride) + column, c.Stride, inner);
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AxpyTile<T>(int rows, int columns, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int inner)
        where T : unmanaged
    {
        switch (columns)
        {
            case 1: AxpyTile<T, One>(rows, a, aRow, aColumn, b, bRow, c, cRow, inner); break;
            case 2: AxpyTile<T, Two>(rows, a, aRow, aColumn, b, bRow, c, cRow, inner); break;
            case 3: AxpyTile<T, Three>(rows, a, aRow, aColumn, b, bRow, c, cRow, inner); break;
            default: AxpyTile<T, Four>(rows, a, aRow, aColumn, b, bRow, c, cRow, inner); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AxpyTile<T, TColumns>(int rows, T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int inner)
        where T : unmanaged
        where TColumns : unmanaged
    {
        switch (rows)
        {
            case 1: ProductTile.RowsTimesColumns<T, One, TColumns>(a, aRow, aColumn, b, bRow, c, cRow, inner); break;
            case 2: ProductTile.RowsTimesColumns<T, Two, TColumns>(a, aRow, aColumn, b, bRow, c, cRow, inner); break;
            case 3: ProductTile.RowsTimesColumns<T, Three, TColumns>(a, aRow, aColumn, b, bRow, c, cRow, inner); break;
            case 4: ProductTile.RowsTimesColumns<T, Four, TColumns>(a, aRow, aColumn, b, bRow, c, cRow, inner); break;
            default: ProductTile.RowsTimesColumns<T, Five, TColumns>(a, aRow, aColumn, b, bRow, c, cRow, inner); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void DotTile<T>(int rows, int columns, T* a, nint aRow, T* b, nint bRow, T* c, nint cRow, int vectors)
        where T : unmanaged, INumberBase<T>
    {
        switch (columns)
        {
            case 1: DotTile<T, One>(rows, a, aRow, b, bRow, c, cRow, vectors); break;
            case 2: DotTile<T, Two>(rows, a, aRow, b, bRow, c, cRow, vectors); break;
            case 3: DotTile<T, Three>(rows, a, aRow, b, bRow, c, cRow, vectors); break;
            default: DotTile<T, Four>(rows, a, aRow, b, bRow, c, cRow, vectors); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void DotTile<T, TColumns>(int rows, T* a, nint aRow, T* b, nint bRow, T* c, nint cRow, int vectors)
        where T : unmanaged, INumberBase<T>
        where TColumns : unmanaged
    {
        switch (rows)
        {
            case 1: ProductTile.RowsTimesRows<T, One, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
            case 2: ProductTile.RowsTimesRows<T, Two, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
            case 3: ProductTile.RowsTimesRows<T, Three, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
            case 4: ProductTile.RowsTimesRows<T, Four, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
            default: ProductTile.RowsTimesRows<T, Five, TColumns>(a, aRow, b, bRow, c, cRow, vectors); break;
        }
    }

    /// <summary>Splits a count into as few parts of at most <paramref name="most"/> as possible, all nearly equal: 13 by 4 is 3, 3, 3, 4.</summary>
    internal static PartEnumerator EvenParts(int count, int most) => new(count, most);

    /// <summary>Refuses shapes that do not fit.</summary>
    internal static void CheckShapes(bool fit)
    {
        if (!fit)
        {
            throw new ArgumentException("The shapes of the matrices do not fit.");
        }
    }

    /// <summary>The parts of <see cref="EvenParts"/>, by which a loop runs.</summary>
    internal struct PartEnumerator(int count, int most)
    {
        private readonly int parts = (count + most - 1) / most;
        private int part;
        private int start;

        public (int Start, int Length) Current { get; private set; }

        public readonly PartEnumerator GetEnumerator() => this;

        public bool MoveNext()
        {
            if (part == parts)
            {
                return false;
            }

            part++;
            int end = (int)((long)count * part / parts);
            Current = (start, end - start);
            start = end;
            return true;
        }
    }
}
