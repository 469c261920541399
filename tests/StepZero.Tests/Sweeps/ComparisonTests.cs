using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Sweeps;

public sealed class ComparisonTests
{
    private static readonly Dataset Moons = GeneratedSets.Parse("moons:60:0.2", 1);
    private static readonly Architecture Small = new(2, [4], Activation.Tanh);

    [Theory]
    [InlineData(Precision.Double)]
    [InlineData(Precision.Single)]
    public void A_shadow_moves_half_of_the_weights_by_one_bit(Precision precision)
    {
        var spec = new RunSpec(new Architecture(1000, [5], Activation.Tanh), Initializer.He, new TrainingOptions { Precision = precision });
        double[] run = spec.DrawParameters().Weights[0];
        double[] shadow = (spec with { Shadow = 1 }).DrawParameters().Weights[0];
        int moved = 0;
        for (int i = 0; i < run.Length; i++)
        {
            double next = precision == Precision.Double ? Math.BitIncrement(run[i]) : MathF.BitIncrement((float)run[i]);
            Assert.True(shadow[i] == run[i] || shadow[i] == next);
            moved += shadow[i] == next ? 1 : 0;
        }

        Assert.InRange(moved, 2350, 2650);
        Assert.False(shadow.AsSpan().SequenceEqual((spec with { Shadow = 2 }).DrawParameters().Weights[0]));
        Assert.All((spec with { Initializer = Initializer.Zeros, Shadow = 1 }).DrawParameters().Weights[0], weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void A_chaotic_training_parts_from_its_shadows_and_a_calm_one_does_not()
    {
        Dataset pets = GeneratedSets.Parse("pets:40:1", 1);
        var architecture = new Architecture(pets.FeatureCount, [5, 5], Activation.Tanh);
        Horizon wild = HorizonAt(0.05), calm = HorizonAt(0.0001);
        Assert.InRange(wild.PartsAt!.Value, 5, 299);
        Assert.InRange(wild.TrustedDigits(wild.PartsAt.Value), 0, 1);
        Assert.InRange(wild.TrustedDigits(0), 10, 16);
        Assert.Null(calm.PartsAt);
        Assert.InRange(calm.TrustedDigits(299), 8, 16);
        Assert.True(wild.Costs.Upper[wild.PartsAt.Value] > 1.01 * wild.Costs.Lower[wild.PartsAt.Value]);

        Horizon HorizonAt(double rate)
        {
            var spec = new RunSpec(architecture, Initializer.He, new TrainingOptions { LearningRate = rate, Iterations = 300 });
            return Comparison.Run([spec], PreparedData.Prepare(pets, architecture, spec.Training), shadows: 6).Starts[0].Horizon!;
        }
    }

    [Fact]
    public void Seeds_are_the_trainings_of_those_seeds()
    {
        RunSpec[] specs = [.. new[] { Initializer.He, Initializer.Xavier }.Select(start => new RunSpec(Small, start, new TrainingOptions { Iterations = 50 }, Seed: 5))];
        Comparison comparison = Comparison.Run(specs, PreparedData.Prepare(Moons, Small, specs[0].Training), Moons, shadows: 2, seeds: 3, new Execution { Threads = 2 });
        for (int start = 0; start < 2; start++)
        {
            double[] expected = [.. Enumerable.Range(5, 3).Select(seed => Trainings.Run(specs[start] with { Seed = (uint)seed }, Moons).Record.Costs[^1])];
            Assert.Equal(expected, comparison.Starts[start].Seeds!.FinalCosts);
            Assert.Equal(expected.Order().ElementAt(1), comparison.Starts[start].Seeds!.FinalCost.Median);
            Assert.Equal(2, comparison.Starts[start].Horizon!.FinalCosts.Count);
        }
    }

    [Fact]
    public void Without_shadows_and_seeds_there_are_no_statistics()
    {
        var spec = new RunSpec(Small, Initializer.He, new TrainingOptions { Iterations = 5 });
        ComparedStart start = Comparison.Run([spec], PreparedData.Prepare(Moons, Small, spec.Training)).Starts[0];
        Assert.Null(start.Horizon);
        Assert.Null(start.Seeds);
    }

    [Fact]
    public void A_diverged_seed_counts_as_an_infinite_cost()
    {
        var spec = new RunSpec(new Architecture(2, [8, 8, 8], Activation.Relu), Initializer.He, new TrainingOptions { Iterations = 60, LearningRate = 1e80 });
        SeedStatistics seeds = Comparison.Run([spec], PreparedData.Prepare(Moons, spec.Architecture, spec.Training), seeds: 4).Starts[0].Seeds!;
        Assert.Equal(4, seeds.Diverged);
        Assert.Equal(double.PositiveInfinity, seeds.FinalCost.Median);
        Assert.Null(seeds.TrainAccuracy);
    }
}
