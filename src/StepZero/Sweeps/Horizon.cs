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
    /// <summary>ln 10,000: the least growth, in nats, of errors that do not part the costs. What only adds up takes a hundred thousand iterations for it.</summary>
    private const double LeastGrowth = 9.2;

    /// <summary>The least number of steps that show a rate.</summary>
    private const int FewestSteps = 2;

    /// <summary>The units of rounding up to which a deviation may be rounding alone.</summary>
    private const double RoundingUnits = 64;

    /// <summary>For each epoch the least, median and largest cost over all training samples of the run and its shadows; null where they are not kept.</summary>
    public Band? EpochCosts { get; init; }

    /// <summary>
    /// By how much rounding errors grow in an iteration on the mean, in nats: e to that power is the factor. It is measured on the distance between the weights
    /// and biases of the run and of the shadow that parts the furthest, from the iteration on which <see cref="Deviations"/> are beyond 64 units of rounding
    /// for good, up to the last before <see cref="PartsAt"/>, or the end. Null where costs do not get beyond rounding, where they do not part by 1% and the
    /// distance does not grow ten-thousandfold either, and where they part within two iterations. Of a chaotic training it is the largest Lyapunov exponent
    /// over those iterations.
    /// </summary>
    /// <remarks>
    /// A training that runs away along a straight line, as gradient descent with too large a rate does on a quadratic cost, has none: its weights and their
    /// deviations grow alike, and its digits stay as good as they are.
    /// </remarks>
    public double? LyapunovRate { get; init; }

    /// <summary>The iterations in which rounding errors double, ln 2 over <see cref="LyapunovRate"/>; null where that is.</summary>
    public double? DoublingTime => Math.Log(2) / LyapunovRate;

    /// <summary>The number of shadow runs of a comparison.</summary>
    public const int DefaultShadows = 16;

    /// <summary>The relative difference at which costs have parted.</summary>
    public const double Tolerance = 0.01;

    /// <summary>The first iteration at which a shadow run's cost differs by more than a share; null where none does.</summary>
    /// <param name="tolerance">The relative difference, 0 and above.</param>
    public int? PartsBy(double tolerance) => Array.FindIndex(Deviations, deviation => deviation > tolerance) is int at and >= 0 ? at : null;

    /// <summary>The significant digits of the cost at an iteration that all runs share, 0 to 16.</summary>
    public int TrustedDigits(int iteration) => Deviations[iteration] switch
    {
        0 => 16,
        double deviation => Math.Clamp((int)Math.Floor(-Math.Log10(deviation)), 0, 16),
    };

    /// <summary>Compares a run with its shadows.</summary>
    /// <param name="run">The run.</param>
    /// <param name="shadows">Its shadow runs; at least one.</param>
    /// <param name="data">What they were trained on, to measure <see cref="LyapunovRate"/>: the run and a shadow are trained again up to there. Null to leave it out.</param>
    /// <param name="cancellation">Leaves it out as well.</param>
    public static Horizon Of(RunResult run, IReadOnlyList<RunResult> shadows, PreparedData? data = null, CancellationToken cancellation = default)
    {
        double[] costs = run.Record.Costs;
        double[] deviations = new double[costs.Length];
        for (int t = 0; t < costs.Length; t++)
        {
            deviations[t] = shadows.Max(shadow => t < shadow.Record.Costs.Length ? Difference(shadow.Record.Costs[t], costs[t]) : double.PositiveInfinity);
        }

        var horizon = new Horizon(
            null,
            deviations,
            Statistics.BandOf([costs, .. shadows.Select(shadow => shadow.Record.Costs)], 0, 1),
            [.. shadows.Select(shadow => Statistics.LastCostOf(shadow.Record))],
            [.. shadows.Select(shadow => shadow.Record.TrainAccuracy).OfType<double>()])
        {
            EpochCosts = Statistics.EpochBandOf([run, .. shadows], 0, 1),
        };
        return horizon with { PartsAt = horizon.PartsBy(Tolerance), LyapunovRate = data is null ? null : RateOf(deviations, run, shadows, data, cancellation) };
    }

    private static double? RateOf(double[] deviations, RunResult run, IReadOnlyList<RunResult> shadows, PreparedData data, CancellationToken cancellation)
    {
        double rounding = RoundingUnits * Math.Pow(2, run.Spec.Training.Precision == Precision.Double ? -52 : -23);
        int parted = Array.FindIndex(deviations, deviation => deviation > Tolerance);
        int to = (parted < 0 ? deviations.Length : parted) - 1, from = to + 1;
        while (from > 0 && deviations[from - 1] > rounding)
        {
            from--;
        }

        if (to - from < FewestSteps)
        {
            return null;
        }

        RunResult furthest = shadows.MaxBy(shadow => Difference(shadow.Record.Costs[to], run.Record.Costs[to]))!;
        return Deviation.Growth(run.Spec, furthest.Spec, data, from, to, cancellation) is double growth && growth > (parted < 0 ? LeastGrowth : 0) ? growth / (to - from) : null;
    }

    private static double Difference(double cost, double expected) => cost == expected ? 0 : Math.Abs(cost - expected) / expected;
}
