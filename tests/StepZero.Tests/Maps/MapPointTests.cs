using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Maps;

public sealed class MapPointTests
{
    private static readonly RunSpec Run = new(
        new Architecture(4, [5, 6], Activation.Tanh), Initializer.He, new TrainingOptions { LearningRate = 0.25, Optimizer = Optimizer.Parse("nesterov") }, Seed: 3);

    [Theory]
    [InlineData("gain:0..4", "offset:0..4", 2, 3, new double[] { 2, 2, 2 }, new double[] { 3, 3, 3 })]
    [InlineData("gain:0..4", "gain.2:0..4", 2, 3, new double[] { 2, 3, 2 }, new double[] { 0, 0, 0 })]
    [InlineData("gain.2:0..4", "gain:0..4", 3, 2, new double[] { 2, 3, 2 }, new double[] { 0, 0, 0 })]
    [InlineData("offset.3:0..4", "offset.1:0..4", 3, 2, new double[] { 1, 1, 1 }, new double[] { 2, 0, 3 })]
    [InlineData("bias-std:0..4", "momentum:0..0.9", 3, 0.5, new double[] { 1, 1, 1 }, new double[] { 0, 0, 0 })]
    public void Axes_change_all_layers_or_one(string x, string y, double atX, double atY, double[] gains, double[] offsets)
    {
        MapPoint point = SpecOf(x, y).At(atX, atY);
        Assert.Equal(gains, point.Gains);
        Assert.Equal(offsets, point.Offsets);
        Assert.Equal(0.25, point.Training.LearningRate);
        Assert.Null(point.Training.LayerRates);
        Assert.Equal(x.StartsWith("bias-std") ? 3 : null, point.BiasStd);
        Assert.Equal(Run.Architecture, point.Architecture);
    }

    [Fact]
    public void Rates_are_those_of_all_layers_or_of_each()
    {
        Assert.Equal((2, null), (SpecOf("learning-rate:1..4", "gain:0..1").At(2, 1).Training.LearningRate, SpecOf("learning-rate:1..4", "gain:0..1").At(2, 1).Training.LayerRates));
        Assert.Equal([0.25, 2, 0.25], SpecOf("learning-rate.2:1..4", "gain:0..1").At(2, 1).Training.LayerRates!);
        Assert.Equal([3, 2, 3], SpecOf("learning-rate.2:1..4", "learning-rate:1..4").At(2, 3).Training.LayerRates!);
        Assert.Null(SpecOf("learning-rate.2:0.1..4", "gain:0..1").At(0.25, 1).Training.LayerRates);

        MapSpec own = SpecOf("learning-rate.2:1..4", "gain:0..1") with { Run = Run with { Training = Run.Training with { LayerRates = [5, 6, 7] } } };
        Assert.Equal([5, 2, 7], own.At(2, 1).Training.LayerRates!);
        MapPoint all = (own with { X = MapAxis.Parse("learning-rate:1..4") }).At(2, 1);
        Assert.Equal((2, null), (all.Training.LearningRate, all.Training.LayerRates));
    }

    [Fact]
    public void The_optimizer_and_the_decay_are_those_of_the_pixel()
    {
        MapPoint point = SpecOf("momentum:0..0.9", "weight-decay:0..1").At(0.5, 0.125);
        Assert.Equal("nesterov:beta=0.5", point.Training.Optimizer.ToString());
        Assert.Equal(0.125, point.Training.WeightDecay);
    }

    [Theory]
    [InlineData("depth:1..9", "width:1..9", 3, 2, new[] { 4, 2, 2, 2, 1 })]
    [InlineData("width:1..9", "depth:1..9", 7, 1, new[] { 4, 7, 1 })]
    [InlineData("depth:1..9", "gain:0..9", 4, 2, new[] { 4, 5, 5, 5, 5, 1 })]
    [InlineData("gain:0..9", "width:1..9", 4, 8, new[] { 4, 8, 8, 1 })]
    public void Depth_and_width_change_the_network(string x, string y, double atX, double atY, int[] sizes)
    {
        MapPoint point = SpecOf(x, y).At(atX, atY);
        Assert.Equal(sizes, point.Architecture.LayerSizes);
        Assert.Equal((sizes.Length - 1, sizes.Length - 1), (point.Gains.Count, point.Offsets.Count));
    }

    [Fact]
    public void Scaled_weights_have_rates_and_offsets_of_their_own()
    {
        // w = s·W: the gradient by W is s times that by w, and w moves s times as far as W.
        MapSpec spec = SpecOf("learning-rate.2:1..4", "offset:0..1") with { WeightScales = [2, 0.5, 3] };
        MapPoint point = spec.At(4, 0.75);
        Assert.Equal([0.25 * 4, 4 * 0.25, 0.25 * 9], point.Training.LayerRates!);
        Assert.Equal([1.5, 0.375, 2.25], point.Offsets);
        Assert.Equal([1, 1, 1], point.Gains);
    }

    [Fact]
    public void All_pixels_scale_one_draw_and_move_it()
    {
        Parameters drawn = Run.DrawParameters(), normals = MapPoint.NormalBiases(Run, Run.Architecture);
        drawn.Biases[1][2] = 0.5;
        Parameters start = SpecOf("gain.2:0..4", "offset:0..4").At(3, 0.25).Start(drawn, normals);
        for (int layer = 0; layer < 3; layer++)
        {
            double gain = layer == 1 ? 3 : 1;
            Assert.Equal(drawn.Weights[layer].Select(weight => (gain * weight) + 0.25), start.Weights[layer]);
            Assert.Equal(drawn.Biases[layer], start.Biases[layer]);
        }
    }

    [Fact]
    public void Biases_are_scaled_standard_normal_draws_of_a_stream_of_their_own()
    {
        Parameters drawn = Run.DrawParameters(), normals = MapPoint.NormalBiases(Run, Run.Architecture);
        Parameters start = SpecOf("bias-std:0..4", "offset:0..4").At(0.5, 0).Start(drawn, normals);
        Assert.Equal(drawn.Weights, start.Weights);
        var random = new NumPyRandom(~3u);
        foreach (double[] biases in start.Biases)
        {
            Assert.All(biases, bias => Assert.Equal(0.5 * random.StandardNormal(), bias));
        }
    }

    private static MapSpec SpecOf(string x, string y) => new(Run, MapAxis.Parse(x), MapAxis.Parse(y), 4, 3, MapMeasure.Cost);
}
