using System.Globalization;
using System.Runtime.CompilerServices;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>The activation φ of the hidden layers.</summary>
public sealed record Activation
{
    private const double DefaultSlope = 0.1;
    private static readonly string[] Known = ["tanh", "relu", "leaky_relu", "sigmoid"];

    private readonly Kind kind;
    private readonly double slope;

    private Activation(Kind kind, double slope)
    {
        this.kind = kind;
        this.slope = slope;
    }

    private enum Kind
    {
        Tanh,
        Relu,
        LeakyRelu,
        Sigmoid,
    }

    /// <summary>The hyperbolic tangent.</summary>
    public static Activation Tanh { get; } = new(Kind.Tanh, 0);

    /// <summary>max(z, 0), with derivative 0 at 0.</summary>
    public static Activation Relu { get; } = new(Kind.Relu, 0);

    /// <summary>The logistic function 1/(1 + e^−z).</summary>
    public static Activation Sigmoid { get; } = new(Kind.Sigmoid, 0);

    /// <summary>The values that φ lies between and never reaches; null where it has no such bounds.</summary>
    public (double Low, double High)? Bounds => kind switch
    {
        Kind.Tanh => (-1, 1),
        Kind.Sigmoid => (0, 1),
        _ => null,
    };

    /// <summary>z where z is above 0 and slope·z elsewhere.</summary>
    /// <param name="slope">The slope below 0, finite; 0.1 by default.</param>
    /// <exception cref="ArgumentOutOfRangeException">The slope is not finite.</exception>
    public static Activation LeakyRelu(double slope = DefaultSlope) => double.IsFinite(slope)
        ? new Activation(Kind.LeakyRelu, slope)
        : throw new ArgumentOutOfRangeException(nameof(slope), slope, "Expected a finite slope.");

    /// <summary>Reads <c>tanh</c>, <c>relu</c>, <c>leaky_relu</c>, <c>leaky_relu:0.01</c> or <c>sigmoid</c>.</summary>
    /// <exception cref="StepZeroException">The text is none of these.</exception>
    public static Activation Parse(string text)
    {
        switch (text.Split(':'))
        {
            case ["tanh"]: return Tanh;
            case ["relu"]: return Relu;
            case ["sigmoid"]: return Sigmoid;
            case ["leaky_relu"]: return LeakyRelu();
            case ["leaky_relu", string number]:
                return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double slope) && double.IsFinite(slope)
                    ? LeakyRelu(slope)
                    : throw new StepZeroException($"Activation '{text}': expected a finite slope as in 'leaky_relu:0.01', found '{number}'.");
            case [string name, ..] when Known.Contains(name):
                throw new StepZeroException($"Activation '{text}': '{name}' takes no such parameter; write '{name}{(name == "leaky_relu" ? ":0.01" : "")}'.");
            default: throw StepZeroException.UnknownName("activation", text, Known);
        }
    }

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => kind == Kind.LeakyRelu
        ? string.Create(CultureInfo.InvariantCulture, $"leaky_relu:{slope}")
        : Known[(int)kind];

    /// <summary>φ(z), the same bits as in a network of double precision.</summary>
    public double Evaluate(double z) => kind switch
    {
        Kind.Tanh => ActivationPass.Evaluate(default(TanhFunction), z),
        Kind.Sigmoid => ActivationPass.Evaluate(default(SigmoidFunction), z),
        _ => ActivationPass.Evaluate(new LeakyReluFunction(slope), z),
    };

    /// <summary>Writes φ(z) to <paramref name="a"/> and replaces each z by φ′(z).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Apply<T>(Matrix<T> z, Matrix<T> a) where T : unmanaged
    {
        switch (kind)
        {
            case Kind.Tanh: ActivationPass.Apply(default(TanhFunction), z, a); break;
            case Kind.Sigmoid: ActivationPass.Apply(default(SigmoidFunction), z, a); break;
            default: ActivationPass.Apply(new LeakyReluFunction(slope), z, a); break;
        }
    }
}
