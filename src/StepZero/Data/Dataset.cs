namespace StepZero.Data;

/// <summary>Width and height of the pictures whose pixels are the features, in pixels; three bytes a pixel, red, green, blue.</summary>
public sealed record ImageSize(int Width, int Height);

/// <summary>
/// Labelled samples in memory: m samples × n features, row-major. Features are bytes (pixels) or doubles and are never changed; a kernel scales
/// them as it reads. One class is the positive one, label 1 of the binary target.
/// </summary>
public sealed class Dataset
{
    private readonly byte[]? bytes;
    private readonly double[]? values;
    private readonly int[] labels;

    private Dataset(
        string name, byte[]? bytes, double[]? values, int features, int[] labels, IReadOnlyList<string> classes, int positive, ImageSize? imageSize)
    {
        this.bytes = bytes;
        this.values = values;
        this.labels = labels;
        Name = name;
        FeatureCount = features;
        Classes = classes;
        PositiveIndex = positive;
        ImageSize = imageSize;
        long expected = (long)labels.Length * features;
        if ((bytes?.LongLength ?? values!.LongLength) != expected)
        {
            throw new ArgumentException($"{labels.Length} labels of {features} features need {expected} values.");
        }

        if (labels.Any(label => (uint)label >= (uint)classes.Count))
        {
            throw new ArgumentException($"A label lies outside the {classes.Count} classes.");
        }
    }

    /// <summary>What the samples are called: the folder's name, or the canonical text of a generated set.</summary>
    public string Name { get; }

    /// <summary>The number of samples, m.</summary>
    public int SampleCount => labels.Length;

    /// <summary>The number of features of a sample, n.</summary>
    public int FeatureCount { get; }

    /// <summary>For each sample the index of its class in <see cref="Classes"/>.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The names of the classes.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>The class that the network learns to answer with 1.</summary>
    public string Positive => Classes[PositiveIndex];

    /// <summary>The size of the pictures, or null where the features are no pixels.</summary>
    public ImageSize? ImageSize { get; }

    /// <summary>Whether the features are bytes from 0 to 255.</summary>
    public bool HasByteFeatures => bytes is not null;

    /// <summary>The features as bytes, row-major; empty where they are doubles.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The features as doubles, row-major; empty where they are bytes.</summary>
    public ReadOnlySpan<double> Values => values;

    internal int PositiveIndex { get; }

    private string FeaturesText =>
        ImageSize is null ? $"{FeatureCount} features" : $"pictures of {ImageSize.Width}×{ImageSize.Height} pixels";

    /// <summary>A data set of byte features, such as pixels.</summary>
    /// <param name="name">What the samples are called.</param>
    /// <param name="features">The features, samples × features, row-major; kept, not copied.</param>
    /// <param name="featureCount">The number of features of one sample.</param>
    /// <param name="labels">For each sample the index of its class; kept, not copied.</param>
    /// <param name="classes">The names of the classes; the first is the positive one until <see cref="WithPositive"/> says otherwise.</param>
    /// <param name="imageSize">The size of the pictures, where the features are pixels.</param>
    /// <exception cref="ArgumentException">The lengths disagree or a label has no class.</exception>
    public static Dataset FromBytes(
        string name, byte[] features, int featureCount, int[] labels, IReadOnlyList<string> classes, ImageSize? imageSize = null) =>
        new(name, features, null, featureCount, labels, classes, 0, imageSize);

    /// <summary>A data set of numbers.</summary>
    /// <inheritdoc cref="FromBytes"/>
    public static Dataset FromValues(string name, double[] features, int featureCount, int[] labels, IReadOnlyList<string> classes) =>
        new(name, null, features, featureCount, labels, classes, 0, null);

    /// <summary>The same samples with another positive class.</summary>
    /// <exception cref="StepZeroException">There is no such class.</exception>
    public Dataset WithPositive(string name)
    {
        int index = Classes.ToList().IndexOf(name);
        return index >= 0
            ? new Dataset(Name, bytes, values, FeatureCount, labels, Classes, index, ImageSize)
            : throw StepZeroException.UnknownName($"class in '{Name}'", name, Classes);
    }

    /// <summary>These samples as the test set of a training set: its classes, in its order, and its positive class.</summary>
    /// <param name="train">The training samples.</param>
    /// <exception cref="StepZeroException">The features are of another number or size, or a class is unknown to the training samples.</exception>
    public Dataset AsTestOf(Dataset train)
    {
        if (FeatureCount != train.FeatureCount || ImageSize != train.ImageSize || HasByteFeatures != train.HasByteFeatures)
        {
            throw new StepZeroException(
                $"Test data '{Name}' have {FeaturesText}; expected {train.FeaturesText} as in '{train.Name}'{(ImageSize is null ? "." : ". Resize both with --image-size.")}");
        }

        int[] indices = [.. Classes.Select(name => train.Classes.ToList().IndexOf(name))];
        int unknown = Array.IndexOf(indices, -1);
        if (unknown >= 0)
        {
            throw new StepZeroException(
                $"Test data '{Name}' have a class '{Classes[unknown]}' that '{train.Name}' has not; expected {string.Join(", ", train.Classes)}.");
        }

        int[] renamed = [.. labels.Select(label => indices[label])];
        return new Dataset(Name, bytes, values, FeatureCount, renamed, train.Classes, train.PositiveIndex, ImageSize);
    }

    /// <summary>The chosen samples in the given order, copied.</summary>
    /// <param name="samples">Indices of samples.</param>
    public Dataset Select(ReadOnlySpan<int> samples)
    {
        int[] chosen = new int[samples.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = labels[samples[i]];
        }

        return new Dataset(
            Name, bytes is null ? null : Rows(bytes, samples), values is null ? null : Rows(values, samples), FeatureCount, chosen, Classes,
            PositiveIndex, ImageSize);
    }

    /// <summary>Whether the sample belongs to the positive class.</summary>
    public bool IsPositive(int sample) => labels[sample] == PositiveIndex;

    private T[] Rows<T>(T[] source, ReadOnlySpan<int> samples)
    {
        var rows = new T[checked(samples.Length * FeatureCount)];
        for (int i = 0; i < samples.Length; i++)
        {
            Array.Copy(source, (long)samples[i] * FeatureCount, rows, (long)i * FeatureCount, FeatureCount);
        }

        return rows;
    }
}
