namespace StepZero.Diagnostics;

/// <summary>What becomes of the signal and of the gradients from layer to layer, and what theory says to it.</summary>
internal static class SignalFindings
{
    public static IEnumerable<Finding> Of(Diagnosis seen)
    {
        IReadOnlyList<LayerStatistics> layers = seen.Signal.Layers;
        if (!double.IsFinite(seen.Signal.Cost))
        {
            yield break;
        }

        int last = layers.Count - 1;
        double largest = layers.Max(layer => layer.PreActivations.RootMeanSquare);
        if (largest > FindingRule.ExplodingSignal.Limit)
        {
            int at = layers.ToList().FindIndex(layer => layer.PreActivations.RootMeanSquare == largest);
            yield return new Finding(
                FindingRule.ExplodingSignal, at + 1, largest, FindingRule.ExplodingSignal.Limit,
                $"pre-activations of layer {at + 1} have a root mean square of {Said.Number(largest)}", UnitFindings.Start(seen, "weights of the right size keep the signal as it is"));
        }

        if (last == 0)
        {
            yield break;
        }

        double signal = layers[last].PreActivations.RootMeanSquare / layers[0].PreActivations.RootMeanSquare;
        if (signal < FindingRule.VanishingSignal.Limit)
        {
            yield return new Finding(
                FindingRule.VanishingSignal, last + 1, signal, FindingRule.VanishingSignal.Limit,
                $"the signal shrinks to {Said.Percent(signal)} on its way from layer 1 to layer {last + 1}", UnitFindings.Start(seen, "weights of the right size keep the signal as it is"));
        }

        double gradient = layers[0].Gradients.RootMeanSquare / layers[last].Gradients.RootMeanSquare;
        if (gradient < FindingRule.VanishingGradient.Limit)
        {
            yield return new Finding(
                FindingRule.VanishingGradient, 1, gradient, FindingRule.VanishingGradient.Limit,
                $"gradients shrink to {Said.Percent(gradient)} on their way back from layer {last + 1} to layer 1", UnitFindings.Start(seen, "weights of the right size keep gradients as they are"));
        }
        else if (gradient > FindingRule.ExplodingGradient.Limit)
        {
            yield return new Finding(
                FindingRule.ExplodingGradient, 1, gradient, FindingRule.ExplodingGradient.Limit,
                $"gradients grow {Said.Number(gradient)} times on their way back from layer {last + 1} to layer 1", UnitFindings.Start(seen, "weights of the right size keep gradients as they are"));
        }

        double apart = 1 - layers[last - 1].MeanCosine ?? double.NaN;
        if (apart < FindingRule.AlikeSamples.Limit && seen.Data.LargestDeviation > 0)
        {
            yield return new Finding(
                FindingRule.AlikeSamples, last, apart, FindingRule.AlikeSamples.Limit,
                $"to layer {last} all samples look alike: the mean cosine between the activations of two is 1 − {Said.Number(Math.Max(apart, 0))}",
                UnitFindings.Start(seen, "weights of the right size keep samples apart"));
        }

        if (seen.Theory.Limit is MeanFieldTheory limit && last > limit.TrainableDepth)
        {
            yield return new Finding(
                FindingRule.BeyondDepth, null, last, limit.TrainableDepth,
                $"{Said.Count(last, "hidden layer")} are more than a signal passes: by theory it forgets its samples within {Said.Number(limit.CorrelationDepth)} layers, and {Said.Number(limit.TrainableDepth)} train at most");
        }

        if (Parting(seen) is (int layer, double ratio))
        {
            yield return new Finding(
                FindingRule.TheoryParts, layer + 1, Math.Max(ratio, 1 / ratio), FindingRule.TheoryParts.Limit,
                $"the mean square of z in layer {layer + 1} is {Said.Number(ratio)} times what layers of infinite width would make of it");
        }
    }

    /// <summary>The first layer in which data and theory part.</summary>
    private static (int Layer, double Ratio)? Parting(Diagnosis seen)
    {
        for (int layer = 0; layer < seen.Signal.Layers.Count; layer++)
        {
            double measured = Math.Pow(seen.Signal.Layers[layer].PreActivations.RootMeanSquare, 2), ratio = measured / (seen.Theory.Layers[layer]?.Length ?? double.NaN);
            if (double.IsFinite(ratio) && ratio > 0 && Math.Max(ratio, 1 / ratio) > FindingRule.TheoryParts.Limit)
            {
                return (layer, ratio);
            }
        }

        return null;
    }
}
