using StepZero.Data;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>What a network with given parameters says of samples.</summary>
internal static class Prediction
{
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
        Matrix<double> projection = SampleBlocks.Project(data, scaling, parameters.Weights[0]);
        Matrix<double>[] biases = [.. parameters.Biases.Select(values => FromRows(1, values.Length, values))];
        Matrix<double>[] weights =
            [default, .. parameters.Weights.Skip(1).Select((values, i) => FromRows(architecture.LayerSizes[i + 2], architecture.LayerSizes[i + 1], values))];
        int blockSize = Math.Min(NetworkPass<double>.BlockSize, data.SampleCount);
        var pass = new NetworkPass<double>(architecture.HiddenActivation, weights, biases, blockSize);
        double[] logits = new double[data.SampleCount];
        for (int first = 0; first < logits.Length; first += NetworkPass<double>.BlockSize)
        {
            int samples = Math.Min(NetworkPass<double>.BlockSize, logits.Length - first);
            Elementwise.SetRows(pass.FirstPreActivation(samples), biases[0][0], projection.ColumnRange(first, samples));
            pass.Forward(samples)[0].CopyTo(logits.AsSpan(first));
        }

        return logits;
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
