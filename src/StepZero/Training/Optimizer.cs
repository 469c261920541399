using System.Globalization;

namespace StepZero.Training;

/// <summary>
/// The rule by which a gradient g changes the weights w, at rate η. All state starts at 0, and each rule is that of PyTorch's class of the same kind.
/// Weight decay λ adds λ·w to g, but for AdamW, which shrinks w instead; biases decay too, as in PyTorch.
/// </summary>
/// <remarks>
/// gd: w ← w − η·g. momentum: v ← β·v + g, w ← w − η·v (PyTorch's <c>SGD</c> without dampening). nesterov: w ← w − η·(g + β·v) with the new v.
/// rmsprop: s ← α·s + (1 − α)·g², w ← w − η·g/(√s + ε). adam (Kingma and Ba, arXiv 1412.6980): m ← β₁·m + (1 − β₁)·g, s ← β₂·s + (1 − β₂)·g²,
/// w ← w − η·m̂/(√ŝ + ε) with m̂ = m/(1 − β₁ᵗ) and ŝ = s/(1 − β₂ᵗ). adamw (Loshchilov and Hutter, arXiv 1711.05101): w ← w·(1 − η·λ), then adam.
/// TensorFlow's RMSprop has ε under the root, and its momentum takes the rate into v: with a constant rate the same weights.
/// </remarks>
public sealed record Optimizer
{
    private static readonly (Kind Kind, (string Name, double Default, string Expected, Predicate<double> Fits)[] Parameters)[] Rules =
    [
        (Kind.Gd, []),
        (Kind.Momentum, [Decay("beta", 0.9)]),
        (Kind.Nesterov, [Decay("beta", 0.9)]),
        (Kind.Rmsprop, [Decay("alpha", 0.99), Epsilon]),
        (Kind.Adam, [Decay("beta1", 0.9), Decay("beta2", 0.999), Epsilon]),
        (Kind.Adamw, [Decay("beta1", 0.9), Decay("beta2", 0.999), Epsilon]),
    ];

    private readonly string text;

    private Optimizer(Kind rule, double[] parameters)
    {
        Rule = rule;
        Parameters = parameters;
        (string name, (string Name, double, string, Predicate<double>)[] known) = (CanonicalText.Of(rule), Rules[(int)rule].Parameters);
        text = string.Join(':', [name, .. known.Select((one, i) => string.Create(CultureInfo.InvariantCulture, $"{one.Name}={parameters[i]}"))]);
    }

    internal enum Kind
    {
        Gd,
        Momentum,
        Nesterov,
        Rmsprop,
        Adam,
        Adamw,
    }

    /// <summary>The names of the rules.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Rules.Select(rule => CanonicalText.Of(rule.Kind))];

    /// <summary>Gradient descent.</summary>
    public static Optimizer GradientDescent { get; } = Parse("gd");

    /// <summary>Whether a change of weights is a multiple of gradients and of the weights themselves, so that the dual form computes the same.</summary>
    public bool HasDualForm => Rule <= Kind.Nesterov;

    /// <summary>The weight decay where none is given, that of PyTorch: 0.01 for adamw, 0 for the others.</summary>
    public double UsualDecay => Rule == Kind.Adamw ? 0.01 : 0;

    internal Kind Rule { get; }

    /// <summary>β of momentum and nesterov; 0 for other rules.</summary>
    internal double Momentum => HasMomentum ? Parameters[0] : 0;

    /// <summary>Whether it has momentum.</summary>
    internal bool HasMomentum => Rule is Kind.Momentum or Kind.Nesterov;

    /// <summary>Whether the numbers of an update are others in each iteration, at the same rate.</summary>
    internal bool ChangesWithTime => Rule is Kind.Adam or Kind.Adamw;

    internal bool IsNesterov => Rule == Kind.Nesterov;

    /// <summary>β or α of the first moment kept, then the others in the order of the text.</summary>
    internal IReadOnlyList<double> Parameters { get; }

    /// <summary>The rows of state beside the weights: none, a velocity or mean square, or both moments.</summary>
    internal int StateCount => Rule switch
    {
        Kind.Gd => 0,
        Kind.Adam or Kind.Adamw => 2,
        _ => 1,
    };

    /// <summary>
    /// Reads <c>gd</c>, <c>momentum</c>, <c>nesterov</c> (beta, 0.9), <c>rmsprop</c> (alpha, 0.99; eps, 1e-8), <c>adam</c> or <c>adamw</c> (beta1, 0.9;
    /// beta2, 0.999; eps, 1e-8), with parameters as in <c>adam:beta1=0.8:eps=1e-6</c>.
    /// </summary>
    /// <exception cref="StepZeroException">There is no such rule or parameter, or a value is out of range.</exception>
    public static Optimizer Parse(string text)
    {
        string[] parts = text.Split(':');
        int rule = Array.FindIndex(Rules, one => CanonicalText.Of(one.Kind) == parts[0]);
        if (rule < 0)
        {
            throw StepZeroException.UnknownName("optimizer", parts[0], Rules.Select(one => CanonicalText.Of(one.Kind)));
        }

        var parameters = Rules[rule].Parameters;
        double[] values = [.. parameters.Select(one => one.Default)];
        var given = new ParameterText(text, "Optimizer", [.. parameters.Select(one => one.Name)]);
        foreach ((int index, string value) in given.Read(parts.AsSpan(1)))
        {
            values[index] = given.Number(parameters[index].Name, value, parameters[index].Expected, parameters[index].Fits);
        }

        return new Optimizer(Rules[rule].Kind, values);
    }

    /// <summary>The same rule with another β.</summary>
    /// <param name="beta">From 0 to below 1.</param>
    /// <exception cref="InvalidOperationException">The rule has no momentum.</exception>
    public Optimizer WithMomentum(double beta) => HasMomentum
        ? new Optimizer(Rule, [beta is >= 0 and < 1 ? beta : throw new ArgumentOutOfRangeException(nameof(beta), beta, "Expected a number from 0 to below 1.")])
        : throw new InvalidOperationException($"The optimizer '{this}' has no momentum.");

    /// <summary>Whether another is the same rule with the same parameters.</summary>
    public bool Equals(Optimizer? other) => text == other?.text;

    /// <inheritdoc/>
    public override int GetHashCode() => text.GetHashCode(StringComparison.Ordinal);

    /// <summary>The canonical text, with every parameter, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => text;

    private static (string, double, string, Predicate<double>) Decay(string name, double usual) => (name, usual, "a number from 0 to below 1", value => value is >= 0 and < 1);

    private static (string, double, string, Predicate<double>) Epsilon => ("eps", 1e-8, "a finite number above 0", value => double.IsFinite(value) && value > 0);
}
