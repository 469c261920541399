using System.Text.Json;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Diagnostics;

/// <summary>What is said of a signal is what NumPy says of it; the expected values come from make_signal_golden.py.</summary>
public sealed class SignalStatisticsTests
{
    private const double Rounding = 1e-9;

    public static TheoryData<string> Cases => [.. Repository.Golden("signal.json").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Statistics_of_a_network_are_those_of_NumPy(string name)
    {
        JsonElement golden = Repository.Golden("signal.json").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        SignalStatistics signal = Read(golden);
        AssertClose(golden, "cost", signal.Cost);
        AssertClose(golden, "inputMean", signal.Inputs.Mean);
        AssertClose(golden, "inputDeviation", signal.Inputs.Deviation);
        AssertClose(golden, "inputCosine", signal.InputCosine);
        JsonElement layers = golden.GetProperty("layers");
        Assert.Equal(layers.GetArrayLength(), signal.Layers.Count);
        foreach ((JsonElement expected, LayerStatistics layer) in layers.EnumerateArray().Zip(signal.Layers))
        {
            AssertClose(expected, "zMean", layer.PreActivations.Mean);
            AssertClose(expected, "zDeviation", layer.PreActivations.Deviation);
            AssertClose(expected, "aMean", layer.Activations.Mean);
            AssertClose(expected, "aDeviation", layer.Activations.Deviation);
            AssertClose(expected, "deltaMean", layer.Gradients.Mean);
            AssertClose(expected, "deltaDeviation", layer.Gradients.Deviation);
            AssertClose(expected, "saturated", layer.SaturatedShare);
            AssertClose(expected, "dead", layer.DeadUnits);
            AssertClose(expected, "linear", layer.LinearUnits);
            AssertClose(expected, "cosine", layer.MeanCosine);
            AssertClose(expected, "weightNorm", layer.WeightNorm);
            AssertClose(expected, "gradientNorm", layer.WeightGradientNorm);
            AssertClose(expected, "growth", layer.Growth);
            AssertClose(expected, "gradientGrowth", layer.GradientGrowth);
            Assert.Equal(layer.WeightGradientNorm / layer.WeightNorm, layer.RelativeGradient);
        }
    }

    [Fact]
    public void The_largest_slope_of_an_activation_with_bounds_is_at_0()
    {
        foreach (Activation activation in Activation.Names.Select(Activation.Parse).Where(activation => activation.Bounds is not null))
        {
            Assert.Equal(activation.Derivative(0), Enumerable.Range(-500, 1001).Max(i => Math.Abs(activation.Derivative(i / 100.0))));
        }
    }

    /// <summary>χ₁ = 1/3 without biases: each layer divides the mean square by 3, down to 3^−1000, whose root a double still holds but not its square.</summary>
    [Fact]
    public void A_thousand_layers_are_passed_and_their_factors_told_though_squares_underflow()
    {
        int[] hidden = [.. Enumerable.Repeat(64, 1000)];
        var architecture = new Architecture(16, hidden, Activation.Tanh);
        Parameters parameters = Random(architecture, Math.Sqrt(1.0 / 3));
        var signal = SignalStatistics.Of(architecture, parameters, Cloud(40, 16), Scaling.None.Fit(Cloud(40, 16)));
        Assert.Equal(1001, signal.Layers.Count);
        Assert.Equal(Math.Log(1.0 / 3) / 2, signal.Layers.Skip(10).Take(980).Average(layer => Math.Log(layer.Growth)), 0.02);
        Assert.Equal(Math.Log(1.0 / 3) / 2, signal.Layers.Skip(10).Take(900).Average(layer => Math.Log(layer.GradientGrowth!.Value)), 0.02);
        Assert.True(signal.Layers[990].PreActivations.Deviation is > 0 and < 1e-200);
        Assert.All(signal.Layers.Take(1000), layer => Assert.Equal(64, layer.Units));
        Assert.Equal(64, signal.Layers[500].LinearUnits);
    }

    [Theory]
    [InlineData("binary_cross_entropy", "relu")]
    [InlineData("cross_entropy", "hardtanh")]
    [InlineData("mse", "sigmoid")]
    public void Nan_weights_make_figures_nan_and_leave_counts_counts(string loss, string activation)
    {
        Dataset data = Cloud(300, 4, 3);
        data = loss == "mse" ? data.WithTargets(new double[300]) : data;
        var architecture = new Architecture(4, [5, 6, 7], Activation.Parse(activation), CanonicalText.Parse<Loss>(loss), loss == "cross_entropy" ? 3 : 1);
        Parameters parameters = Random(architecture, 1);
        parameters.Weights[1][2] = double.NaN;
        var signal = SignalStatistics.Of(architecture, parameters, data, Scaling.None.Fit(data));
        Assert.True(double.IsFinite(signal.Layers[0].PreActivations.Deviation) && double.IsNaN(signal.Layers[0].Gradients.Deviation));
        foreach (LayerStatistics layer in signal.Layers.Skip(1))
        {
            Assert.True(double.IsNaN(layer.PreActivations.Deviation) && double.IsNaN(layer.Activations.Mean) && double.IsNaN(layer.Growth) && double.IsNaN(layer.MeanCosine!.Value));
        }

        Assert.Equal(0, signal.Layers[2].DeadUnits);
        Assert.Equal(0, signal.Layers[2].LinearUnits);
        Assert.True(signal.Layers[2].SaturatedShare is null or 0);
        Assert.True(signal.Layers[1].SaturatedShare is null or >= 0 and < 1);
        Assert.True(double.IsNaN(signal.Cost));
    }

    [Fact]
    public void Weights_of_0_let_nothing_through()
    {
        Dataset data = Cloud(20, 4);
        var architecture = new Architecture(4, [5, 5], Activation.Relu);
        var signal = SignalStatistics.Of(architecture, new Parameters(architecture), data, Scaling.None.Fit(data));
        Assert.Equal((5, 0, null), (signal.Layers[0].DeadUnits, signal.Layers[0].LinearUnits, signal.Layers[0].MeanCosine));
        Assert.Equal((new Spread(0, 0), new Spread(0, 0)), (signal.Layers[0].PreActivations, signal.Layers[0].Gradients));
        Assert.Equal((0.0, 0.0), (signal.Layers[0].WeightNorm, signal.Layers[0].WeightGradientNorm));
        Assert.True(double.IsNaN(signal.Layers[1].Growth) && double.IsNaN(signal.Layers[1].RelativeGradient));
        Assert.Equal(Math.Log(2), signal.Cost, 1e-12);
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        Dataset data = Cloud(20, 4);
        FittedScaling scaling = Scaling.None.Fit(data);
        var narrow = new Architecture(3, [2], Activation.Tanh);
        Assert.Throws<ArgumentException>(() => SignalStatistics.Of(narrow, new Parameters(narrow), data, scaling));
        var many = new Architecture(4, [2], Activation.Tanh, Loss.CrossEntropy, 3);
        Assert.Throws<ArgumentException>(() => SignalStatistics.Of(many, new Parameters(many), data, scaling));
        var fits = new Architecture(4, [2], Activation.Tanh);
        Assert.Throws<StepZeroException>(() => SignalStatistics.Of(fits, new Parameters(fits), data.WithTargets(new double[20]), scaling));
        Assert.StartsWith("'cloud' has no samples; expected at least one.", Assert.Throws<ArgumentException>(() => SignalStatistics.Of(fits, new Parameters(fits), data.Select([]), scaling)).Message, StringComparison.Ordinal);
    }

    private static SignalStatistics Read(JsonElement golden)
    {
        int[] sizes = golden.GetProperty("sizes").Integers();
        Loss loss = CanonicalText.Parse<Loss>(golden.GetProperty("loss").GetString()!);
        string[] classes = [.. Enumerable.Range(0, Math.Max(sizes[^1], 2)).Select(i => $"class {i}")];
        Dataset data = Dataset.FromValues("d", golden.GetProperty("features").Numbers(), sizes[0], golden.GetProperty("labels").Integers(), classes);
        data = loss == Loss.Mse ? data.WithTargets(golden.GetProperty("numbers").Numbers()) : data;
        var architecture = new Architecture(sizes[0], sizes[1..^1], Activation.Parse(golden.GetProperty("activation").GetString()!), loss, sizes[^1]);
        var parameters = new Parameters(architecture);
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            golden.GetProperty("weights")[layer].Numbers().CopyTo(parameters.Weights[layer], 0);
            golden.GetProperty("biases")[layer].Numbers().CopyTo(parameters.Biases[layer], 0);
        }

        return SignalStatistics.Of(architecture, parameters, data, Scaling.Parse(golden.GetProperty("scaling").GetString()!).Fit(data));
    }

    private static void AssertClose(JsonElement golden, string name, double? actual)
    {
        JsonElement expected = golden.GetProperty(name);
        if (expected.ValueKind == JsonValueKind.Null)
        {
            Assert.Null(actual);
        }
        else
        {
            Assert.True(Math.Abs(expected.GetDouble() - actual!.Value) <= Rounding * (1 + Math.Abs(expected.GetDouble())), $"{name}: expected {expected}, found {actual}");
        }
    }

    private static Dataset Cloud(int samples, int features, int classes = 2)
    {
        double[] values = new double[samples * features];
        new NumPyRandom(3).FillStandardNormal(values);
        return Dataset.FromValues("cloud", values, features, [.. Enumerable.Range(0, samples).Select(i => i % classes)], [.. Enumerable.Range(0, classes).Select(i => $"{i}")]);
    }

    /// <summary>Weights of standard deviation gain/√fan_in.</summary>
    private static Parameters Random(Architecture architecture, double gain)
    {
        var random = new NumPyRandom(5);
        var parameters = new Parameters(architecture);
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            random.FillNormal(parameters.Weights[layer], 0, gain / Math.Sqrt(architecture.LayerSizes[layer]));
        }

        return parameters;
    }
}
