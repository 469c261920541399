using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// scale·z above 0 and scale·alpha·(e^z − 1) elsewhere; φ, φ′ and φ″ within four units in the last place. The derivative at 0 is scale·alpha.
/// </summary>
internal readonly struct EluFunction(double alpha, double scale) : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> positive = Vector512.GreaterThan(z, Vector512<T>.Zero);
        Vector512<T> below = Simd.Constant<T>(scale * alpha), above = Simd.Constant<T>(scale);
        Vector512<T> decay = Simd.Decay(z, out Vector512<T> lost);
        derivative = Vector512.ConditionalSelect(positive, above, below * decay);
        return Vector512.ConditionalSelect(positive, above * z, below * (lost | (z & Simd.Constant<T>(-0.0))));
    }

    /// <summary>scale·alpha·e^z below 0, and 0 elsewhere.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged => Vector512.ConditionalSelect(
        Vector512.GreaterThanOrEqual(z, Vector512<T>.Zero), Vector512<T>.Zero, Simd.Constant<T>(scale * alpha) * Simd.Decay(z));
}

/// <summary>ln(1 + e^z) = max(z, 0) + ln(1 + e^−|z|), whose derivative is σ(z): φ, φ′ and φ″ within four units in the last place.</summary>
internal readonly struct SoftplusFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> u = Simd.Decay(z);
        Vector512<T> upper = Simd.Constant<T>(1) / (Simd.Constant<T>(1) + u);
        Vector512<T> positive = Vector512.GreaterThan(z, Vector512<T>.Zero);
        derivative = Vector512.ConditionalSelect(positive, upper, u * upper);
        return (positive & z) + Simd.Log1p(u);
    }

    /// <summary>σ′(z) = u/(1 + u)² with u = e^−|z|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Vector512<T> u = Simd.Decay(z);
        Vector512<T> upper = Simd.Constant<T>(1) / (Simd.Constant<T>(1) + u);
        return u * upper * upper;
    }
}

/// <summary>
/// z·tanh(ln(1 + e^z)) = z·(1 − 2/D) with D = (1 + y)² + 1 and y = e^z. For positive z all is multiplied by u² = e^−2z, so nothing overflows; then each
/// expression has the same form in u. φ within four units in the last place, φ′ and φ″ within eight.
/// </summary>
internal readonly struct MishFunction : IActivationFunction
{
    /// <summary>φ′ = w + z·w′ with w = 1 − 2/D and w′ = 4y(1 + y)/D².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Parts(z, out Vector512<T> positive, out Vector512<T> limited, out Vector512<T> u, out Vector512<T> factor, out Vector512<T> reciprocal);
        Vector512<T> one = Simd.Constant<T>(1), two = Simd.Constant<T>(2);

        // w = numerator/D, and w′ = factor·4(1 + u)/D²; below 0 the factor u is common to both, and left out until the end.
        Vector512<T> numerator = Vector512.ConditionalSelect(positive, Simd.MultiplyAdd(two, u, one), u + two);
        Vector512<T> slope = Vector512.ConditionalSelect(positive, factor, one) * Simd.Constant<T>(4) * (one + u) * reciprocal;
        Vector512<T> common = Vector512.ConditionalSelect(positive, one, u) * reciprocal;
        derivative = common * Simd.MultiplyAdd(limited, slope, numerator);
        return Vector512.ConditionalSelect(positive, z, limited) * (numerator * common);
    }

    /// <summary>φ″ = 2w′ + z·w″ with w″ = 4y·(2 + 2y − 3y² − 2y³)/D³.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Parts(z, out Vector512<T> positive, out Vector512<T> limited, out Vector512<T> u, out Vector512<T> factor, out Vector512<T> reciprocal);
        Vector512<T> two = Simd.Constant<T>(2), three = Simd.Constant<T>(3);
        Vector512<T> above = Simd.MultiplyAdd(Simd.MultiplyAdd(u + Simd.Constant<T>(1), two * u, -three), u, -two);
        Vector512<T> below = Simd.MultiplyAdd(Simd.MultiplyAdd(-(two * u), u, Simd.MultiplyAdd(-three, u, two)), u, two);
        Vector512<T> bend = Vector512.ConditionalSelect(positive, above, below) * reciprocal;
        return factor * Simd.Constant<T>(4) * reciprocal * reciprocal * Simd.MultiplyAdd(limited, bend, Simd.MultiplyAdd(two, u, two));
    }

    /// <summary>Whether z is above 0; z as far as e^−|z| goes; u = e^−|z|; u², or u below 0; and 1/D, or 1/(u²·D) above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Parts<T>(
        Vector512<T> z, out Vector512<T> positive, out Vector512<T> limited, out Vector512<T> u, out Vector512<T> factor, out Vector512<T> reciprocal) where T : unmanaged
    {
        Vector512<T> one = Simd.Constant<T>(1), two = Simd.Constant<T>(2);
        positive = Vector512.GreaterThan(z, Vector512<T>.Zero);
        limited = Simd.AbsAtMost(z, 1000) | (z & Simd.Constant<T>(-0.0));
        u = Simd.Decay(z);
        Vector512<T> square = u * u, twice = u + u;
        factor = Vector512.ConditionalSelect(positive, square, u);
        reciprocal = one / Vector512.ConditionalSelect(positive, Simd.MultiplyAdd(two, square, twice + one), (square + twice) + two);
    }
}
