using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>
/// The costs of a training as they are shown: those before each update. With batches, whose costs are noisy, those of all training samples after each
/// epoch, and the noisy ones beside them.
/// </summary>
/// <param name="Costs">The costs.</param>
/// <param name="Every">With batches the updates of an epoch; 0 where there is a cost before each update.</param>
/// <param name="Batches">With batches the cost of each before its update; otherwise empty.</param>
/// <param name="Held">The costs on held-out samples after each epoch; empty without early stopping.</param>
public sealed record CostSeries(double[] Costs, int Every, double[] Batches, double[] Held)
{
    /// <summary>Whether the costs are those after each epoch.</summary>
    public bool OfEpochs => Every > 0;

    /// <summary>The costs that a training is shown by.</summary>
    /// <param name="run">The training.</param>
    /// <param name="samples">The number of training samples.</param>
    public static CostSeries Of(RunResult run, int samples)
    {
        (TrainingOptions training, TrainingRecord record) = (run.Spec.Training, run.Record);
        return training.HasBatches(samples) && record.EpochCosts is [_, ..] epochs
            ? new CostSeries(epochs, training.UpdatesPerEpoch(samples), record.Costs, record.HeldCosts ?? [])
            : new CostSeries(record.Costs, 0, [], record.HeldCosts ?? []);
    }

    /// <summary>The series of all starts of a comparison.</summary>
    public static CostSeries[] Of(Comparison comparison) => [.. comparison.Starts.Select(start => Of(start.Run, comparison.Train.SampleCount))];

    /// <summary>The updates made before a cost of <see cref="Costs"/>.</summary>
    public int UpdatesBefore(int index) => OfEpochs ? (index + 1) * Every : index;

    /// <summary>The updates made before a cost of <see cref="Held"/>.</summary>
    public int UpdatesBeforeHeld(int index) => (index + 1) * Math.Max(1, Every);

    /// <summary>The cost after so many updates; null where none is shown there.</summary>
    public double? After(int updates)
    {
        int index = OfEpochs ? (updates / Every) - 1 : updates;
        return index >= 0 && index < Costs.Length && UpdatesBefore(index) == updates ? Costs[index] : null;
    }

    /// <summary>The band of costs around these, of the same steps: the middle half of the seeds, or else the range of the shadow runs; null without either.</summary>
    internal Band? BandOf(ComparedStart start) => OfEpochs ? start.Seeds?.EpochCosts ?? start.Horizon?.EpochCosts : start.Seeds?.Costs ?? start.Horizon?.Costs;
}
