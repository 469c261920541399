using StepZero.Data;

namespace StepZero.Files.Arrays;

/// <summary>Makes samples of the arrays of a file: one holds the features, another the labels, perhaps a third the names of the classes.</summary>
internal static class ArrayData
{
    /// <summary>Features of more bytes stay in the file where that is possible.</summary>
    private const long MostBytesInMemory = 1 << 28;

    private const int MostChannels = 4;

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
        (StoredArray x, StoredArray? y) = options.Unlabelled ? (ArrayChoice.Features(path, arrays, options, train), null) : ArrayChoice.FeaturesAndLabels(path, arrays, options, train);
        long samples = x.Shape[0];
        long features = x.FeatureCount;
        if (samples == 0 || features == 0)
        {
            throw new StepZeroException($"{path}: '{x.Name}' has the shape {x.ShapeText}, which holds no numbers; expected samples × features.");
        }

        if (y is not null && (y.Shape.Count(size => size != 1) > 1 || y.Shape.Append(1).Max() != samples))
        {
            string advice = y.Shape is [long rows, > 1] && rows == samples ? " If it has a column for each class, give the class itself, as numpy.argmax(y, axis=1) does." : "";
            throw new StepZeroException(
                $"{path}: '{x.Name}' has {samples} samples ({x.ShapeText}), but '{y.Name}' has the shape {y.ShapeText}; expected one label for each sample.{advice}");
        }

        if (features > int.MaxValue || (x.Stored is null && samples > Array.MaxLength / features))
        {
            throw new StepZeroException($"{path}: '{x.Name}' has {samples} × {features} elements, more than one array holds. Use fewer samples.");
        }

        bool stays = x.Stored is not null && samples * features > MostBytesInMemory;
        Array? read = stays ? null : x.Read();
        Array? given = y?.Read();
        TableColumn[]? columns = Columns(arrays, (int)features);
        List<string> notes = [];
        bool[] leftOut = given is double[] numbers && options.Missing == MissingValues.Drop ? Array.ConvertAll(numbers, double.IsNaN) : new bool[samples];
        if (read is double[] values)
        {
            MissingFeatures.Settle(path, values, feature => $"feature {(columns is null ? feature + 1 : columns[feature].Name)}", options, leftOut);
        }

        int[] kept = MissingFeatures.Kept(path, leftOut, "samples", notes);
        (SampleTargets targets, StoredArray? names) = y is null ? (SampleTargets.None((int)samples), null) : Targets(path, arrays, y, given!, options, train, leftOut);
        (int[] labels, IReadOnlyList<string> classes) = targets.Labels;
        notes.AddRange(targets.Note is null ? [] : [targets.Note]);
        ImageSize? image = x.Type == "uint8" ? PictureForm(x.Shape) : null;
        Dataset unfinished = read switch
        {
            null => Dataset.FromStored(name, x.Stored!(), (int)features, labels, classes, image),
            byte[] bytes when x.Type == "uint8" => Dataset.FromBytes(name, bytes, (int)features, labels, classes, image),
            byte[] truths => Dataset.FromValues(name, Array.ConvertAll(truths, truth => (double)truth), (int)features, labels, classes, columns: columns),
            double[] doubles => Dataset.FromValues(name, doubles, (int)features, labels, classes, columns: columns),
            _ => throw new StepZeroException($"{path}: '{x.Name}' holds {x.Type}; expected numbers as features."),
        };
        Dataset all = targets.Complete(unfinished);
        string ofTargets = y is null ? ", without targets" : $", y = {y.Name} ({y.Type} {y.ShapeText}){(names is null ? "" : $", classes = {names.Name}")}";
        return new LoadedData(kept.Length == samples ? all : all.Select(kept), $"{kind}, x = {x.Name} ({x.Type} {x.ShapeText}){ofTargets}", notes)
        {
            SampleNames = MissingFeatures.NamesOf(kept, leftOut.Length),
        };
    }

    private static (SampleTargets Targets, StoredArray? Names) Targets(
        string path, IReadOnlyList<StoredArray> arrays, StoredArray y, Array given, DataOptions options, Dataset? train, bool[] leftOut)
    {
        string place = $"{path}: '{y.Name}'";
        switch (given)
        {
            case string[] texts: return (SampleTargets.OfTexts(place, texts, options.Targets, train, leftOut), null);
            case byte[] bytes: return Named(Array.ConvertAll(bytes, label => (double)label));
            case double[] numbers: return Named(numbers);
            default: throw new StepZeroException($"{place} holds {y.Type}; expected numbers or texts as targets.");
        }

        (SampleTargets, StoredArray?) Named(double[] numbers)
        {
            StoredArray[] texts = [.. arrays.Where(array => array.Kind == ElementKind.Text && array.Shape.Count(size => size != 1) == 1 && array != y && !ArrayChoice.IsFeatureNames(array))];
            StoredArray? names = Array.Find(texts, array => ArrayChoice.IsClassNames(array))
                ?? (Array.FindAll(texts, array => array.Shape.Max() == numbers.Max() + 1) is [StoredArray only] ? only : null);
            var targets = SampleTargets.OfNumbers(place, numbers, (string[]?)names?.Read(), options.Targets, train, leftOut);
            return (targets, targets.Numbers is null ? names : null);
        }
    }

    /// <summary>The names of the features, where an array holds them.</summary>
    private static TableColumn[]? Columns(IReadOnlyList<StoredArray> arrays, int features) =>
        arrays.FirstOrDefault(array => ArrayChoice.IsFeatureNames(array) && array.Kind == ElementKind.Text && array.Shape is [long count] && count == features) is StoredArray names
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
}
