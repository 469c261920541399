using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>
/// The first layer of the dual form, W = c·W(0) + A·X, measured without writing W out: all that is asked of it follows from the Gram matrix G = X·Xᵀ, from
/// P = W(0)·Xᵀ and from ‖W(0)‖, which a training leaves as they are. ‖W‖² = c²·‖W(0)‖² + 2c·⟨A, P⟩ + ⟨A, A·G⟩, and W·Xᵀ = c·P + A·G.
/// </summary>
internal sealed class DualWeights
{
    private readonly Matrix<double> gram;
    private readonly Matrix<double> startProducts;
    private readonly double startNorm;

    /// <summary>The weights of trainings from one start.</summary>
    /// <param name="data">The samples, in the dual form.</param>
    /// <param name="start">The untouched parameters.</param>
    /// <param name="cancellation">Ends the work early.</param>
    public DualWeights(PreparedData data, Parameters start, CancellationToken cancellation)
        : this(data, start, SampleBlocks.Project(data.Data, data.Scaling, start.Weights[0]), cancellation)
    {
    }

    /// <summary>The same where <paramref name="startProducts"/>, P, is known.</summary>
    public DualWeights(PreparedData data, Parameters start, Matrix<double> startProducts, CancellationToken cancellation)
    {
        gram = (data as PreparedData<double>)?.Inputs ?? SampleBlocks.Gram(data.Data, data.Scaling, 1, cancellation);
        this.startProducts = startProducts;
        startNorm = Scaled.Norm(start.Weights[0]);
    }

    /// <summary>The layer of given values.</summary>
    public FirstLayer LayerOf(NetworkValues<double> values)
    {
        Matrix<double> products = Matrix<double>.Allocate(startProducts.Rows, startProducts.Columns);
        Elementwise.AddScaled(products, values.Kept, startProducts);
        MatrixProduct.Add(values.Weights[0], gram, products);
        return new FirstLayer(products, Norm(values.Kept, values.Weights[0]), delta => Norm(0, delta));
    }

    /// <summary>The layer of the untouched weights.</summary>
    public FirstLayer StartLayer => new(startProducts, startNorm, delta => Norm(0, delta));

    /// <summary>‖c·W(0) + A·X‖.</summary>
    /// <param name="kept">c.</param>
    /// <param name="coefficients">A, [units, samples], 0 in the padding.</param>
    public double Norm(double kept, Matrix<double> coefficients)
    {
        // Brought near 1, so that squares neither overflow nor underflow.
        double factor = Math.Min(Scaled.Factor(coefficients), kept == 0 ? double.PositiveInfinity : 1 / Math.Abs(kept));
        Matrix<double> scaled = Matrix<double>.Allocate(coefficients.Rows, coefficients.Columns), products = Matrix<double>.Allocate(coefficients.Rows, coefficients.Columns);
        Elementwise.AddScaled(scaled, factor, coefficients);
        MatrixProduct.Add(scaled, gram, products);
        double first = kept * factor, square = Elementwise.SumOfProducts(scaled, products);
        if (first != 0)
        {
            square += (2 * first * Elementwise.SumOfProducts(scaled, startProducts)) + (first * startNorm * first * startNorm);
        }

        // Rounding may leave a little below 0 of what is 0.
        return Math.Sqrt(Math.Max(0, square)) / factor;
    }
}
