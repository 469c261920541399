using StepZero.Networks;

namespace StepZero.Reports;

/// <summary>What is seen in one hidden layer before and after training.</summary>
/// <param name="Units">The number of units.</param>
/// <param name="DistinctBefore">How many of them give different answers on the training samples at the start.</param>
/// <param name="DistinctAfter">The same after training; null where the training did not come to its end.</param>
/// <param name="SaturatedBefore">At the start the share of activations within 0.01 of a bound; for activations with no bound 0.</param>
/// <param name="SaturatedAfter">The same after training.</param>
/// <param name="WeightChange">‖W − W(0)‖ / ‖W(0)‖ of the weights into the layer; 0 where nothing changed, infinite where W(0) is 0.</param>
public sealed record LayerObservation(
    int Units, int DistinctBefore, int? DistinctAfter, double SaturatedBefore, double? SaturatedAfter, double WeightChange);

/// <summary>Looks into a trained network.</summary>
public static class Observation
{
    private const double Near = 0.01;

    /// <summary>What is seen in each hidden layer.</summary>
    public static IReadOnlyList<LayerObservation> Of(TrainedNetwork network) =>
        [.. Enumerable.Range(0, network.ActivationsBefore.Count).Select(layer => OfLayer(network, layer))];

    private static LayerObservation OfLayer(TrainedNetwork network, int layer)
    {
        Architecture architecture = network.Spec.Architecture;
        int units = architecture.LayerSizes[layer + 1];
        double[] before = network.ActivationsBefore[layer];
        double[]? after = network.ActivationsAfter?[layer];
        return new LayerObservation(
            units, Distinct(before, units), after is null ? null : Distinct(after, units), Saturated(before, architecture.HiddenActivation),
            after is null ? null : Saturated(after, architecture.HiddenActivation),
            network.After is null ? 0 : Change(network.Before.Weights[layer], network.After.Weights[layer]));
    }

    private static int Distinct(double[] activations, int units)
    {
        int samples = activations.Length / units;
        return Enumerable.Range(0, units).Count(unit => !Enumerable.Range(0, unit).Any(
            other => activations.AsSpan(unit * samples, samples).SequenceEqual(activations.AsSpan(other * samples, samples))));
    }

    private static double Saturated(double[] activations, Activation activation)
    {
        return activation.Bounds is (double low, double high) ? (double)activations.Count(a => a < low + Near || a > high - Near) / activations.Length : 0;
    }

    private static double Change(double[] before, double[] after)
    {
        double change = 0, size = 0;
        for (int i = 0; i < before.Length; i++)
        {
            change += (after[i] - before[i]) * (after[i] - before[i]);
            size += before[i] * before[i];
        }

        return change == 0 ? 0 : Math.Sqrt(change / size);
    }
}
