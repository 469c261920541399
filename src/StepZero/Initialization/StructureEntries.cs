namespace StepZero.Initialization;

/// <summary>The catalogue: tensors that are made as a whole.</summary>
internal static class StructureEntries
{
    private const int DenseRank = 2;
    private const int LargestRank = 5;

    public static CatalogueEntry[] All { get; } = [Identity, Dirac, Orthogonal, DeltaOrthogonal, Sparse, Hadamard];

    private static CatalogueEntry Identity => new()
    {
        Name = "identity",
        Aliases = ["eye"],
        Summary = "A dense layer that hands its input on; for recurrent weights of ReLU networks.",
        Source = "Le, Jaitly and Hinton 2015, arXiv:1504.00941",
        Equivalents =
        [
            ("PyTorch", "torch.nn.init.eye_(w)"), ("Keras", "keras.initializers.Identity(gain=1.0)"), ("JAX", "lambda key, shape: jnp.eye(*shape)"),
            ("Flux", "Flux.identity_init(gain=1)"), ("StepZero", "Initializer.Parse(\"identity\")"),
        ],
        Variants =
        [
            IdentityOf(Library.Stepzero, "Two dimensions only; for convolutions there is dirac."), IdentityOf(Library.Pytorch, "Two dimensions only."),
            IdentityOf(Library.Keras, "Two dimensions only."),
            new()
            {
                Library = Library.Flux, Formula = "1 where input = output, at the center of the kernel, else 0", Distribution = "constant",
                Note = "One dimension gives zeros; of an even kernel the earlier of its two middles counts.",
                Make = _ => new Recipe.Whole(
                    (weights, shape, _) =>
                    {
                        if (shape.Dimensions.Count >= DenseRank)
                        {
                            Structure.Dirac(weights, Ungrouped(shape), Structure.Center(shape.Kernel, roundUp: false));
                        }
                    },
                    shape => shape.Dimensions.Count < DenseRank ? default : Ones(Ungrouped(shape))),
            },
        ],
    };

    private static CatalogueEntry Dirac => new()
    {
        Name = "dirac",
        Summary = "A convolution that hands its input on, as many channels as there are.",
        Source = "PyTorch, torch.nn.init.dirac_",
        Equivalents =
        [
            ("PyTorch", "torch.nn.init.dirac_(w, groups=1)"), ("Flux", "Flux.identity_init"), ("StepZero", "Initializer.Parse(\"dirac\")"),
        ],
        Variants =
        [
            new()
            {
                Library = Library.Stepzero, Formula = "1 where input = output within its group, at the center of the kernel, else 0", Distribution = "constant",
                Note = "Convolutions of one to three axes; groups are those of the shape.",
                Make = _ => new Recipe.Whole(
                    (weights, shape, _) => Structure.Dirac(weights, Convolution("dirac", shape), Structure.Center(shape.Kernel, roundUp: true)),
                    shape => Ones(Convolution("dirac", shape))),
            },
            new()
            {
                Library = Library.Pytorch, Formula = "1 where input = output within its group, at the center of the kernel, else 0", Distribution = "constant",
                Note = "Groups are a parameter and must divide the outputs.",
                Parameters = [new("groups", "1", "the groups of the convolution, at least 1")],
                Make = arguments =>
                {
                    int groups = arguments.AtLeastOne("groups");
                    return new Recipe.Whole(
                        (weights, shape, _) => Structure.Dirac(weights, Grouped(shape), Structure.Center(shape.Kernel, roundUp: true)), shape => Ones(Grouped(shape)));

                    TensorShape Grouped(TensorShape shape) => new(Convolution("dirac", shape).Dimensions, Ungrouped(shape).Layout, groups);
                },
            },
        ],
    };

    private static CatalogueEntry Orthogonal => new()
    {
        Name = "orthogonal",
        Summary = "Keeps lengths and angles of a signal exactly: learning times that do not grow with depth in linear networks.",
        Source = "Saxe, McClelland and Ganguli 2013, arXiv:1312.6120",
        Equivalents =
        [
            ("PyTorch", "torch.nn.init.orthogonal_(w, gain=1)"), ("Keras", "keras.initializers.Orthogonal(gain=1.0)"), ("JAX", "jax.nn.initializers.orthogonal(1.0)"),
            ("Flux", "Flux.orthogonal(gain=1)"), ("StepZero", "Initializer.Parse(\"orthogonal\")"),
        ],
        Variants =
        [
            OrthogonalOf(Library.Stepzero, "Each group has an orthogonal matrix of its own."), OrthogonalOf(Library.Pytorch, "One matrix [outputs, rest] whatever the groups."),
            OrthogonalOf(Library.Keras, "One matrix [rest, outputs] whatever the groups."), OrthogonalOf(Library.Jax, "One matrix [rest, outputs] whatever the groups."),
            OrthogonalOf(Library.Flux, "One matrix whatever the groups."),
        ],
    };

    private static CatalogueEntry DeltaOrthogonal => new()
    {
        Name = "delta_orthogonal",
        Summary = "An orthogonal matrix at the center of the kernel: convolutions of ten thousand layers that still train.",
        Source = "Xiao, Bahri, Sohl-Dickstein, Schoenholz and Pennington 2018, arXiv:1806.05393",
        Equivalents = [("JAX", "jax.nn.initializers.delta_orthogonal()"), ("StepZero", "Initializer.Parse(\"delta_orthogonal\")")],
        Variants = [DeltaOf(Library.Stepzero, "Each group has a matrix of its own."), DeltaOf(Library.Jax, "Groups are not known.")],
    };

    private static CatalogueEntry Sparse => new()
    {
        Name = "sparse",
        Summary = "Each input reaches only some of the units, so that many inputs do not saturate them.",
        Source = "Martens 2010, \"Deep learning via Hessian-free optimization\"",
        Equivalents =
        [
            ("PyTorch", "torch.nn.init.sparse_(w, sparsity=0.1, std=0.01)"), ("Flux", "Flux.sparse_init(sparsity=0.1, std=0.01)"),
            ("StepZero", "Initializer.Parse(\"sparse:0.1\")"),
        ],
        Variants = [SparseOf(Library.Stepzero), SparseOf(Library.Pytorch), SparseOf(Library.Flux)],
    };

    private static CatalogueEntry Hadamard => new()
    {
        Name = "hadamard",
        Aliases = ["zero_init"],
        Summary = "ZerO: a start of zeros and ones without any randomness, the same on every machine; Hadamard's matrix breaks the symmetry where layers widen.",
        Source = "Zhao, Schäfer and Anandkumar 2022, arXiv:2110.12661",
        Equivalents = [("StepZero", "Initializer.Parse(\"hadamard\")")],
        Variants =
        [
            new()
            {
                Library = Library.Stepzero, Formula = "identity, cut off, if outputs ≤ inputs; else 2^(−(m − 1)/2) times the corner of Hadamard's matrix of 2^m ≥ outputs",
                Distribution = "constant", Note = "In a convolution at the center of the kernel, in each group.",
                Make = _ => new Recipe.Whole((weights, shape, _) => Structure.Hadamard(weights, TwoDimensions("hadamard", shape)), shape =>
                {
                    (int outputs, int inputs) = (TwoDimensions("hadamard", shape).OutputsOfGroup, shape.InputsOfGroup);
                    if (outputs <= inputs)
                    {
                        return Ones(shape);
                    }

                    // All rows of the corner but for the first column sum to what the signs leave; the squares are equal.
                    double scale = Structure.HadamardScale(outputs), sum = 0;
                    for (int output = 0; output < outputs; output++)
                    {
                        for (int input = 0; input < inputs; input++)
                        {
                            sum += int.IsEvenInteger(System.Numerics.BitOperations.PopCount((uint)(output & input))) ? scale : -scale;
                        }
                    }

                    return Moments.OfSums(shape.Groups * sum, shape.Groups * scale * scale * outputs * inputs, shape.ElementCount);
                }),
            },
        ],
    };

    private static CatalogueVariant IdentityOf(Library library, string note) => new()
    {
        Library = library,
        Formula = "1 on the diagonal, else 0",
        Distribution = "constant",
        Note = note,
        Make = _ => new Recipe.Whole(
            (weights, shape, _) => Structure.Dirac(weights, SeenBy(library, Matrix("identity", shape)), center: 0), shape => Ones(SeenBy(library, Matrix("identity", shape)))),
    };

    private static CatalogueVariant OrthogonalOf(Library library, string note)
    {
        TensorShape Seen(TensorShape shape) => SeenBy(library, TwoDimensions("orthogonal", shape));

        return new()
        {
            Library = library,
            Formula = "Q of the QR decomposition of a normal matrix, [outputs, inputs × kernel], by the signs of R",
            Distribution = "uniform over orthogonal matrices",
            Note = note,
            Make = _ => new Recipe.Whole((weights, shape, draws) => Structure.Orthogonal(weights, Seen(shape), draws), shape =>
            {
                TensorShape seen = Seen(shape);
                return new Moments(0, 1 / Math.Sqrt(Math.Max(1, Math.Max(seen.OutputsOfGroup, seen.InputsOfGroup * seen.ReceptiveField))));
            }),
        };
    }

    private static CatalogueVariant DeltaOf(Library library, string note)
    {
        TensorShape Seen(TensorShape shape) => Widening(SeenBy(library, Convolution("delta_orthogonal", shape)));

        return new()
        {
            Library = library,
            Formula = "an orthogonal matrix [outputs, inputs] at the center of the kernel, else 0",
            Distribution = "uniform over orthogonal matrices",
            Note = $"Convolutions of one to three axes with at least as many outputs as inputs. {note}",
            Make = _ => new Recipe.Whole(
                (weights, shape, draws) => Structure.DeltaOrthogonal(weights, Seen(shape), draws),
                shape => Moments.OfSums(0, (double)Seen(shape).Groups * Seen(shape).InputsOfGroup, shape.ElementCount)),
        };
    }

    private static CatalogueVariant SparseOf(Library library) => new()
    {
        Library = library,
        Formula = "N(0, std²), with a share sparsity of each input's weights set to 0",
        Distribution = "normal and zeros",
        Note = "Two dimensions only; ⌈sparsity · outputs⌉ zeros for each input.",
        Parameters = [new("sparsity", "0.1", "the share of zeros, 0 to 1") { Positional = true }, new("std", "0.01", "the standard deviation of the others, at least 0")],
        Make = arguments =>
        {
            (double sparsity, double deviation) = (arguments.Share("sparsity"), arguments.AtLeastZero("std"));
            return new Recipe.Whole((weights, shape, draws) => Structure.Sparse(weights, SeenBy(library, Matrix("sparse", shape)), sparsity, deviation, draws), shape =>
            {
                TensorShape seen = SeenBy(library, Matrix("sparse", shape));
                return new Moments(0, deviation * Math.Sqrt(1 - (Structure.ZerosOfColumn(seen, sparsity) / Math.Max(1.0, seen.OutputsOfGroup))));
            });
        },
    };

    private static Moments Ones(TensorShape shape)
    {
        double ones = (double)shape.Groups * Math.Min(shape.OutputsOfGroup, shape.InputsOfGroup);
        return Moments.OfSums(shape.ElementCount == 0 ? 0 : ones, ones, shape.ElementCount);
    }

    private static TensorShape SeenBy(Library library, TensorShape shape) => library == Library.Stepzero ? shape : Ungrouped(shape);

    /// <summary>The shape as a library sees it that knows no groups: an axis that holds them is one of inputs.</summary>
    private static TensorShape Ungrouped(TensorShape shape) => new(shape.Dimensions, shape.Layout.Replace("group", "in", StringComparison.Ordinal));

    private static TensorShape Matrix(string name, TensorShape shape) => shape.Dimensions.Count == DenseRank
        ? shape
        : throw Impossible(name, shape, "two dimensions", name == "identity" ? " For a convolution use 'dirac'." : "");

    private static TensorShape TwoDimensions(string name, TensorShape shape) => shape.Dimensions.Count >= DenseRank
        ? shape
        : throw Impossible(name, shape, "at least two dimensions", " A bias takes 'zeros'.");

    private static TensorShape Convolution(string name, TensorShape shape) => shape.Dimensions.Count is > DenseRank and <= LargestRank
        ? shape
        : throw Impossible(name, shape, "the three to five dimensions of a convolution", shape.Dimensions.Count == DenseRank ? " For a dense layer use 'identity' or 'orthogonal'." : "");

    private static TensorShape Widening(TensorShape shape) => shape.OutputsOfGroup >= shape.InputsOfGroup
        ? shape
        : throw Impossible("delta_orthogonal", shape, $"at least as many outputs as inputs, found {shape.OutputsOfGroup} and {shape.InputsOfGroup}", " Use 'orthogonal'.");

    private static StepZeroException Impossible(string name, TensorShape shape, string expected, string advice) =>
        new($"Initializer '{name}': the shape {shape} is impossible; expected {expected}.{advice}");
}
