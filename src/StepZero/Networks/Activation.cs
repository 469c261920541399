using System.Globalization;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>The activation φ of the hidden layers.</summary>
/// <remarks>
/// Values and derivatives have the bits of a network of double precision. Their errors, in units in the last place, stand with each activation; they hold
/// for results of at least 1e-300 (in a network of single precision 1e-35), and not where a derivative crosses 0 beside z = 0.
/// </remarks>
public sealed record Activation
{
    private const double DefaultSlope = 0.1;

    /// <summary>λ and α of Klambauer et al. 2017.</summary>
    private const double SeluScale = 1.0507009873554805, SeluAlpha = 1.6732632423543772;

    private readonly string name;
    private readonly double? parameter;
    private readonly ActivationPass pass;

    private Activation(string name, double? parameter, ActivationPass pass)
    {
        this.name = name;
        this.parameter = parameter;
        this.pass = pass;
    }

    /// <summary>The hyperbolic tangent, within 4 units in the last place; its derivatives within 8.</summary>
    public static Activation Tanh { get; } = Of("tanh", default(TanhFunction)) with { Bounds = (-1, 1) };

    /// <summary>max(z, 0), with derivative 0 at 0.</summary>
    public static Activation Relu { get; } = Of("relu", new LeakyReluFunction(0));

    /// <summary>The logistic function 1/(1 + e^−z), within 4 units in the last place; its derivatives within 8.</summary>
    public static Activation Sigmoid { get; } = Of("sigmoid", default(SigmoidFunction)) with { Bounds = (0, 1) };

    /// <summary>
    /// λ·z above 0 and λα·(e^z − 1) elsewhere, with the λ = 1.0507… and α = 1.6733… that keep mean 0 and variance 1 (Klambauer et al. 2017), within
    /// 4 units in the last place, as are its derivatives. The derivative at 0 is λα.
    /// </summary>
    public static Activation Selu { get; } = Of("selu", new EluFunction(SeluAlpha, SeluScale));

    /// <summary>z·Φ(z), Φ the normal distribution function (Hendrycks and Gimpel 2016), within 8 units in the last place, as are its derivatives.</summary>
    public static Activation Gelu { get; } = Of("gelu", default(GeluFunction));

    /// <summary>z/2·(1 + tanh(√(2/π)·(z + 0.044715·z³))), near <see cref="Gelu"/>; within 4 units in the last place, its derivatives within 8.</summary>
    public static Activation GeluTanh { get; } = Of("gelu_tanh", default(GeluTanhFunction));

    /// <summary>z/(1 + e^−z), also called swish, within 4 units in the last place; its derivatives within 8.</summary>
    public static Activation Silu { get; } = Of("silu", default(SiluFunction));

    /// <summary>ln(1 + e^z) everywhere (PyTorch goes over to z above 20), within 4 units in the last place, as are its derivatives.</summary>
    public static Activation Softplus { get; } = Of("softplus", default(SoftplusFunction));

    /// <summary>z/(1 + |z|), within 4 units in the last place; its derivatives within 8.</summary>
    public static Activation Softsign { get; } = Of("softsign", default(SoftsignFunction)) with { Bounds = (-1, 1) };

    /// <summary>z·tanh(ln(1 + e^z)) (Misra 2019), within 4 units in the last place; its derivatives within 8.</summary>
    public static Activation Mish { get; } = Of("mish", default(MishFunction));

    /// <summary>z between −1 and 1 and the nearer of the two elsewhere, with derivative 0 at −1 and 1.</summary>
    public static Activation HardTanh { get; } = Of("hardtanh", default(HardTanhFunction)) with { Bounds = (-1, 1) };

    /// <summary>The error function 2/√π·∫₀ᶻ e^(−t²) dt, within 4 units in the last place, as are its derivatives.</summary>
    public static Activation Erf { get; } = Of("erf", default(ErfFunction)) with { Bounds = (-1, 1) };

    /// <summary>z itself: the layers together are one linear layer.</summary>
    public static Activation Identity { get; } = Of("identity", default(IdentityFunction));

    /// <summary>The names of all activations, which <see cref="Parse"/> reads.</summary>
    public static IReadOnlyList<string> Names => [.. Known.Select(activation => activation.name)];

    /// <summary>
    /// The values at which φ becomes flat, for very negative and for very positive z: a layer whose activations come near them is saturated. Null where
    /// φ does not have both. A sine has none: it comes back from its largest value.
    /// </summary>
    public (double Low, double High)? Bounds { get; private init; }

    /// <summary>All of them, those with a parameter at its default.</summary>
    private static Activation[] Known => [Tanh, Relu, LeakyRelu(), Sigmoid, Elu(), Selu, Gelu, GeluTanh, Silu, Softplus, Softsign, Mish, HardTanh, Erf, Sin(), Identity];

    /// <summary>z where z is above 0 and slope·z elsewhere.</summary>
    /// <param name="slope">The slope below 0, finite, and the derivative at 0; 0.1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public static Activation LeakyRelu(double slope = DefaultSlope) => double.IsFinite(slope)
        ? Of("leaky_relu", new LeakyReluFunction(slope), slope)
        : throw new ArgumentOutOfRangeException(nameof(slope), slope, "Expected a finite slope.");

    /// <summary>z above 0 and alpha·(e^z − 1) elsewhere (Clevert et al. 2016), within 4 units in the last place, as are its derivatives.</summary>
    /// <param name="alpha">Finite; also the derivative at 0. 1 by default, where the derivative has no jump.</param>
    /// <exception cref="ArgumentOutOfRangeException">Alpha is not finite.</exception>
    public static Activation Elu(double alpha = 1) => double.IsFinite(alpha)
        ? Of("elu", new EluFunction(alpha, 1), alpha)
        : throw new ArgumentOutOfRangeException(nameof(alpha), alpha, "Expected a finite alpha.");

    /// <summary>
    /// sin(frequency·z); SIREN has a frequency of 30 (Sitzmann et al. 2020). Within 4 units in the last place where |frequency·z| is at most 131,072,
    /// as are its derivatives; beyond within 1e-15 (times the frequency, or its square). Where the product is infinite, nan.
    /// </summary>
    /// <param name="frequency">In radians, finite and not 0; 1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The frequency is not finite, or 0.</exception>
    public static Activation Sin(double frequency = 1) => double.IsFinite(frequency) && frequency != 0
        ? Of("sin", new SineFunction(frequency), frequency)
        : throw new ArgumentOutOfRangeException(nameof(frequency), frequency, "Expected a finite frequency other than 0.");

    /// <summary>Reads one of <see cref="Names"/>; three take a parameter, as in <c>leaky_relu:0.01</c>, <c>elu:0.5</c> and <c>sin:30</c>.</summary>
    /// <exception cref="StepZeroException">The text is none of these.</exception>
    public static Activation Parse(string text)
    {
        string[] parts = text.Split(':');
        Activation standard = Array.Find(Known, activation => activation.name == parts[0]) ?? throw StepZeroException.UnknownName("activation", text, Names);
        if (parts.Length == 1)
        {
            return standard;
        }

        (Func<double, Activation>? withParameter, string expected, string example) = standard.name switch
        {
            "leaky_relu" => (LeakyRelu, "a finite slope", "leaky_relu:0.01"),
            "elu" => (Elu, "a finite alpha", "elu:0.5"),
            "sin" => (Sin, "a finite frequency other than 0", "sin:30"),
            string plain => ((Func<double, Activation>?)null, "", plain),
        };
        if (withParameter is null || parts.Length > 2)
        {
            throw new StepZeroException($"Activation '{text}': '{standard.name}' takes no such parameter; write '{example}'.");
        }

        return double.TryParse(parts[1], NumberStyles.Float, CultureInfo.InvariantCulture, out double value) && double.IsFinite(value) && (value != 0 || standard.name != "sin")
            ? withParameter(value)
            : throw new StepZeroException($"Activation '{text}': expected {expected} as in '{example}', found '{parts[1]}'.");
    }

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => parameter is double value ? string.Create(CultureInfo.InvariantCulture, $"{name}:{value}") : name;

    /// <summary>φ(z), the same bits as in a network of double precision; nan for nan.</summary>
    public double Evaluate(double z) => pass.Evaluate(z).Value;

    /// <summary>φ′(z), the same bits as in a network of double precision. At a kink the value that PyTorch's autograd gives: 0 for relu, the slope for leaky_relu.</summary>
    public double Derivative(double z) => pass.Evaluate(z).Derivative;

    /// <summary>φ″(z); 0 where φ or φ′ has a kink.</summary>
    public double SecondDerivative(double z) => pass.SecondDerivative(z);

    /// <summary>Writes φ(z) to <paramref name="a"/> and replaces each z by φ′(z).</summary>
    internal void Apply<T>(Matrix<T> z, Matrix<T> a) where T : unmanaged => pass.Apply(z, a);

    /// <summary>Writes φ″(z) to <paramref name="bends"/>.</summary>
    internal void SecondDerivative<T>(Matrix<T> z, Matrix<T> bends) where T : unmanaged => pass.SecondDerivative(z, bends);

    private static Activation Of<TFunction>(string name, TFunction function, double? parameter = null) where TFunction : struct, IActivationFunction =>
        new(name, parameter, new ActivationPass<TFunction>(function));
}
