using StepZero.Networks;

namespace StepZero.Tests.Diagnostics;

/// <summary>The gradient of a network's cost in plain loops, sample by sample, to compare with. Parameters are a row: weights and biases of each layer in turn.</summary>
internal sealed class PlainNetwork(Architecture architecture, double[][] samples, double[][] offsets, double[] targets)
{
    /// <summary>The gradient at parameters; the first pre-activation is W·x + offset + b.</summary>
    public double[] Gradient(double[] parameters)
    {
        double[] gradient = new double[parameters.Length];
        for (int sample = 0; sample < samples.Length; sample++)
        {
            Add(gradient, parameters, sample);
        }

        return [.. gradient.Select(sum => sum / samples.Length)];
    }

    /// <summary>The Hessian by central differences of the gradient, row by row.</summary>
    public double[][] Hessian(double[] parameters, double step) => [.. parameters.Select((value, i) =>
    {
        double[] moved = [.. parameters];
        moved[i] = value + step;
        double[] above = Gradient(moved);
        moved[i] = value - step;
        return above.Zip(Gradient(moved), (up, down) => (up - down) / (2 * step)).ToArray();
    })];

    private void Add(double[] gradient, double[] parameters, int sample)
    {
        int layers = architecture.LayerCount;
        double[][] inputs = new double[layers][], z = new double[layers][];
        int[] starts = new int[layers];
        double[] a = samples[sample];
        for (int layer = 0, start = 0; layer < layers; layer++)
        {
            int units = architecture.LayerSizes[layer + 1];
            (inputs[layer], starts[layer], z[layer]) = (a, start, new double[units]);
            for (int unit = 0; unit < units; unit++)
            {
                z[layer][unit] = parameters[start + (units * a.Length) + unit] + (layer == 0 ? offsets[sample][unit] : 0);
                for (int i = 0; i < a.Length; i++)
                {
                    z[layer][unit] += parameters[start + (unit * a.Length) + i] * a[i];
                }
            }

            start += units * (a.Length + 1);
            a = [.. z[layer].Select(architecture.HiddenActivation.Evaluate)];
        }

        double[] delta = OutputDelta(z[^1], targets[sample]);
        for (int layer = layers - 1; layer >= 0; layer--)
        {
            int width = inputs[layer].Length;
            double[] below = new double[width];
            for (int unit = 0; unit < delta.Length; unit++)
            {
                gradient[starts[layer] + (delta.Length * width) + unit] += delta[unit];
                for (int i = 0; i < width; i++)
                {
                    gradient[starts[layer] + (unit * width) + i] += delta[unit] * inputs[layer][i];
                    below[i] += parameters[starts[layer] + (unit * width) + i] * delta[unit];
                }
            }

            delta = layer == 0 ? [] : [.. below.Zip(z[layer - 1], (e, input) => e * architecture.HiddenActivation.Derivative(input))];
        }
    }

    /// <summary>The target is 1 or 0, the number of the class, or the number to predict.</summary>
    private double[] OutputDelta(double[] z, double target)
    {
        if (architecture.Loss != Loss.CrossEntropy)
        {
            return [architecture.Loss == Loss.Mse ? 2 * (z[0] - target) : (1 / (1 + Math.Exp(-z[0]))) - target];
        }

        double[] e = [.. z.Select(value => Math.Exp(value - z.Max()))];
        return [.. e.Select((value, unit) => (value / e.Sum()) - (unit == (int)target ? 1 : 0))];
    }
}
