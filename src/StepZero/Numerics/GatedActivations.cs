using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

// Of all three φ(z) = z·F(z), where F rises from 0 to 1 and F(z) + F(−z) = 1. So with a = |z|
//   φ(z) = max(z, 0) − a·F(−a),   φ′(z) = φ′(−a) below 0 and 1 − φ′(−a) above,   φ″(z) = φ″(−a),
// and all that is small is computed as such: each is a product whose last factor is the exponential.

/// <summary>z·σ(z), within four units in the last place; φ′ and φ″ within eight.</summary>
internal readonly struct SiluFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> a = Simd.AbsAtMost(z, 1000);
        Vector512<T> u = Simd.Decay(a);
        Vector512<T> upper = Simd.Constant<T>(1) / (Simd.Constant<T>(1) + u);
        Vector512<T> product = a * upper;
        derivative = Gate.Slope(z, u * (upper * (Simd.Constant<T>(1) - product)));
        return Gate.Value(z, product * u);
    }

    /// <summary>φ″(−a) = σ′(a)·(2 − a·(1 − u)/(1 + u)) with u = e^−a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Vector512<T> a = Simd.AbsAtMost(z, 1000);
        Vector512<T> u = Simd.Decay(a, out Vector512<T> lost);
        Vector512<T> upper = Simd.Constant<T>(1) / (Simd.Constant<T>(1) + u);
        return u * (upper * upper * (Simd.Constant<T>(2) - (a * (lost * upper))));
    }
}

/// <summary>z·Φ(z) = z·erfc(−z/√2)/2, within eight units in the last place, as are φ′ = Φ(z) + z·density(z) and φ″.</summary>
internal readonly struct GeluFunction : IActivationFunction
{
    /// <summary>1/√(2π).</summary>
    private const double DensityAtZero = 0.3989422804014327;

    private const double RootOfHalf = 0.7071067811865476;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> a = Magnitude(z);
        Vector512<T> decay = Simd.DecayOfSquare(a, 0.5);
        Vector512<T> tail = Simd.Constant<T>(0.5) * Simd.ScaledErfc(Simd.Constant<T>(RootOfHalf) * a);
        derivative = Gate.Slope(z, decay * Simd.MultiplyAdd(a, Simd.Constant<T>(-DensityAtZero), tail));
        return Gate.Value(z, a * tail * decay);
    }

    /// <summary>φ″ = density(z)·(2 − z²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Vector512<T> a = Magnitude(z);
        return Simd.Constant<T>(DensityAtZero) * Simd.MultiplyAdd(-a, a, Simd.Constant<T>(2)) * Simd.DecayOfSquare(a, 0.5);
    }

    /// <summary>|z| as far as the density is above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Magnitude<T>(Vector512<T> z) where T : unmanaged => Simd.AbsAtMost(z, typeof(T) == typeof(double) ? 40 : 15);
}

/// <summary>
/// z/2·(1 + tanh(√(2/π)·(z + 0.044715·z³))) = z·σ(v) with v = z·(α + β·z²), within four units in the last place; φ′ and φ″ within eight. v has twice the
/// digits, since its error is the relative error of e^−v.
/// </summary>
internal readonly struct GeluTanhFunction : IActivationFunction
{
    /// <summary>√(8/π), and what its rounding to double and to single leaves.</summary>
    private const double Alpha = 1.5957691216057308, AlphaLow = -9.96930880911092e-17, AlphaLowSingle = -4.53406804211e-8;

    /// <summary>0.044715·√(8/π), and what its rounding to double and to single leaves.</summary>
    private const double Beta = 0.07135481627260025, BetaLow = -6.175149918155315e-19, BetaLowSingle = 2.39883239599e-9;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> u = Parts(z, out Vector512<T> a, out Vector512<T> square, out _);
        Vector512<T> one = Simd.Constant<T>(1);
        Vector512<T> upper = one / (one + u);
        Vector512<T> product = a * upper;
        derivative = Gate.Slope(z, u * (upper * Simd.MultiplyAdd(-product, Slope(square), one)));
        return Gate.Value(z, product * u);
    }

    /// <summary>φ″(−a) = σ′(v)·(2v′ + a·v″ − a·v′²·(1 − u)/(1 + u)) with u = e^−v, all at a.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Vector512<T> u = Parts(z, out Vector512<T> a, out Vector512<T> square, out Vector512<T> lost);
        Vector512<T> upper = Simd.Constant<T>(1) / (Simd.Constant<T>(1) + u);
        Vector512<T> slope = Slope(square);
        Vector512<T> sum = Simd.MultiplyAdd(Simd.Constant<T>(6 * Beta), square, slope + slope) - (a * slope * slope * (lost * upper));
        return u * (upper * upper * sum);
    }

    /// <summary>v′ = α + 3β·z².</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Slope<T>(Vector512<T> square) where T : unmanaged =>
        Simd.MultiplyAdd(Simd.Constant<T>(3 * Beta), square, Simd.Constant<T>(Alpha));

    /// <summary>e^−v at a = |z|, as far as it is above 0, and 1 − e^−v.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Parts<T>(Vector512<T> z, out Vector512<T> a, out Vector512<T> square, out Vector512<T> lost) where T : unmanaged
    {
        bool isDouble = typeof(T) == typeof(double);
        Vector512<T> alpha = Simd.Constant<T>(Alpha), beta = Simd.Constant<T>(Beta);
        a = Simd.AbsAtMost(z, isDouble ? 22 : 11.5);
        square = a * a;
        Vector512<T> squareLow = Simd.MultiplyAdd(a, a, -square);

        // β·z² and its low part, then α + β·z², of which neither term is always the larger.
        Vector512<T> term = beta * square;
        Vector512<T> termLow = Simd.MultiplyAdd(beta, square, -term);
        termLow = Simd.MultiplyAdd(beta, squareLow, Simd.MultiplyAdd(Simd.Constant<T>(isDouble ? BetaLow : BetaLowSingle), square, termLow));
        Vector512<T> sum = Simd.Sum(alpha, term, out Vector512<T> sumLow);
        sumLow += termLow + Simd.Constant<T>(isDouble ? AlphaLow : AlphaLowSingle);

        Vector512<T> v = a * sum;
        Vector512<T> low = Simd.MultiplyAdd(a, sumLow, Simd.MultiplyAdd(a, sum, -v));
        Vector512<T> u = Simd.Decay(v, out lost);
        return Simd.MultiplyAdd(-low, u, u);
    }
}

/// <summary>What the functions z·F(z) share.</summary>
file static class Gate
{
    /// <summary>max(z, 0) − part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Value<T>(Vector512<T> z, Vector512<T> part) where T : unmanaged =>
        (Vector512.GreaterThan(z, Vector512<T>.Zero) & z) - part;

    /// <summary>The slope at −|z|, or where z is above 0 one minus it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Slope<T>(Vector512<T> z, Vector512<T> below) where T : unmanaged =>
        Vector512.ConditionalSelect(Vector512.GreaterThan(z, Vector512<T>.Zero), Simd.Constant<T>(1) - below, below);
}
