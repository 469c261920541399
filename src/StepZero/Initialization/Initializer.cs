using System.Globalization;
using System.Numerics.Tensors;
using StepZero.Data;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Initialization;

/// <summary>
/// A rule for starting weights, named as in <c>he_normal:slope=0.2:mode=fan_out@pytorch</c>: a name of the <see cref="Catalogue"/>, parameters, and the
/// library where libraries differ. Layers of a network may have one each, joined by "+": <c>siren_first+siren</c>; the last one serves all layers after it.
/// </summary>
public sealed partial class Initializer
{
    private readonly CatalogueVariant? variant;
    private readonly Recipe? recipe;
    private readonly double gain = 1;
    private readonly IReadOnlyList<Initializer> layers;

    private Initializer(string name, CatalogueVariant variant, Arguments arguments)
    {
        Name = name;
        this.variant = variant;
        recipe = variant.Make(arguments);
        gain = arguments.Gain;
        layers = [this];
    }

    private Initializer(string name, Recipe recipe)
    {
        Name = name;
        this.recipe = recipe;
        layers = [this];
    }

    private Initializer(IReadOnlyList<Initializer> layers)
    {
        Name = string.Join('+', layers.Select(one => one.Name));
        this.layers = layers;
    }

    /// <summary>The parameter that every initializer takes.</summary>
    public static InitializerParameter GainParameter => Arguments.GainParameter;

    /// <summary>Every weight 0. All units of a layer stay equal for ever: symmetry is never broken.</summary>
    public static Initializer Zeros { get; } = Parse("zeros");

    /// <summary>N(0, 2/fanIn), untruncated (He, Zhang, Ren and Sun 2015, arXiv:1502.01852): keeps the size of a signal through ReLU layers.</summary>
    public static Initializer He { get; } = Parse("he");

    /// <summary>
    /// N(0, 1/fanIn), untruncated: the simple form of the tutorials, after Glorot and Bengio 2010 (whose variance is 2/(fanIn + fanOut)) and known
    /// elsewhere as LeCun's (LeCun, Bottou, Orr and Müller 1998): keeps the size of a signal through layers that are linear near 0, such as tanh.
    /// </summary>
    public static Initializer Xavier { get; } = Parse("xavier");

    /// <summary>The canonical text, which <see cref="Parse"/> reads; of given parameters the name that they were given.</summary>
    public string Name { get; }

    /// <summary>Whose definition it is; of several for the layers of a network, the first's.</summary>
    public Library Library => variant?.Library ?? (recipe is null ? layers[0].Library : Library.Stepzero);

    /// <summary>How a weight of a layer with n inputs is drawn, for people to read.</summary>
    public string Formula => recipe is Recipe.Given ? "as saved" : variant is null
        ? string.Join("; ", layers.Select(one => one.Formula))
        : (Name.StartsWith("random:", StringComparison.Ordinal) ? FormulaOfRandom(Name) : variant.Formula)
            + (gain == 1 ? "" : string.Create(CultureInfo.InvariantCulture, $", times {gain:G6}"));

    /// <summary>Whether the weights depend on the data, so that it starts a network (<see cref="Draw(Architecture, RandomSource, Dataset, Scaling)"/>) only.</summary>
    public bool NeedsData => layers.Any(one => one.variant is { NeedsData: true });

    /// <summary>Standard normal draws times a number: <c>random:10:normal</c>.</summary>
    /// <param name="scalar">A finite number.</param>
    /// <exception cref="ArgumentOutOfRangeException">The scalar is not finite.</exception>
    public static Initializer RandomNormal(double scalar) => Random(scalar, "normal");

    /// <summary>Uniform draws on [−1, 1) times a number: <c>random:10:uniform</c>.</summary>
    /// <inheritdoc cref="RandomNormal"/>
    public static Initializer RandomUniform(double scalar) => Random(scalar, "uniform");

    /// <summary>An initializer for each layer of a network; the last one serves all layers after it.</summary>
    /// <param name="layers">At least one.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Initializer PerLayer(params IReadOnlyList<Initializer> layers) => layers switch
    {
        [] => throw new ArgumentException("Expected at least one initializer.", nameof(layers)),
        [Initializer only] => only,
        _ => new Initializer([.. layers.SelectMany(one => one.layers)]),
    };

    /// <summary>
    /// For a bias: the initializer with the fans of the weights beside it, where it follows these and they are not written, as in "bias@pytorch"; else
    /// itself.
    /// </summary>
    /// <param name="weights">The shape of the weights.</param>
    /// <exception cref="StepZeroException">The weights have no fans.</exception>
    public Initializer BesideWeights(TensorShape weights)
    {
        string[] missing = [.. (variant?.Parameters ?? []).Select(parameter => parameter.Name).Where(name => name is "fan_in" or "fan_out" && !Name.Contains($":{name}=", StringComparison.Ordinal))];
        if (missing is [])
        {
            return this;
        }

        Fans fans = Fans.Of(weights, variant!.Library);
        string written = string.Concat(missing.Select(name => string.Create(CultureInfo.InvariantCulture, $":{name}={(name == "fan_in" ? fans.In : fans.Out)}")));
        return Parse(Name.Insert(Name.IndexOf('@', StringComparison.Ordinal), written));
    }

    /// <summary>Draws the parameters of a whole network, layer after layer from NumPy's legacy stream, as after <c>np.random.seed</c>.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="seed">The seed of the stream.</param>
    /// <exception cref="StepZeroException">The initializer needs data.</exception>
    public Parameters Draw(Architecture architecture, uint seed) => Draw(architecture, new NumPyRandom(seed));

    /// <summary>
    /// Draws the parameters of a whole network: the weights of the first layer (tensor "layers.0.weight"), its biases if the initializer has a rule for
    /// them ("layers.0.bias"), the second layer, and so on. Other biases are zero.
    /// </summary>
    /// <param name="architecture">The network.</param>
    /// <param name="random">The stream to draw from.</param>
    /// <param name="data">What the network will be trained on; needed where <see cref="NeedsData"/>.</param>
    /// <param name="scaling">How the data are scaled; null for automatically.</param>
    /// <exception cref="StepZeroException">The initializer needs data and there are none, or they do not suffice; or given parameters are of other layers.</exception>
    /// <exception cref="ArgumentException">The data have another number of features than the network has inputs.</exception>
    public Parameters Draw(Architecture architecture, RandomSource random, Dataset? data = null, Scaling? scaling = null) =>
        Draw(architecture, random, data is null ? null : () => Signal.Of(architecture, data, (scaling ?? Scaling.Auto).Fit(data)));

    /// <summary>The same, where what reaches the network is asked for only if the initializer needs it.</summary>
    internal Parameters Draw(Architecture architecture, RandomSource random, Func<Signal>? signalOf)
    {
        CheckGiven(architecture);
        var parameters = new Parameters(architecture);
        Signal? signal = NeedsData ? (signalOf ?? throw layers.First(one => one.NeedsData).WithoutData())() : null;
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            Initializer one = ForLayer(layer);
            TensorShape shape = TensorShape.Dense(architecture.LayerSizes[layer + 1], architecture.LayerSizes[layer]);
            RandomSource source = random.For($"layers.{layer}.weight");
            double meanSquare;
            if (one.recipe is Recipe.Given given)
            {
                meanSquare = given.Fill(parameters, layer, signal?.MeanSquare);
            }
            else if (one.recipe is Recipe.FromSignal fromSignal)
            {
                meanSquare = one.gain * one.gain * fromSignal.Fill(parameters, layer, signal!, new Draws(source, Single: false));
                TensorPrimitives.Multiply(parameters.Weights[layer], one.gain, parameters.Weights[layer]);
            }
            else
            {
                one.Fill(parameters.Weights[layer], shape, source);
                meanSquare = signal is null ? 0 : one.MeanSquareBehind(shape, signal.MeanSquare);
            }

            one.recipe!.Bias?.Invoke(shape).Times(one.gain).Fill(parameters.Biases[layer], random.For($"layers.{layer}.bias"));
            signal = layer == architecture.LayerCount - 1 ? null : signal?.Behind(meanSquare);
        }

        return parameters;
    }

    /// <summary>Refuses a network whose layers it cannot fill, without drawing anything. What only the data can tell shows when it draws.</summary>
    /// <param name="architecture">The network.</param>
    /// <exception cref="StepZeroException">A layer's shape is impossible.</exception>
    public void Check(Architecture architecture)
    {
        if (layers.Count > architecture.LayerCount)
        {
            throw new StepZeroException($"Initializer '{Name}': names {layers.Count} layers; the network has {architecture.LayerCount}. Leave some out.");
        }

        CheckGiven(architecture);
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            Initializer one = ForLayer(layer);
            if (one.recipe is not Recipe.Given && !one.NeedsData)
            {
                one.Expected(TensorShape.Dense(architecture.LayerSizes[layer + 1], architecture.LayerSizes[layer]));
            }
        }
    }

    /// <inheritdoc cref="Name"/>
    public override string ToString() => Name;

    /// <summary>That of one layer, from 0.</summary>
    internal Initializer ForLayer(int layer) => layers[Math.Min(layer, layers.Count - 1)];

    /// <summary>
    /// The root mean square of a layer's weights over all draws: their standard deviation, where their mean is 0. Null where the data or a file decide it.
    /// </summary>
    internal double? SizeOf(Architecture architecture, int layer) => ForLayer(layer) is { recipe: not Recipe.Given, NeedsData: false } one
        ? Math.Sqrt(one.Expected(TensorShape.Dense(architecture.LayerSizes[layer + 1], architecture.LayerSizes[layer])).MeanSquare)
        : null;

    private static Initializer Random(double scalar, string distribution) => double.IsFinite(scalar)
        ? Parse(string.Create(CultureInfo.InvariantCulture, $"random:{scalar}:{distribution}"))
        : throw new ArgumentOutOfRangeException(nameof(scalar), scalar, "Expected a finite number.");

    private static string FormulaOfRandom(string name) => name.Split(':') is [_, string scalar, "normal", ..] ? $"{scalar} · N(0, 1)" : $"{name.Split(':')[1]} · U(−1, 1)";

    /// <summary>The mean square of a layer's pre-activations, given that of its inputs.</summary>
    private double MeanSquareBehind(TensorShape shape, double meanSquare)
    {
        double bias = recipe!.Bias?.Invoke(shape).Times(gain).Expected.MeanSquare ?? 0;
        return (Fans.Of(shape).In * Expected(shape).MeanSquare * meanSquare) + bias;
    }

    private StepZeroException WithoutData() => new(recipe is Recipe.Given
        ? $"Initializer '{Name}': holds the weights of a whole network, and starts such a network only."
        : $"Initializer '{Name}': its weights depend on the data that reach a layer. Start a network with it, as 'stepzero compare --init {Name}' does, or pass data to Initializer.Draw.");
}
