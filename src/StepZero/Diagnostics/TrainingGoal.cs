using StepZero.Data;
using StepZero.Networks;

namespace StepZero.Diagnostics;

/// <summary>
/// What it means that a network trains: within its budget of updates every cost is finite, and the last is below half of the smaller of the first cost and
/// the cost of the best constant answer.
/// </summary>
/// <param name="ConstantCost">The cost of the best answer that is the same for all samples: the entropy of the classes, or the variance of the numbers; 0 or more.</param>
public readonly record struct TrainingGoal(double ConstantCost)
{
    /// <summary>The share of the smaller cost that the last one has to be below.</summary>
    public const double Share = 0.5;

    /// <summary>The goal for a network of this loss on these samples.</summary>
    /// <param name="loss">The loss.</param>
    /// <param name="data">The samples, at least one.</param>
    /// <exception cref="StepZeroException">The loss does not fit the targets.</exception>
    public static TrainingGoal Of(Loss loss, Dataset data)
    {
        Targets.Check(loss, data);
        double m = data.SampleCount;
        switch (loss)
        {
            case Loss.CrossEntropy: return new TrainingGoal(Entropy(data.CountClasses()));
            case Loss.BinaryCrossEntropy:
                int positives = Enumerable.Range(0, data.SampleCount).Count(data.IsPositive);
                return new TrainingGoal(Entropy([positives, data.SampleCount - positives]));
            default:
                // The mean of equal numbers may be rounded off them, so that they seem to vary.
                double[] targets = data.NumbersToPredict();
                double mean = Array.TrueForAll(targets, target => target == targets[0]) ? targets[0] : targets.Average();
                return new TrainingGoal(targets.Average(target => (target - mean) * (target - mean)));
        }

        double Entropy(int[] counts) => counts.Where(count => count > 0).Sum(count => -count / m * Math.Log(count / m));
    }

    /// <summary>What the last cost has to be below.</summary>
    /// <param name="firstCost">The cost of the untouched weights.</param>
    public double Target(double firstCost) => Share * Math.Min(firstCost, ConstantCost);

    /// <summary>Whether a training with these costs reached it.</summary>
    /// <param name="costs">costs[t] is the cost before update t; at least one.</param>
    public bool IsReached(IReadOnlyList<double> costs) => costs.All(double.IsFinite) && costs[^1] < Target(costs[0]);
}
