using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>What a result means, in words.</summary>
/// <param name="Title">The verdict, such as "learns nothing".</param>
/// <param name="Why">What was seen, and why it comes to that.</param>
public sealed record Verdict(string Title, string Why)
{
    /// <summary>Judges a training by what became of it; why, the findings say.</summary>
    /// <param name="network">The network.</param>
    /// <param name="diagnosis">What was found in it; null where its training was interrupted.</param>
    /// <param name="train">The training samples.</param>
    public static Verdict Of(TrainedNetwork network, Diagnosis? diagnosis, Dataset train)
    {
        RunResult run = network.Start.Run;
        TrainingRecord record = run.Record;
        switch (record.Status)
        {
            case RunStatus.Cancelled:
                return new Verdict("was interrupted", $"The training was interrupted after {record.Costs.Length} iterations.");
            case RunStatus.Diverged:
                return new Verdict($"diverges at iteration {record.DivergedAt}", "The cost stopped being finite, so there is no trained network.");
            default:
                var series = CostSeries.Of(run, train.SampleCount);
                Loss loss = run.Spec.Architecture.Loss;
                double first = record.StartCost!.Value, last = series.OfEpochs ? record.TrainCost!.Value : record.Costs[^1];
                double? fit = loss == Loss.Mse ? RunFigures.FitOf(record.TrainCost, train) : null;
                bool learned = last < TrainingGoal.Of(loss, train).Target(first);
                string course = $"The cost went from {Figures.Cost(first)} to {Figures.Cost(last)}. {Fit(fit)}{Stopped(run, train.SampleCount)}";
                string changes = Changes(Observation.Of(network));
                return learned
                    ? new Verdict("learns", $"{course}{(changes.Length > 0 ? changes : Convex(loss))}{Restless(series)}")
                    : new Verdict(
                        $"{(first == last ? "learns nothing" : fit < 0 ? "answers worse than the mean" : "learns little in this time")}{(diagnosis?.Cause is Finding cause ? $": {FindingList.NameOf(cause.Rule)}" : "")}",
                        $"{course}{changes}{(fit < 0 ? Far(train) : "")}{Restless(series)}");
        }
    }

    /// <summary>How much of what is to be predicted the network explains.</summary>
    private static string Fit(double? fit) => fit is not double share ? ""
        : share < 0 ? $"R² is {RunFigures.FitText(share)}, below that of the mean of the targets. "
        : $"R² is {RunFigures.FitText(share)}: so much of the variance of the targets is explained. ";

    private static string Stopped(RunResult run, int samples) => run.Record is { BestEpoch: int best, HeldCosts: double[] held }
        ? $"On the held-out samples it was lowest, {Figures.Cost(held[best - 1])}, after {TaskText.Round(run.Spec.Training, samples)} {Figures.Count(best)} of {Figures.Count(held.Length)}, whose weights are kept. "
        : "";

    private static string Convex(Loss loss) => $"{TaskText.Regression(loss)} has a convex loss, so it ends at the same place from any start, given time. ";

    /// <summary>Of batches, whose costs over all samples no finding judges.</summary>
    private static string Restless(CostSeries series) => series.OfEpochs && RisingShare(series.Costs) is double share and > 0.1
        ? $"In {Figures.Percent(share)} of the epochs the cost rose: the steps are too large for it to settle. "
        : "";

    private static string Far(Dataset train) => RunFigures.Spread(train) is (double mean, double variance) && mean * mean > variance
        ? $"The targets lie around {TaskText.Number(mean)}, and the answers start near 0: until their mean is learned, little else is. "
        : "";

    private static string Changes(IReadOnlyList<LayerObservation> layers)
    {
        if (layers is [])
        {
            return "";
        }

        int units = layers.Sum(layer => layer.Units), distinct = layers.Sum(layer => layer.DistinctAfter ?? 0);
        string apart = distinct == units ? "No two units of a layer give the same answers" : $"{distinct} of the {units} hidden units give answers of their own";
        string changes = string.Join(", ", layers.Select((layer, i) => $"layer {i + 1} by {Change(layer)}"));
        return $"{apart}. Training changed the weights into {changes} of their size. ";
    }

    private static string Change(LayerObservation layer) => double.IsInfinity(layer.WeightChange) ? "many times" : Figures.ShortPercent(layer.WeightChange);

    /// <summary>The share of iterations at which the cost rose.</summary>
    internal static double RisingShare(double[] costs) =>
        costs.Length < 2 ? 0 : (double)Enumerable.Range(1, costs.Length - 1).Count(t => costs[t] > costs[t - 1]) / (costs.Length - 1);
}
