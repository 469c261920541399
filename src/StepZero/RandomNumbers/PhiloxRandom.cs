using System.Text;
using StepZero.Numerics;

namespace StepZero.RandomNumbers;

/// <summary>
/// Our own stream: counter-based, so a number is addressed by the seed, the name of its tensor and its index. Any part of any tensor can be made on any
/// machine, in any order, on any number of threads, with the same bits.
/// </summary>
/// <remarks>
/// Philox4x32-10 (Salmon et al. 2011) with the seed as key; the counter holds the block (64 bits) and the tensor: the 64-bit FNV-1a hash of its name in
/// UTF-8. A second filling of the same tensor has another hash: the byte 255, which no text holds, and the number of fillings before it, four bytes, the lowest
/// first, follow the name. Uniform numbers have 24 random bits (single) or
/// 53 (double); normal ones come by the method of Box and Muller, truncated ones by the inverse of the distribution function.
/// </remarks>
/// <example><code>new PhiloxRandom(1, "layers.0.weight").FillNormal(weights, mean: 0, deviation: 0.02)</code></example>
public sealed class PhiloxRandom : RandomSource
{
    private const byte NoLetter = 255;

    private readonly ulong seed;
    private readonly string tensor;
    private long start;
    private int fillings;

    /// <summary>The stream of one tensor.</summary>
    /// <param name="seed">Any 64-bit number.</param>
    /// <param name="tensor">The tensor's name.</param>
    public PhiloxRandom(ulong seed, string tensor = "")
    {
        this.seed = seed;
        this.tensor = tensor;
    }

    /// <summary>How many threads fill; the numbers do not depend on it. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is below 1.</exception>
    public int Threads
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected at least 1 thread.");
    } = 1;

    /// <summary>The stream from a place within the tensor on: that of a part.</summary>
    /// <param name="start">The index of the first number, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The index is negative, or so large that no span fits behind it.</exception>
    public PhiloxRandom At(long start)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start, long.MaxValue - int.MaxValue);
        return new PhiloxRandom(seed, tensor) { Threads = Threads, start = start, fillings = fillings };
    }

    /// <inheritdoc/>
    public override PhiloxRandom For(string tensor) => new(seed, tensor) { Threads = Threads };

    /// <inheritdoc/>
    public override void FillUniform(Span<double> values, double low, double high) =>
        CounterFill.Fill(new UniformTransform<double>(low, high), values, start, NextKey(), Threads);

    /// <inheritdoc/>
    public override void FillUniform(Span<float> values, double low, double high) =>
        CounterFill.Fill(new UniformTransform<float>(low, high), values, start, NextKey(), Threads);

    /// <inheritdoc/>
    public override void FillNormal(Span<double> values, double mean, double deviation) =>
        CounterFill.Fill(new NormalTransform<double>(mean, deviation), values, start, NextKey(), Threads);

    /// <inheritdoc/>
    public override void FillNormal(Span<float> values, double mean, double deviation) =>
        CounterFill.Fill(new NormalTransform<float>(mean, deviation), values, start, NextKey(), Threads);

    /// <inheritdoc/>
    public override void FillTruncatedNormal(Span<double> values, double mean, double deviation, double low, double high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        CounterFill.Fill(new TruncatedNormalTransform<double>(mean, deviation, low, high), values, start, NextKey(), Threads);
    }

    /// <inheritdoc/>
    public override void FillTruncatedNormal(Span<float> values, double mean, double deviation, double low, double high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);
        if (Math.Max(Math.Abs(low - mean), Math.Abs(high - mean)) <= TruncatedNormalTransform<float>.LargestSingleBound * deviation)
        {
            CounterFill.Fill(new TruncatedNormalTransform<float>(mean, deviation, low, high), values, start, NextKey(), Threads);
            return;
        }

        base.FillTruncatedNormal(values, mean, deviation, low, high);
    }

    /// <summary>The numbers 0 … count−1 in the order of as many random numbers of 53 bits.</summary>
    /// <inheritdoc/>
    public override int[] Permutation(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        double[] keys = new double[count];
        FillUniform(keys, 0, 1);
        Array.Sort(keys, order);
        return order;
    }

    /// <summary>The stream of the next filling.</summary>
    private PhiloxKey NextKey()
    {
        const ulong OffsetBasis = 14695981039346656037, Prime = 1099511628211;
        ulong hash = OffsetBasis;
        foreach (byte letter in (byte[])[.. Encoding.UTF8.GetBytes(tensor), .. fillings == 0 ? [] : BitConverter.GetBytes(fillings).Prepend(NoLetter)])
        {
            hash = (hash ^ letter) * Prime;
        }

        fillings++;
        return new PhiloxKey((uint)seed, (uint)(seed >> 32), (uint)hash, (uint)(hash >> 32));
    }
}
