using System.Text.Json;
using StepZero.RandomNumbers;

namespace StepZero.Tests.RandomNumbers;

public sealed class PyTorchRandomTests
{
    private static readonly JsonElement Golden = Repository.Golden("pytorch_random.json");

    public static TheoryData<ulong> Seeds => [.. Rows("words").Select(SeedOf)];

    public static TheoryData<ulong> SeedsOfMixtures => [.. Rows("mixtures").Select(SeedOf)];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Draws_the_words_of_PyTorch(ulong seed)
    {
        // PyTorch's widest range of a single word is 2³² − 1.
        var random = new PyTorchRandom(seed);
        IEnumerable<uint> expected = Rows("words").Single(row => SeedOf(row) == seed).GetProperty("modulo4294967295").EnumerateArray().Select(word => word.GetUInt32());
        Assert.Equal(expected, Enumerable.Range(0, 8).Select(_ => random.NextUInt32() % uint.MaxValue));
    }

    /// <summary>Uniform, normal and truncated normal numbers of both precisions, from 1 on: below 16, normal ones come one by one; above, by the 16.</summary>
    [Theory]
    [MemberData(nameof(Seeds))]
    public void Repeats_PyTorch_bit_for_bit_at_every_size(ulong seed)
    {
        JsonElement[] draws = [.. Rows("draws").Where(row => SeedOf(row) == seed)];
        Assert.Equal(48, draws.Length);
        Assert.All(draws, draw => AssertDraws(draw, new PyTorchRandom(seed)));
    }

    [Theory]
    [MemberData(nameof(SeedsOfMixtures))]
    public void Repeats_PyTorch_bit_for_bit_in_a_mixture_of_calls(ulong seed)
    {
        JsonElement mixture = Rows("mixtures").Single(row => SeedOf(row) == seed);
        var random = new PyTorchRandom(seed);
        foreach (JsonElement step in mixture.GetProperty("steps").EnumerateArray())
        {
            AssertDraws(step, random);
        }

        Assert.Equal(mixture.GetProperty("thenPermutation").Integers(), random.Permutation(9));
    }

    [Fact]
    public void Permutes_as_PyTorch_from_no_element_on() => Assert.All(Rows("permutations"), row =>
    {
        int[] order = new PyTorchRandom(SeedOf(row)).Permutation(row.GetProperty("count").GetInt32());
        Assert.Equal(row.GetProperty("first").Integers(), order.Take(10));
        Assert.Equal(row.GetProperty("sha256").GetString(), Digest.Of<int>(order));
    });

    [Fact]
    public void Only_the_low_32_bits_of_a_seed_count() => Assert.Equal(new PyTorchRandom(5).NextUInt32(), new PyTorchRandom((1ul << 40) + 5).NextUInt32());

    [Fact]
    public void Refuses_a_permutation_of_a_negative_count() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PyTorchRandom(1).Permutation(-1));

    private static void AssertDraws(JsonElement draw, PyTorchRandom random)
    {
        string what = $"{draw.GetProperty("dtype")} {draw.GetProperty("call")} {draw.GetProperty("size")}: ";
        int size = draw.GetProperty("size").GetInt32();
        JsonElement[] first = [.. draw.GetProperty("first").EnumerateArray()];
        string? hash = draw.TryGetProperty("sha256", out JsonElement sha) ? sha.GetString() : null;
        if (draw.GetProperty("dtype").GetString() == "float32")
        {
            float[] values = new float[size];
            Fill(random, draw, values);
            Assert.Equal(what + string.Join(' ', first.Select(value => value.GetSingle())), what + string.Join(' ', values[..first.Length]));
            Assert.Equal(what + hash, what + (hash is null ? "" : Digest.Of<float>(values)));
        }
        else
        {
            double[] values = new double[size];
            Fill(random, draw, values);
            Assert.Equal(what + string.Join(' ', first.Select(value => value.GetDouble())), what + string.Join(' ', values[..first.Length]));
            Assert.Equal(what + hash, what + (hash is null ? "" : Digest.Of<double>(values)));
        }
    }

    private static void Fill(PyTorchRandom random, JsonElement draw, float[] values)
    {
        (string call, double[] a) = Call(draw);
        switch (call)
        {
            case "uniform":
                random.FillUniform(values, a[0], a[1]);
                break;
            case "normal":
                random.FillNormal(values, a[0], a[1]);
                break;
            default:
                random.FillTruncatedNormal(values, a[0], a[1], a[2], a[3]);
                break;
        }
    }

    private static void Fill(PyTorchRandom random, JsonElement draw, double[] values)
    {
        (string call, double[] a) = Call(draw);
        switch (call)
        {
            case "uniform":
                random.FillUniform(values, a[0], a[1]);
                break;
            case "normal":
                random.FillNormal(values, a[0], a[1]);
                break;
            default:
                random.FillTruncatedNormal(values, a[0], a[1], a[2], a[3]);
                break;
        }
    }

    private static (string Call, double[] Arguments) Call(JsonElement draw)
    {
        string call = draw.GetProperty("call").GetString()!;
        return (call, Golden.GetProperty("arguments").GetProperty(call).Numbers());
    }

    private static JsonElement[] Rows(string name) => [.. Golden.GetProperty(name).EnumerateArray()];

    private static ulong SeedOf(JsonElement row) => row.GetProperty("seed").GetUInt64();
}
