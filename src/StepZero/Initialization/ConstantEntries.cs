namespace StepZero.Initialization;

/// <summary>The catalogue: every weight the same.</summary>
internal static class ConstantEntries
{
    public static CatalogueEntry[] All { get; } =
    [
        new()
        {
            Name = "zeros",
            Summary = "Right for biases; weights that start at 0 keep all units of a layer equal, so the network never learns more than one unit could.",
            Source = "Symmetry: Rumelhart, Hinton and Williams 1986",
            Equivalents =
            [
                ("PyTorch", "torch.nn.init.zeros_(w)"), ("Keras", "keras.initializers.Zeros()"), ("JAX", "jax.nn.initializers.zeros"),
                ("StepZero", "Initializer.Zeros"),
            ],
            Variants = [Same("0", 0)],
        },
        new()
        {
            Name = "ones",
            Summary = "Right for the scales of normalization layers.",
            Source = "Ioffe and Szegedy 2015, arXiv:1502.03167",
            Equivalents =
            [
                ("PyTorch", "torch.nn.init.ones_(w)"), ("Keras", "keras.initializers.Ones()"), ("JAX", "jax.nn.initializers.ones"),
                ("StepZero", "Initializer.Parse(\"ones\")"),
            ],
            Variants = [Same("1", 1)],
        },
        new()
        {
            Name = "constant",
            Summary = "For biases: 1 opens the forget gate of an LSTM, ln(p/(1 − p)) makes an output start at the rate p of the positive class.",
            Source = "Gers, Schmidhuber and Cummins 2000 (forget gate); Lin et al. 2017, arXiv:1708.02002 (prior)",
            Equivalents =
            [
                ("PyTorch", "torch.nn.init.constant_(w, 0.1)"), ("Keras", "keras.initializers.Constant(0.1)"), ("JAX", "jax.nn.initializers.constant(0.1)"),
                ("StepZero", "Initializer.Parse(\"constant:0.1\")"),
            ],
            Variants =
            [
                new()
                {
                    Library = Library.Stepzero, Formula = "value", Distribution = "constant",
                    Parameters = [new("value", "0", "the value, finite") { Positional = true }],
                    Make = arguments => Recipe.Same(Distribution.Constant(arguments.Number("value")).Times(arguments.Gain)),
                },
            ],
        },
    ];

    private static CatalogueVariant Same(string formula, double value) => new()
    {
        Library = Library.Stepzero,
        Formula = formula,
        Distribution = "constant",
        Make = arguments => Recipe.Same(Distribution.Constant(value).Times(arguments.Gain)),
    };
}
