using System.Globalization;

namespace StepZero.Initialization;

/// <summary>The catalogue: variances that follow from the fans.</summary>
internal static class ScalingEntries
{
    private const string GroupsNote = "Groups are not counted in the fans.";
    private const string CountedNote = "Groups are counted in the fans.";

    private static readonly InitializerParameter Slope = new("slope", "0", "the slope of leaky ReLU below 0, finite");
    private static readonly InitializerParameter Mode = new("mode", "fan_in", "which fan the variance follows") { Choices = Fans.ModeNames };
    private static readonly InitializerParameter ModeInOrOut = new("mode", "fan_in", "which fan the variance follows") { Choices = ["fan_in", "fan_out"] };

    public static CatalogueEntry[] All { get; } =
    [
        new()
        {
            Name = "he",
            Summary = "The tutorials' He: keeps the size of a signal through ReLU layers.",
            Source = "He, Zhang, Ren and Sun 2015, arXiv:1502.01852",
            Equivalents = [("NumPy", "np.random.randn(fan_out, fan_in) * np.sqrt(2 / fan_in)"), .. HeLines("normal", "Initializer.He")],
            Variants = [Scaled(Library.Stepzero, "N(0, 2/n)", 2, FanMode.FanIn, DistributionKind.Normal, "Untruncated; the same as he_normal.")],
        },
        new()
        {
            Name = "xavier",
            Summary = "The tutorials' Xavier: keeps the size of a signal through layers that are nearly linear around 0, such as tanh.",
            Source = "After Glorot and Bengio 2010, whose variance is 2/(fan_in + fan_out); LeCun, Bottou, Orr and Müller 1998",
            Equivalents = [("NumPy", "np.random.randn(fan_out, fan_in) * np.sqrt(1 / fan_in)"), .. LecunLines("normal", "Initializer.Xavier")],
            Variants = [Scaled(Library.Stepzero, "N(0, 1/n)", 1, FanMode.FanIn, DistributionKind.Normal, "Untruncated; what other libraries call LeCun, the same as lecun_normal.")],
        },
        He("normal", DistributionKind.Normal), He("uniform", DistributionKind.Uniform),
        Glorot("normal", DistributionKind.Normal), Glorot("uniform", DistributionKind.Uniform),
        Lecun("normal", DistributionKind.Normal), Lecun("uniform", DistributionKind.Uniform),
        General,
    ];

    private static CatalogueEntry General => new()
    {
        Name = "variance_scaling",
        Summary = "The family behind He, Glorot and LeCun, with everything to choose.",
        Source = "Keras and JAX, VarianceScaling",
        Equivalents =
        [
            ("Keras", "keras.initializers.VarianceScaling(scale, mode, distribution)"), ("JAX", "jax.nn.initializers.variance_scaling(scale, mode, distribution)"),
            ("StepZero", "Initializer.Parse(\"variance_scaling:scale=2:mode=fan_avg\")"),
        ],
        Variants = [Any(Library.Stepzero, Fans.ModeNames), Any(Library.Keras, ["fan_in", "fan_out", "fan_avg"]), Any(Library.Jax, Fans.ModeNames)],
    };

    private static CatalogueEntry He(string shape, DistributionKind kind) => new()
    {
        Name = $"he_{shape}",
        Aliases = [$"kaiming_{shape}", .. shape == "normal" ? (string[])["kaiming"] : []],
        Summary = "Keeps the size of a signal through ReLU and leaky ReLU layers.",
        Source = "He, Zhang, Ren and Sun 2015, arXiv:1502.01852",
        Equivalents = HeLines(shape, $"Initializer.Parse(\"he_{shape}\")"),
        Variants =
        [
            Kaiming(Library.Stepzero, kind, Mode, Whole(kind, CountedNote)),
            Kaiming(Library.Pytorch, kind, ModeInOrOut, Whole(kind, GroupsNote)),
            Corrected(Library.Keras, $"he_{shape}", 2, FanMode.FanIn, kind), Corrected(Library.Jax, $"he_{shape}", 2, FanMode.FanIn, kind),
            Scaled(Library.Flux, Text(kind, "2", "6", "n"), 2, FanMode.FanIn, kind, Whole(kind, GroupsNote)),
        ],
    };

    private static CatalogueEntry Glorot(string shape, DistributionKind kind) => new()
    {
        Name = $"glorot_{shape}",
        Aliases = [$"xavier_{shape}", .. shape == "normal" ? (string[])["glorot"] : []],
        Summary = "A compromise between keeping the signal's size going forward and the gradient's going back.",
        Source = "Glorot and Bengio 2010, \"Understanding the difficulty of training deep feedforward neural networks\"",
        Equivalents = Lines(shape, 1, "fan_avg", $"Initializer.Parse(\"glorot_{shape}\")", $"torch.nn.init.xavier_{shape}_(w)", $"Flux.glorot_{shape}"),
        Variants =
        [
            Scaled(Library.Stepzero, Text(kind, "2", "6", "(fan_in + fan_out)"), 1, FanMode.FanAvg, kind, Whole(kind, CountedNote)),
            Scaled(Library.Pytorch, Text(kind, "2", "6", "(fan_in + fan_out)"), 1, FanMode.FanAvg, kind, Whole(kind, GroupsNote)),
            Corrected(Library.Keras, $"glorot_{shape}", 1, FanMode.FanAvg, kind), Corrected(Library.Jax, $"glorot_{shape}", 1, FanMode.FanAvg, kind),
            Scaled(Library.Flux, Text(kind, "2", "6", "(fan_in + fan_out)"), 1, FanMode.FanAvg, kind, Whole(kind, GroupsNote)),
        ],
    };

    private static CatalogueEntry Lecun(string shape, DistributionKind kind) => new()
    {
        Name = $"lecun_{shape}",
        Aliases = shape == "normal" ? ["lecun"] : [],
        Summary = "Keeps the variance of a signal through linear layers; the start that selu networks are made for.",
        Source = "LeCun, Bottou, Orr and Müller 1998, \"Efficient BackProp\"; Klambauer et al. 2017, arXiv:1706.02515",
        Equivalents = LecunLines(shape, $"Initializer.Parse(\"lecun_{shape}\")"),
        Variants =
        [
            Scaled(Library.Stepzero, Text(kind, "1", "3", "n"), 1, FanMode.FanIn, kind, Whole(kind, CountedNote)),
            Corrected(Library.Keras, $"lecun_{shape}", 1, FanMode.FanIn, kind), Corrected(Library.Jax, $"lecun_{shape}", 1, FanMode.FanIn, kind),
            .. kind == DistributionKind.Normal ? (CatalogueVariant[])[LecunOfFlux] : [],
        ],
    };

    /// <summary>Flux gives truncated_normal the deviation 1/√n and leaves its bounds at ±2.</summary>
    private static CatalogueVariant LecunOfFlux => new()
    {
        Library = Library.Flux,
        Formula = "N(0, 1/n) between −2 and 2",
        Fan = "fan_in",
        Distribution = "truncated normal",
        Note = "The bounds stay at ±2 whatever n, so that for n above a few nothing is cut off; not corrected.",
        Make = arguments => new Recipe.Elementwise(shape =>
        {
            double n = Fans.Of(shape, Library.Flux).In;
            return n == 0 ? Distribution.Constant(0) : Distribution.TruncatedNormal(0, 1 / Math.Sqrt(n), -2, 2).Times(arguments.Gain);
        }),
    };

    private static CatalogueVariant Kaiming(Library library, DistributionKind kind, InitializerParameter mode, string note) => new()
    {
        Library = library,
        Formula = Text(kind, "2", "6", "((1 + slope²)·n)"),
        Fan = "fan_in, by mode=",
        Distribution = Family(kind),
        Note = note,
        Parameters = [Slope, mode],
        Make = arguments =>
        {
            double slope = arguments.Number("slope");
            return new VarianceScaling(2 / (1 + (slope * slope)), arguments.Mode(), kind, arguments.Gain, library).ToRecipe();
        },
    };

    /// <summary>Keras and JAX truncate every normal distribution that follows a fan at two standard deviations and divide by what that takes from the deviation.</summary>
    private static CatalogueVariant Corrected(Library library, string name, double scale, FanMode mode, DistributionKind kind) => Scaled(
        library, mode == FanMode.FanAvg ? Text(kind, "2", "6", "(fan_in + fan_out)") : Text(kind, $"{scale}", $"{3 * scale}", "n"), scale, mode,
        kind == DistributionKind.Normal ? DistributionKind.TruncatedNormal : kind,
        $"{(library == Library.Keras ? $"keras.initializers.{Camel(name)}()" : $"jax.nn.initializers.{name}()")}. "
        + (kind == DistributionKind.Normal ? "Truncated at two standard deviations, which are widened by 1/0.8796 so that the variance comes out. " : "") + GroupsNote);

    /// <summary>A variance that follows from a fan, without parameters of its own.</summary>
    public static CatalogueVariant Scaled(Library library, string formula, double scale, FanMode mode, DistributionKind kind, string note) => new()
    {
        Library = library,
        Formula = formula,
        Fan = Fans.ModeNames[(int)mode],
        Distribution = Family(kind),
        Note = note,
        Make = arguments => new VarianceScaling(scale, mode, kind, arguments.Gain, library).ToRecipe(),
    };

    private static CatalogueVariant Any(Library library, string[] modes)
    {
        // Keras calls the truncated distribution "normal".
        string[] kinds = library == Library.Keras ? ["truncated_normal", "normal", "uniform", "untruncated_normal"] : ["truncated_normal", "normal", "uniform"];
        return new()
        {
            Library = library,
            Formula = "variance scale/n",
            Fan = "fan_in, by mode=",
            Distribution = "truncated normal, by distribution=",
            Note = library == Library.Keras ? $"distribution=normal is the truncated one. {GroupsNote}" : library == Library.Jax ? GroupsNote : CountedNote,
            Parameters =
            [
                new("scale", "1", "the variance times n, above 0"), new("mode", "fan_in", "which fan n is") { Choices = modes },
                new("distribution", "truncated_normal", "truncated at two standard deviations and corrected, or normal, or uniform") { Choices = kinds },
            ],
            Make = arguments => new VarianceScaling(
                arguments.Positive("scale"), arguments.Mode(), Kind(arguments.Choice("distribution"), library), arguments.Gain, library).ToRecipe(),
        };
    }

    private static DistributionKind Kind(string name, Library library) => name switch
    {
        "uniform" => DistributionKind.Uniform,
        "untruncated_normal" => DistributionKind.Normal,
        "normal" when library != Library.Keras => DistributionKind.Normal,
        _ => DistributionKind.TruncatedNormal,
    };

    /// <summary>The formula by the variance of a normal distribution, or the square of a uniform one's bound: three times as much.</summary>
    private static string Text(DistributionKind kind, string variance, string square, string fan) =>
        kind == DistributionKind.Uniform ? $"U(−√({square}/{fan}), √({square}/{fan}))" : $"N(0, {variance}/{fan})";

    /// <summary>A note that tells of a normal distribution that it is untruncated.</summary>
    private static string Whole(DistributionKind kind, string note) => kind == DistributionKind.Normal ? $"Untruncated. {note}" : note;

    private static string Family(DistributionKind kind) => kind switch
    {
        DistributionKind.Normal => "normal",
        DistributionKind.Uniform => "uniform",
        _ => "truncated normal",
    };

    /// <summary>he_normal as HeNormal.</summary>
    private static string Camel(string name) => string.Concat(name.Split('_').Select(word => char.ToUpperInvariant(word[0]) + word[1..]));

    /// <summary>The untruncated forms elsewhere: HeNormal, GlorotNormal and LecunNormal of Keras and JAX are truncated.</summary>
    private static (string, string)[] Lines(string shape, double scale, string mode, string ours, string pytorch, string? flux) =>
    [
        ("PyTorch", pytorch),
        ("Keras", string.Create(CultureInfo.InvariantCulture, $"keras.initializers.VarianceScaling({scale:0.0}, \"{mode}\", \"{(shape == "normal" ? "untruncated_normal" : shape)}\")")),
        ("JAX", string.Create(CultureInfo.InvariantCulture, $"jax.nn.initializers.variance_scaling({scale:0.0}, \"{mode}\", \"{shape}\")")),
        .. flux is null ? ((string, string)[])[] : [("Flux", flux)], ("StepZero", ours),
    ];

    private static (string, string)[] HeLines(string shape, string ours) =>
        Lines(shape, 2, "fan_in", ours, $"torch.nn.init.kaiming_{shape}_(w)", $"Flux.kaiming_{shape}");

    private static (string, string)[] LecunLines(string shape, string ours) => Lines(
        shape, 1, "fan_in", ours, shape == "normal" ? "torch.nn.init.normal_(w, std=fan_in ** -0.5)" : "torch.nn.init.kaiming_uniform_(w, nonlinearity=\"linear\")", null);
}
