using System.Globalization;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Maps;

/// <summary>The pixels of a map in lanes against each other, in another order, and against trainings of one network.</summary>
public sealed class MapTrainingTests
{
    private static readonly string[] Measures = ["cost", "convergence", "accuracy", "iterations:0.6", "sharpness"];

    /// <summary>Each quantity, with far ends at which trainings diverge.</summary>
    private static readonly string[] Axes =
    [
        "gain:0.1..1e200:log", "gain.2:0.1..1e200:log", "learning-rate:0.01..1e150:log", "learning-rate.1:0.01..1e150:log", "bias-std:0..1e160", "offset:-1e160..1",
        "offset.2:-1..1e160", "momentum:0..0.99", "weight-decay:0..1e20", "depth:1..4", "width:1..9",
    ];

    public static TheoryData<uint> Draws => [.. Enumerable.Range(0, 60).Select(draw => (uint)draw)];

    /// <summary>Axes on which trainings are calm, so that rounding stays what it is.</summary>
    public static TheoryData<string, string, string> Calm => new()
    {
        { "gain:0.5..1.5", "gain.2:0.5..1.5", "gd" },
        { "gain.1:0.5..1.5", "learning-rate:0.01..0.2:log", "gd" },
        { "learning-rate.1:0.01..0.2:log", "learning-rate.2:0.01..0.2", "momentum" },
        { "bias-std:0..0.5", "offset:-0.3..0.3", "gd" },
        { "offset.1:-0.3..0.3", "bias-std:0..0.5", "adam" },
        { "momentum:0..0.9", "weight-decay:0..0.1", "momentum" },
        { "weight-decay:0..0.1", "momentum:0..0.9", "nesterov" },
        { "depth:1..3", "width:2..6", "gd" },
        { "width:2..6", "learning-rate:0.01..0.2:log", "rmsprop" },
    };

    [Theory]
    [MemberData(nameof(Draws))]
    public void A_pixel_has_the_same_bits_in_any_order_block_width_and_on_any_threads(uint draw)
    {
        var random = new NumPyRandom(draw);
        MapSpec spec = Drawn(random);
        PreparedData data = Prepared(spec);
        MapPixel[] expected = Trained(spec, new MapTraining(spec, data, VectorWidth.Bits512), threads: 1);
        Assert.DoesNotContain(expected, pixel => pixel.Status == PixelStatus.Missing);
        Assert.Equal(expected, MapTraining.MapOf(spec, data, threads: 2).Pixels.ToArray());
        foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
        {
            var training = new MapTraining(spec, data, width);
            Assert.Equal(expected, Trained(spec, training, threads: 1 + Whole(random, 3)));

            // Neighbours of all kinds: the pixels of each block in another order, in parts of any size.
            foreach (MapBlock block in training.Blocks)
            {
                int[] order = [.. block.Pixels.OrderBy(_ => random.Uniform())];
                foreach (int[] part in order.Chunk(1 + Whole(random, 20)))
                {
                    Assert.Equal(part.Select(pixel => expected[pixel]), training.Train(new MapBlock(part), CancellationToken.None));
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Calm))]
    public void Lanes_come_to_what_trainers_of_one_network_come_to(string x, string y, string optimizer)
    {
        foreach (string measure in Measures)
        {
            foreach (TrainingForm form in (TrainingForm[])[TrainingForm.Primal, TrainingForm.Dual])
            {
                if (form == TrainingForm.Dual && !Optimizer.Parse(optimizer).HasDualForm)
                {
                    continue;
                }

                MapSpec spec = SpecOf(x, y, measure, new TrainingOptions { Optimizer = Optimizer.Parse(optimizer), Form = form, Iterations = 40, LearningRate = 0.05 }, 5, 4);
                PreparedData data = Prepared(spec);
                var training = new MapTraining(spec, data);
                MapPixel[] lanes = Trained(spec, training, threads: 1);
                foreach (MapBlock block in training.Blocks)
                {
                    foreach ((int pixel, MapPixel alone) in block.Pixels.Zip(training.TrainAlone(block)))
                    {
                        AssertNear(alone, lanes[pixel]);
                    }
                }

                Assert.True(lanes.Distinct().Count() > spec.PixelCount / 2, "pixels must differ");
            }
        }
    }

    [Theory]
    [InlineData("dual")]
    [InlineData("primal")]
    public void Calm_pixels_come_to_the_same_beside_neighbours_that_diverge(string form)
    {
        var options = new TrainingOptions { Form = CanonicalText.Parse<TrainingForm>(form), Iterations = 60 };
        MapSpec spec = SpecOf("learning-rate:1e-3..1e150:log", "gain:0.5..1e100:log", "cost", options, 12, 6, Loss.Mse);
        var training = new MapTraining(spec, Prepared(spec));
        MapPixel[] lanes = Trained(spec, training, threads: 2);
        int diverged = 0, calm = 0;
        foreach (int pixel in training.Blocks.SelectMany(block => block.Pixels))
        {
            MapPixel alone = training.TrainAlone(new MapBlock([pixel]))[0];
            Assert.Equal(alone.Status == PixelStatus.Diverged, lanes[pixel].Status == PixelStatus.Diverged);
            diverged += alone.Status == PixelStatus.Diverged ? 1 : 0;
            if (pixel == 0)
            {
                AssertNear(alone, lanes[pixel]);
                calm++;
            }
        }

        Assert.True(diverged > 10 && calm == 1, $"{diverged} diverged");
    }

    [Theory]
    [InlineData(300, 0.3, 6)]
    [InlineData(8, 0.5, 30)]
    public void The_measure_is_the_first_iteration_that_reached_the_target(int iterations, double target, int size)
    {
        // In the short trainings one ends at the target in the very step in which others beside it come to their end.
        var options = new TrainingOptions { Iterations = iterations };
        MapSpec spec = SpecOf("learning-rate:0.05..50:log", "gain:0.5..1.5", string.Create(CultureInfo.InvariantCulture, $"iterations:{target}"), options, size, size);
        PreparedData data = Prepared(spec);
        MapPixel[] lanes = Trained(spec, new MapTraining(spec, data), threads: 1);
        double[] x = spec.X.Values(size), y = spec.Y.Values(size);
        int reached = 0;
        for (int pixel = 0; pixel < lanes.Length; pixel++)
        {
            // A trainer that asks for its cost before each update.
            MapPoint point = spec.At(x[pixel % size], y[pixel / size]);
            Trainer trainer = data.StartTrainer(
                point.Architecture, point.Start(spec.Run.DrawParameters(data), new Parameters(point.Architecture)), point.Training, spec.Run.Seed);
            while (trainer.Iteration < iterations && trainer.Cost() > target)
            {
                trainer.Step();
            }

            bool isThere = trainer.Cost() <= target;
            Assert.Equal(isThere ? trainer.Iteration : double.NaN, lanes[pixel].Value);
            Assert.Equal(trainer.Accuracy(), lanes[pixel].Accuracy);
            Assert.Equal(trainer.Cost(), lanes[pixel].Cost, 1e-9);
            reached += isThere ? 1 : 0;
        }

        Assert.InRange(reached, lanes.Length / 5, lanes.Length - 1);
    }

    [Fact]
    public void What_lanes_do_not_pay_for_is_trained_alone()
    {
        var options = new TrainingOptions { Iterations = 10 };
        Assert.True(Fits(options, [3]));
        Assert.True(Fits(options with { Optimizer = Optimizer.Parse("adam"), FixedBiases = true, LayerRates = [0.1, 0.2], BatchSize = 24 }, [3]));
        Assert.False(Fits(options with { BatchSize = 5 }, [3]));
        Assert.False(Fits(options with { ClipNorm = 1 }, [3]));
        Assert.False(Fits(options, [600, 600]));
        foreach (TrainingOptions other in (TrainingOptions[])[options with { BatchSize = 5 }, options with { ClipNorm = 0.1 }])
        {
            MapSpec spec = SpecOf("gain:0.5..1e160:log", "learning-rate:0.05..1:log", "cost", other, 5, 3, Loss.Mse);
            var training = new MapTraining(spec, Prepared(spec));
            MapPixel[] found = Trained(spec, training, threads: 2);
            Assert.All(training.Blocks, block => Assert.Equal(training.TrainAlone(block), block.Pixels.Select(pixel => found[pixel])));
            Assert.Contains(found, pixel => pixel.Status == PixelStatus.Diverged);
        }

        static bool Fits(TrainingOptions training, int[] hidden)
        {
            var architecture = new Architecture(2, hidden, Activation.Tanh);
            return LaneTrainer.Fits(architecture, training, PreparedData.Prepare(Samples(Loss.BinaryCrossEntropy), architecture, training));
        }
    }

    [Fact]
    public void Networks_of_fewer_pixels_than_lanes_are_trained_alone_wherever_their_blocks_are_cut()
    {
        var options = new TrainingOptions { Iterations = 20, Form = TrainingForm.Dual };
        Assert.True(IsAlone(SpecOf("width:1..6", "gain:0.3..1.7", "cost", options, 6, 7)));
        Assert.True(IsAlone(SpecOf("width:1..6", "depth:1..3", "cost", options, 6, 3)));

        // Sixteen pixels of one width, in blocks of one, two and more.
        Assert.False(IsAlone(SpecOf("width:1..3", "gain:0.3..1.7", "cost", options, 6, 8)));

        static bool IsAlone(MapSpec spec)
        {
            var training = new MapTraining(spec, Prepared(spec));
            MapPixel[] found = Trained(spec, training, threads: 1);
            return training.Blocks.All(block => training.TrainAlone(block).SequenceEqual(block.Pixels.Select(pixel => found[pixel])));
        }
    }

    [Fact]
    public void A_map_that_is_called_off_gives_no_block()
    {
        MapSpec spec = SpecOf("gain:0.5..1.5", "learning-rate:0.05..1:log", "cost", new TrainingOptions { Iterations = 1_000_000_000 }, 4, 4);
        using var ended = new CancellationTokenSource();
        ended.Cancel();
        var training = new MapTraining(spec, Prepared(spec));
        Assert.Throws<OperationCanceledException>(() => training.Run([0], (_, _) => Assert.Fail("a block came"), cancellation: ended.Token));
    }

    private static MapPixel[] Trained(MapSpec spec, MapTraining training, int threads)
    {
        var map = new Map(spec);
        training.Run([.. Enumerable.Range(0, training.Blocks.Count)], (block, pixels) => map.Enter(training.Blocks[block], pixels), threads);
        return [.. map.Pixels];
    }

    private static void AssertNear(MapPixel expected, MapPixel found)
    {
        Assert.Equal(expected.Status, found.Status);
        Assert.Equal(expected.Accuracy, found.Accuracy);
        Near(expected.Cost, found.Cost, 1e-9);
        Near(expected.Convergence, found.Convergence, 1e-9);
        Near(expected.Value, found.Value, 1e-9);

        static void Near(double one, double other, double relative) => Assert.True(
            one.Equals(other) || Math.Abs(one - other) <= relative * Math.Abs(one), $"{one:R} and {other:R}");
    }

    /// <summary>Two different axes, and all else by chance.</summary>
    private static MapSpec Drawn(NumPyRandom random)
    {
        int first = Whole(random, Axes.Length), second = Whole(random, Axes.Length - 1);
        second += second >= first ? 1 : 0;
        string x = Axes[first], y = Axes[second];
        bool hasMomentum = x.StartsWith("momentum", StringComparison.Ordinal) || y.StartsWith("momentum", StringComparison.Ordinal);
        bool changes = new[] { x, y }.Any(axis => axis.StartsWith("depth", StringComparison.Ordinal) || axis.StartsWith("width", StringComparison.Ordinal));
        (x, y) = changes ? (WithoutLayer(x), WithoutLayer(y)) : (x, y);
        y = x == y ? "bias-std:0..1e160" : y;
        string[] optimizers = hasMomentum ? ["momentum", "nesterov"] : ["gd", "gd", "momentum", "rmsprop", "adam", "adamw"];
        var training = new TrainingOptions
        {
            Optimizer = Optimizer.Parse(optimizers[Whole(random, optimizers.Length)]),
            Precision = (Precision)Whole(random, 2),
            Iterations = 5 + Whole(random, 40),
            LearningRate = 0.1,
            FixedBiases = Whole(random, 3) == 0,
            Schedule = LearningRateSchedule.Parse(Whole(random, 2) == 0 ? "constant" : "cosine"),
        };
        training = training with { Form = training.Optimizer.HasDualForm && Whole(random, 2) == 0 ? TrainingForm.Dual : TrainingForm.Primal };
        string measure = Measures[Whole(random, Measures.Length)];
        Loss loss = measure == "accuracy" ? (Loss)Whole(random, 2) : (Loss)Math.Min(2, Whole(random, 4));
        return SpecOf(x, y, measure, training, 6 + Whole(random, 12), 3 + Whole(random, 6), loss);
    }

    private static string WithoutLayer(string axis) => axis.Replace(".1:", ":", StringComparison.Ordinal).Replace(".2:", ":", StringComparison.Ordinal);

    private static MapSpec SpecOf(string x, string y, string measure, TrainingOptions training, int columns, int rows, Loss loss = Loss.BinaryCrossEntropy)
    {
        var architecture = new Architecture(2, [3], Activation.Tanh, loss, loss == Loss.CrossEntropy ? 3 : 1);
        var spec = new MapSpec(new RunSpec(architecture, Initializer.He, training, 3), MapAxis.Parse(x), MapAxis.Parse(y), columns, rows, MapMeasure.Parse(measure));
        spec.Check();
        return spec;
    }

    private static PreparedData Prepared(MapSpec spec) => PreparedData.Prepare(Samples(spec.Run.Architecture.Loss), spec.Run.Architecture, spec.Run.Training);

    private static Dataset Samples(Loss loss)
    {
        Dataset moons = GeneratedSets.Make("moons", 24, 0.3, 5);
        return loss switch
        {
            Loss.Mse => moons.WithTargets([.. Enumerable.Range(0, 24).Select(i => Math.Sin(i))]),
            Loss.CrossEntropy => Dataset.FromValues("three", [.. Enumerable.Range(0, 48).Select(i => Math.Cos(i * i))], 2, [.. Enumerable.Range(0, 24).Select(i => i % 3)], ["a", "b", "c"]),
            _ => moons,
        };
    }

    private static int Whole(NumPyRandom random, int below) => (int)(random.Uniform() * below);
}
