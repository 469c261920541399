using System.Globalization;
using System.Numerics.Tensors;
using StepZero.Networks;

namespace StepZero.Initialization;

/// <summary>The catalogue: weights that follow from the data that reach a layer.</summary>
internal static class DataEntries
{
    /// <summary>Pre-activations that differ by less than this share of their size differ by rounding.</summary>
    private const double Indistinct = 1e-10;

    public static CatalogueEntry[] All { get; } =
    [
        new()
        {
            Name = "lsuv",
            Summary = "Layer-sequential unit variance: orthogonal weights, scaled layer by layer until the data that pass through them have variance 1.",
            Source = "Mishkin and Matas 2015, arXiv:1511.06422",
            Equivalents = [("StepZero", "Initializer.Parse(\"lsuv\").Draw(architecture, random, data)")],
            Variants =
            [
                new()
                {
                    Library = Library.Stepzero, Formula = "Q/σ, with Q orthogonal and σ the standard deviation of the pre-activations that Q gives", Distribution = "uniform over orthogonal matrices",
                    NeedsData = true,
                    Note = "The paper repeats the division until the variance is within 0.1 of 1; a dense layer is linear in its weights, so the first division ends it.",
                    Make = _ => new Recipe.FromSignal(Lsuv),
                },
            ],
        },
        new()
        {
            Name = "autoinit",
            Summary = "Carries mean and variance of the data through the layers by calculation, and gives each layer the variance that keeps its pre-activations at 1.",
            Source = "Bingham and Miikkulainen 2021, arXiv:2109.08958",
            Equivalents = [("StepZero", "Initializer.Parse(\"autoinit\").Draw(architecture, random, data)")],
            Variants =
            [
                new()
                {
                    Library = Library.Stepzero, Formula = "N(0, 1/(n·(μ² + ν))), with mean μ and variance ν of what reaches the layer", Fan = "fan_in", Distribution = "normal",
                    NeedsData = true, Note = "μ² + ν is measured on the data for the first layer; behind a layer of pre-activations of variance v it is E[φ(√v·z)²], by quadrature.",
                    Make = _ => new Recipe.FromSignal(AutoInit),
                },
            ],
        },
    ];

    private static double Lsuv(Parameters parameters, int layer, Signal signal, Draws draws)
    {
        double[] weights = parameters.Weights[layer];
        Structure.Orthogonal(weights, TensorShape.Dense(parameters.LayerSizes[layer + 1], parameters.LayerSizes[layer]), draws);
        double[] z = NetworkOutputs.PreActivations(signal.Architecture, parameters, signal.Scaling, signal.Data, layer);
        double mean = z.Average(), deviation = Math.Sqrt(z.Average(value => (value - mean) * (value - mean))), size = Math.Sqrt(z.Average(value => value * value));
        if (!(deviation > Indistinct * size) || !double.IsFinite(deviation))
        {
            throw new StepZeroException(string.Create(
                CultureInfo.InvariantCulture,
                $"Initializer 'lsuv', layer {layer + 1}: all samples look alike to this layer (pre-activations of standard deviation {deviation:G3} around {mean:G3}), so no scale gives them variance 1. Use data that vary, another start for the layers below, or 'orthogonal'."));
        }

        TensorPrimitives.Divide(weights, deviation, weights);
        return size * size / (deviation * deviation);
    }

    private static double AutoInit(Parameters parameters, int layer, Signal signal, Draws draws)
    {
        if (!(signal.MeanSquare > 0) || !double.IsFinite(signal.MeanSquare))
        {
            throw new StepZeroException(
                $"Initializer 'autoinit', layer {layer + 1}: what reaches it has the mean square {signal.MeanSquare}, so no variance of weights hands on a signal. "
                + "Use data that are not all 0, or another start for the layers below.");
        }

        double[] weights = parameters.Weights[layer];
        draws.Of(weights.Length, Distribution.Normal(0, 1 / Math.Sqrt(parameters.LayerSizes[layer] * signal.MeanSquare))).CopyTo(weights, 0);
        return 1;
    }
}
