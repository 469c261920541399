using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class TreatmentTests
{
    /// <summary>The classic experiment: 5-5-1 units, tanh, rate 0.01, 1,000 iterations.</summary>
    [Theory]
    [InlineData("zeros")]
    [InlineData("random:10")]
    [InlineData("he")]
    [InlineData("xavier")]
    public void On_cat_and_dog_pictures_costs_fall_without_a_rise_and_no_picture_more_is_mistaken(string start)
    {
        Dataset data = DataSource.Load(Repository.CatsAndDogs(), 1, new DataOptions()).Data;
        var network = new Architecture(data.FeatureCount, [5, 5], Activation.Tanh);
        var options = new TrainingOptions();
        PreparedData prepared = PreparedData.Prepare(data, network, options);
        Diagnosis seen = Diagnosis.Of([new RunSpec(network, Initializer.Parse(start), options)], prepared)[0];
        Treatment treated = Treatment.Of(seen, prepared, null, new Execution())!;
        Assert.True(treated.Helps);
        double[] costs = treated.After.Record.Costs;
        Assert.All(costs.Zip(costs.Skip(1)), pair => Assert.True(pair.Second < pair.First));
        Assert.True(treated.After.Record.TrainAccuracy >= treated.Before.Record.TrainAccuracy);
        Assert.Equal(Outlook.WillTrain, treated.Diagnosis.Outlook);
        Assert.Equal(Scaling.Center, treated.Advice.Scaling);
    }

    [Theory]
    [InlineData("16,16", "tanh", "zeros", 0.1, 500)]
    [InlineData("16,16", "relu", "random:10", 0.1, 500)]
    [InlineData("16,16", "tanh", "xavier", 0.0001, 500)]
    [InlineData("16,16", "selu", "xavier", 3, 500)]
    [InlineData("16,16", "tanh", "xavier", 3, 500)]
    [InlineData("16,16,16,16,16,16,16,16,16,16", "sigmoid", "xavier", 0.05, 500)]
    public void Advice_helps_and_settles(string hidden, string activation, string start, double rate, int iterations)
    {
        DiagnosedNetwork network = Moons(hidden, activation, start, rate, iterations);
        Treatment treated = Treatment.Of(network.Diagnose(), network.Prepared, null, new Execution())!;
        Assert.True(treated.Helps);
        Assert.Equal(Outlook.WillTrain, treated.Diagnosis.Outlook);
        RunSpec advised = treated.Advice.Apply(network.Spec), trained = treated.After.Spec;
        Assert.Equal((advised.Initializer.Name, advised.Training, advised.Architecture.HiddenActivation), (trained.Initializer.Name, trained.Training, trained.Architecture.HiddenActivation));
    }

    [Fact]
    public void Both_trainings_start_from_the_same_seed_and_stream()
    {
        DiagnosedNetwork network = Moons("8", "tanh", "zeros", 0.1, 300);
        Diagnosis seen = Diagnosis.Of([network.Spec with { Seed = 7, Random = "pytorch" }], network.Prepared)[0];
        Treatment treated = Treatment.Of(seen, network.Prepared, network.Data, new Execution())!;
        Assert.Equal((7u, "pytorch"), (treated.Before.Spec.Seed, treated.Before.Spec.Random));
        Assert.Equal((7u, "pytorch"), (treated.After.Spec.Seed, treated.After.Spec.Random));
        Assert.NotNull(treated.After.TestAccuracy);
    }

    [Fact]
    public void A_calm_training_needs_no_treatment()
    {
        DiagnosedNetwork network = Moons("16", "tanh", "xavier", 0.1, 1000);
        Assert.Null(Treatment.Of(network.Diagnose(), network.Prepared, null, new Execution()));
    }

    [Fact]
    public void Where_nothing_helps_that_is_said()
    {
        DiagnosedNetwork network = Moons("none", "tanh", "xavier", 0.001, 20) with { Data = GeneratedSets.Parse("circles:100", 1) };
        Treatment treated = Treatment.Of(network.Diagnose(), network.Prepared, null, new Execution())!;
        Assert.False(treated.Helps);
    }

    [Fact]
    public void Samples_that_are_all_equal_cannot_be_treated_to_anything()
    {
        DiagnosedNetwork network = Moons("4", "tanh", "xavier", 0.1, 20) with { Data = DiagnosedNetwork.Cloud(change: x => x.AsSpan().Fill(1)) };
        Assert.Null(Treatment.Of(network.Diagnose(), network.Prepared, null, new Execution()));
    }

    [Fact]
    public void It_can_be_ended_early_at_any_time()
    {
        DiagnosedNetwork network = Moons("8", "tanh", "zeros", 0.1, 300);
        Diagnosis seen = network.Diagnose();
        using var before = new CancellationTokenSource();
        before.Cancel();
        Assert.Throws<OperationCanceledException>(() => Treatment.Of(seen, network.Prepared, null, new Execution(), before.Token));

        using var during = new CancellationTokenSource();
        var execution = new Execution { Progress = new Canceling(during) };
        Assert.Throws<OperationCanceledException>(() => Treatment.Of(seen, network.Prepared, null, execution, during.Token));
    }

    private static DiagnosedNetwork Moons(string hidden, string activation, string start, double rate, int iterations) =>
        new(GeneratedSets.Parse("moons:100", 1), hidden == "none" ? [] : [.. hidden.Split(',').Select(int.Parse)])
        {
            Activation = Activation.Parse(activation),
            Start = Initializer.Parse(start),
            Training = new TrainingOptions { Scaling = Scaling.Standardize, LearningRate = rate, Iterations = iterations },
        };

    private sealed class Canceling(CancellationTokenSource source) : IProgress<TrainingProgress>
    {
        public void Report(TrainingProgress value) => source.Cancel();
    }
}
