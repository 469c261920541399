using System.Globalization;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Initialization;

/// <summary>
/// The gain of an activation φ: 1/√E[φ(z)²] with z standard normal. With weights of standard deviation gain/√fan_in a layer of that activation hands on
/// a signal as strong as it received (He et al. 2015; for any activation: Klambauer et al. 2017, Bingham and Miikkulainen 2021).
/// </summary>
public static class Gain
{
    private const double Reach = 14;
    private const double Tolerance = 1e-13;
    private const int MostPieces = 100_000;

    /// <summary>The gain of one of the activations of hidden layers, accurate to 1e-10.</summary>
    /// <param name="activation">The activation.</param>
    public static double Of(Activation activation) => Of(activation.Evaluate);

    /// <summary>
    /// The gain of any activation: adaptive Gauss-Kronrod quadrature on [−14, 14], beyond which the normal density is below 1e-43. Accurate to 1e-10 for
    /// functions that are smooth but for kinks and jumps, and grow no faster than e^(z²/16).
    /// </summary>
    /// <param name="activation">φ, finite on [−14, 14].</param>
    /// <exception cref="ArgumentException">φ is not finite somewhere, or 0 everywhere.</exception>
    /// <example><code>Gain.Of(z => Math.Max(z, 0))   // 1.4142135623730951</code></example>
    public static double Of(Func<double, double> activation)
    {
        double square = MeanSquare(activation);
        return double.IsFinite(square) && square > 0
            ? 1 / Math.Sqrt(square)
            : throw new ArgumentException($"The mean square of the activation is {square}; expected a function that is finite on [-14, 14] and not 0 everywhere.");
    }

    /// <summary>PyTorch's <c>calculate_gain</c>: a table of its own, 5/3 for tanh and 3/4 for selu among them.</summary>
    /// <param name="nonlinearity">
    /// "linear", "conv1d" to "conv3d", "conv_transpose1d" to "conv_transpose3d", "sigmoid", "tanh", "relu", "selu", "leaky_relu" (of slope 0.01), or
    /// with another finite slope as in "leaky_relu:0.2".
    /// </param>
    /// <exception cref="StepZeroException">PyTorch's table has no such nonlinearity.</exception>
    public static double OfPyTorch(string nonlinearity)
    {
        const string Leaky = "leaky_relu";
        if (nonlinearity.Split(':') is [Leaky, string text] && double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double slope) && double.IsFinite(slope))
        {
            return OfSlope(slope);
        }

        return nonlinearity switch
        {
            "linear" or "sigmoid" or "conv1d" or "conv2d" or "conv3d" or "conv_transpose1d" or "conv_transpose2d" or "conv_transpose3d" => 1,
            "tanh" => 5.0 / 3,
            "relu" => Math.Sqrt(2),
            Leaky => OfSlope(0.01),
            "selu" => 0.75,
            _ => throw StepZeroException.UnknownName(
                "nonlinearity of PyTorch's gain table", nonlinearity,
                ["linear", "conv1d", "conv2d", "conv3d", "conv_transpose1d", "conv_transpose2d", "conv_transpose3d", "sigmoid", "tanh", "relu", Leaky, "selu"]),
        };

        static double OfSlope(double slope) => Math.Sqrt(2 / (1 + (slope * slope)));
    }

    /// <summary>E[φ(z)²] with z standard normal.</summary>
    internal static double MeanSquare(Func<double, double> activation)
    {
        // A first look without halving says how large the result is, and so how exact its parts must be.
        var rule = new GaussKronrod(MostPieces);
        double rough = Sum(double.PositiveInfinity);
        return double.IsFinite(rough) ? Sum(Tolerance * rough) : rough;

        double Sum(double tolerance)
        {
            double sum = 0;
            for (double from = -Reach; from < Reach; from++)
            {
                sum += rule.Integrate(Weighted, from, from + 1, tolerance);
            }

            return sum;
        }

        double Weighted(double z)
        {
            double a = activation(z);
            return a * a * NormalDistribution.Density(z);
        }
    }
}
