using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class StepFindingsTests
{
    /// <summary>On a quadratic the limits of the textbook are exact: 1% above it costs grow without end, 1% below they fall.</summary>
    [Theory]
    [InlineData("gd", 0)]
    [InlineData("gd", 0.3)]
    [InlineData("momentum:beta=0.9", 0)]
    [InlineData("momentum:beta=0.5", 0)]
    [InlineData("momentum:beta=0.9", 0.3)]
    [InlineData("nesterov:beta=0.9", 0)]
    [InlineData("nesterov:beta=0.5", 0)]
    [InlineData("nesterov:beta=0.5", 0.3)]
    public void A_rule_is_stable_up_to_the_sharpness_that_is_said_and_not_beyond(string optimizer, double decay)
    {
        Dataset data = DiagnosedNetwork.Cloud();
        data = data.WithTargets([.. Enumerable.Range(0, data.SampleCount).Select(i => (i % 7) - 3.0)]);
        var network = new Architecture(data.FeatureCount, [], Activation.Tanh, Loss.Mse);
        var options = new TrainingOptions { Scaling = Scaling.None, Optimizer = Optimizer.Parse(optimizer), WeightDecay = decay };
        double sharpness = new Sharpness(Start(options)).Measure();
        double stable = (StepFindings.SharpnessLimit(options with { LearningRate = 1 })!.Value + decay) / (sharpness + decay);
        Assert.Equal(sharpness, StepFindings.SharpnessLimit(options with { LearningRate = stable })!.Value, 1e-9);
        Assert.True(Cost(1.01) > 1e6, $"{Cost(1.01)}");
        Assert.True(Cost(0.99) < 5, $"{Cost(0.99)}");

        Trainer Start(TrainingOptions training) => PreparedData.Prepare(data, network, training).StartTrainer(network, new Parameters(network), training.LearningRate, 1);

        double Cost(double share)
        {
            Trainer trainer = Start(options with { LearningRate = stable * share });
            for (int step = 0; step < 3000 && trainer.Cost() < 1e12; step++)
            {
                trainer.Step();
            }

            return trainer.Cost();
        }
    }

    /// <summary>A schedule changes the rate, and with it what is stable, but not what weight decay adds to the sharpness.</summary>
    [Theory]
    [InlineData("gd", 0.1, 40 - 0.3)]
    [InlineData("momentum:beta=0.5", 0.5, 12 - 0.3)]
    [InlineData("gd", 0, double.PositiveInfinity)]
    public void A_schedule_moves_the_limit(string optimizer, double factor, double limit) =>
        Assert.Equal(limit, StepFindings.SharpnessLimit(new TrainingOptions { LearningRate = 0.5, WeightDecay = 0.3, Optimizer = Optimizer.Parse(optimizer) }, factor)!.Value, 1e-12);

    /// <summary>With 10,000 updates to go a cosine has hardly begun where patience was over; it does not end there.</summary>
    [Fact]
    public void A_schedule_goes_on_behind_the_update_where_patience_was_over()
    {
        Diagnosis seen = (new DiagnosedNetwork(DiagnosedNetwork.Cloud(), []) { Training = new() { Iterations = 10_000, LearningRate = 1, Schedule = LearningRateSchedule.Parse("cosine") } }).Diagnose();
        seen = seen with { Probe = new Probe([1, 2, 3, 4], 4, false, [new(0, 1), new(3, 2.5)]) };
        Assert.Equal(2.5, Assert.Single(StepFindings.Of(seen, 40), finding => finding.Rule == FindingRule.Sharpness).Measured);
    }

    [Theory]
    [InlineData("adam", null)]
    [InlineData("rmsprop", null)]
    [InlineData("gd", 1.0)]
    public void Rules_that_rescale_gradients_have_no_limit(string optimizer, double? clip) =>
        Assert.Null(StepFindings.SharpnessLimit(new TrainingOptions { Optimizer = Optimizer.Parse(optimizer), ClipNorm = clip }));

    /// <summary>Where costs run away so does the sharpness: a rate for that one would be far too small for the valley of the start.</summary>
    [Fact]
    public void The_rate_advised_after_a_divergence_is_half_of_what_is_stable_where_the_cost_was_small()
    {
        var network = new DiagnosedNetwork(DiagnosedNetwork.Cloud(), [8])
        {
            Loss = Loss.Mse,
            Training = new TrainingOptions { Scaling = Scaling.None, LearningRate = 30, Iterations = 500 },
        };
        Diagnosis seen = network.Diagnose();
        Finding diverged = Assert.Single(seen.Findings, finding => finding.Rule == FindingRule.Divergence);
        double first = seen.Probe.Sharpness[0].Value;
        Assert.True(seen.Probe.Largest!.Value.Value > 1e3 * first, $"{seen.Probe.Largest} {first}");
        Assert.Equal(Said.RoundDown(1 / first), diverged.Advice!.LearningRate);
        Diagnosis after = (network with { Training = diverged.Advice.Apply(seen.Spec).Training }).Diagnose();
        Assert.Equal(0, after.Probe.RisingShare);
    }

    /// <summary>A linear model at its best answer gets no better with time, and what it lacks is no option that advice may change.</summary>
    [Fact]
    public void A_cost_that_came_down_and_stands_still_is_not_short_of_time()
    {
        var line = new DiagnosedNetwork(DiagnosedNetwork.Cloud(label: i => i % 2), [])
        {
            Start = Initializer.RandomNormal(1),
            Training = new TrainingOptions { Scaling = Scaling.None, LearningRate = 1, Iterations = 2000 },
        };
        Finding still = Assert.Single(line.Diagnose().Findings, finding => finding.Rule == FindingRule.Plateau);
        Assert.StartsWith("the cost hardly falls any more: it is ", still.Text, StringComparison.Ordinal);
        Assert.Null(still.Advice);
        Diagnosis early = (line with { Training = line.Training with { LearningRate = 1, Iterations = 12 } }).Diagnose();
        Assert.Equal(60, Assert.Single(early.Findings, finding => finding.Rule == FindingRule.ShortBudget).Advice!.Rounds);
    }

    [Fact]
    public void Units_that_large_features_saturate_from_the_best_start_are_helped_by_smaller_ones()
    {
        Finding saturated = Assert.Single(
            new DiagnosedNetwork(DiagnosedNetwork.Cloud(scale: 6), [8]).Diagnose().Findings, finding => finding.Rule == FindingRule.Saturation);
        Assert.Equal(Scaling.Standardize, saturated.Advice!.Scaling);
        Assert.Null(saturated.Advice.Initializer);
    }
}
