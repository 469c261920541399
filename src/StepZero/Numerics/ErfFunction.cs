using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>erf z: a polynomial near 0, and 1 − e^(−z²)·(e^(z²)·erfc z) beyond. φ, φ′ = 2/√π·e^(−z²) and φ″ = −2z·φ′ within four units in the last place.</summary>
internal readonly struct ErfFunction : IActivationFunction
{
    /// <summary>2/√π.</summary>
    private const double SlopeAtZero = 1.1283791670955126;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> a = Magnitude(z);
        Vector512<T> decay = Simd.DecayOfSquare(a, 1);
        derivative = Simd.Constant<T>(SlopeAtZero) * decay;
        Vector512<T> far = Simd.MultiplyAdd(-decay, Simd.ScaledErfc(a), Simd.Constant<T>(1));
        Vector512<T> isNear = Vector512.LessThan(a, Simd.Constant<T>(0.75));
        return Vector512.ConditionalSelect(isNear, Simd.ErfNearZero(a), far) | (z & Simd.Constant<T>(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Vector512<T> a = Magnitude(z);
        return (Simd.Constant<T>(2 * SlopeAtZero) * a * Simd.DecayOfSquare(a, 1)) ^ (~z & Simd.Constant<T>(-0.0));
    }

    /// <summary>|z| as far as the slope is above 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Magnitude<T>(Vector512<T> z) where T : unmanaged => Simd.AbsAtMost(z, typeof(T) == typeof(double) ? 28 : 11);
}
