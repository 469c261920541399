using System.Numerics.Tensors;
using StepZero.Data;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>What data bring to a first layer: the size of scaled features, what all samples have in common, and what no network can learn.</summary>
/// <param name="Samples">How many samples were looked at.</param>
/// <param name="Features">All scaled features of all samples.</param>
/// <param name="MeanCosine">The mean cosine between two samples, −1 to 1; samples that are all 0 do not count. Null where fewer than two are left.</param>
/// <param name="LargestOffset">The largest mean of one scaled feature, without its sign; 0 or more.</param>
/// <param name="SmallestDeviation">The smallest standard deviation of one scaled feature, of those that are not constant; 0 where all are.</param>
/// <param name="LargestDeviation">The largest standard deviation of one scaled feature.</param>
/// <param name="EigenvalueShare">
/// The share of the trace of the Gram matrix X·Xᵀ that its largest eigenvalue has, 0 to 1: near 1 all scaled samples point the same way, and gradient descent is
/// fast in one direction and slow in all others (LeCun et al. 1991). Nan where a feature is not finite or all are 0.
/// </param>
/// <param name="MeanShare">The share of the trace that the mean sample has, m·‖mean‖²/trace, at most <paramref name="EigenvalueShare"/>: what centering would take away.</param>
/// <param name="LargestClassShare">The share of the samples in the most frequent class: how often it is right to say that one always. Null where the targets are numbers.</param>
/// <param name="RepeatedSamples">How many samples have the features of an earlier one; found by hashes of 128 bits.</param>
/// <param name="ConflictingSamples">How many samples have the features of another one but another class or number as target.</param>
public sealed record DataStatistics(
    int Samples, Spread Features, double? MeanCosine, double LargestOffset, double SmallestDeviation, double LargestDeviation, double EigenvalueShare, double MeanShare,
    double? LargestClassShare, int RepeatedSamples, int ConflictingSamples)
{
    /// <summary>Looks at all samples.</summary>
    /// <param name="data">The samples, at least one.</param>
    /// <param name="scaling">How the features are scaled.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="ArgumentException">There is no sample.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static DataStatistics Of(Dataset data, FittedScaling scaling, int threads = 1, CancellationToken cancellation = default)
    {
        int m = data.SampleCount, n = data.FeatureCount;
        if (m == 0)
        {
            throw new ArgumentException($"'{data.Name}' has no samples; expected at least one.", nameof(data));
        }

        // Welford's update (1962) of each feature, which keeps a constant one's deviation at 0.
        double[] means = new double[n], squares = new double[n], before = new double[n], after = new double[n];
        var cosine = new MeanCosine(n);
        ScaledSamples.ForEach(data, scaling, (sample, row) =>
        {
            cancellation.ThrowIfCancellationRequested();
            cosine.Add(row);
            TensorPrimitives.Subtract(row, means, before);
            TensorPrimitives.MultiplyAdd(before, 1.0 / (sample + 1), means, means);
            TensorPrimitives.Subtract(row, means, after);
            TensorPrimitives.MultiplyAdd(before, after, squares, squares);
        });
        double offset = 0, trace = 0, smallest = double.PositiveInfinity, largest = 0;
        for (int i = 0; i < n; i++)
        {
            double deviation = Math.Sqrt(squares[i] / m);
            offset += m * means[i] * means[i];
            trace += squares[i] + (m * means[i] * means[i]);
            smallest = deviation > 0 || double.IsNaN(deviation) ? Math.Min(smallest, deviation) : smallest;
            largest = Math.Max(largest, deviation);
        }

        Moments all = Moments.Of(means);
        all = all with { Count = (double)m * n, SquaresX = (m * all.SquaresX) + TensorPrimitives.Sum<double>(squares) };
        bool told = double.IsFinite(trace) && trace > 0;
        (int repeated, int conflicting) = Compare(data, cancellation);
        return new DataStatistics(
            m, all.X, cosine.Value, means.Max(Math.Abs), double.IsPositiveInfinity(smallest) ? 0 : smallest, largest,
            told ? Math.Min(LargestEigenvalue.Of(data, scaling, threads, cancellation) / trace, 1) : double.NaN, told ? offset / trace : double.NaN,
            data.Targets is null ? data.CountClasses().Max() / (double)m : null, repeated, conflicting);
    }

    /// <summary>How many samples repeat an earlier one, and how many have another target than an equal one.</summary>
    private static (int Repeated, int Conflicting) Compare(Dataset data, CancellationToken cancellation)
    {
        double[] row = new double[data.FeatureCount];
        var hashes = new UInt128[data.SampleCount];
        int[] samples = [.. Enumerable.Range(0, hashes.Length)];
        for (int sample = 0; sample < hashes.Length; sample++)
        {
            cancellation.ThrowIfCancellationRequested();
            FittedScaling.Raw(data, sample, 0, row);
            ValueHash hash = default;
            foreach (double value in row)
            {
                hash.Add(value);
            }

            hashes[sample] = hash.Value;
        }

        Array.Sort(hashes, samples);
        int repeated = 0, conflicting = 0;
        for (int from = 0, to; from < hashes.Length; from = to)
        {
            bool differs = false;
            for (to = from + 1; to < hashes.Length && hashes[to] == hashes[from]; to++)
            {
                differs |= Target(samples[to]) != Target(samples[from]);
            }

            repeated += to - from - 1;
            conflicting += differs ? to - from : 0;
        }

        return (repeated, conflicting);

        double Target(int sample) => data.Targets?[sample] ?? data.Labels[sample];
    }
}
