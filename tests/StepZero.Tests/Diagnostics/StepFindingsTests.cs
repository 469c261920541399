using StepZero.Data;
using StepZero.Diagnostics;
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

    [Theory]
    [InlineData("adam", null)]
    [InlineData("rmsprop", null)]
    [InlineData("gd", 1.0)]
    public void Rules_that_rescale_gradients_have_no_limit(string optimizer, double? clip) =>
        Assert.Null(StepFindings.SharpnessLimit(new TrainingOptions { Optimizer = Optimizer.Parse(optimizer), ClipNorm = clip }));
}
