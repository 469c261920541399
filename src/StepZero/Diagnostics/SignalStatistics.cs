using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>The signal of samples on their way through a network, and of the gradients on their way back, before a step is made.</summary>
/// <param name="Inputs">The scaled features over all samples.</param>
/// <param name="InputCosine">The mean cosine between two samples, as <see cref="LayerStatistics.MeanCosine"/>.</param>
/// <param name="Layers">The layers, the output layer last.</param>
/// <param name="Cost">The mean loss.</param>
public sealed record SignalStatistics(Spread Inputs, double? InputCosine, IReadOnlyList<LayerStatistics> Layers, double Cost)
{
    /// <summary>The memory for the activations of one block of samples, in numbers.</summary>
    private const int BlockNumbers = 1 << 22;

    /// <summary>Sends all samples through a network and the gradients back, in double precision and in blocks of samples.</summary>
    /// <param name="architecture">The network, of any depth.</param>
    /// <param name="parameters">Its weights; they may be anything, nan included.</param>
    /// <param name="data">At least one sample, of as many features as the network has inputs.</param>
    /// <param name="scaling">How the features are scaled.</param>
    /// <exception cref="ArgumentException">The network does not fit the data, or there is no sample.</exception>
    /// <exception cref="StepZeroException">The loss does not fit the targets.</exception>
    public static SignalStatistics Of(Architecture architecture, Parameters parameters, Dataset data, FittedScaling scaling)
    {
        if (data.SampleCount == 0)
        {
            throw new ArgumentException($"'{data.Name}' has no samples; expected at least one.", nameof(data));
        }

        NetworkFit.Check(architecture, data);
        Moments inputs = default;
        var cosine = new MeanCosine(data.FeatureCount);
        ScaledSamples.ForEach(data, scaling, (_, row) =>
        {
            inputs = inputs.With(Moments.Of(row));
            cosine.Add(row);
        });
        return Of(architecture, parameters, FirstLayer.Of(parameters, data, scaling), data, inputs.X, cosine.Value);
    }

    /// <summary>The same where the first layer and the figures of the scaled features are known; the weights of that layer in the parameters are not looked at.</summary>
    internal static SignalStatistics Of(Architecture architecture, Parameters parameters, FirstLayer first, Dataset data, Spread inputs, double? inputCosine)
    {
        var pass = new SignalPass(architecture, parameters, BlockSize(architecture, data.SampleCount));
        (LayerSignal[] gathered, double[] gradientNorms, double cost) = pass.Run(data, first);
        LayerStatistics[] layers = [.. gathered.Select((layer, i) =>
            layer.ToStatistics(data.SampleCount, i == 0 ? first.WeightNorm : Scaled.Norm(parameters.Weights[i]), gradientNorms[i]))];
        for (int i = 0; i < layers.Length; i++)
        {
            layers[i] = layers[i] with
            {
                Growth = layers[i].PreActivations.RootMeanSquare / (i == 0 ? inputs : layers[i - 1].PreActivations).RootMeanSquare,
                GradientGrowth = i == layers.Length - 1 ? null : layers[i].Gradients.RootMeanSquare / layers[i + 1].Gradients.RootMeanSquare,
            };
        }

        return new SignalStatistics(inputs, inputCosine, layers, cost);
    }

    private static int BlockSize(Architecture architecture, int samples)
    {
        long units = architecture.LayerSizes.Skip(1).Sum(size => (long)size);
        int size = (int)Math.Clamp(BlockNumbers / (4 * units), Matrix<double>.VectorLength, NetworkPass<double>.LargestBlock);
        return Math.Min(size / Matrix<double>.VectorLength * Matrix<double>.VectorLength, samples);
    }
}
