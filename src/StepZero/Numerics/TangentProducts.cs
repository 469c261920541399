using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The elementwise parts of a pass that carries derivatives along a direction: products with kept derivatives, and the second derivatives of the losses.
/// Whole matrices, padding included; where the loss has a say, the padding becomes 0.
/// </summary>
internal static unsafe class TangentProducts
{
    /// <summary>target = a∘b, element by element.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(Matrix<double> a, Matrix<double> b, Matrix<double> target)
    {
        int length = target.VectorsPerRow * Vector512<double>.Count;
        for (int row = 0; row < target.Rows; row++)
        {
            double* left = a.Data + ((nint)row * a.Stride), right = b.Data + ((nint)row * b.Stride), to = target.Data + ((nint)row * target.Stride);
            for (int i = 0; i < length; i += Vector512<double>.Count)
            {
                (Vector512.Load(left + i) * Vector512.Load(right + i)).Store(to + i);
            }
        }

        a.KeepAlive();
        b.KeepAlive();
        target.KeepAlive();
    }

    /// <summary>target = target∘slopes + bends∘change: the product rule for e·φ′(z), of which both factors change.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void ProductRule(Matrix<double> target, Matrix<double> slopes, Matrix<double> bends, Matrix<double> change)
    {
        int length = target.VectorsPerRow * Vector512<double>.Count;
        for (int row = 0; row < target.Rows; row++)
        {
            double* slope = slopes.Data + ((nint)row * slopes.Stride), bend = bends.Data + ((nint)row * bends.Stride);
            double* by = change.Data + ((nint)row * change.Stride), to = target.Data + ((nint)row * target.Stride);
            for (int i = 0; i < length; i += Vector512<double>.Count)
            {
                Vector512.FusedMultiplyAdd(Vector512.Load(to + i), Vector512.Load(slope + i), Vector512.Load(bend + i) * Vector512.Load(by + i)).Store(to + i);
            }
        }

        target.KeepAlive();
        slopes.KeepAlive();
        bends.KeepAlive();
        change.KeepAlive();
    }

    /// <summary>scale·p(1 − p) of one row of logits: with u = e^−|z| that is u/(1 + u)², in which nothing cancels.</summary>
    /// <param name="logits">[1, samples].</param>
    /// <param name="scale">The weight of one sample in the mean.</param>
    /// <param name="curvature">[1, samples]: receives scale·∂²loss/∂z², 0 in the padding.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void LogisticCurvature(Matrix<double> logits, double scale, Matrix<double> curvature)
    {
        Vector512<double> one = Vector512.Create(1.0), factor = Vector512.Create(scale);
        int length = logits.VectorsPerRow * Vector512<double>.Count;
        for (int i = 0; i < length; i += Vector512<double>.Count)
        {
            Vector512<double> u = Simd.ExpOfMinusAbs(Vector512.Load(logits.Data + i));
            Vector512<double> upper = one / (one + u);
            Masked(factor * (u * upper * upper), logits.Columns - i).Store(curvature.Data + i);
        }

        logits.KeepAlive();
        curvature.KeepAlive();
    }

    /// <summary>The same number for each sample, 0 in the padding: the second derivative of the squared error is 2.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SquaredCurvature(double scale, Matrix<double> curvature)
    {
        int length = curvature.VectorsPerRow * Vector512<double>.Count;
        for (int i = 0; i < length; i += Vector512<double>.Count)
        {
            Masked(Vector512.Create(2 * scale), curvature.Columns - i).Store(curvature.Data + i);
        }

        curvature.KeepAlive();
    }

    /// <summary>The probabilities of the classes, softmax(z), [classes, samples], 0 in the padding.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Softmax(Matrix<double> outputs, Matrix<double> probabilities)
    {
        int length = outputs.VectorsPerRow * Vector512<double>.Count;
        for (int i = 0; i < length; i += Vector512<double>.Count)
        {
            double* z = outputs.Data + i, p = probabilities.Data + i;
            Vector512<double> most = Vector512.Load(z), all = default;
            for (int row = 1; row < outputs.Rows; row++)
            {
                most = Vector512.Max(most, Vector512.Load(z + ((nint)row * outputs.Stride)));
            }

            for (int row = 0; row < outputs.Rows; row++)
            {
                Vector512<double> e = Simd.ExpOfMinusAbs(most - Vector512.Load(z + ((nint)row * outputs.Stride)));
                all += e;
                e.Store(p + ((nint)row * probabilities.Stride));
            }

            for (int row = 0; row < outputs.Rows; row++)
            {
                double* to = p + ((nint)row * probabilities.Stride);
                Masked(Vector512.Load(to) / all, outputs.Columns - i).Store(to);
            }
        }

        outputs.KeepAlive();
        probabilities.KeepAlive();
    }

    /// <summary>
    /// scale·p∘(r − pᵀr), the second derivative of the cross-entropy of softmax times r. As it does not change when a number is taken from all of r, that
    /// of a class with p above ½ is taken: else digits would cancel where the network is sure.
    /// </summary>
    /// <param name="probabilities">p, [classes, samples], 0 in the padding.</param>
    /// <param name="change">r, [classes, samples].</param>
    /// <param name="scale">The weight of one sample in the mean.</param>
    /// <param name="target">[classes, samples].</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void SoftmaxCurvature(Matrix<double> probabilities, Matrix<double> change, double scale, Matrix<double> target)
    {
        Vector512<double> half = Vector512.Create(0.5), factor = Vector512.Create(scale);
        int length = target.VectorsPerRow * Vector512<double>.Count;
        for (int i = 0; i < length; i += Vector512<double>.Count)
        {
            double* p = probabilities.Data + i, r = change.Data + i;
            Vector512<double> sure = default, mean = default;
            for (int row = 0; row < target.Rows; row++)
            {
                sure += Vector512.GreaterThan(Vector512.Load(p + ((nint)row * probabilities.Stride)), half) & Vector512.Load(r + ((nint)row * change.Stride));
            }

            for (int row = 0; row < target.Rows; row++)
            {
                mean = Vector512.FusedMultiplyAdd(Vector512.Load(p + ((nint)row * probabilities.Stride)), Vector512.Load(r + ((nint)row * change.Stride)) - sure, mean);
            }

            for (int row = 0; row < target.Rows; row++)
            {
                Vector512<double> difference = Vector512.Load(r + ((nint)row * change.Stride)) - sure - mean;
                (factor * Vector512.Load(p + ((nint)row * probabilities.Stride)) * difference).Store(target.Data + i + ((nint)row * target.Stride));
            }
        }

        probabilities.KeepAlive();
        change.KeepAlive();
        target.KeepAlive();
    }

    /// <summary>The first lanes, and 0 in the others.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Masked(Vector512<double> values, int lanes) =>
        Vector512.LessThan(Vector512<double>.Indices, Vector512.Create((double)lanes)) & values;
}
