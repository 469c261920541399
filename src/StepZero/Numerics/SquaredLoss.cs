using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>The squared error (z − y)².</summary>
internal static unsafe class SquaredLoss
{
    /// <summary>Adds the losses of one row of outputs to the sum, and writes their derivatives times <paramref name="scale"/>.</summary>
    /// <param name="outputs">[1, samples].</param>
    /// <param name="targets">[1, samples]: the number to predict.</param>
    /// <param name="scale">The weight of one sample in the mean.</param>
    /// <param name="delta">[1, samples]: receives scale·∂loss/∂z, 0 in the padding.</param>
    /// <param name="sum">Receives the losses.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate<T>(Matrix<T> outputs, Matrix<T> targets, T scale, Matrix<T> delta, ref CompensatedSum sum)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> factor = Vector512.Create(scale + scale);
        LaneSums<T> total = default;
        int length = outputs.VectorsPerRow * Vector512<T>.Count;
        for (int i = 0; i < length; i += Vector512<T>.Count)
        {
            Vector512<T> mask = Vector512.LessThan(Vector512<T>.Indices, Simd.Constant<T>(outputs.Columns - i));
            total.Add(Of(Vector512.Load(outputs.Data + i), Vector512.Load(targets.Data + i), mask, factor, out Vector512<T> derivative));
            derivative.Store(delta.Data + i);
        }

        total.AddTo(ref sum);
        outputs.KeepAlive();
        targets.KeepAlive();
        delta.KeepAlive();
    }

    /// <summary>The losses of a vector of outputs, and their derivatives: with <paramref name="factor"/> twice the weight of one sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Of<T>(Vector512<T> output, Vector512<T> target, Vector512<T> mask, Vector512<T> factor, out Vector512<T> derivative)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> error = Vector512.ConditionalSelect(mask, output - target, Vector512<T>.Zero);
        derivative = error * factor;
        return error * error;
    }
}
