using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The register tile of all products of lanes: up to five rows times four columns of accumulators, each a vector with one network a lane, that stay in registers
/// while the inner dimension streams by. What becomes of them is one more type: <see cref="One"/> C = A·B, <see cref="Two"/> C += A·B, <see cref="Three"/>
/// C = C∘(A·B), <see cref="Four"/> C = b + A·B and <see cref="Five"/> C = b + k·S + A·B, with a number b for each row, and S as large as C.
/// </summary>
internal static unsafe class LaneTile
{
    /// <summary>Where the elements of a tile lie, in numbers: A[i, k] at i·aRow + k·aInner, B[k, j] at k·bInner + j·bColumn, C[i, j] at i·cRow + j·cColumn.</summary>
    internal readonly record struct Layout(nint ARow, nint AInner, nint BInner, nint BColumn, nint CRow, nint CColumn);

    /// <summary>What a result starts from, all of lanes: a bias for each row, and where it has a base k times that, whose rows lie some numbers apart.</summary>
    internal readonly unsafe struct Start<T>(T* bias, T* @base, nint baseRow, T* kept) where T : unmanaged
    {
        public readonly T* Bias = bias;
        public readonly T* Base = @base;
        public readonly nint BaseRow = baseRow;
        public readonly T* Kept = kept;

        /// <summary>The start of a part of the result.</summary>
        public Start<T> At(nint row, nint column, nint piece) =>
            new(Bias + (row * Vector512<T>.Count) + piece, Base + (row * BaseRow) + (column * Vector512<T>.Count) + piece, BaseRow, Kept + piece);
    }

    /// <summary>Computes tiles, one beside the other, over one vector of lanes.</summary>
    /// <typeparam name="T">double or float.</typeparam>
    /// <typeparam name="TVector">The vectors.</typeparam>
    /// <typeparam name="TRight"><see cref="One"/> where the elements of B are numbers that all lanes share, <see cref="Two"/> where they are vectors.</typeparam>
    /// <typeparam name="TResult">What becomes of the product.</typeparam>
    /// <typeparam name="TRows">The rows.</typeparam>
    /// <typeparam name="TColumns">The columns.</typeparam>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply<T, TVector, TRight, TResult, TRows, TColumns>(T* a, T* b, T* c, in Start<T> start, in Layout layout, int inner, int tiles)
        where T : unmanaged
        where TVector : unmanaged, ILaneVector<TVector, T>
        where TRight : unmanaged
        where TResult : unmanaged
        where TRows : unmanaged
        where TColumns : unmanaged
    {
        nint aRow = layout.ARow, aInner = layout.AInner, bInner = layout.BInner, bColumn = layout.BColumn, cRow = layout.CRow, cColumn = layout.CColumn;
        T* firstA = a, firstB = b, firstC = c, firstFrom = start.Base, kept = start.Kept;
        for (int tile = 0; tile < tiles; tile++, firstB += sizeof(TColumns) * bColumn, firstC += sizeof(TColumns) * cColumn, firstFrom += sizeof(TColumns) * cColumn)
        {
            a = firstA;
            b = firstB;
            TVector c00 = default, c01 = default, c02 = default, c03 = default;
            TVector c10 = default, c11 = default, c12 = default, c13 = default;
            TVector c20 = default, c21 = default, c22 = default, c23 = default;
            TVector c30 = default, c31 = default, c32 = default, c33 = default;
            TVector c40 = default, c41 = default, c42 = default, c43 = default;

            for (int k = 0; k < inner; k++, a += aInner, b += bInner)
            {
                TVector b0 = Right<T, TVector, TRight>(b), b1 = default, b2 = default, b3 = default;
                if (sizeof(TColumns) > 1) { b1 = Right<T, TVector, TRight>(b + bColumn); }
                if (sizeof(TColumns) > 2) { b2 = Right<T, TVector, TRight>(b + (2 * bColumn)); }
                if (sizeof(TColumns) > 3) { b3 = Right<T, TVector, TRight>(b + (3 * bColumn)); }

                TVector a0 = TVector.Load(a);
                c00 = TVector.MultiplyAdd(a0, b0, c00);
                if (sizeof(TColumns) > 1) { c01 = TVector.MultiplyAdd(a0, b1, c01); }
                if (sizeof(TColumns) > 2) { c02 = TVector.MultiplyAdd(a0, b2, c02); }
                if (sizeof(TColumns) > 3) { c03 = TVector.MultiplyAdd(a0, b3, c03); }

                if (sizeof(TRows) > 1)
                {
                    TVector a1 = TVector.Load(a + aRow);
                    c10 = TVector.MultiplyAdd(a1, b0, c10);
                    if (sizeof(TColumns) > 1) { c11 = TVector.MultiplyAdd(a1, b1, c11); }
                    if (sizeof(TColumns) > 2) { c12 = TVector.MultiplyAdd(a1, b2, c12); }
                    if (sizeof(TColumns) > 3) { c13 = TVector.MultiplyAdd(a1, b3, c13); }
                }

                if (sizeof(TRows) > 2)
                {
                    TVector a2 = TVector.Load(a + (2 * aRow));
                    c20 = TVector.MultiplyAdd(a2, b0, c20);
                    if (sizeof(TColumns) > 1) { c21 = TVector.MultiplyAdd(a2, b1, c21); }
                    if (sizeof(TColumns) > 2) { c22 = TVector.MultiplyAdd(a2, b2, c22); }
                    if (sizeof(TColumns) > 3) { c23 = TVector.MultiplyAdd(a2, b3, c23); }
                }

                if (sizeof(TRows) > 3)
                {
                    TVector a3 = TVector.Load(a + (3 * aRow));
                    c30 = TVector.MultiplyAdd(a3, b0, c30);
                    if (sizeof(TColumns) > 1) { c31 = TVector.MultiplyAdd(a3, b1, c31); }
                    if (sizeof(TColumns) > 2) { c32 = TVector.MultiplyAdd(a3, b2, c32); }
                    if (sizeof(TColumns) > 3) { c33 = TVector.MultiplyAdd(a3, b3, c33); }
                }

                if (sizeof(TRows) > 4)
                {
                    TVector a4 = TVector.Load(a + (4 * aRow));
                    c40 = TVector.MultiplyAdd(a4, b0, c40);
                    if (sizeof(TColumns) > 1) { c41 = TVector.MultiplyAdd(a4, b1, c41); }
                    if (sizeof(TColumns) > 2) { c42 = TVector.MultiplyAdd(a4, b2, c42); }
                    if (sizeof(TColumns) > 3) { c43 = TVector.MultiplyAdd(a4, b3, c43); }
                }
            }

            c = firstC;
            T* bias = start.Bias, from = firstFrom;
            Keep<T, TVector, TResult>(c, c00, bias, from, kept);
            if (sizeof(TColumns) > 1) { Keep<T, TVector, TResult>(c + cColumn, c01, bias, from + cColumn, kept); }
            if (sizeof(TColumns) > 2) { Keep<T, TVector, TResult>(c + (2 * cColumn), c02, bias, from + (2 * cColumn), kept); }
            if (sizeof(TColumns) > 3) { Keep<T, TVector, TResult>(c + (3 * cColumn), c03, bias, from + (3 * cColumn), kept); }

            if (sizeof(TRows) > 1)
            {
                c += cRow;
                bias += Vector512<T>.Count;
                from += start.BaseRow;
                Keep<T, TVector, TResult>(c, c10, bias, from, kept);
                if (sizeof(TColumns) > 1) { Keep<T, TVector, TResult>(c + cColumn, c11, bias, from + cColumn, kept); }
                if (sizeof(TColumns) > 2) { Keep<T, TVector, TResult>(c + (2 * cColumn), c12, bias, from + (2 * cColumn), kept); }
                if (sizeof(TColumns) > 3) { Keep<T, TVector, TResult>(c + (3 * cColumn), c13, bias, from + (3 * cColumn), kept); }
            }

            if (sizeof(TRows) > 2)
            {
                c += cRow;
                bias += Vector512<T>.Count;
                from += start.BaseRow;
                Keep<T, TVector, TResult>(c, c20, bias, from, kept);
                if (sizeof(TColumns) > 1) { Keep<T, TVector, TResult>(c + cColumn, c21, bias, from + cColumn, kept); }
                if (sizeof(TColumns) > 2) { Keep<T, TVector, TResult>(c + (2 * cColumn), c22, bias, from + (2 * cColumn), kept); }
                if (sizeof(TColumns) > 3) { Keep<T, TVector, TResult>(c + (3 * cColumn), c23, bias, from + (3 * cColumn), kept); }
            }

            if (sizeof(TRows) > 3)
            {
                c += cRow;
                bias += Vector512<T>.Count;
                from += start.BaseRow;
                Keep<T, TVector, TResult>(c, c30, bias, from, kept);
                if (sizeof(TColumns) > 1) { Keep<T, TVector, TResult>(c + cColumn, c31, bias, from + cColumn, kept); }
                if (sizeof(TColumns) > 2) { Keep<T, TVector, TResult>(c + (2 * cColumn), c32, bias, from + (2 * cColumn), kept); }
                if (sizeof(TColumns) > 3) { Keep<T, TVector, TResult>(c + (3 * cColumn), c33, bias, from + (3 * cColumn), kept); }
            }

            if (sizeof(TRows) > 4)
            {
                c += cRow;
                bias += Vector512<T>.Count;
                from += start.BaseRow;
                Keep<T, TVector, TResult>(c, c40, bias, from, kept);
                if (sizeof(TColumns) > 1) { Keep<T, TVector, TResult>(c + cColumn, c41, bias, from + cColumn, kept); }
                if (sizeof(TColumns) > 2) { Keep<T, TVector, TResult>(c + (2 * cColumn), c42, bias, from + (2 * cColumn), kept); }
                if (sizeof(TColumns) > 3) { Keep<T, TVector, TResult>(c + (3 * cColumn), c43, bias, from + (3 * cColumn), kept); }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static TVector Right<T, TVector, TRight>(T* b) where T : unmanaged where TVector : unmanaged, ILaneVector<TVector, T> where TRight : unmanaged =>
        sizeof(TRight) == 1 ? TVector.Create(*b) : TVector.Load(b);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Keep<T, TVector, TResult>(T* c, TVector product, T* bias, T* from, T* kept)
        where T : unmanaged
        where TVector : unmanaged, ILaneVector<TVector, T>
        where TResult : unmanaged
    {
        if (sizeof(TResult) == 2)
        {
            product = TVector.Add(TVector.Load(c), product);
        }
        else if (sizeof(TResult) == 3)
        {
            product = TVector.Multiply(TVector.Load(c), product);
        }
        else if (sizeof(TResult) == 4)
        {
            product = TVector.Add(TVector.Load(bias), product);
        }
        else if (sizeof(TResult) == 5)
        {
            product = TVector.Add(TVector.MultiplyAdd(TVector.Load(kept), TVector.Load(from), TVector.Load(bias)), product);
        }

        TVector.Store(product, c);
    }
}
