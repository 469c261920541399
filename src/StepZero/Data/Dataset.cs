using System.Globalization;
using System.Numerics.Tensors;

namespace StepZero.Data;

/// <summary>
/// Labelled samples: m samples × n features, row-major. Features are bytes (in memory, or stored elsewhere and read piece by piece) or doubles and are
/// never changed; a kernel scales them as it reads. The target of a sample is its class, of which one is the positive one, label 1 of the binary
/// target; or it is a number.
/// </summary>
public sealed class Dataset
{
    private readonly byte[]? bytes;
    private readonly double[]? values;
    private readonly int[] labels;

    private Dataset(string name, Array? features, StoredFeatures? stored, int featureCount, int[] labels, IReadOnlyList<string> classes)
    {
        bytes = features as byte[];
        values = features as double[];
        Stored = stored;
        this.labels = labels;
        Name = name;
        FeatureCount = featureCount;
        Classes = classes;
        if (features is not null && features.LongLength != (long)labels.Length * featureCount)
        {
            throw new ArgumentException($"{labels.Length} labels of {featureCount} features need {(long)labels.Length * featureCount} values.");
        }

        if (labels.Any(label => (uint)label >= (uint)classes.Count))
        {
            throw new ArgumentException($"A label lies outside the {classes.Count} classes.");
        }
    }

    private Dataset(Dataset other, int[]? labels = null, IReadOnlyList<string>? classes = null, Array? features = null, StoredFeatures? stored = null)
        : this(
            other.Name, features ?? (Array?)other.bytes ?? other.values, features is null ? stored ?? other.Stored : null, other.FeatureCount,
            labels ?? other.labels, classes ?? other.Classes)
    {
        PositiveIndex = other.PositiveIndex;
        Targets = other.Targets;
        FeatureMeans = other.FeatureMeans;
        ImageSize = other.ImageSize;
        Columns = other.Columns;
        Target = other.Target;
    }

    /// <summary>What the samples are called: the name of the folder or file, or the canonical text of a generated set.</summary>
    public string Name { get; }

    /// <summary>The number of samples, m.</summary>
    public int SampleCount => labels.Length;

    /// <summary>The number of features of a sample, n.</summary>
    public int FeatureCount { get; }

    /// <summary>For each sample the index of its class in <see cref="Classes"/>; 0 where the targets are numbers.</summary>
    public ReadOnlySpan<int> Labels => labels;

    /// <summary>The names of the classes; one nameless class where the targets are numbers.</summary>
    public IReadOnlyList<string> Classes { get; }

    /// <summary>For each sample the number to predict; null where the targets are classes.</summary>
    public IReadOnlyList<double>? Targets { get; private init; }

    /// <summary>The class that a network with one output learns to answer with 1; any other is answered with 0.</summary>
    public string Positive => Classes[PositiveIndex];

    /// <summary>The form of the pictures, or null where the features are no pixels.</summary>
    public ImageSize? ImageSize { get; private init; }

    /// <summary>The columns of the table that the features were made from, in order; null where there was none or its columns had no names.</summary>
    public IReadOnlyList<TableColumn>? Columns { get; private init; }

    /// <summary>The names of the features: those of their columns, "column=category" for a category, or their numbers, from 1, where there are no columns.</summary>
    public string[] FeatureNames => Columns is null
        ? [.. Enumerable.Range(1, FeatureCount).Select(number => number.ToString(CultureInfo.InvariantCulture))]
        : [.. Columns.SelectMany(column => column.FeatureNames)];

    /// <summary>The column of the table that the targets were made from; null where there was none.</summary>
    public string? Target { get; private init; }

    /// <summary>
    /// For each feature the mean of the training samples that have it, nan where none has, by which gaps are filled: what is left of samples that are not here
    /// themselves. Null where they are, or where features are bytes.
    /// </summary>
    public IReadOnlyList<double>? FeatureMeans { get; private init; }

    /// <summary>Whether the features are bytes from 0 to 255.</summary>
    public bool HasByteFeatures => values is null;

    /// <summary>Whether the features stay where they are stored and are read piece by piece with <see cref="ReadBytes"/>.</summary>
    public bool IsStored => Stored is not null;

    /// <summary>The features as bytes, row-major; empty where they are doubles or stored elsewhere.</summary>
    public ReadOnlySpan<byte> Bytes => bytes;

    /// <summary>The features as doubles, row-major; empty where they are bytes.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The features where they are stored; null where they are in memory.</summary>
    internal StoredFeatures? Stored { get; }

    internal int PositiveIndex { get; private init; }

    private string TypeName => HasByteFeatures ? "uint8" : "float64";

    private string FeaturesText =>
        ImageSize is null ? $"{FeatureCount} features" : $"pictures of {ImageSize.Width}×{ImageSize.Height} pixels{(ImageSize.Channels == 3 ? "" : $" with {ImageSize.Channels} channel(s)")}";

    /// <summary>A data set of byte features, such as pixels.</summary>
    /// <param name="name">What the samples are called.</param>
    /// <param name="features">The features, samples × features, row-major; kept, not copied.</param>
    /// <param name="featureCount">The number of features of one sample.</param>
    /// <param name="labels">For each sample the index of its class; kept, not copied.</param>
    /// <param name="classes">The names of the classes; the first is the positive one until <see cref="WithPositive"/> says otherwise.</param>
    /// <param name="imageSize">The form of the pictures, where the features are pixels.</param>
    /// <exception cref="ArgumentException">The lengths disagree or a label has no class.</exception>
    public static Dataset FromBytes(
        string name, byte[] features, int featureCount, int[] labels, IReadOnlyList<string> classes, ImageSize? imageSize = null) =>
        new(name, features, null, featureCount, labels, classes) { ImageSize = imageSize };

    /// <summary>A data set of byte features that stay where they are.</summary>
    /// <param name="name">What the samples are called.</param>
    /// <param name="features">Where they are; a row for each label.</param>
    /// <param name="featureCount">The number of features of one sample.</param>
    /// <param name="labels">For each sample the index of its class; kept, not copied.</param>
    /// <param name="classes">The names of the classes; the first is the positive one until <see cref="WithPositive"/> says otherwise.</param>
    /// <param name="imageSize">The form of the pictures, where the features are pixels.</param>
    /// <exception cref="ArgumentException">A label has no class.</exception>
    public static Dataset FromStored(
        string name, StoredFeatures features, int featureCount, int[] labels, IReadOnlyList<string> classes, ImageSize? imageSize = null) =>
        new(name, null, features, featureCount, labels, classes) { ImageSize = imageSize };

    /// <summary>A data set of numbers.</summary>
    /// <param name="name">What the samples are called.</param>
    /// <param name="features">The features, samples × features, row-major; kept, not copied.</param>
    /// <param name="featureCount">The number of features of one sample.</param>
    /// <param name="labels">For each sample the index of its class; kept, not copied.</param>
    /// <param name="classes">The names of the classes; the first is the positive one until <see cref="WithPositive"/> says otherwise.</param>
    /// <param name="imageSize">The form of the pictures, where the features are pixels.</param>
    /// <param name="columns">The columns of the table that the features were made from.</param>
    /// <param name="target">The column that the targets were made from.</param>
    /// <exception cref="ArgumentException">The lengths disagree, a label has no class, or the columns make another number of features.</exception>
    public static Dataset FromValues(
        string name, double[] features, int featureCount, int[] labels, IReadOnlyList<string> classes, ImageSize? imageSize = null,
        IReadOnlyList<TableColumn>? columns = null, string? target = null) =>
        columns is null || columns.Sum(column => column.FeatureCount) == featureCount
            ? new(name, features, null, featureCount, labels, classes) { ImageSize = imageSize, Columns = columns, Target = target }
            : throw new ArgumentException($"The columns make {columns.Sum(column => column.FeatureCount)} features; expected {featureCount}.", nameof(columns));

    /// <summary>The same samples, whose features are the pixels of pictures.</summary>
    /// <exception cref="ArgumentException">The pictures have another number of features.</exception>
    public Dataset AsPictures(ImageSize size) => size.FeatureCount == FeatureCount
        ? new Dataset(this) { ImageSize = size }
        : throw new ArgumentException($"Pictures of {size.FeatureCount} values do not fit {FeatureCount} features.", nameof(size));

    /// <summary>The same samples with numbers to predict in place of classes.</summary>
    /// <param name="targets">A number for each sample; kept, not copied.</param>
    /// <exception cref="ArgumentException">There are more or fewer numbers than samples.</exception>
    public Dataset WithTargets(IReadOnlyList<double> targets) => targets.Count == SampleCount
        ? new Dataset(this, new int[SampleCount], [""]) { Targets = targets, PositiveIndex = 0 }
        : throw new ArgumentException($"{targets.Count} targets do not fit {SampleCount} samples.", nameof(targets));

    /// <summary>The same samples with targets that say nothing: the first class of a training set, or 0 where that has numbers to predict.</summary>
    /// <param name="train">The training set; null for a single nameless class.</param>
    public Dataset WithoutTargets(Dataset? train = null) => train?.Targets is not null
        ? WithTargets(new double[SampleCount])
        : new Dataset(this, new int[SampleCount], train?.Classes ?? [""]) { Targets = null, PositiveIndex = train?.PositiveIndex ?? 0 };

    /// <summary>The same samples with another positive class.</summary>
    /// <exception cref="StepZeroException">There is no such class, or the targets are numbers.</exception>
    public Dataset WithPositive(string name)
    {
        if (Targets is not null)
        {
            throw new StepZeroException($"'{Name}': the targets are numbers to predict, so there is no class '{name}'. Leave the positive class out.");
        }

        int index = Classes.ToList().IndexOf(name);
        return index >= 0
            ? new Dataset(this) { PositiveIndex = index }
            : throw StepZeroException.UnknownName($"class in '{Name}'", name, Classes);
    }

    /// <summary>These samples as the test set of a training set: its classes, in its order, and its positive class.</summary>
    /// <param name="train">The training samples, or the form of them that a model keeps.</param>
    /// <exception cref="StepZeroException">The features are of another number or form, or a class is unknown to the training samples.</exception>
    public Dataset AsTestOf(Dataset train)
    {
        bool asksModel = train.SampleCount == 0;
        string these = $"{(asksModel ? "Data" : "Test data")} '{Name}' have", those = asksModel ? $"the model, trained on '{train.Name}'," : $"'{train.Name}'";
        string where = asksModel ? $"as the model was trained on with '{train.Name}'" : $"as in '{train.Name}'";
        bool otherForm = ImageSize is not null && train.ImageSize is not null && ImageSize != train.ImageSize;
        if (FeatureCount != train.FeatureCount || otherForm || HasByteFeatures != train.HasByteFeatures)
        {
            bool otherType = HasByteFeatures != train.HasByteFeatures;
            string size = asksModel && otherForm ? $" {train.ImageSize!.Width}x{train.ImageSize.Height}" : "";
            throw new StepZeroException(
                $"{these} {FeaturesText}{(otherType ? $" of type {TypeName}" : "")}; expected {train.FeaturesText}{(otherType ? $" of type {train.TypeName}" : "")} {where}."
                + (otherForm ? $" Make all pictures of one size (those of folders with --image-size{size})." : " Give both the same features."));
        }

        if (Columns is not null && train.Columns is not null && !FeatureNames.SequenceEqual(train.FeatureNames))
        {
            string[] names = FeatureNames, expected = train.FeatureNames;
            int other = Enumerable.Range(0, names.Length).First(i => names[i] != expected[i]);
            throw new StepZeroException($"{these} the feature '{names[other]}' where {those} has '{expected[other]}'. Give both the same features in the same order.");
        }

        if (Targets is null != train.Targets is null)
        {
            throw new StepZeroException($"{these} {(Targets is null ? "classes" : "numbers")} as targets; expected {(Targets is null ? "numbers" : "classes")} {where}.");
        }

        Dictionary<string, int> indices = train.Classes.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        string? unknown = Classes.FirstOrDefault(name => !indices.ContainsKey(name));
        if (unknown is not null)
        {
            throw new StepZeroException(
                $"{these} a class '{unknown}' that {those} has not; expected {string.Join(", ", train.Classes)}.");
        }

        int[] renamed = [.. labels.Select(label => indices[Classes[label]])];
        return new Dataset(this, renamed, train.Classes) { PositiveIndex = train.PositiveIndex, ImageSize = train.ImageSize };
    }

    /// <summary>The same samples with a mean wherever a feature is missing (nan): that of the training samples that have the feature.</summary>
    /// <param name="train">The training samples, which may be these, with their gaps or after they were filled, which has the same means.</param>
    /// <exception cref="StepZeroException">No training sample has some feature that is missing here.</exception>
    public Dataset FillMissing(Dataset train)
    {
        if (values is null || !TensorPrimitives.IsNaNAny<double>(values))
        {
            return this;
        }

        IReadOnlyList<double> means = train.FeatureMeans ?? train.MeasureMeans();
        double[] filled = [.. values];
        for (int i = 0; i < filled.Length; i++)
        {
            int feature = i % FeatureCount;
            if (double.IsNaN(filled[i]))
            {
                filled[i] = !double.IsNaN(means[feature])
                    ? means[feature]
                    : throw new StepZeroException($"'{Name}': feature '{FeatureNames[feature]}' has no value in any training sample, so no mean. Leave it out with --ignore.");
            }
        }

        return new Dataset(this, features: filled);
    }

    /// <summary>The features, classes and all else that samples like these have, without samples, but with the means of their features.</summary>
    public Dataset WithoutSamples() => HasByteFeatures
        ? new Dataset(this, [], features: Array.Empty<byte>()) { Targets = Targets is null ? null : [] }
        : Select([]).WithFeatureMeans(FeatureMeans ?? MeasureMeans());

    /// <summary>The same, with means by which gaps in other samples are filled.</summary>
    /// <param name="means">A number for each feature; nan where there is none.</param>
    /// <exception cref="ArgumentException">There are more or fewer than features.</exception>
    public Dataset WithFeatureMeans(IReadOnlyList<double> means) => means.Count == FeatureCount
        ? new Dataset(this) { FeatureMeans = means }
        : throw new ArgumentException($"{means.Count} means do not fit {FeatureCount} features.", nameof(means));

    /// <summary>The chosen samples in the given order, copied; stored features stay where they are.</summary>
    /// <param name="samples">Indices of samples.</param>
    public Dataset Select(ReadOnlySpan<int> samples)
    {
        int[] chosen = new int[samples.Length];
        for (int i = 0; i < chosen.Length; i++)
        {
            chosen[i] = labels[samples[i]];
        }

        double[]? targets = Targets is null ? null : Array.ConvertAll(samples.ToArray(), sample => Targets[sample]);
        return Stored is not null ? new Dataset(this, chosen, stored: new ChosenFeatures(Stored, samples.ToArray())) { Targets = targets }
            : new Dataset(this, chosen, features: bytes is null ? Rows(values!, samples) : Rows(bytes, samples)) { Targets = targets };
    }

    /// <summary>For each class the number of its samples.</summary>
    public int[] CountClasses()
    {
        int[] counts = new int[Classes.Count];
        foreach (int label in labels)
        {
            counts[label]++;
        }

        return counts;
    }

    /// <summary>For each sample the number that a network which predicts numbers learns: its target, or of classes 1 for the positive one and 0 for others.</summary>
    public double[] NumbersToPredict() => Targets is null ? Array.ConvertAll(labels, label => label == PositiveIndex ? 1.0 : 0) : [.. Targets];

    /// <summary>Whether the sample belongs to the positive class.</summary>
    public bool IsPositive(int sample) => labels[sample] == PositiveIndex;

    /// <summary>Reads neighbouring features of one sample, wherever they are.</summary>
    /// <param name="sample">The sample, from 0.</param>
    /// <param name="start">The first feature, from 0.</param>
    /// <param name="target">Receives the features from <paramref name="start"/> on, as many as it holds.</param>
    /// <exception cref="InvalidOperationException">The features are doubles.</exception>
    /// <exception cref="StepZeroException">Stored features can no longer be read.</exception>
    public void ReadBytes(int sample, int start, Span<byte> target)
    {
        if (Stored is not null)
        {
            Stored.Read(sample, start, target);
        }
        else
        {
            (bytes ?? throw new InvalidOperationException("The features are doubles.")).AsSpan(checked((sample * FeatureCount) + start), target.Length).CopyTo(target);
        }
    }

    /// <summary>For each feature its mean over the samples that have it; nan where none has.</summary>
    private double[] MeasureMeans()
    {
        double[] means = new double[FeatureCount];
        int[] present = new int[FeatureCount];
        for (int i = 0; i < values!.Length; i++)
        {
            if (!double.IsNaN(values[i]))
            {
                means[i % FeatureCount] += values[i];
                present[i % FeatureCount]++;
            }
        }

        return [.. means.Select((sum, feature) => sum / present[feature])];
    }

    private T[] Rows<T>(T[] source, ReadOnlySpan<int> samples)
    {
        var rows = new T[checked(samples.Length * FeatureCount)];
        for (int i = 0; i < samples.Length; i++)
        {
            Array.Copy(source, (long)samples[i] * FeatureCount, rows, (long)i * FeatureCount, FeatureCount);
        }

        return rows;
    }

    /// <summary>Some of the samples of stored features.</summary>
    private sealed class ChosenFeatures(StoredFeatures all, int[] samples) : StoredFeatures
    {
        public override void Read(int sample, int start, Span<byte> target) => all.Read(samples[sample], start, target);
    }
}
