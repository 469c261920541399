using System.Text.Json;
using StepZero.Data;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Training;

/// <summary>Compared with PyTorch's optimizers, schedules and clipping, from the same weights and batches.</summary>
public sealed class OptimizerTests
{
    private static readonly JsonElement Golden = Repository.Golden("optimizers.json");

    public static TheoryData<string, string, string> Cases
    {
        get
        {
            var cases = new TheoryData<string, string, string>();
            foreach (JsonElement one in Golden.GetProperty("cases").EnumerateArray())
            {
                (string name, string loss) = (one.GetProperty("name").GetString()!, one.GetProperty("loss").GetString()!);
                cases.Add(name, loss, "primal");
                if (Optimizer.Parse(one.GetProperty("optimizer").GetString()!).HasDualForm)
                {
                    cases.Add(name, loss, "dual");
                }
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Twenty_updates_are_those_of_PyTorch(string name, string loss, string form)
    {
        JsonElement one = Golden.GetProperty("cases").EnumerateArray().Single(
            one => one.GetProperty("name").GetString() == name && one.GetProperty("loss").GetString() == loss);
        Dataset data = Data(loss);
        Architecture architecture = Network(data, loss);
        TrainingOptions options = Options(one) with { Form = CanonicalText.Parse<TrainingForm>(form) };
        Trainer trainer = PreparedData.Prepare(data, architecture, options).StartTrainer(architecture, Start(architecture, loss), seed: Golden.GetProperty("seed").GetUInt32());

        double[] costs = [.. Enumerable.Range(0, options.Iterations).Select(_ => trainer.Step())];
        AssertClose(one.GetProperty("costs").Numbers(), costs);
        AssertClose([one.GetProperty("cost").GetDouble()], [trainer.Cost()]);
        Parameters trained = trainer.CopyParameters();
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            JsonElement expected = one.GetProperty("parameters")[layer];
            AssertClose(expected[0].Numbers(), trained.Weights[layer]);
            AssertClose(expected[1].Numbers(), trained.Biases[layer]);
        }
    }

    [Theory]
    [InlineData("adam", "adam:beta1=0.9:beta2=0.999:eps=1E-08")]
    [InlineData("adamw:eps=1e-6:beta1=0.5", "adamw:beta1=0.5:beta2=0.999:eps=1E-06")]
    [InlineData("rmsprop", "rmsprop:alpha=0.99:eps=1E-08")]
    [InlineData("momentum", "momentum:beta=0.9")]
    [InlineData("nesterov:beta=0.5", "nesterov:beta=0.5")]
    [InlineData("gd", "gd")]
    public void A_text_is_read_and_written_with_every_parameter(string text, string canonical)
    {
        Assert.Equal(canonical, Optimizer.Parse(text).ToString());
        Assert.Equal(Optimizer.Parse(text), Optimizer.Parse(canonical));
    }

    [Fact]
    public void Decay_is_that_of_PyTorch_where_none_is_given()
    {
        Assert.Equal(0.01, new TrainingOptions { Optimizer = Optimizer.Parse("adamw") }.WeightDecay);
        Assert.Equal(0, new TrainingOptions { Optimizer = Optimizer.Parse("adamw"), WeightDecay = 0 }.WeightDecay);
        Assert.Equal(0, new TrainingOptions { Optimizer = Optimizer.Parse("adam") }.WeightDecay);
    }

    [Theory]
    [InlineData("gd", "")]
    [InlineData("nesterov", "0.01")]
    [InlineData("rmsprop", "")]
    [InlineData("adamw", "0.1")]
    public void Single_precision_goes_the_same_way(string optimizer, string decay)
    {
        Dataset data = Data("cross_entropy");
        Architecture architecture = Network(data, "cross_entropy");
        double[] doubles = Costs(Precision.Double), singles = Costs(Precision.Single);
        Assert.True(doubles[^1] < doubles[0], "must learn");
        Assert.All(doubles.Zip(singles), pair => Assert.Equal(pair.First, pair.Second, 1e-4 * pair.First));

        double[] Costs(Precision precision)
        {
            var options = new TrainingOptions
            {
                Optimizer = Optimizer.Parse(optimizer),
                WeightDecay = decay.Length == 0 ? Optimizer.Parse(optimizer).UsualDecay : double.Parse(decay),
                Precision = precision,
                LearningRate = 0.02,
            };
            Trainer trainer = PreparedData.Prepare(data, architecture, options).StartTrainer(architecture, Start(architecture, "cross_entropy"));
            return [.. Enumerable.Range(0, 50).Select(_ => trainer.Step())];
        }
    }

    [Theory]
    [InlineData("primal", 1)]
    [InlineData("dual", 1)]
    [InlineData("dual", 1e-9)]
    public void Gradients_of_tiny_features_are_clipped_in_both_forms(string form, double size)
    {
        // So small that in the dual form the norm of δ·X is nothing beside that of δ, which must not count.
        double[] x = [.. Enumerable.Range(0, 40).Select(i => Math.Sin(i) * size)];
        Dataset data = Dataset.FromValues("tiny", x, 10, [0, 1, 0, 1], ["a", "b"]).WithTargets([1e9, -1e9, 2e9, -2e9]);
        var architecture = new Architecture(10, [], Activation.Tanh, Loss.Mse);
        var options = new TrainingOptions { ClipNorm = 0.5, LearningRate = 1, Form = CanonicalText.Parse<TrainingForm>(form) };
        Trainer trainer = PreparedData.Prepare(data, architecture, options).StartTrainer(architecture, new Parameters(architecture));
        trainer.Step();
        Parameters stepped = trainer.CopyParameters();
        Assert.Equal(0.5, Math.Sqrt(stepped.Weights[0].Concat(stepped.Biases[0]).Sum(value => value * value)), 1e-6);
    }

    [Theory]
    [InlineData("gd", 0)]
    [InlineData("gd", 0.05)]
    [InlineData("momentum", 0.05)]
    [InlineData("nesterov", 0.05)]
    public void Layers_with_rates_of_their_own_go_the_same_way_in_both_forms(string optimizer, double decay)
    {
        Dataset data = Data("cross_entropy");
        Architecture architecture = Network(data, "cross_entropy");
        (double[] primal, Parameters atPrimal) = Run(TrainingForm.Primal);
        (double[] dual, Parameters atDual) = Run(TrainingForm.Dual);
        Assert.All(primal.Zip(dual), pair => Assert.Equal(pair.First, pair.Second, 1e-9 * pair.First));
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            Assert.All(atPrimal.Weights[layer].Zip(atDual.Weights[layer]), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
            Assert.Equal(Start(architecture, "cross_entropy").Biases[layer], atDual.Biases[layer]);
        }

        (double[] Costs, Parameters Trained) Run(TrainingForm form)
        {
            var options = new TrainingOptions
            {
                Optimizer = Optimizer.Parse(optimizer),
                WeightDecay = decay,
                Form = form,
                LayerRates = [0.05, 0.2, 0.1],
                FixedBiases = true,
            };
            Trainer trainer = PreparedData.Prepare(data, architecture, options).StartTrainer(architecture, Start(architecture, "cross_entropy"));
            return ([.. Enumerable.Range(0, 200).Select(_ => trainer.Step())], trainer.CopyParameters());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_layer_has_no_impossible_rate(double rate) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new TrainingOptions { LayerRates = [0.1, rate] });

    [Theory]
    [InlineData("gd", "primal", null)]
    [InlineData("gd", "dual", 0.01)]
    [InlineData("nesterov", "dual", 0.01)]
    [InlineData("rmsprop", "primal", 0.01)]
    [InlineData("adamw", "primal", 0.01)]
    public void An_update_takes_no_memory(string optimizer, string form, double? clip)
    {
        Dataset data = Data("cross_entropy");
        Architecture architecture = Network(data, "cross_entropy");
        var options = new TrainingOptions { Optimizer = Optimizer.Parse(optimizer), Form = CanonicalText.Parse<TrainingForm>(form), ClipNorm = clip };
        Trainer trainer = PreparedData.Prepare(data, architecture, options).StartTrainer(architecture, Start(architecture, "cross_entropy"));
        trainer.Step();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
        {
            trainer.Step();
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1000);
    }

    [Theory]
    [InlineData("adam", 1)]
    [InlineData("adam:beta1=0.999999999:beta2=0.99999999999", 1)]
    [InlineData("rmsprop:alpha=0.9999", 100)]
    [InlineData("rmsprop:alpha=0.9999999999", 100_000)]
    public void A_first_step_in_single_precision_is_the_rate_whatever_the_gradient(string optimizer, double times)
    {
        // Without epsilon: adam's corrections make the first moments g and g², and rmsprop divides by g·√(1 − α).
        Dataset data = Data("mse");
        Architecture architecture = Network(data, "mse");
        var options = new TrainingOptions { Optimizer = Optimizer.Parse($"{optimizer}:eps=1e-30"), Precision = Precision.Single, LearningRate = 1e-5 };
        Trainer trainer = PreparedData.Prepare(data, architecture, options).StartTrainer(architecture, new Parameters(architecture));
        trainer.Step();
        double bias = trainer.CopyParameters().Biases[^1][0];
        Assert.Equal(1e-5 * times, Math.Abs(bias), 2e-6 * 1e-5 * times);
    }

    private static TrainingOptions Options(JsonElement one) => new()
    {
        Optimizer = Optimizer.Parse(one.GetProperty("optimizer").GetString()!),
        LearningRate = one.GetProperty("rate").GetDouble(),
        WeightDecay = Optional(one, "decay") ?? Optimizer.Parse(one.GetProperty("optimizer").GetString()!).UsualDecay,
        ClipNorm = Optional(one, "clip"),
        LayerRates = one.TryGetProperty("layerRates", out JsonElement rates) ? rates.Numbers() : null,
        FixedBiases = one.TryGetProperty("fixedBiases", out _),
        Schedule = one.TryGetProperty("schedule", out JsonElement schedule) ? LearningRateSchedule.Parse(schedule.GetString()!) : LearningRateSchedule.Constant,
        BatchSize = (int?)Optional(one, "batch") ?? Golden.GetProperty("batch").GetInt32(),
        Iterations = one.GetProperty("costs").GetArrayLength(),
    };

    private static double? Optional(JsonElement element, string name) => element.TryGetProperty(name, out JsonElement value) ? value.GetDouble() : null;

    private static Dataset Data(string loss)
    {
        double[] x = [.. Golden.GetProperty("x").EnumerateArray().SelectMany(row => row.Numbers())];
        double[] y = Golden.GetProperty("targets").GetProperty(loss).Numbers();
        string[] classes = loss == "cross_entropy" ? ["0", "1", "2"] : ["0", "1"];
        int features = x.Length / y.Length;
        return loss == "mse" ? Dataset.FromValues("golden", x, features, new int[y.Length], [""]).WithTargets(y)
            : Dataset.FromValues("golden", x, features, [.. y.Select(label => (int)label)], classes).WithPositive("1");
    }

    private static Architecture Network(Dataset data, string loss) => new(
        data.FeatureCount, Golden.GetProperty("hidden").Integers(), Activation.Tanh, CanonicalText.Parse<Loss>(loss), loss == "cross_entropy" ? 3 : 1);

    private static Parameters Start(Architecture architecture, string loss)
    {
        var start = new Parameters(architecture);
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            JsonElement values = Golden.GetProperty("start").GetProperty(loss)[layer];
            values[0].Numbers().CopyTo(start.Weights[layer], 0);
            values[1].Numbers().CopyTo(start.Biases[layer], 0);
        }

        return start;
    }

    /// <summary>A weight near 0 is what is left of larger numbers, whose rounding it has.</summary>
    private static void AssertClose(double[] expected, double[] actual)
    {
        Assert.Equal(expected.Length, actual.Length);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Max(1e-3, Math.Abs(pair.First))));
    }
}
