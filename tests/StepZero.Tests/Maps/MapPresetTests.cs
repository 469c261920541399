using System.Text.Json;
using StepZero.Data;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Maps;

/// <summary>Compared with the published network in its own parametrization, written in NumPy.</summary>
public sealed class MapPresetTests
{
    private static readonly JsonElement Trainings = Repository.Golden("maps.json").GetProperty("trainings");

    public static TheoryData<int> Places => [.. Enumerable.Range(0, Trainings.GetArrayLength())];

    [Theory]
    [MemberData(nameof(Places))]
    public void A_pixel_is_the_published_training(int index)
    {
        JsonElement expected = Trainings[index];
        (MapSpec spec, PreparedData data) = Prepare(expected.GetProperty("preset").GetString()!);
        MapPoint point = spec.At(expected.GetProperty("x").GetDouble(), expected.GetProperty("y").GetDouble());
        Parameters drawn = spec.Run.DrawParameters();
        Trainer trainer = data.StartTrainer(spec.Run.Architecture, point.Start(drawn, drawn), point.Training, 1);
        double[] costs = [.. Enumerable.Range(0, 500).Select(_ => trainer.Step())];
        double[] golden = expected.GetProperty("costs").Numbers();
        Assert.All(golden.Zip((double[])[.. costs[..3], .. costs[^3..]]), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * pair.First));
        Assert.All(trainer.CopyParameters().Biases, biases => Assert.All(biases, bias => Assert.Equal(0, bias)));

        MapPixel pixel = PixelAt(expected.GetProperty("preset").GetString()!, expected.GetProperty("x").GetDouble(), expected.GetProperty("y").GetDouble());
        Assert.Equal(expected.GetProperty("converged").GetBoolean(), pixel.Status == PixelStatus.Converged);
        Assert.Equal(expected.GetProperty("value").GetDouble(), pixel.Value, 1e-9 * Math.Abs(pixel.Value));
    }

    [Theory]
    [InlineData("fractal-tanh")]
    [InlineData("fractal-relu")]
    [InlineData("fractal-linear")]
    [InlineData("fractal-offset")]
    public void Small_rates_converge_and_large_ones_do_not(string name)
    {
        MapPreset preset = MapPreset.Parse(name);
        Assert.Equal(name, preset.Name);
        preset.SpecFor(256, 256).Check();
        Assert.Equal(PixelStatus.Converged, PixelAt(name, preset.X.At(0.4), preset.Y.From).Status);
        Assert.NotEqual(PixelStatus.Converged, PixelAt(name, preset.X.To, preset.Y.To).Status);
    }

    [Fact]
    public void Every_name_is_a_preset_and_another_is_none()
    {
        Assert.Equal(["fractal-tanh", "fractal-relu", "fractal-linear", "fractal-offset"], MapPreset.Names);
        Assert.All(MapPreset.Names, name => Assert.Equal(name, MapPreset.Parse(name).Name));
        Assert.Equal(
            "Unknown preset 'fractal-tan'; did you mean 'fractal-tanh'? Known: fractal-tanh, fractal-relu, fractal-linear, fractal-offset.",
            Assert.Throws<StepZeroException>(() => MapPreset.Parse("fractal-tan")).Message);
    }

    private static (MapSpec Spec, PreparedData Data) Prepare(string name)
    {
        MapSpec spec = MapPreset.Parse(name).SpecFor(9, 9);
        return (spec, PreparedData.Prepare(GeneratedSets.Parse(MapPreset.Parse(name).Data, 1), spec.Run.Architecture, spec.Run.Training));
    }

    /// <summary>A map of one pixel at a place.</summary>
    private static MapPixel PixelAt(string name, double x, double y)
    {
        (MapSpec spec, PreparedData data) = Prepare(name);
        MapSpec one = spec with { X = From(spec.X, x), Y = From(spec.Y, y), Columns = 1, Rows = 1 };
        MapPixel[] pixels = [];
        new MapTraining(one, data).Run([0], (_, trained) => pixels = trained);
        return pixels.Single();

        static MapAxis From(MapAxis axis, double value) => MapAxis.Parse(FormattableString.Invariant($"{axis.Name}:{value:R}..{value + 1e7:R}"));
    }
}
