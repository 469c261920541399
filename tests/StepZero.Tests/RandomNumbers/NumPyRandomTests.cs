using System.Text.Json;
using StepZero.RandomNumbers;
using StepZero.Tests.Numerics;

namespace StepZero.Tests.RandomNumbers;

public sealed class NumPyRandomTests
{
    public static TheoryData<uint> Seeds => [0, 1, 42, 2147483647, 2147483648, 4294967295];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Repeats_NumPy_bit_for_bit_in_a_mixture_of_calls(uint seed)
    {
        JsonElement golden = Case(seed);
        var random = new NumPyRandom(seed);
        double[] normals = new double[100001];
        random.FillStandardNormal(normals);
        Assert.Equal(golden.GetProperty("firstNormals").Numbers(), normals[..5]);
        Assert.Equal(golden.GetProperty("normalsHash").GetString(), Digest.Of<double>(normals));

        double[] uniforms = new double[1001];
        random.FillUniform(uniforms);
        Assert.Equal(golden.GetProperty("uniformsHash").GetString(), Digest.Of<double>(uniforms));
        Assert.Equal(golden.GetProperty("permutationHash").GetString(), Digest.Of<int>(random.Permutation(1000)));

        // The spare of the last pair of normals outlives the other calls.
        Assert.Equal(golden.GetProperty("normalsAfter").Numbers(), Enumerable.Range(0, 7).Select(_ => random.StandardNormal()));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Permutes_as_NumPy_from_no_element_on(uint seed)
    {
        JsonElement golden = Case(seed);
        var random = new NumPyRandom(seed);
        foreach (JsonElement expected in golden.GetProperty("permutations").EnumerateArray())
        {
            Assert.Equal(expected.Integers(), random.Permutation(expected.GetArrayLength()));
        }

        // By now an odd number of 32-bit numbers may be used up, so that a double straddles the pairs.
        Assert.Equal(golden.GetProperty("uniformAfterPermutations").GetDouble(), random.Uniform());
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1000)]
    public void Filling_in_pieces_gives_the_same_stream(int piece)
    {
        double[] whole = new double[5000];
        new NumPyRandom(9).FillStandardNormal(whole);
        double[] pieces = new double[5000];
        var random = new NumPyRandom(9);
        for (int start = 0; start < pieces.Length; start += piece)
        {
            random.FillStandardNormal(pieces.AsSpan(start, Math.Min(piece, pieces.Length - start)));
        }

        Assert.Equal(whole, pieces);
    }

    [Fact]
    public void Refuses_a_permutation_of_a_negative_count() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumPyRandom(1).Permutation(-1));

    [Fact]
    public void Uniform_and_normal_numbers_of_any_range_are_those_of_NumPy()
    {
        foreach (JsonElement golden in Repository.Golden("numpy_distributions.json").GetProperty("streams").EnumerateArray())
        {
            var random = new NumPyRandom(golden.GetProperty("seed").GetUInt32());
            double[] uniforms = new double[1001], normals = new double[777];
            random.FillUniform(uniforms, golden.GetProperty("low").GetDouble(), golden.GetProperty("high").GetDouble());
            random.FillNormal(normals, golden.GetProperty("mean").GetDouble(), golden.GetProperty("deviation").GetDouble());
            Assert.Equal(golden.GetProperty("uniform").Numbers(), uniforms[..4]);
            Assert.Equal(golden.GetProperty("uniformHash").GetString(), Digest.Of<double>(uniforms));
            Assert.Equal(golden.GetProperty("normal").Numbers(), normals[..4]);
            Assert.Equal(golden.GetProperty("normalHash").GetString(), Digest.Of<double>(normals));
        }
    }

    /// <summary>
    /// Against 60 digits. A probability near 1 is rounded three times, 6e-17 each, on its way from the uniform number; a quantile takes that over divided
    /// by the density, which at the highest bound here that has no mirror image, 2.57 deviations, is 0.015. (The worst of these is 4.2e-15.)
    /// </summary>
    [Fact]
    public void Truncated_numbers_are_the_quantiles_of_the_uniform_ones()
    {
        foreach (JsonElement golden in Repository.Golden("numpy_distributions.json").GetProperty("truncated").EnumerateArray())
        {
            (double low, double high) = (golden.GetProperty("low").GetDouble(), golden.GetProperty("high").GetDouble());
            double[] expected = golden.GetProperty("values").Numbers(), found = new double[expected.Length];
            new NumPyRandom(golden.GetProperty("seed").GetUInt32()).FillTruncatedNormal(
                found, golden.GetProperty("mean").GetDouble(), golden.GetProperty("deviation").GetDouble(), low, high);
            Precision.AssertBelow(8e-15, expected.Zip(found), pair => Math.Abs(pair.First - pair.Second) / golden.GetProperty("deviation").GetDouble());
            Assert.All(found, value => Assert.InRange(value, low, high));
        }
    }

    [Fact]
    public void Single_precision_is_the_double_one_rounded()
    {
        AssertRounded((random, values) => random.FillUniform(values, -0.3, 0.7), (random, values) => random.FillUniform(values, -0.3, 0.7));
        AssertRounded((random, values) => random.FillNormal(values, 0.1, 3), (random, values) => random.FillNormal(values, 0.1, 3));
        AssertRounded((random, values) => random.FillTruncatedNormal(values, 0, 1, -1, 3), (random, values) => random.FillTruncatedNormal(values, 0, 1, -1, 3));

        static void AssertRounded(Action<NumPyRandom, double[]> fill, Action<NumPyRandom, float[]> fillSingle)
        {
            double[] exact = new double[1001];
            float[] rounded = new float[1001];
            fill(new NumPyRandom(3), exact);
            fillSingle(new NumPyRandom(3), rounded);
            Assert.Equal(Array.ConvertAll(exact, value => (float)value), rounded);
        }
    }

    private static JsonElement Case(uint seed) =>
        Repository.Golden("random_numbers.json").EnumerateArray().Single(item => item.GetProperty("seed").GetUInt32() == seed);
}
