using System.Globalization;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>The figures of a training that tables show. All are null where there are none.</summary>
/// <param name="First">The cost before the first update, over all training samples.</param>
/// <param name="Lowest">The lowest cost that is shown.</param>
/// <param name="Last">The cost before the last update or, with batches, of the trained network over all training samples.</param>
/// <param name="Fit">R² on the training samples; where classes are told apart null.</param>
/// <param name="TestFit">R² on the test samples; where classes are told apart null.</param>
public sealed record RunFigures(double? First, double? Lowest, double? Last, double? Fit, double? TestFit)
{
    /// <summary>The figures of a training.</summary>
    /// <param name="run">The training, one of the comparison's.</param>
    /// <param name="comparison">The comparison.</param>
    public static RunFigures Of(RunResult run, Comparison comparison)
    {
        var series = CostSeries.Of(run, comparison.Train.SampleCount);
        bool numbers = run.Spec.Architecture.Loss == Loss.Mse;
        return new RunFigures(
            run.Record.StartCost, series.Costs is [] ? null : series.Costs.Min(),
            series.OfEpochs && run.Record.TrainCost is double cost ? cost : series.Costs is [.., double last] ? last : null,
            numbers ? FitOf(run.Record.TrainCost, comparison.Train) : null, numbers && comparison.Test is not null ? FitOf(run.TestCost, comparison.Test) : null);
    }

    /// <summary>
    /// R² = 1 − cost/variance: 1 without errors, 0 for the mean of the targets as the answer to everything, below 0 for what is worse. Null without a cost, and
    /// where all targets are equal.
    /// </summary>
    /// <param name="cost">The mean squared error.</param>
    /// <param name="data">The samples it was measured on.</param>
    public static double? FitOf(double? cost, Dataset data) => Spread(data).Variance is double variance and > 0 ? 1 - (cost / variance) : null;

    /// <summary>R² with four digits; that of a network far from its targets, which may have hundreds, with an exponent.</summary>
    public static string FitText(double? fit) =>
        fit is double number ? number.ToString(number > -1e6 ? "0.0000" : "0.000e0", CultureInfo.InvariantCulture).Replace('-', '−') : "–";

    /// <summary>Mean and variance of the numbers to predict.</summary>
    internal static (double Mean, double Variance) Spread(Dataset data) => (data.NumbersToPredict().Average(), TrainingGoal.Of(Loss.Mse, data).ConstantCost);
}
