using System.Numerics.Tensors;
using StepZero.Data;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>What a network with given parameters computes from samples, in double precision.</summary>
internal static class NetworkOutputs
{
    private delegate void Use(NetworkPass<double> pass, Matrix<double> outputs, int first);

    /// <summary>The pre-activations of the output units, [samples, outputs], row-major.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <param name="scaling">The scaling it was trained with.</param>
    /// <param name="data">The samples, of as many features as the network has inputs.</param>
    public static double[] Of(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data)
    {
        double[] all = new double[data.SampleCount * architecture.OutputCount];
        ForEachBlock(architecture, parameters, scaling, data, (_, outputs, first) => CopyTo(all, outputs, first));
        return all;
    }

    /// <summary>The same, and the mean loss over the samples, in one pass.</summary>
    /// <inheritdoc cref="Of"/>
    public static (double[] Outputs, double Cost) Judged(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data)
    {
        Matrix<double> targets = Targets.Row<double>(architecture.Loss, data);
        double[] all = new double[data.SampleCount * architecture.OutputCount];
        CompensatedSum sum = default;
        ForEachBlock(architecture, parameters, scaling, data, (pass, outputs, first) =>
        {
            CopyTo(all, outputs, first);
            Targets.Evaluate(architecture.Loss, outputs, targets.ColumnRange(first, outputs.Columns), 1, pass.OutputDelta(outputs.Columns), ref sum);
        });
        return (all, sum.Value / data.SampleCount);
    }

    /// <summary>The mean loss over the samples, and the share of them that is classified rightly, null where the targets are numbers.</summary>
    /// <inheritdoc cref="Of"/>
    public static (double Cost, double? Accuracy) Score(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data)
    {
        Matrix<double> targets = Targets.Row<double>(architecture.Loss, data);
        CompensatedSum sum = default;
        int right = 0;
        ForEachBlock(architecture, parameters, scaling, data, (pass, outputs, first) =>
        {
            Matrix<double> expected = targets.ColumnRange(first, outputs.Columns);
            right += Targets.CountRight(architecture.Loss, outputs, expected);
            Targets.Evaluate(architecture.Loss, outputs, expected, 1, pass.OutputDelta(outputs.Columns), ref sum);
        });
        return (sum.Value / data.SampleCount, architecture.Loss == Loss.Mse ? null : (double)right / data.SampleCount);
    }

    /// <summary>For each hidden layer the activations, [units, samples], row-major.</summary>
    /// <inheritdoc cref="Of"/>
    public static double[][] Activations(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset data)
    {
        double[][] all = [.. architecture.LayerSizes.Skip(1).SkipLast(1).Select(units => new double[units * data.SampleCount])];
        ForEachBlock(architecture, parameters, scaling, data, (pass, outputs, first) =>
        {
            for (int layer = 0; layer < all.Length; layer++)
            {
                Matrix<double> activations = pass.Activations(layer, outputs.Columns);
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
        Matrix<double>[] biases = [.. parameters.Biases.Select(values => Conversion.FromRows(1, values.Length, values))];
        Matrix<double>[] weights =
            [default, .. parameters.Weights.Skip(1).Select((values, i) => Conversion.FromRows(architecture.LayerSizes[i + 2], architecture.LayerSizes[i + 1], values))];
        int blockSize = Math.Min(NetworkPass<double>.LargestBlock, data.SampleCount);
        var pass = new NetworkPass<double>(architecture.HiddenActivation, weights, biases, blockSize);
        for (int first = 0; first < data.SampleCount; first += NetworkPass<double>.LargestBlock)
        {
            int samples = Math.Min(NetworkPass<double>.LargestBlock, data.SampleCount - first);
            Elementwise.SetRows(pass.FirstPreActivation(samples), biases[0][0], projection.ColumnRange(first, samples), 1);
            use(pass, pass.Forward(samples), first);
        }
    }

    private static void CopyTo(double[] all, Matrix<double> outputs, int first)
    {
        for (int unit = 0; unit < outputs.Rows; unit++)
        {
            ReadOnlySpan<double> row = outputs[unit];
            for (int sample = 0; sample < row.Length; sample++)
            {
                all[((first + sample) * outputs.Rows) + unit] = row[sample];
            }
        }
    }
}
