using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>φ(z) = z.</summary>
internal readonly struct IdentityFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        derivative = Simd.Constant<T>(1);
        return z;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged => Vector512<T>.Zero;
}

/// <summary>z between −1 and 1, and the nearer of the two elsewhere. Exact. The derivative at −1 and 1 is 0.</summary>
internal readonly struct HardTanhFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> one = Simd.Constant<T>(1);
        derivative = Vector512.LessThan(Vector512.Abs(z), one) & one;
        return Simd.AbsAtMost(z, 1) | (z & Simd.Constant<T>(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged => Vector512<T>.Zero;
}

/// <summary>z/(1 + |z|), within four units in the last place, φ′ = 1/(1 + |z|)² and φ″ = ∓2/(1 + |z|)³ within eight.</summary>
internal readonly struct SoftsignFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> reciprocal = Reciprocal(z, out Vector512<T> magnitude);
        derivative = reciprocal * reciprocal;
        return (magnitude * reciprocal) | (z & Simd.Constant<T>(-0.0));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Vector512<T> reciprocal = Reciprocal(z, out _);
        Vector512<T> size = Simd.Constant<T>(2) * reciprocal * reciprocal * reciprocal;
        return Vector512.ConditionalSelect(Vector512.Equals(z, Vector512<T>.Zero), Vector512<T>.Zero, size ^ (~z & Simd.Constant<T>(-0.0)));
    }

    /// <summary>1/(1 + |z|). |z| ends at a power of two whose reciprocal is exact, so φ(∞) is 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<T> Reciprocal<T>(Vector512<T> z, out Vector512<T> magnitude) where T : unmanaged
    {
        magnitude = Simd.AbsAtMost(z, typeof(T) == typeof(double) ? 1.0715086071862673e301 : 1.2676506002282294e30);
        return Simd.Constant<T>(1) / (Simd.Constant<T>(1) + magnitude);
    }
}
