using StepZero.Data;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>What a result means, in words.</summary>
/// <param name="Title">The verdict, such as "learns nothing".</param>
/// <param name="Why">What was seen, and why it comes to that.</param>
public sealed record Verdict(string Title, string Why)
{
    private const double MostlySaturated = 0.5;

    /// <summary>Judges a training by what was seen in it.</summary>
    /// <param name="network">The network.</param>
    /// <param name="train">The training samples.</param>
    public static Verdict Of(TrainedNetwork network, Dataset train)
    {
        RunResult run = network.Start.Run;
        TrainingRecord record = run.Record;
        IReadOnlyList<LayerObservation> layers = Observation.Of(network);
        switch (record.Status)
        {
            case RunStatus.Cancelled:
                return new Verdict("was interrupted", $"The training was interrupted after {record.Costs.Length} iterations.");
            case RunStatus.Diverged:
                return new Verdict(
                    $"diverges at iteration {record.DivergedAt}",
                    "The cost stopped being finite: each update went further past the minimum than the one before. A smaller learning rate keeps the updates in bounds.");
            default:
                var series = CostSeries.Of(run, train.SampleCount);
                double first = record.StartCost!.Value, last = series.OfEpochs ? record.TrainCost!.Value : record.Costs[^1];
                double? fit = run.Spec.Architecture.Loss == Loss.Mse ? RunFigures.FitOf(record.TrainCost, train) : null;
                bool learned = fit is double share ? share > 0.5 : last < first / 2;
                int copies = layers.ToList().FindIndex(layer => layer.Units > 1 && layer.DistinctAfter == 1);
                int saturated = layers.ToList().FindIndex(layer => layer.SaturatedBefore > MostlySaturated);
                string course = $"The cost went from {Figures.Cost(first)} to {Figures.Cost(last)}. {Fit(fit)}{Stopped(run, train.SampleCount)}";
                return copies >= 0 ? Symmetric(layers[copies], copies + 1, course, first == last)
                    : saturated >= 0 ? Saturated(layers[saturated], saturated + 1, course, learned)
                    : learned ? Learned(layers, course, run, series) : Slow(course, layers, fit < 0 ? train : null);
        }
    }

    /// <summary>How much of what is to be predicted the network explains.</summary>
    private static string Fit(double? fit) => fit is not double share ? ""
        : share < 0 ? $"R² is {RunFigures.FitText(share)}, below that of the mean of the targets. "
        : $"R² is {RunFigures.FitText(share)}: so much of the variance of the targets is explained. ";

    private static string Stopped(RunResult run, int samples) => run.Record is { BestEpoch: int best, HeldCosts: double[] held }
        ? $"On the held-out samples it was lowest, {Figures.Cost(held[best - 1])}, after {TaskText.Round(run.Spec.Training, samples)} {Figures.Count(best)} of {Figures.Count(held.Length)}, whose weights are kept. "
        : "";

    private static Verdict Symmetric(LayerObservation layer, int number, string course, bool unchanged)
    {
        string nothing = unchanged ? "learns nothing" : "learns no more than one unit a layer could";
        return new Verdict(
            $"{nothing}: symmetry",
            $"{course}The {layer.Units} units of layer {number} gave the same answer on every sample before training, and they still do: units that start equal "
            + "get equal gradients, and equal updates keep them equal. All of them together are worth one. Different starting values break the symmetry.");
    }

    private static Verdict Saturated(LayerObservation layer, int number, string course, bool learned) => new(
        learned ? "learns, though it starts saturated" : "learns slowly: saturation",
        $"{course}At the start {Figures.Percent(layer.SaturatedBefore)} of the activations of layer {number} lie within 0.01 of a bound. There the activation is flat, "
        + "so hardly any gradient comes through to the weights before it: "
        + $"training changed the weights into layer {number} by {Change(layer)} of their size. Smaller starting values keep the units off their bounds.");

    private static Verdict Learned(IReadOnlyList<LayerObservation> layers, string course, RunResult run, CostSeries series)
    {
        string units = layers is [] ? $"{TaskText.Regression(run.Spec.Architecture.Loss)} has a convex loss, so it ends at the same place from any start, given time. " : Changes(layers);
        string calm = RisingShare(series.Costs) is not (double share and > 0.1) ? ""
            : series.OfEpochs ? $"In {Figures.Percent(share)} of the epochs the cost rose: the steps are too large for it to settle. "
            : !TaskText.IsPlain(run.Spec.Training) ? $"In {Figures.Percent(share)} of the iterations the cost rose: the steps go past the minimum at times. "
            : $"In {Figures.Percent(share)} of the iterations the cost rose: the learning rate is past what is stable, so the digits of this curve depend on rounding. ";
        return new Verdict("learns", $"{course}{units}{calm}");
    }

    private static Verdict Slow(string course, IReadOnlyList<LayerObservation> layers, Dataset? worse)
    {
        string far = worse is not null && RunFigures.Spread(worse) is (double mean, double variance) && mean * mean > variance
            ? $"The targets lie around {TaskText.Number(mean)}, and the answers start near 0: until their mean is learned, little else is. " : "";
        int dead = layers.Sum(layer => layer.DeadBefore);
        return new Verdict(
            worse is not null ? "answers worse than the mean" : "learns little in this time",
            $"{course}{Changes(layers)}{(dead > 0 ? $"{dead} hidden units are 0 for every sample at the start, and get no gradient. " : "")}{far}More iterations, or another learning rate, may change that.");
    }

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
