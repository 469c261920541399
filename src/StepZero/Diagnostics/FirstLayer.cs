using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>What statistics want to know of the first layer, the only one that meets the features.</summary>
/// <param name="Products">W·Xᵀ, [units, samples].</param>
/// <param name="WeightNorm">The root of the sum of squares of W.</param>
/// <param name="GradientNorm">The same of the gradient δ·X, from δ, [units, samples].</param>
internal sealed record FirstLayer(Matrix<double> Products, double WeightNorm, Func<Matrix<double>, double> GradientNorm)
{
    /// <summary>That of given weights: by two passes over the data.</summary>
    public static FirstLayer Of(Parameters parameters, Dataset data, FittedScaling scaling) => new(
        SampleBlocks.Project(data, scaling, parameters.Weights[0]), Scaled.Norm(parameters.Weights[0]), delta =>
        {
            double[] gradient = new double[parameters.Weights[0].Length];
            SampleBlocks.Lift(data, scaling, delta, gradient);
            return Scaled.Norm(gradient);
        });
}
