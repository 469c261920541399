using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>The rules by which a gradient changes values, each in one pass over rows of one layout. Padding of zeros stays zero.</summary>
internal static unsafe class UpdateRules
{
    /// <summary>w ← w − rate·(g + decay·w).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Descend<T>(Matrix<T> values, Matrix<T> gradient, T rate, T decay) where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = Vector512.Create(-rate), shrink = Vector512.Create(decay);
        for (int i = 0; i < Length(values); i += Vector512<T>.Count)
        {
            Vector512<T> w = Vector512.Load(values.Data + i);
            Vector512<T> g = Simd.MultiplyAdd(shrink, w, Vector512.Load(gradient.Data + i));
            Simd.MultiplyAdd(step, g, w).Store(values.Data + i);
        }

        values.KeepAlive();
        gradient.KeepAlive();
    }

    /// <summary>v ← beta·v + g + decay·w, then w ← w − rate·v, or − rate·(g + decay·w + beta·v) where it looks ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accelerate<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> velocity, T rate, T decay, T beta, bool looksAhead)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = Vector512.Create(-rate), shrink = Vector512.Create(decay), keep = Vector512.Create(beta);
        for (int i = 0; i < Length(values); i += Vector512<T>.Count)
        {
            Vector512<T> w = Vector512.Load(values.Data + i);
            Vector512<T> g = Simd.MultiplyAdd(shrink, w, Vector512.Load(gradient.Data + i));
            Vector512<T> v = Simd.MultiplyAdd(keep, Vector512.Load(velocity.Data + i), g);
            v.Store(velocity.Data + i);
            Simd.MultiplyAdd(step, looksAhead ? Simd.MultiplyAdd(keep, v, g) : v, w).Store(values.Data + i);
        }

        values.KeepAlive();
        gradient.KeepAlive();
        velocity.KeepAlive();
    }

    /// <summary>s ← alpha·s + rest·g² with g + decay·w for g, then w ← w − rate·g/(√s + epsilon); the rest is 1 − alpha.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> squares, T rate, T decay, T alpha, T rest, T epsilon)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = Vector512.Create(-rate), shrink = Vector512.Create(decay), keep = Vector512.Create(alpha);
        Vector512<T> take = Vector512.Create(rest), least = Vector512.Create(epsilon);
        for (int i = 0; i < Length(values); i += Vector512<T>.Count)
        {
            Vector512<T> w = Vector512.Load(values.Data + i);
            Vector512<T> g = Simd.MultiplyAdd(shrink, w, Vector512.Load(gradient.Data + i));
            Vector512<T> s = Simd.MultiplyAdd(keep, Vector512.Load(squares.Data + i), take * g * g);
            s.Store(squares.Data + i);
            Simd.MultiplyAdd(step, g / (Vector512.Sqrt(s) + least), w).Store(values.Data + i);
        }

        values.KeepAlive();
        gradient.KeepAlive();
        squares.KeepAlive();
    }

    /// <summary>
    /// m ← beta1·m + rest1·g and s ← beta2·s + rest2·g² with g + decay·w for g, then w ← kept·w − step·m/(√s·scale + epsilon).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adapt<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> means, Matrix<T> squares, AdamStep<T> adam)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = Vector512.Create(-adam.Step), shrink = Vector512.Create(adam.Decay), kept = Vector512.Create(adam.Kept);
        Vector512<T> keep1 = Vector512.Create(adam.Beta1), take1 = Vector512.Create(adam.Rest1);
        Vector512<T> keep2 = Vector512.Create(adam.Beta2), take2 = Vector512.Create(adam.Rest2);
        Vector512<T> scale = Vector512.Create(adam.Scale), least = Vector512.Create(adam.Epsilon);
        for (int i = 0; i < Length(values); i += Vector512<T>.Count)
        {
            Vector512<T> w = Vector512.Load(values.Data + i);
            Vector512<T> g = Simd.MultiplyAdd(shrink, w, Vector512.Load(gradient.Data + i));
            Vector512<T> m = Simd.MultiplyAdd(keep1, Vector512.Load(means.Data + i), take1 * g);
            Vector512<T> s = Simd.MultiplyAdd(keep2, Vector512.Load(squares.Data + i), take2 * g * g);
            m.Store(means.Data + i);
            s.Store(squares.Data + i);
            Simd.MultiplyAdd(step, m / Simd.MultiplyAdd(Vector512.Sqrt(s), scale, least), kept * w).Store(values.Data + i);
        }

        values.KeepAlive();
        gradient.KeepAlive();
        means.KeepAlive();
        squares.KeepAlive();
    }

    private static int Length<T>(Matrix<T> row) where T : unmanaged => row.VectorsPerRow * Vector512<T>.Count;
}

/// <summary>The numbers of one update of <see cref="UpdateRules.Adapt"/>.</summary>
/// <param name="Step">rate/(1 − beta1ᵗ).</param>
/// <param name="Scale">1/√(1 − beta2ᵗ).</param>
/// <param name="Kept">What the values are multiplied by first.</param>
/// <param name="Decay">The share of the values that is added to the gradient.</param>
/// <param name="Beta1">The share of the mean that is kept.</param>
/// <param name="Beta2">The share of the mean square that is kept.</param>
/// <param name="Rest1">1 − beta1, rounded once.</param>
/// <param name="Rest2">1 − beta2, rounded once.</param>
/// <param name="Epsilon">What is added to the root.</param>
internal readonly record struct AdamStep<T>(T Step, T Scale, T Kept, T Decay, T Beta1, T Beta2, T Rest1, T Rest2, T Epsilon);
