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
