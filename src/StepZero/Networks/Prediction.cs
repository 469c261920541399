using System.Numerics.Tensors;
using StepZero.Data;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>What a network with given parameters says of samples.</summary>
internal static class Prediction
{
    private delegate void Use(NetworkPass<double> pass, Matrix<double> logits, int first);

    /// <summary>The share of samples classified rightly, 0 to 1; class 1 is predicted at p ≥ 0.5.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="scaling">The scaling it was trained with.</param>
    /// <param name="data">The samples, of as many features as the network has inputs.</param>
    public static double Accuracy(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data)
    {
        int right = 0;
        double[] logits = Logits(architecture, parameters, scaling, data);
        for (int sample = 0; sample < logits.Length; sample++)
        {
            right += logits[sample] >= 0 == data.IsPositive(sample) ? 1 : 0;
        }

        return (double)right / logits.Length;
    }

    /// <summary>For each sample the log-odds of the positive class.</summary>
    /// <inheritdoc cref="Accuracy"/>
    public static double[] Logits(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data)
    {
        double[] all = new double[data.SampleCount];
        ForEachBlock(architecture, parameters, scaling, data, (_, logits, first) => logits[0].CopyTo(all.AsSpan(first)));
        return all;
    }

    /// <summary>For each hidden layer the activations, [units, samples], row-major.</summary>
    /// <inheritdoc cref="Accuracy"/>
    public static double[][] Activations(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data)
    {
        double[][] all = [.. architecture.LayerSizes.Skip(1).SkipLast(1).Select(units => new double[units * data.SampleCount])];
        ForEachBlock(architecture, parameters, scaling, data, (pass, logits, first) =>
        {
            for (int layer = 0; layer < all.Length; layer++)
            {
                Matrix<double> activations = pass.Activations(layer, logits.Columns);
                for (int unit = 0; unit < activations.Rows; unit++)
                {
                    activations[unit].CopyTo(all[layer].AsSpan((unit * data.SampleCount) + first));
                }
            }
        });
        return all;
    }

    /// <summary>The pre-activations of one layer, [units, samples], row-major.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters; those of the layers after this one do not matter.</param>
    /// <param name="scaling">The scaling of the data.</param>
    /// <param name="data">The samples, of as many features as the network has inputs.</param>
    /// <param name="layer">The layer, from 0.</param>
    public static double[] PreActivations(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data, int layer)
    {
        int units = architecture.LayerSizes[layer + 1], m = data.SampleCount;
        double[] z = new double[units * m];
        double[] bias = parameters.Biases[layer];
        if (layer == 0)
        {
            Matrix<double> projection = SampleBlocks.Project(data, scaling, parameters.Weights[0]);
            for (int unit = 0; unit < units; unit++)
            {
                for (int sample = 0; sample < m; sample++)
                {
                    z[(unit * m) + sample] = projection[unit][sample] + bias[unit];
                }
            }

            return z;
        }

        double[] below = Activations(architecture, parameters, scaling, data)[layer - 1];
        for (int unit = 0; unit < units; unit++)
        {
            Span<double> row = z.AsSpan(unit * m, m);
            row.Fill(bias[unit]);
            ReadOnlySpan<double> into = parameters.WeightsInto(layer, unit);
            for (int input = 0; input < into.Length; input++)
            {
                TensorPrimitives.MultiplyAdd(below.AsSpan(input * m, m), into[input], row, row);
            }
        }

        return z;
    }

    private static void ForEachBlock(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data, Use use)
    {
        Matrix<double> projection = SampleBlocks.Project(data, scaling, parameters.Weights[0]);
        Matrix<double>[] biases = [.. parameters.Biases.Select(values => FromRows(1, values.Length, values))];
        Matrix<double>[] weights =
            [default, .. parameters.Weights.Skip(1).Select((values, i) => FromRows(architecture.LayerSizes[i + 2], architecture.LayerSizes[i + 1], values))];
        int blockSize = Math.Min(NetworkPass<double>.BlockSize, data.SampleCount);
        var pass = new NetworkPass<double>(architecture.HiddenActivation, weights, biases, blockSize);
        for (int first = 0; first < data.SampleCount; first += NetworkPass<double>.BlockSize)
        {
            int samples = Math.Min(NetworkPass<double>.BlockSize, data.SampleCount - first);
            Elementwise.SetRows(pass.FirstPreActivation(samples), biases[0][0], projection.ColumnRange(first, samples));
            use(pass, pass.Forward(samples), first);
        }
    }

    private static Matrix<double> FromRows(int rows, int columns, double[] values)
    {
        Matrix<double> matrix = Matrix<double>.Allocate(rows, columns);
        for (int row = 0; row < rows; row++)
        {
            values.AsSpan(row * columns, columns).CopyTo(matrix[row]);
        }

        return matrix;
    }
}
