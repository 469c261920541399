using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The rules by which a gradient changes values, each in one pass over rows of one layout. Padding of zeros stays zero. Numbers such as rates come as vectors: the
/// same in every place for one network, or with one network a lane its own in each.
/// </summary>
internal static unsafe class UpdateRules
{
    /// <summary>w ← w − rate·(g + decay·w).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Descend<T>(Matrix<T> values, Matrix<T> gradient, Vector512<T> rate, Vector512<T> decay) where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = -rate, shrink = decay;
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
    public static void Accelerate<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> velocity, Vector512<T> rate, Vector512<T> decay, Vector512<T> beta, bool looksAhead)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = -rate, shrink = decay, keep = beta;
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
    public static void Normalize<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> squares, Vector512<T> rate, Vector512<T> decay, Vector512<T> alpha, Vector512<T> rest, Vector512<T> epsilon)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = -rate, shrink = decay, keep = alpha, take = rest, least = epsilon;
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
    public static void Adapt<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> means, Matrix<T> squares, in AdamStep<T> adam)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = -adam.Step, shrink = adam.Decay, kept = adam.Kept, keep1 = adam.Beta1, take1 = adam.Rest1, keep2 = adam.Beta2, take2 = adam.Rest2;
        Vector512<T> scale = adam.Scale, least = adam.Epsilon;
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
internal readonly record struct AdamStep<T>(
    Vector512<T> Step, Vector512<T> Scale, Vector512<T> Kept, Vector512<T> Decay, Vector512<T> Beta1, Vector512<T> Beta2, Vector512<T> Rest1, Vector512<T> Rest2,
    Vector512<T> Epsilon) where T : unmanaged;
