using System.Text.Json;
using StepZero.RandomNumbers;

namespace StepZero.Tests.RandomNumbers;

public sealed class NumPyGeneratorTests
{
    private static readonly JsonElement[] Streams = [.. Repository.Golden("numpy_generator.json").GetProperty("streams").EnumerateArray()];

    public static TheoryData<ulong> Seeds => [.. Streams.Select(stream => stream.GetProperty("seed").GetUInt64())];

    /// <summary>Seed 7 draws 3 million normal numbers of each precision: some 700 of each from the tail, and every wedge.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Repeats_NumPy_bit_for_bit_in_a_mixture_of_calls(ulong seed)
    {
        var random = new NumPyGenerator(seed);
        int number = 0;
        foreach (JsonElement call in Streams.Single(stream => stream.GetProperty("seed").GetUInt64() == seed).GetProperty("calls").EnumerateArray())
        {
            string name = $"call {number++}, {call.GetProperty("call").GetString()}: ";
            (double[] first, string hash) = Draw(random, call);
            Assert.Equal(name + string.Join(' ', call.GetProperty("first").Numbers()), name + string.Join(' ', first));
            Assert.Equal(name + call.GetProperty("sha256").GetString(), name + hash);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(1023)]
    [InlineData(1025)]
    public void Filling_in_pieces_gives_the_same_stream(int piece)
    {
        AssertPieces<double>(piece, (random, values) => random.FillStandardNormal(values));
        AssertPieces<float>(piece, (random, values) => random.FillStandardNormal(values));
        AssertPieces<double>(piece, (random, values) => random.FillUniform(values, -1, 2));
        AssertPieces<float>(piece, (random, values) => random.FillUniform(values, -1, 2));
    }

    [Fact]
    public void Half_a_word_waits_for_the_next_call_of_32_bits()
    {
        var whole = new NumPyGenerator(3);
        ulong[] words = [whole.NextUInt64(), whole.NextUInt64()];
        var halves = new NumPyGenerator(3);
        Assert.Equal(((uint)words[0], words[1], (uint)(words[0] >> 32)), (halves.NextUInt32(), halves.NextUInt64(), halves.NextUInt32()));
    }

    [Fact]
    public void Refuses_a_permutation_of_a_negative_count() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new NumPyGenerator(1).Permutation(-1));

    private static (double[] First, string Hash) Draw(NumPyGenerator random, JsonElement call)
    {
        int count = call.GetProperty("count").GetInt32();
        double a = call.TryGetProperty("a", out JsonElement first) ? first.GetDouble() : 0;
        double b = call.TryGetProperty("b", out JsonElement second) ? second.GetDouble() : 0;
        return call.GetProperty("call").GetString() switch
        {
            "random" => Filled<double>(count, random.FillRandom),
            "random float32" => Filled<float>(count, random.FillRandom),
            "standard_normal" => Filled<double>(count, random.FillStandardNormal),
            "standard_normal float32" => Filled<float>(count, random.FillStandardNormal),
            "uniform" => Filled<double>(count, values => random.FillUniform(values, a, b)),
            "uniform float32" => Filled<float>(count, values => random.FillUniform(values, a, b)),
            "normal" => Filled<double>(count, values => random.FillNormal(values, a, b)),
            "normal float32" => Filled<float>(count, values => random.FillNormal(values, a, b)),
            "permutation" => Summary<long>([.. random.Permutation(count)], value => value),
            "words" => Summary<double>([.. Enumerable.Range(0, count).Select(_ => (double)random.NextUInt64())], value => value),
            string name => throw new InvalidOperationException(name),
            null => throw new InvalidOperationException(),
        };
    }

    private static (double[] First, string Hash) Filled<T>(int count, Fill<T> fill) where T : unmanaged
    {
        T[] values = new T[count];
        fill(values);
        return Summary(values, value => Convert.ToDouble(value, null));
    }

    private static (double[] First, string Hash) Summary<T>(T[] values, Converter<T, double> number) where T : unmanaged =>
        (Array.ConvertAll(values[..Math.Min(4, values.Length)], number), Digest.Of<T>(values));

    private static void AssertPieces<T>(int piece, Action<NumPyGenerator, T[]> fill) where T : unmanaged
    {
        T[] whole = new T[5000];
        fill(new NumPyGenerator(9), whole);
        var random = new NumPyGenerator(9);
        List<T> pieces = [];
        while (pieces.Count < whole.Length)
        {
            T[] some = new T[Math.Min(piece, whole.Length - pieces.Count)];
            fill(random, some);
            pieces.AddRange(some);
        }

        Assert.Equal(whole, pieces);
    }

    private delegate void Fill<T>(Span<T> values);
}
