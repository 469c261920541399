using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// Binary cross-entropy from the logit. With the margin t = ±z (plus where the label is 1) the loss is ln(1 + e^−t) = max(−t, 0) + ln(1 + e^−|t|) and
/// its derivative ∓1/(1 + e^t): finite and accurate at any logit, where the textbook form −y·ln p − (1−y)·ln(1−p) gives nan.
/// </summary>
internal static unsafe class LogisticLoss
{
    /// <summary>Adds the losses of one row of logits to the sum, and writes their derivatives times <paramref name="scale"/>.</summary>
    /// <param name="logits">[1, samples].</param>
    /// <param name="signs">[1, samples]: 1 where the label is 1, −1 where it is 0; 0 in the padding, which counts nothing.</param>
    /// <param name="scale">The weight of one sample in the mean, 1/m.</param>
    /// <param name="delta">[1, samples]: receives scale·∂loss/∂z.</param>
    /// <param name="sum">Receives the losses.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Evaluate<T>(Matrix<T> logits, Matrix<T> signs, T scale, Matrix<T> delta, ref CompensatedSum sum)
        where T : unmanaged, INumberBase<T>
    {
        Vector512<T> factor = Vector512.Create(scale);
        LaneSums<T> total = default;
        int length = logits.VectorsPerRow * Vector512<T>.Count;
        for (int i = 0; i < length; i += Vector512<T>.Count)
        {
            total.Add(Of(Vector512.Load(logits.Data + i), Vector512.Load(signs.Data + i), factor, out Vector512<T> derivative));
            derivative.Store(delta.Data + i);
        }

        total.AddTo(ref sum);
        logits.KeepAlive();
        signs.KeepAlive();
        delta.KeepAlive();
    }

    /// <summary>The losses of a vector of logits, and their derivatives times <paramref name="factor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Of<T>(Vector512<T> logit, Vector512<T> sign, Vector512<T> factor, out Vector512<T> derivative) where T : unmanaged, INumberBase<T>
    {
        Vector512<T> zero = Vector512<T>.Zero, one = Simd.Constant<T>(1);
        Vector512<T> margin = sign * logit;
        Vector512<T> u = Simd.ExpOfMinusAbs(margin);
        Vector512<T> wrong = Vector512.LessThan(margin, zero);
        Vector512<T> probabilityOfError = Vector512.ConditionalSelect(wrong, one, u) / (one + u);
        derivative = -(sign * factor) * probabilityOfError;
        return (Simd.Log1p(u) - Vector512.ConditionalSelect(wrong, margin, zero)) * Vector512.Abs(sign);
    }
}
