using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

// A number as a type, given by its size: sizeof is folded while a generic kernel is read, before anything is inlined, so that the branches on it
// cost no compile time. (With a static property instead, every small tile takes as long to compile as the largest.)
[StructLayout(LayoutKind.Sequential, Size = 1)]
internal readonly struct One;

[StructLayout(LayoutKind.Sequential, Size = 2)]
internal readonly struct Two;

[StructLayout(LayoutKind.Sequential, Size = 3)]
internal readonly struct Three;

[StructLayout(LayoutKind.Sequential, Size = 4)]
internal readonly struct Four;

[StructLayout(LayoutKind.Sequential, Size = 5)]
internal readonly struct Five;

/// <summary>
/// The register tiles of the two matrix products: up to five rows times up to four columns of accumulators that stay in registers while the inner
/// dimension streams by. The accumulators are named one by one, because the compiler keeps no array of vectors in registers.
/// </summary>
internal static unsafe class ProductTile
{
    /// <summary>
    /// C += A·B for TRows rows and TColumns vectors of columns. B and C are row-major; A[i, k] lies at a + i·aRow + k·aColumn, so that a transposed A
    /// costs nothing.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowsTimesColumns<T, TRows, TColumns>(T* a, nint aRow, nint aColumn, T* b, nint bRow, T* c, nint cRow, int inner)
        where T : unmanaged
        where TRows : unmanaged
        where TColumns : unmanaged
    {
        int v = Vector512<T>.Count;
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        Vector512<T> c40 = default, c41 = default, c42 = default, c43 = default;

        for (int k = 0; k < inner; k++, a += aColumn, b += bRow)
        {
            Vector512<T> b0 = Vector512.Load(b), b1 = default, b2 = default, b3 = default;
            if (sizeof(TColumns) > 1) { b1 = Vector512.Load(b + v); }
            if (sizeof(TColumns) > 2) { b2 = Vector512.Load(b + (2 * v)); }
            if (sizeof(TColumns) > 3) { b3 = Vector512.Load(b + (3 * v)); }

            Vector512<T> a0 = Vector512.Create(a[0]);
            c00 = Simd.MultiplyAdd(a0, b0, c00);
            if (sizeof(TColumns) > 1) { c01 = Simd.MultiplyAdd(a0, b1, c01); }
            if (sizeof(TColumns) > 2) { c02 = Simd.MultiplyAdd(a0, b2, c02); }
            if (sizeof(TColumns) > 3) { c03 = Simd.MultiplyAdd(a0, b3, c03); }

            if (sizeof(TRows) > 1)
            {
                Vector512<T> a1 = Vector512.Create(a[aRow]);
                c10 = Simd.MultiplyAdd(a1, b0, c10);
                if (sizeof(TColumns) > 1) { c11 = Simd.MultiplyAdd(a1, b1, c11); }
                if (sizeof(TColumns) > 2) { c12 = Simd.MultiplyAdd(a1, b2, c12); }
                if (sizeof(TColumns) > 3) { c13 = Simd.MultiplyAdd(a1, b3, c13); }
            }

            if (sizeof(TRows) > 2)
            {
                Vector512<T> a2 = Vector512.Create(a[2 * aRow]);
                c20 = Simd.MultiplyAdd(a2, b0, c20);
                if (sizeof(TColumns) > 1) { c21 = Simd.MultiplyAdd(a2, b1, c21); }
                if (sizeof(TColumns) > 2) { c22 = Simd.MultiplyAdd(a2, b2, c22); }
                if (sizeof(TColumns) > 3) { c23 = Simd.MultiplyAdd(a2, b3, c23); }
            }

            if (sizeof(TRows) > 3)
            {
                Vector512<T> a3 = Vector512.Create(a[3 * aRow]);
                c30 = Simd.MultiplyAdd(a3, b0, c30);
                if (sizeof(TColumns) > 1) { c31 = Simd.MultiplyAdd(a3, b1, c31); }
                if (sizeof(TColumns) > 2) { c32 = Simd.MultiplyAdd(a3, b2, c32); }
                if (sizeof(TColumns) > 3) { c33 = Simd.MultiplyAdd(a3, b3, c33); }
            }

            if (sizeof(TRows) > 4)
            {
                Vector512<T> a4 = Vector512.Create(a[4 * aRow]);
                c40 = Simd.MultiplyAdd(a4, b0, c40);
                if (sizeof(TColumns) > 1) { c41 = Simd.MultiplyAdd(a4, b1, c41); }
                if (sizeof(TColumns) > 2) { c42 = Simd.MultiplyAdd(a4, b2, c42); }
                if (sizeof(TColumns) > 3) { c43 = Simd.MultiplyAdd(a4, b3, c43); }
            }
        }

        Add(c, c00);
        if (sizeof(TColumns) > 1) { Add(c + v, c01); }
        if (sizeof(TColumns) > 2) { Add(c + (2 * v), c02); }
        if (sizeof(TColumns) > 3) { Add(c + (3 * v), c03); }

        if (sizeof(TRows) > 1)
        {
            Add(c + cRow, c10);
            if (sizeof(TColumns) > 1) { Add(c + cRow + v, c11); }
            if (sizeof(TColumns) > 2) { Add(c + cRow + (2 * v), c12); }
            if (sizeof(TColumns) > 3) { Add(c + cRow + (3 * v), c13); }
        }

        if (sizeof(TRows) > 2)
        {
            Add(c + (2 * cRow), c20);
            if (sizeof(TColumns) > 1) { Add(c + (2 * cRow) + v, c21); }
            if (sizeof(TColumns) > 2) { Add(c + (2 * cRow) + (2 * v), c22); }
            if (sizeof(TColumns) > 3) { Add(c + (2 * cRow) + (3 * v), c23); }
        }

        if (sizeof(TRows) > 3)
        {
            Add(c + (3 * cRow), c30);
            if (sizeof(TColumns) > 1) { Add(c + (3 * cRow) + v, c31); }
            if (sizeof(TColumns) > 2) { Add(c + (3 * cRow) + (2 * v), c32); }
            if (sizeof(TColumns) > 3) { Add(c + (3 * cRow) + (3 * v), c33); }
        }

        if (sizeof(TRows) > 4)
        {
            Add(c + (4 * cRow), c40);
            if (sizeof(TColumns) > 1) { Add(c + (4 * cRow) + v, c41); }
            if (sizeof(TColumns) > 2) { Add(c + (4 * cRow) + (2 * v), c42); }
            if (sizeof(TColumns) > 3) { Add(c + (4 * cRow) + (3 * v), c43); }
        }
    }

    /// <summary>C += A·Bᵀ for TRows rows of A and TColumns rows of B: dot products over <paramref name="vectors"/> vectors of columns.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowsTimesRows<T, TRows, TColumns>(T* a, nint aRow, T* b, nint bRow, T* c, nint cRow, int vectors)
        where T : unmanaged, INumberBase<T>
        where TRows : unmanaged
        where TColumns : unmanaged
    {
        int v = Vector512<T>.Count;
        Vector512<T> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<T> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<T> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<T> c30 = default, c31 = default, c32 = default, c33 = default;
        Vector512<T> c40 = default, c41 = default, c42 = default, c43 = default;

        for (int k = 0; k < vectors; k++, a += v, b += v)
        {
            Vector512<T> b0 = Vector512.Load(b), b1 = default, b2 = default, b3 = default;
            if (sizeof(TColumns) > 1) { b1 = Vector512.Load(b + bRow); }
            if (sizeof(TColumns) > 2) { b2 = Vector512.Load(b + (2 * bRow)); }
            if (sizeof(TColumns) > 3) { b3 = Vector512.Load(b + (3 * bRow)); }

            Vector512<T> a0 = Vector512.Load(a);
            c00 = Simd.MultiplyAdd(a0, b0, c00);
            if (sizeof(TColumns) > 1) { c01 = Simd.MultiplyAdd(a0, b1, c01); }
            if (sizeof(TColumns) > 2) { c02 = Simd.MultiplyAdd(a0, b2, c02); }
            if (sizeof(TColumns) > 3) { c03 = Simd.MultiplyAdd(a0, b3, c03); }

            if (sizeof(TRows) > 1)
            {
                Vector512<T> a1 = Vector512.Load(a + aRow);
                c10 = Simd.MultiplyAdd(a1, b0, c10);
                if (sizeof(TColumns) > 1) { c11 = Simd.MultiplyAdd(a1, b1, c11); }
                if (sizeof(TColumns) > 2) { c12 = Simd.MultiplyAdd(a1, b2, c12); }
                if (sizeof(TColumns) > 3) { c13 = Simd.MultiplyAdd(a1, b3, c13); }
            }

            if (sizeof(TRows) > 2)
            {
                Vector512<T> a2 = Vector512.Load(a + (2 * aRow));
                c20 = Simd.MultiplyAdd(a2, b0, c20);
                if (sizeof(TColumns) > 1) { c21 = Simd.MultiplyAdd(a2, b1, c21); }
                if (sizeof(TColumns) > 2) { c22 = Simd.MultiplyAdd(a2, b2, c22); }
                if (sizeof(TColumns) > 3) { c23 = Simd.MultiplyAdd(a2, b3, c23); }
            }

            if (sizeof(TRows) > 3)
            {
                Vector512<T> a3 = Vector512.Load(a + (3 * aRow));
                c30 = Simd.MultiplyAdd(a3, b0, c30);
                if (sizeof(TColumns) > 1) { c31 = Simd.MultiplyAdd(a3, b1, c31); }
                if (sizeof(TColumns) > 2) { c32 = Simd.MultiplyAdd(a3, b2, c32); }
                if (sizeof(TColumns) > 3) { c33 = Simd.MultiplyAdd(a3, b3, c33); }
            }

            if (sizeof(TRows) > 4)
            {
                Vector512<T> a4 = Vector512.Load(a + (4 * aRow));
                c40 = Simd.MultiplyAdd(a4, b0, c40);
                if (sizeof(TColumns) > 1) { c41 = Simd.MultiplyAdd(a4, b1, c41); }
                if (sizeof(TColumns) > 2) { c42 = Simd.MultiplyAdd(a4, b2, c42); }
                if (sizeof(TColumns) > 3) { c43 = Simd.MultiplyAdd(a4, b3, c43); }
            }
        }

        c[0] += Simd.Sum(c00);
        if (sizeof(TColumns) > 1) { c[1] += Simd.Sum(c01); }
        if (sizeof(TColumns) > 2) { c[2] += Simd.Sum(c02); }
        if (sizeof(TColumns) > 3) { c[3] += Simd.Sum(c03); }

        if (sizeof(TRows) > 1)
        {
            c[cRow] += Simd.Sum(c10);
            if (sizeof(TColumns) > 1) { c[cRow + 1] += Simd.Sum(c11); }
            if (sizeof(TColumns) > 2) { c[cRow + 2] += Simd.Sum(c12); }
            if (sizeof(TColumns) > 3) { c[cRow + 3] += Simd.Sum(c13); }
        }

        if (sizeof(TRows) > 2)
        {
            c[2 * cRow] += Simd.Sum(c20);
            if (sizeof(TColumns) > 1) { c[(2 * cRow) + 1] += Simd.Sum(c21); }
            if (sizeof(TColumns) > 2) { c[(2 * cRow) + 2] += Simd.Sum(c22); }
            if (sizeof(TColumns) > 3) { c[(2 * cRow) + 3] += Simd.Sum(c23); }
        }

        if (sizeof(TRows) > 3)
        {
            c[3 * cRow] += Simd.Sum(c30);
            if (sizeof(TColumns) > 1) { c[(3 * cRow) + 1] += Simd.Sum(c31); }
            if (sizeof(TColumns) > 2) { c[(3 * cRow) + 2] += Simd.Sum(c32); }
            if (sizeof(TColumns) > 3) { c[(3 * cRow) + 3] += Simd.Sum(c33); }
        }

        if (sizeof(TRows) > 4)
        {
            c[4 * cRow] += Simd.Sum(c40);
            if (sizeof(TColumns) > 1) { c[(4 * cRow) + 1] += Simd.Sum(c41); }
            if (sizeof(TColumns) > 2) { c[(4 * cRow) + 2] += Simd.Sum(c42); }
            if (sizeof(TColumns) > 3) { c[(4 * cRow) + 3] += Simd.Sum(c43); }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add<T>(T* target, Vector512<T> value) where T : unmanaged => (Vector512.Load(target) + value).Store(target);
}
