using System.Buffers;
using System.Globalization;
using System.Numerics.Tensors;

namespace StepZero.Data;

/// <summary>What is done per feature after the division.</summary>
public enum FeatureScaling
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The mean over the training samples is subtracted.</summary>
    Center,

    /// <summary>The mean is subtracted and the rest divided by the standard deviation over the training samples (a constant feature by 1).</summary>
    Standardize,
}

/// <summary>
/// How features are scaled before the first layer: first every value is divided by one number, then each feature is centered or standardized with
/// the figures of the training samples.
/// </summary>
public sealed record Scaling
{
    private static readonly string[] Known = ["auto", "none", "divide:255", "center", "standardize"];

    /// <summary>
    /// The number every value is divided by; 1 changes nothing. Null divides the pixels of pictures by the white of their format, 255 for bytes and for
    /// other numbers the largest of the training samples, and leaves other features as they are.
    /// </summary>
    public double? Divisor { get; private init; }

    /// <summary>What is done per feature after the division.</summary>
    public FeatureScaling PerFeature { get; private init; }

    /// <summary>The pixels of pictures from 0 to 1, other features as they are.</summary>
    public static Scaling Auto { get; } = new();

    /// <summary>The values as they are.</summary>
    public static Scaling None { get; } = new() { Divisor = 1 };

    /// <summary>As <see cref="Auto"/>, then centered.</summary>
    public static Scaling Center { get; } = new() { PerFeature = FeatureScaling.Center };

    /// <summary>As <see cref="Auto"/>, then standardized.</summary>
    public static Scaling Standardize { get; } = new() { PerFeature = FeatureScaling.Standardize };

    /// <summary>Every value divided by one number.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The divisor is zero or not finite.</exception>
    public static Scaling Divide(double divisor) => double.IsFinite(divisor) && divisor != 0
        ? new Scaling { Divisor = divisor }
        : throw new ArgumentOutOfRangeException(nameof(divisor), divisor, "Expected a finite number other than 0.");

    /// <summary>Reads <c>auto</c>, <c>none</c>, <c>divide:255</c>, <c>center</c> or <c>standardize</c>.</summary>
    /// <exception cref="StepZeroException">The text is none of these.</exception>
    public static Scaling Parse(string text)
    {
        string[] parts = text.Split(':');
        switch (parts)
        {
            case ["auto"]: return Auto;
            case ["none"]: return None;
            case ["center"]: return Center;
            case ["standardize"]: return Standardize;
            case ["divide", string number]:
                return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double divisor)
                    && double.IsFinite(divisor) && divisor != 0
                    ? Divide(divisor)
                    : throw new StepZeroException($"Scaling '{text}': expected a finite number other than 0 after 'divide:', found '{number}'.");
            default: throw StepZeroException.UnknownName("scaling", text, Known);
        }
    }

    /// <summary>The canonical text, which <see cref="Parse"/> reads.</summary>
    public override string ToString() => (PerFeature, Divisor) switch
    {
        (FeatureScaling.Center, _) => "center",
        (FeatureScaling.Standardize, _) => "standardize",
        (_, null) => "auto",
        (_, 1) => "none",
        (_, double divisor) => string.Create(CultureInfo.InvariantCulture, $"divide:{divisor}"),
    };

    /// <summary>The largest of the pixels; 1 where that is no white.</summary>
    private static double White(ReadOnlySpan<double> pixels) =>
        TensorPrimitives.Max(pixels) is double white and > 0 && double.IsFinite(white) ? white : 1;

    /// <summary>Takes the figures that the scaling needs from the training samples.</summary>
    public FittedScaling Fit(Dataset train)
    {
        double divisor = Divisor ?? (train.ImageSize is null ? 1 : train.HasByteFeatures ? 255 : White(train.Values));
        if (PerFeature == FeatureScaling.None)
        {
            return new FittedScaling(divisor, null, null);
        }

        int n = train.FeatureCount;
        double[] means = new double[n];
        double[] row = new double[n];
        for (int sample = 0; sample < train.SampleCount; sample++)
        {
            FittedScaling.Raw(train, sample, 0, row);
            for (int feature = 0; feature < n; feature++)
            {
                means[feature] += row[feature];
            }
        }

        for (int feature = 0; feature < n; feature++)
        {
            means[feature] /= train.SampleCount;
        }

        if (PerFeature == FeatureScaling.Center)
        {
            return new FittedScaling(divisor, means, null);
        }

        double[] squares = new double[n];
        for (int sample = 0; sample < train.SampleCount; sample++)
        {
            FittedScaling.Raw(train, sample, 0, row);
            for (int feature = 0; feature < n; feature++)
            {
                double deviation = row[feature] - means[feature];
                squares[feature] += deviation * deviation;
            }
        }

        // The division by one number cancels in (x − mean)/deviation, except for a constant feature, which is 0 either way.
        for (int feature = 0; feature < n; feature++)
        {
            double deviation = Math.Sqrt(squares[feature] / train.SampleCount);
            squares[feature] = deviation > 0 ? 1 / deviation : 0;
        }

        return new FittedScaling(1, means, squares);
    }
}

/// <summary>A scaling with its figures: a scaled value is (raw − mean)·inverseDeviation / divisor.</summary>
/// <param name="Divisor">What every value is divided by; 1 changes nothing.</param>
/// <param name="Means">For each feature what is subtracted first; null where nothing is.</param>
/// <param name="InverseDeviations">For each feature what is multiplied by; null where nothing is. 0 for a constant feature.</param>
/// <remarks>
/// Rows are read without the division, which the caller applies to what it computes from them, so that sums of products of bytes stay exact integers.
/// </remarks>
public sealed record FittedScaling(double Divisor, double[]? Means, double[]? InverseDeviations)
{
    /// <summary>The features from <paramref name="start"/> of one sample, scaled but for the division.</summary>
    internal void Read(Dataset data, int sample, int start, Span<double> target)
    {
        Raw(data, sample, start, target);
        Apply(start, target);
    }

    /// <summary>Scales the features from <paramref name="start"/> of one sample, but for the division.</summary>
    internal void Apply(int start, Span<double> target)
    {
        if (Means is not null)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] -= Means[start + i];
            }
        }

        if (InverseDeviations is not null)
        {
            for (int i = 0; i < target.Length; i++)
            {
                target[i] *= InverseDeviations[start + i];
            }
        }
    }

    /// <summary>The features from <paramref name="start"/> of one sample as they stand in the data.</summary>
    internal static void Raw(Dataset data, int sample, int start, Span<double> target)
    {
        if (data.IsStored)
        {
            byte[] part = ArrayPool<byte>.Shared.Rent(target.Length);
            data.ReadBytes(sample, start, part.AsSpan(0, target.Length));
            Numerics.Elementwise.Widen(part.AsSpan(0, target.Length), target);
            ArrayPool<byte>.Shared.Return(part);
            return;
        }

        int offset = checked((sample * data.FeatureCount) + start);
        if (data.HasByteFeatures)
        {
            Numerics.Elementwise.Widen(data.Bytes.Slice(offset, target.Length), target);
        }
        else
        {
            data.Values.Slice(offset, target.Length).CopyTo(target);
        }
    }
}
