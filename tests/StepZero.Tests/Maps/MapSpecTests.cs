using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Maps;

public sealed class MapSpecTests
{
    private static readonly MapSpec Usual = SpecOf("gain:0.01..100:log", "learning-rate:1e-4..1:log");

    [Fact]
    public void A_map_of_the_usual_axes_is_possible()
    {
        Usual.Check();
        (Usual with { Columns = 1, Rows = 1 }).Check();
        (Usual with { Columns = 8192, Rows = 8192 }).Check();
        Assert.Equal(64 * 1024 * 1024, (Usual with { Columns = 8192, Rows = 8192 }).PixelCount);
        SpecOf("gain.1:0..1", "gain:0..1").Check();
        SpecOf("gain.1:0..1", "gain.3:0..1").Check();
        SpecOf("depth:1..10", "width:1..64:log").Check();
        SpecOf("momentum:0..0.9", "weight-decay:0..0.1", optimizer: "nesterov").Check();
        SpecOf("gain:0..1", "weight-decay:0..0.1", optimizer: "adam").Check();
    }

    [Theory]
    [InlineData(0, 5, "A map of 0 × 5 pixels; expected from 1 to 67108864 pixels. Use another --size.")]
    [InlineData(5, 0, "A map of 5 × 0 pixels; expected from 1 to 67108864 pixels. Use another --size.")]
    [InlineData(-3, -3, "A map of -3 × -3 pixels; expected from 1 to 67108864 pixels. Use another --size.")]
    [InlineData(100_000, 100_000, "A map of 100000 × 100000 pixels; expected from 1 to 67108864 pixels. Use another --size.")]
    [InlineData(65_536, 65_536, "A map of 65536 × 65536 pixels; expected from 1 to 67108864 pixels. Use another --size.")]
    [InlineData(8193, 8192, "A map of 8193 × 8192 pixels; expected from 1 to 67108864 pixels. Use another --size.")]
    public void A_size_that_no_map_has_is_refused(int columns, int rows, string message) => Refused(Usual with { Columns = columns, Rows = rows }, message);

    [Fact]
    public void Pixels_beyond_what_an_integer_counts_are_no_small_number() =>
        Assert.Throws<OverflowException>(() => (Usual with { Columns = 100_000, Rows = 100_000 }).PixelCount);

    [Theory]
    [InlineData("gain:0..1", "gain:0..2", "gd", "Both axes are 'gain'; expected two different ones.")]
    [InlineData("gain.1:0..1", "gain.1:0..2", "gd", "Both axes are 'gain.1'; expected two different ones.")]
    [InlineData("gain.4:0..1", "offset:0..2", "gd", "Axis 'gain.4': the network has 3 layers; expected a layer from 1 to 3.")]
    [InlineData("gain:0..1", "learning-rate.9:1..2", "gd", "Axis 'learning-rate.9': the network has 3 layers; expected a layer from 1 to 3.")]
    [InlineData("momentum:0..0.9", "gain:0..1", "gd", "Axis 'momentum': the optimizer 'gd' has none. Use --optimizer momentum or nesterov.")]
    [InlineData("momentum:0..0.9", "weight-decay:0..1", "adam", "Axis 'momentum': the optimizer 'adam:beta1=0.9:beta2=0.999:eps=1E-08' has none. Use --optimizer momentum or nesterov.")]
    [InlineData("depth:1..5", "gain.1:0..1", "gd", "Axis 'depth' changes the layers; it does not go with an axis of layer 1 alone. Leave the layer out.")]
    [InlineData("offset.2:0..1", "width:1..5", "gd", "Axis 'width' changes the layers; it does not go with an axis of layer 2 alone. Leave the layer out.")]
    [InlineData("gain:1..1.0000000000000004", "offset:0..1", "gd", "Axis 'gain:1..1.0000000000000004:linear': has no 4 different numbers of double precision. Use a smaller --zoom or --size.")]
    [InlineData("width:1..1e6:log", "depth:1..5", "gd", "Layer 2 of 1000000 units and 1000000 inputs has too many weights; at most 1073741795 fit. Use fewer units.")]
    public void Axes_that_do_not_fit_are_refused(string x, string y, string optimizer, string message) => Refused(SpecOf(x, y, optimizer: optimizer), message);

    [Theory]
    [InlineData("depth:1..5", "gain:0..1", "Axis 'depth': the network has no hidden layer to change. Give it one with --hidden.")]
    [InlineData("gain:0..1", "width:1..5", "Axis 'width': the network has no hidden layer to change. Give it one with --hidden.")]
    [InlineData("gain.2:0..1", "offset:0..1", "Axis 'gain.2': the network has 1 layers; expected a layer from 1 to 1.")]
    [InlineData("gain.1:0..1", "gain:0..1", "The axes 'gain.1' and 'gain' are the same: the network has one layer. Use two different ones.")]
    public void Axes_need_the_layers_they_change(string x, string y, string message) => Refused(SpecOf(x, y, hidden: []), message);

    [Fact]
    public void A_network_along_the_axes_that_cannot_be_started_is_refused() => Refused(
        SpecOf("depth:1..5", "gain:0..1", init: "he+xavier+he"), "Initializer 'he+xavier+he': names 3 layers; the network has 2. Leave some out.");

    [Fact]
    public void A_map_of_numbers_to_predict_shows_no_accuracy()
    {
        MapSpec spec = Usual with { Measure = MapMeasure.Parse("accuracy") };
        spec.Check();
        Refused(
            spec with { Run = spec.Run with { Architecture = new Architecture(4, [5], Activation.Tanh, Loss.Mse) } },
            "Measure 'accuracy': a network trained with the loss 'mse' predicts numbers and classifies nothing. Use --measure cost.");
    }

    [Fact]
    public void Scaled_weights_go_with_layers_that_stay_and_plain_updates()
    {
        MapSpec spec = Usual with { WeightScales = [0.5, 2, 1] };
        spec.Check();
        Refused(spec with { WeightScales = [1, 1] }, "A map of a network of 3 layers has numbers for 2; expected one a layer.");
        Refused(
            spec with { Y = MapAxis.Parse("depth:1..3") },
            "Axis 'depth' changes the layers; it does not go with a map that gives each of its 3 layers a scale or rate. Use another axis.");
        const string Plain = "A map with scaled weights is trained without weight decay and clipping, with --optimizer gd, momentum or nesterov. Leave the others out.";
        Refused(spec with { Y = MapAxis.Parse("weight-decay:0..1") }, Plain);
        Refused(spec with { Run = spec.Run with { Training = new TrainingOptions { WeightDecay = 0.1 } } }, Plain);
        Refused(spec with { Run = spec.Run with { Training = new TrainingOptions { ClipNorm = 1 } } }, Plain);
        Refused(spec with { Run = spec.Run with { Training = new TrainingOptions { Optimizer = Optimizer.Parse("adam") } } }, Plain);
    }

    private static void Refused(MapSpec spec, string message) => Assert.Equal(message, Assert.Throws<StepZeroException>(spec.Check).Message);

    private static MapSpec SpecOf(string x, string y, int[]? hidden = null, string optimizer = "gd", string init = "he") => new(
        new RunSpec(new Architecture(4, hidden ?? [5, 5], Activation.Tanh), Initializer.Parse(init), new TrainingOptions { Optimizer = Optimizer.Parse(optimizer) }),
        MapAxis.Parse(x), MapAxis.Parse(y), 4, 3, MapMeasure.Cost);
}
