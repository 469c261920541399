using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The products of <see cref="MatrixProduct"/> for as many networks at once as a vector has lanes. Element (i, j) of a matrix of lanes is the vector that starts
/// at column j·V, with one network a lane. Each lane sums in the order in which <see cref="MatrixProduct"/> does, so it computes the same bits.
/// </summary>
internal static unsafe class LaneProduct
{
    /// <summary>The places of a vector that are summed side by side.</summary>
    private const int Together = 8;

    /// <summary>The width of this machine's vectors.</summary>
    public static VectorWidth OwnWidth { get; } =
        Vector512.IsHardwareAccelerated ? VectorWidth.Bits512 : Vector256.IsHardwareAccelerated ? VectorWidth.Bits256 : VectorWidth.Bits128;

    /// <summary>C = bias + kept·S + A·B with B [inner, columns] of numbers that all networks share, and all else of lanes.</summary>
    /// <param name="a">A, [rows, inner].</param>
    /// <param name="b">B, [inner, columns].</param>
    /// <param name="c">C, [rows, columns].</param>
    /// <param name="bias">[1, rows].</param>
    /// <param name="start">S, [rows, columns]; empty for none.</param>
    /// <param name="kept">[1, 1]; empty where there is no S.</param>
    /// <param name="width">The vectors.</param>
    public static void SetShared<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c, Matrix<T> bias, Matrix<T> start, Matrix<T> kept, VectorWidth width) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        MatrixProduct.CheckShapes(
            a.Rows == c.Rows && a.Columns >= b.Rows * v && c.Columns >= b.Columns * v && bias.Columns >= c.Rows * v
            && (start.IsEmpty || (start.Rows == c.Rows && start.Columns >= b.Columns * v && kept.Columns >= v)));
        var from = new LaneTile.Start<T>(bias.Data, start.Data, start.Stride, kept.Data);
        var layout = new LaneTile.Layout(a.Stride, v, b.Stride, 1, c.Stride, v);
        if (start.IsEmpty)
        {
            Run<T, One, Four>(a.Data, b.Data, c.Data, from, layout, a.Rows, b.Columns, b.Rows, width);
        }
        else
        {
            Run<T, One, Five>(a.Data, b.Data, c.Data, from, layout, a.Rows, b.Columns, b.Rows, width);
        }

        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
        bias.KeepAlive();
        start.KeepAlive();
        kept.KeepAlive();
    }

    /// <summary>C = bias + A·B, all of lanes, with A [rows, inner], B [inner, columns], C [rows, columns] and a bias [1, rows].</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C.</param>
    /// <param name="bias">The bias.</param>
    /// <param name="columns">The columns of B and C.</param>
    /// <param name="width">The vectors.</param>
    public static void Set<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c, Matrix<T> bias, int columns, VectorWidth width) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        MatrixProduct.CheckShapes(a.Rows == c.Rows && a.Columns >= b.Rows * v && b.Columns >= columns * v && c.Columns >= columns * v && bias.Columns >= c.Rows * v);
        Run<T, Two, Four>(a.Data, b.Data, c.Data, new(bias.Data, null, 0, null), new(a.Stride, v, b.Stride, v, c.Stride, v), a.Rows, columns, b.Rows, width);
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
        bias.KeepAlive();
    }

    /// <summary>C = C∘(Aᵀ·B), all of lanes, with A [inner, rows], B [inner, columns], C [rows, columns].</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C.</param>
    /// <param name="columns">The columns of B and C.</param>
    /// <param name="width">The vectors.</param>
    public static void MultiplyByTransposedLeft<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c, int columns, VectorWidth width) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        MatrixProduct.CheckShapes(a.Rows == b.Rows && a.Columns >= c.Rows * v && b.Columns >= columns * v && c.Columns >= columns * v);
        Run<T, Two, Three>(a.Data, b.Data, c.Data, default, new(v, a.Stride, b.Stride, v, c.Stride, v), c.Rows, columns, a.Rows, width);
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    /// <summary>C += A·Bᵀ, all of lanes, with A [rows, samples], B [columns, samples], C [rows, columns].</summary>
    /// <param name="a">A.</param>
    /// <param name="b">B.</param>
    /// <param name="c">C.</param>
    /// <param name="samples">The inner dimension.</param>
    /// <param name="width">The vectors.</param>
    public static void AddTransposedRight<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c, int samples, VectorWidth width) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        MatrixProduct.CheckShapes(a.Rows == c.Rows && a.Columns >= samples * v && b.Columns >= samples * v && c.Columns >= b.Rows * v);
        Sum<T, Two>(a.Data, b.Data, c.Data, new(a.Stride, v, v, b.Stride, c.Stride, v), a.Rows, b.Rows, samples, width);
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    /// <summary>C += A·B with A [rows, samples] and C [rows, columns] of lanes, and B [samples, columns] of numbers, summed as by <see cref="MatrixProduct.AddTransposedRight"/>.</summary>
    /// <inheritdoc cref="AddTransposedRight"/>
    public static void AddSharedBySamples<T>(Matrix<T> a, Matrix<T> b, Matrix<T> c, int samples, VectorWidth width) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        MatrixProduct.CheckShapes(a.Rows == c.Rows && a.Columns >= samples * v && b.Rows >= samples && c.Columns >= b.Columns * v);
        Sum<T, One>(a.Data, b.Data, c.Data, new(a.Stride, v, b.Stride, 1, c.Stride, v), a.Rows, b.Columns, samples, width);
        a.KeepAlive();
        b.KeepAlive();
        c.KeepAlive();
    }

    /// <summary>Adds the sum of each row over the samples to its place in <paramref name="sums"/>, [1, rows], in the order of <see cref="Elementwise.AddRowSums"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void AddRowSums<T>(Matrix<T> source, Matrix<T> sums, int samples) where T : unmanaged
    {
        int v = Vector512<T>.Count;
        T* partial = stackalloc T[(v * v) + v];
        partial = Aligned(partial);
        for (int row = 0; row < source.Rows; row++)
        {
            T* from = source.Data + ((nint)row * source.Stride);
            for (int r = 0; r < v; r += Together)
            {
                SumPlaces(from, r, samples, partial + (r * v));
            }

            AddTree(sums.Data + (row * v), partial, v);
        }

        source.KeepAlive();
        sums.KeepAlive();
    }

    /// <summary>The sums of samples r, r + V, r + 2V … and of those of the seven places after it, side by side so that no addition waits for another.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SumPlaces<T>(T* from, int r, int samples, T* sums) where T : unmanaged
    {
        int v = Vector512<T>.Count, s = r;
        Vector512<T> p0 = default, p1 = default, p2 = default, p3 = default, p4 = default, p5 = default, p6 = default, p7 = default;
        for (; s + Together <= samples; s += v)
        {
            T* at = from + ((nint)s * v);
            p0 += Vector512.Load(at);
            p1 += Vector512.Load(at + v);
            p2 += Vector512.Load(at + (2 * v));
            p3 += Vector512.Load(at + (3 * v));
            p4 += Vector512.Load(at + (4 * v));
            p5 += Vector512.Load(at + (5 * v));
            p6 += Vector512.Load(at + (6 * v));
            p7 += Vector512.Load(at + (7 * v));
        }

        p0.Store(sums);
        p1.Store(sums + v);
        p2.Store(sums + (2 * v));
        p3.Store(sums + (3 * v));
        p4.Store(sums + (4 * v));
        p5.Store(sums + (5 * v));
        p6.Store(sums + (6 * v));
        p7.Store(sums + (7 * v));
        for (int place = 0; s + place < samples && place < Together; place++)
        {
            (Vector512.Load(sums + (place * v)) + Vector512.Load(from + ((nint)(s + place) * v))).Store(sums + (place * v));
        }
    }

    private static void Run<T, TRight, TResult>(T* a, T* b, T* c, LaneTile.Start<T> start, LaneTile.Layout layout, int rows, int columns, int inner, VectorWidth width)
        where T : unmanaged
        where TRight : unmanaged
        where TResult : unmanaged
    {
        switch (width)
        {
            case VectorWidth.Bits512: Run<T, Vector512Lanes<T>, TRight, TResult>(a, b, c, start, layout, rows, columns, inner); break;
            case VectorWidth.Bits256: Run<T, Vector256Lanes<T>, TRight, TResult>(a, b, c, start, layout, rows, columns, inner); break;
            default: Run<T, Vector128Lanes<T>, TRight, TResult>(a, b, c, start, layout, rows, columns, inner); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Run<T, TVector, TRight, TResult>(T* a, T* b, T* c, in LaneTile.Start<T> start, in LaneTile.Layout layout, int rows, int columns, int inner)
        where T : unmanaged
        where TVector : unmanaged, ILaneVector<TVector, T>
        where TRight : unmanaged
        where TResult : unmanaged
    {
        foreach ((int row, int height) in MatrixProduct.EvenParts(rows, TVector.TileRows))
        {
            for (int piece = 0; piece < Vector512<T>.Count; piece += TVector.Count)
            {
                T* left = a + (row * layout.ARow) + piece, right = sizeof(TRight) == 1 ? b : b + piece, to = c + (row * layout.CRow) + piece;
                int tiles = columns / TVector.TileColumns, whole = tiles * TVector.TileColumns;
                Tile<T, TVector, TRight, TResult>(left, right, to, start.At(row, 0, piece), layout, height, TVector.TileColumns, inner, tiles);
                if (whole < columns)
                {
                    Tile<T, TVector, TRight, TResult>(
                        left, right + (whole * layout.BColumn), to + (whole * layout.CColumn), start.At(row, whole, piece), layout, height, columns - whole, inner, 1);
                }
            }
        }
    }

    private static void Sum<T, TRight>(T* a, T* b, T* c, LaneTile.Layout layout, int rows, int columns, int samples, VectorWidth width)
        where T : unmanaged
        where TRight : unmanaged
    {
        switch (width)
        {
            case VectorWidth.Bits512: Sum<T, Vector512Lanes<T>, TRight>(a, b, c, layout, rows, columns, samples); break;
            case VectorWidth.Bits256: Sum<T, Vector256Lanes<T>, TRight>(a, b, c, layout, rows, columns, samples); break;
            default: Sum<T, Vector128Lanes<T>, TRight>(a, b, c, layout, rows, columns, samples); break;
        }
    }

    /// <summary>
    /// Sums over samples. One network alone sums those of each place of a vector by themselves, samples r, r + V, r + 2V …, and then the V sums as a tree;
    /// so do lanes.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sum<T, TVector, TRight>(T* a, T* b, T* c, in LaneTile.Layout layout, int rows, int columns, int samples)
        where T : unmanaged
        where TVector : unmanaged, ILaneVector<TVector, T>
        where TRight : unmanaged
    {
        int v = Vector512<T>.Count;
        int places = TVector.TileRows * TVector.TileColumns;
        T* partial = stackalloc T[(v * places * v) + v];
        partial = Aligned(partial);
        foreach ((int row, int height) in MatrixProduct.EvenParts(rows, TVector.TileRows))
        {
            foreach ((int column, int wide) in MatrixProduct.EvenParts(columns, TVector.TileColumns))
            {
                var inTile = layout with { AInner = v * layout.AInner, BInner = v * layout.BInner, CRow = wide * v, CColumn = v };
                for (int r = 0; r < v; r++)
                {
                    for (int piece = 0; piece < v; piece += TVector.Count)
                    {
                        Tile<T, TVector, TRight, One>(
                            a + (row * layout.ARow) + (r * layout.AInner) + piece,
                            b + (column * layout.BColumn) + (r * layout.BInner) + (sizeof(TRight) == 1 ? 0 : piece),
                            partial + (r * height * wide * v) + piece, default, inTile, height, wide, Math.Max(0, (samples - r + v - 1) / v), 1);
                    }
                }

                for (int i = 0; i < height; i++)
                {
                    for (int j = 0; j < wide; j++)
                    {
                        AddTree(c + ((row + i) * layout.CRow) + ((column + j) * layout.CColumn), partial + (((i * wide) + j) * v), height * wide * v);
                    }
                }
            }
        }
    }

    /// <summary>Adds to a vector the sum of V partial sums, in the order of <see cref="Simd.Sum{T}(Vector512{T})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTree<T>(T* target, T* p, nint step) where T : unmanaged
    {
        if (sizeof(T) == sizeof(double))
        {
            Vector512<T> even = Four(p, step), odd = Four(p + step, step);
            (Vector512.Load(target) + (even + odd)).Store(target);
        }
        else
        {
            Vector512<T> even = Eight(p, step) + Eight(p + (2 * step), step), odd = Eight(p + step, step) + Eight(p + (3 * step), step);
            (Vector512.Load(target) + (even + odd)).Store(target);
        }
    }

    /// <summary>(p0 + p4) + (p2 + p6).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Four<T>(T* p, nint step) where T : unmanaged =>
        (Vector512.Load(p) + Vector512.Load(p + (4 * step))) + (Vector512.Load(p + (2 * step)) + Vector512.Load(p + (6 * step)));

    /// <summary>(p0 + p8) + (p4 + p12).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Eight<T>(T* p, nint step) where T : unmanaged =>
        (Vector512.Load(p) + Vector512.Load(p + (8 * step))) + (Vector512.Load(p + (4 * step)) + Vector512.Load(p + (12 * step)));

    /// <summary>The first address from here on that a vector may start at.</summary>
    private static T* Aligned<T>(T* memory) where T : unmanaged => (T*)(((nuint)memory + 63) & ~(nuint)63);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Tile<T, TVector, TRight, TResult>(T* a, T* b, T* c, in LaneTile.Start<T> start, in LaneTile.Layout layout, int rows, int columns, int inner, int tiles)
        where T : unmanaged
        where TVector : unmanaged, ILaneVector<TVector, T>
        where TRight : unmanaged
        where TResult : unmanaged
    {
        switch (columns)
        {
            case 1: Tile<T, TVector, TRight, TResult, One>(a, b, c, start, layout, rows, inner, tiles); break;
            case 2: Tile<T, TVector, TRight, TResult, Two>(a, b, c, start, layout, rows, inner, tiles); break;
            case 3: Tile<T, TVector, TRight, TResult, Three>(a, b, c, start, layout, rows, inner, tiles); break;
            default: Tile<T, TVector, TRight, TResult, Four>(a, b, c, start, layout, rows, inner, tiles); break;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Tile<T, TVector, TRight, TResult, TColumns>(T* a, T* b, T* c, in LaneTile.Start<T> start, in LaneTile.Layout layout, int rows, int inner, int tiles)
        where T : unmanaged
        where TVector : unmanaged, ILaneVector<TVector, T>
        where TRight : unmanaged
        where TResult : unmanaged
        where TColumns : unmanaged
    {
        switch (rows)
        {
            case 1: LaneTile.Multiply<T, TVector, TRight, TResult, One, TColumns>(a, b, c, start, layout, inner, tiles); break;
            case 2: LaneTile.Multiply<T, TVector, TRight, TResult, Two, TColumns>(a, b, c, start, layout, inner, tiles); break;
            case 3: LaneTile.Multiply<T, TVector, TRight, TResult, Three, TColumns>(a, b, c, start, layout, inner, tiles); break;
            case 4: LaneTile.Multiply<T, TVector, TRight, TResult, Four, TColumns>(a, b, c, start, layout, inner, tiles); break;
            default: LaneTile.Multiply<T, TVector, TRight, TResult, Five, TColumns>(a, b, c, start, layout, inner, tiles); break;
        }
    }
}
