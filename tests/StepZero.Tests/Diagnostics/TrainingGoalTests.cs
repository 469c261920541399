using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Networks;

namespace StepZero.Tests.Diagnostics;

public sealed class TrainingGoalTests
{
    [Fact]
    public void The_best_constant_answer_has_the_entropy_or_the_variance_as_its_cost()
    {
        Dataset three = Dataset.FromValues("d", [1, 2, 3, 4], 1, [0, 0, 1, 2], ["a", "b", "c"]).WithPositive("b");
        Assert.Equal(1.5 * Math.Log(2), TrainingGoal.Of(Loss.CrossEntropy, three).ConstantCost, 1e-15);
        Assert.Equal(-(0.25 * Math.Log(0.25)) - (0.75 * Math.Log(0.75)), TrainingGoal.Of(Loss.BinaryCrossEntropy, three).ConstantCost, 1e-15);
        Assert.Equal(0.1875, TrainingGoal.Of(Loss.Mse, three).ConstantCost, 1e-15);
        Assert.Equal(1.25, TrainingGoal.Of(Loss.Mse, three.WithTargets([1, 2, 3, 4])).ConstantCost, 1e-15);
        Assert.Equal(0, TrainingGoal.Of(Loss.CrossEntropy, three.Select([0, 1])).ConstantCost);
    }

    [Fact]
    public void A_training_reaches_it_below_half_of_the_smaller_cost_with_every_cost_finite()
    {
        var goal = new TrainingGoal(0.6);
        Assert.Equal(0.3, goal.Target(5));
        Assert.Equal(0.25, goal.Target(0.5));
        Assert.True(goal.IsReached([5, 9, 0.29]));
        Assert.False(goal.IsReached([5, 0.1, 0.31]));
        Assert.False(goal.IsReached([0.5, 0.26]));
        Assert.False(goal.IsReached([5, double.NaN, 0.1]));
        Assert.False(goal.IsReached([5, double.PositiveInfinity]));
    }
}
