namespace StepZero.Diagnostics;

/// <summary>The signal in one layer: what comes out of it for all samples, and what comes back. Numbers that are not numbers make figures nan; counts stay counts.</summary>
/// <param name="Units">The units of the layer.</param>
/// <param name="PreActivations">z over all units and samples.</param>
/// <param name="Activations">φ(z), likewise; in the output layer z.</param>
/// <param name="Gradients">δ = ∂cost/∂z, likewise. The cost is a mean over the samples, so δ has a factor 1/samples.</param>
/// <param name="WeightNorm">The root of the sum of squares of the weights into the layer; 0 or more.</param>
/// <param name="WeightGradientNorm">The same of their gradient, ∂cost/∂W.</param>
public sealed record LayerStatistics(
    int Units, Spread PreActivations, Spread Activations, Spread Gradients, double WeightNorm, double WeightGradientNorm)
{
    /// <summary>An activation is saturated where |φ′(z)| is below this share of the largest slope of φ; for tanh that is |φ| above 0.975.</summary>
    public const double SaturatedSlope = 0.05;

    /// <summary>A unit is near-linear where a straight line leaves less than this share of the variance of its activations unexplained.</summary>
    public const double LinearRest = 1e-3;

    /// <summary>
    /// The share of activations, over units and samples, whose |φ′(z)| is below <see cref="SaturatedSlope"/> times the largest, φ′(0); 0 to 1. Null for
    /// activations without two bounds, and in the output layer.
    /// </summary>
    public double? SaturatedShare { get; init; }

    /// <summary>The units that are 0, and whose φ′ is 0, for every sample: nothing comes out of them and no gradient back. Null in the output layer.</summary>
    public int? DeadUnits { get; init; }

    /// <summary>
    /// The units whose activation is nearly a straight line over the z that the samples give it: 1 − r² of φ(z) and z over the samples is below
    /// <see cref="LinearRest"/>. A unit that has one activation for all samples does not count. Null in the output layer.
    /// </summary>
    public int? LinearUnits { get; init; }

    /// <summary>
    /// The mean cosine between the activations of two samples, over all pairs of samples, −1 to 1: at 1 the layer cannot tell samples apart. Samples whose
    /// activations are all 0 do not count; null where fewer than two are left.
    /// </summary>
    public double? MeanCosine { get; init; }

    /// <summary>
    /// The root mean square of z over that of the layer before, or in the first layer that of the scaled features: above 1 the signal grows, below it
    /// shrinks. Nan where both are 0.
    /// </summary>
    public double Growth { get; init; }

    /// <summary>The root mean square of δ over that of the layer behind: the same for gradients on their way back. Null in the output layer.</summary>
    public double? GradientGrowth { get; init; }

    /// <summary>The share of dead units, 0 to 1.</summary>
    public double? DeadShare => (double?)DeadUnits / Units;

    /// <summary>The share of near-linear units, 0 to 1.</summary>
    public double? LinearShare => (double?)LinearUnits / Units;

    /// <summary>‖∂cost/∂W‖/‖W‖: the share of the weights that a step of learning rate 1 would change; not finite where all weights are 0.</summary>
    public double RelativeGradient => WeightGradientNorm / WeightNorm;
}
