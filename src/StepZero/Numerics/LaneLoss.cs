using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The losses of as many networks as a vector has lanes, on the same samples. Each lane sums as one network alone does: the samples of each place of a vector by
/// themselves, then those sums one after the other.
/// </summary>
internal sealed unsafe class LaneLoss<T> where T : unmanaged, INumberBase<T>
{
    private readonly LaneSums<T>[] places = new LaneSums<T>[Vector512<T>.Count];
    private readonly double[] totals = new double[Vector512<T>.Count];
    private readonly double[] lost = new double[Vector512<T>.Count];

    /// <summary>Begins new sums.</summary>
    public void Clear()
    {
        totals.AsSpan().Clear();
        lost.AsSpan().Clear();
    }

    /// <summary>Adds the binary cross-entropies of a block of samples.</summary>
    /// <param name="outputs">[1, samples] of lanes, which scale·∂loss/∂z replaces.</param>
    /// <param name="targets">[1, samples], as the loss of one network takes them.</param>
    /// <param name="scale">The weight of one sample in the mean.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddLogistic(Matrix<T> outputs, ReadOnlySpan<T> targets, T scale)
    {
        Vector512<T> factor = Vector512.Create(scale);
        for (int s = 0; s < targets.Length; s++)
        {
            nint at = (nint)s * Vector512<T>.Count;
            places[s % Vector512<T>.Count].Add(LogisticLoss.Of(Vector512.Load(outputs.Data + at), Vector512.Create(targets[s]), factor, out Vector512<T> derivative));
            derivative.Store(outputs.Data + at);
        }

        AddPlaces();
        outputs.KeepAlive();
    }

    /// <summary>Adds the squared errors of a block.</summary>
    /// <inheritdoc cref="AddLogistic"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddSquared(Matrix<T> outputs, ReadOnlySpan<T> targets, T scale)
    {
        Vector512<T> factor = Vector512.Create(scale + scale);
        for (int s = 0; s < targets.Length; s++)
        {
            nint at = (nint)s * Vector512<T>.Count;
            places[s % Vector512<T>.Count].Add(SquaredLoss.Of(
                Vector512.Load(outputs.Data + at), Vector512.Create(targets[s]), Vector512<T>.AllBitsSet, factor, out Vector512<T> derivative));
            derivative.Store(outputs.Data + at);
        }

        AddPlaces();
        outputs.KeepAlive();
    }

    /// <summary>Adds the cross-entropies of softmax of a block.</summary>
    /// <param name="outputs">[classes, samples] of lanes, which scale·∂loss/∂z replaces.</param>
    /// <param name="targets">[1, samples], as the loss of one network takes them.</param>
    /// <param name="scale">The weight of one sample in the mean.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddSoftmax(Matrix<T> outputs, ReadOnlySpan<T> targets, T scale)
    {
        Vector512<T> factor = Vector512.Create(scale);
        for (int s = 0; s < targets.Length; s++)
        {
            nint at = (nint)s * Vector512<T>.Count;
            places[s % Vector512<T>.Count].Add(SoftmaxLoss.Of(
                outputs.Data + at, outputs.Stride, outputs.Data + at, outputs.Stride, outputs.Rows, Vector512.Create(targets[s]), Vector512<T>.AllBitsSet, factor));
        }

        AddPlaces();
        outputs.KeepAlive();
    }

    /// <summary>Writes the mean of each lane.</summary>
    public void Means(int samples, Span<double> means)
    {
        for (int lane = 0; lane < means.Length; lane++)
        {
            means[lane] = (totals[lane] + lost[lane]) / samples;
        }
    }

    /// <summary>Adds the sums of the places, the first first, and then what their rounding has lost.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void AddPlaces()
    {
        for (int i = 0; i < places.Length; i++)
        {
            Add(places[i].Total);
        }

        Vector512<T>* all = stackalloc Vector512<T>[Vector512<T>.Count];
        for (int i = 0; i < places.Length; i++)
        {
            all[i] = places[i].Lost;
        }

        for (int half = Vector512<T>.Count / 2; half >= 1; half /= 2)
        {
            for (int i = 0; i < half; i++)
            {
                all[i] += all[i + half];
            }
        }

        Add(all[0]);
        places.AsSpan().Clear();
    }

    /// <summary>Adds to the compensated sum of each lane, in double precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(Vector512<T> values)
    {
        if (typeof(T) == typeof(double))
        {
            Add(0, values.AsDouble());
        }
        else
        {
            Add(0, Vector512.WidenLower(values.AsSingle()));
            Add(Vector512<double>.Count, Vector512.WidenUpper(values.AsSingle()));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(int lane, Vector512<double> value)
    {
        var total = Vector512.Create<double>(totals.AsSpan(lane));
        Vector512<double> next = total + value;
        Vector512<double> added = next - total;
        (Vector512.Create<double>(lost.AsSpan(lane)) + ((total - (next - added)) + (value - added))).CopyTo(lost, lane);
        next.CopyTo(totals, lane);
    }
}
