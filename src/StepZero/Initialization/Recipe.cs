using System.Numerics.Tensors;
using StepZero.Data;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Initialization;

/// <summary>How a tensor is filled: what a name of the catalogue and its parameters come to.</summary>
internal abstract record Recipe
{
    /// <summary>Every weight is drawn on its own from the distribution that follows from the shape.</summary>
    public sealed record Elementwise(Func<TensorShape, Distribution> Of) : Recipe;

    /// <summary>The tensor is made as a whole.</summary>
    /// <param name="Fill">Fills it.</param>
    /// <param name="Expected">What mean and standard deviation its elements have.</param>
    public sealed record Whole(WholeFill Fill, Func<TensorShape, Moments> Expected) : Recipe;

    /// <summary>The weights of a layer follow from what reaches it.</summary>
    public sealed record FromSignal(SignalFill Fill) : Recipe;

    /// <summary>The parameters of a whole network are known: a layer takes those of the layer in its place.</summary>
    public sealed record Given(Parameters Parameters) : Recipe
    {
        /// <summary>Fills a layer, weights and biases.</summary>
        /// <returns>The mean square of its pre-activations, given that of its inputs; 0 where that is not known.</returns>
        public double Fill(Parameters parameters, int layer, double? meanSquare)
        {
            (double[] weights, double[] biases) = (Parameters.Weights[layer], Parameters.Biases[layer]);
            weights.CopyTo(parameters.Weights[layer], 0);
            biases.CopyTo(parameters.Biases[layer], 0);
            return meanSquare is null ? 0
                : ((TensorPrimitives.SumOfSquares<double>(weights) * meanSquare.Value) + TensorPrimitives.SumOfSquares<double>(biases)) / biases.Length;
        }
    }

    public delegate void WholeFill(Span<double> weights, TensorShape shape, Draws draws);

    /// <returns>The mean square of the layer's pre-activations.</returns>
    public delegate double SignalFill(Parameters parameters, int layer, Signal signal, Draws draws);

    /// <summary>Every weight of every tensor is drawn from one distribution.</summary>
    public static Recipe Same(Distribution distribution) => new Elementwise(_ => distribution);

    /// <summary>A layer's biases; by themselves they are zero.</summary>
    public Func<TensorShape, Distribution>? Bias { get; init; }
}

/// <summary>What travels through a network before training.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Data">The samples.</param>
/// <param name="Scaling">Their scaling.</param>
/// <param name="MeanSquare">The mean square of what reaches the layer: measured on the data for the first, calculated for the others.</param>
internal sealed record Signal(Architecture Architecture, Dataset Data, FittedScaling Scaling, double MeanSquare)
{
    public static Signal Of(Architecture architecture, Dataset data, FittedScaling scaling) =>
        architecture.LayerSizes[0] == data.FeatureCount
            ? new Signal(architecture, data, scaling, SampleBlocks.MeanSquare(data, scaling))
            : throw new ArgumentException($"The network has {architecture.LayerSizes[0]} inputs; '{data.Name}' has {data.FeatureCount} features.", nameof(architecture));

    /// <summary>The signal behind a hidden layer whose pre-activations are normal with mean 0 and this mean square.</summary>
    public Signal Behind(double meanSquare)
    {
        double deviation = Math.Sqrt(meanSquare);
        return this with { MeanSquare = double.IsFinite(meanSquare) ? Gain.MeanSquare(z => Architecture.HiddenActivation.Evaluate(deviation * z)) : meanSquare };
    }
}

/// <summary>Random numbers for a tensor that is made as a whole: drawn in its precision, given as doubles.</summary>
internal readonly record struct Draws(RandomSource Source, bool Single)
{
    public double[] Of(int count, Distribution distribution)
    {
        double[] values = new double[count];
        if (!Single)
        {
            distribution.Fill(values, Source);
            return values;
        }

        float[] drawn = new float[count];
        distribution.Fill(drawn, Source);
        Numerics.Conversion.Copy<float, double>(drawn, values);
        return values;
    }
}
