using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>The rules by which a gradient changes values, each in one pass over rows of one layout. Padding of zeros stays zero.</summary>
internal static unsafe class UpdateRules
{
    /// <summary>w ← w − rate·(g + decay·w).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Descend<T>(Matrix<T> values, Matrix<T> gradient, in UpdateNumbers<T> numbers) where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = numbers.Step, decay = numbers.Decay;
        for (int i = 0; i < Length(values); i += Vector512<T>.Count)
        {
            Vector512<T> w = Vector512.Load(values.Data + i);
            Vector512<T> g = Simd.MultiplyAdd(decay, w, Vector512.Load(gradient.Data + i));
            Simd.MultiplyAdd(step, g, w).Store(values.Data + i);
        }

        values.KeepAlive();
        gradient.KeepAlive();
    }

    /// <summary>v ← first·v + g + decay·w, then w ← w − rate·v, or − rate·(g + decay·w + first·v) where it looks ahead.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Accelerate<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> velocity, in UpdateNumbers<T> numbers, bool looksAhead)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = numbers.Step, decay = numbers.Decay, keep = numbers.First;
        for (int i = 0; i < Length(values); i += Vector512<T>.Count)
        {
            Vector512<T> w = Vector512.Load(values.Data + i);
            Vector512<T> g = Simd.MultiplyAdd(decay, w, Vector512.Load(gradient.Data + i));
            Vector512<T> v = Simd.MultiplyAdd(keep, Vector512.Load(velocity.Data + i), g);
            v.Store(velocity.Data + i);
            Simd.MultiplyAdd(step, looksAhead ? Simd.MultiplyAdd(keep, v, g) : v, w).Store(values.Data + i);
        }

        values.KeepAlive();
        gradient.KeepAlive();
        velocity.KeepAlive();
    }

    /// <summary>s ← first·s + (1 − first)·g² with g + decay·w for g, then w ← w − rate·g/(√s + epsilon).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normalize<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> squares, in UpdateNumbers<T> numbers) where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = numbers.Step, decay = numbers.Decay, keep = numbers.First, take = numbers.FirstRest, least = numbers.Epsilon;
        for (int i = 0; i < Length(values); i += Vector512<T>.Count)
        {
            Vector512<T> w = Vector512.Load(values.Data + i);
            Vector512<T> g = Simd.MultiplyAdd(decay, w, Vector512.Load(gradient.Data + i));
            Vector512<T> s = Simd.MultiplyAdd(keep, Vector512.Load(squares.Data + i), take * g * g);
            s.Store(squares.Data + i);
            Simd.MultiplyAdd(step, g / (Vector512.Sqrt(s) + least), w).Store(values.Data + i);
        }

        values.KeepAlive();
        gradient.KeepAlive();
        squares.KeepAlive();
    }

    /// <summary>
    /// m ← first·m + (1 − first)·g and s ← second·s + (1 − second)·g² with g + decay·w for g, then w ← kept·w − rate·m/(√s·scale + epsilon).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adapt<T>(Matrix<T> values, Matrix<T> gradient, Matrix<T> means, Matrix<T> squares, in UpdateNumbers<T> numbers)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> step = numbers.Step, decay = numbers.Decay, kept = numbers.Kept, scale = numbers.Scale, least = numbers.Epsilon;
        Vector512<T> keep1 = numbers.First, take1 = numbers.FirstRest, keep2 = numbers.Second, take2 = numbers.SecondRest;
        for (int i = 0; i < Length(values); i += Vector512<T>.Count)
        {
            Vector512<T> w = Vector512.Load(values.Data + i);
            Vector512<T> g = Simd.MultiplyAdd(decay, w, Vector512.Load(gradient.Data + i));
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
