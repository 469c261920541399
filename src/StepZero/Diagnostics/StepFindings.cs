using StepZero.Data;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>What the first steps show: steps too long, too short, or too few.</summary>
internal static class StepFindings
{
    public static IEnumerable<Finding> Of(Diagnosis seen)
    {
        Probe probe = seen.Probe;
        TrainingOptions training = seen.Spec.Training;
        bool batches = seen.Spec.Training.BatchSize is not null;
        double? limit = SharpnessLimit(training);
        if (probe.Costs.Count == 0)
        {
            yield break;
        }

        if (probe.Diverged)
        {
            yield return new Finding(
                FindingRule.Divergence, null, probe.Costs.Count, probe.Budget, $"the cost is not finite after {Said.Count(probe.Costs.Count, "update")}", Calmer(seen));
        }

        bool sharp = !batches && limit is double most && probe.Largest is SharpnessAt at && at.Value > most;
        if (sharp)
        {
            SharpnessAt first = probe.Sharpness.First(one => one.Value > limit!.Value);
            yield return new Finding(
                FindingRule.Sharpness, null, probe.Largest!.Value.Value, limit!.Value,
                $"the sharpness is {Said.Number(probe.Sharpness[0].Value)} at the start and {Said.Number(first.Value)} after {Said.Count(first.Iteration, "update")}, above {Said.Number(limit.Value)}, up to which this learning rate is stable",
                Calmer(seen));
        }

        if (!batches && !probe.Diverged && probe.RisingShare > FindingRule.RisingCost.Limit)
        {
            yield return new Finding(
                FindingRule.RisingCost, null, probe.RisingShare, FindingRule.RisingCost.Limit, $"the cost rises with {Said.Percent(probe.RisingShare)} of the first {Said.Count(probe.Costs.Count, "update")}", Calmer(seen));
        }

        Forecast forecast = seen.Forecast;
        if (probe.Diverged || forecast.Probability >= 0.5)
        {
            yield break;
        }

        string end = $"{(probe.IsWhole ? "is" : "is foretold to be")} {Said.Number(forecast.Cost)} after {Said.Count(probe.Budget, "update")}; it has to be below {Said.Number(forecast.Target)}";
        double room = limit is double rateLimit && probe.Largest is SharpnessAt largest && largest.Value > 0 ? rateLimit / largest.Value : double.NaN;
        bool falls = forecast.Cost < probe.Costs[0] * 0.99;
        if (room > FindingRule.SmallSteps.Limit)
        {
            double rate = Said.RoundDown(training.LearningRate * room / 2);
            yield return new Finding(
                FindingRule.SmallSteps, null, room, FindingRule.SmallSteps.Limit,
                $"the steps are {Said.Number(room)} times shorter than stable ones, and the cost {end}", new Advice("longer steps that are still stable") { LearningRate = rate });
        }

        yield return new Finding(
            falls ? FindingRule.ShortBudget : FindingRule.Plateau, null, forecast.Cost, forecast.Target, falls ? $"the cost {end}" : $"the cost hardly falls: it {end}",
            falls && !sharp ? new Advice("more time") { Rounds = Longer(training) } : null);
    }

    /// <summary>The sharpness up to which a rule of updates is stable in a quadratic valley; null for those that rescale each coordinate.</summary>
    internal static double? SharpnessLimit(TrainingOptions training)
    {
        double beta = training.Optimizer.Momentum;
        return training.Optimizer.HasDualForm && training.ClipNorm is null
            ? (training.Optimizer.IsNesterov ? (2 + (2 * beta)) / (1 + (2 * beta)) : 2 * (1 + beta)) / training.LearningRate
            : null;
    }

    private static Advice Calmer(Diagnosis seen)
    {
        if (seen.Data.MeanShare > FindingRule.Offset.Limit)
        {
            return new Advice("without what all samples share, this rate is calmer") { Scaling = Scaling.Center };
        }

        double limit = SharpnessLimit(seen.Spec.Training) ?? double.NaN, largest = seen.Probe.Largest?.Value ?? double.NaN;
        double factor = limit / largest / 2 is double known and < 1 ? Math.Max(known, 1e-3) : 0.2;
        return new Advice("shorter steps, and more of them") { LearningRate = Said.RoundDown(seen.Spec.Training.LearningRate * factor), Rounds = Longer(seen.Spec.Training) };
    }

    private static int Longer(TrainingOptions training) => (int)Math.Min(int.MaxValue, 5L * (training.Epochs ?? training.Iterations));
}
