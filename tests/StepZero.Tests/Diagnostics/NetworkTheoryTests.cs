using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;

namespace StepZero.Tests.Diagnostics;

/// <summary>Theory beside a network: closed forms for relu (Cho and Saul 2009), and networks so wide that they do what theory says.</summary>
public sealed class NetworkTheoryTests
{
    [Fact]
    public void Relu_has_the_closed_forms_of_the_arc_cosine_kernel()
    {
        // All weights 0.3 and biases 0.2: only their mean squares count.
        var network = new Architecture(4, [6, 5, 3], Activation.Relu);
        Parameters parameters = Initializer.Parse("constant:0.3").Draw(network, 1);
        foreach (double[] biases in parameters.Biases)
        {
            Array.Fill(biases, 0.2);
        }

        var theory = NetworkTheory.Of(network, parameters, new Spread(1, 2), 0.4);
        double q = 0.09 * 4 * 5, c = ((q * 0.4) + 0.04) / (q + 0.04);
        q += 0.04;
        AssertLayer(q, c, null, theory.Layers[0]);
        foreach ((int layer, int fanIn) in new[] { (1, 6), (2, 5), (3, 3) })
        {
            double variance = 0.09 * fanIn, kernel = (Math.Sqrt(1 - (c * c)) + (c * (Math.PI - Math.Acos(c)))) / Math.PI, next = (variance * q / 2) + 0.04;
            c = ((variance * q / 2 * kernel) + 0.04) / next;
            q = next;
            AssertLayer(q, c, variance / 2, theory.Layers[layer]);
        }

        Assert.Equal(0.09 * Math.Sqrt(6 * 5), theory.WeightVariance, 1e-12);
        Assert.Equal(0.04, theory.BiasVariance, 1e-12);
        Assert.Equal(MeanFieldTheory.Of(Activation.Relu, theory.WeightVariance, theory.BiasVariance), theory.Limit);
    }

    [Theory]
    [InlineData("tanh", "he", 0.05)]
    [InlineData("gelu", "he", 0.08)]
    [InlineData("sin", "normal:std=0.06", 0.05)]
    public void Wide_networks_do_what_theory_says(string activation, string start, double tolerance)
    {
        const int Width = 1500;
        var random = new Random(3);
        double[] values = [.. Enumerable.Range(0, 40 * 300).Select(i => random.NextDouble() + (0.3 * Math.Sin(i)))];
        Dataset data = Dataset.FromValues("d", values, 300, [.. Enumerable.Range(0, 40).Select(i => i % 2)], ["a", "b"]);
        var network = new Architecture(300, [Width, Width, Width], Activation.Parse(activation));
        Parameters parameters = Initializer.Parse(start).Draw(network, 5);
        var signal = SignalStatistics.Of(network, parameters, data, Scaling.None.Fit(data));
        var theory = NetworkTheory.Of(network, parameters, signal.Inputs, signal.InputCosine);
        for (int layer = 0; layer < 3; layer++)
        {
            double measured = Math.Pow(signal.Layers[layer].PreActivations.RootMeanSquare, 2);
            Assert.Equal(1, measured / theory.Layers[layer]!.Length, tolerance);
        }

        for (int layer = 1; layer < 3; layer++)
        {
            // Between hidden layers of one width the mean square of gradients grows by χ.
            double growth = Math.Pow(signal.Layers[layer - 1].GradientGrowth!.Value, 2);
            Assert.Equal(1, growth / theory.Layers[layer]!.GradientFactor!.Value, 3 * tolerance);
        }
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("random:1e200")]
    public void A_signal_that_is_nothing_or_beyond_all_bounds_has_no_figures_that_are_not_numbers(string start)
    {
        var network = new Architecture(4, [5, 5], Activation.Sin(30));
        Parameters parameters = Initializer.Parse(start).Draw(network, 1);
        var theory = NetworkTheory.Of(network, parameters, new Spread(0, 1), 0.5);
        Assert.All(theory.Layers, layer => Assert.True(layer is null || (double.IsFinite(layer.Length) && double.IsFinite(layer.Correlation ?? 0))));
        Assert.Equal(start == "zeros", theory.Layers[1] is { Length: 0, Correlation: null });
    }

    /// <summary>Output weights that start at 0 do no harm.</summary>
    [Fact]
    public void The_output_layer_is_no_part_of_how_far_a_signal_travels()
    {
        var network = new Architecture(4, [20, 20, 20], Activation.Relu);
        Parameters parameters = Initializer.He.Draw(network, 1);
        NetworkTheory before = NetworkTheory.Of(network, parameters, new Spread(0, 1), 0.5);
        Array.Clear(parameters.Weights[3]);
        Array.Fill(parameters.Biases[3], 3);
        Assert.Equal((before.WeightVariance, before.BiasVariance, before.Limit), (NetworkTheory.Of(network, parameters, new Spread(0, 1), 0.5) is var after ? (after.WeightVariance, after.BiasVariance, after.Limit) : default));
        Assert.InRange(before.WeightVariance, 1.5, 2.5);

        var shallow = new Architecture(4, [20], Activation.Relu);
        parameters = Initializer.Parse("constant:0.3").Draw(shallow, 1);
        Assert.Equal(0.09 * 20, NetworkTheory.Of(shallow, parameters, new Spread(0, 1), 0.5).WeightVariance, 1e-12);
    }

    [Fact]
    public void Correlations_of_very_deep_networks_end_where_they_would_take_too_long()
    {
        var network = new Architecture(4, [.. Enumerable.Repeat(4, 2000)], Activation.Tanh);
        var theory = NetworkTheory.Of(network, Initializer.Parse("xavier:gain=1.5").Draw(network, 1), new Spread(0, 1), 0.5);
        Assert.NotNull(theory.Limit);
        Assert.All(theory.Layers, layer => Assert.True(layer!.Length > 0));
        int known = theory.Layers.TakeWhile(layer => layer!.Correlation is not null).Count();
        Assert.InRange(known, 20, 1900);
        Assert.All(theory.Layers.Skip(known), layer => Assert.Null(layer!.Correlation));
    }

    [Fact]
    public void Weights_that_are_no_numbers_have_no_theory()
    {
        var network = new Architecture(4, [5, 5], Activation.Tanh);
        Parameters parameters = Initializer.He.Draw(network, 1);
        parameters.Weights[1][3] = double.NaN;
        var theory = NetworkTheory.Of(network, parameters, new Spread(0, 1), 0.5);
        Assert.Equal([true, false, false], theory.Layers.Select(layer => layer is not null));
        Assert.Null(theory.Limit);
    }

    private static void AssertLayer(double length, double correlation, double? factor, LayerTheory? layer)
    {
        Assert.NotNull(layer);
        Assert.Equal(length, layer.Length, 1e-9);
        Assert.Equal(correlation, layer.Correlation!.Value, 1e-6);
        Assert.Equal(factor is null, layer.GradientFactor is null);
        Assert.Equal(factor ?? 0, layer.GradientFactor ?? 0, 1e-9);
    }
}
