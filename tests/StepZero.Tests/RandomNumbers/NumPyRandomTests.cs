using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using StepZero.RandomNumbers;

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
        Assert.Equal(golden.GetProperty("normalsHash").GetString(), Hash<double>(normals));

        double[] uniforms = new double[1001];
        random.FillUniform(uniforms);
        Assert.Equal(golden.GetProperty("uniformsHash").GetString(), Hash<double>(uniforms));
        Assert.Equal(golden.GetProperty("permutationHash").GetString(), Hash<int>(random.Permutation(1000)));

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

    private static JsonElement Case(uint seed) =>
        Repository.Golden("random_numbers.json").EnumerateArray().Single(item => item.GetProperty("seed").GetUInt32() == seed);

    private static string Hash<T>(T[] values) where T : unmanaged =>
        Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<T>(values)));
}
