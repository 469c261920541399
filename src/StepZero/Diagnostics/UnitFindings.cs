using StepZero.Initialization;
using StepZero.Networks;

namespace StepZero.Diagnostics;

/// <summary>What is wrong with units of a layer at the untouched weights.</summary>
internal static class UnitFindings
{
    public static IEnumerable<Finding> Of(Diagnosis seen, Parameters parameters)
    {
        if (Broken(parameters) is Finding broken)
        {
            return [broken with { Advice = Start(seen, "drawn weights are finite") }];
        }

        IReadOnlyList<LayerStatistics> layers = seen.Signal.Layers;
        int hidden = layers.Count - 1;
        return new[]
        {
            Copies(seen, hidden),
            Worst(FindingRule.NearCopies, hidden, layer => layers[layer].Units < 2 ? null : NearShare(seen.Symmetry.Layers[layer]),
                (layer, share, more) => $"{Said.Percent(share)} of the {layers[layer].Units} units of layer {layer + 1}{more} do nearly the same as another", null),
            Worst(FindingRule.Saturation, hidden, layer => layers[layer].SaturatedShare,
                (layer, share, more) => $"{Said.Percent(share)} of the activations of layer {layer + 1}{more} are saturated, so that hardly any gradient comes through",
                Start(seen, "smaller weights keep units off their bounds")),
            Worst(FindingRule.DeadLayer, hidden, layer => layers[layer].DeadShare == 1 ? 2 : null,
                (layer, _, more) => $"all {layers[layer].Units} units of layer {layer + 1}{more} are dead: 0 for every sample, with no gradient", Start(seen, "units that are alive for some samples")),
            Worst(FindingRule.DeadUnits, hidden, layer => layers[layer].DeadShare is double share and < 1 ? share : null,
                (layer, share, more) => $"{Said.Percent(share)} of the {layers[layer].Units} units of layer {layer + 1}{more} are dead: 0 for every sample, with no gradient", null),
            Linear(layers, hidden),
        }.OfType<Finding>();
    }

    private static Finding? Broken(Parameters parameters)
    {
        for (int layer = 0; layer < parameters.Weights.Count; layer++)
        {
            int count = parameters.Weights[layer].Count(weight => !double.IsFinite(weight)) + parameters.Biases[layer].Count(bias => !double.IsFinite(bias));
            if (count > 0)
            {
                return new Finding(
                    FindingRule.BrokenWeights, layer + 1, count, 0,
                    $"{Said.Count(count, "weight")} or biases of layer {layer + 1} are nan or infinite, and with them every output");
            }
        }

        return null;
    }

    private static Finding? Copies(Diagnosis seen, int hidden)
    {
        IReadOnlyList<LayerSymmetry> layers = seen.Symmetry.Layers;
        int[] found = [.. Enumerable.Range(0, hidden).Where(layer => layers[layer].Redundant > 0)];
        if (found is [])
        {
            return null;
        }

        int worst = found.MaxBy(layer => (double)layers[layer].Redundant / layers[layer].Units);
        LayerSymmetry most = layers[worst];
        double share = (double)most.Redundant / most.Units;
        string more = More(found.Length - 1);
        Advice advice = Start(seen, "random weights make units different");
        if (most.Redundant == most.Units - 1)
        {
            return new Finding(
                share > FindingRule.Symmetry.Limit || most.Units == 2 ? FindingRule.Symmetry : FindingRule.Copies, worst + 1, share, FindingRule.Symmetry.Limit,
                $"the {most.Units} units of layer {worst + 1}{more} are identical, so every update keeps them identical", advice);
        }

        return share > FindingRule.Symmetry.Limit
            ? new Finding(
                FindingRule.Symmetry, worst + 1, share, FindingRule.Symmetry.Limit,
                $"{most.Redundant} of the {most.Units} units of layer {worst + 1}{more} are copies of others, and every update keeps them so", advice)
            : new Finding(
                FindingRule.Copies, worst + 1, most.Redundant, FindingRule.Copies.Limit,
                $"{most.Redundant} of the {most.Units} units of layer {worst + 1}{more} are copies of others, and every update keeps them so", advice);
    }

    private static double NearShare(LayerSymmetry layer) => (layer.NearCopies.Sum(group => group.Count - 1) - layer.Redundant) / (double)layer.Units;

    private static Finding? Linear(IReadOnlyList<LayerStatistics> layers, int hidden)
    {
        double? least = hidden == 0 ? null : Enumerable.Range(0, hidden).Min(layer => layers[layer].LinearShare);
        return least > FindingRule.LinearUnits.Limit
            ? new Finding(FindingRule.LinearUnits, null, least.Value, FindingRule.LinearUnits.Limit, $"at least {Said.Percent(least.Value)} of the units of every hidden layer answer nearly by a straight line")
            : null;
    }

    /// <summary>The layer in which the most is measured, if that is above the limit.</summary>
    private static Finding? Worst(FindingRule rule, int hidden, Func<int, double?> measure, Func<int, double, string, string> text, Advice? advice)
    {
        (int Layer, double Measured)[] found =
            [.. Enumerable.Range(0, hidden).Select(layer => (layer, measure(layer) ?? double.NaN)).Where(one => one.Item2 > rule.Limit)];
        if (found is [])
        {
            return null;
        }

        (int layer, double measured) = found.MaxBy(one => one.Measured);
        return new Finding(rule, layer + 1, Math.Min(measured, rule == FindingRule.DeadLayer ? 1 : measured), rule.Limit, text(layer, measured, More(found.Length - 1)), advice);
    }

    private static string More(int others) => others == 0 ? "" : $" (and of {Said.Count(others, "other layer")})";

    /// <summary>The start that is made for the activation: He's where negative signals are cut off, Xavier's otherwise.</summary>
    internal static Advice Start(Diagnosis seen, string why)
    {
        Activation activation = seen.Spec.Architecture.HiddenActivation;
        bool oneSided = Math.Abs(activation.Evaluate(-3)) < Math.Abs(activation.Evaluate(3)) / 2 && activation.Bounds is null;
        Initializer start = oneSided ? Initializer.He : Initializer.Xavier;
        return new Advice(why) { Initializer = seen.Spec.Initializer.Name == start.Name ? (oneSided ? Initializer.Xavier : Initializer.He) : start };
    }
}
