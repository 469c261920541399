namespace StepZero.Diagnostics;

/// <summary>Where the cost of a training will be at the end of its budget.</summary>
/// <param name="Cost">The cost that is expected before the last update; infinite where it diverged.</param>
/// <param name="Target">What it has to be below, as <see cref="TrainingGoal.Target"/>.</param>
/// <param name="Probability">How probable it is that it will be, 0 to 1; 0 or 1 where the training was seen to its end.</param>
public sealed record Forecast(double Cost, double Target, double Probability)
{
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
            return new Forecast(probe.Costs[^1], target, probe.Costs[^1] < target ? 1 : 0);
        }

        int seen = probe.Costs.Count, window = Math.Max(2, seen / 5);
        double last = Median(probe.Costs, seen - window, window), middle = Median(probe.Costs, (seen / 2) - (window / 2), window);
        double slope = last < middle && middle > 0 ? Math.Log(last / middle) : 0;
        double exponential = slope / (seen / 2.0) * (probe.Budget - seen), power = slope / Math.Log(2) * Math.Log((double)probe.Budget / seen);
        double cost = last * Math.Exp((Math.Max(exponential, -50) + power) / 2);
        double margin = Math.Log(target / cost);
        return new Forecast(cost, target, 1 / (1 + Math.Exp(-3 * margin)));
    }

    private static double Median(IReadOnlyList<double> costs, int first, int count)
    {
        double[] part = [.. costs.Skip(Math.Max(first, 0)).Take(count).Order()];
        return part[part.Length / 2];
    }
}
