using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The register tile of the products of bytes: up to four rows times up to four rows. The accumulators are named one by one, as in
/// <see cref="ProductTile"/>.
/// </summary>
internal static unsafe class ByteTile
{
    /// <summary>
    /// C += A·Bᵀ for TRows rows of A and TColumns rows of B, bytes as 16-bit integers. All lanes of one sum together stay below 2³¹ for
    /// <paramref name="vectors"/> up to <see cref="ByteProduct.MostColumns"/> columns.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void RowsTimesRows<TRows, TColumns>(short* a, nint aRow, short* b, nint bRow, long* c, nint cRow, int vectors)
        where TRows : unmanaged
        where TColumns : unmanaged
    {
        int v = Vector512<short>.Count;
        Vector512<int> c00 = default, c01 = default, c02 = default, c03 = default;
        Vector512<int> c10 = default, c11 = default, c12 = default, c13 = default;
        Vector512<int> c20 = default, c21 = default, c22 = default, c23 = default;
        Vector512<int> c30 = default, c31 = default, c32 = default, c33 = default;

        for (int k = 0; k < vectors; k++, a += v, b += v)
        {
            Vector512<short> b0 = Vector512.Load(b), b1 = default, b2 = default, b3 = default;
            if (sizeof(TColumns) > 1) { b1 = Vector512.Load(b + bRow); }
            if (sizeof(TColumns) > 2) { b2 = Vector512.Load(b + (2 * bRow)); }
            if (sizeof(TColumns) > 3) { b3 = Vector512.Load(b + (3 * bRow)); }

            Vector512<short> a0 = Vector512.Load(a);
            c00 += Simd.MultiplyAddPairs(a0, b0);
            if (sizeof(TColumns) > 1) { c01 += Simd.MultiplyAddPairs(a0, b1); }
            if (sizeof(TColumns) > 2) { c02 += Simd.MultiplyAddPairs(a0, b2); }
            if (sizeof(TColumns) > 3) { c03 += Simd.MultiplyAddPairs(a0, b3); }

            if (sizeof(TRows) > 1)
            {
                Vector512<short> a1 = Vector512.Load(a + aRow);
                c10 += Simd.MultiplyAddPairs(a1, b0);
                if (sizeof(TColumns) > 1) { c11 += Simd.MultiplyAddPairs(a1, b1); }
                if (sizeof(TColumns) > 2) { c12 += Simd.MultiplyAddPairs(a1, b2); }
                if (sizeof(TColumns) > 3) { c13 += Simd.MultiplyAddPairs(a1, b3); }
            }

            if (sizeof(TRows) > 2)
            {
                Vector512<short> a2 = Vector512.Load(a + (2 * aRow));
                c20 += Simd.MultiplyAddPairs(a2, b0);
                if (sizeof(TColumns) > 1) { c21 += Simd.MultiplyAddPairs(a2, b1); }
                if (sizeof(TColumns) > 2) { c22 += Simd.MultiplyAddPairs(a2, b2); }
                if (sizeof(TColumns) > 3) { c23 += Simd.MultiplyAddPairs(a2, b3); }
            }

            if (sizeof(TRows) > 3)
            {
                Vector512<short> a3 = Vector512.Load(a + (3 * aRow));
                c30 += Simd.MultiplyAddPairs(a3, b0);
                if (sizeof(TColumns) > 1) { c31 += Simd.MultiplyAddPairs(a3, b1); }
                if (sizeof(TColumns) > 2) { c32 += Simd.MultiplyAddPairs(a3, b2); }
                if (sizeof(TColumns) > 3) { c33 += Simd.MultiplyAddPairs(a3, b3); }
            }
        }

        c[0] += Vector512.Sum(c00);
        if (sizeof(TColumns) > 1) { c[1] += Vector512.Sum(c01); }
        if (sizeof(TColumns) > 2) { c[2] += Vector512.Sum(c02); }
        if (sizeof(TColumns) > 3) { c[3] += Vector512.Sum(c03); }

        if (sizeof(TRows) > 1)
        {
            c[cRow] += Vector512.Sum(c10);
            if (sizeof(TColumns) > 1) { c[cRow + 1] += Vector512.Sum(c11); }
            if (sizeof(TColumns) > 2) { c[cRow + 2] += Vector512.Sum(c12); }
            if (sizeof(TColumns) > 3) { c[cRow + 3] += Vector512.Sum(c13); }
        }

        if (sizeof(TRows) > 2)
        {
            c[2 * cRow] += Vector512.Sum(c20);
            if (sizeof(TColumns) > 1) { c[(2 * cRow) + 1] += Vector512.Sum(c21); }
            if (sizeof(TColumns) > 2) { c[(2 * cRow) + 2] += Vector512.Sum(c22); }
            if (sizeof(TColumns) > 3) { c[(2 * cRow) + 3] += Vector512.Sum(c23); }
        }

        if (sizeof(TRows) > 3)
        {
            c[3 * cRow] += Vector512.Sum(c30);
            if (sizeof(TColumns) > 1) { c[(3 * cRow) + 1] += Vector512.Sum(c31); }
            if (sizeof(TColumns) > 2) { c[(3 * cRow) + 2] += Vector512.Sum(c32); }
            if (sizeof(TColumns) > 3) { c[(3 * cRow) + 3] += Vector512.Sum(c33); }
        }
    }
}
