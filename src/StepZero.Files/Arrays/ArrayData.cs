using StepZero.Data;

namespace StepZero.Files.Arrays;

/// <summary>Makes samples of the arrays of a file: one holds the features, another the labels, perhaps a third the names of the classes.</summary>
internal static class ArrayData
{
    /// <summary>Features of more bytes stay in the file where that is possible.</summary>
    private const long MostBytesInMemory = 1 << 28;

    private const int MostChannels = 4;

    /// <summary>Names that belong together, features and labels, in the order in which they are looked for.</summary>
    private static readonly (string X, string Y)[] TrainNames = [("train_set_x", "train_set_y"), ("X_train", "y_train"), ("x", "y")];

    private static readonly (string X, string Y)[] TestNames = [("test_set_x", "test_set_y"), ("X_test", "y_test")];

    private static readonly string[] ClassNames = ["list_classes", "classes", "class_names", "target_names"];

    private const string FeatureNames = "feature_names";

    /// <summary>Makes the samples.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="kind">What it is, as in "HDF5".</param>
    /// <param name="name">What the samples are called.</param>
    /// <param name="arrays">The arrays of the file.</param>
    /// <param name="options">The names of features and labels where they are given, and what is done with missing values.</param>
    /// <param name="train">The training samples, when test samples are read.</param>
    /// <exception cref="StepZeroException">It is unclear which arrays are meant, or they make no samples.</exception>
    public static LoadedData Assemble(
        string path, string kind, string name, IReadOnlyList<StoredArray> arrays, DataOptions options, Dataset? train)
    {
        (StoredArray x, StoredArray y) = Find(path, arrays, options, train is not null);
        long samples = x.Shape[0];
        long features = x.FeatureCount;
        if (samples == 0 || features == 0)
        {
            throw new StepZeroException($"{path}: '{x.Name}' has the shape {Shape(x)}, which holds no numbers; expected samples × features.");
        }

        if (y.Shape.Count(size => size != 1) > 1 || y.Shape.Append(1).Max() != samples)
        {
            string advice = y.Shape is [long rows, > 1] && rows == samples ? " If it has a column for each class, give the class itself, as numpy.argmax(y, axis=1) does." : "";
            throw new StepZeroException(
                $"{path}: '{x.Name}' has {samples} samples ({Shape(x)}), but '{y.Name}' has the shape {Shape(y)}; expected one label for each sample.{advice}");
        }

        if (features > int.MaxValue || (x.Stored is null && samples > Array.MaxLength / features))
        {
            throw new StepZeroException($"{path}: '{x.Name}' has {samples} × {features} elements, more than one array holds. Use fewer samples.");
        }

        bool stays = x.Stored is not null && samples * features > MostBytesInMemory;
        Array? read = stays ? null : x.Read();
        Array given = y.Read();
        TableColumn[]? columns = Columns(arrays, (int)features);
        List<string> notes = [];
        bool[] leftOut = given is double[] numbers && options.Missing == MissingValues.Drop ? Array.ConvertAll(numbers, double.IsNaN) : new bool[samples];
        if (read is double[] values)
        {
            MissingFeatures.Settle(path, values, feature => $"feature {(columns is null ? feature + 1 : columns[feature].Name)}", options, leftOut);
        }

        int[] kept = MissingFeatures.Kept(path, leftOut, "samples", notes);
        (ClassLabels labels, StoredArray? names) = Labels(path, arrays, y, given, train, leftOut);
        notes.AddRange(labels.Note is null ? [] : [labels.Note]);
        ImageSize? image = x.Type == "uint8" ? PictureForm(x.Shape) : null;
        Dataset all = read switch
        {
            null => Dataset.FromStored(name, x.Stored!(), (int)features, labels.Labels, labels.Classes, image),
            byte[] bytes when x.Type == "uint8" => Dataset.FromBytes(name, bytes, (int)features, labels.Labels, labels.Classes, image),
            byte[] truths => Dataset.FromValues(name, Array.ConvertAll(truths, truth => (double)truth), (int)features, labels.Labels, labels.Classes, columns: columns),
            double[] doubles => Dataset.FromValues(name, doubles, (int)features, labels.Labels, labels.Classes, columns: columns),
            _ => throw new StepZeroException($"{path}: '{x.Name}' holds {x.Type}; expected numbers as features."),
        };
        string classes = names is null ? "" : $", classes = {names.Name}";
        return new LoadedData(
            labels.Complete(kept.Length == samples ? all : all.Select(kept)),
            $"{kind}, x = {x.Name} ({x.Type} {Shape(x)}), y = {y.Name} ({y.Type} {Shape(y)}){classes}", notes);
    }

    private static (StoredArray X, StoredArray Y) Find(string path, IReadOnlyList<StoredArray> arrays, DataOptions options, bool test)
    {
        (string X, string Y)[] pairs = test ? [.. TestNames, .. TrainNames] : [.. TrainNames, .. TestNames];
        StoredArray? x = options.X is null ? null : Named(options.X) ?? (test ? null : throw Unclear($"there is no array '{options.X}'"));
        StoredArray? y = options.Y is null ? null : Named(options.Y) ?? (test ? null : throw Unclear($"there is no array '{options.Y}'"));
        if (x is null && y is null)
        {
            (x, y) = pairs.Select(pair => (Named(pair.X), Named(pair.Y))).FirstOrDefault(pair => pair is (not null, not null));
        }

        // One of the two is known, or none: the other follows where only one array can be meant.
        x ??= y is null ? Single(array => array.Shape.Count >= 2 && Array.Exists([.. arrays], other => IsLabels(other, array))) : Partner(y.Name, byX: false)
            ?? Single(array => array.Shape.Count >= 2 && IsLabels(y, array));
        y ??= x is null ? null : Partner(x.Name, byX: true) ?? Single(array => IsLabels(array, x) && !ClassNames.Contains(array.Name) && array.Name != FeatureNames);
        if (x is null || y is null)
        {
            throw Unclear("it is unclear which arrays are the features and the labels");
        }

        return x == y ? throw Unclear($"'{x.Name}' cannot be both features and labels")
            : x.Shape.Count == 0 ? throw Unclear($"'{x.Name}' is a single value")
            : x.Kind is ElementKind.Byte or ElementKind.Number ? (x, y)
            : throw Unclear($"'{x.Name}' holds {x.Type} and cannot be the features");

        StoredArray? Named(string wished) => arrays.FirstOrDefault(array => array.Name == wished.TrimStart('/'))
            ?? Single(array => array.Name.Equals(wished.TrimStart('/'), StringComparison.OrdinalIgnoreCase));

        StoredArray? Partner(string one, bool byX) => pairs
            .Where(pair => (byX ? pair.X : pair.Y).Equals(one, StringComparison.OrdinalIgnoreCase))
            .Select(pair => Named(byX ? pair.Y : pair.X)).FirstOrDefault(found => found is not null);

        StoredArray? Single(Predicate<StoredArray> fits) => arrays.Where(array => fits(array)).Take(2).ToArray() is [StoredArray only] ? only : null;

        StepZeroException Unclear(string what) => new(
            $"{path}: {what}. Name them with --x and --y; the file holds {(arrays is [] ? "no arrays" : string.Join(", ", arrays.Take(20).Select(array => $"{array.Name} ({array.Type} {Shape(array)})")))}{(arrays.Count > 20 ? ", …" : "")}.");
    }

    /// <summary>Whether an array could be the labels of another: one value for each of its samples.</summary>
    private static bool IsLabels(StoredArray labels, StoredArray features) =>
        labels != features && labels.Kind != ElementKind.Other && features.Kind is ElementKind.Byte or ElementKind.Number && features.Shape is [long samples, ..]
        && labels.Shape.Count(size => size != 1) <= 1 && labels.Shape is not [] && labels.Shape.Max() == samples;

    private static (ClassLabels Labels, StoredArray? Names) Labels(
        string path, IReadOnlyList<StoredArray> arrays, StoredArray y, Array given, Dataset? train, bool[] leftOut)
    {
        string place = $"{path}: '{y.Name}'";
        switch (given)
        {
            case string[] texts: return (ClassLabels.OfTexts(place, texts, leftOut), null);
            case byte[] bytes: return Named(Array.ConvertAll(bytes, label => (double)label));
            case double[] numbers: return Named(numbers);
            default: throw new StepZeroException($"{place} holds {y.Type}; expected whole numbers or texts as labels.");
        }

        (ClassLabels, StoredArray?) Named(double[] numbers)
        {
            StoredArray[] texts = [.. arrays.Where(array => array.Kind == ElementKind.Text && array.Shape.Count(size => size != 1) <= 1 && array.Shape is not [] && array != y && array.Name != FeatureNames)];
            StoredArray? names = Array.Find(texts, array => ClassNames.Contains(array.Name.ToLowerInvariant()))
                ?? (Array.FindAll(texts, array => array.Shape.Max() == numbers.Max() + 1) is [StoredArray only] ? only : null);
            return (ClassLabels.OfNumbers(place, numbers, (string[]?)names?.Read(), train, leftOut), names);
        }
    }

    /// <summary>The names of the features, where an array holds them.</summary>
    private static TableColumn[]? Columns(IReadOnlyList<StoredArray> arrays, int features) =>
        arrays.FirstOrDefault(array => array.Name == FeatureNames && array.Kind == ElementKind.Text && array.Shape is [long count] && count == features) is StoredArray names
            ? [.. ((string[])names.Read()).Select(name => new TableColumn(name, null))]
            : null;

    /// <summary>Three dimensions are gray pictures, four have channels at the end or, where that leaves too many, at the front.</summary>
    private static ImageSize? PictureForm(IReadOnlyList<long> shape) => shape switch
    {
        [_, long height, long width] => new ImageSize((int)width, (int)height, 1),
        [_, long channels, long height, long width] when width > MostChannels && channels <= MostChannels => new ImageSize((int)width, (int)height, (int)channels, ChannelsFirst: true),
        [_, long height, long width, long channels] => new ImageSize((int)width, (int)height, (int)channels),
        _ => null,
    };

    private static string Shape(StoredArray array) => array.Shape is [] ? "single value" : string.Join('×', array.Shape);
}
