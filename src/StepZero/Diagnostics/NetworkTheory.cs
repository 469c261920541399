using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>What layers of infinite width would do to the signal, from one layer of this network to the next.</summary>
/// <param name="Length">The mean square of z, from that of the data on.</param>
/// <param name="Correlation">The cosine between z of two samples, from that of the data on; null where samples have none, and from where on it would take too long, in very deep networks and those of very curved activations.</param>
/// <param name="GradientFactor">χ, the factor of the mean square of gradients on their way back through this layer's weights; null in the first layer.</param>
public sealed record LayerTheory(double Length, double? Correlation, double? GradientFactor);

/// <summary>Infinite-width theory beside one network: its layers one by one, and what becomes of a signal in ever more such layers.</summary>
/// <param name="WeightVariance">σw², the geometric mean over the hidden layers behind the first of mean square weight times fan_in; that of the output layer where there are none.</param>
/// <param name="BiasVariance">σb², the mean square of their biases.</param>
/// <param name="Limit">The fixed points and depth scales of layers like these; null for networks of fewer than two hidden layers, and where no theory holds.</param>
/// <param name="Layers">The layers, the output layer last; null from where on a number is not finite, or the activation oscillates too fast.</param>
public sealed record NetworkTheory(double WeightVariance, double BiasVariance, MeanFieldTheory? Limit, IReadOnlyList<LayerTheory?> Layers)
{
    /// <summary>The pieces of the integrals of all correlations of layers together, a twentieth of a second; as many again for their fixed point.</summary>
    private const int MostPieces = 100_000;

    /// <summary>The theory beside a network.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its weights, whose sizes are taken as they are.</param>
    /// <param name="inputs">The scaled features over all samples.</param>
    /// <param name="inputCosine">The mean cosine between two samples; null where there is none.</param>
    public static NetworkTheory Of(Architecture architecture, Parameters parameters, Spread inputs, double? inputCosine)
    {
        var layers = new LayerTheory?[architecture.LayerCount];
        Activation activation = architecture.HiddenActivation;
        double length = inputs.RootMeanSquare * inputs.RootMeanSquare;
        double? cosine = inputCosine;
        var pieces = new GaussKronrod(MostPieces);
        double logs = 0, biases = 0, typicals = 0;
        for (int layer = 0; layer < layers.Length; layer++)
        {
            double weightVariance = MeanSquare(parameters.Weights[layer]) * architecture.LayerSizes[layer], biasVariance = MeanSquare(parameters.Biases[layer]);
            if (layer > 0 && (layer < layers.Length - 1 || layer == 1))
            {
                (logs, biases, typicals) = (logs + Math.Log(weightVariance), biases + biasVariance, typicals + 1);
            }

            if (!double.IsFinite(weightVariance) || !double.IsFinite(biasVariance) || !double.IsFinite(length) || (layer > 0 && layers[layer - 1] is null))
            {
                continue;
            }

            try
            {
                double next = layer == 0 ? (weightVariance * length) + biasVariance : MeanField.LengthMap(activation, weightVariance, biasVariance, length);
                double? correlation = cosine is not double c || length == 0 ? null
                    : layer == 0 ? ((weightVariance * length * c) + biasVariance) / next
                    : CorrelationOf(weightVariance, biasVariance, length, Math.Clamp(c, -1, 1));
                double? factor = layer == 0 ? null : MeanField.GradientFactor(activation, weightVariance, length);
                layers[layer] = double.IsFinite(next) ? new LayerTheory(next, correlation is double value && double.IsFinite(value) ? value : null, factor) : null;
                (length, cosine) = (next, layers[layer]?.Correlation);
            }
            catch (ArgumentException)
            {
                // The integrals of an activation that oscillates too fast for lengths so large have no value to say.
                layers[layer] = null;
            }
        }

        double typical = Math.Exp(logs / typicals), typicalBias = biases / typicals;
        return new NetworkTheory(typical, typicalBias, architecture.LayerCount < 3 ? null : LimitOf(activation, typical, typicalBias, layers[0]?.Length), layers);

        double? CorrelationOf(double weightVariance, double biasVariance, double length, double c)
        {
            try
            {
                return MeanField.CorrelationMap(activation, weightVariance, biasVariance, length, c, pieces);
            }
            catch (ArgumentException)
            {
                // What all layers may take is spent.
                return null;
            }
        }
    }

    private static MeanFieldTheory? LimitOf(Activation activation, double weightVariance, double biasVariance, double? start)
    {
        if (!double.IsFinite(weightVariance) || !double.IsFinite(biasVariance) || start is null)
        {
            return null;
        }

        try
        {
            return MeanFieldTheory.Of(activation, weightVariance, biasVariance, start, new GaussKronrod(MostPieces));
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static double MeanSquare(double[] values)
    {
        double norm = Scaled.Norm(values);
        return norm * norm / values.Length;
    }
}
