using StepZero.Initialization;
using StepZero.RandomNumbers;

namespace StepZero.Reports;

/// <summary>What one variant of an initializer draws.</summary>
/// <param name="Written">What a user writes.</param>
/// <param name="Shape">The shape that was filled.</param>
/// <param name="Values">The weights.</param>
public sealed record InitializerSample(string Written, TensorShape Shape, double[] Values)
{
    private static readonly TensorShape Dense = TensorShape.Dense(256, 128);
    private static readonly TensorShape Convolution = new([64, 32, 3, 3]);

    /// <summary>The standard deviation.</summary>
    public double Deviation { get; } = Math.Sqrt(Moment(Values, 2));

    /// <summary>The largest weight without its sign.</summary>
    public double Largest { get; } = Values.Max(Math.Abs);

    /// <summary>The fourth moment over the square of the second: 3 for a normal distribution, 1.8 for a uniform one; null where all weights are equal.</summary>
    public double? Kurtosis { get; } = Moment(Values, 2) > 0 ? Moment(Values, 4) / (Moment(Values, 2) * Moment(Values, 2)) : null;

    /// <summary>Draws a dense layer of 256 outputs and 128 inputs, or a convolution where nothing else can be filled; null where data would be needed.</summary>
    public static InitializerSample? Of(CatalogueEntry entry, CatalogueVariant variant)
    {
        if (variant.NeedsData)
        {
            return null;
        }

        string written = entry.Written(variant);
        Initializer initializer = Initializer.Parse(written).BesideWeights(Dense);
        TensorShape shape = entry.Name is "dirac" or "delta_orthogonal" ? Convolution : Dense;
        double[] values = new double[shape.ElementCount];
        initializer.Fill(values.AsSpan(), shape, new PhiloxRandom(1, written));
        return new InitializerSample(written, shape, values);
    }

    private static double Moment(double[] values, int power)
    {
        double mean = values.Average();
        return values.Average(value => Math.Pow(value - mean, power));
    }
}
