using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// Cross-entropy of softmax from the outputs z. With M = max z and the class c the loss is ln Σ e^(z − M) + (M − z_c), the derivatives are p_j for other
/// classes and −Σ p_j over them for c: nothing overflows, and no digit is lost where a probability is close to 1.
/// </summary>
internal static unsafe class SoftmaxLoss
{
    /// <summary>Adds the losses of the samples to the sum, and writes their derivatives times <paramref name="scale"/>.</summary>
    /// <param name="outputs">[classes, samples].</param>
    /// <param name="classes">[1, samples]: the number of the class, from 0.</param>
    /// <param name="scale">The weight of one sample in the mean.</param>
    /// <param name="delta">[classes, samples]: receives scale·∂loss/∂z, 0 in the padding.</param>
    /// <param name="sum">Receives the losses.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate<T>(Matrix<T> outputs, Matrix<T> classes, T scale, Matrix<T> delta, ref CompensatedSum sum)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> factor = Vector512.Create(scale);
        LaneSums<T> total = default;
        int length = outputs.VectorsPerRow * Vector512<T>.Count;
        for (int i = 0; i < length; i += Vector512<T>.Count)
        {
            Vector512<T> mask = Vector512.LessThan(Vector512<T>.Indices, Simd.Constant<T>(outputs.Columns - i));
            total.Add(Of(
                outputs.Data + i, outputs.Stride, delta.Data + i, delta.Stride, outputs.Rows, Vector512.Load(classes.Data + i), mask, factor));
        }

        total.AddTo(ref sum);
        outputs.KeepAlive();
        classes.KeepAlive();
        delta.KeepAlive();
    }

    /// <summary>The losses of a vector of samples, whose derivatives it writes.</summary>
    /// <param name="z">The outputs of the first class; those of the next lie <paramref name="zRow"/> further.</param>
    /// <param name="zRow">See there.</param>
    /// <param name="d">Receives the derivatives, <paramref name="dRow"/> apart.</param>
    /// <param name="dRow">See there.</param>
    /// <param name="classCount">The classes.</param>
    /// <param name="label">The number of the class of each.</param>
    /// <param name="mask">Which of them are samples.</param>
    /// <param name="factor">The weight of one sample in the mean.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Of<T>(T* z, nint zRow, T* d, nint dRow, int classCount, Vector512<T> label, Vector512<T> mask, Vector512<T> factor)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> one = Simd.Constant<T>(1);
        Vector512<T> most = Vector512.Load(z);
        for (int row = 1; row < classCount; row++)
        {
            most = Vector512.Max(most, Vector512.Load(z + (row * zRow)));
        }

        Vector512<T> ofLabel = default, ofOthers = default, below = default;
        for (int row = 0; row < classCount; row++)
        {
            Vector512<T> distance = most - Vector512.Load(z + (row * zRow));
            Vector512<T> e = Simd.ExpOfMinusAbs(distance);
            Vector512<T> isLabel = Vector512.Equals(label, Simd.Constant<T>(row));
            ofLabel += Vector512.ConditionalSelect(isLabel, e, Vector512<T>.Zero);
            below += Vector512.ConditionalSelect(isLabel, distance, Vector512<T>.Zero);
            ofOthers += Vector512.ConditionalSelect(isLabel, Vector512<T>.Zero, e);
            e.Store(d + (row * dRow));
        }

        // Where the class itself has the largest output its e is 1, and few others need the logarithm of 1 plus little.
        Vector512<T> all = ofLabel + ofOthers;
        Vector512<T> fewOthers = Vector512.Equals(below, Vector512<T>.Zero) & Vector512.LessThanOrEqual(ofOthers, one);
        Vector512<T> loss = below + Vector512.ConditionalSelect(fewOthers, Simd.Log1p(Vector512.ConditionalSelect(fewOthers, ofOthers, one)), Simd.Log(all));
        Vector512<T> share = Vector512.ConditionalSelect(mask, factor / all, Vector512<T>.Zero);
        for (int row = 0; row < classCount; row++)
        {
            Vector512<T> e = Vector512.Load(d + (row * dRow));
            Vector512<T> isLabel = Vector512.Equals(label, Simd.Constant<T>(row));
            Vector512<T> value = Vector512.ConditionalSelect(isLabel, -ofOthers, e) * share;
            Vector512.ConditionalSelect(mask, value, Vector512<T>.Zero).Store(d + (row * dRow));
        }

        return Vector512.ConditionalSelect(mask, loss, Vector512<T>.Zero);
    }
}
