using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>What the first steps show: steps too long, too short, or too few.</summary>
internal static class StepFindings
{
    /// <summary>A rate for a stable limit of so many times the largest sharpness seen is calm, since sharpness grows along training.</summary>
    private const double Calm = 2;

    /// <summary>A cost of so many times the first one has left the valley in which the training began.</summary>
    private const double RunAway = 2;

    /// <summary>A cost that falls by less than this share has not fallen.</summary>
    private const double Still = 0.01;

    /// <summary>Where the stable rate is less than this share of the rate, the weights are at fault and not the rate.</summary>
    private const double Hopeless = 1e-6;

    /// <summary>The findings.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="samples">The training samples, which say how many updates see all of them, and how far a schedule goes.</param>
    public static IEnumerable<Finding> Of(Diagnosis seen, int samples)
    {
        Probe probe = seen.Probe;
        if (probe.Costs.Count == 0)
        {
            return [new Finding(
                FindingRule.Divergence, null, 0, probe.Budget, "the cost is not finite before the first update", StartAdvice.Of(seen, "weights of the right size keep the cost finite"))];
        }

        Finding?[] rough = [Diverged(seen), Sharp(seen, samples), Rising(seen, samples)];
        return rough.Concat(probe.Diverged || seen.Forecast.Probability >= 0.5 ? [] : Slow(seen, rough[1] is not null || rough[2] is not null)).OfType<Finding>();
    }

    /// <summary>
    /// The sharpness up to which a rule of updates is stable in a quadratic valley: that of the cost alone, to which coupled weight decay adds. Null for rules that
    /// rescale each coordinate or the whole gradient.
    /// </summary>
    /// <param name="training">The options.</param>
    /// <param name="factor">What the schedule makes of the rate; a rate of 0, at the end of one, is stable whatever the sharpness.</param>
    internal static double? SharpnessLimit(TrainingOptions training, double factor = 1)
    {
        double beta = training.Optimizer.Momentum;
        return training.Optimizer.HasDualForm && training.ClipNorm is null
            ? ((2 + (2 * beta)) / (training.Optimizer.IsNesterov ? 1 + (2 * beta) : 1) / (training.LearningRate * factor)) - training.WeightDecay
            : null;
    }

    private static Finding? Diverged(Diagnosis seen) => !seen.Probe.Diverged ? null : new Finding(
        FindingRule.Divergence, null, seen.Probe.Costs.Count, seen.Probe.Budget, $"the cost is not finite after {Said.Count(seen.Probe.Costs.Count, "update")}", Calmer(seen));

    private static Finding? Sharp(Diagnosis seen, int samples)
    {
        TrainingOptions training = seen.Spec.Training;
        SharpnessAt[] beyond = [.. seen.Probe.Sharpness.Where(one => one.Value > LimitAt(one.Iteration))];

        // Passing the limit for a while does no harm where the whole training was seen to go down all the same.
        if (beyond is [] || (seen.Probe is { IsWhole: true, Diverged: false } && !training.HasBatches(samples) && (training.Optimizer == Optimizer.GradientDescent ? seen.Probe.RisingShare : AboveFirst(seen.Probe)) == 0))
        {
            return null;
        }

        SharpnessAt start = seen.Probe.Sharpness[0], first = beyond[0], most = beyond.MaxBy(one => one.Value);
        string grown = first == start ? "" : $" and {ShortNumber.Of(first.Value)} after {Said.Count(first.Iteration, "update")}";
        return new Finding(
            FindingRule.Sharpness, null, most.Value, LimitAt(most.Iteration)!.Value,
            $"the sharpness is {ShortNumber.Of(start.Value)} at the start{grown}, above {ShortNumber.Of(LimitAt(first.Iteration)!.Value)}, up to which the learning rate is stable",
            Calmer(seen));

        double? LimitAt(int iteration) => SharpnessLimit(training, training.Schedule.FactorAt(iteration, training.UpdatesFor(samples)));
    }

    private static Finding? Rising(Diagnosis seen, int samples)
    {
        Probe probe = seen.Probe;
        double share = Swings(seen) ? AboveFirst(probe) : probe.RisingShare;
        return seen.Spec.Training.HasBatches(samples) || probe.Diverged || !(share > FindingRule.RisingCost.Limit) ? null : new Finding(
            FindingRule.RisingCost, null, share, FindingRule.RisingCost.Limit,
            Swings(seen) ? $"the cost is above the first one after {Said.Percent(share)} of the first {Said.Count(probe.Costs.Count - 1, "update")}"
                : $"the cost rises with {Said.Percent(share)} of the first {Said.Count(probe.Costs.Count - 1, "update")}",
            Calmer(seen));
    }

    /// <summary>The share of costs above the first.</summary>
    private static double AboveFirst(Probe probe) => probe.Costs.Skip(1).Count(cost => cost > probe.Costs[0] * (1 + 1e-6)) / Math.Max(1.0, probe.Costs.Count - 1);

    /// <summary>Whether costs may rise without a fault: those of rules with a memory swing, and weight decay takes back what went too far for it.</summary>
    private static bool Swings(Diagnosis seen) => seen.Spec.Training.Optimizer != Optimizer.GradientDescent || seen.Spec.Training.WeightDecay > 0;

    private static IEnumerable<Finding> Slow(Diagnosis seen, bool tooLong)
    {
        Probe probe = seen.Probe;
        Forecast forecast = seen.Forecast;
        TrainingOptions training = seen.Spec.Training;
        string end = $"{(probe.IsWhole ? "is" : "is foretold to be")} {ShortNumber.Of(forecast.Cost)} after {Said.Count(probe.Budget, "update")}; it has to be below {ShortNumber.Of(forecast.Target)}";
        double room = SharpnessLimit(training) / probe.Largest?.Value ?? double.NaN;
        if (room > FindingRule.SmallSteps.Limit && double.IsFinite(room))
        {
            yield return new Finding(
                FindingRule.SmallSteps, null, room, FindingRule.SmallSteps.Limit, $"the steps are {ShortNumber.Of(room)} times shorter than stable ones, and the cost {end}",
                new Advice("longer steps that are still stable") { LearningRate = Said.RoundDown(training.LearningRate * room / Calm) });
        }

        // A cost that came down and stood still for the second half of its time has come to the end of its way. Without hidden layers that is the best there is.
        bool fell = forecast.Cost < probe.Costs[0] * (1 - Still);
        bool falls = fell && !(probe.IsWhole && forecast.Cost > probe.Costs[probe.Costs.Count / 2] * (1 - Still));
        Advice? longer = !falls && probe.IsWhole && seen.Spec.Architecture.LayerCount == 1 ? null : new Advice("more time") { Rounds = Longer(training) };
        Advice? straight = !falls && seen.Spec.Architecture.LayerCount > 1 && seen.Spec.Architecture.HiddenActivation == Activation.Identity
            ? new Advice("a bent activation can do what no straight line can") { Activation = Activation.Tanh }
            : null;
        yield return new Finding(
            falls ? FindingRule.ShortBudget : FindingRule.Plateau, null, forecast.Cost, forecast.Target, falls ? $"the cost {end}" : $"the cost hardly falls{(fell ? " any more" : "")}: it {end}",
            DataFindings.Conditioning(seen) ?? straight ?? (tooLong ? Calmer(seen) : longer));
    }

    private static Advice Calmer(Diagnosis seen)
    {
        if (DataFindings.Conditioning(seen) is Advice features)
        {
            return features;
        }

        // Where the cost has run away, the sharpness says nothing of the valley that shorter steps would stay in.
        SharpnessAt[] near = [.. seen.Probe.Sharpness.Where(one => one.Iteration == 0 || (one.Iteration < seen.Probe.Costs.Count && seen.Probe.Costs[one.Iteration] <= RunAway * seen.Probe.Costs[0]))];
        double sharpness = near is [] ? double.NaN : near.Max(one => one.Value);
        double rate = seen.Spec.Training.LearningRate, factor = SharpnessLimit(seen.Spec.Training) / sharpness / Calm ?? double.NaN;
        if (factor is > 0 and < Hopeless && StartAdvice.Of(seen, "weights of the right size make the cost less steep") is Advice start)
        {
            return start;
        }

        return new Advice("shorter steps are stable") { LearningRate = Said.RoundDown(rate * (factor is > 0 and < 1 ? factor : 0.2)) };
    }

    private static int Longer(TrainingOptions training) => (int)Math.Min(int.MaxValue, 5L * (training.Epochs ?? training.Iterations));
}
