using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>An activation a = φ(z) beside its derivative φ′(z), which share most of their work, and its second derivative φ″(z).</summary>
/// <remarks>
/// φ of nan is nan. Errors are given in units in the last place of the exact result; they hold as long as that is not below 1e-300 (double) or 1e-35
/// (single), where results underflow gradually. Where φ′ or φ″ crosses 0 beside z = 0 the error is one of the terms whose difference it is.
/// At a kink φ′ is the value that PyTorch's autograd gives, and φ″ is 0.
/// </remarks>
internal interface IActivationFunction
{
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged;

    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged;
}

/// <summary>tanh z = q/(q + 2) with q = e^2|z| − 1, and φ′ = s·(2 − s) with s = 2/(q + 2): both accurate relative to their size, however small.</summary>
internal readonly struct TanhFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> magnitude = Simd.AbsAtMost(z, typeof(T) == typeof(double) ? 350 : 43);
        Simd.ExpParts(magnitude + magnitude, out Vector512<T> powerOfTwo, out Vector512<T> p);
        Vector512<T> two = Simd.Constant<T>(2);
        Vector512<T> q = Simd.MultiplyAdd(powerOfTwo, p, powerOfTwo - Simd.Constant<T>(1));
        Vector512<T> s = two / (q + two);
        derivative = s * (two - s);
        return (q * (s * Simd.Constant<T>(0.5))) | (z & Simd.Constant<T>(-0.0));
    }

    /// <summary>φ″ = −2φ·φ′.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Vector512<T> value = Evaluate(z, out Vector512<T> derivative);
        return Simd.Constant<T>(-2) * value * derivative;
    }
}

/// <summary>σ(z) = 1/(1 + e^−z), from e^−|z|, which never overflows.</summary>
internal readonly struct SigmoidFunction : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> u = Simd.ExpOfMinusAbs(z);
        Vector512<T> one = Simd.Constant<T>(1);
        Vector512<T> upper = one / (one + u);
        Vector512<T> lower = u * upper;
        derivative = lower * upper;
        return Vector512.ConditionalSelect(Vector512.LessThan(z, Vector512<T>.Zero), lower, upper);
    }

    /// <summary>φ″ = −u·(1 − u)/(1 + u)³ for positive z, with u = e^−|z|; φ″ is odd.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        Vector512<T> u = Simd.Decay(z, out Vector512<T> lost);
        Vector512<T> upper = Simd.Constant<T>(1) / (Simd.Constant<T>(1) + u);
        return (u * upper * (lost * upper) * upper) ^ (~z & Simd.Constant<T>(-0.0));
    }
}

/// <summary>z above 0, slope·z elsewhere; a slope of 0 is ReLU. The derivative at 0 is the slope.</summary>
internal readonly struct LeakyReluFunction(double slope) : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        Vector512<T> positive = Vector512.GreaterThan(z, Vector512<T>.Zero);
        derivative = Vector512.ConditionalSelect(positive, Simd.Constant<T>(1), Simd.Constant<T>(slope));
        return z * derivative;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged => Vector512<T>.Zero;
}
