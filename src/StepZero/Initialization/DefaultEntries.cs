namespace StepZero.Initialization;

/// <summary>The catalogue: what a library's layers start with when nobody says anything, weights and biases.</summary>
internal static class DefaultEntries
{
    private static readonly InitializerParameter Activation = new("activation", "relu", "the network's activation; logistic takes a smaller bound")
    {
        Choices = ["relu", "tanh", "identity", "logistic"],
    };

    private static readonly InitializerParameter FanIn = new("fan_in", "0", "the fan-in of the layer's weights; in a model.json that of the tensor beside it");
    private static readonly InitializerParameter FanOut = new("fan_out", "0", "the fan-out of the layer's weights; in a model.json that of the tensor beside it");

    public static CatalogueEntry[] All { get; } =
    [
        new()
        {
            Name = "default",
            Aliases = ["default_dense", "default_conv"],
            Summary = "What a dense or convolution layer of a library starts with when nobody says anything, weights and biases.",
            Source = "The libraries' own layers",
            Equivalents =
            [
                ("PyTorch", "torch.nn.Linear(fan_in, fan_out)"), ("Keras", "keras.layers.Dense(fan_out)"), ("Flax", "flax.linen.Dense(fan_out)"),
                ("Flux", "Flux.Dense(fan_in => fan_out)"), ("scikit-learn", "sklearn.neural_network.MLPClassifier()"),
                ("StepZero", "Initializer.Parse(\"default@pytorch\")"),
            ],
            Variants =
            [
                OfPyTorch,
                Glorot(Library.Keras, "Dense and Conv: glorot_uniform; biases are 0."),
                ScalingEntries.Scaled(Library.Jax, "N(0, 1/n)", 1, FanMode.FanIn, DistributionKind.TruncatedNormal, "Flax Dense and Conv: lecun_normal; biases are 0."),
                Glorot(Library.Flux, "Dense and Conv: glorot_uniform; biases are 0."),
                OfSklearn,
            ],
        },
        new()
        {
            Name = "bias",
            Summary = "The biases that belong to default: they follow the fan of the weights beside them.",
            Source = "The libraries' own layers",
            Equivalents = [("PyTorch", "torch.nn.init.uniform_(b, -fan_in ** -0.5, fan_in ** -0.5)"), ("StepZero", "Initializer.Parse(\"bias:fan_in=30@pytorch\")")],
            Variants =
            [
                new()
                {
                    Library = Library.Pytorch, Formula = "U(−1/√n, 1/√n)", Fan = "fan_in", Distribution = "uniform", Note = "n is the fan-in of the layer's weights.",
                    Parameters = [FanIn],
                    Make = arguments => OfFans(arguments, fans => 1 / Math.Sqrt(fans.In)),
                },
                Zero(Library.Keras), Zero(Library.Jax), Zero(Library.Flux),
                new()
                {
                    Library = Library.Sklearn, Formula = "U(−√(f/(fan_in + fan_out)), √(f/(fan_in + fan_out))), f = 6, or 2 for logistic", Fan = "fan_avg", Distribution = "uniform",
                    Note = "The same bound as the weights beside them.",
                    Parameters =
                    [
                        FanIn, FanOut, Activation,
                    ],
                    Make = arguments => OfFans(arguments, fans => BoundOfSklearn(arguments, fans)),
                },
            ],
        },
    ];

    /// <summary>kaiming_uniform_(a=√5), which is uniform on ±1/√fan_in, and the same for the biases.</summary>
    private static CatalogueVariant OfPyTorch => new()
    {
        Library = Library.Pytorch,
        Formula = "U(−1/√n, 1/√n)",
        Fan = "fan_in",
        Distribution = "uniform",
        Note = "Linear and Conv: a third of LeCun's variance, and biases from the same distribution.",
        Make = arguments => new VarianceScaling(
            2 / (1 + (Math.Sqrt(5) * Math.Sqrt(5))), FanMode.FanIn, DistributionKind.Uniform, arguments.Gain, Library.Pytorch).ToRecipe() with
        {
            Bias = shape =>
            {
                double bound = 1 / Math.Sqrt(Fans.Of(shape, Library.Pytorch).In);
                return Distribution.Uniform(-bound, bound);
            },
        },
    };

    /// <summary>Drawn as scikit-learn does, which holds its weights as [inputs, outputs].</summary>
    private static CatalogueVariant OfSklearn => new()
    {
        Library = Library.Sklearn,
        Formula = "U(−√(f/(fan_in + fan_out)), √(f/(fan_in + fan_out))), f = 6, or 2 for logistic",
        Fan = "fan_avg",
        Distribution = "uniform",
        Note = "Biases from the same distribution. Drawn in the order of scikit-learn's own weights, [inputs, outputs].",
        Parameters = [Activation],
        Make = arguments =>
        {
            arguments.Choice(Activation.Name);
            Distribution Of(TensorShape shape)
            {
                if (shape.Dimensions.Count > 2 || shape.Groups > 1)
                {
                    throw new StepZeroException($"Initializer 'default@sklearn': the shape {shape} is impossible; expected two dimensions without groups: scikit-learn has dense layers only.");
                }

                double bound = BoundOfSklearn(arguments, Fans.Of(shape, Library.Sklearn));
                return Distribution.Uniform(-bound, bound);
            }

            return new Recipe.Whole(
                (weights, shape, draws) =>
                {
                    double[] drawn = draws.Of(weights.Length, Of(shape));
                    for (int input = 0, i = 0; input < shape.InputsOfGroup; input++)
                    {
                        for (int output = 0; output < shape.OutputsOfGroup; output++)
                        {
                            weights[shape.Offset(0, output, input, 0)] = drawn[i++];
                        }
                    }
                },
                shape => Of(shape).Expected)
            {
                Bias = Of,
            };
        },
    };

    private static CatalogueVariant Glorot(Library library, string note) => ScalingEntries.Scaled(
        library, "U(−√(6/(fan_in + fan_out)), √(6/(fan_in + fan_out)))", 1, FanMode.FanAvg, DistributionKind.Uniform, note);

    private static CatalogueVariant Zero(Library library) => new()
    {
        Library = library,
        Formula = "0",
        Distribution = "constant",
        Make = _ => Recipe.Same(Distribution.Constant(0)),
    };

    /// <summary>A bias on ±bound, where the fans are written or known from the weights beside it.</summary>
    private static Recipe.Elementwise OfFans(Arguments arguments, Func<Fans, double> boundOf)
    {
        bool both = arguments.Library == Library.Sklearn;
        if (both)
        {
            arguments.Choice(Activation.Name);
        }

        var fans = new Fans(arguments.Whole("fan_in"), both ? arguments.Whole("fan_out") : 1);
        return new Recipe.Elementwise(_ =>
        {
            if (fans.In == 0 || fans.Out == 0)
            {
                throw new StepZeroException(
                    $"Initializer 'bias@{CanonicalText.Of(arguments.Library)}': needs the fans of the layer's weights. Write them, as in 'bias:fan_in=30{(both ? ":fan_out=40" : "")}@{CanonicalText.Of(arguments.Library)}'.");
            }

            double bound = boundOf(fans);
            return Distribution.Uniform(-bound, bound).Times(arguments.Gain);
        });
    }

    private static double BoundOfSklearn(Arguments arguments, Fans fans) =>
        Math.Sqrt((arguments.Choice("activation") == "logistic" ? 2.0 : 6.0) / (fans.In + fans.Out));
}
