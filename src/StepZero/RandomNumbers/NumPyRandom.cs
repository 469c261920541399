using System.Runtime.CompilerServices;

namespace StepZero.RandomNumbers;

/// <summary>
/// The exact twin of NumPy's legacy generator, <c>np.random.seed(s)</c> or <c>np.random.RandomState(s)</c>: MT19937 with the polar method for
/// normal numbers. The same seed gives the same bits, in any mixture of calls.
/// </summary>
/// <remarks>
/// The logarithm of the polar method is the platform's, as in NumPy; on Linux both call the same C library. One instance serves one thread.
/// Sources: Matsumoto and Nishimura 1998, "Mersenne Twister"; NumPy, <c>numpy/random/src/legacy/legacy-distributions.c</c>.
/// </remarks>
/// <example><code>new NumPyRandom(1).StandardNormal()   // 1.6243453636632417, as np.random.seed(1); np.random.randn()</code></example>
public sealed class NumPyRandom : RandomSource
{
    private readonly MersenneTwister twister;
    private double spareNormal;
    private bool hasSpareNormal;

    /// <summary>Starts the stream as <c>np.random.seed(seed)</c> does.</summary>
    /// <param name="seed">Any 32-bit number.</param>
    public NumPyRandom(uint seed) => twister = new MersenneTwister(seed);

    /// <summary>The next 32 bits of the stream.</summary>
    public uint NextUInt32() => twister.NextUInt32();

    /// <summary>A number uniform on [0, 1) with 53 random bits: <c>np.random.rand()</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uniform() => twister.NextDouble();

    /// <summary>A number from the standard normal distribution: <c>np.random.randn()</c>.</summary>
    public double StandardNormal()
    {
        if (hasSpareNormal)
        {
            hasSpareNormal = false;
            return spareNormal;
        }

        Span<double> pair = stackalloc double[2];
        FillNormalPairs(pair);
        spareNormal = pair[1];
        hasSpareNormal = true;
        return pair[0];
    }

    /// <summary>Fills the span with uniform numbers on [0, 1): <c>np.random.rand(n)</c>.</summary>
    public void FillUniform(Span<double> values)
    {
        foreach (ref double value in values)
        {
            value = Uniform();
        }
    }

    /// <summary>Fills the span with standard normal numbers: <c>np.random.randn(n)</c>.</summary>
    public void FillStandardNormal(Span<double> values)
    {
        if (hasSpareNormal && values.Length > 0)
        {
            values[0] = StandardNormal();
            values = values[1..];
        }

        int pairs = values.Length & ~1;
        FillNormalPairs(values[..pairs]);
        if (pairs < values.Length)
        {
            values[pairs] = StandardNormal();
        }
    }

    /// <summary>low + (high − low)·u, as <c>np.random.uniform(low, high, n)</c>.</summary>
    public override void FillUniform(Span<double> values, double low, double high)
    {
        double range = high - low;
        foreach (ref double value in values)
        {
            value = low + (range * Uniform());
        }
    }

    /// <summary>mean + deviation·z, as <c>np.random.normal(mean, deviation, n)</c>.</summary>
    public override void FillNormal(Span<double> values, double mean, double deviation)
    {
        FillStandardNormal(values);
        foreach (ref double value in values)
        {
            value = mean + (deviation * value);
        }
    }

    /// <summary>The numbers 0 … count−1 in random order: <c>np.random.permutation(count)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public override int[] Permutation(int count) => ShuffleFromTheEnd(count, twister.NextUInt32);

    /// <summary>
    /// The polar method (Marsaglia and Bray 1964): two normal numbers from each random point of the unit disc. The points of a batch are chosen first,
    /// without a branch that the processor would guess wrongly one time in five; then come the logarithms, then the roots and quotients.
    /// </summary>
    /// <param name="values">An even number of values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillNormalPairs(Span<double> values)
    {
        const int Batch = 128;
        Span<double> first = stackalloc double[Batch];
        Span<double> second = stackalloc double[Batch];
        Span<double> squares = stackalloc double[Batch];
        Span<double> factors = stackalloc double[Batch];
        while (values.Length > 0)
        {
            int pairs = Math.Min(Batch, values.Length / 2);
            for (int accepted = 0; accepted < pairs;)
            {
                double x = (2.0 * twister.NextDouble()) - 1.0;
                double y = (2.0 * twister.NextDouble()) - 1.0;
                double square = (x * x) + (y * y);
                first[accepted] = x;
                second[accepted] = y;
                squares[accepted] = square;
                accepted += square < 1.0 & square != 0.0 ? 1 : 0;
            }

            for (int i = 0; i < pairs; i++)
            {
                factors[i] = Math.Log(squares[i]);
            }

            for (int i = 0; i < pairs; i++)
            {
                double factor = Math.Sqrt(-2.0 * factors[i] / squares[i]);
                values[2 * i] = factor * second[i];
                values[(2 * i) + 1] = factor * first[i];
            }

            values = values[(2 * pairs)..];
        }
    }
}
