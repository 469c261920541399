using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>What infinite-width theory says of a network, in sentences, as HTML.</summary>
internal static class TheoryText
{
    /// <summary>The sentences; nothing for networks of fewer than two hidden layers, and where no theory holds.</summary>
    /// <param name="theory">The theory.</param>
    /// <param name="hidden">The hidden layers of the network.</param>
    public static string Write(NetworkTheory theory, int hidden)
    {
        if (theory.Limit is not MeanFieldTheory limit)
        {
            return "";
        }

        if (limit.GradientFactor == 0)
        {
            return "By mean-field theory such layers pass neither signal nor gradient.";
        }

        string length = limit.Limit switch
        {
            LengthLimit.Settles => $"bring the mean square of z to q* = {Figures.Brief(limit.Length)}",
            LengthLimit.Vanishes => "let the signal vanish",
            _ => "let the signal grow without end",
        };
        string gradients = Math.Abs(limit.GradientFactor - 1) < 1e-6 ? "gradients neither shrink nor grow"
            : $"gradients {(limit.GradientFactor < 1 ? "shrink" : "grow")} by e within ξ<sub>∇</sub> = {Layers(limit.GradientDepth)}";
        string likeness = double.IsInfinity(limit.CorrelationDepth) ? "two samples never quite forget how they differed, so any depth can train"
            : $"two samples come to a cosine of c* = {Figures.Brief(limit.Correlation)} within ξ<sub>c</sub> = {Layers(limit.CorrelationDepth)}, and beyond 6·ξ<sub>c</sub> = {Layers(limit.TrainableDepth)} nothing trains; this network has {hidden} hidden";
        return $"By mean-field theory ever more layers like these, of infinite width (σw² = {Figures.Brief(theory.WeightVariance)}, σb² = {Figures.Brief(theory.BiasVariance)}), {length}; "
            + $"χ₁ = {Figures.Brief(limit.GradientFactor)}, so {gradients}; {likeness}.";
    }

    private static string Layers(double depth) => $"{Figures.Brief(depth)} layer{(Figures.Brief(depth) == "1" ? "" : "s")}";
}
