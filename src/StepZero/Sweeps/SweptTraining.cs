using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>What is kept of one training of a sweep.</summary>
/// <param name="Index">Its number in the <see cref="SweepPlan"/>.</param>
/// <param name="Status">How it ended: completed or diverged.</param>
/// <param name="Cost">The mean loss of the trained network over the training samples; infinite where it diverged.</param>
/// <param name="TrainAccuracy">The share of training samples that it classifies rightly, 0 to 1; null where it diverged, and where targets are numbers.</param>
/// <param name="TestCost">The mean loss over the test samples, infinite where that is no number; null without any, and where it diverged.</param>
/// <param name="TestAccuracy">The share of test samples classified rightly, 0 to 1; null without any, where it diverged, and where targets are numbers.</param>
/// <param name="ReachedAt">The first iteration at which the target was reached; null without a target, where it was not, and where the training diverged after it.</param>
/// <param name="Iterations">The updates it was to make.</param>
/// <param name="Made">The updates it made: fewer where it diverged or was ended early.</param>
/// <param name="Seconds">How long it took; 0 where no clock was given.</param>
/// <param name="Curve">The mean loss at the iterations that <see cref="CurveAt"/> names, as far as the training came.</param>
public sealed record SweptTraining(
    long Index, RunStatus Status, double Cost, double? TrainAccuracy, double? TestCost, double? TestAccuracy, int? ReachedAt, int Iterations, int Made, double Seconds, float[] Curve)
{
    /// <summary>The most points of a curve.</summary>
    public const int CurvePoints = 65;

    /// <summary>The iterations of the points of a curve, evenly spread: the first is that of the untouched weights, the last comes after the last update.</summary>
    /// <param name="iterations">The updates a training is to make, at least 1.</param>
    public static int[] CurveAt(int iterations)
    {
        int last = Math.Min(CurvePoints - 1, iterations);
        return [.. Enumerable.Range(0, last + 1).Select(i => (int)((long)i * iterations / last))];
    }

    /// <summary>Takes what is kept from a result.</summary>
    /// <param name="index">Its number.</param>
    /// <param name="result">A training that was not cancelled.</param>
    /// <param name="samples">The training samples.</param>
    public static SweptTraining Of(long index, RunResult result, int samples)
    {
        TrainingRecord record = result.Record;
        TrainingOptions training = result.Spec.Training;
        int iterations = training.UpdatesFor(samples);
        double? testCost = result.TestCost is double.NaN ? double.PositiveInfinity : result.TestCost;
        return new SweptTraining(
            index, record.Status, record.TrainCost ?? double.PositiveInfinity, record.TrainAccuracy, testCost, result.TestAccuracy,
            record.Status == RunStatus.Diverged ? null : record.ReachedAt, iterations, record.Costs.Length, result.TrainSeconds, Thin(record, iterations, training.UpdatesPerEpoch(samples)));
    }

    /// <summary>The costs at the points; of batches, whose costs are their own, those after the epoch before.</summary>
    private static float[] Thin(TrainingRecord record, int iterations, int perEpoch)
    {
        var curve = new List<float>();
        foreach (int at in CurveAt(iterations))
        {
            double? cost = at == record.Costs.Length ? record.TrainCost
                : at > record.Costs.Length ? null
                : at == 0 ? record.StartCost
                : record.EpochCosts is not double[] epochs ? record.Costs[at]
                : at / perEpoch == 0 ? record.StartCost : epochs[(at / perEpoch) - 1];
            if (cost is null)
            {
                break;
            }

            curve.Add((float)cost.Value);
        }

        return [.. curve];
    }
}
