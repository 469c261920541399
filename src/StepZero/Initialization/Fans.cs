namespace StepZero.Initialization;

/// <summary>Which fan a variance is divided by.</summary>
internal enum FanMode
{
    FanIn,
    FanOut,
    FanAvg,
    FanGeoAvg,
}

/// <summary>How many weights lead into one output, and how many lead out of one input.</summary>
/// <param name="In">Weights into one output: inputs × receptive field.</param>
/// <param name="Out">Weights out of one input: outputs × receptive field.</param>
public readonly record struct Fans(double In, double Out)
{
    /// <summary>The names of the modes, in the order of <see cref="FanMode"/>.</summary>
    internal static readonly string[] ModeNames = ["fan_in", "fan_out", "fan_avg", "fan_geo_avg"];

    /// <summary>
    /// The fans of a tensor. Ours count groups: an output of a grouped convolution sees the inputs of its group, an input feeds the outputs of its own.
    /// PyTorch, Keras, JAX and Flux multiply the two axes by the receptive field whatever the groups, so their fan-out of a grouped kernel (Keras': the
    /// fan-in of a depthwise one) is too large by the number of groups.
    /// </summary>
    /// <param name="shape">The tensor.</param>
    /// <param name="library">Whose fans.</param>
    /// <exception cref="StepZeroException">The shape has none: fewer than two dimensions, or no elements, where the library refuses these.</exception>
    public static Fans Of(TensorShape shape, Library library = Library.Stepzero)
    {
        if (shape.Dimensions.Count < 2)
        {
            return library switch
            {
                Library.Keras when shape.Dimensions.Count == 0 => new Fans(1, 1),
                Library.Keras => new Fans(Math.Max(1, shape.Dimensions[0]), Math.Max(1, shape.Dimensions[0])),
                Library.Flux when shape.Dimensions.Count == 0 => new Fans(1, 1),
                Library.Flux => new Fans(1, shape.Dimensions[0]),
                _ => throw new StepZeroException(
                    $"Shape {shape}: has {shape.Dimensions.Count} dimension(s), and fans need at least 2. A bias takes an initializer without fans, such as 'zeros', "
                    + "or 'bias:fan_in=30@pytorch'."),
            };
        }

        Fans fans = library == Library.Stepzero ? OfSizes(shape.InputsOfGroup, shape.OutputsOfGroup) : OfSizes(shape.InputAxisSize, shape.OutputAxisSize);
        return (shape.ElementCount, library) switch
        {
            ( > 0, _) => fans,
            (_, Library.Pytorch or Library.Flux) => fans,
            (_, Library.Keras) => new Fans(Math.Max(1, fans.In), Math.Max(1, fans.Out)),
            (_, Library.Jax) => throw new StepZeroException($"Shape {shape}: has no elements, where JAX divides by zero. Leave the tensor out, or use 'zeros'."),
            _ => throw new StepZeroException($"Shape {shape}: has no elements, so no variance follows from its fans. Leave the tensor out, or use 'zeros'."),
        };

        Fans OfSizes(double inputs, double outputs) => new(inputs * shape.ReceptiveField, outputs * shape.ReceptiveField);
    }

    internal double By(FanMode mode) => mode switch
    {
        FanMode.FanIn => In,
        FanMode.FanOut => Out,
        FanMode.FanAvg => (In + Out) / 2,
        _ => Math.Sqrt(In * Out),
    };
}
