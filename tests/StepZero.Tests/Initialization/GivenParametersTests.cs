using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

/// <summary>Networks that start from parameters that are there already.</summary>
public sealed class GivenParametersTests
{
    private static readonly Architecture Small = new(2, [3], Activation.Tanh);

    [Fact]
    public void Every_layer_takes_its_weights_and_biases_and_leaves_the_given_ones_alone()
    {
        Parameters given = Initializer.Parse("default@keras").Draw(Small, 5);
        given.Biases[0][1] = 0.25;
        var start = Initializer.FromParameters("mine", given);
        Assert.Equal(("mine", "mine", "as saved", Library.Stepzero, false), (start.Name, start.ToString(), start.Formula, start.Library, start.NeedsData));
        start.Check(Small);
        Parameters drawn = start.Draw(Small, 1);
        Assert.Equal(given.Weights, drawn.Weights);
        Assert.Equal(given.Biases, drawn.Biases);
        drawn.Weights[0][0]++;
        Assert.NotEqual(given.Weights[0], drawn.Weights[0]);
    }

    [Theory]
    [InlineData(new[] { 2, 4, 1 }, "layer 1 has the shape 3×2; the network wants 4×2")]
    [InlineData(new[] { 5, 3, 1 }, "layer 1 has the shape 3×2; the network wants 3×5")]
    [InlineData(new[] { 2, 3, 6 }, "layer 2 has the shape 1×3; the network wants 6×3")]
    [InlineData(new[] { 2, 3, 1, 1 }, "has 2 layers; the network wants 3")]
    [InlineData(new[] { 2, 3 }, "has 2 layers; the network wants 1")]
    public void A_network_of_other_layers_is_refused(int[] sizes, string message)
    {
        var start = Initializer.FromParameters("file:a.safetensors", new Parameters(Small));
        var other = new Architecture(sizes[0], sizes[1..^1], Activation.Relu, sizes[^1] > 1 ? Loss.CrossEntropy : Loss.BinaryCrossEntropy, sizes[^1]);
        string expected = $"Initializer 'file:a.safetensors': {message}. Its sizes from the inputs to the outputs are 2, 3, 1: choose hidden layers and data to fit.";
        Assert.Equal(expected, Assert.Throws<StepZeroException>(() => start.Check(other)).Message);
        Assert.Equal(expected, Assert.Throws<StepZeroException>(() => start.Draw(other, 1)).Message);
    }

    [Fact]
    public void Layers_of_a_network_may_mix_given_and_drawn_ones()
    {
        Parameters given = Initializer.He.Draw(Small, 5);
        var deeper = new Architecture(2, [3, 4], Activation.Tanh);
        var start = Initializer.PerLayer(Initializer.FromParameters("mine", given), Initializer.Parse("ones"));
        start.Check(deeper);
        Parameters drawn = start.Draw(deeper, 1);
        Assert.Equal(given.Weights[0], drawn.Weights[0]);
        Assert.All(drawn.Weights[1], weight => Assert.Equal(1, weight));
        Assert.Equal("mine+ones", start.Name);
        Assert.Contains("has 2 layers; the network wants 3", Assert.Throws<StepZeroException>(() => Initializer.PerLayer(Initializer.Parse("ones"), Initializer.FromParameters("mine", given)).Check(new Architecture(2, [3, 1], Activation.Tanh))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_follows_given_layers_sees_their_signal()
    {
        // The layer behind draws from N(0, 1/(3·q)), q the mean square of what leaves the first layer, whose activation is the identity.
        Dataset moons = GeneratedSets.Parse("moons:40:0.2", 1);
        double[] standard = Initializer.RandomNormal(1).Draw(new Architecture(3, [], Activation.Tanh), 1).Weights[0];

        var biased = new Parameters(Small);
        biased.Biases[0][0] = 5;
        AssertBehind(biased, 25.0 / 3);

        Parameters given = Initializer.He.Draw(Small, 5);
        double meanSquare = moons.Values.ToArray().Average(value => value * value);
        AssertBehind(given, given.Weights[0].Sum(weight => weight * weight) * meanSquare / 3);

        void AssertBehind(Parameters first, double expected)
        {
            double[] behind = Initializer.PerLayer(Initializer.FromParameters("mine", first), Initializer.Parse("autoinit"))
                .Draw(new Architecture(2, [3], Activation.LeakyRelu(1)), new NumPyRandom(1), moons).Weights[1];
            Assert.All(standard.Zip(behind), pair => Assert.Equal(pair.First / Math.Sqrt(3 * expected), pair.Second, 1e-6));
        }
    }

    [Fact]
    public void A_single_tensor_cannot_be_filled()
    {
        var start = Initializer.FromParameters("mine", new Parameters(Small));
        const string Message = "Initializer 'mine': holds the weights of a whole network, and starts such a network only.";
        Assert.Equal(Message, Assert.Throws<StepZeroException>(() => start.Fill(new double[6].AsSpan(), TensorShape.Dense(3, 2), new NumPyRandom(1))).Message);
        Assert.Equal(Message, Assert.Throws<StepZeroException>(() => start.Expected(TensorShape.Dense(3, 2))).Message);
        Assert.Throws<ArgumentException>(() => Initializer.FromParameters("", new Parameters(Small)));
    }
}
