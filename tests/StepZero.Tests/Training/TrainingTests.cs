using System.Text.Json;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Training;

public sealed class TrainingTests
{
    public static TheoryData<string, string> FormsOfActivations
    {
        get
        {
            var cases = new TheoryData<string, string>();
            foreach (string activation in (string[])["tanh", "relu", "leaky_relu", "sigmoid"])
            {
                foreach (string scaling in (string[])["auto", "center", "standardize"])
                {
                    cases.Add(activation, scaling);
                }
            }

            return cases;
        }
    }

    [Theory]
    [InlineData("primal")]
    [InlineData("dual")]
    public void Costs_and_accuracy_are_those_of_NumPy_and_PyTorch(string form)
    {
        JsonElement golden = Repository.Golden("trainings.json");
        double[] x = [.. golden.GetProperty("x").EnumerateArray().SelectMany(row => row.Numbers())];
        int[] y = golden.GetProperty("y").Integers();
        Dataset data = Dataset.FromValues("golden", x, x.Length / y.Length, y, ["0", "1"]).WithPositive("1");
        foreach (JsonElement item in golden.GetProperty("cases").EnumerateArray())
        {
            var architecture = new Architecture(data.FeatureCount, item.GetProperty("hidden").Integers(), Activation.Parse(item.GetProperty("activation").GetString()!));
            double[] costs = item.GetProperty("costs").Numbers();
            var options = new TrainingOptions
            {
                LearningRate = item.GetProperty("rate").GetDouble(),
                Iterations = costs.Length,
                Form = CanonicalText.Parse<TrainingForm>(form),
            };
            var spec = new RunSpec(architecture, Initializer.Parse(item.GetProperty("init").GetString()!), options, item.GetProperty("seed").GetUInt32());
            RunResult result = Trainings.Run(spec, data, test: data);
            AssertClose(costs, result.Record.Costs, 1e-9);
            AssertClose(item.GetProperty("torchCosts").Numbers(), result.Record.Costs, 1e-9);
            Assert.Equal(item.GetProperty("accuracy").GetDouble(), result.Record.TrainAccuracy);
            Assert.Equal(item.GetProperty("accuracy").GetDouble(), result.TestAccuracy);
        }
    }

    [Theory]
    [MemberData(nameof(FormsOfActivations))]
    public void Primal_and_dual_agree_where_costs_fall(string activation, string scaling)
    {
        // More samples than one block holds.
        Dataset data = GeneratedSets.Make("moons", 300, 0.2, 1);
        var architecture = new Architecture(2, [6, 4], Activation.Parse(activation));
        var options = new TrainingOptions { LearningRate = 0.5, Iterations = 250, Scaling = Scaling.Parse(scaling) };
        foreach (string start in (string[])["he", "random:1"])
        {
            RunResult primal = Train(TrainingForm.Primal);
            RunResult dual = Train(TrainingForm.Dual);
            Assert.True(primal.Record.Costs[^1] < 0.9 * primal.Record.Costs[0], $"{start}: costs must fall by a tenth: {primal.Record.Costs[0]} to {primal.Record.Costs[^1]}");
            AssertClose(primal.Record.Costs, dual.Record.Costs, 1e-9);
            AssertClose(primal.FinalParameters!.Value.Weights[0], dual.FinalParameters!.Value.Weights[0], 1e-7);

            RunResult Train(TrainingForm form) =>
                Trainings.Run(new RunSpec(architecture, Initializer.Parse(start), options with { Form = form }), data);
        }
    }

    [Fact]
    public void Single_precision_follows_double_precision()
    {
        Dataset data = GeneratedSets.Make("circles", 100, 0.1, 1);
        var architecture = new Architecture(2, [5], Activation.Tanh);
        var options = new TrainingOptions { LearningRate = 0.3, Iterations = 200 };
        foreach (TrainingForm form in (TrainingForm[])[TrainingForm.Primal, TrainingForm.Dual])
        {
            double[] exact = Trainings.Run(new RunSpec(architecture, Initializer.Xavier, options with { Form = form }), data).Record.Costs;
            double[] single = Trainings.Run(new RunSpec(architecture, Initializer.Xavier, options with { Form = form, Precision = Precision.Single }), data).Record.Costs;
            AssertClose(exact, single, 1e-4);
        }
    }

    [Theory]
    [InlineData(TrainingForm.Primal)]
    [InlineData(TrainingForm.Dual)]
    public void All_zero_weights_never_break_symmetry(TrainingForm form)
    {
        Dataset data = GeneratedSets.Make("moons", 101, 0.2, 1);
        var architecture = new Architecture(2, [5, 4], Activation.Sigmoid);
        var options = new TrainingOptions { LearningRate = 0.5, Iterations = 300, Form = form };
        Parameters trained = Trainings.Run(new RunSpec(architecture, Initializer.Zeros, options), data).FinalParameters!.Value;
        for (int layer = 0; layer < 2; layer++)
        {
            for (int unit = 1; unit < architecture.LayerSizes[layer + 1]; unit++)
            {
                Assert.Equal(trained.WeightsInto(layer, 0).ToArray(), trained.WeightsInto(layer, unit).ToArray());
                Assert.Equal(trained.Biases[layer][0], trained.Biases[layer][unit]);
            }
        }

        // With a sigmoid the last layer does move, so the units are equal and not merely untouched.
        Assert.All(trained.Weights[2], weight => Assert.NotEqual(0, weight));
    }

    [Fact]
    public void A_restored_trainer_goes_on_with_the_same_bits()
    {
        Dataset data = GeneratedSets.Make("spirals", 90, 0.1, 1);
        var architecture = new Architecture(2, [8], Activation.Tanh);
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions());
        Parameters start = Initializer.He.Draw(architecture, 1);
        Trainer whole = prepared.StartTrainer(architecture, start, 0.1);
        double[] costs = [.. Enumerable.Range(0, 60).Select(_ => whole.Step())];

        Trainer first = prepared.StartTrainer(architecture, start, 0.1);
        for (int i = 0; i < 25; i++)
        {
            first.Step();
        }

        TrainerState saved = first.Save();
        Trainer second = prepared.StartTrainer(architecture, start, 0.1);
        second.Restore(saved);
        Assert.Equal(25, second.Iteration);
        Assert.Equal(costs[25..], Enumerable.Range(0, 35).Select(_ => second.Step()));
        Assert.Equal(whole.CopyParameters().Weights[0], second.CopyParameters().Weights[0]);
        Assert.Throws<ArgumentException>(() => second.Restore(new TrainerState(1, [1, 2], [])));
    }

    [Fact]
    public void A_diverged_training_ends_and_the_others_go_on()
    {
        Dataset data = GeneratedSets.Make("moons", 50, 0.2, 1);
        var architecture = new Architecture(2, [8, 8, 8], Activation.Relu);
        var options = new TrainingOptions { LearningRate = 1e80, Iterations = 100 };
        RunSpec[] specs = [.. ((Initializer[])[Initializer.He, Initializer.Zeros]).Select(start => new RunSpec(architecture, start, options))];
        IReadOnlyList<RunResult> results = Trainings.Run(specs, PreparedData.Prepare(data, architecture, options));

        TrainingRecord diverged = results[0].Record;
        Assert.Equal(RunStatus.Diverged, diverged.Status);
        Assert.Equal(diverged.Costs.Length, diverged.DivergedAt);
        Assert.InRange(diverged.Costs.Length, 1, 20);
        Assert.All(diverged.Costs, cost => Assert.True(double.IsFinite(cost)));
        Assert.Null(diverged.TrainAccuracy);
        Assert.Null(results[0].FinalParameters);
        Assert.Equal(RunStatus.Completed, results[1].Record.Status);
        Assert.Equal(100, results[1].Record.Costs.Length);
    }

    [Fact]
    public void A_cancelled_training_keeps_what_was_seen()
    {
        Dataset data = GeneratedSets.Make("moons", 50, 0.2, 1);
        var architecture = new Architecture(2, [5], Activation.Tanh);
        var options = new TrainingOptions { Iterations = 1000 };
        using var cancellation = new CancellationTokenSource();
        var progress = new CancelAt(500, cancellation);
        RunSpec[] specs = [.. Enumerable.Range(0, 2).Select(i => new RunSpec(architecture, Initializer.He, options, (uint)i))];
        IReadOnlyList<RunResult> results =
            Trainings.Run(specs, PreparedData.Prepare(data, architecture, options), null, new Execution { Progress = progress }, cancellation.Token);
        Assert.Equal((RunStatus.Cancelled, 500), (results[0].Record.Status, results[0].Record.Costs.Length));
        Assert.Equal((RunStatus.Cancelled, 0), (results[1].Record.Status, results[1].Record.Costs.Length));
    }

    [Fact]
    public void The_cheaper_form_is_chosen()
    {
        var pictures = new Architecture(67500, [5, 5], Activation.Tanh);
        var plane = new Architecture(2, [5, 5], Activation.Tanh);
        Assert.Equal(TrainingForm.Dual, Choose(TrainingForm.Auto, 100, pictures, 1000));
        Assert.Equal(TrainingForm.Primal, Choose(TrainingForm.Auto, 500, plane, 1000));
        Assert.Equal(TrainingForm.Primal, Choose(TrainingForm.Auto, 5000, pictures, 10));
        Assert.Equal(TrainingForm.Primal, Choose(TrainingForm.Primal, 100, pictures, 1000));

        // About two samples to a feature is where a long training turns.
        Assert.Equal(TrainingForm.Dual, Choose(TrainingForm.Auto, 190, new Architecture(100, [50], Activation.Tanh), 100000));
        Assert.Equal(TrainingForm.Primal, Choose(TrainingForm.Auto, 210, new Architecture(100, [50], Activation.Tanh), 100000));

        // A batch reads less of the samples, but all of their coefficients.
        var few = new TrainingOptions { Iterations = 100000, BatchSize = 10 };
        Assert.Equal(TrainingForm.Dual, FormChoice.Choose(few, 190, new Architecture(100, [50], Activation.Tanh)));
        Assert.Equal(TrainingForm.Primal, FormChoice.Choose(few with { Iterations = 100 }, 190, new Architecture(100, [50], Activation.Tanh)));
        Assert.Equal(TrainingForm.Dual, FormChoice.Choose(few with { Iterations = 100, BatchSize = null }, 190, new Architecture(1000, [50], Activation.Tanh)));

        // Clipping in the dual form multiplies by the whole Gram matrix, however small the batch.
        Assert.Equal(TrainingForm.Primal, FormChoice.Choose(few with { ClipNorm = 1 }, 190, new Architecture(100, [50], Activation.Tanh)));
        Assert.Equal(TrainingForm.Dual, FormChoice.Choose(few with { ClipNorm = 1 }, 190, new Architecture(2100, [50], Activation.Tanh)));

        static TrainingForm Choose(TrainingForm wished, int samples, Architecture architecture, int iterations) =>
            FormChoice.Choose(new TrainingOptions { Form = wished, Iterations = iterations }, samples, architecture);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void An_impossible_learning_rate_is_refused(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { LearningRate = rate });

    [Fact]
    public void An_impossible_number_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { Iterations = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Execution { Threads = 0 });
        Dataset moons = GeneratedSets.Make("moons", 50, 0.2, 1);
        Assert.Throws<ArgumentException>(() => PreparedData.Prepare(moons, new Architecture(3, [], Activation.Tanh), new TrainingOptions()));
        Dataset wide = Dataset.FromValues("tall", new double[70000], 1, new int[70000], ["a"]);
        Assert.Contains("--form primal", Assert.Throws<StepZeroException>(
            () => PreparedData.Prepare(wide, new Architecture(1, [], Activation.Tanh), new TrainingOptions { Form = TrainingForm.Dual })).Message);
    }

    private static void AssertClose(double[] expected, double[] actual, double relative)
    {
        Assert.Equal(expected.Length, actual.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= relative * Math.Abs(expected[i]), $"at {i}: expected {expected[i]:R}, found {actual[i]:R}");
        }
    }

    private sealed class CancelAt(int iteration, CancellationTokenSource cancellation) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value)
        {
            if (value.Iteration >= iteration)
            {
                cancellation.Cancel();
            }
        }
    }
}
