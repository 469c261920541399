using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Tests.Numerics;

namespace StepZero.Tests.RandomNumbers;

/// <summary>What becomes of the words: each number against the exact transform of its word, and all together against their distribution.</summary>
public sealed class PhiloxDistributionTests
{
    private const ulong Seed = 3;
    private const string Tensor = "w";
    private const int Count = 64 * 300;

    /// <summary>Mean, deviation, bounds. Single numbers come from single ones up to 2.93 deviations, else from double ones.</summary>
    public static TheoryData<double, double, double, double> Bounds => new()
    {
        { 0, 1, -2, 2 }, { 0, 0.02, -0.04, 0.04 }, { 0, 1, -3, 3 }, { 0, 1, -2.93, 2.93 }, { 10, 1, 9, 11 }, { 0, 2, -4, 4 }, { 0.1, 0.7, -0.5, 1.9 }, { 0, 1, 0.5, 3 }, { 0, 1, -2.5, -1 }, { 0, 1, 2.5, 2.9 }, { 1, 2, 1, 7 },
        { 0, 1, 4.9, 9 }, { 0, 1, -9, -4.9 }, { 0, 1, -3.5, 1 }, { 0, 1, -20, 20 }, { 0, 1, 20, 21 }, { -1, 0.5, -2, double.PositiveInfinity },
    };

    [Fact]
    public void Uniform_numbers_are_the_range_times_the_words()
    {
        (double[] doubles, float[] singles) = (new double[Count], new float[Count]);
        Stream().FillUniform(doubles, -0.3, 0.7001);
        Stream().FillUniform(singles, -0.3, 0.7001);
        Assert.Equal(PhiloxReference.Words64(Seed, Tensor, 0, Count).Select(word => Math.FusedMultiplyAdd((word >> 11) * Math.ScaleB(1, -53), 0.7001 + 0.3, -0.3)), doubles);
        Assert.Equal(PhiloxReference.Words(Seed, Tensor, 0, Count).Select(word => MathF.FusedMultiplyAdd((word >> 8) * MathF.ScaleB(1, -24), (float)(0.7001 + 0.3), -0.3f)), singles);
    }

    /// <summary>
    /// z = √(−2 ln u)·cos and sin of a turn, u the first 64 bits as a fraction, the turn the second. Near u = 1 the rounding of u, 1.1e-16, counts
    /// 1/(2 |ln u|) times of z; beside that 1e-15 of z, also where the sine is tiny.
    /// </summary>
    [Fact]
    public void Normal_numbers_are_those_of_Box_and_Muller()
    {
        double[] values = new double[Count];
        Stream().FillNormal(values, 0, 1);
        ulong[] words = PhiloxReference.Words64(Seed, Tensor, 0, Count);
        Precision.AssertBelow(1, Enumerable.Range(0, Count), i =>
        {
            // A vector of 8 radii, then one of 8 angles; a vector of cosines, then one of sines.
            int first = (i / 16 * 16) + (i % 8);
            double log = Math.Log((words[first] | 1) * Math.ScaleB(1, -64));
            double exact = Math.Sqrt(-2 * log) * (i % 16 < 8 ? Turn.Cosine((long)words[first + 8]) : Turn.Sine((long)words[first + 8]));
            return Math.Abs(values[i] - exact) / (Math.Abs(exact) * (1e-15 - (1.2e-16 / log)));
        });
    }

    /// <summary>The same in single precision: 6 units in the last place, and the rounding of u, 1.2e-7, 1/(2 |ln u|) times.</summary>
    [Fact]
    public void Single_normal_numbers_are_those_of_Box_and_Muller()
    {
        float[] values = new float[Count];
        Stream().FillNormal(values, 0, 1);
        uint[] words = PhiloxReference.Words(Seed, Tensor, 0, Count);
        Precision.AssertBelow(1, Enumerable.Range(0, Count), i =>
        {
            int first = (i / 32 * 32) + (i % 16);
            double log = Math.Log((words[first] | 1) * Math.ScaleB(1, -32));
            double exact = Math.Sqrt(-2 * log) * (i % 32 < 16 ? Turn.Cosine((long)words[first + 16] << 32) : Turn.Sine((long)words[first + 16] << 32));
            return Math.Abs(values[i] - exact) / (Math.Abs(exact) * (4e-7 - (6e-8 / log)));
        });
    }

    [Fact]
    public void A_normal_number_of_any_mean_is_the_standard_one_scaled()
    {
        (double[] standard, double[] scaled, float[] single, float[] singleScaled) = (new double[Count], new double[Count], new float[Count], new float[Count]);
        Stream().FillNormal(standard, 0, 1);
        Stream().FillNormal(scaled, 0.3, 2);
        Stream().FillNormal(single, 0, 1);
        Stream().FillNormal(singleScaled, 0.3, 2);
        Precision.AssertBelow(4e-15, standard.Zip(scaled), pair => Math.Abs((0.3 + (2 * pair.First)) - pair.Second));
        Precision.AssertBelow(2e-6, single.Zip(singleScaled), pair => Math.Abs((0.3 + (2.0 * pair.First)) - pair.Second));
    }

    /// <summary>
    /// Φ of a number gives back the word's share of the way between the bounds' Φ, in double precision to 2e-15 of Φ or of 1 − Φ where the bounds are
    /// above the mean, and to the number's own rounding.
    /// </summary>
    [Theory]
    [MemberData(nameof(Bounds))]
    public void Truncated_numbers_have_the_probabilities_of_their_words(double mean, double deviation, double low, double high)
    {
        double[] values = new double[Count];
        Stream().FillTruncatedNormal(values, mean, deviation, low, high);
        ulong[] words = PhiloxReference.Words64(Seed, Tensor, 0, Count);
        (double from, double range, double side) = Probabilities(mean, deviation, low, high);
        Precision.AssertBelow(1, Enumerable.Range(0, Count), i =>
        {
            double z = side * (values[i] - mean) / deviation;
            double probability = from + (range * ((words[i] | 1) * Math.ScaleB(1, -64)));
            double rounding = 4e-16 * (Math.Abs(z) + Math.Abs(mean / deviation)) * Math.Exp(-z * z / 2) / Math.Sqrt(Math.Tau);
            return Math.Abs(Probability(z) - probability) / ((2e-15 * probability) + (1e-15 * z * z * Probability(z)) + (2 * rounding));
        });
        Assert.All(values, value => Assert.InRange(value, low, high));
    }

    /// <summary>
    /// In single precision y = 2p − 1 has four roundings of 6e-8; p half as much. Where single numbers are double ones rounded, that is all the error.
    /// </summary>
    [Theory]
    [MemberData(nameof(Bounds))]
    public void Single_truncated_numbers_have_the_probabilities_of_their_words_too(double mean, double deviation, double low, double high)
    {
        float[] values = new float[Count];
        Stream().FillTruncatedNormal(values, mean, deviation, low, high);
        Assert.All(values, value => Assert.InRange(value, (float)low, (float)high));
        if (Math.Max(Math.Abs(low - mean), Math.Abs(high - mean)) / deviation > 2.93)
        {
            double[] exact = new double[Count];
            Stream().FillTruncatedNormal(exact, mean, deviation, low, high);
            Assert.Equal(Array.ConvertAll(exact, value => (float)value), values);
            return;
        }

        uint[] words = PhiloxReference.Words(Seed, Tensor, 0, Count);
        (double from, double range, double side) = Probabilities(mean, deviation, low, high);
        Precision.AssertBelow(1, Enumerable.Range(0, Count), i =>
        {
            // The words of y are signed: what is above ½ of the unsigned ones comes first.
            double z = side * (values[i] - mean) / deviation;
            double probability = from + (range * (((words[i] ^ 0x80000000) + 0.5) * Math.ScaleB(1, -32)));
            double density = Math.Exp(-z * z / 2) / Math.Sqrt(Math.Tau);
            return Math.Abs(Probability(z) - probability) / (1.2e-7 + (((5e-7 * Math.Abs(z)) + (1.2e-7 * Math.Abs(mean / deviation))) * density));
        });
    }

    /// <summary>Words at the ends of the range, which a stream has once in 2³² or 2⁶⁴ numbers.</summary>
    [Theory]
    [MemberData(nameof(Bounds))]
    public unsafe void The_extreme_words_stay_within_the_bounds(double mean, double deviation, double low, double high)
    {
        (double from, double to) = ((low - mean) / deviation, (high - mean) / deviation);
        foreach (uint word in new uint[] { 0, 1, 0x7fffffff, 0x7ffffffe, 0x80000000, 0x80000001, 0xfffffffe, 0xffffffff })
        {
            uint[] words = [.. Enumerable.Repeat(word, Philox.GroupLength)];
            double[] doubles = new double[words.Length / 2];
            float[] singles = new float[words.Length];
            fixed (uint* source = words)
            {
                fixed (double* target = doubles)
                {
                    new TruncatedNormalTransform<double>(mean, deviation, low, high).Apply(source, target, 4);
                }

                fixed (float* target = singles)
                {
                    new TruncatedNormalTransform<float>(mean, deviation, low, high).Apply(source, target, 4);
                }
            }

            Assert.InRange(doubles[5], low, high);
            if (Math.Max(Math.Abs(from), Math.Abs(to)) <= TruncatedNormalTransform<float>.LargestSingleBound)
            {
                Assert.InRange(singles[5], (float)low, (float)high);
            }
        }
    }

    [Fact]
    public void Uniform_numbers_are_uniform()
    {
        AssertFits((random, values) => random.FillUniform(values, -1, 2), Cdf);
        AssertSingleFits((random, values) => random.FillUniform(values, -1, 2), Cdf);

        static double Cdf(double x) => (x + 1) / 3;
    }

    [Fact]
    public void Uniform_numbers_have_the_moments_of_uniform_ones()
    {
        double[] moments = [.. Enumerable.Range(0, 9).Select(power => 1.0 / (power + 1))];
        GoodnessOfFit.AssertMoments(Sample((random, values) => random.FillUniform(values, 0, 1)), moments);
        GoodnessOfFit.AssertMoments(SingleSample((random, values) => random.FillUniform(values, 0, 1)), moments);
    }

    [Fact]
    public void Normal_numbers_are_normal()
    {
        AssertFits((random, values) => random.FillNormal(values, 0.3, 2), GoodnessOfFit.NormalBetween(0.3, 2, -100, 100));
        AssertSingleFits((random, values) => random.FillNormal(values, 0.3, 2), GoodnessOfFit.NormalBetween(0.3, 2, -100, 100));
    }

    /// <summary>Cosine and sine of one angle lie 8 (single: 16) apart; their squares share a radius and yet must not go together.</summary>
    [Fact]
    public void Normal_numbers_have_the_moments_of_independent_normal_ones()
    {
        double[][] samples = [Sample((random, values) => random.FillNormal(values, 0, 1)), SingleSample((random, values) => random.FillNormal(values, 0, 1))];
        foreach (double[] sample in samples)
        {
            GoodnessOfFit.AssertMoments(sample, [1, 0, 1, 0, 3, 0, 15, 0, 105]);
            foreach (int lag in new[] { 1, 8, 16, 32, 64, 2048 })
            {
                GoodnessOfFit.AssertUncorrelated(sample, lag);
                GoodnessOfFit.AssertUncorrelated(Array.ConvertAll(sample, z => ((z * z) - 1) / Math.Sqrt(2)), lag);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void Truncated_numbers_follow_the_normal_distribution_between_the_bounds(double mean, double deviation, double low, double high)
    {
        Func<double, double> cdf = GoodnessOfFit.NormalBetween(mean, deviation, low, high);
        double[] moments = GoodnessOfFit.MomentsBetween(mean, deviation, low, high);
        AssertFits((random, values) => random.FillTruncatedNormal(values, mean, deviation, low, high), cdf, moments);
        AssertSingleFits((random, values) => random.FillTruncatedNormal(values, mean, deviation, low, high), cdf, moments);
    }

    private static PhiloxRandom Stream() => new(Seed, Tensor);

    /// <summary>Φ(z) from the error function, which has the bits of the C library.</summary>
    private static double Probability(double z) => 0.5 * ErrorFunction.Erfc(-z / Math.Sqrt(2));

    /// <summary>Where the probabilities begin, how far they reach, and on which side: above the mean it is the mirror image that is drawn.</summary>
    private static (double From, double Range, double Side) Probabilities(double mean, double deviation, double low, double high)
    {
        double side = low > mean ? -1 : 1;
        double[] ends = [Probability(side * (low - mean) / deviation), Probability(side * (high - mean) / deviation)];
        return (ends.Min(), ends.Max() - ends.Min(), side);
    }

    private static void AssertFits(Action<PhiloxRandom, double[]> fill, Func<double, double> cdf, double[]? moments = null) => AssertFits(Sample(fill), cdf, moments);

    private static void AssertSingleFits(Action<PhiloxRandom, float[]> fill, Func<double, double> cdf, double[]? moments = null) =>
        AssertFits(SingleSample(fill), cdf, moments);

    private static void AssertFits(double[] sample, Func<double, double> cdf, double[]? moments)
    {
        GoodnessOfFit.AssertDistribution(sample, cdf);
        if (moments is not null)
        {
            GoodnessOfFit.AssertMoments(sample, moments);
        }
    }

    private static double[] Sample(Action<PhiloxRandom, double[]> fill)
    {
        double[] values = new double[GoodnessOfFit.Count];
        fill(new PhiloxRandom(7, "double"), values);
        return values;
    }

    private static double[] SingleSample(Action<PhiloxRandom, float[]> fill)
    {
        float[] values = new float[GoodnessOfFit.Count];
        fill(new PhiloxRandom(7, "single"), values);
        return Array.ConvertAll(values, value => (double)value);
    }
}
