using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StepZero.Numerics;

/// <summary>
/// What the kernels need beyond <see cref="Vector512{T}"/>. All of them are written for 512 bits: on narrower machines the compiler runs the
/// same lanes in two or four pieces, so every machine computes the same bits.
/// </summary>
internal static partial class Simd
{
    /// <summary>A double or single constant; folded when the kernel is compiled.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Constant<T>(double value) where T : unmanaged =>
        typeof(T) == typeof(double) ? Vector512.Create(value).As<double, T>() : Vector512.Create((float)value).As<float, T>();

    /// <summary>A double or single number as a double.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble<T>(T value) where T : unmanaged =>
        typeof(T) == typeof(double) ? Unsafe.BitCast<T, double>(value) : Unsafe.BitCast<T, float>(value);

    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) where T : unmanaged =>
        typeof(T) == typeof(double)
            ? Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    /// <summary>
    /// The sums of the products of neighbouring lanes, a[2i]·b[2i] + a[2i + 1]·b[2i + 1]. <see cref="Vector512"/> has no such thing, so the pieces are
    /// chosen here.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<int> MultiplyAddPairs(Vector512<short> a, Vector512<short> b)
    {
        if (Avx512BW.IsSupported)
        {
            return Avx512BW.MultiplyAddAdjacent(a, b);
        }

        return Vector512.Create(MultiplyAddPairs(a.GetLower(), b.GetLower()), MultiplyAddPairs(a.GetUpper(), b.GetUpper()));
    }

    /// <summary>The sum of all lanes, halves first: the same order on every machine.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sum<T>(Vector512<T> vector) where T : unmanaged, INumberBase<T>
    {
        Vector256<T> half = vector.GetLower() + vector.GetUpper();
        Vector128<T> quarter = half.GetLower() + half.GetUpper();
        return typeof(T) == typeof(double)
            ? quarter[0] + quarter[1]
            : (quarter[0] + quarter[2]) + (quarter[1] + quarter[3]);
    }

    /// <summary>
    /// The parts of e^x = 2^k·(1 + p), where k is the nearest integer to x/ln 2 and p = e^r − 1 of the rest |r| ≤ (ln 2)/2. Relative error of p below
    /// two units in the last place. |x| must be below 700 (double) or 87 (single) or not a number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExpParts<T>(Vector512<T> x, out Vector512<T> powerOfTwo, out Vector512<T> p) where T : unmanaged
    {
        // Adding 1.5·2^52 (1.5·2^23) leaves the rounded quotient in the low bits of the sum.
        Vector512<T> shift = Constant<T>(typeof(T) == typeof(double) ? 6755399441055744.0 : 12582912.0);
        Vector512<T> shifted = MultiplyAdd(x, Constant<T>(1.4426950408889634), shift);
        Vector512<T> k = shifted - shift;
        Vector512<T> r;
        if (typeof(T) == typeof(double))
        {
            // ln 2 = high + low; the high part has 21 trailing zeros, so k·high is exact.
            r = MultiplyAdd(k, Constant<T>(-0.6931471803691238), x);
            r = MultiplyAdd(k, Constant<T>(-1.9082149292705877e-10), r);
            powerOfTwo = (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512.Create(1.0).AsInt64()).As<long, T>();
        }
        else
        {
            r = MultiplyAdd(k, Constant<T>(-0.693145751953125), x);
            r = MultiplyAdd(k, Constant<T>(-1.428606765330187e-06), r);
            powerOfTwo = (Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512.Create(1f).AsInt32()).As<int, T>();
        }

        // e^r − 1 = r + r²·(1/2! + r/3! + …)
        Vector512<T> series;
        if (typeof(T) == typeof(double))
        {
            series = Constant<T>(1.0 / 6227020800);
            series = MultiplyAdd(series, r, Constant<T>(1.0 / 479001600));
            series = MultiplyAdd(series, r, Constant<T>(1.0 / 39916800));
            series = MultiplyAdd(series, r, Constant<T>(1.0 / 3628800));
            series = MultiplyAdd(series, r, Constant<T>(1.0 / 362880));
            series = MultiplyAdd(series, r, Constant<T>(1.0 / 40320));
            series = MultiplyAdd(series, r, Constant<T>(1.0 / 5040));
        }
        else
        {
            series = Constant<T>(1.0 / 5040);
        }

        series = MultiplyAdd(series, r, Constant<T>(1.0 / 720));
        series = MultiplyAdd(series, r, Constant<T>(1.0 / 120));
        series = MultiplyAdd(series, r, Constant<T>(1.0 / 24));
        series = MultiplyAdd(series, r, Constant<T>(1.0 / 6));
        series = MultiplyAdd(series, r, Constant<T>(1.0 / 2));
        p = MultiplyAdd(series * r, r, r);
    }

    /// <summary>e^−|x|: from 1 down to the smallest normal number; larger |x| give that number, nan gives nan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpOfMinusAbs<T>(Vector512<T> x) where T : unmanaged
    {
        ExpParts(-AbsAtMost(x, typeof(T) == typeof(double) ? 700 : 87), out Vector512<T> powerOfTwo, out Vector512<T> p);
        return MultiplyAdd(powerOfTwo, p, powerOfTwo);
    }

    /// <summary>min(|x|, limit); nan stays nan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AbsAtMost<T>(Vector512<T> x, double limit) where T : unmanaged
    {
        Vector512<T> magnitude = Vector512.Abs(x);
        Vector512<T> most = Constant<T>(limit);
        return Vector512.ConditionalSelect(Vector512.GreaterThan(magnitude, most), most, magnitude);
    }

    /// <summary>ln(1 + u) for u in [0, 1] as 2·artanh(u/(2 + u)): relative error below two units in the last place, also for tiny u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log1p<T>(Vector512<T> u) where T : unmanaged
    {
        Vector512<T> s = u / (u + Constant<T>(2));
        Vector512<T> square = s * s;
        Vector512<T> series;
        if (typeof(T) == typeof(double))
        {
            series = Constant<T>(1.0 / 33);
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 31));
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 29));
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 27));
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 25));
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 23));
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 21));
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 19));
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 17));
            series = MultiplyAdd(series, square, Constant<T>(1.0 / 15));
        }
        else
        {
            series = Constant<T>(1.0 / 15);
        }

        series = MultiplyAdd(series, square, Constant<T>(1.0 / 13));
        series = MultiplyAdd(series, square, Constant<T>(1.0 / 11));
        series = MultiplyAdd(series, square, Constant<T>(1.0 / 9));
        series = MultiplyAdd(series, square, Constant<T>(1.0 / 7));
        series = MultiplyAdd(series, square, Constant<T>(1.0 / 5));
        series = MultiplyAdd(series, square, Constant<T>(1.0 / 3));
        Vector512<T> twice = s + s;
        return MultiplyAdd(series * square, twice, twice);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<int> MultiplyAddPairs(Vector256<short> a, Vector256<short> b)
    {
        if (Avx2.IsSupported)
        {
            return Avx2.MultiplyAddAdjacent(a, b);
        }

        if (Sse2.IsSupported)
        {
            return Vector256.Create(
                Sse2.MultiplyAddAdjacent(a.GetLower(), b.GetLower()), Sse2.MultiplyAddAdjacent(a.GetUpper(), b.GetUpper()));
        }

        Vector256<int> low = Vector256.ShiftRightArithmetic(a.AsInt32() << 16, 16) * Vector256.ShiftRightArithmetic(b.AsInt32() << 16, 16);
        return low + (Vector256.ShiftRightArithmetic(a.AsInt32(), 16) * Vector256.ShiftRightArithmetic(b.AsInt32(), 16));
    }
}
