using System.Globalization;
using StepZero.Networks;

namespace StepZero.Files.Models;

/// <summary>
/// Activations as formulas of ONNX operators that OnnxRuntime computes in double precision. It has Elu, Selu, LeakyRelu, Softplus, Softsign and Erf in
/// single precision alone, and their attributes are single in any case. z·σ(z) is not written with Sigmoid: OnnxRuntime 1.20 and older ones
/// merge that into QuickGelu, of single precision alone.
/// </summary>
internal static class OnnxActivation
{
    /// <summary>λ and α of Klambauer et al. 2017.</summary>
    private const double SeluScale = 1.0507009873554805, SeluAlpha = 1.6732632423543772;

    /// <summary>√(8/π), and 0.044715 times that.</summary>
    private const double GeluTanhSlope = 1.5957691216057308, GeluTanhBend = 0.07135481627260025;

    private const double RootOfHalf = 0.7071067811865476;

    /// <summary>
    /// P with erfc a ≈ e^(−a²)·P(3/(3 + a)), the highest power first: Chebyshev's interpolation for a from 0 to 6, within 2.1e-13 of the exact
    /// function, found with numbers of 50 digits.
    /// </summary>
    private static readonly double[] ErfcFactors =
    [
        0.018367361950434972, -0.17596298673468563, 0.7313481804110992, -1.710436295641707, 2.4907462773596296, -2.4976129945853067, 1.9182431682108962,
        -0.9253089943166782, 0.5410726087451878, 0.03276342074624529, 0.20418935246393702, 0.18420034709921648, 0.18840437919215472, -1.3824900455462242e-05,
    ];

    /// <summary>Adds φ(z) to the graph of z.</summary>
    /// <exception cref="StepZeroException">There is no formula for the activation.</exception>
    public static OnnxValue Apply(Activation activation, OnnxValue z)
    {
        string[] parts = activation.ToString().Split(':');
        double parameter = parts.Length > 1 ? double.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        return parts[0] switch
        {
            "identity" => z,
            "tanh" => z.Apply("Tanh"),
            "sigmoid" => z.Apply("Sigmoid"),
            "relu" => z.Apply("Relu"),
            "leaky_relu" => z.AtLeast(0) + (parameter * z.AtMost(0)),
            "elu" => Elu(z, parameter),
            "selu" => SeluScale * Elu(z, SeluAlpha),
            "gelu" => (0.5 * z) * (Erf(RootOfHalf * z) + 1),
            "gelu_tanh" => Gated(z, (GeluTanhSlope * z) + (GeluTanhBend * (z * z * z))),
            "silu" => Gated(z, z),
            "softplus" => Softplus(z),
            "softsign" => z / (z.Apply("Abs") + 1),
            "mish" => z * Softplus(z).Apply("Tanh"),
            "hardtanh" => z.AtLeast(-1).AtMost(1),
            "erf" => Erf(z),
            "sin" => (parameter * z).Apply("Sin"),
            _ => throw new StepZeroException($"The activation '{activation}' cannot be written as ONNX. Save the model in another format."),
        };
    }

    private static OnnxValue Elu(OnnxValue z, double alpha) => z.AtLeast(0) + (alpha * (z.AtMost(0).Apply("Exp") - 1));

    /// <summary>z·σ(v), where e^−v may become infinite.</summary>
    private static OnnxValue Gated(OnnxValue z, OnnxValue v) => z / ((-v).Apply("Exp") + 1);

    /// <summary>ln(1 + e^z) = max(z, 0) + ln(1 + e^−|z|), which never overflows.</summary>
    private static OnnxValue Softplus(OnnxValue z) => z.AtLeast(0) + ((-z.Apply("Abs")).Apply("Exp") + 1).Apply("Log");

    /// <summary>The error function, within 3e-13.</summary>
    private static OnnxValue Erf(OnnxValue z)
    {
        OnnxValue magnitude = z.Apply("Abs");
        OnnxValue t = 3 / (magnitude + 3);
        OnnxValue sum = (ErfcFactors[0] * t) + ErfcFactors[1];
        foreach (double factor in ErfcFactors.AsSpan(2))
        {
            sum = (sum * t) + factor;
        }

        return z.Apply("Sign") * (1 - ((-(z * z)).Apply("Exp") * sum));
    }
}
