using System.Security.Cryptography;
using System.Text.Json;
using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Training;

/// <summary>The classic experiment: 100 pictures of 67,500 features, 5-5-1 units, tanh, rate 0.01, 1,000 iterations, seed 1.</summary>
public sealed class CatsAndDogsTests
{
    /// <summary>Published costs after 100, 200 … 1,000 iterations from standard normal weights times 10.</summary>
    private static readonly double[] Published =
    [
        1.2413142077, 1.1258751902, 1.0989052435, 1.0840966471, 1.0706953292, 1.0574847320, 1.0443168709, 1.0311578572, 1.0179838815, 1.0047670885,
    ];

    private static readonly JsonElement Golden = Repository.Golden("cats_and_dogs.json");

    [Fact]
    public void Pixels_are_those_of_PIL() =>
        Assert.Equal(Golden.GetProperty("pixelsHash").GetString(), Convert.ToHexStringLower(SHA256.HashData(Read().Bytes)));

    [Fact]
    public void Zeros_learn_nothing_and_keep_their_units_equal()
    {
        RunResult result = Train("zeros");
        Assert.All(result.Record.Costs, cost => Assert.Equal(0.6931471805599453, cost));
        Assert.Equal(0.5, result.Record.TrainAccuracy);
        Parameters trained = result.FinalParameters!.Value;
        for (int layer = 0; layer < 2; layer++)
        {
            for (int unit = 1; unit < 5; unit++)
            {
                Assert.True(trained.WeightsInto(layer, 0).SequenceEqual(trained.WeightsInto(layer, unit)));
            }
        }
    }

    [Fact]
    public void Large_random_weights_give_the_published_costs()
    {
        RunResult result = Train("random");
        for (int i = 0; i < Published.Length; i++)
        {
            Assert.Equal(Published[i], result.Record.Costs[(100 * (i + 1)) - 1], 1e-8 * Published[i]);
        }

        Assert.Equal(0.55, result.Record.TrainAccuracy);
    }

    [Theory]
    [InlineData("zeros")]
    [InlineData("random")]
    [InlineData("he")]
    [InlineData("xavier")]
    public void The_first_costs_are_those_of_NumPy(string start)
    {
        double[] expected = Golden.GetProperty(start).Numbers()[..16];
        foreach (TrainingForm form in (TrainingForm[])[TrainingForm.Dual, TrainingForm.Primal])
        {
            double[] costs = Train(start, form, iterations: 16).Record.Costs;
            for (int i = 0; i < 16; i++)
            {
                Assert.Equal(expected[i], costs[i], 1e-9 * expected[i]);
            }
        }
    }

    /// <summary>Past the first iterations the training is chaotic, so what can be asserted is the distribution over shadow runs.</summary>
    [Theory]
    [InlineData("he")]
    [InlineData("xavier")]
    public void Shadow_runs_end_at_a_median_accuracy_of_98_percent(string start)
    {
        Dataset data = Read();
        Architecture architecture = Classic(data);
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions(), 2);
        double[] accuracies = new double[16];
        double[] finals = new double[16];
        Parallel.For(0, 16, shadow =>
        {
            Parameters parameters = Initializer.Parse(start).Draw(architecture, 1);
            double[] weights = parameters.Weights[1];
            weights[shadow] = Math.BitIncrement(weights[shadow]);
            Trainer trainer = prepared.StartTrainer(architecture, parameters, 0.01);
            while (trainer.Iteration < 1000)
            {
                trainer.Step();
            }

            accuracies[shadow] = trainer.Accuracy()!.Value;
            finals[shadow] = trainer.Cost();
        });
        Array.Sort(accuracies);
        Assert.True((accuracies[7] + accuracies[8]) / 2 >= 0.98, string.Join(", ", accuracies));

        // The last bit of a weight does decide the final cost.
        Assert.True(finals.Max() > 1.01 * finals.Min());
    }

    [Theory]
    [InlineData("tanh", "auto", 0.003)]
    [InlineData("tanh", "center", 0.03)]
    [InlineData("relu", "auto", 0.003)]
    [InlineData("relu", "center", 0.03)]
    [InlineData("leaky_relu", "auto", 0.003)]
    [InlineData("leaky_relu", "center", 0.03)]
    [InlineData("sigmoid", "auto", 0.03)]
    [InlineData("sigmoid", "center", 0.1)]
    public void Primal_and_dual_agree_where_training_is_not_chaotic(string activation, string scaling, double rate)
    {
        // Small pictures, so that the primal form takes a moment and not a minute.
        Dataset data = Read(new ImageSize(30, 30));
        var architecture = new Architecture(data.FeatureCount, [5, 5], Activation.Parse(activation));
        var options = new TrainingOptions { LearningRate = rate, Iterations = 1000, Scaling = Scaling.Parse(scaling) };
        double[] primal = Costs(TrainingForm.Primal);
        double[] dual = Costs(TrainingForm.Dual);
        Assert.True(primal[^1] < 0.9 * primal[0], $"costs must fall by a tenth: {primal[0]} to {primal[^1]}");
        for (int i = 0; i < primal.Length; i++)
        {
            Assert.True(Math.Abs(primal[i] - dual[i]) <= 1e-9 * primal[i], $"at {i}: {primal[i]:R} and {dual[i]:R}");
        }

        double[] Costs(TrainingForm form) =>
            Trainings.Run(new RunSpec(architecture, Initializer.Xavier, options with { Form = form }), data, null, new Execution { Threads = 2 }).Record.Costs;
    }

    private static RunResult Train(string start, TrainingForm form = TrainingForm.Auto, int iterations = 1000)
    {
        Dataset data = Read();
        return Trainings.Run(new RunSpec(Classic(data), Initializer.Parse(start), new TrainingOptions { Form = form, Iterations = iterations }), data);
    }

    private static Architecture Classic(Dataset data) => new(data.FeatureCount, [5, 5], Activation.Tanh);

    private static Dataset Read(ImageSize? size = null) =>
        ImageFolder.Read(Repository.CatsAndDogs(), new DataOptions { Threads = 2, Size = size }).Data.WithPositive("cat");
}
