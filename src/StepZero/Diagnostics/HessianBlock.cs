using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>What the products of a <see cref="Hessian"/> need of one block of samples at its point. Samples are columns.</summary>
internal sealed class HessianBlock
{
    private readonly Architecture architecture;
    private readonly Matrix<double> expected;
    private readonly Matrix<double> firstProducts;
    private readonly Matrix<double> outputs;
    private readonly Matrix<double> lossCurvature;

    /// <summary>A block of samples.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="inputs">The columns of F, [rows, count].</param>
    /// <param name="expected">Their targets, [1, count].</param>
    /// <param name="firstProducts">Their columns of W·Xᵀ, [units, count].</param>
    public HessianBlock(Architecture architecture, Matrix<double> inputs, Matrix<double> expected, Matrix<double> firstProducts)
    {
        this.architecture = architecture;
        this.expected = expected;
        this.firstProducts = firstProducts;
        Inputs = inputs;
        int[] units = [.. architecture.LayerSizes.Skip(1)];
        Activations = Allocate(units.AsSpan(..^1), Count);
        Slopes = Allocate(units.AsSpan(..^1), Count);
        Bends = Allocate(units.AsSpan(..^1), Count);
        Deltas = Allocate(units, Count);
        outputs = Matrix<double>.Allocate(units[^1], Count);
        lossCurvature = Matrix<double>.Allocate(units[^1], Count);
    }

    /// <summary>The samples.</summary>
    public int Count => Inputs.Columns;

    /// <summary>The columns of F.</summary>
    public Matrix<double> Inputs { get; }

    /// <summary>φ(z) of each hidden layer, [units, count].</summary>
    public Matrix<double>[] Activations { get; }

    /// <summary>φ′(z) of each hidden layer.</summary>
    public Matrix<double>[] Slopes { get; }

    /// <summary>e·φ″(z) of each hidden layer, with e = ∂cost/∂a.</summary>
    public Matrix<double>[] Bends { get; }

    /// <summary>∂cost/∂z of each layer, 0 in the padding.</summary>
    public Matrix<double>[] Deltas { get; }

    /// <summary>Matrices of a row a unit.</summary>
    public static Matrix<double>[] Allocate(ReadOnlySpan<int> units, int samples)
    {
        var matrices = new Matrix<double>[units.Length];
        for (int layer = 0; layer < units.Length; layer++)
        {
            matrices[layer] = Matrix<double>.Allocate(units[layer], samples);
        }

        return matrices;
    }

    /// <summary>Computes everything at a point, and adds the losses to the sum.</summary>
    public void Settle(NetworkValues<double> point, double weight, ref CompensatedSum sum)
    {
        int last = architecture.LayerCount - 1;
        for (int layer = 0; layer <= last; layer++)
        {
            // The slopes take the place of the pre-activations.
            Matrix<double> z = layer == last ? outputs : Slopes[layer];
            Elementwise.SetRows(z, point.Biases[layer][0], layer == 0 ? firstProducts : default, 1);
            if (layer > 0)
            {
                MatrixProduct.Add(point.Weights[layer], Activations[layer - 1], z);
            }

            if (layer < last)
            {
                architecture.HiddenActivation.SecondDerivative(z, Bends[layer]);
                architecture.HiddenActivation.Apply(z, Activations[layer]);
            }
        }

        Targets.Evaluate(architecture.Loss, outputs, expected, weight, Deltas[last], ref sum);
        switch (architecture.Loss)
        {
            case Loss.BinaryCrossEntropy: TangentProducts.LogisticCurvature(outputs, weight, lossCurvature); break;
            case Loss.CrossEntropy: TangentProducts.Softmax(outputs, lossCurvature); break;
            default: TangentProducts.SquaredCurvature(weight, lossCurvature); break;
        }

        for (int layer = last; layer > 0; layer--)
        {
            Matrix<double> below = Deltas[layer - 1];
            Elementwise.Clear(below);
            MatrixProduct.AddTransposedLeft(point.Weights[layer], Deltas[layer], below);
            Elementwise.MultiplyBy(Bends[layer - 1], below);
            Elementwise.MultiplyBy(below, Slopes[layer - 1]);
        }
    }

    /// <summary>How the output delta changes with the outputs: by the second derivative of the loss.</summary>
    public void CurveLoss(Matrix<double> change, Matrix<double> deltaChange, double weight)
    {
        if (architecture.Loss == Loss.CrossEntropy)
        {
            TangentProducts.SoftmaxCurvature(lossCurvature, change, weight, deltaChange);
        }
        else
        {
            TangentProducts.Multiply(lossCurvature, change, deltaChange);
        }
    }
}
