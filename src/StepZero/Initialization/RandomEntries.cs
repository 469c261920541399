namespace StepZero.Initialization;

/// <summary>The catalogue: distributions that do not look at the shape.</summary>
internal static class RandomEntries
{
    private static readonly InitializerParameter Mean = new("mean", "0", "the mean, finite");

    public static CatalogueEntry[] All { get; } = [Random, Uniform, Normal, TruncatedNormal];

    private static CatalogueEntry Random => new()
    {
        Name = "random",
        Summary = "The classic tutorial's bad start: standard draws times a number, 10 by default, which saturates tanh and sigmoid units.",
        Source = "The classic initialization experiment",
        Equivalents =
        [
            ("NumPy", "np.random.randn(fan_out, fan_in) * 10"), ("PyTorch", "torch.nn.init.normal_(w, std=10)"),
            ("Keras", "keras.initializers.RandomNormal(stddev=10)"), ("JAX", "jax.nn.initializers.normal(10.0)"), ("StepZero", "Initializer.RandomNormal(10)"),
        ],
        Variants =
        [
            new()
            {
                Library = Library.Stepzero, Formula = "scalar · N(0, 1), or scalar · U(−1, 1)", Distribution = "normal or uniform",
                Parameters =
                [
                    new("scalar", "10", "multiplies the draws, finite") { Positional = true },
                    new("distribution", "normal", "normal, or uniform on [−1, 1)") { Positional = true, Choices = ["normal", "uniform"] },
                ],
                Make = arguments => Standard(arguments.Choice("distribution"), arguments.Number("scalar"), arguments.Gain),
            },
        ],
    };

    private static CatalogueEntry Uniform => new()
    {
        Name = "uniform",
        Aliases = ["random_uniform"],
        Summary = "Uniform between two bounds, whatever the shape.",
        Source = "Every library",
        Equivalents =
        [
            ("PyTorch", "torch.nn.init.uniform_(w, -0.05, 0.05)"), ("Keras", "keras.initializers.RandomUniform(-0.05, 0.05)"),
            ("JAX", "lambda key, shape: jax.random.uniform(key, shape, minval=-0.05, maxval=0.05)"), ("StepZero", "Initializer.Parse(\"uniform\")"),
        ],
        Variants =
        [
            Bounded(Library.Stepzero, "-0.05", "0.05", "The variance is (high − low)²/12: 1/1200 by default."),
            Bounded(Library.Pytorch, "0", "1", "All weights are positive by default."),
            Bounded(Library.Keras, "-0.05", "0.05", null),
            Bounded(Library.Jax, "0", "0.01", "All weights are positive: jax.nn.initializers.uniform(scale) draws from [0, scale)."),
            Bounded(Library.Flux, "0", "1", "All weights are positive: rand32."),
        ],
    };

    private static CatalogueEntry Normal => new()
    {
        Name = "normal",
        Aliases = ["random_normal", "gaussian"],
        Summary = "Normal with a given standard deviation, whatever the shape.",
        Source = "Every library",
        Equivalents =
        [
            ("PyTorch", "torch.nn.init.normal_(w, std=0.05)"), ("Keras", "keras.initializers.RandomNormal(stddev=0.05)"),
            ("JAX", "jax.nn.initializers.normal(0.05)"), ("StepZero", "Initializer.Parse(\"normal\")"),
        ],
        Variants =
        [
            Gaussian(Library.Stepzero, "0.05"), Gaussian(Library.Pytorch, "1"), Gaussian(Library.Keras, "0.05"), Gaussian(Library.Jax, "0.01"),
            Gaussian(Library.Flux, "1"),
        ],
    };

    private static CatalogueEntry TruncatedNormal => new()
    {
        Name = "truncated_normal",
        Aliases = ["trunc_normal"],
        Summary = "Normal without its tails: no single weight starts out far from the others.",
        Source = "Robert 1995, \"Simulation of truncated normal variables\"",
        Equivalents =
        [
            ("PyTorch", "torch.nn.init.trunc_normal_(w, std=0.05, a=-0.1, b=0.1)"), ("Keras", "keras.initializers.TruncatedNormal(stddev=0.05)"),
            ("JAX", "jax.nn.initializers.truncated_normal(0.05)"), ("StepZero", "Initializer.Parse(\"truncated_normal\")"),
        ],
        Variants =
        [
            Truncated(Library.Stepzero, "0.05", inDeviations: true, "Bounds in standard deviations of the untruncated normal; what remains has 0.8796 of that deviation."),
            Truncated(Library.Pytorch, "1", inDeviations: false, "Bounds are absolute: with a small std they cut off nothing (std=0.02 is cut at 100 standard deviations)."),
            Truncated(Library.Keras, "0.05", inDeviations: true, "Cut at two standard deviations, not corrected for it."),
            Truncated(Library.Jax, "0.01", inDeviations: true, "Cut at two standard deviations, not corrected for it."),
            Truncated(Library.Flux, "1", inDeviations: false, "Bounds are absolute."),
        ],
    };

    private static Recipe Standard(string distribution, double scalar, double gain) => distribution == "normal"
        ? Recipe.Same(Distribution.Normal(0, scalar * gain))
        : new Recipe.Whole((weights, shape, draws) =>
        {
            // As the tutorial computes it: the rounding of 2u − 1 comes before the multiplication.
            double[] drawn = draws.Of(weights.Length, Distribution.Uniform(-1, 1));
            for (int i = 0; i < drawn.Length; i++)
            {
                weights[i] = drawn[i] * scalar;
            }
        }, _ => new Moments(0, Math.Abs(scalar) / Math.Sqrt(3)));

    private static CatalogueVariant Bounded(Library library, string low, string high, string? note) => new()
    {
        Library = library,
        Formula = "U(low, high)",
        Distribution = "uniform",
        Note = note,
        Parameters = [new("low", low, "the lower bound, finite"), new("high", high, "the upper bound, finite, reached by rounding at most")],
        Make = arguments =>
        {
            (double from, double to) = arguments.Range("low", "high");
            return Recipe.Same(Distribution.Uniform(from, to).Times(arguments.Gain));
        },
    };

    private static CatalogueVariant Gaussian(Library library, string std) => new()
    {
        Library = library,
        Formula = "N(mean, std²)",
        Distribution = "normal",
        Note = $"The standard deviation is {std} by default.",
        Parameters = [Mean, new("std", std, "the standard deviation, at least 0")],
        Make = arguments => Recipe.Same(Distribution.Normal(arguments.Number("mean"), arguments.AtLeastZero("std")).Times(arguments.Gain)),
    };

    private static CatalogueVariant Truncated(Library library, string std, bool inDeviations, string note) => new()
    {
        Library = library,
        Formula = inDeviations ? "N(mean, std²) between mean + low·std and mean + high·std" : "N(mean, std²) between low and high",
        Distribution = "truncated normal",
        Note = note,
        Parameters =
        [
            Mean, new("std", std, "the standard deviation before truncation, at least 0"),
            new("low", "-2", inDeviations ? "the lower bound in standard deviations" : "the lower bound"),
            new("high", "2", inDeviations ? "the upper bound in standard deviations" : "the upper bound"),
        ],
        Make = arguments =>
        {
            (double low, double high) = arguments.Range("low", "high");
            (double mean, double deviation) = (arguments.Number("mean"), arguments.AtLeastZero("std"));
            (double from, double to) = inDeviations ? (mean + (low * deviation), mean + (high * deviation)) : (low, high);
            return double.IsFinite(Distribution.TruncatedNormal(mean, deviation, from, to).Expected.Deviation) && (deviation > 0 || (mean >= from && mean <= to))
                ? Recipe.Same(Distribution.TruncatedNormal(mean, deviation, from, to).Times(arguments.Gain))
                : throw arguments.Wrong("leaves no probability between low and high; bring them nearer to the mean");
        },
    };
}
