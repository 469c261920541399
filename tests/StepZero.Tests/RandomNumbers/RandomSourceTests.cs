using StepZero.RandomNumbers;

namespace StepZero.Tests.RandomNumbers;

public sealed class RandomSourceTests
{
    public static TheoryData<string> Names => [.. RandomSource.Names];

    [Fact]
    public void Every_stream_opens_by_its_name()
    {
        Assert.Equal(["numpy", "numpy-generator", "pytorch", "philox"], RandomSource.Names);
        Assert.IsType<NumPyRandom>(RandomSource.Open("numpy", 1));
        Assert.IsType<NumPyGenerator>(RandomSource.Open("numpy-generator", 1));
        Assert.IsType<PyTorchRandom>(RandomSource.Open("pytorch", 1));
        Assert.IsType<PhiloxRandom>(RandomSource.Open("philox", 1));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void An_opened_stream_is_that_of_its_seed(string name)
    {
        const ulong Seed = 4294967295;
        RandomSource expected = name switch
        {
            "numpy" => new NumPyRandom((uint)Seed),
            "numpy-generator" => new NumPyGenerator(Seed),
            "pytorch" => new PyTorchRandom(Seed),
            _ => new PhiloxRandom(Seed),
        };
        Assert.Equal(Uniforms(expected), Uniforms(RandomSource.Open(name, Seed)));
        Assert.NotEqual(Uniforms(RandomSource.Open(name, Seed - 1)), Uniforms(RandomSource.Open(name, Seed)));
    }

    [Fact]
    public void An_unknown_name_is_named_with_what_was_meant() => Assert.Equal(
        "Unknown random stream 'torch'; did you mean 'pytorch'? Known: numpy, numpy-generator, pytorch, philox.",
        Assert.Throws<StepZeroException>(() => RandomSource.Open("torch", 1)).Message);

    [Fact]
    public void A_seed_too_large_for_numpy_is_refused_and_no_other()
    {
        const ulong Seed = 1ul << 32;
        Assert.Equal(
            "Seed 4294967296: the stream 'numpy' takes seeds up to 4294967295. Use a smaller one, or 'numpy-generator'.",
            Assert.Throws<StepZeroException>(() => RandomSource.Open("numpy", Seed)).Message);
        Assert.All(RandomSource.Names.Where(name => name != "numpy"), name => RandomSource.Open(name, Seed));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_stream_in_order_runs_through_all_tensors_and_a_counted_one_starts_anew(string name)
    {
        RandomSource source = RandomSource.Open(name, 1);
        double[] first = Uniforms(source.For("a")), second = Uniforms(source.For("b")), again = Uniforms(source.For("a"));
        Assert.NotEqual(first, second);
        if (name == "philox")
        {
            Assert.Equal(first, again);
            Assert.Equal(Uniforms(new PhiloxRandom(1, "b")), second);
            return;
        }

        Assert.Same(source, source.For("a"));
        double[] whole = new double[9];
        RandomSource.Open(name, 1).FillUniform(whole, 0, 1);
        Assert.Equal(whole, first.Concat(second).Concat(again));
    }

    /// <summary>Every stream, every filling, both precisions: the bounds hold, and what is asked for is what comes.</summary>
    [Theory]
    [MemberData(nameof(Names))]
    public void Every_filling_follows_its_distribution(string name)
    {
        AssertFits((source, values) => source.FillUniform(values, -0.5, 2.5), x => (x + 0.5) / 3);
        AssertFits((source, values) => source.FillNormal(values, 0.3, 2), GoodnessOfFit.NormalBetween(0.3, 2, -100, 100));
        AssertFits((source, values) => source.FillTruncatedNormal(values, 0.3, 2, -1, 3), GoodnessOfFit.NormalBetween(0.3, 2, -1, 3));
        AssertSingleFits((source, values) => source.FillUniform(values, -0.5, 2.5), x => (x + 0.5) / 3);
        AssertSingleFits((source, values) => source.FillNormal(values, 0.3, 2), GoodnessOfFit.NormalBetween(0.3, 2, -100, 100));
        AssertSingleFits((source, values) => source.FillTruncatedNormal(values, 0.3, 2, -1, 3), GoodnessOfFit.NormalBetween(0.3, 2, -1, 3));

        void AssertFits(Action<RandomSource, double[]> fill, Func<double, double> cdf)
        {
            double[] values = new double[GoodnessOfFit.Count / 2];
            fill(RandomSource.Open(name, 2), values);
            GoodnessOfFit.AssertDistribution(values, cdf);
        }

        void AssertSingleFits(Action<RandomSource, float[]> fill, Func<double, double> cdf)
        {
            float[] values = new float[GoodnessOfFit.Count / 2];
            fill(RandomSource.Open(name, 2), values);
            GoodnessOfFit.AssertDistribution(Array.ConvertAll(values, value => (double)value), cdf);
        }
    }

    private static double[] Uniforms(RandomSource source)
    {
        double[] values = new double[3];
        source.FillUniform(values, 0, 1);
        return values;
    }

    [Theory]
    [InlineData("numpy")]
    [InlineData("numpy-generator")]
    [InlineData("philox")]
    public void Bounds_in_the_wrong_order_are_refused(string name)
    {
        RandomSource random = RandomSource.Open(name, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => random.FillTruncatedNormal(new double[3], 0, 1, 2, 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => random.FillTruncatedNormal(new float[3], 0, 1, 2, 1));
    }

    [Fact]
    public void A_place_behind_which_no_span_fits_is_refused()
    {
        new PhiloxRandom(1).At(long.MaxValue - int.MaxValue).FillUniform(new double[3], 0, 1);
        Assert.Throws<ArgumentOutOfRangeException>(() => new PhiloxRandom(1).At(long.MaxValue));
    }

    /// <summary>An empty span takes nothing, not even what is left over from the call before.</summary>
    [Fact]
    public void Filling_nothing_draws_nothing()
    {
        var numpy = new NumPyRandom(1);
        double first = numpy.StandardNormal();
        numpy.FillStandardNormal([]);
        Assert.Equal(new NumPyRandom(1).StandardNormal(), first);
        double[] pair = new double[2];
        new NumPyRandom(1).FillStandardNormal(pair);
        Assert.Equal(pair[1], numpy.StandardNormal());

        var generator = new NumPyGenerator(1);
        uint word = generator.NextUInt32();
        generator.FillRandom(Span<float>.Empty);
        generator.FillStandardNormal(Span<float>.Empty);
        float[] next = new float[1];
        generator.FillRandom(next);
        var same = new NumPyGenerator(1);
        Assert.Equal(word, same.NextUInt32());
        Assert.Equal((same.NextUInt32() >> 8) * MathF.ScaleB(1, -24), next[0]);
    }

    /// <summary>Each number but the last takes one word; so the word after a permutation of three is the third.</summary>
    [Fact]
    public void A_permutation_of_PyTorch_takes_one_word_less_than_it_has_numbers()
    {
        (PyTorchRandom permuted, PyTorchRandom plain) = (new PyTorchRandom(7), new PyTorchRandom(7));
        permuted.Permutation(3);
        plain.NextUInt32();
        plain.NextUInt32();
        Assert.Equal(plain.NextUInt32(), permuted.NextUInt32());
    }
}
