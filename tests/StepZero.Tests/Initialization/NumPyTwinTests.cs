using System.Text.Json;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

/// <summary>Initial weights as the tutorials' NumPy lines and scikit-learn's classifier give them.</summary>
public sealed class NumPyTwinTests
{
    private static readonly JsonElement Golden = Repository.Golden("initializers.json");

    [Fact]
    public void The_tutorials_starts_repeat_NumPy_bit_for_bit()
    {
        JsonElement[] cases = [.. Golden.GetProperty("numpy").EnumerateArray()];
        Assert.Equal(8, cases.Length);
        foreach (JsonElement item in cases)
        {
            int[] sizes = item.GetProperty("sizes").Integers();
            var architecture = new Architecture(sizes[0], sizes[1..^1], Activation.Tanh);
            Parameters drawn = Initializer.Parse(item.GetProperty("name").GetString()!).Draw(architecture, item.GetProperty("seed").GetUInt32());
            Assert.Equal(item.GetProperty("weights").EnumerateArray().Select(values => values.Numbers()), drawn.Weights);
            Assert.All(drawn.Biases, bias => Assert.All(bias, value => Assert.Equal(0, value)));
        }
    }

    [Fact]
    public void A_network_starts_as_scikit_learns_classifier_bit_for_bit()
    {
        JsonElement[] cases = [.. Golden.GetProperty("sklearn").EnumerateArray()];
        Assert.Equal(4, cases.Length);
        foreach (JsonElement item in cases)
        {
            var architecture = new Architecture(6, item.GetProperty("hidden").Integers(), Activation.Relu);
            var initializer = Initializer.Parse($"default:activation={item.GetProperty("activation").GetString()}@sklearn");
            Parameters drawn = initializer.Draw(architecture, new NumPyRandom(item.GetProperty("seed").GetUInt32()));
            for (int layer = 0; layer < architecture.LayerCount; layer++)
            {
                (int inputs, int outputs) = (architecture.LayerSizes[layer], architecture.LayerSizes[layer + 1]);
                double[] coefficients = item.GetProperty("coefs")[layer].Numbers();
                Assert.Equal(Enumerable.Range(0, inputs * outputs).Select(i => coefficients[(i % inputs * outputs) + (i / inputs)]), drawn.Weights[layer]);
                Assert.Equal(item.GetProperty("intercepts")[layer].Numbers(), drawn.Biases[layer]);
            }
        }
    }

    [Fact]
    public void A_layer_of_scikit_learn_is_dense()
    {
        var initializer = Initializer.Parse("default@sklearn");
        Assert.Contains("4×3×2", Assert.Throws<StepZeroException>(() => initializer.Fill(new double[24].AsSpan(), new TensorShape([4, 3, 2]), new NumPyRandom(1))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_bias_has_the_bound_of_scikit_learns_weights()
    {
        Assert.Equal(Math.Sqrt(6.0 / 11 / 3), Initializer.Parse("bias:fan_in=6:fan_out=5@sklearn").Expected(new TensorShape([5])).Deviation, 1e-15);
        Assert.Equal(Math.Sqrt(2.0 / 11 / 3), Initializer.Parse("bias:fan_in=6:fan_out=5:activation=logistic@sklearn").Expected(new TensorShape([5])).Deviation, 1e-15);
    }
}
