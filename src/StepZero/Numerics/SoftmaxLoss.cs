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
        Vector512<T> one = Simd.Constant<T>(1);
        Vector512<T> factor = Vector512.Create(scale);
        LaneSums<T> total = default;
        int length = outputs.VectorsPerRow * Vector512<T>.Count;
        for (int i = 0; i < length; i += Vector512<T>.Count)
        {
            Vector512<T> mask = Vector512.LessThan(Vector512<T>.Indices, Simd.Constant<T>(outputs.Columns - i));
            Vector512<T> label = Vector512.Load(classes.Data + i);
            T* z = outputs.Data + i;
            T* d = delta.Data + i;
            Vector512<T> most = Vector512.Load(z);
            for (int row = 1; row < outputs.Rows; row++)
            {
                most = Vector512.Max(most, Vector512.Load(z + ((nint)row * outputs.Stride)));
            }

            Vector512<T> ofLabel = default, ofOthers = default, below = default;
            for (int row = 0; row < outputs.Rows; row++)
            {
                Vector512<T> distance = most - Vector512.Load(z + ((nint)row * outputs.Stride));
                Vector512<T> e = Simd.ExpOfMinusAbs(distance);
                Vector512<T> isLabel = Vector512.Equals(label, Simd.Constant<T>(row));
                ofLabel += Vector512.ConditionalSelect(isLabel, e, Vector512<T>.Zero);
                below += Vector512.ConditionalSelect(isLabel, distance, Vector512<T>.Zero);
                ofOthers += Vector512.ConditionalSelect(isLabel, Vector512<T>.Zero, e);
                e.Store(d + ((nint)row * delta.Stride));
            }

            // Where the class itself has the largest output its e is 1, and few others need the logarithm of 1 plus little.
            Vector512<T> all = ofLabel + ofOthers;
            Vector512<T> fewOthers = Vector512.Equals(below, Vector512<T>.Zero) & Vector512.LessThanOrEqual(ofOthers, one);
            Vector512<T> loss = below + Vector512.ConditionalSelect(fewOthers, Simd.Log1p(Vector512.ConditionalSelect(fewOthers, ofOthers, one)), Simd.Log(all));
            total.Add(Vector512.ConditionalSelect(mask, loss, Vector512<T>.Zero));

            Vector512<T> share = Vector512.ConditionalSelect(mask, factor / all, Vector512<T>.Zero);
            for (int row = 0; row < outputs.Rows; row++)
            {
                Vector512<T> e = Vector512.Load(d + ((nint)row * delta.Stride));
                Vector512<T> isLabel = Vector512.Equals(label, Simd.Constant<T>(row));
                Vector512<T> value = Vector512.ConditionalSelect(isLabel, -ofOthers, e) * share;
                Vector512.ConditionalSelect(mask, value, Vector512<T>.Zero).Store(d + ((nint)row * delta.Stride));
            }
        }

        total.AddTo(ref sum);
        outputs.KeepAlive();
        classes.KeepAlive();
        delta.KeepAlive();
    }
}
