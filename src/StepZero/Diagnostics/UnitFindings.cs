using StepZero.Networks;

namespace StepZero.Diagnostics;

/// <summary>What is wrong with units of a layer at the untouched weights.</summary>
internal static class UnitFindings
{
    public static IEnumerable<Finding> Of(Diagnosis seen, Parameters parameters)
    {
        if (Broken(parameters) is Finding broken)
        {
            return [broken with { Advice = StartAdvice.Of(seen, "drawn weights are finite") }];
        }

        IReadOnlyList<LayerStatistics> layers = seen.Signal.Layers;
        int hidden = layers.Count - 1;
        return new[]
        {
            Copies(seen, hidden),
            Worst(FindingRule.NearCopies, hidden, layer => layers[layer].Units < 2 ? null : NearShare(seen.Symmetry.Layers[layer]),
                (share, where) => $"{share} of the units of {where} do nearly the same as another", null),
            Worst(FindingRule.Saturation, hidden, layer => layers[layer].SaturatedShare,
                (share, where) => $"{share} of the activations of {where} are saturated, so that hardly any gradient comes through",
                () => StartAdvice.Of(seen, "smaller weights keep units off their bounds") ?? DataFindings.Smaller(seen)),
            Worst(FindingRule.DeadLayer, hidden, layer => layers[layer].DeadShare == 1 ? 1 : null,
                (_, where) => $"all units of {where} are dead: 0 for every sample, with no gradient", () => Alive(seen), reached: true),
            Worst(FindingRule.DeadUnits, hidden, layer => layers[layer].DeadShare is double share and < 1 ? share : null,
                (share, where) => $"{share} of the units of {where} are dead: 0 for every sample, with no gradient", () => Alive(seen)),
            Linear(seen, hidden),
        }.OfType<Finding>();
    }

    private static Advice? Alive(Diagnosis seen) => DataFindings.Conditioning(seen) ?? StartAdvice.Of(seen, "drawn weights without biases leave units alive for some samples");

    private static Finding? Broken(Parameters parameters)
    {
        for (int layer = 0; layer < parameters.Weights.Count; layer++)
        {
            int weights = parameters.Weights[layer].Count(weight => !double.IsFinite(weight)), biases = parameters.Biases[layer].Count(bias => !double.IsFinite(bias));
            if (weights + biases > FindingRule.BrokenWeights.Limit)
            {
                string[] what = [.. new[] { weights > 0 ? Said.Count(weights, "weight") : "", biases > 0 ? Said.Count(biases, "bias", "biases") : "" }.Where(text => text.Length > 0)];
                return new Finding(
                    FindingRule.BrokenWeights, layer + 1, weights + biases, 0,
                    $"{string.Join(" and ", what)} of layer {layer + 1} {(weights + biases == 1 ? "is" : "are")} nan or infinite, and with that every output");
            }
        }

        return null;
    }

    private static Finding? Copies(Diagnosis seen, int hidden)
    {
        IReadOnlyList<LayerSymmetry> layers = seen.Symmetry.Layers;
        (int Layer, double Share)[] found =
            [.. Enumerable.Range(0, hidden).Where(layer => layers[layer].Redundant > FindingRule.Copies.Limit).Select(layer => (layer, layers[layer].Redundant / (layers[layer].Units - 1.0)))];
        if (found is [])
        {
            return null;
        }

        (int worst, double share) = found.MaxBy(one => one.Share);
        int units = layers[worst].Units, redundant = layers[worst].Redundant;
        Advice? advice = StartAdvice.Of(seen, "random weights make units different");
        if (share == 1)
        {
            int[] whole = [.. found.Where(one => one.Share == 1).Select(one => one.Layer)];
            return new Finding(
                FindingRule.Symmetry, worst + 1, share, FindingRule.Symmetry.Limit,
                $"the {(whole is [_] ? $"{units} units of {Said.Layers(whole)}" : $"units of each of {Said.Layers(whole)}")} are identical, so every update keeps them identical", advice);
        }

        string text = $"{redundant} of the {units} units of layer {worst + 1} {(redundant == 1 ? "is a copy of another" : "are copies of others")}, and every update keeps {(redundant == 1 ? "it" : "them")} so";
        return share > FindingRule.Symmetry.Limit
            ? new Finding(FindingRule.Symmetry, worst + 1, share, FindingRule.Symmetry.Limit, text, advice)
            : new Finding(FindingRule.Copies, worst + 1, redundant, FindingRule.Copies.Limit, text, advice);
    }

    private static double NearShare(LayerSymmetry layer) => (layer.NearCopies.Sum(group => group.Count - 1) - layer.Redundant) / (layer.Units - 1.0);

    private static Finding? Linear(Diagnosis seen, int hidden)
    {
        double? least = hidden == 0 ? null : Enumerable.Range(0, hidden).Min(layer => seen.Signal.Layers[layer].LinearShare);
        return least > FindingRule.LinearUnits.Limit
            ? new Finding(
                FindingRule.LinearUnits, null, least.Value, FindingRule.LinearUnits.Limit,
                seen.Spec.Architecture.HiddenActivation == Activation.Identity ? "the hidden activation is a straight line, so that the network can do no more than one without hidden layers"
                    : least == 1 ? "all hidden units answer nearly by a straight line"
                    : $"at least {Said.Percent(least.Value)} of the units of every hidden layer answer nearly by a straight line")
            : null;
    }

    /// <summary>The layer in which the most is measured, if that is above the limit, or where asked at it.</summary>
    private static Finding? Worst(
        FindingRule rule, int hidden, Func<int, double?> measure, Func<string, string, string> text, Func<Advice?>? advice, bool reached = false)
    {
        (int Layer, double Measured)[] found = [.. Enumerable.Range(0, hidden).Select(layer => (layer, measure(layer) ?? double.NaN))
            .Where(one => one.Item2 > rule.Limit || (reached && one.Item2 >= rule.Limit))];
        if (found is [])
        {
            return null;
        }

        (int layer, double measured) = found.MaxBy(one => one.Measured);
        string share = $"{(found.Length == 1 ? "" : "up to ")}{Said.Percent(measured)}";
        return new Finding(rule, layer + 1, measured, rule.Limit, text(share, Said.Layers([.. found.Select(one => one.Layer)])), advice?.Invoke());
    }
}
