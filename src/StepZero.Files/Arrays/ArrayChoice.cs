using StepZero.Data;

namespace StepZero.Files.Arrays;

/// <summary>Finds which arrays of a file are meant.</summary>
internal static class ArrayChoice
{
    /// <summary>Names that belong together, features and labels, in the order in which they are looked for.</summary>
    private static readonly (string X, string Y)[] TrainNames = [("train_set_x", "train_set_y"), ("X_train", "y_train"), ("x", "y")];

    private static readonly (string X, string Y)[] TestNames = [("test_set_x", "test_set_y"), ("X_test", "y_test")];

    private static readonly string[] ClassNames = ["list_classes", "classes", "class_names", "target_names"];

    /// <summary>Whether an array has a name of the names of classes.</summary>
    public static bool IsClassNames(StoredArray array) => ClassNames.Contains(array.Name.ToLowerInvariant());

    /// <summary>Whether an array has the name of the names of features.</summary>
    public static bool IsFeatureNames(StoredArray array) => array.Name == "feature_names";

    /// <summary>The features and the labels.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="arrays">The arrays of the file.</param>
    /// <param name="options">Their names, where they are given.</param>
    /// <param name="train">The training samples, when test samples are read, for which names of test sets go before.</param>
    /// <exception cref="StepZeroException">It is unclear which arrays are meant, or they can be no features; the message lists all.</exception>
    public static (StoredArray X, StoredArray Y) FeaturesAndLabels(string path, IReadOnlyList<StoredArray> arrays, DataOptions options, Dataset? train)
    {
        bool shared = !DataSource.HasOptionsOfItsOwn(train);
        (string X, string Y)[] pairs = train is null ? [.. TrainNames, .. TestNames] : [.. TestNames, .. TrainNames];
        StoredArray? x = options.X is null ? null : Named(arrays, options.X) ?? (shared ? null : throw Unclear(path, $"there is no array '{options.X}'", arrays));
        StoredArray? y = options.Y is null ? null : Named(arrays, options.Y) ?? (shared ? null : throw Unclear(path, $"there is no array '{options.Y}'", arrays));
        if (x is null && y is null)
        {
            (x, y) = pairs.Select(pair => (Named(arrays, pair.X), Named(arrays, pair.Y))).FirstOrDefault(pair => pair is (not null, not null));
        }

        // One of the two is known, or none: the other follows where only one array can be meant.
        x ??= y is null ? Single(arrays, array => array.Shape.Count >= 2 && Array.Exists([.. arrays], other => IsLabels(other, array))) : Partner(y.Name, byX: false)
            ?? Single(arrays, array => array.Shape.Count >= 2 && IsLabels(y, array));
        y ??= x is null ? null : Partner(x.Name, byX: true) ?? Single(arrays, array => IsLabels(array, x) && !ClassNames.Contains(array.Name) && !IsFeatureNames(array));
        if (x is null || y is null)
        {
            throw Unclear(path, "it is unclear which arrays are the features and the labels", arrays);
        }

        return x == y ? throw Unclear(path, $"'{x.Name}' cannot be both features and labels", arrays) : (CheckFeatures(path, x, arrays), y);

        StoredArray? Partner(string one, bool byX) => pairs
            .Where(pair => (byX ? pair.X : pair.Y).Equals(one, StringComparison.OrdinalIgnoreCase))
            .Select(pair => Named(arrays, byX ? pair.Y : pair.X)).FirstOrDefault(found => found is not null);
    }

    /// <summary>The features where the labels do not matter: by their name, or the only array that can be it.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="arrays">The arrays of the file.</param>
    /// <param name="options">Their name, where it is given.</param>
    /// <param name="train">The training samples, whose number of features is looked for.</param>
    /// <exception cref="StepZeroException">It is unclear which array is meant, or it can be no features; the message lists all.</exception>
    public static StoredArray Features(string path, IReadOnlyList<StoredArray> arrays, DataOptions options, Dataset? train)
    {
        (string X, string Y)[] pairs = train is null ? [.. TrainNames, .. TestNames] : [.. TestNames, .. TrainNames];
        bool shared = !DataSource.HasOptionsOfItsOwn(train);
        string[] names = options.X is null ? [.. pairs.Select(pair => pair.X)] : [options.X, .. shared ? pairs.Select(pair => pair.X) : []];
        StoredArray? named = names.Select(name => Named(arrays, name)).FirstOrDefault(array => array is not null);
        StoredArray? x = named ?? (options.X is not null && !shared ? throw Unclear(path, $"there is no array '{options.X}'", arrays)
            : Single(arrays, array => array.Shape.Count >= 2 && IsNumeric(array) && (train is null || array.FeatureCount == train.FeatureCount)));
        return x is null ? throw Unclear(path, "it is unclear which array is the features", arrays) : CheckFeatures(path, x, arrays);
    }

    private static StoredArray CheckFeatures(string path, StoredArray x, IReadOnlyList<StoredArray> arrays) =>
        x.Shape.Count == 0 ? throw Unclear(path, $"'{x.Name}' is a single value", arrays)
        : IsNumeric(x) ? x
        : throw Unclear(path, $"'{x.Name}' holds {x.Type} and cannot be the features", arrays);

    private static StoredArray? Named(IReadOnlyList<StoredArray> arrays, string wished) => arrays.FirstOrDefault(array => array.Name == wished.TrimStart('/'))
        ?? Single(arrays, array => array.Name.Equals(wished.TrimStart('/'), StringComparison.OrdinalIgnoreCase));

    private static StoredArray? Single(IReadOnlyList<StoredArray> arrays, Func<StoredArray, bool> fits) => arrays.Where(fits).Take(2).ToArray() is [StoredArray only] ? only : null;

    private static StepZeroException Unclear(string path, string what, IReadOnlyList<StoredArray> arrays) => new(
        $"{path}: {what}. Name them with --x and --y; the file holds {(arrays is [] ? "no arrays" : string.Join(", ", arrays.Take(20).Select(array => $"{array.Name} ({array.Type} {array.ShapeText})")))}{(arrays.Count > 20 ? ", …" : "")}.");

    private static bool IsNumeric(StoredArray array) => array.Kind is ElementKind.Byte or ElementKind.Number;

    /// <summary>Whether an array could be the labels of another: one value for each of its samples.</summary>
    private static bool IsLabels(StoredArray labels, StoredArray features) =>
        labels != features && labels.Kind != ElementKind.Other && IsNumeric(features) && features.Shape is [long samples, ..]
        && labels.Shape.Count(size => size != 1) <= 1 && labels.Shape is not [] && labels.Shape.Max() == samples;
}
