using System.Globalization;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Json;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using Architecture = StepZero.Networks.Architecture;

namespace StepZero.Tests.Initialization;

/// <summary>Initial weights as torch.manual_seed and torch.nn.init give them.</summary>
public sealed class PyTorchTwinTests
{
    private static readonly Lazy<JsonElement> Golden = new(() => Repository.Golden("pytorch_random.json"));

    [Theory]
    [InlineData("kaiming_normal_", "kaiming_normal@pytorch")]
    [InlineData("kaiming_uniform_", "kaiming_uniform:slope=0.2@pytorch")]
    [InlineData("xavier_uniform_", "xavier_uniform:gain=tanh@pytorch")]
    [InlineData("xavier_normal_", "xavier_normal@pytorch")]
    [InlineData("trunc_normal_", "trunc_normal:std=0.02@pytorch")]
    [InlineData("sparse_", "sparse:0.3@pytorch")]
    public void Initializers_repeat_PyTorch_bit_for_bit(string theirs, string ours)
    {
        JsonElement[] cases = Cases(theirs);
        Assert.NotEmpty(cases);
        foreach (JsonElement item in cases)
        {
            AssertBits(item, Initializer.Parse(ours), new TensorShape(item.GetProperty("shape").Integers()), Random(item));
        }
    }

    [Fact]
    public void Orthogonal_follows_PyTorch_to_rounding()
    {
        JsonElement[] cases = Cases("orthogonal_");
        Assert.NotEmpty(cases);
        foreach (JsonElement item in cases)
        {
            var shape = new TensorShape(item.GetProperty("shape").Integers());
            double[] expected = item.GetProperty("first").Numbers(), found = new double[shape.ElementCount];
            if (IsDouble(item))
            {
                Initializer.Parse("orthogonal@pytorch").Fill(found.AsSpan(), shape, Random(item));
            }
            else
            {
                float[] single = new float[shape.ElementCount];
                Initializer.Parse("orthogonal@pytorch").Fill(single.AsSpan(), shape, Random(item));
                found = Array.ConvertAll(single, value => (double)value);
            }

            Assert.Equal(shape.ElementCount, expected.Length);
            for (int i = 0; i < expected.Length; i++)
            {
                Assert.Equal(expected[i], found[i], IsDouble(item) ? 1e-13 : 2e-6);
            }
        }
    }

    [Fact]
    public void Layers_start_as_PyTorchs_layers_bit_for_bit()
    {
        var weight = Initializer.Parse("default@pytorch");
        foreach (JsonElement item in Golden.Value.GetProperty("layers").EnumerateArray())
        {
            RandomSource random = Random(item);
            int fanIn = 0;
            foreach (JsonElement tensor in item.GetProperty("tensors").EnumerateArray())
            {
                int[] sizes = tensor.GetProperty("shape").Integers();
                fanIn = sizes.Length > 1 ? sizes[1..].Aggregate((product, size) => product * size) : fanIn;
                Initializer initializer = sizes.Length > 1 ? weight : Initializer.Parse(string.Create(CultureInfo.InvariantCulture, $"bias:fan_in={fanIn}@pytorch"));

                // The one convolution has two groups.
                AssertBits(tensor, initializer, new TensorShape(sizes, groups: sizes.Length > 2 ? 2 : 1), random, IsDouble(item));
            }
        }
    }

    [Fact]
    public void A_network_starts_as_PyTorchs_sequence_of_linear_layers_bit_for_bit()
    {
        foreach (JsonElement item in Repository.Golden("initializers.json").GetProperty("torchNetworks").EnumerateArray())
        {
            int[] sizes = item.GetProperty("sizes").Integers();
            var architecture = new Architecture(sizes[0], sizes[1..^1], Activation.Tanh);
            Parameters drawn = Initializer.Parse("default@pytorch").Draw(architecture, new PyTorchRandom(item.GetProperty("seed").GetUInt64()));
            Assert.Equal(item.GetProperty("weights").EnumerateArray().Select(values => values.Numbers()), drawn.Weights);
            Assert.Equal(item.GetProperty("biases").EnumerateArray().Select(values => values.Numbers()), drawn.Biases);
        }
    }

    [Fact]
    public void The_first_layer_does_not_depend_on_what_follows()
    {
        JsonElement golden = Golden.Value.GetProperty("layers").EnumerateArray()
            .First(item => item.GetProperty("layers").GetString() == "Linear(6, 4), Linear(4, 3)" && IsDouble(item)).GetProperty("tensors");
        Parameters drawn = Initializer.Parse("default@pytorch").Draw(new Architecture(6, [4], Activation.Relu), new PyTorchRandom(42));
        Assert.Equal(golden[0].GetProperty("first").Numbers(), drawn.Weights[0]);
        Assert.Equal(golden[1].GetProperty("first").Numbers(), drawn.Biases[0]);
    }

    private static JsonElement[] Cases(string name) =>
        [.. Golden.Value.GetProperty("initializers").EnumerateArray().Where(item => item.GetProperty("name").GetString() == name)];

    private static PyTorchRandom Random(JsonElement item) => new(item.GetProperty("seed").GetUInt64());

    private static bool IsDouble(JsonElement item) => item.GetProperty("dtype").GetString() == "float64";

    private static void AssertBits(JsonElement golden, Initializer initializer, TensorShape shape, RandomSource random, bool? isDouble = null)
    {
        if (isDouble ?? IsDouble(golden))
        {
            AssertBits<double>(golden, initializer, shape, random);
        }
        else
        {
            AssertBits<float>(golden, initializer, shape, random);
        }
    }

    private static void AssertBits<T>(JsonElement golden, Initializer initializer, TensorShape shape, RandomSource random) where T : unmanaged, IConvertible
    {
        T[] weights = new T[shape.ElementCount];
        initializer.Fill(weights.AsSpan(), shape, random);
        double[] first = golden.GetProperty("first").Numbers();
        Assert.Equal(first.Select(value => (T)Convert.ChangeType(value, typeof(T), CultureInfo.InvariantCulture)), weights[..first.Length]);
        if (golden.TryGetProperty("sha256", out JsonElement hash))
        {
            Assert.Equal(hash.GetString(), Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes<T>(weights))));
        }
        else
        {
            Assert.Equal(weights.Length, first.Length);
        }
    }
}
