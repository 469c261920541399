using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>An activation a = φ(z) beside its derivative φ′(z), which share most of their work. nan in, nan out.</summary>
internal interface IActivationFunction
{
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged;
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
}

/// <summary>Applies an activation to a whole matrix.</summary>
internal static unsafe class ActivationPass
{
    /// <summary>φ(z) of one number, the same bits as in a matrix.</summary>
    public static double Evaluate<TFunction>(TFunction function, double z) where TFunction : struct, IActivationFunction =>
        function.Evaluate(Vector512.Create(z), out _)[0];

    /// <summary>Writes φ(z) to <paramref name="a"/> and replaces each z by φ′(z), which the backward pass multiplies by.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Apply<TFunction, T>(TFunction function, Matrix<T> z, Matrix<T> a)
        where TFunction : struct, IActivationFunction
        where T : unmanaged
    {
        int length = z.VectorsPerRow * Vector512<T>.Count;
        for (int row = 0; row < z.Rows; row++)
        {
            T* from = z.Data + ((nint)row * z.Stride);
            T* to = a.Data + ((nint)row * a.Stride);
            for (int i = 0; i < length; i += Vector512<T>.Count)
            {
                function.Evaluate(Vector512.Load(from + i), out Vector512<T> derivative).Store(to + i);
                derivative.Store(from + i);
            }
        }

        z.KeepAlive();
        a.KeepAlive();
    }
}
