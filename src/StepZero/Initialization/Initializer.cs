using System.Globalization;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Initialization;

/// <summary>
/// A rule for the starting weights of a layer: draws from one distribution times a standard deviation that follows from the fans. Biases start at
/// zero.
/// </summary>
public sealed class Initializer
{
    /// <summary>The catalogue: adding an initializer is adding a line.</summary>
    private static readonly (string Name, Func<string[], Initializer?> Read)[] Catalogue =
    [
        ("zeros", parameters => parameters is [] ? Zeros : null),
        ("random", ReadRandom),
        ("he", parameters => parameters is [] ? He : null),
        ("xavier", parameters => parameters is [] ? Xavier : null),
    ];

    private readonly Distribution distribution;
    private readonly Func<int, double> factor;

    private Initializer(string name, string formula, Distribution distribution, Func<int, double> factor)
    {
        Name = name;
        Formula = formula;
        this.distribution = distribution;
        this.factor = factor;
    }

    private enum Distribution
    {
        /// <summary>Nothing is drawn.</summary>
        Zero,

        /// <summary>Standard normal.</summary>
        Normal,

        /// <summary>Uniform on [−1, 1).</summary>
        Uniform,
    }

    /// <summary>Every weight 0. All units of a layer stay equal for ever: symmetry is never broken.</summary>
    public static Initializer Zeros { get; } = new("zeros", "0", Distribution.Zero, _ => 0);

    /// <summary>N(0, 2/fanIn), untruncated (He, Zhang, Ren and Sun 2015, arXiv:1502.01852): keeps the size of a signal through ReLU layers.</summary>
    public static Initializer He { get; } = new("he", "N(0, 2/n)", Distribution.Normal, fanIn => Math.Sqrt(2.0 / fanIn));

    /// <summary>
    /// N(0, 1/fanIn), untruncated: the simple form of the tutorials, after Glorot and Bengio 2010 (whose variance is 2/(fanIn + fanOut)) and known
    /// elsewhere as LeCun's (LeCun, Bottou, Orr and Müller 1998): keeps the size of a signal through layers that are linear near 0, such as tanh.
    /// </summary>
    public static Initializer Xavier { get; } = new("xavier", "N(0, 1/n)", Distribution.Normal, fanIn => Math.Sqrt(1.0 / fanIn));

    /// <summary>The names that <see cref="Parse"/> knows.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. Catalogue.Select(entry => entry.Name)];

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public string Name { get; }

    /// <summary>How a weight of a layer with n inputs is drawn, for people to read.</summary>
    public string Formula { get; }

    /// <summary>Standard normal draws times a number: <c>random:10:normal</c>.</summary>
    /// <param name="scalar">A finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scalar is not finite.</exception>
    public static Initializer RandomNormal(double scalar) => Random(scalar, "normal", Distribution.Normal);

    /// <summary>Uniform draws on [−1, 1) times a number: <c>random:10:uniform</c>.</summary>
    /// <inheritdoc cref="RandomNormal"/>
    public static Initializer RandomUniform(double scalar) => Random(scalar, "uniform", Distribution.Uniform);

    /// <summary>Reads <c>zeros</c>, <c>random</c> (which is <c>random:10:normal</c>), <c>random:10</c>, <c>random:10:uniform</c>, <c>he</c> or <c>xavier</c>.</summary>
    /// <exception cref="StepZeroException">The text is none of these.</exception>
    public static Initializer Parse(string text)
    {
        string[] parts = text.Split(':');
        (string name, Func<string[], Initializer?> read) = Array.Find(Catalogue, entry => entry.Name == parts[0]);
        if (name is null)
        {
            throw StepZeroException.UnknownName("initializer", parts[0], Names);
        }

        return read(parts[1..])
            ?? throw new StepZeroException(
                $"Initializer '{text}': '{name}' takes {(name == "random" ? "a finite scalar and 'normal' or 'uniform', as in 'random:10:normal'" : "no parameters")}.");
    }

    /// <summary>Draws the parameters of a whole network, layer after layer from one stream that starts at the seed. Biases are zero.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="seed">The seed of the stream.</param>
    public Parameters Draw(Architecture architecture, uint seed)
    {
        var parameters = new Parameters(architecture);
        var random = new NumPyRandom(seed);
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            Fill(parameters.Weights[layer], architecture.LayerSizes[layer], random);
        }

        return parameters;
    }

    /// <summary>Fills the weights of one layer.</summary>
    /// <param name="weights">Receives the weights, shape [fanOut, fanIn], row-major.</param>
    /// <param name="fanIn">The inputs of the layer.</param>
    /// <param name="random">The stream to draw from; zeros draw nothing.</param>
    public void Fill(Span<double> weights, int fanIn, NumPyRandom random)
    {
        switch (distribution)
        {
            case Distribution.Zero:
                weights.Clear();
                return;
            case Distribution.Normal:
                random.FillStandardNormal(weights);
                break;
            default:
                random.FillUniform(weights);
                foreach (ref double weight in weights)
                {
                    weight = (2 * weight) - 1;
                }

                break;
        }

        double scale = factor(fanIn);
        foreach (ref double weight in weights)
        {
            weight *= scale;
        }
    }

    /// <inheritdoc cref="Name"/>
    public override string ToString() => Name;

    private static Initializer Random(double scalar, string distributionName, Distribution distribution) => double.IsFinite(scalar)
        ? new Initializer(
            string.Create(CultureInfo.InvariantCulture, $"random:{scalar}:{distributionName}"),
            string.Create(CultureInfo.InvariantCulture, $"{scalar} · {(distribution == Distribution.Normal ? "N(0, 1)" : "U(−1, 1)")}"),
            distribution,
            _ => scalar)
        : throw new ArgumentOutOfRangeException(nameof(scalar), scalar, "Expected a finite number.");

    private static Initializer? ReadRandom(string[] parameters)
    {
        double scalar = 10;
        bool number = parameters is []
            || (double.TryParse(parameters[0], NumberStyles.Float, CultureInfo.InvariantCulture, out scalar) && double.IsFinite(scalar));
        return (number, parameters) switch
        {
            (true, [] or [_] or [_, "normal"]) => RandomNormal(scalar),
            (true, [_, "uniform"]) => RandomUniform(scalar),
            _ => null,
        };
    }
}
