using System.Runtime.InteropServices;
using System.Security.Cryptography;
using StepZero.Data;

namespace StepZero.Tests.Data;

public sealed class GeneratedSetsTests
{
    public static TheoryData<string> Names => [.. GeneratedSets.Names.Where(name => name != "pets")];

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
        Assert.Equal(hash, Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(GeneratedSets.Parse(name, 1).Values)))[..16]);

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
    public void Another_seed_makes_other_samples() =>
        Assert.NotEqual(GeneratedSets.Parse("moons", 1).Values.ToArray(), GeneratedSets.Parse("moons", 2).Values.ToArray());

    [Theory]
    [InlineData("mons", "Unknown data set 'mons'; did you mean 'moons'? Known: pets, moons, circles, spirals, xor, blobs.")]
    [InlineData("pets:1", "Data set 'pets:1': expected 2 to 31814 pictures as in 'pets:100', found '1'.")]
    [InlineData("pets:9:-1", "Data set 'pets:9:-1': expected a seed from 0 to 4294967295 as in 'pets:9:7', found '-1'.")]
    [InlineData("moons:1", "Data set 'moons:1': expected at least 2 samples as in 'moons:500', found '1'.")]
    [InlineData("moons:-3", "Data set 'moons:-3': expected at least 2 samples as in 'moons:500', found '-3'.")]
    [InlineData("moons:9:nan", "Data set 'moons:9:nan': expected a noise of 0 or more as in 'moons:9:0.2', found 'nan'.")]
    [InlineData("moons:9:-1", "Data set 'moons:9:-1': expected a noise of 0 or more as in 'moons:9:0.2', found '-1'.")]
    [InlineData("moons:9:1:2", "Data set 'moons:9:1:2': expected name, samples and noise as in 'moons:500:0.2'.")]
    public void A_text_that_names_no_set_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => GeneratedSets.Parse(text, 1)).Message);

    private static double Radius(Dataset set, int sample, double x, double y) =>
        Math.Sqrt(Math.Pow(set.Values[2 * sample] - x, 2) + Math.Pow(set.Values[(2 * sample) + 1] - y, 2));
}
