using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class ProbeTests
{
    [Theory]
    [InlineData("gd", null, Precision.Double, TrainingForm.Auto)]
    [InlineData("gd", 50, Precision.Double, TrainingForm.Primal)]
    [InlineData("momentum", null, Precision.Double, TrainingForm.Dual)]
    [InlineData("adam", null, Precision.Single, TrainingForm.Primal)]
    [InlineData("adam", 32, Precision.Double, TrainingForm.Primal)]
    public void Its_costs_are_those_of_the_training(string optimizer, int? batch, Precision precision, TrainingForm form)
    {
        var options = new TrainingOptions
        {
            LearningRate = 0.05,
            Iterations = 150,
            Optimizer = Optimizer.Parse(optimizer),
            BatchSize = batch,
            Precision = precision,
            Form = form,
        };
        (PreparedData data, RunSpec spec) = Moons(options, 8, 8);
        Probe probe = ProbeOf(spec, data);
        Assert.Equal(Trainings.Run([spec], data)[0].Record.Costs, probe.Costs);
        Assert.Equal((150, true, false), (probe.Budget, probe.IsWhole, probe.Diverged));
    }

    [Fact]
    public void Of_a_long_training_it_makes_as_many_steps_as_their_work_allows()
    {
        (PreparedData data, RunSpec spec) = Moons(new TrainingOptions { LearningRate = 0.05, Iterations = 1_000_000 }, 60, 60, 60);

        // 500 samples: 2·2·60 + 3·60·60 + 3·60·60 + 3·60·1 multiply-adds and 181 tanh of 100 each, and 50,000 for the step.
        double work = 50_000 + (500.0 * ((2 * 2 * 60) + (3 * 60 * 60 * 2) + (3 * 60) + (181 * 100)));
        Probe probe = ProbeOf(spec, data);
        Assert.Equal((int)(6e9 / work), probe.Costs.Count);
        Assert.False(probe.IsWhole);
        Assert.Equal(Trainings.Run([spec with { Training = spec.Training with { Iterations = probe.Costs.Count } }], data)[0].Record.Costs, probe.Costs);
    }

    [Fact]
    public void Of_a_network_too_large_it_makes_twelve()
    {
        (PreparedData data, RunSpec spec) = Moons(new TrainingOptions { LearningRate = 0.05, Iterations = 100 }, 700, 700);
        Probe probe = ProbeOf(spec, data);
        Assert.Equal(12, probe.Costs.Count);
        Assert.NotEmpty(probe.Sharpness);
    }

    [Theory]
    [InlineData("relu", 25)]
    [InlineData("leaky_relu:0.01", 25)]
    [InlineData("tanh", 100)]
    public void Work_is_counted_by_layers_samples_and_form(string activation, double each)
    {
        var network = new Architecture(7, [5, 3], Activation.Parse(activation));
        double rest = (3 * 5 * 3) + (3 * 3 * 1) + (each * (5 + 3 + 1));
        Assert.Equal(50_000 + (40 * ((2 * 7 * 5) + rest)), Probing.WorkOf(network, 40, 40, TrainingForm.Primal));
        Assert.Equal(50_000 + (40 * ((40 * 5) + rest)), Probing.WorkOf(network, 40, 40, TrainingForm.Dual));
        Assert.Equal(50_000 + (10 * ((40 * 5) + rest)), Probing.WorkOf(network, 10, 40, TrainingForm.Dual));
    }

    /// <summary>Their first update throws the weights so far that sines are taken one by one.</summary>
    [Theory]
    [InlineData("sin", false)]
    [InlineData("hardtanh", true)]
    public void Fewer_steps_are_made_of_sines_that_run_away(string activation, bool isWhole)
    {
        Dataset moons = DataSource.Load("moons:200", 1, new DataOptions()).Data;
        var network = new Architecture(2, [10, 10, 10, 10, 10, 10], Activation.Parse(activation));
        var spec = new RunSpec(network, Initializer.Parse("random:100"), new TrainingOptions { Iterations = 1000 });
        Probe probe = ProbeOf(spec, PreparedData.Prepare(moons, network, spec.Training));
        Assert.Equal(isWhole, probe.IsWhole);
        Assert.InRange(probe.Costs.Count, 13, isWhole ? 1000 : 500);
    }

    [Fact]
    public void Early_stopping_ends_it_where_it_ends_the_training()
    {
        var options = new TrainingOptions { LearningRate = 3, Iterations = 2000, EarlyStopping = EarlyStopping.Parse("5:held=0.3") };
        Dataset all = DataSource.Load("moons:80:0.4", 1, new DataOptions()).Data;
        var network = new Architecture(2, [16], Activation.Tanh);
        var spec = new RunSpec(network, Initializer.Xavier, options);
        (Dataset train, Dataset held) = options.EarlyStopping.Divide(all, spec.Seed);
        PreparedData data = PreparedData.Prepare(train, network, options, 1, held);
        double[] costs = Trainings.Run([spec], data)[0].Record.Costs;
        Probe probe = ProbeOf(spec, data);
        Assert.InRange(costs.Length, 6, 1999);
        Assert.Equal(costs, probe.Costs);
        Assert.True(probe.IsWhole);
    }

    [Fact]
    public void Weights_that_are_no_numbers_diverge_before_the_first_update()
    {
        (PreparedData data, RunSpec spec) = Moons(new TrainingOptions { Iterations = 100 }, 4);
        Parameters parameters = spec.DrawParameters(data);
        parameters.Weights[0][1] = double.NaN;
        Probe probe = Probing.Of(spec, data, parameters, null, CancellationToken.None);
        Assert.Equal((0, true, true, 0), (probe.Costs.Count, probe.Diverged, probe.IsWhole, probe.Sharpness.Count));
    }

    [Fact]
    public void Its_sharpness_is_the_largest_eigenvalue_along_the_training()
    {
        (PreparedData data, RunSpec spec) = Moons(new TrainingOptions { LearningRate = 0.5, Iterations = 40 }, 6, 6);
        Probe probe = ProbeOf(spec, data);
        Assert.Equal([0, 1, 2, 3, 4, 5, 7, 10, 15, 20, 30], probe.Sharpness.Select(at => at.Iteration));
        Trainer trainer = data.StartTrainer(spec.Architecture, spec.DrawParameters(data));
        foreach (SharpnessAt at in probe.Sharpness)
        {
            while (trainer.Iteration < at.Iteration)
            {
                trainer.Step();
            }

            double exact = Curvature.Of(data, spec.Architecture, trainer.CopyParameters()).Largest[0];
            Assert.Equal(exact, at.Value, 2e-3 * exact);
        }
    }

    [Fact]
    public void It_is_the_same_each_time_and_beside_others()
    {
        (PreparedData data, RunSpec spec) = Moons(new TrainingOptions { LearningRate = 0.5, Iterations = 200 }, 6, 6);
        Probe probe = ProbeOf(spec, data);
        RunSpec[] several = [spec, spec with { Seed = 2 }, spec with { Seed = 3 }, spec];
        IReadOnlyList<Diagnosis> diagnoses = Diagnosis.Of(several, data, 3);
        Assert.All([diagnoses[0].Probe, diagnoses[3].Probe], one =>
        {
            Assert.Equal(probe.Costs, one.Costs);
            Assert.Equal(probe.Sharpness, one.Sharpness);
        });
        Assert.NotEqual(probe.Costs, diagnoses[1].Probe.Costs);
    }

    [Fact]
    public void A_share_of_updates_raises_the_cost()
    {
        Assert.Equal(0.5, new Probe([1, 2, 1, 1 + 1e-12, 3], 5, false, []).RisingShare);
        Assert.Equal(0, new Probe([1], 5, false, []).RisingShare);
    }

    /// <summary>In single precision a cost that has settled goes up and down by 1e-7 of itself, and one that is nothing any more by as much as it is.</summary>
    [Fact]
    public void Rounding_raises_no_cost()
    {
        Assert.Equal(0, new Probe([1, 0.5, 0.5 * (1 + 3e-7)], 5, false, []).RisingShare);
        Assert.Equal(0.5, new Probe([1, 0.5, 0.5 * (1 + 3e-6)], 5, false, []).RisingShare);
        Assert.Equal(0, new Probe([1, 1e-10, 2e-10], 5, false, []).RisingShare);
        Assert.Equal(0.5, new Probe([1, 1e-7, 2e-7], 5, false, []).RisingShare);
        Assert.Equal(0.5, new Probe([1e-20, 1e-27, 2e-27], 5, false, []).RisingShare);
    }

    [Theory]
    [InlineData(800, 1)]
    [InlineData(900, 0)]
    public void Sharpness_that_needs_more_than_half_a_gigabyte_is_left_out(int units, int measured)
    {
        Dataset data = DataSource.Load("moons:20000", 1, new DataOptions()).Data;
        var network = new Architecture(2, [units], Activation.Relu);
        var options = new TrainingOptions { Iterations = 1 };
        Assert.Equal(measured, ProbeOf(new RunSpec(network, Initializer.He, options), PreparedData.Prepare(data, network, options)).Sharpness.Count);
    }

    private static Probe ProbeOf(RunSpec spec, PreparedData data) => Probing.Of(spec, data, spec.DrawParameters(data), null, CancellationToken.None);

    private static (PreparedData Data, RunSpec Spec) Moons(TrainingOptions options, params int[] hidden)
    {
        Dataset data = DataSource.Load("moons", 1, new DataOptions()).Data;
        var network = new Architecture(2, hidden, Activation.Tanh);
        return (PreparedData.Prepare(data, network, options), new RunSpec(network, Initializer.Xavier, options, 5));
    }
}
