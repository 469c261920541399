using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Initialization;

public sealed class DataDependentTests
{
    private static readonly Dataset Moons = GeneratedSets.Make("moons", 300, 0.2, 1);

    [Theory]
    [InlineData("tanh", "auto")]
    [InlineData("relu", "standardize")]
    [InlineData("sigmoid", "center")]
    [InlineData("leaky_relu:0.2", "divide:0.01")]
    public void Lsuv_gives_every_layer_pre_activations_of_variance_1(string activation, string scaling)
    {
        var architecture = new Architecture(2, [7, 5, 4], Activation.Parse(activation));
        var how = Scaling.Parse(scaling);
        Parameters drawn = Initializer.Parse("lsuv").Draw(architecture, new PhiloxRandom(1), Moons, how);
        foreach (double[] z in PreActivations(architecture, drawn, Moons, how))
        {
            Assert.Equal(1, Variance(z), 1e-12);
        }

        Assert.All(drawn.Biases, bias => Assert.All(bias, value => Assert.Equal(0, value)));
    }

    [Fact]
    public void Lsuv_scales_orthogonal_weights_by_one_number_a_layer()
    {
        var architecture = new Architecture(2, [7, 5], Activation.Tanh);
        Parameters drawn = Initializer.Parse("lsuv").Draw(architecture, new PhiloxRandom(1), Moons);
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            double[] orthogonal = new double[drawn.Weights[layer].Length];
            TensorShape shape = TensorShape.Dense(architecture.LayerSizes[layer + 1], architecture.LayerSizes[layer]);
            Initializer.Parse("orthogonal").Fill(orthogonal.AsSpan(), shape, new PhiloxRandom(1, $"layers.{layer}.weight"));
            double factor = drawn.Weights[layer][0] / orthogonal[0];
            Assert.True(factor > 0);
            Assert.All(orthogonal.Zip(drawn.Weights[layer]), pair => Assert.Equal(pair.First * factor, pair.Second, 1e-13 * factor));
        }
    }

    [Fact]
    public void The_gain_of_lsuv_is_the_standard_deviation()
    {
        var architecture = new Architecture(2, [7, 5], Activation.Relu);
        Parameters drawn = Initializer.Parse("lsuv:gain=2").Draw(architecture, new PhiloxRandom(1), Moons);
        foreach (double[] z in PreActivations(architecture, drawn, Moons, Scaling.Auto))
        {
            Assert.Equal(4, Variance(z), 1e-11);
        }
    }

    /// <summary>With E[relu(z)²] = ½ and, for the first layer, the mean square of the features by hand.</summary>
    [Fact]
    public void Autoinit_follows_its_formula()
    {
        double[] values = [1, 2, 3, -4, 0.5, 6];
        Dataset data = Dataset.FromValues("six", values, 2, [0, 1, 0], ["0", "1"]);
        double meanSquare = (1 + 4 + 9 + 16 + 0.25 + 36) / 6;
        var architecture = new Architecture(2, [3, 5], Activation.Relu);
        Parameters drawn = Initializer.Parse("autoinit").Draw(architecture, new NumPyRandom(4), data), halved = Initializer.Parse("autoinit:gain=0.5").Draw(architecture, new NumPyRandom(4), data);
        var stream = new NumPyRandom(4);
        double[] deviations = [1 / Math.Sqrt(2 * meanSquare), 1 / Math.Sqrt(3 * 0.5), 1 / Math.Sqrt(5 * 0.5)];
        for (int layer = 0; layer < 3; layer++)
        {
            foreach ((double weight, double half) in drawn.Weights[layer].Zip(halved.Weights[layer]))
            {
                Assert.Equal(deviations[layer] * stream.StandardNormal(), weight, 1e-12);

                // Behind a layer of half the size, weights of twice the size: half of that is what it was.
                Assert.Equal(layer == 0 ? weight / 2 : weight, half, 1e-12);
            }
        }
    }

    [Fact]
    public void Autoinit_takes_the_data_as_they_are_scaled()
    {
        // Standardized features have the mean square 1.
        var architecture = new Architecture(2, [3], Activation.Tanh);
        Parameters drawn = Initializer.Parse("autoinit").Draw(architecture, new NumPyRandom(4), Moons, Scaling.Standardize);
        Assert.Equal(new NumPyRandom(4).StandardNormal() / Math.Sqrt(2), drawn.Weights[0][0], 1e-12);
    }

    [Fact]
    public void Autoinit_keeps_the_variance_of_wide_networks_near_1()
    {
        var architecture = new Architecture(2, [400, 400, 400], Activation.Tanh);
        Parameters drawn = Initializer.Parse("autoinit").Draw(architecture, new PhiloxRandom(1), Moons, Scaling.Standardize);
        foreach (double[] z in PreActivations(architecture, drawn, Moons, Scaling.Standardize).Take(3))
        {
            Assert.InRange(z.Average(value => value * value), 0.7, 1.4);
        }
    }

    /// <summary>Whatever the layers below start with, a wide layer that autoinit fills has pre-activations of variance gain².</summary>
    [Theory]
    [InlineData("he+autoinit", 1)]
    [InlineData("random:10:normal+autoinit", 1)]
    [InlineData("lsuv:gain=3+autoinit", 1)]
    [InlineData("lsuv+autoinit", 1)]
    [InlineData("autoinit:gain=3", 9)]
    public void Autoinit_carries_the_signal_through_any_layers_below(string name, double variance)
    {
        var architecture = new Architecture(2, [600, 600, 600], Activation.Relu);
        Parameters drawn = Initializer.Parse(name).Draw(architecture, new PhiloxRandom(1), Moons, Scaling.Standardize);
        foreach (double[] z in PreActivations(architecture, drawn, Moons, Scaling.Standardize).Skip(1).Take(2))
        {
            Assert.InRange(z.Average(value => value * value) / variance, 0.7, 1.4);
        }
    }

    [Theory]
    [InlineData("lsuv")]
    [InlineData("he+autoinit")]
    public void Without_data_they_are_refused(string name)
    {
        string said = name.Split('+')[^1];
        string message = $"Initializer '{said}': its weights depend on the data that reach a layer. Start a network with it, as 'stepzero compare --init {said}' does, or pass data to Initializer.Draw.";
        var architecture = new Architecture(2, [3], Activation.Tanh);
        Assert.True(Initializer.Parse(name).NeedsData);
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Initializer.Parse(name).Draw(architecture, 1)).Message);
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => new RunSpec(architecture, Initializer.Parse(name), new TrainingOptions()).DrawParameters()).Message);
    }

    [Theory]
    [InlineData("lsuv", 0, "Initializer 'lsuv', layer 1: all samples look alike to this layer (pre-activations of standard deviation 0 around 0), so no scale gives them variance 1. Use data that vary, another start for the layers below, or 'orthogonal'.")]
    [InlineData("autoinit", 0, "Initializer 'autoinit', layer 1: what reaches it has the mean square 0, so no variance of weights hands on a signal. Use data that are not all 0, or another start for the layers below.")]
    public void Data_that_are_all_0_are_refused(string name, double value, string message)
    {
        Dataset data = Dataset.FromValues("constant", [.. Enumerable.Repeat(value, 14)], 2, [0, 1, 0, 1, 0, 1, 0], ["0", "1"]);
        var architecture = new Architecture(2, [3], Activation.Tanh);
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Initializer.Parse(name).Draw(architecture, new NumPyRandom(1), data)).Message);
        var spec = new RunSpec(architecture, Initializer.Parse(name), new TrainingOptions { Iterations = 2 });
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Trainings.Run(spec, data)).Message);
    }

    /// <summary>All samples are equal, so a layer of one unit has one pre-activation; rounding of its mean must not pass for a spread.</summary>
    [Theory]
    [InlineData(0.1)]
    [InlineData(0.3)]
    [InlineData(-7.7)]
    public void Lsuv_refuses_data_that_do_not_vary(double value)
    {
        Dataset data = Dataset.FromValues("constant", [.. Enumerable.Repeat(value, 14)], 2, [0, 1, 0, 1, 0, 1, 0], ["0", "1"]);
        for (uint seed = 1; seed <= 20; seed++)
        {
            string message = Assert.Throws<StepZeroException>(() => Initializer.Parse("lsuv").Draw(new Architecture(2, [], Activation.Tanh), new NumPyRandom(seed), data)).Message;
            Assert.StartsWith("Initializer 'lsuv', layer 1: all samples look alike to this layer (pre-activations of standard deviation ", message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("lsuv")]
    [InlineData("autoinit")]
    public void Data_of_other_features_than_the_network_has_inputs_are_refused(string name) => Assert.Throws<ArgumentException>(
        () => Initializer.Parse(name).Draw(new Architecture(4, [3], Activation.Tanh), new NumPyRandom(1), Moons));

    [Theory]
    [InlineData("lsuv", "numpy")]
    [InlineData("autoinit", "philox")]
    public void A_training_repeats_and_both_forms_start_alike(string name, string random)
    {
        var architecture = new Architecture(2, [6, 4], Activation.Tanh);
        var options = new TrainingOptions { LearningRate = 0.3, Iterations = 20 };
        RunResult primal = Run(TrainingForm.Primal), dual = Run(TrainingForm.Dual), again = Run(TrainingForm.Primal);
        Assert.Equal(primal.Record.Costs, again.Record.Costs);
        Assert.Equal(primal.Record.Costs[0], dual.Record.Costs[0], 1e-12);
        Assert.Equal(primal.Record.Costs[^1], dual.Record.Costs[^1], 1e-9);
        Assert.Equal(Start(TrainingForm.Primal).Weights, Start(TrainingForm.Dual).Weights);
        Assert.NotEqual(primal.Record.Costs[0], Trainings.Run(Spec(TrainingForm.Primal) with { Seed = 2 }, Moons).Record.Costs[0]);

        RunSpec Spec(TrainingForm form) => new(architecture, Initializer.Parse(name), options with { Form = form }, Seed: 3, Random: random);
        RunResult Run(TrainingForm form) => Trainings.Run(Spec(form), Moons);
        Parameters Start(TrainingForm form) => Spec(form).DrawParameters(PreparedData.Prepare(Moons, architecture, options with { Form = form }));
    }

    private static double Variance(double[] z)
    {
        double mean = z.Average();
        return z.Average(value => (value - mean) * (value - mean));
    }

    /// <summary>W·x + b of every layer for every sample, by loops.</summary>
    private static List<double[]> PreActivations(Architecture architecture, Parameters parameters, Dataset data, Scaling scaling)
    {
        FittedScaling fitted = scaling.Fit(data);
        List<List<double>> layers = [.. Enumerable.Range(0, architecture.LayerCount).Select(_ => new List<double>())];
        double[] sample = new double[data.FeatureCount];
        for (int i = 0; i < data.SampleCount; i++)
        {
            fitted.Read(data, i, 0, sample);
            double[] signal = [.. sample.Select(value => value / fitted.Divisor)];
            for (int layer = 0; layer < layers.Count; layer++)
            {
                double[] z = [.. Enumerable.Range(0, architecture.LayerSizes[layer + 1]).Select(
                    unit => parameters.Biases[layer][unit] + parameters.WeightsInto(layer, unit).ToArray().Zip(signal, (weight, value) => weight * value).Sum())];
                layers[layer].AddRange(z);
                signal = [.. z.Select(architecture.HiddenActivation.Evaluate)];
            }
        }

        return [.. layers.Select(layer => layer.ToArray())];
    }
}
