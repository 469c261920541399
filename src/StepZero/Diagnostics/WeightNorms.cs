using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>The sizes of weights, or of a change of them, in either form.</summary>
internal static class WeightNorms
{
    /// <summary>The root of the sum of squares of each layer's weights.</summary>
    /// <param name="values">The weights, or a difference.</param>
    /// <param name="dual">What their coefficients stand for in the dual form; null in the primal form.</param>
    public static double[] Of(NetworkValues<double> values, DualWeights? dual) =>
        [.. values.Weights.Select((weights, layer) => layer == 0 && dual is not null ? dual.Norm(values.Kept, weights) : SignalPass.Norm(weights))];
}
