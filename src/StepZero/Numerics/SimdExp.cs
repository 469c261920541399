using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <content>Exponentials.</content>
internal static partial class Simd
{
    /// <summary>
    /// The parts of e^x = 2^k·(1 + p), where k is the nearest integer to x/ln 2 and p = e^r − 1 of the rest |r| ≤ (ln 2)/2. Relative error of p below
    /// two units in the last place. |x| must be below 700 (double) or 87 (single) or not a number.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ExpParts<T>(Vector512<T> x, out Vector512<T> powerOfTwo, out Vector512<T> p) where T : unmanaged
    {
        Vector512<T> shifted = Reduce(x, out p);
        powerOfTwo = typeof(T) == typeof(double)
            ? (Vector512.ShiftLeft(shifted.AsInt64(), 52) + Vector512.Create(1.0).AsInt64()).As<long, T>()
            : (Vector512.ShiftLeft(shifted.AsInt32(), 23) + Vector512.Create(1f).AsInt32()).As<int, T>();
    }

    /// <summary>e^−|x|: from 1 down to the smallest normal number; larger |x| give that number, nan gives nan.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ExpOfMinusAbs<T>(Vector512<T> x) where T : unmanaged
    {
        ExpParts(-AbsAtMost(x, typeof(T) == typeof(double) ? 700 : 87), out Vector512<T> powerOfTwo, out Vector512<T> p);
        return MultiplyAdd(powerOfTwo, p, powerOfTwo);
    }

    /// <summary>
    /// e^−|x| down to 0 at infinity, and 1 − e^−|x|, which is never −0: each within two units in the last place, the first as long as it is a normal
    /// number. nan gives nan.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Decay<T>(Vector512<T> x, out Vector512<T> lost) where T : unmanaged
    {
        // Beyond the limit e^−|x| rounds to 0. A power of two that small has no bits of its own, so it is made of two halves.
        Vector512<T> shifted = Reduce(-AbsAtMost(x, typeof(T) == typeof(double) ? 746 : 104), out Vector512<T> p);
        Vector512<T> half, otherHalf;
        if (typeof(T) == typeof(double))
        {
            Vector512<long> k = Vector512.ShiftLeft(shifted.AsInt64(), 52), one = Vector512.Create(1.0).AsInt64();
            Vector512<long> part = k >> 53;
            half = (Vector512.ShiftLeft(part, 52) + one).As<long, T>();
            otherHalf = (Vector512.ShiftLeft((k >> 52) - part, 52) + one).As<long, T>();
        }
        else
        {
            Vector512<int> k = Vector512.ShiftLeft(shifted.AsInt32(), 23), one = Vector512.Create(1f).AsInt32();
            Vector512<int> part = k >> 24;
            half = (Vector512.ShiftLeft(part, 23) + one).As<int, T>();
            otherHalf = (Vector512.ShiftLeft((k >> 23) - part, 23) + one).As<int, T>();
        }

        Vector512<T> powerOfTwo = half * otherHalf;
        lost = MultiplyAdd(-powerOfTwo, p, Constant<T>(1) - powerOfTwo);
        return MultiplyAdd(half, p, half) * otherHalf;
    }

    /// <summary>e^−|x|, as <see cref="Decay{T}(Vector512{T}, out Vector512{T})"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Decay<T>(Vector512<T> x) where T : unmanaged => Decay(x, out _);

    /// <summary>e^−share·x² within three units in the last place, also where it is tiny: the rounding error of x² is carried along.</summary>
    /// <param name="x">At most 40 in size.</param>
    /// <param name="share">1 or ½.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> DecayOfSquare<T>(Vector512<T> x, double share) where T : unmanaged
    {
        Vector512<T> square = x * x;
        Vector512<T> low = MultiplyAdd(x, x, -square);
        Vector512<T> decay = Decay(Constant<T>(share) * square);
        return MultiplyAdd(Constant<T>(-share) * low, decay, decay);
    }

    /// <summary>k, the nearest integer to x/ln 2, in the low bits of the result, and e^r − 1 of the rest r = x − k·ln 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Reduce<T>(Vector512<T> x, out Vector512<T> p) where T : unmanaged
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
        }
        else
        {
            r = MultiplyAdd(k, Constant<T>(-0.693145751953125), x);
            r = MultiplyAdd(k, Constant<T>(-1.428606765330187e-06), r);
        }

        // e^r − 1 = r + r²·(1/2! + r/3! + …)
        Vector512<T> r2 = r * r, r4 = r2 * r2;
        Vector512<T> series = Four(r, r2, 1.0 / 2, 1.0 / 6, 1.0 / 24, 1.0 / 120);
        series = typeof(T) == typeof(double)
            ? MultiplyAdd(
                MultiplyAdd(Four(r, r2, 1.0 / 3628800, 1.0 / 39916800, 1.0 / 479001600, 1.0 / 6227020800), r4, Four(r, r2, 1.0 / 720, 1.0 / 5040, 1.0 / 40320, 1.0 / 362880)),
                r4, series)
            : MultiplyAdd(MultiplyAdd(Constant<T>(1.0 / 5040), r, Constant<T>(1.0 / 720)), r4, series);
        p = MultiplyAdd(series * r, r, r);
        return shifted;
    }
}
