namespace StepZero.RandomNumbers;

/// <summary>
/// The exact twin of NumPy's present generator, <c>np.random.default_rng(seed)</c>: PCG64, with the ziggurat method for normal numbers. The same seed
/// gives the same bits, in any mixture of calls.
/// </summary>
/// <remarks>
/// Sources: O'Neill 2014, "PCG"; Marsaglia and Tsang 2000, "The Ziggurat Method for Generating Random Variables"; NumPy,
/// <c>numpy/random/_generator.pyx</c> and <c>numpy/random/src/distributions/distributions.c</c>. Where NumPy runs on another C library than glibc, or on
/// a glibc whose log1p rounds otherwise, the last bit of some normal numbers beyond 3.65 may differ. One instance serves one thread.
/// </remarks>
/// <example><code>new NumPyGenerator(42).FillRandom(x)   // x = np.random.default_rng(42).random(n): 0.7739560485559633, …</code></example>
public sealed class NumPyGenerator : RandomSource
{
    private readonly Pcg64 pcg;

    /// <summary>Starts the stream as <c>np.random.default_rng(seed)</c> does.</summary>
    /// <param name="seed">Any 64-bit number.</param>
    public NumPyGenerator(ulong seed) => pcg = new Pcg64(seed);

    /// <summary>The next 64 bits of the stream.</summary>
    public ulong NextUInt64() => pcg.NextUInt64();

    /// <summary>The next 32 bits of the stream: half a word of 64 bits, whose other half waits for the next call.</summary>
    public uint NextUInt32() => pcg.NextUInt32();

    /// <summary>Fills the span with uniform numbers on [0, 1) of 53 random bits: <c>rng.random(n)</c>.</summary>
    public void FillRandom(Span<double> values) => FillUniform(values, 0.0, 1.0);

    /// <summary>Fills the span with uniform numbers on [0, 1) of 24 random bits: <c>rng.random(n, dtype=np.float32)</c>.</summary>
    public void FillRandom(Span<float> values) => FillUniform(values, 0.0, 1.0);

    /// <summary>Fills the span with standard normal numbers: <c>rng.standard_normal(n)</c>.</summary>
    public void FillStandardNormal(Span<double> values) => Ziggurat.Fill(values, pcg);

    /// <summary>Fills the span with standard normal numbers: <c>rng.standard_normal(n, dtype=np.float32)</c>.</summary>
    public void FillStandardNormal(Span<float> values) => Ziggurat.Fill(values, pcg);

    /// <summary>low + (high − low)·u, as <c>rng.uniform(low, high, n)</c>.</summary>
    public override void FillUniform(Span<double> values, double low, double high) => pcg.FillUniform(values, low, high - low);

    /// <summary>
    /// low + (high − low)·u in single precision, as <c>low + (high - low) * rng.random(n, dtype=np.float32)</c>; NumPy's uniform knows double only.
    /// </summary>
    public override void FillUniform(Span<float> values, double low, double high) => pcg.FillUniform(values, (float)low, (float)(high - low));

    /// <summary>mean + deviation·z, as <c>rng.normal(mean, deviation, n)</c>.</summary>
    public override void FillNormal(Span<double> values, double mean, double deviation)
    {
        FillStandardNormal(values);
        foreach (ref double value in values)
        {
            value = mean + (deviation * value);
        }
    }

    /// <summary>mean + deviation·z in single precision, as <c>mean + deviation * rng.standard_normal(n, dtype=np.float32)</c>.</summary>
    public override void FillNormal(Span<float> values, double mean, double deviation)
    {
        float center = (float)mean;
        float scale = (float)deviation;
        FillStandardNormal(values);
        foreach (ref float value in values)
        {
            value = center + (scale * value);
        }
    }

    /// <summary>The numbers 0 … count−1 in random order: <c>rng.permutation(count)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public override int[] Permutation(int count) => ShuffleFromTheEnd(count, pcg.NextUInt32);
}
