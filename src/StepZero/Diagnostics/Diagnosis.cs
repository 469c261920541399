using StepZero.Data;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>Whether a network will train from this start on these data with these options, why, and what to change.</summary>
/// <param name="Spec">What was diagnosed.</param>
/// <param name="Data">The samples.</param>
/// <param name="Signal">The signal and the gradients at the untouched weights.</param>
/// <param name="Symmetry">Units that do the same, and ranks, at the untouched weights.</param>
/// <param name="Theory">Infinite-width theory beside it.</param>
/// <param name="Probe">The first steps.</param>
/// <param name="Forecast">Where the cost goes.</param>
/// <param name="Findings">What was found, the heaviest first.</param>
public sealed record Diagnosis(
    RunSpec Spec, DataStatistics Data, SignalStatistics Signal, Symmetry Symmetry, NetworkTheory Theory, Probe Probe, Forecast Forecast, IReadOnlyList<Finding> Findings)
{
    /// <summary>Ranks, and units that do nearly the same, are judged by at most so many samples: more cost more than they tell.</summary>
    private const int SamplesOfRanks = 512;

    /// <summary>The multiply-adds of one rank: a few milliseconds.</summary>
    private const double MostRankWork = 1e8;

    /// <summary>Those of all layers together: deep networks have the ranks of small matrices alone.</summary>
    private const double MostWorkOfRanks = 5e8;

    /// <summary>The verdict.</summary>
    public Outlook Outlook => !(Forecast.Probability >= 0.5) ? Outlook.WillNotTrain
        : Findings.Any(finding => finding.Rule == FindingRule.Sharpness || finding.Rule == FindingRule.RisingCost) ? Outlook.WillTrainUnstably
        : Outlook.WillTrain;

    /// <summary>How sure it is that the network trains, or does not, as the verdict says: 0.5 to 1; 1 where the training was seen to its end.</summary>
    public double Confidence => Outlook == Outlook.WillNotTrain ? 1 - Forecast.Probability : Forecast.Probability;

    /// <summary>The finding that the verdict rests on first; null where there is none.</summary>
    public Finding? Cause => Outlook switch
    {
        Outlook.WillNotTrain => Findings.FirstOrDefault(finding => finding.Rule.Severity == Severity.Severe),
        Outlook.WillTrainUnstably => Findings.First(finding => finding.Rule == FindingRule.Sharpness || finding.Rule == FindingRule.RisingCost),
        _ => null,
    };

    /// <summary>
    /// The sharpness up to which the learning rate is stable in a quadratic valley, 2/rate for gradient descent; null for optimizers that rescale each coordinate and
    /// where gradients are clipped.
    /// </summary>
    public double? SharpnessLimit => StepFindings.SharpnessLimit(Spec.Training);

    /// <summary>
    /// The largest learning rate that is stable at the untouched weights, 2/λ for gradient descent, with λ the sharpness there. Training tends to raise the sharpness,
    /// so that half of it is safer. Null where the sharpness is unknown or not positive, or sets no limit.
    /// </summary>
    public double? StableRate => SharpnessLimit is double limit && Probe.Sharpness is [{ Value: > 0 } first, ..]
        ? Spec.Training.LearningRate * (limit + Spec.Training.WeightDecay) / (first.Value + Spec.Training.WeightDecay)
        : null;

    /// <summary>Diagnoses networks that share data, without training them further than a few steps.</summary>
    /// <param name="specs">What is to be trained; all with the options that the data were prepared for.</param>
    /// <param name="data">The training samples.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>A diagnosis for each spec, in the order of the specs.</returns>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static IReadOnlyList<Diagnosis> Of(IReadOnlyList<RunSpec> specs, PreparedData data, int threads = 1, CancellationToken cancellation = default) =>
        Of([.. specs.Select(spec => (spec, (TrainingRecord?)null))], data, threads, cancellation);

    /// <summary>Diagnoses networks whose trainings were seen: the findings that explain them.</summary>
    /// <param name="runs">The trainings, completed or diverged; at least one.</param>
    /// <param name="data">The training samples.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <returns>A diagnosis for each training, in their order.</returns>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static IReadOnlyList<Diagnosis> Of(IReadOnlyList<RunResult> runs, PreparedData data, int threads = 1, CancellationToken cancellation = default) =>
        Of([.. runs.Select(run => (run.Spec, (TrainingRecord?)run.Record))], data, threads, cancellation);

    private static Diagnosis[] Of((RunSpec Spec, TrainingRecord? Record)[] all, PreparedData data, int threads, CancellationToken cancellation)
    {
        Dataset looked = LookedAt.Of(data.Data, all[0].Spec.Architecture);
        var statistics = DataStatistics.Of(looked, data.Scaling, threads, cancellation);
        return SideBySide.Map(all, threads, one => Of(one.Spec, data, looked, statistics, one.Record, cancellation));
    }

    private static Diagnosis Of(
        RunSpec spec, PreparedData data, Dataset looked, DataStatistics statistics, TrainingRecord? record, CancellationToken cancellation)
    {
        cancellation.ThrowIfCancellationRequested();
        Architecture network = spec.Architecture;
        Parameters parameters = spec.DrawParameters(data);

        // In the dual form the Gram matrix spares a pass over the data.
        FirstLayer first = data is PreparedData<double> { Form: TrainingForm.Dual } && looked == data.Data
            ? new DualWeights(data, parameters, cancellation).StartLayer
            : FirstLayer.Of(parameters, looked, data.Scaling);
        cancellation.ThrowIfCancellationRequested();
        var signal = SignalStatistics.Of(network, parameters, first, looked, statistics.Features, statistics.MeanCosine);
        Dataset ranked = LookedAt.Some(looked, SamplesOfRanks);
        var symmetry = Symmetry.Of(
            network, parameters, ranked == looked ? first.Products : SampleBlocks.Project(ranked, data.Scaling, parameters.Weights[0]), Math.Min(MostRankWork, MostWorkOfRanks / network.LayerCount), cancellation);
        var theory = NetworkTheory.Of(network, parameters, signal.Inputs, signal.InputCosine);
        Probe probe = Probing.Of(spec, data, parameters, record, cancellation);
        var goal = TrainingGoal.Of(network.Loss, data.Data);
        var forecast = Forecast.Of(probe, goal);
        var seen = new Diagnosis(spec, statistics, signal, symmetry, theory, probe, forecast, []);
        Finding[] findings = [.. DataFindings.Of(seen, goal), .. UnitFindings.Of(seen, parameters), .. SignalFindings.Of(seen), .. StepFindings.Of(seen, data.Data.SampleCount)];
        return seen with { Findings = FindingRule.Causes(findings) };
    }
}
