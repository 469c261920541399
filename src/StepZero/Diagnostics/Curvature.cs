using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>
/// The extreme eigenvalues of the Hessian of the cost, the mean loss over the training samples, by all weights and biases: how strongly the cost curves.
/// Weight decay has no part in it. In double precision, from exact products of the Hessian with vectors.
/// </summary>
/// <example>
/// <code>
/// PreparedData prepared = PreparedData.Prepare(data, architecture, options);
/// Console.WriteLine(Curvature.Of(prepared, architecture, Initializer.He.Draw(architecture, seed: 1)).StableRate);
/// </code>
/// </example>
public sealed class Curvature
{
    /// <summary>‖H·v − λ·v‖ of each eigenpair as a share of the largest |λ|.</summary>
    internal const double Tolerance = 1e-6;

    private const int MostProducts = 2000;

    /// <summary>A dense Hessian of so many parameters takes 128 MB.</summary>
    private const int MostParameters = 4096;

    private Curvature(double[] largest, double smallest, Extremes found)
    {
        Largest = largest;
        Smallest = smallest;
        Residual = found.Residual;
        Products = found.Products;
        Converged = found.Converged;
    }

    /// <summary>The largest eigenvalues, in descending order and repeated as often as they occur; nan where the cost is not finite.</summary>
    public IReadOnlyList<double> Largest { get; }

    /// <summary>The smallest eigenvalue, negative where the cost curves downwards in some direction; nan where the cost is not finite.</summary>
    public double Smallest { get; }

    /// <summary>
    /// The largest rate at which gradient descent is stable in a quadratic valley of this curvature, 2/λ of the largest eigenvalue λ; infinite where
    /// no eigenvalue is positive.
    /// </summary>
    public double StableRate => RateOf(Largest[0]);

    /// <summary>
    /// The largest ‖H·v − λ·v‖ of the eigenpairs, v of length 1: as near to each value there is an eigenvalue. At most 1e-6 (twice that where rounding
    /// asks for it) of the largest |λ| where <see cref="Converged"/>.
    /// </summary>
    public double Residual { get; }

    /// <summary>How many products of the Hessian with a vector it took; one costs about as much as one or two gradients.</summary>
    public int Products { get; }

    /// <summary>Whether the search ended by itself, and not after 2,000 products.</summary>
    public bool Converged { get; }

    /// <summary>The curvature at given parameters. It does not depend on the form that the data were prepared for, but for rounding.</summary>
    /// <param name="prepared">The training samples.</param>
    /// <param name="architecture">The network that they were prepared for.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="count">How many of the largest eigenvalues to find, at least 1; fewer come back where there are fewer parameters.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="ArgumentOutOfRangeException">The count is below 1.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static Curvature Of(PreparedData prepared, Architecture architecture, Parameters parameters, int count = 1, CancellationToken cancellation = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(count, 1);
        Hessian hessian = HessianOf(prepared, architecture, cancellation);
        Settle(hessian, prepared, parameters);
        Extremes found = new Lanczos(hessian, count, wantsSmallest: true).Find(Tolerance, MostProducts, startsFromFirst: false, cancellation);

        // The directions that no sample sees, which the dual form leaves out, have eigenvalue 0.
        long flat = architecture.ParameterCount - hessian.Dimension;
        return double.IsNaN(found.Smallest) || flat == 0
            ? new Curvature(found.Largest, found.Smallest, found)
            : new Curvature(
                [.. found.Largest.Concat(Enumerable.Repeat(0.0, (int)Math.Min(flat, count))).OrderDescending().Take(count)], Math.Min(found.Smallest, 0), found);
    }

    /// <summary>
    /// All eigenvalues at given parameters, in descending order. In the dual form these are the ones within the span of the samples; the others,
    /// as many as are missing to the number of parameters, are 0.
    /// </summary>
    /// <param name="prepared">The training samples.</param>
    /// <param name="architecture">The network that they were prepared for.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="StepZeroException">There are more than 4,096 parameters (in the dual form, units of the first layer times samples instead of its weights).</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static double[] Spectrum(PreparedData prepared, Architecture architecture, Parameters parameters, CancellationToken cancellation = default)
    {
        Hessian hessian = HessianOf(prepared, architecture, cancellation);
        int n = hessian.Dimension;
        if (n > MostParameters)
        {
            throw new StepZeroException(
                $"'{prepared.Data.Name}': all eigenvalues of {n} parameters would need a matrix of {n} × {n} numbers; at most {MostParameters} parameters are taken. Ask for the largest eigenvalues, or use a smaller network.");
        }

        if (!double.IsFinite(Settle(hessian, prepared, parameters)))
        {
            return [.. Enumerable.Repeat(double.NaN, n)];
        }

        return SymmetricEigen.Decompose(Dense(hessian, cancellation), cancellation: cancellation);
    }

    /// <summary>2/λ, infinite where λ is not positive.</summary>
    internal static double RateOf(double largest) => largest <= 0 ? double.PositiveInfinity : 2 / largest;

    /// <summary>The Hessian of networks on the samples, at no point yet.</summary>
    internal static Hessian HessianOf(PreparedData prepared, Architecture architecture, CancellationToken cancellation)
    {
        Dataset data = prepared.Data;
        Matrix<double>? exact = prepared is PreparedData<double> doubles && !prepared.Training.HasBatches(data.SampleCount) ? doubles.Inputs : null;
        Matrix<double> inputs = prepared.Form == TrainingForm.Dual
            ? GramFactor.Of((prepared as PreparedData<double>)?.Inputs ?? SampleBlocks.Gram(data, prepared.Scaling, 1, cancellation), data.FeatureCount)
            : exact ?? SampleBlocks.Transpose<double>(data, prepared.Scaling);
        return new Hessian(architecture, inputs, Targets.Row<double>(architecture.Loss, data), cancellation);
    }

    /// <summary>All elements, [dimension, dimension].</summary>
    internal static Matrix<double> Dense(Hessian hessian, CancellationToken cancellation)
    {
        int[] places = hessian.Places();
        Matrix<double> unit = Matrix<double>.Allocate(1, hessian.Length), product = Matrix<double>.Allocate(1, hessian.Length);
        Matrix<double> dense = Matrix<double>.Allocate(places.Length, places.Length);
        for (int row = 0; row < places.Length; row++)
        {
            cancellation.ThrowIfCancellationRequested();
            unit[0][places[row]] = 1;
            hessian.Multiply(unit, product);
            unit[0][places[row]] = 0;
            for (int column = 0; column < places.Length; column++)
            {
                // Symmetric but for rounding: each element is the mean of itself and its mirror image.
                double half = product[0][places[column]] / 2;
                dense[row][column] += half;
                dense[column][row] += half;
            }
        }

        return dense;
    }

    /// <summary>Puts the Hessian at given parameters, and returns the cost there.</summary>
    internal static double Settle(Hessian hessian, PreparedData prepared, Parameters parameters)
    {
        hessian.Point.Set(parameters, dual: true);
        Matrix<double> products = SampleBlocks.Project(prepared.Data, prepared.Scaling, parameters.Weights[0]);
        for (int unit = 0; unit < products.Rows; unit++)
        {
            products[unit].CopyTo(hessian.FirstProducts[unit]);
        }

        return hessian.Settle();
    }
}
