namespace StepZero.Diagnostics;

/// <summary>What becomes of the signal and of the gradients from layer to layer, and what theory says to it.</summary>
internal static class SignalFindings
{
    private const string KeepsSignal = "weights of the right size keep the signal as it is";

    /// <summary>A cosine nearer to 1 is 1 but for rounding.</summary>
    private const double Rounding = 1e-12;

    public static IEnumerable<Finding> Of(Diagnosis seen)
    {
        IReadOnlyList<LayerStatistics> layers = seen.Signal.Layers;
        int hidden = layers.Count - 1;
        double largest = layers.Where(layer => double.IsFinite(layer.PreActivations.RootMeanSquare)).Select(layer => layer.PreActivations.RootMeanSquare).DefaultIfEmpty(0).Max();
        if (largest > FindingRule.ExplodingSignal.Limit)
        {
            int at = layers.ToList().FindIndex(layer => layer.PreActivations.RootMeanSquare == largest);
            yield return new Finding(
                FindingRule.ExplodingSignal, at + 1, largest, FindingRule.ExplodingSignal.Limit,
                $"pre-activations of layer {at + 1} have a root mean square of {ShortNumber.Of(largest)}", StartAdvice.Of(seen, KeepsSignal));
        }

        if (hidden == 0 || !double.IsFinite(seen.Signal.Cost))
        {
            yield break;
        }

        double signal = layers[hidden - 1].PreActivations.RootMeanSquare / seen.Signal.Inputs.RootMeanSquare;
        if (signal < FindingRule.VanishingSignal.Limit)
        {
            yield return new Finding(
                FindingRule.VanishingSignal, hidden, signal, FindingRule.VanishingSignal.Limit,
                $"the signal {Shrinks(signal)} on its way from the features to layer {hidden}", StartAdvice.Of(seen, KeepsSignal));
        }

        double gradient = layers[0].Gradients.RootMeanSquare / layers[hidden - 1].Gradients.RootMeanSquare;
        if (gradient < FindingRule.VanishingGradient.Limit)
        {
            yield return new Finding(
                FindingRule.VanishingGradient, 1, gradient, FindingRule.VanishingGradient.Limit,
                $"the gradient {Shrinks(gradient)} on its way back from layer {hidden} to layer 1",
                StartAdvice.Of(seen, "weights of the right size keep gradients as they are"));
        }
        else if (gradient > FindingRule.ExplodingGradient.Limit && double.IsFinite(gradient))
        {
            yield return new Finding(
                FindingRule.ExplodingGradient, 1, gradient, FindingRule.ExplodingGradient.Limit,
                $"the gradient grows {ShortNumber.Of(gradient)} times on its way back from layer {hidden} to layer 1",
                StartAdvice.Of(seen, "weights of the right size keep gradients as they are"));
        }

        double apart = 1 - layers[hidden - 1].MeanCosine ?? double.NaN;
        if (apart < FindingRule.AlikeSamples.Limit)
        {
            double before = 1 - seen.Signal.InputCosine ?? double.NaN;
            yield return new Finding(
                FindingRule.AlikeSamples, hidden, apart, FindingRule.AlikeSamples.Limit,
                $"to layer {hidden} all samples look alike: the mean cosine between the activations of two is 1{(apart < Rounding ? "" : $" − {ShortNumber.Of(apart)}")}",
                before < Math.Sqrt(FindingRule.AlikeSamples.Limit) && DataFindings.Conditioning(seen) is Advice features
                    ? features
                    : StartAdvice.Of(seen, "weights of the right size keep samples apart"));
        }

        if (seen.Theory.Limit is MeanFieldTheory limit && hidden - 1 > limit.TrainableDepth)
        {
            yield return new Finding(
                FindingRule.BeyondDepth, null, hidden - 1, limit.TrainableDepth,
                $"by theory {(limit.GradientFactor > 1 ? "what a signal tells of its sample is lost in chaos, e-fold" : "what tells samples apart shrinks e-fold")} within {ShortNumber.Of(limit.CorrelationDepth)} layers, so that a signal passes {ShortNumber.Of(limit.TrainableDepth)} at most; behind the first there are {hidden - 1}",
                StartAdvice.Of(seen, "weights of the right size keep samples apart"));
        }

        if (Parting(seen) is (int layer, double ratio, double most))
        {
            yield return new Finding(
                FindingRule.TheoryParts, layer + 1, Math.Max(ratio, 1 / ratio), most,
                $"the mean square of z in layer {layer + 1} is {ShortNumber.Of(ratio)} times what layers of infinite width would make of it");
        }
    }

    private static string Shrinks(double ratio) => ratio > 0 && double.IsFinite(1 / ratio) ? $"shrinks {ShortNumber.Of(1 / ratio)} times" : "vanishes wholly";

    /// <summary>The first layer in which data and theory part by more than so few units spread, whose logarithm has a variance of about 2/n a layer.</summary>
    private static (int Layer, double Ratio, double Most)? Parting(Diagnosis seen)
    {
        double variance = 0;
        for (int layer = 0; layer < seen.Signal.Layers.Count; layer++)
        {
            LayerStatistics measured = seen.Signal.Layers[layer];
            variance += 2.0 / measured.Units;
            double most = Math.Max(FindingRule.TheoryParts.Limit, Math.Exp(3 * Math.Sqrt(variance)));
            double ratio = Math.Pow(measured.PreActivations.RootMeanSquare, 2) / (seen.Theory.Layers[layer]?.Length ?? double.NaN);
            if (measured.Units > 1 && double.IsFinite(ratio) && ratio > 0 && Math.Max(ratio, 1 / ratio) > most)
            {
                return (layer, ratio, most);
            }
        }

        return null;
    }
}
