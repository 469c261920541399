using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>
/// How far the costs of a training can be reproduced. Shadow runs start from weights that differ in the last bit, as those of another correct program
/// would; where their costs part, the digits of a cost say nothing about the method, only about rounding.
/// </summary>
/// <param name="PartsAt">The first iteration at which a shadow run's cost differs by more than 1%; null where none does.</param>
/// <param name="Deviations">For each iteration the largest relative difference between the cost of a shadow run and that of the run.</param>
/// <param name="Costs">For each iteration the least, median and largest cost of the run and its shadows.</param>
/// <param name="FinalCosts">The last cost of each shadow run; where costs of epochs are kept that of the trained network; infinite where it diverged.</param>
/// <param name="TrainAccuracies">The training accuracy of each shadow run that completed, 0 to 1.</param>
public sealed record Horizon(
    int? PartsAt, double[] Deviations, Band Costs, IReadOnlyList<double> FinalCosts, IReadOnlyList<double> TrainAccuracies)
{
    /// <summary>For each epoch the least, median and largest cost over all training samples of the run and its shadows; null where they are not kept.</summary>
    public Band? EpochCosts { get; init; }

    /// <summary>The number of shadow runs of a comparison.</summary>
    public const int DefaultShadows = 16;

    /// <summary>The relative difference at which costs have parted.</summary>
    public const double Tolerance = 0.01;

    /// <summary>The significant digits of the cost at an iteration that all runs share, 0 to 16.</summary>
    public int TrustedDigits(int iteration) => Deviations[iteration] switch
    {
        0 => 16,
        double deviation => Math.Clamp((int)Math.Floor(-Math.Log10(deviation)), 0, 16),
    };

    /// <summary>Compares a run with its shadows.</summary>
    /// <param name="run">The run.</param>
    /// <param name="shadows">Its shadow runs; at least one.</param>
    public static Horizon Of(RunResult run, IReadOnlyList<RunResult> shadows)
    {
        double[] costs = run.Record.Costs;
        double[] deviations = new double[costs.Length];
        for (int t = 0; t < costs.Length; t++)
        {
            deviations[t] = shadows.Max(shadow => t < shadow.Record.Costs.Length ? Difference(shadow.Record.Costs[t], costs[t]) : double.PositiveInfinity);
        }

        int partsAt = Array.FindIndex(deviations, deviation => deviation > Tolerance);
        return new Horizon(
            partsAt < 0 ? null : partsAt,
            deviations,
            Statistics.BandOf([costs, .. shadows.Select(shadow => shadow.Record.Costs)], 0, 1),
            [.. shadows.Select(shadow => Statistics.LastCostOf(shadow.Record))],
            [.. shadows.Select(shadow => shadow.Record.TrainAccuracy).OfType<double>()])
        {
            EpochCosts = Statistics.EpochBandOf([run, .. shadows], 0, 1),
        };
    }

    private static double Difference(double cost, double expected) => cost == expected ? 0 : Math.Abs(cost - expected) / expected;
}
