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
    private const int MostBisections = 40;
    private const int MostEvaluations = 100_000;

    /// <summary>Kronrod's 15 nodes (those above 0, and 0) with their weights, and the weights of Gauss' 7 among them.</summary>
    private static readonly (double Node, double Weight, double GaussWeight)[] Rule =
    [
        (0.991455371120812639206854697526329, 0.022935322010529224963732008058970, 0),
        (0.949107912342758524526189684047851, 0.063092092629978553290700663189204, 0.129484966168869693270611432679082),
        (0.864864423359769072789712788640926, 0.104790010322250183839876322541518, 0),
        (0.741531185599394439863864773280788, 0.140653259715525918745189590510238, 0.279705391489276667901467771423780),
        (0.586087235467691130294144691693013, 0.169004726639267902826583426598550, 0),
        (0.405845151377397166906606412076961, 0.190350578064785409913256402421014, 0.381830050505118944950369775488975),
        (0.207784955007898467600689403773245, 0.204432940075298892414161999234649, 0),
        (0, 0.209482141084727828012999174891714, 0.417959183673469387755102040816327),
    ];

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
        int left = MostEvaluations;
        double rough = Sum(double.PositiveInfinity);
        return double.IsFinite(rough) ? Sum(Tolerance * rough) : rough;

        double Sum(double tolerance)
        {
            double sum = 0;
            for (double from = -Reach; from < Reach; from++)
            {
                sum += Integrate(Square, from, from + 1, tolerance, MostBisections, ref left);
            }

            return sum;
        }

        double Square(double z)
        {
            double a = activation(z);
            return a * a;
        }
    }

    /// <summary>∫ f(z)·density(z) dz, halving the range until both rules agree.</summary>
    private static double Integrate(Func<double, double> f, double from, double to, double tolerance, int bisections, ref int left)
    {
        if (--left < 0)
        {
            throw new ArgumentException("The activation cannot be integrated to 1e-10; expected a function that is smooth but for a few kinks and jumps.");
        }

        double middle = (from + to) / 2, half = (to - from) / 2, kronrod = 0, gauss = 0;
        foreach ((double node, double weight, double gaussWeight) in Rule)
        {
            double value = At(middle + (half * node)) + (node == 0 ? 0 : At(middle - (half * node)));
            kronrod += weight * value;
            gauss += gaussWeight * value;
        }

        double difference = half * Math.Abs(kronrod - gauss);
        return difference <= Math.Max(tolerance, Tolerance * Math.Abs(half * kronrod)) || bisections == 0 || !double.IsFinite(difference)
            ? half * kronrod
            : Integrate(f, from, middle, tolerance, bisections - 1, ref left) + Integrate(f, middle, to, tolerance, bisections - 1, ref left);

        double At(double z) => f(z) * NormalDistribution.Density(z);
    }
}
