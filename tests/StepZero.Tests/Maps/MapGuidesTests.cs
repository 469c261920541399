using System.Text.Json;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Maps;

/// <summary>Compared with closed forms, and with make_map_golden.py.</summary>
public sealed class MapGuidesTests
{
    private const string Gain = "gain:0.01..100:log";

    /// <summary>Of these the mean of x·xᵀ is diag(4.5, 0.5), and the features are orthogonal to each other and to 1.</summary>
    private static readonly Dataset Cross = Dataset.FromValues("cross", [3, 0, -3, 0, 0, 1, 0, -1], 2, [0, 1, 0, 1], ["a", "b"]).WithTargets([1, 2, 3, 4]);

    [Fact]
    public void Named_starts_stand_at_the_gains_that_make_them_of_the_drawn_weights()
    {
        MapSpec spec = SpecOf("learning-rate:0.01..1:log", Gain, hidden: [5, 5]);
        MapGuide[] starts = [.. Of(spec).Where(guide => guide.Kind == MapGuideKind.Start)];
        Assert.Equal(["He", "Glorot", "LeCun"], starts.Select(guide => guide.Label));
        AssertLine(starts[0], (0.01, Math.Sqrt(2)), (1, Math.Sqrt(2)));
        AssertLine(starts[2], (0.01, 1), (1, 1));

        // Layers of 2 → 5, 5 → 5 and 5 → 1: √(2·fanIn/(fanIn + fanOut)) of what is drawn.
        AssertPlaces(starts[1].Points, (0.01, Math.Sqrt(4 / 7.0)), (1, Math.Sqrt(4 / 7.0)));
        AssertPlaces(starts[1].OtherEdge!, (0.01, Math.Sqrt(10 / 6.0)), (1, Math.Sqrt(10 / 6.0)));
        Assert.All(starts, guide => Assert.False(guide.IsOutside));
    }

    [Fact]
    public void A_gain_of_one_layer_asks_that_layer_and_two_gains_make_a_place()
    {
        AssertLine(Start(SpecOf("gain.1:0.01..100:log", "offset:-1..1", hidden: [5, 5]), "Glorot"), (Math.Sqrt(4 / 7.0), -1), (Math.Sqrt(4 / 7.0), 1));
        AssertLine(Start(SpecOf("gain.1:0.01..100:log", "gain.3:0.01..100:log", hidden: [5, 5]), "Glorot"), (Math.Sqrt(4 / 7.0), Math.Sqrt(10 / 6.0)));
        AssertLine(
            Start(SpecOf("gain.1:0.01..100:log", Gain, hidden: [5, 5]), "Glorot"), (Math.Sqrt(4 / 7.0), 1), (Math.Sqrt(4 / 7.0), Math.Sqrt(10 / 6.0)));
        Assert.DoesNotContain(Of(SpecOf("offset:0..1", "bias-std:0..1", hidden: [5])), guide => guide.Kind == MapGuideKind.Start);
    }

    [Fact]
    public void Along_the_width_a_start_is_a_curve_where_the_drawn_weights_know_no_fans()
    {
        MapGuide he = Start(SpecOf("width:2..8", "gain.1:0.01..100:log", hidden: [5], init: "random:0.1:normal") with { Columns = 4, Y = MapAxis.Parse(Gain) }, "He");
        double[] widths = [2, 4, 6, 8];
        AssertPlaces(he.Points, [.. widths.Select(width => (width, Math.Min(1, Math.Sqrt(2 / width)) / 0.1))]);
        AssertPlaces(he.OtherEdge!, [.. widths.Select(width => (width, Math.Max(1, Math.Sqrt(2 / width)) / 0.1))]);
    }

    [Theory]
    [InlineData("random:10:normal", Gain, 10, false)]
    [InlineData("random:10:normal", "gain:0.01..5:log", 10, true)]
    [InlineData("random:10:uniform", Gain, 5.773502691896258, false)]
    [InlineData("ones", Gain, 1, false)]
    [InlineData("zeros", Gain, 0, true)]
    [InlineData("zeros", "gain:0..5", 0, false)]
    [InlineData("zeros", "gain:1..5", 0, true)]
    public void Any_start_can_be_marked_and_says_when_it_lies_outside(string start, string gain, double expected, bool outside)
    {
        MapSpec spec = SpecOf(gain, "learning-rate:0.01..1:log", hidden: [5], init: "random:1:normal");
        MapGuide guide = MapGuides.OfStart(spec, Prepare(spec), Initializer.Parse(start), start)!;
        AssertLine(guide, (expected, 0.01), (expected, 1));
        Assert.Equal((outside, start, MapGuideKind.Start), (guide.IsOutside, guide.Label, guide.Kind));
    }

    [Fact]
    public void A_start_that_no_gain_makes_is_left_out_and_one_of_the_data_refused()
    {
        MapSpec zeros = SpecOf(Gain, "learning-rate:0.01..1:log", hidden: [5], init: "zeros");
        Assert.Null(MapGuides.OfStart(zeros, Prepare(zeros), Initializer.He, "He"));
        Assert.DoesNotContain(Of(zeros), guide => guide.Kind == MapGuideKind.Start);
        MapSpec spec = SpecOf(Gain, "learning-rate:0.01..1:log", hidden: [5]);
        Assert.Equal(
            "Initializer 'lsuv': the size of its weights depends on the data; it cannot be marked on a map. Leave it out.",
            Assert.Throws<StepZeroException>(() => MapGuides.OfStart(spec, Prepare(spec), Initializer.Parse("lsuv"), "lsuv")).Message);
    }

    [Fact]
    public void Weights_whose_law_is_not_known_count_as_they_are_drawn()
    {
        var architecture = new Architecture(2, [2], Activation.Tanh, Loss.Mse);
        var parameters = new Parameters(architecture);
        ((double[])[3, -4, 0, 5]).CopyTo(parameters.Weights[0], 0);
        ((double[])[1, 7]).CopyTo(parameters.Weights[1], 0);
        MapSpec spec = SpecOf("gain.1:0.01..100:log", "learning-rate:0.01..1:log", hidden: [2]);
        spec = spec with { Run = spec.Run with { Initializer = Initializer.FromParameters("given", parameters) } };
        AssertLine(Start(spec, "LeCun"), (Math.Sqrt(0.5) / Math.Sqrt(12.5), 0.01), (Math.Sqrt(0.5) / Math.Sqrt(12.5), 1));
    }

    [Theory]
    [InlineData("gd", "2/λ(0)", 2 / 9.0)]
    [InlineData("momentum:beta=0.5", "(2 + 2β)/λ(0)", 3 / 9.0)]
    [InlineData("nesterov:beta=0.5", "(2 + 2β)/((1 + 2β)·λ(0))", 1.5 / 9.0)]
    public void The_stable_rate_of_linear_regression_is_known(string optimizer, string label, double rate)
    {
        // The Hessian is 2·diag(4.5, 0.5, 1), whatever the weights.
        MapGuide line = Assert.Single(Of(SpecOf(Gain, "learning-rate:0.01..1:log", optimizer: optimizer)), guide => guide.Kind == MapGuideKind.StableRate);
        Assert.Equal((label, false, (IReadOnlyList<MapPlace>?)null), (line.Label, line.IsOutside, line.OtherEdge));
        Assert.Equal(9, line.Points.Count);
        Assert.Equal((0.01, 100), (line.Points[0].X, line.Points[^1].X));
        Assert.All(line.Points, place => Assert.Equal(rate, place.Y, 1e-6));
    }

    [Fact]
    public void Momentum_and_decay_move_the_stable_rate()
    {
        MapGuide momentum = StableRate(SpecOf("learning-rate:0.01..1:log", "momentum:0..0.8", optimizer: "momentum"));
        Assert.All(momentum.Points, place => Assert.Equal((2 + (2 * place.Y)) / 9, place.X, 1e-6));
        MapGuide decay = StableRate(SpecOf("weight-decay:0..11", "learning-rate:0.01..1:log"));
        Assert.Equal((0, 11), (decay.Points[0].X, decay.Points[^1].X));
        Assert.All(decay.Points, place => Assert.Equal(2 / (9 + place.X), place.Y, 1e-6));
    }

    [Theory]
    [InlineData("gain:0.1..3:log", 5, 4)]
    [InlineData("bias-std:0..2", 5, 4)]
    [InlineData("width:1..9", 5, 4)]
    public void The_stable_rate_is_that_of_each_start(string axis, int width, int place)
    {
        MapSpec spec = SpecOf(axis, "learning-rate:0.01..1:log", hidden: [width]);
        MapPlace found = StableRate(spec).Points[place];
        MapPoint point = spec.At(found.X, 0.1);
        RunSpec run = spec.Run with { Architecture = point.Architecture };
        Parameters start = point.Start(run.DrawParameters(), MapPoint.NormalBiases(run, point.Architecture));
        Assert.Equal(Curvature.Of(Prepare(spec), point.Architecture, start).StableRate, found.Y, 1e-3 * found.Y);
        Assert.InRange(StableRate(spec).Points.Select(other => other.Y).Distinct().Count(), 5, 9);
    }

    [Fact]
    public void A_stable_rate_that_would_mean_nothing_is_left_out()
    {
        MapSpec spec = SpecOf(Gain, "learning-rate:0.01..1:log", hidden: [3]);
        Assert.Single(Of(spec), guide => guide.Kind == MapGuideKind.StableRate);
        MapSpec[] others =
        [
            spec with { WeightScales = [1, 1] },
            spec with { Y = MapAxis.Parse("learning-rate.1:0.01..1:log") },
            spec with { X = MapAxis.Parse("learning-rate.1:0.01..1:log") },
            With(new TrainingOptions { FixedBiases = true }),
            With(new TrainingOptions { ClipNorm = 1 }),
            With(new TrainingOptions { BatchSize = 2 }),
            With(new TrainingOptions { Optimizer = Optimizer.Parse("adam") }),
            With(new TrainingOptions { Schedule = LearningRateSchedule.Parse("warmup:5") }),
        ];
        Assert.All(others, other => Assert.DoesNotContain(Of(other), guide => guide.Kind == MapGuideKind.StableRate));

        MapSpec With(TrainingOptions training) => spec with { Run = spec.Run with { Training = training } };
    }

    [Theory]
    [InlineData("relu", "xavier", 1.4142135623730951)]
    [InlineData("relu", "he", 1)]
    [InlineData("tanh", "xavier", 1)]
    [InlineData("tanh", "he", 0.7071067811865476)]
    [InlineData("identity", "he", 0.7071067811865476)]
    [InlineData("relu", "random:2:normal", 0.2886751345948129)]
    public void The_critical_gain_without_biases_is_known(string activation, string init, double gain)
    {
        // σw² = 2 for relu, 1 for tanh and the identity; random:2 in layers of 6 units has σw² = 24.
        MapGuide line = Assert.Single(Critical(SpecOf(Gain, "learning-rate:0.01..1:log", [6, 6, 6], activation, init)));
        Assert.Null(line.OtherEdge);
        AssertPlaces(line.Points, 1e-3, (gain, 0.01), (gain, 1));
    }

    [Fact]
    public void The_critical_line_of_tanh_is_that_of_another_method()
    {
        JsonElement golden = Repository.Golden("maps.json").GetProperty("lines");
        MapGuide line = Assert.Single(Critical(SpecOf("bias-std:0..1", Gain, [6, 6]) with { Columns = 21 }));
        Assert.Equal(21, line.Points.Count);
        foreach (JsonElement one in golden.EnumerateArray())
        {
            MapPlace place = line.Points.Single(point => Math.Abs(point.X - one.GetProperty("biasStd").GetDouble()) < 1e-9);
            Assert.Equal(one.GetProperty("weightStd").GetDouble(), place.Y, 1e-5);
        }
    }

    [Fact]
    public void The_critical_gain_of_relu_does_not_depend_on_the_biases()
    {
        MapGuide line = Assert.Single(Critical(SpecOf(Gain, "bias-std:0..1", [6, 6], "relu", "he")));
        Assert.All(line.Points, place => Assert.Equal(1, place.X, 1e-5));
    }

    [Fact]
    public void Layers_that_differ_make_a_band_and_the_depth_a_line_from_two_layers_on()
    {
        MapGuide band = Assert.Single(Critical(SpecOf(Gain, "learning-rate:0.01..1:log", [4, 16, 4, 4], "relu", "random:1:normal")));
        AssertPlaces(band.Points, 1e-3, (Math.Sqrt(2 / 16.0), 0.01), (Math.Sqrt(2 / 16.0), 1));
        AssertPlaces(band.OtherEdge!, 1e-3, (Math.Sqrt(2 / 4.0), 0.01), (Math.Sqrt(2 / 4.0), 1));
        MapGuide deep = Assert.Single(Critical(SpecOf("depth:1..5", Gain, [6], "relu", "he")));
        Assert.Equal([2, 3, 4, 5], deep.Points.Select(place => place.X));
    }

    [Fact]
    public void A_critical_line_that_would_mean_nothing_is_left_out()
    {
        Assert.Empty(Critical(SpecOf(Gain, "learning-rate:0.01..1:log", [6])));
        Assert.Empty(Critical(SpecOf(Gain, "offset:-1..1", [6, 6])));
        Assert.Empty(Critical(SpecOf("gain.2:0.1..1", "learning-rate:0.01..1:log", [6, 6])));
        Assert.Empty(Critical(SpecOf("gain.2:0.1..1", Gain, [6, 6])));
        Assert.Empty(Critical(SpecOf(Gain, "learning-rate:0.01..1:log", [6, 6], init: "zeros")));
    }

    [Fact]
    public void A_setting_is_a_place_and_the_work_can_be_ended()
    {
        MapSpec spec = SpecOf(Gain, "learning-rate:0.01..1:log", [6, 6]);
        MapGuide inside = MapGuides.OfSetting(spec, new MapPlace(1, 0.1), "mine"), outside = MapGuides.OfSetting(spec, new MapPlace(1, 2), "mine");
        Assert.Equal((MapGuideKind.Setting, "mine", false), (inside.Kind, inside.Label, inside.IsOutside));
        AssertLine(inside, (1, 0.1));
        Assert.True(outside.IsOutside);
        Assert.Throws<OperationCanceledException>(() => MapGuides.Of(spec, Prepare(spec), new CancellationToken(true)));
    }

    private static MapSpec SpecOf(string x, string y, int[]? hidden = null, string activation = "tanh", string init = "xavier", string optimizer = "gd") => new(
        new RunSpec(
            new Architecture(2, hidden ?? [], Activation.Parse(activation), Loss.Mse), Initializer.Parse(init), new TrainingOptions { Optimizer = Optimizer.Parse(optimizer) }),
        MapAxis.Parse(x), MapAxis.Parse(y), 9, 9, MapMeasure.Cost);

    private static PreparedData Prepare(MapSpec spec) => PreparedData.Prepare(Cross, spec.Run.Architecture, spec.Run.Training);

    private static IReadOnlyList<MapGuide> Of(MapSpec spec) => MapGuides.Of(spec, Prepare(spec));

    private static MapGuide Start(MapSpec spec, string label) => Of(spec).Single(guide => guide.Label == label);

    private static MapGuide StableRate(MapSpec spec) => Of(spec).Single(guide => guide.Kind == MapGuideKind.StableRate);

    private static IEnumerable<MapGuide> Critical(MapSpec spec) => Of(spec).Where(guide => guide.Kind == MapGuideKind.CriticalLine);

    private static void AssertLine(MapGuide guide, params (double X, double Y)[] expected)
    {
        Assert.Null(guide.OtherEdge);
        AssertPlaces(guide.Points, expected);
    }

    private static void AssertPlaces(IReadOnlyList<MapPlace> places, params (double X, double Y)[] expected) => AssertPlaces(places, 1e-12, expected);

    private static void AssertPlaces(IReadOnlyList<MapPlace> places, double accuracy, params (double X, double Y)[] expected)
    {
        Assert.Equal(expected.Length, places.Count);
        Assert.All(expected.Zip(places), pair =>
        {
            Assert.Equal(pair.First.X, pair.Second.X, accuracy);
            Assert.Equal(pair.First.Y, pair.Second.Y, accuracy);
        });
    }
}
