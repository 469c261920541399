using System.Runtime.InteropServices;
using System.Security.Cryptography;
using StepZero.Data;

namespace StepZero.Tests.Data;

public sealed class GeneratedSetsTests
{
    public static TheoryData<string> Names => [.. GeneratedSets.Names.Where(name => name is not ("pets" or "noise"))];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_set_has_the_samples_asked_for_half_of_them_positive(string name)
    {
        Dataset set = GeneratedSets.Parse($"{name}:301:0.05", 1);
        Assert.Equal(301, set.SampleCount);
        Assert.Equal(2, set.FeatureCount);
        Assert.Equal("1", set.Positive);
        Assert.Equal(150, set.Labels.Count(1));
        Assert.Equal($"{name}:301:0.05", set.Name);
        Assert.All(set.Values.ToArray(), value => Assert.InRange(value, -8, 8));
    }

    [Theory]
    [InlineData("moons", "a8851fcace184857")]
    [InlineData("circles", "4f2257bd1a05d8e1")]
    [InlineData("spirals", "5f3964363b79fb0d")]
    [InlineData("xor", "5d5721c565735a86")]
    [InlineData("blobs", "3b11e4b26c14aae3")]
    public void A_set_is_the_same_on_every_machine(string name, string hash) =>
        Assert.Equal(hash, Hash(GeneratedSets.Parse(name, 1).Values));

    [Fact]
    public void Without_noise_the_samples_lie_on_their_shapes()
    {
        Dataset circles = GeneratedSets.Make("circles", 200, 0, 1);
        Dataset moons = GeneratedSets.Make("moons", 200, 0, 1);
        for (int i = 0; i < 200; i++)
        {
            Assert.Equal(i % 2 == 0 ? 1 : 0.5, Radius(circles, i, 0, 0), 1e-6);
            Assert.Equal(1, i % 2 == 0 ? Radius(moons, i, 0, 0) : Radius(moons, i, 1, 0.5), 1e-6);
        }

        Dataset xor = GeneratedSets.Make("xor", 200, 0, 1);
        Assert.All(Enumerable.Range(0, 200), i => Assert.Equal(i % 2 == 0, xor.Values[2 * i] * xor.Values[(2 * i) + 1] > 0));
    }

    [Fact]
    public void Noise_is_standard_normal_draws_of_a_stream_of_its_own()
    {
        // numpy.random.RandomState(1 ^ 0x6E6F6973): randn(500 · 16), then randn(500), each rounded to 2⁻²⁴.
        Dataset noise = GeneratedSets.Parse("noise", 1);
        Assert.Equal(("noise:500:16", 500, 16), (noise.Name, noise.SampleCount, noise.FeatureCount));
        Assert.Equal("5d5487e85fef7d4f", Hash(noise.Values));
        Assert.Equal("5652ce40e30829ee", Hash(noise.Targets!.ToArray()));
        Assert.NotEqual(noise.Values.ToArray(), GeneratedSets.Parse("noise", 2).Values.ToArray());

        Dataset small = GeneratedSets.Parse("noise:272:3", 1);
        Assert.Equal(("noise:272:3", 272, 3), (small.Name, small.SampleCount, small.FeatureCount));
        Assert.Equal(noise.Values[..(3 * 272)].ToArray(), small.Values.ToArray());
        Assert.Equal(noise.Values.Slice(3 * 272, 272).ToArray(), small.Targets);
    }

    [Fact]
    public void Another_seed_makes_other_samples() =>
        Assert.NotEqual(GeneratedSets.Parse("moons", 1).Values.ToArray(), GeneratedSets.Parse("moons", 2).Values.ToArray());

    [Theory]
    [InlineData("mons", "Unknown data set 'mons'; did you mean 'moons'? Known: pets, moons, circles, spirals, xor, blobs, noise.")]
    [InlineData("nois", "Unknown data set 'nois'; did you mean 'noise'? Known: pets, moons, circles, spirals, xor, blobs, noise.")]
    [InlineData("noise:1", "Data set 'noise:1': expected at least 2 samples as in 'noise:272:16', found '1'.")]
    [InlineData("noise:9:0", "Data set 'noise:9:0': expected at least 1 feature as in 'noise:9:16', found '0'.")]
    [InlineData("noise:9:x", "Data set 'noise:9:x': expected at least 1 feature as in 'noise:9:16', found 'x'.")]
    [InlineData("noise:9:2:1", "Data set 'noise:9:2:1': expected name, samples and features as in 'noise:272:16'.")]
    [InlineData("noise:3000000:1000", "Data set 'noise:3000000:1000': 3000000 samples of 1000 features; expected at most 1073741795 numbers in all. Use fewer.")]
    [InlineData("noise:2000000000", "Data set 'noise:2000000000': 2000000000 samples of 16 features; expected at most 1073741795 numbers in all. Use fewer.")]
    [InlineData("pets:1", "Data set 'pets:1': expected 2 to 31814 pictures as in 'pets:100', found '1'.")]
    [InlineData("pets:9:-1", "Data set 'pets:9:-1': expected a seed from 0 to 4294967295 as in 'pets:9:7', found '-1'.")]
    [InlineData("moons:1", "Data set 'moons:1': expected at least 2 samples as in 'moons:500', found '1'.")]
    [InlineData("moons:-3", "Data set 'moons:-3': expected at least 2 samples as in 'moons:500', found '-3'.")]
    [InlineData("moons:9:nan", "Data set 'moons:9:nan': expected a noise of 0 or more as in 'moons:9:0.2', found 'nan'.")]
    [InlineData("moons:9:-1", "Data set 'moons:9:-1': expected a noise of 0 or more as in 'moons:9:0.2', found '-1'.")]
    [InlineData("moons:9:1:2", "Data set 'moons:9:1:2': expected name, samples and noise as in 'moons:500:0.2'.")]
    public void A_text_that_names_no_set_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => GeneratedSets.Parse(text, 1)).Message);

    private static string Hash(ReadOnlySpan<double> values) => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)))[..16];

    private static double Radius(Dataset set, int sample, double x, double y) =>
        Math.Sqrt(Math.Pow(set.Values[2 * sample] - x, 2) + Math.Pow(set.Values[(2 * sample) + 1] - y, 2));
}
