using StepZero.Initialization;
using StepZero.Networks;

namespace StepZero.Diagnostics;

/// <summary>
/// What to change where the untouched weights are wrong: features of the wrong size first; then the one of He's and Xavier's starts whose gradients keep their
/// size by theory; and where neither reaches through all layers, or the better one was there already, another activation.
/// </summary>
internal static class StartAdvice
{
    /// <summary>The advice; null where all of that is there already.</summary>
    /// <param name="seen">What was seen.</param>
    /// <param name="why">What a better start brings.</param>
    public static Advice? Of(Diagnosis seen, string why)
    {
        Activation activation = seen.Spec.Architecture.HiddenActivation;
        string now = seen.Spec.Initializer.Name;
        Advice? features = DataFindings.IsBadlySized(seen.Data) ? DataFindings.Conditioning(seen) : null;
        (Initializer start, double depth) = Better(activation);
        Advice? better = null;
        if (seen.Spec.Architecture.LayerCount - 2 > depth || (features is null && now == start.Name))
        {
            better = activation == Activation.Tanh ? null
                : new Advice($"{why}, and tanh keeps the size of signals and gradients through many layers") { Activation = Activation.Tanh, Initializer = Initializer.Xavier };
        }
        else if (now != start.Name)
        {
            better = new Advice(why) { Initializer = start };
        }

        return features is null || better is null ? features ?? better : features.With(better);
    }

    /// <summary>The start whose χ is nearer to 1, and the depth that theory lets it train.</summary>
    private static (Initializer Start, double Depth) Better(Activation activation)
    {
        (Initializer Start, double Variance)[] starts = [(Initializer.Xavier, 1), (Initializer.He, 2)];
        try
        {
            return starts.Select(one => (one.Start, Theory: MeanFieldTheory.Of(activation, one.Variance)))
                .OrderBy(one => Math.Abs(Math.Log(one.Theory.GradientFactor))).Select(one => (one.Start, one.Theory.TrainableDepth)).First();
        }
        catch (ArgumentException)
        {
            // It oscillates too fast for theory.
            return (Initializer.Xavier, double.PositiveInfinity);
        }
    }
}
