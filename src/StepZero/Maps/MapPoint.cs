using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Maps;

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
        // A layer's own axis has the last word over that of all layers.
        bool turned = map.X.Layer is not null && map.Y.Layer is null;
        (MapAxis first, double atFirst, MapAxis last, double atLast) = turned ? (map.Y, y, map.X, x) : (map.X, x, map.Y, y);
        Architecture architecture = NetworkAt(NetworkAt(map.Run.Architecture, first, atFirst), last, atLast);
        TrainingOptions training = TrainingAt(TrainingAt(map.Run.Training, first, atFirst), last, atLast);
        int layers = architecture.LayerCount;
        double[] gains = Layers(layers, 1), offsets = Layers(layers, 0);
        double[] rates = map.Run.Training.LayerRates is IReadOnlyList<double> own ? [.. own] : Layers(layers, training.LearningRate);
        Enter(first, atFirst);
        Enter(last, atLast);
        for (int layer = 0; layer < layers && map.WeightScales is IReadOnlyList<double> scales; layer++)
        {
            rates[layer] *= scales[layer] * scales[layer];
            offsets[layer] *= scales[layer];
        }

        training = rates.AsSpan().ContainsAnyExcept(rates[0]) ? training with { LayerRates = rates } : training with { LearningRate = rates[0], LayerRates = null };
        return new MapPoint(architecture, training, gains, offsets, first.Quantity == AxisQuantity.BiasStd ? atFirst : last.Quantity == AxisQuantity.BiasStd ? atLast : null);

        void Enter(MapAxis axis, double value)
        {
            double[]? numbers = axis.Quantity switch
            {
                AxisQuantity.Gain => gains,
                AxisQuantity.Offset => offsets,
                AxisQuantity.LearningRate => rates,
                _ => null,
            };
            (axis.Layer is int layer ? numbers.AsSpan(layer - 1, 1) : numbers).Fill(value);
        }
    }

    private static Architecture NetworkAt(Architecture architecture, MapAxis axis, double value) => axis.Quantity switch
    {
        AxisQuantity.Depth => architecture.WithHidden([.. Enumerable.Repeat(architecture.LayerSizes[1], (int)value)]),
        AxisQuantity.Width => architecture.WithHidden([.. Enumerable.Repeat((int)value, architecture.LayerCount - 1)]),
        _ => architecture,
    };

    private static TrainingOptions TrainingAt(TrainingOptions training, MapAxis axis, double value) => axis.Quantity switch
    {
        AxisQuantity.WeightDecay => training with { WeightDecay = value },
        AxisQuantity.Momentum => training with { Optimizer = training.Optimizer.WithMomentum(value) },
        _ => training,
    };

    private static double[] Layers(int count, double value)
    {
        double[] layers = new double[count];
        layers.AsSpan().Fill(value);
        return layers;
    }
}
