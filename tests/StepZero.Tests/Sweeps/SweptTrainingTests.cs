using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Sweeps;

public class SweptTrainingTests
{
    private static readonly Dataset Moons = GeneratedSets.Parse("moons:60:0.2", 1);

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    [InlineData(64)]
    [InlineData(65)]
    [InlineData(1000)]
    public void A_curve_holds_the_cost_at_each_of_its_iterations(int iterations)
    {
        (RunResult result, SweptTraining kept) = Train(new TrainingOptions { Iterations = iterations, LearningRate = 0.1 });
        int[] at = SweptTraining.CurveAt(iterations);
        Assert.Equal(Math.Min(65, iterations + 1), at.Length);
        Assert.Equal((0, iterations), (at[0], at[^1]));
        Assert.Equal(at.Select(t => (float)(t == iterations ? result.Record.TrainCost!.Value : result.Record.Costs[t])), kept.Curve);
        Assert.Equal((7L, RunStatus.Completed, result.Record.TrainCost!.Value, iterations, iterations), (kept.Index, kept.Status, kept.Cost, kept.Iterations, kept.Made));
        Assert.Equal((result.Record.TrainAccuracy, result.TestCost, result.TestAccuracy), (kept.TrainAccuracy, kept.TestCost, kept.TestAccuracy));
    }

    [Fact]
    public void The_curve_of_a_training_that_diverges_ends_there()
    {
        (RunResult result, SweptTraining kept) = Train(new TrainingOptions { Iterations = 200, LearningRate = 1000 }, Loss.Mse);
        int made = result.Record.DivergedAt!.Value;
        Assert.Equal((RunStatus.Diverged, double.PositiveInfinity, made, 200), (kept.Status, kept.Cost, kept.Made, kept.Iterations));
        Assert.InRange(made, 10, 190);
        Assert.Null(kept.TrainAccuracy);
        Assert.Equal(SweptTraining.CurveAt(200).TakeWhile(t => t < made).Select(t => (float)result.Record.Costs[t]), kept.Curve);
    }

    /// <summary>Features as large as these make the outputs infinite, and their differences no numbers.</summary>
    [Fact]
    public void A_test_cost_that_is_no_number_counts_as_infinite()
    {
        (RunResult result, _) = Train(new TrainingOptions { Iterations = 5 });
        SweptTraining kept = SweptTraining.Of(7, result with { TestCost = double.NaN }, Moons.SampleCount);
        Assert.Equal(double.PositiveInfinity, kept.TestCost);
        Assert.Equal(result.Record.TrainCost, kept.Cost);
    }

    /// <summary>One that diverges is worse than all others, whatever it came to before.</summary>
    [Fact]
    public void A_training_that_diverges_after_its_target_has_not_reached_it()
    {
        var training = new TrainingOptions { Iterations = 200, LearningRate = 1000, Target = TrainingTarget.Parse("cost:10") };
        (RunResult result, SweptTraining kept) = Train(training, Loss.Mse);
        Assert.Equal((RunStatus.Diverged, (int?)0), (result.Record.Status, result.Record.ReachedAt));
        Assert.Null(kept.ReachedAt);
        Assert.Equal(0, Train(training with { LearningRate = 0.01 }, Loss.Mse).Kept.ReachedAt);
    }

    [Fact]
    public void With_batches_a_curve_holds_the_costs_of_epochs()
    {
        (RunResult result, SweptTraining kept) = Train(new TrainingOptions { Iterations = 60, BatchSize = 20, LearningRate = 0.1 });
        double[] epochs = result.Record.EpochCosts!;
        int[] at = SweptTraining.CurveAt(60);
        Assert.Equal(61, kept.Curve.Length);
        Assert.Equal((float)result.Record.StartCost!, kept.Curve[2]);
        Assert.Equal(at.Skip(3).SkipLast(1).Select(t => (float)epochs[(t / 3) - 1]), kept.Curve[3..^1]);
        Assert.Equal((float)result.Record.TrainCost!, kept.Curve[^1]);
    }

    private static (RunResult Result, SweptTraining Kept) Train(TrainingOptions training, Loss loss = Loss.BinaryCrossEntropy)
    {
        RunResult result = Trainings.Run(new RunSpec(new Architecture(2, [4], Activation.Tanh, loss), Initializer.Xavier, training), Moons, Moons);
        return (result, SweptTraining.Of(7, result, Moons.SampleCount));
    }
}
