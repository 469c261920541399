using System.Globalization;
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

    private Initializer(IReadOnlyList<Initializer> layers)
    {
        Name = string.Join('+', layers.Select(one => one.Name));
        this.layers = layers;
    }

    /// <summary>Every weight 0. All units of a layer stay equal for ever: symmetry is never broken.</summary>
    public static Initializer Zeros { get; } = Parse("zeros");

    /// <summary>N(0, 2/fanIn), untruncated (He, Zhang, Ren and Sun 2015, arXiv:1502.01852): keeps the size of a signal through ReLU layers.</summary>
    public static Initializer He { get; } = Parse("he");

    /// <summary>
    /// N(0, 1/fanIn), untruncated: the simple form of the tutorials, after Glorot and Bengio 2010 (whose variance is 2/(fanIn + fanOut)) and known
    /// elsewhere as LeCun's (LeCun, Bottou, Orr and Müller 1998): keeps the size of a signal through layers that are linear near 0, such as tanh.
    /// </summary>
    public static Initializer Xavier { get; } = Parse("xavier");

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public string Name { get; }

    /// <summary>Whose definition it is; of several for the layers of a network, the first's.</summary>
    public Library Library => variant?.Library ?? layers[0].Library;

    /// <summary>How a weight of a layer with n inputs is drawn, for people to read.</summary>
    public string Formula => variant is null
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

    /// <summary>Reads an initializer, or several for the layers of a network.</summary>
    /// <param name="text">As in <c>he</c>, <c>random:10:uniform</c>, <c>he_normal:slope=0.2:mode=fan_out@pytorch</c>, <c>siren_first+siren</c>.</param>
    /// <exception cref="StepZeroException">A name, parameter or library is unknown or impossible.</exception>
    public static Initializer Parse(string text)
    {
        List<string> layers = BetweenLayers(text);
        if (layers.Contains(""))
        {
            throw Arguments.Wrong(text, "a name is missing; expected an initializer, or several joined by '+'");
        }

        return layers.Count == 1 ? ParseOne(text) : PerLayer([.. layers.Select(ParseOne)]);
    }

    /// <summary>An initializer for each layer of a network; the last one serves all layers after it.</summary>
    /// <param name="layers">At least one.</param>
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
        if (variant is null || !variant.Parameters.Any(parameter => parameter.Name == "fan_in") || Name.Contains(":fan_in=", StringComparison.Ordinal))
        {
            return this;
        }

        Fans fans = Fans.Of(weights, variant.Library);
        int library = Name.IndexOf('@', StringComparison.Ordinal);
        string written = string.Create(CultureInfo.InvariantCulture, $":fan_in={fans.In}{(variant.Parameters.Any(parameter => parameter.Name == "fan_out") ? $":fan_out={fans.Out}" : "")}");
        return Parse(Name.Insert(library < 0 ? Name.Length : library, written));
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
    /// <exception cref="StepZeroException">The initializer needs data and there are none, or they do not suffice.</exception>
    /// <exception cref="ArgumentException">The data have another number of features than the network has inputs.</exception>
    public Parameters Draw(Architecture architecture, RandomSource random, Dataset? data = null, Scaling? scaling = null) =>
        Draw(architecture, random, data is null ? null : () => Signal.Of(architecture, data, (scaling ?? Scaling.Auto).Fit(data)));

    /// <summary>The same, where what reaches the network is asked for only if the initializer needs it.</summary>
    internal Parameters Draw(Architecture architecture, RandomSource random, Func<Signal>? signalOf)
    {
        var parameters = new Parameters(architecture);
        Signal? signal = NeedsData ? (signalOf ?? throw layers.First(one => one.NeedsData).WithoutData())() : null;
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            Initializer one = ForLayer(layer);
            TensorShape shape = TensorShape.Dense(architecture.LayerSizes[layer + 1], architecture.LayerSizes[layer]);
            RandomSource source = random.For($"layers.{layer}.weight");
            if (one.recipe is Recipe.FromSignal fromSignal)
            {
                fromSignal.Fill(parameters, layer, signal!, new Draws(source, Single: false));
                Multiply(parameters.Weights[layer], one.gain);
            }
            else
            {
                one.Fill(parameters.Weights[layer], shape, source);
            }

            one.recipe!.Bias?.Invoke(shape).Times(one.gain).Fill(parameters.Biases[layer], random.For($"layers.{layer}.bias"));
            signal = signal is null || layer == architecture.LayerCount - 1 ? null : signal.Behind(one.VarianceOf(shape, signal.MeanSquare));
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

        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            Initializer one = ForLayer(layer);
            if (!one.NeedsData)
            {
                one.Expected(TensorShape.Dense(architecture.LayerSizes[layer + 1], architecture.LayerSizes[layer]));
            }
        }
    }

    /// <inheritdoc cref="Name"/>
    public override string ToString() => Name;

    private static Initializer ParseOne(string text)
    {
        string[] atLibrary = text.Split('@');
        if (atLibrary is [string start, string library, ..] && library.Contains(':', StringComparison.Ordinal))
        {
            throw Arguments.Wrong(text, $"the library comes last; write '{start}{library[library.IndexOf(':', StringComparison.Ordinal)..]}@{library.Split(':')[0]}'");
        }

        string[] parts = atLibrary[0].Split(':');
        CatalogueEntry entry = Catalogue.Find(parts[0]);
        CatalogueVariant variant = atLibrary switch
        {
            [_] => entry.Variants[0].Library == Library.StepZero ? entry.Variants[0] : throw Arguments.Wrong(
                text, $"'{entry.Name}' means something else in each library; write which, as in '{entry.Written(entry.Variants[0])}'"),
            [_, string name] => entry.Variants.FirstOrDefault(one => one.Library == Catalogue.LibraryOf(name)) ?? throw WithoutVariant(text, entry, Catalogue.LibraryOf(name)),
            _ => throw Arguments.Wrong(text, "expected one '@' and a library after it"),
        };
        var arguments = new Arguments(text, variant.Library, variant.Parameters, Read(text, variant, parts[1..]));
        return new Initializer(entry.Written(variant).Insert(entry.Name.Length, arguments.Canonical), variant, arguments);
    }

    private static StepZeroException WithoutVariant(string text, CatalogueEntry entry, Library library)
    {
        string[] longer = [.. Catalogue.Names.Where(name => name.StartsWith($"{entry.Name}_", StringComparison.Ordinal) && Catalogue.Find(name).Variants.Any(one => one.Library == library))];
        string instead = longer is [] ? "" : $"; {CanonicalText.Of(library)} has {string.Join(" and ", longer.Select(name => $"'{name}@{CanonicalText.Of(library)}'"))}";
        return Arguments.Wrong(text, $"'{entry.Name}' has no form of its own in {CanonicalText.Of(library)}; known: {string.Join(", ", entry.Variants.Select(entry.Written))}{instead}");
    }

    /// <summary>The parameters as written, by their names.</summary>
    private static Dictionary<string, string> Read(string text, CatalogueVariant variant, string[] parts)
    {
        InitializerParameter[] positional = [.. variant.Parameters.Where(parameter => parameter.Positional)];
        string[] names = [.. variant.Parameters.Append(Arguments.GainParameter).Select(parameter => parameter.Name)];
        Dictionary<string, string> given = [];
        for (int i = 0; i < parts.Length; i++)
        {
            if (i > 0 && parts[i - 1].StartsWith("gain=", StringComparison.Ordinal) && !parts[i].Contains('=', StringComparison.Ordinal) && given.TryGetValue("gain", out string? activation))
            {
                // An activation brings a parameter of its own: gain=leaky_relu:0.2.
                given["gain"] = $"{activation}:{parts[i]}";
                continue;
            }

            string[] pair = parts[i].Split('=', 2);
            string name = pair.Length == 2 ? pair[0]
                : i < positional.Length && given.Count == i ? positional[i].Name
                : throw Arguments.Wrong(text, $"expected {Expected()}, found '{parts[i]}'");
            if (!names.Contains(name))
            {
                throw Arguments.Wrong(text, StepZeroException.UnknownName("parameter", name, names).Message.TrimEnd('.'));
            }

            if (!given.TryAdd(name, pair[^1]))
            {
                throw Arguments.Wrong(text, $"{name} stands there twice; expected each parameter once");
            }
        }

        return given;

        string Expected() => variant.Parameters is []
            ? "no parameters but gain=NUMBER"
            : $"parameters as in '{string.Join(':', variant.Parameters.Select(parameter => parameter.Positional ? parameter.Default : $"{parameter.Name}={parameter.Default}"))}'";
    }

    private static Initializer Random(double scalar, string distribution) => double.IsFinite(scalar)
        ? Parse(string.Create(CultureInfo.InvariantCulture, $"random:{scalar}:{distribution}"))
        : throw new ArgumentOutOfRangeException(nameof(scalar), scalar, "Expected a finite number.");

    private static string FormulaOfRandom(string name) => name.Split(':') is [_, string scalar, "normal", ..] ? $"{scalar} · N(0, 1)" : $"{name.Split(':')[1]} · U(−1, 1)";

    private Initializer ForLayer(int layer) => layers[Math.Min(layer, layers.Count - 1)];

    /// <summary>The variance of a layer's pre-activations, given the mean square of its inputs.</summary>
    private double VarianceOf(TensorShape shape, double meanSquare)
    {
        if (recipe is Recipe.FromSignal)
        {
            return gain * gain;
        }

        double bias = recipe!.Bias?.Invoke(shape).Times(gain).Expected.MeanSquare ?? 0;
        return (Fans.Of(shape).In * Expected(shape).MeanSquare * meanSquare) + bias;
    }

    private StepZeroException WithoutData() => new(
        $"Initializer '{Name}': its weights depend on the data that reach a layer. Start a network with it, as 'stepzero compare --init {Name}' does, or pass data to Initializer.Draw.");

    /// <summary>The texts between the plus signs, but for those that belong to a number, as in 1e+5 or value=+1.</summary>
    private static List<string> BetweenLayers(string text)
    {
        List<string> layers = [];
        int start = 0;
        for (int i = 0; i < text.Length; i++)
        {
            bool ofNumber = i > 0 && (text[i - 1] is ':' or '=' || (i > 1 && text[i - 1] is 'e' or 'E' && (char.IsAsciiDigit(text[i - 2]) || text[i - 2] == '.')));
            if (text[i] == '+' && !ofNumber)
            {
                layers.Add(text[start..i]);
                start = i + 1;
            }
        }

        layers.Add(text[start..]);
        return layers;
    }
}
