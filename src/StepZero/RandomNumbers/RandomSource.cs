using System.Numerics;
using StepZero.Numerics;

namespace StepZero.RandomNumbers;

/// <summary>
/// Where an initializer's random numbers come from. Each stream is the exact twin of a named library's, or our own <see cref="PhiloxRandom"/>; double
/// and single precision are drawn as that library draws them, so one is not the other rounded.
/// </summary>
/// <remarks>One instance serves one thread.</remarks>
public abstract class RandomSource
{
    /// <summary>The name of <see cref="NumPyRandom"/>.</summary>
    public const string NumPy = "numpy";

    /// <summary>The name of <see cref="PhiloxRandom"/>.</summary>
    public const string Philox = "philox";

    private static readonly Dictionary<string, Func<ulong, int, RandomSource>> Openers = new()
    {
        [NumPy] = (seed, _) => new NumPyRandom(checked((uint)seed)),
        ["numpy-generator"] = (seed, _) => new NumPyGenerator(seed),
        ["pytorch"] = (seed, _) => new PyTorchRandom(seed),
        [Philox] = (seed, threads) => new PhiloxRandom(seed) { Threads = threads },
    };

    private protected RandomSource()
    {
    }

    /// <summary>The names that <see cref="Open"/> knows.</summary>
    public static IReadOnlyCollection<string> Names => Openers.Keys;

    /// <summary>Starts a stream.</summary>
    /// <param name="name">"numpy" (np.random.seed), "numpy-generator" (np.random.default_rng), "pytorch" (torch.manual_seed) or "philox".</param>
    /// <param name="seed">The seed; below 2³² for "numpy".</param>
    /// <param name="threads">How many threads fill, at least 1, where the stream can be shared; the numbers do not depend on it.</param>
    /// <exception cref="ArgumentOutOfRangeException">Philox with fewer than 1 thread.</exception>
    /// <exception cref="StepZeroException">There is no such stream, or the seed is too large for it.</exception>
    public static RandomSource Open(string name, ulong seed, int threads = 1)
    {
        if (!Openers.TryGetValue(name, out Func<ulong, int, RandomSource>? open))
        {
            throw StepZeroException.UnknownName("random stream", name, Names);
        }

        return name != NumPy || seed <= uint.MaxValue
            ? open(seed, threads)
            : throw new StepZeroException($"Seed {seed}: the stream 'numpy' takes seeds up to {uint.MaxValue}. Use a smaller one, or 'numpy-generator'.");
    }

    /// <summary>
    /// The stream that fills the named tensor. A stream that runs through all tensors in their order returns itself; a counter-based one starts anew
    /// for each name.
    /// </summary>
    /// <param name="tensor">The tensor's name, such as "layers.0.weight".</param>
    public virtual RandomSource For(string tensor) => this;

    /// <summary>Fills the span with numbers low + (high − low)·u, u uniform on [0, 1). Rounding of the sum may give high itself, as in NumPy and PyTorch.</summary>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="low">The lower bound, finite.</param>
    /// <param name="high">The upper bound, finite.</param>
    public abstract void FillUniform(Span<double> values, double low, double high);

    /// <inheritdoc cref="FillUniform(Span{double}, double, double)"/>
    public virtual void FillUniform(Span<float> values, double low, double high)
    {
        double[] exact = new double[values.Length];
        FillUniform(exact, low, high);
        Conversion.Copy<double, float>(exact, values);
    }

    /// <summary>Fills the span with numbers from N(mean, deviation²).</summary>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="mean">The mean, finite.</param>
    /// <param name="deviation">The standard deviation, finite; 0 gives the mean.</param>
    public abstract void FillNormal(Span<double> values, double mean, double deviation);

    /// <inheritdoc cref="FillNormal(Span{double}, double, double)"/>
    public virtual void FillNormal(Span<float> values, double mean, double deviation)
    {
        double[] exact = new double[values.Length];
        FillNormal(exact, mean, deviation);
        Conversion.Copy<double, float>(exact, values);
    }

    /// <summary>
    /// Fills the span with numbers from N(mean, deviation²) under the condition that they lie in [low, high]. Unless a stream has a way of its own: the
    /// inverse of the distribution function of a uniform number each.
    /// </summary>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="mean">The mean before truncation, finite.</param>
    /// <param name="deviation">The standard deviation before truncation, finite and above 0.</param>
    /// <param name="low">The lower bound; −∞ for none.</param>
    /// <param name="high">The upper bound; ∞ for none.</param>
    /// <exception cref="ArgumentOutOfRangeException">The lower bound lies above the upper one (PyTorch's twin clamps, as PyTorch does).</exception>
    public virtual void FillTruncatedNormal(Span<double> values, double mean, double deviation, double low, double high)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(low, high);

        // In the upper half of the distribution the mirror image is drawn, whose probabilities keep their digits.
        double side = low > mean ? -1 : 1;
        double first = NormalDistribution.Cdf(side * (low - mean) / deviation), second = NormalDistribution.Cdf(side * (high - mean) / deviation);
        FillUniform(values, Math.Min(first, second), Math.Max(first, second));
        NormalDistribution.Quantiles(values);
        foreach (ref double value in values)
        {
            value = Math.Clamp(mean + (side * deviation * value), low, high);
        }
    }

    /// <inheritdoc cref="FillTruncatedNormal(Span{double}, double, double, double, double)"/>
    public virtual void FillTruncatedNormal(Span<float> values, double mean, double deviation, double low, double high)
    {
        double[] exact = new double[values.Length];
        FillTruncatedNormal(exact, mean, deviation, low, high);
        Conversion.Copy<double, float>(exact, values);
    }

    /// <summary>The numbers 0 … count−1 in random order.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public abstract int[] Permutation(int count);

    /// <summary>0 … count−1, shuffled from the end as both of NumPy's generators do: each place takes a number at or before it, by rejection of masked bits.</summary>
    private protected static int[] ShuffleFromTheEnd(int count, Func<uint> nextWord)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        for (int i = count - 1; i > 0; i--)
        {
            uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount((uint)i);
            uint j;
            do
            {
                j = nextWord() & mask;
            }
            while (j > i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }
}
