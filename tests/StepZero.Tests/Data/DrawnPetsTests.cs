using System.Security.Cryptography;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Data;

public sealed class DrawnPetsTests
{
    private static readonly Dataset Train = GeneratedSets.Parse("pets", 1);

    [Fact]
    public void Every_machine_draws_the_same_bytes()
    {
        Assert.Equal(("pets:100:1", 100, 67_500), (Train.Name, Train.SampleCount, Train.FeatureCount));
        Assert.Equal("e4f937091491314a127e0aaea0f87b2956a2d145a83f28ada52a9a2977873b8b", Convert.ToHexStringLower(SHA256.HashData(Train.Bytes)));
    }

    [Fact]
    public void Cats_and_dogs_take_turns_and_cat_is_label_1()
    {
        Assert.Equal(["cat", "dog"], Train.Classes);
        Assert.Equal("cat", Train.Positive);
        Assert.Equal(50, Train.Labels.Count(0));
        Assert.Equal(new ImageSize(150, 150), Train.ImageSize);
    }

    [Fact]
    public void More_pictures_begin_with_the_same_ones_and_no_two_are_equal()
    {
        Dataset more = GeneratedSets.Parse("pets:110:1", 5);
        Assert.True(more.Bytes[..Train.Bytes.Length].SequenceEqual(Train.Bytes));
        string[] pictures = [.. Enumerable.Range(0, 110).Select(i => Convert.ToHexString(SHA256.HashData(more.Bytes.Slice(i * 67_500, 67_500))))];
        Assert.Equal(110, pictures.Distinct().Count());
    }

    [Fact]
    public void The_seed_comes_from_the_text_or_from_the_caller()
    {
        Assert.True(GeneratedSets.Parse("pets:4:7", 1).Bytes.SequenceEqual(GeneratedSets.Parse("pets:4", 7).Bytes));
        Assert.False(GeneratedSets.Parse("pets:4", 1).Bytes.SequenceEqual(GeneratedSets.Parse("pets:4", 7).Bytes));
    }

    /// <summary>No toy: the classic options end where they end on photographs, and one weight a pixel is not enough.</summary>
    [Fact]
    public void The_classic_experiment_comes_out_on_them_as_on_photographs()
    {
        Dataset fresh = GeneratedSets.Parse("pets:100:7", 1);
        PreparedData prepared = PreparedData.Prepare(Train, Network([5, 5]), new TrainingOptions(), 2);
        Assert.Equal(0.5, Run([5, 5], Initializer.Zeros, 0.01, 1).Record.TrainAccuracy);
        Assert.InRange(Run([5, 5], Initializer.RandomNormal(10), 0.01, 1).Record.TrainAccuracy!.Value, 0, 0.75);

        RunResult[] xavier = [.. Enumerable.Range(1, 8).Select(seed => Run([5, 5], Initializer.Xavier, 0.01, (uint)seed))];
        Assert.InRange(xavier[0].Record.TrainAccuracy!.Value, 0.9, 1);
        Assert.InRange(Median(xavier.Select(run => run.Record.TrainAccuracy!.Value)), 0.9, 1);
        double test = Median(xavier.Select(run => run.TestAccuracy!.Value));
        foreach (double rate in (double[])[0.01, 0.001, 0.0001])
        {
            RunResult logistic = Run([], Initializer.Xavier, rate, 1);
            Assert.True(logistic.TestAccuracy < test, $"logistic regression at {rate}: {logistic.TestAccuracy}, the network {test}");
        }

        RunResult Run(int[] hidden, Initializer start, double rate, uint seed) => Trainings.Run(
            [new RunSpec(Network(hidden), start, new TrainingOptions { LearningRate = rate }, seed)], prepared, fresh)[0];
    }

    private static Architecture Network(int[] hidden) => new(67_500, hidden, Activation.Tanh);

    private static double Median(IEnumerable<double> values) => values.Order().ElementAt(values.Count() / 2);
}
