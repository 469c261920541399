namespace StepZero.Diagnostics;

/// <summary>Where the cost of a training will be at the end of its budget.</summary>
/// <param name="Cost">The cost that is expected before the last update, as likely to be missed as to be reached; infinite where it diverged.</param>
/// <param name="Target">What it has to be below, as <see cref="TrainingGoal.Target"/>.</param>
/// <param name="Probability">How probable it is that it will be, 0 to 1; 0 or 1 where the training was seen to its end.</param>
/// <remarks>
/// The courses of <see cref="CostCourse"/> are mixed by their geometric mean, and the odds follow from how many times below the target that is; they are the
/// flatter the smaller the share of the budget that was seen. The five numbers were fitted to trainings seen to their end by
/// <c>bench/StepZero.Benchmarks/Calibration/fit_forecast.py</c>; <c>docs/guide/calibration.md</c> holds the probabilities against others.
/// </remarks>
public sealed record Forecast(double Cost, double Target, double Probability)
{
    /// <summary>The weight of a cost that goes on falling by the same share with each update.</summary>
    private const double ExponentialWeight = 1.38;

    /// <summary>The weight of a cost that goes on falling by the same share with each doubling of the updates.</summary>
    private const double PowerWeight = 2.15;

    /// <summary>The weight of the lowest cost that was seen.</summary>
    private const double LowestWeight = 4.29;

    /// <summary>How much flatter the odds are for each e-fold of the share seen.</summary>
    private const double Flattening = 0.73;

    /// <summary>The share of trainings that no first steps foretell: those that leave a plateau, or go back to one, at the very end.</summary>
    private const double Surprise = 0.0172;

    private const double Weights = ExponentialWeight + PowerWeight + LowestWeight;

    /// <summary>Foretells from the first steps.</summary>
    /// <param name="probe">The steps.</param>
    /// <param name="goal">What counts as trained.</param>
    public static Forecast Of(Probe probe, TrainingGoal goal)
    {
        if (probe.Costs.Count == 0 || probe.Diverged)
        {
            return new Forecast(double.PositiveInfinity, probe.Costs.Count == 0 ? double.NaN : goal.Target(probe.Costs[0]), 0);
        }

        double target = goal.Target(probe.Costs[0]);
        if (probe.IsWhole)
        {
            return new Forecast(probe.Costs[^1], target, goal.IsReached(probe.Costs) ? 1 : 0);
        }

        var course = CostCourse.Of(probe);
        double cost = Math.Exp(((ExponentialWeight * course.Exponential) + (PowerWeight * course.Power) + (LowestWeight * course.Lowest)) / Weights);
        return new Forecast(cost, target, target > 0 ? ProbabilityOf(Weights * Math.Log(target / cost), course.Seen) : 0);
    }

    private static double ProbabilityOf(double evidence, double seen) =>
        Surprise + ((1 - (2 * Surprise)) / (1 + Math.Exp(-evidence / (1 - (Flattening * Math.Log(seen))))));
}
