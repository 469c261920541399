using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Initialization;

internal enum DistributionKind
{
    Constant,
    Uniform,
    Normal,
    TruncatedNormal,
}

/// <summary>The distribution that every weight of a tensor is drawn from on its own.</summary>
/// <param name="Kind">Its family.</param>
/// <param name="Mean">The mean of a normal distribution (before it is truncated), or the constant.</param>
/// <param name="Deviation">The standard deviation of a normal distribution before it is truncated.</param>
/// <param name="Low">The lower bound; −∞ for a normal distribution.</param>
/// <param name="High">The upper bound; ∞ for a normal distribution.</param>
internal readonly record struct Distribution(DistributionKind Kind, double Mean, double Deviation, double Low, double High)
{
    /// <summary>The standard deviation of N(0, 1) truncated to ±2.</summary>
    public const double TruncatedDeviation = 0.87962566103423978;

    private const double Narrow = 1e-4;

    /// <summary>Mean and standard deviation of what is drawn.</summary>
    public Moments Expected => Kind switch
    {
        DistributionKind.Constant => new Moments(Mean, 0),
        DistributionKind.Uniform => new Moments((Low + High) / 2, (High - Low) / Math.Sqrt(12)),
        DistributionKind.Normal => new Moments(Mean, Math.Abs(Deviation)),
        _ => OfTruncated(),
    };

    public static Distribution Constant(double value) => new(DistributionKind.Constant, value, 0, value, value);

    public static Distribution Uniform(double low, double high) => new(DistributionKind.Uniform, 0, 0, low, high);

    public static Distribution Normal(double mean, double deviation) =>
        new(DistributionKind.Normal, mean, deviation, double.NegativeInfinity, double.PositiveInfinity);

    public static Distribution TruncatedNormal(double mean, double deviation, double low, double high) =>
        new(DistributionKind.TruncatedNormal, mean, deviation, low, high);

    /// <summary>The distribution of the draws times a number.</summary>
    public Distribution Times(double gain) =>
        gain == 1 ? this : new Distribution(Kind, Mean * gain, Deviation * gain, Math.Min(Low * gain, High * gain), Math.Max(Low * gain, High * gain));

    public void Fill(Span<double> values, RandomSource random)
    {
        switch (Kind)
        {
            case DistributionKind.Constant: values.Fill(Mean); break;
            case DistributionKind.Uniform: random.FillUniform(values, Low, High); break;
            case DistributionKind.Normal: random.FillNormal(values, Mean, Deviation); break;
            case DistributionKind.TruncatedNormal when Deviation == 0: values.Fill(Mean); break;
            default: random.FillTruncatedNormal(values, Mean, Deviation, Low, High); break;
        }
    }

    public void Fill(Span<float> values, RandomSource random)
    {
        switch (Kind)
        {
            case DistributionKind.Constant: values.Fill((float)Mean); break;
            case DistributionKind.Uniform: random.FillUniform(values, Low, High); break;
            case DistributionKind.Normal: random.FillNormal(values, Mean, Deviation); break;
            case DistributionKind.TruncatedNormal when Deviation == 0: values.Fill((float)Mean); break;
            default: random.FillTruncatedNormal(values, Mean, Deviation, Low, High); break;
        }
    }

    private Moments OfTruncated()
    {
        if (Deviation == 0 || Low == High)
        {
            return new Moments(Deviation == 0 ? Mean : Low, 0);
        }

        double a = (Low - Mean) / Deviation, b = (High - Mean) / Deviation;
        if (b - a < Narrow && Math.Abs(a) * (b - a) < Narrow)
        {
            // The density is all but flat: differences of it would be rounding.
            return new Moments((Low + High) / 2, (High - Low) / Math.Sqrt(12));
        }

        double share = a > 0 ? NormalDistribution.Cdf(-a) - NormalDistribution.Cdf(-b) : NormalDistribution.Cdf(b) - NormalDistribution.Cdf(a);
        double shift = (NormalDistribution.Density(a) - NormalDistribution.Density(b)) / share;
        double edges = (Edge(a) - Edge(b)) / share;
        return new Moments(Mean + (Deviation * shift), Deviation * Math.Sqrt(1 + edges - (shift * shift)));

        static double Edge(double x) => double.IsInfinity(x) ? 0 : x * NormalDistribution.Density(x);
    }
}

/// <summary>Mean and standard deviation of the elements of a tensor.</summary>
/// <param name="Mean">The mean.</param>
/// <param name="Deviation">The standard deviation.</param>
public readonly record struct Moments(double Mean, double Deviation)
{
    /// <summary>Those of all elements times a number of at least 0.</summary>
    internal Moments Times(double gain) => new(Mean * gain, Deviation * gain);

    /// <summary>The mean of the squares.</summary>
    internal double MeanSquare => (Mean * Mean) + (Deviation * Deviation);

    /// <summary>Those of all elements together, given their sums.</summary>
    internal static Moments OfSums(double sum, double squares, double count) =>
        count == 0 ? default : new Moments(sum / count, Math.Sqrt(Math.Max(0, (squares / count) - (sum / count * (sum / count)))));
}
