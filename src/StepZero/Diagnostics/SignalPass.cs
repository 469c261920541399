using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>The forward and backward pass of <see cref="NetworkPass{T}"/> with everything kept that a diagnosis asks for: z, φ(z), φ′(z) and δ of each layer.</summary>
internal sealed class SignalPass
{
    private readonly Architecture architecture;
    private readonly Parameters parameters;
    private readonly int blockSize;
    private readonly Matrix<double>[] weights;
    private readonly Matrix<double>[] gradients;
    private readonly Matrix<double>[] z;
    private readonly Matrix<double>[] slopes;
    private readonly Matrix<double>[] activations;
    private readonly Matrix<double>[] deltas;

    public SignalPass(Architecture architecture, Parameters parameters, int blockSize)
    {
        this.architecture = architecture;
        this.parameters = parameters;
        this.blockSize = blockSize;
        IReadOnlyList<int> sizes = architecture.LayerSizes;
        weights = [default, .. Enumerable.Range(1, architecture.LayerCount - 1).Select(layer => Conversion.FromRows(sizes[layer + 1], sizes[layer], parameters.Weights[layer]))];
        gradients = [default, .. Enumerable.Range(1, architecture.LayerCount - 1).Select(layer => Matrix<double>.Allocate(sizes[layer + 1], sizes[layer]))];
        z = Workspace();
        slopes = Workspace();
        activations = Workspace();
        deltas = Workspace();

        Matrix<double>[] Workspace() => [.. sizes.Skip(1).Select(units => Matrix<double>.Allocate(units, blockSize))];
    }

    private int Last => architecture.LayerCount - 1;

    /// <summary>Sends all samples through: what was seen in each layer, the norm of the gradient of each layer's weights, and the mean loss.</summary>
    public (LayerSignal[] Layers, double[] GradientNorms, double Cost) Run(Dataset data, FirstLayer layer)
    {
        Matrix<double> targets = Targets.Row<double>(architecture.Loss, data);
        Matrix<double> firstDelta = Matrix<double>.Allocate(architecture.LayerSizes[1], data.SampleCount);
        LayerSignal[] seen = [.. Enumerable.Range(0, architecture.LayerCount).Select(i =>
            new LayerSignal(architecture.LayerSizes[i + 1], i == Last ? null : architecture.HiddenActivation))];
        CompensatedSum sum = default;
        for (int first = 0; first < data.SampleCount; first += blockSize)
        {
            int samples = Math.Min(blockSize, data.SampleCount - first);
            Elementwise.SetRows(z[0].ColumnRange(0, samples), parameters.Biases[0], layer.Products.ColumnRange(first, samples), 1);
            Forward(samples, seen);
            Targets.Evaluate(
                architecture.Loss, z[Last].ColumnRange(0, samples), targets.ColumnRange(first, samples), 1.0 / data.SampleCount, deltas[Last].ColumnRange(0, samples), ref sum);
            Backward(samples, seen);
            for (int unit = 0; unit < firstDelta.Rows; unit++)
            {
                deltas[0].ColumnRange(0, samples)[unit].CopyTo(firstDelta[unit][first..]);
            }
        }

        return (seen, [layer.GradientNorm(firstDelta), .. gradients.Skip(1).Select(Norm)], sum.Value / data.SampleCount);
    }

    /// <summary>The root of the sum of squares of a matrix.</summary>
    public static double Norm(Matrix<double> matrix)
    {
        double[] rows = new double[matrix.Rows];
        for (int row = 0; row < rows.Length; row++)
        {
            rows[row] = Scaled.Norm(matrix[row]);
        }

        return Scaled.Norm(rows);
    }

    private void Forward(int samples, LayerSignal[] seen)
    {
        for (int layer = 0; layer <= Last; layer++)
        {
            Matrix<double> values = z[layer].ColumnRange(0, samples), slope = slopes[layer].ColumnRange(0, samples), a = activations[layer].ColumnRange(0, samples);
            if (layer == Last)
            {
                seen[layer].AddForward(values, values, slope);
                return;
            }

            // Applying replaces z by the slopes, so it works on a copy, padding included.
            Elementwise.Clear(slope);
            Elementwise.AddScaled(slope, 1, values);
            architecture.HiddenActivation.Apply(slope, a);
            seen[layer].AddForward(values, a, slope);
            Matrix<double> next = z[layer + 1].ColumnRange(0, samples);
            Elementwise.SetRows(next, parameters.Biases[layer + 1], default, default);
            MatrixProduct.Add(weights[layer + 1], a, next);
        }
    }

    private void Backward(int samples, LayerSignal[] seen)
    {
        for (int layer = Last; layer >= 0; layer--)
        {
            Matrix<double> delta = deltas[layer].ColumnRange(0, samples);
            seen[layer].AddBackward(delta);
            if (layer > 0)
            {
                MatrixProduct.AddTransposedRight(delta, activations[layer - 1].ColumnRange(0, samples), gradients[layer]);
                Matrix<double> previous = deltas[layer - 1].ColumnRange(0, samples);
                Elementwise.Clear(previous);
                MatrixProduct.AddTransposedLeft(weights[layer], delta, previous);
                Elementwise.MultiplyBy(previous, slopes[layer - 1].ColumnRange(0, samples));
            }
        }
    }
}
