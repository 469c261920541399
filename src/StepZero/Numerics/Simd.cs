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

    /// <summary>A double, rounded to single where the kernel is of single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T FromDouble<T>(double value) where T : unmanaged =>
        typeof(T) == typeof(double) ? Unsafe.BitCast<double, T>(value) : Unsafe.BitCast<float, T>((float)value);

    /// <summary>a·b + c, rounded once.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> MultiplyAdd<T>(Vector512<T> a, Vector512<T> b, Vector512<T> c) where T : unmanaged =>
        typeof(T) == typeof(double)
            ? Vector512.FusedMultiplyAdd(a.AsDouble(), b.AsDouble(), c.AsDouble()).As<double, T>()
            : Vector512.FusedMultiplyAdd(a.AsSingle(), b.AsSingle(), c.AsSingle()).As<float, T>();

    /// <summary>a + b, and what its rounding lost (Knuth).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Sum<T>(Vector512<T> a, Vector512<T> b, out Vector512<T> error) where T : unmanaged
    {
        Vector512<T> sum = a + b;
        Vector512<T> added = sum - a;
        error = (a - (sum - added)) + (b - added);
        return sum;
    }

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

    /// <summary>min(|x|, limit); nan stays nan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> AbsAtMost<T>(Vector512<T> x, double limit) where T : unmanaged
    {
        // Of two numbers one of which is nan, processors give the second, or nan.
        return Vector512.MinNative(Constant<T>(limit), Vector512.Abs(x));
    }

    /// <summary>
    /// a + b·x + c·x² + d·x³, given x², in two halves that do not wait for each other: a polynomial made of such pieces takes a third of the time of Horner's, each
    /// step of which waits for the one before.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Four<T>(Vector512<T> x, Vector512<T> square, double a, double b, double c, double d) where T : unmanaged =>
        MultiplyAdd(MultiplyAdd(Constant<T>(d), x, Constant<T>(c)), square, MultiplyAdd(Constant<T>(b), x, Constant<T>(a)));

    /// <summary>ln(1 + u) for u in [0, 1] as 2·artanh(u/(2 + u)): relative error below two units in the last place, also for tiny u.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log1p<T>(Vector512<T> u) where T : unmanaged
    {
        Vector512<T> s = u / (u + Constant<T>(2));
        Vector512<T> square = s * s;
        Vector512<T> fourth = square * square, eighth = fourth * fourth;
        Vector512<T> series = Four(square, fourth, 1.0 / 3, 1.0 / 5, 1.0 / 7, 1.0 / 9);
        if (typeof(T) == typeof(double))
        {
            series = MultiplyAdd(Four(square, fourth, 1.0 / 11, 1.0 / 13, 1.0 / 15, 1.0 / 17), eighth, series);
            Vector512<T> rest = MultiplyAdd(
                Four(square, fourth, 1.0 / 27, 1.0 / 29, 1.0 / 31, 1.0 / 33), eighth, Four(square, fourth, 1.0 / 19, 1.0 / 21, 1.0 / 23, 1.0 / 25));
            series = MultiplyAdd(rest, eighth * eighth, series);
        }
        else
        {
            series = MultiplyAdd(MultiplyAdd(Constant<T>(1.0 / 15), fourth, MultiplyAdd(Constant<T>(1.0 / 13), square, Constant<T>(1.0 / 11))), eighth, series);
        }

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
