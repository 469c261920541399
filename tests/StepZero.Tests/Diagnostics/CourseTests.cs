using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class CourseTests
{
    private static readonly Architecture Small = new(6, [4, 3], Activation.Tanh);

    public static TheoryData<string, TrainingForm, Precision, int?, double> Ways => new()
    {
        { "gd", TrainingForm.Primal, Precision.Double, null, 0 },
        { "gd", TrainingForm.Dual, Precision.Double, null, 0 },
        { "gd", TrainingForm.Dual, Precision.Double, 7, 0.05 },
        { "nesterov:beta=0.5", TrainingForm.Primal, Precision.Double, 7, 0.05 },
        { "momentum", TrainingForm.Dual, Precision.Double, null, 0.05 },
        { "adam", TrainingForm.Primal, Precision.Double, 7, 0 },
        { "adamw", TrainingForm.Primal, Precision.Double, null, 0.01 },
        { "gd", TrainingForm.Dual, Precision.Single, null, 0.05 },
        { "rmsprop", TrainingForm.Primal, Precision.Single, 7, 0 },
    };

    [Theory]
    [MemberData(nameof(Ways))]
    public void Watching_changes_nothing_and_sees_the_trained_network_in_the_end(string rule, TrainingForm form, Precision precision, int? batch, double decay)
    {
        RunSpec spec = SpecOf(rule, form, precision, batch, decay, 90);
        PreparedData data = PreparedData.Prepare(Noise(), Small, spec.Training);
        RunResult run = Trainings.Run([spec], data)[0];
        Course course = Course.Of(spec, data, TestContext.Current.CancellationToken);
        Assert.Equal(run.Record.Costs, course.Costs);
        Assert.Equal(90, course.Points[^1].Iteration);
        Assert.Equal(run.Record.TrainCost!.Value, course.Points[^1].Cost, precision == Precision.Double ? 1e-12 : 1e-6);
        AssertSees(data, data.StartTrainer(Small, spec.DrawParameters(data)).CopyParameters(), course.Points[0]);
        AssertSees(data, run.FinalParameters!.Value, course.Points[^1]);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void Update_shares_are_those_of_two_trainings_one_update_apart(string rule, TrainingForm form, Precision precision, int? batch, double decay)
    {
        RunSpec spec = SpecOf(rule, form, precision, batch, decay, 90);
        PreparedData data = PreparedData.Prepare(Noise(), Small, spec.Training);
        IReadOnlyList<CoursePoint> points = Course.Of(spec, data, TestContext.Current.CancellationToken).Points;
        Trainer trainer = data.StartTrainer(Small, spec.DrawParameters(data), seed: spec.Seed);
        foreach (CoursePoint point in points.SkipLast(1))
        {
            while (trainer.Iteration < point.Iteration)
            {
                trainer.Step();
            }

            Assert.Equal(trainer.Cost(), point.Cost, precision == Precision.Double ? 1e-12 : 1e-6);
            Parameters before = trainer.CopyParameters();
            trainer.Step();
            Parameters after = trainer.CopyParameters();
            for (int layer = 0; layer < Small.LayerCount; layer++)
            {
                double expected = Norm(after.Weights[layer].Zip(before.Weights[layer], (a, b) => a - b)) / Norm(before.Weights[layer]);
                Assert.Equal(expected, point.UpdateShares[layer], 1e-9 * expected);
            }
        }

        Assert.All(points[^1].UpdateShares, share => Assert.Equal(double.NaN, share));
    }

    [Theory]
    [InlineData("gd", 0)]
    [InlineData("momentum", 0.05)]
    public void Both_forms_see_the_same(string rule, double decay)
    {
        Course primal = Of(TrainingForm.Primal), dual = Of(TrainingForm.Dual);
        Assert.Equal(primal.Points.Count, dual.Points.Count);
        foreach ((CoursePoint expected, CoursePoint point) in primal.Points.Zip(dual.Points))
        {
            Assert.Equal(expected.Cost, point.Cost, 1e-8);
            Assert.Equal(expected.Sharpness, point.Sharpness, 1e-4 * expected.Sharpness);
            AssertSame(expected.Layers, point.Layers, 1e-8);
            Assert.All(expected.UpdateShares.Zip(point.UpdateShares), pair => Assert.True(pair is (double.NaN, double.NaN) || Math.Abs(pair.First - pair.Second) <= 1e-8 * pair.First));
        }

        Course Of(TrainingForm form)
        {
            RunSpec spec = SpecOf(rule, form, Precision.Double, null, decay, 200);
            return Course.Of(spec, PreparedData.Prepare(Noise(), Small, spec.Training), TestContext.Current.CancellationToken);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(40)]
    [InlineData(59)]
    [InlineData(60)]
    [InlineData(1000)]
    [InlineData(2_000_000_000)]
    public void Places_lie_dense_at_first_and_end_with_the_last_update(int updates)
    {
        int[] places = [.. CourseWatch.Places(updates)];
        Assert.Equal(Math.Min(updates + 1, Course.MostPoints), places.Length);
        Assert.Equal([0, 1], places[..2]);
        Assert.Equal(updates, places[^1]);
        int[] gaps = [.. places.Skip(1).Zip(places, (next, place) => next - place)];
        Assert.All(gaps, gap => Assert.InRange(gap, 1, int.MaxValue));
        Assert.All(gaps.Skip(1).Zip(gaps), pair => Assert.True(pair.First >= pair.Second - 1));
        Assert.True(updates > 1000 || places.Take(7).SequenceEqual(Enumerable.Range(0, Math.Min(7, updates + 1))));
    }

    [Fact]
    public void The_rate_follows_the_schedule_and_the_stable_sharpness_the_rate()
    {
        Course cosine = Of(options => options with { Schedule = LearningRateSchedule.Parse("cosine:final=0:warmup=10"), Optimizer = Optimizer.Parse("momentum:beta=0.8") });
        foreach (CoursePoint point in cosine.Points.SkipLast(1))
        {
            double t = point.Iteration, expected = 0.2 * (t < 10 ? (t + 1) / 10 : (1 + Math.Cos(Math.PI * (t - 10) / 90)) / 2);
            Assert.Equal(expected, point.Rate, 1e-15);
            Assert.Equal(2 * 1.8 / expected, point.StableSharpness!.Value, 1e-9 / expected);
        }

        Assert.Equal(0.2 * (1 + Math.Cos(Math.PI * 89 / 90)) / 2, cosine.Points[^1].Rate, 1e-15);
        Assert.All(Of(options => options).Points, point => Assert.Equal((0.2, 10.0), (point.Rate, point.StableSharpness)));
        Assert.All(Of(options => options with { Optimizer = Optimizer.Parse("adam") }).Points, point => Assert.Null(point.StableSharpness));
        Assert.All(Of(options => options with { ClipNorm = 1 }).Points, point => Assert.Null(point.StableSharpness));

        static Course Of(Func<TrainingOptions, TrainingOptions> change)
        {
            var spec = new RunSpec(Small, Initializer.He, change(new TrainingOptions { LearningRate = 0.2, Iterations = 100 }));
            return Course.Of(spec, PreparedData.Prepare(Noise(), Small, spec.Training));
        }
    }

    [Theory]
    [InlineData(TrainingForm.Primal)]
    [InlineData(TrainingForm.Dual)]
    public void A_training_that_diverges_is_seen_while_its_cost_is_finite(TrainingForm form)
    {
        var architecture = new Architecture(6, [4], Activation.Identity, Loss.Mse);
        var spec = new RunSpec(architecture, Initializer.He, new TrainingOptions { LearningRate = 2, Iterations = 500, Form = form });
        PreparedData data = PreparedData.Prepare(Noise().WithTargets([.. Enumerable.Range(0, 40).Select(i => (double)i)]), architecture, spec.Training);
        RunResult run = Trainings.Run([spec], data)[0];
        Course course = Course.Of(spec, data, TestContext.Current.CancellationToken);
        Assert.Equal(RunStatus.Diverged, run.Record.Status);
        Assert.Equal(run.Record.Costs, course.Costs);
        Assert.InRange(course.Points.Count, 3, run.Record.Costs.Length);
        Assert.All(course.Points, point => Assert.True(double.IsFinite(point.Cost) && double.IsFinite(point.Sharpness) && point.Layers.All(layer => double.IsFinite(layer.WeightNorm))));
        Assert.NotNull(course.SpectrumBefore);
        Assert.Null(course.SpectrumAfter);
    }

    [Fact]
    public void Weights_that_are_nan_have_no_points()
    {
        Parameters parameters = Initializer.He.Draw(Small, 1);
        parameters.Weights[0][3] = double.NaN;
        var spec = new RunSpec(Small, Initializer.FromParameters("nan", parameters), new TrainingOptions { Iterations = 20 });
        Course course = Course.Of(spec, PreparedData.Prepare(Noise(), Small, spec.Training), TestContext.Current.CancellationToken);
        Assert.Equal((0, 0, null, null), (course.Costs.Count, course.Points.Count, course.SpectrumBefore, course.SpectrumAfter));
    }

    [Fact]
    public void Units_are_seen_to_die_and_to_saturate()
    {
        IReadOnlyList<CoursePoint> relu = Of("relu", 30).Points, tanh = Of("tanh", 30).Points;
        Assert.Equal(0, relu[0].Layers[0].DeadUnits);
        Assert.InRange(relu[^1].Layers[0].DeadUnits!.Value, 2, 8);
        Assert.InRange(tanh[0].Layers[0].SaturatedShare!.Value, 0, 0.2);
        Assert.InRange(tanh[^1].Layers[0].SaturatedShare!.Value, 0.5, 1);

        static Course Of(string activation, double rate)
        {
            var architecture = new Architecture(6, [8], Activation.Parse(activation));
            var spec = new RunSpec(architecture, Initializer.He, new TrainingOptions { LearningRate = rate, Iterations = 100 });
            return Course.Of(spec, PreparedData.Prepare(Noise(), architecture, spec.Training));
        }
    }

    [Theory]
    [InlineData(TrainingForm.Primal)]
    [InlineData(TrainingForm.Dual)]
    public void Weights_of_0_that_stay_have_a_share_of_0_and_such_that_change_an_infinite_one(TrainingForm form)
    {
        Parameters parameters = new(Small);
        parameters.Biases[0].AsSpan().Fill(1);
        parameters.Biases[1].AsSpan().Fill(0.5);
        var spec = new RunSpec(Small, Initializer.FromParameters("biased", parameters), new TrainingOptions { Form = form, Iterations = 10 });
        Dataset data = Noise().Select([.. Enumerable.Range(0, 39)]);
        Course course = Course.Of(spec, PreparedData.Prepare(data, Small, spec.Training), TestContext.Current.CancellationToken);
        Assert.Equal([0, 0, double.PositiveInfinity], course.Points[0].UpdateShares);
    }

    [Fact]
    public void Early_stopping_ends_the_course()
    {
        var spec = new RunSpec(Small, Initializer.He, new TrainingOptions { LearningRate = 0.5, Epochs = 400, EarlyStopping = new EarlyStopping { Patience = 5 } });
        (Dataset train, Dataset held) = spec.Training.EarlyStopping!.Divide(Noise(), spec.Seed);
        PreparedData data = PreparedData.Prepare(train, Small, spec.Training, held: held);
        RunResult run = Trainings.Run([spec], data)[0];
        Course course = Course.Of(spec, data, TestContext.Current.CancellationToken);
        Assert.InRange(run.Record.Costs.Length, 5, 399);
        Assert.Equal(run.Record.Costs, course.Costs);
        Assert.InRange(course.Points[^1].Iteration, 1, run.Record.Costs.Length);
        HessianTests.Precision(Curvature.Spectrum(data, Small, run.FinalParameters!.Value), course.SpectrumAfter!, 1e-12);
    }

    [Theory]
    [InlineData(TrainingForm.Primal)]
    [InlineData(TrainingForm.Dual)]
    public void Spectra_are_those_of_the_first_and_last_weights(TrainingForm form)
    {
        RunSpec spec = SpecOf("gd", form, Precision.Double, null, 0, 50);
        PreparedData data = PreparedData.Prepare(Noise(), Small, spec.Training);
        Course course = Course.Of(spec, data, TestContext.Current.CancellationToken);
        HessianTests.Precision(Curvature.Spectrum(data, Small, spec.DrawParameters(data)), course.SpectrumBefore!, 1e-12);
        HessianTests.Precision(Curvature.Spectrum(data, Small, Trainings.Run([spec], data)[0].FinalParameters!.Value), course.SpectrumAfter!, 1e-12);
        Assert.NotEqual(course.SpectrumBefore![0], course.SpectrumAfter![0]);
    }

    [Fact]
    public void Of_many_parameters_there_are_no_spectra()
    {
        var wide = new Architecture(6, [300], Activation.Tanh);
        var spec = new RunSpec(wide, Initializer.He, new TrainingOptions { Iterations = 1 });
        Course course = Course.Of(spec, PreparedData.Prepare(Noise(), wide, spec.Training), TestContext.Current.CancellationToken);
        Assert.Equal((2, null, null), (course.Points.Count, course.SpectrumBefore, course.SpectrumAfter));
    }

    [Fact]
    public void A_cancelled_course_throws()
    {
        var spec = new RunSpec(Small, Initializer.He, new TrainingOptions { Iterations = int.MaxValue });
        PreparedData data = PreparedData.Prepare(Noise(), Small, spec.Training);
        Assert.Throws<OperationCanceledException>(() => Course.Of(spec, data, new CancellationToken(canceled: true)));
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(100));
        Assert.Throws<OperationCanceledException>(() => Course.Of(spec, data, soon.Token));
    }

    [Theory]
    [InlineData("he")]
    [InlineData("xavier")]
    [InlineData("zeros")]
    [InlineData("random:10")]
    public void The_classic_training_climbs_past_the_edge_of_stability_where_it_trains(string start)
    {
        Dataset pictures = ImageFolder.Read(Repository.CatsAndDogs(), new DataOptions { Threads = 2 }).Data.WithPositive("cat");
        var architecture = new Architecture(pictures.FeatureCount, [5, 5], Activation.Tanh);
        var spec = new RunSpec(architecture, Initializer.Parse(start), new TrainingOptions { LearningRate = 0.01, Iterations = 300 });
        PreparedData data = PreparedData.Prepare(pictures, architecture, spec.Training, 2);
        Course course = Course.Of(spec, data, TestContext.Current.CancellationToken);
        Assert.Equal(Trainings.Run([spec], data)[0].Record.Costs, course.Costs);
        Assert.Equal(541, course.SpectrumBefore!.Length);
        Assert.Equal(course.SpectrumBefore[0], course.Points[0].Sharpness, 1e-4 * course.SpectrumBefore[0]);
        Assert.All(course.Points, point => Assert.Equal(200, point.StableSharpness!.Value, 1e-9));
        double largest = course.Points.Max(point => point.Sharpness);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{start}: sharpness {course.Points[0].Sharpness:F1} to {largest:F1}, saturated {course.Points[0].Layers[0].SaturatedShare:P0} to {course.Points[^1].Layers[0].SaturatedShare:P0}, shares {string.Join(" ", course.Points[0].UpdateShares.Select(share => share.ToString("G3")))}");
        Assert.Equal(start is "he" or "xavier", largest > 400);
        Assert.True(start != "random:10" || course.Points[0].Layers[0].SaturatedShare > 0.9);
    }

    private static void AssertSees(PreparedData data, Parameters parameters, CoursePoint point)
    {
        var signal = SignalStatistics.Of(Small, parameters, data.Data, data.Scaling);
        Assert.Equal(signal.Cost, point.Cost, 1e-9);
        AssertSame(signal.Layers, point.Layers, 1e-9);
        double sharpness = Curvature.Of(data, Small, parameters).Largest[0];
        Assert.Equal(sharpness, point.Sharpness, 1e-4 * sharpness);
    }

    private static void AssertSame(IReadOnlyList<LayerStatistics> expected, IReadOnlyList<LayerStatistics> actual, double tolerance)
    {
        Assert.Equal(expected.Count, actual.Count);
        foreach ((LayerStatistics one, LayerStatistics other) in expected.Zip(actual))
        {
            Assert.All(Figures(one).Zip(Figures(other)), pair => Assert.True(
                pair is (double.NaN, double.NaN) || Math.Abs(pair.First - pair.Second) <= tolerance * (1 + Math.Abs(pair.First)), $"expected {pair.First}, found {pair.Second}"));
        }

        static double[] Figures(LayerStatistics layer) =>
        [
            layer.Units, layer.PreActivations.Mean, layer.PreActivations.Deviation, layer.Activations.Mean, layer.Activations.Deviation, layer.Gradients.Mean,
            layer.Gradients.Deviation, layer.WeightNorm, layer.WeightGradientNorm, layer.SaturatedShare ?? -1, layer.DeadUnits ?? -1, layer.LinearUnits ?? -1,
            layer.MeanCosine ?? -2, layer.Growth, layer.GradientGrowth ?? -1,
        ];
    }

    private static RunSpec SpecOf(string rule, TrainingForm form, Precision precision, int? batch, double decay, int iterations) => new(Small, Initializer.He, new TrainingOptions
    {
        Optimizer = Optimizer.Parse(rule),
        Form = form,
        Precision = precision,
        BatchSize = batch,
        WeightDecay = decay,
        Iterations = iterations,
        LearningRate = rule.StartsWith('a') || rule == "rmsprop" ? 0.01 : 0.1,
    });

    private static double Norm(IEnumerable<double> values) => Math.Sqrt(values.Sum(value => value * value));

    private static Dataset Noise()
    {
        double[] x = new double[40 * 6];
        new NumPyRandom(6).FillStandardNormal(x);
        return Dataset.FromValues("noise", x, 6, [.. Enumerable.Range(0, 40).Select(i => i % 2)], ["a", "b"]);
    }
}
