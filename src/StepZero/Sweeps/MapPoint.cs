using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>The setting of one pixel: a network, how its draw of weights is changed before the training, and how it is trained.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Training">How it is trained.</param>
/// <param name="Gains">For each layer what the drawn weights are multiplied by.</param>
/// <param name="Offsets">For each layer what is then added to them.</param>
/// <param name="BiasStd">The standard deviation that standard normal draws are multiplied by to start the biases; null for those of the initializer.</param>
public sealed record MapPoint(Architecture Architecture, TrainingOptions Training, IReadOnlyList<double> Gains, IReadOnlyList<double> Offsets, double? BiasStd)
{
    /// <summary>The parameters that the training starts from, from the drawn ones of the same architecture.</summary>
    /// <param name="drawn">The drawn parameters.</param>
    /// <param name="normals">Standard normal draws, in the biases; only used with <see cref="BiasStd"/>.</param>
    public Parameters Start(Parameters drawn, Parameters normals)
    {
        var start = new Parameters(Architecture);
        for (int layer = 0; layer < Architecture.LayerCount; layer++)
        {
            for (int i = 0; i < start.Weights[layer].Length; i++)
            {
                start.Weights[layer][i] = (Gains[layer] * drawn.Weights[layer][i]) + Offsets[layer];
            }

            for (int unit = 0; unit < start.Biases[layer].Length; unit++)
            {
                start.Biases[layer][unit] = BiasStd is double std ? std * normals.Biases[layer][unit] : drawn.Biases[layer][unit];
            }
        }

        return start;
    }

    /// <summary>Standard normal draws in place of the biases of a network: the stream of another seed than that of the weights.</summary>
    internal static Parameters NormalBiases(RunSpec run, Architecture architecture)
    {
        var normals = new Parameters(architecture);
        var random = new NumPyRandom(~run.Seed);
        foreach (double[] biases in normals.Biases)
        {
            random.FillStandardNormal(biases);
        }

        return normals;
    }

    internal static MapPoint Of(MapSpec map, double x, double y)
    {
        Architecture architecture = map.Run.Architecture;
        foreach ((MapAxis axis, double value) in ((MapAxis, double)[])[(map.X, x), (map.Y, y)])
        {
            architecture = axis.Quantity switch
            {
                AxisQuantity.Depth => architecture.WithHidden([.. Enumerable.Repeat(architecture.LayerSizes[1], (int)value)]),
                AxisQuantity.Width => architecture.WithHidden([.. Enumerable.Repeat((int)value, architecture.LayerCount - 1)]),
                _ => architecture,
            };
        }

        int layers = architecture.LayerCount;
        double[] gains = [.. Enumerable.Repeat(1.0, layers)], offsets = new double[layers], rates = [.. Enumerable.Repeat(map.Run.Training.LearningRate, layers)];
        double? biasStd = null;
        TrainingOptions training = map.Run.Training;

        // A layer's own axis has the last word over that of all layers.
        foreach ((MapAxis axis, double value) in ((MapAxis Axis, double)[])[.. (((MapAxis Axis, double)[])[(map.X, x), (map.Y, y)]).OrderBy(one => one.Axis.Layer is not null)])
        {
            switch (axis.Quantity)
            {
                case AxisQuantity.Gain: Set(gains, axis, value); break;
                case AxisQuantity.Offset: Set(offsets, axis, value); break;
                case AxisQuantity.LearningRate: Set(rates, axis, value); break;
                case AxisQuantity.BiasStd: biasStd = value; break;
                case AxisQuantity.WeightDecay: training = training with { WeightDecay = value }; break;
                case AxisQuantity.Momentum: training = training with { Optimizer = training.Optimizer.WithMomentum(value) }; break;
                default: break;
            }
        }

        for (int layer = 0; layer < layers && map.WeightScales is IReadOnlyList<double> scales; layer++)
        {
            rates[layer] *= scales[layer] * scales[layer];
            offsets[layer] *= scales[layer];
        }

        training = rates.All(rate => rate == rates[0]) ? training with { LearningRate = rates[0] } : training with { LayerRates = rates };
        return new MapPoint(architecture, training, gains, offsets, biasStd);
    }

    private static void Set(double[] layers, MapAxis axis, double value)
    {
        if (axis.Layer is int layer)
        {
            layers[layer - 1] = value;
        }
        else
        {
            layers.AsSpan().Fill(value);
        }
    }
}
