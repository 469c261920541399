using StepZero.Data;
using StepZero.Files.Arrays;
using StepZero.Files.Tables;

namespace StepZero.Files;

/// <summary>Finds data by what a user writes: a file, a folder of pictures, or the name of a set. A file is read as what it holds, whatever its ending.</summary>
public static class DataSource
{
    private static readonly string[] SetNames = [.. GeneratedSets.Names, .. BuiltInTables.Names];

    /// <summary>Whether the text means a file or folder: there is one, and it does not begin with the name of a set (./pets is always the folder).</summary>
    public static bool IsPath(string text) => (Directory.Exists(text) || File.Exists(text)) && !IsSet(text);

    /// <summary>Whether the labels of these data are in a file of their own, which <see cref="DataOptions.Y"/> names: they are a single .npy.</summary>
    public static bool HasFileOfLabels(string text) => File.Exists(text) && IsPath(text) && FileKinds.Of(text) == FileKind.Npy;

    /// <summary>Reads or makes a data set.</summary>
    /// <param name="text">A file, a folder, a table of <see cref="BuiltInTables"/>, or a text that <see cref="GeneratedSets.Parse"/> reads.</param>
    /// <param name="seed">The seed of a generated set.</param>
    /// <param name="options">How it is read.</param>
    /// <param name="train">
    /// The training samples, or the form of them that a model keeps, when test samples are read: features and classes are made as theirs. Null for training
    /// samples.
    /// </param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <exception cref="StepZeroException">There is no such data, or it is bad.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended early.</exception>
    public static LoadedData Load(string text, uint seed, DataOptions options, Dataset? train = null, CancellationToken cancellation = default)
    {
        if (HasOptionsOfItsOwn(train))
        {
            RefuseForeign(text, options);
        }

        LoadedData loaded = Read(text, seed, options, train, cancellation);
        cancellation.ThrowIfCancellationRequested();
        Dataset read = options.Unlabelled ? loaded.Data.WithoutTargets(train) : loaded.Data;
        Dataset data = train is null ? read : read.AsTestOf(train);
        return loaded with { Data = options.Missing == MissingValues.Mean && !options.FillLater ? data.FillMissing(train ?? data) : data };
    }

    /// <summary>
    /// Whether the options were given for these data: for training samples, and for those that a model is asked about. Test data share the options of their
    /// training data, which may be of another kind.
    /// </summary>
    internal static bool HasOptionsOfItsOwn(Dataset? train) => train is null || train.SampleCount == 0;

    /// <summary>An option that means nothing to the kind of data is a mistake.</summary>
    private static void RefuseForeign(string text, DataOptions options)
    {
        bool set = IsSet(text), folder = !set && Directory.Exists(text);
        if (!set && !folder && !File.Exists(text))
        {
            return;
        }

        FileKind? kind = set || folder ? null : FileKinds.Of(text);
        bool arrays = kind is FileKind.Hdf5 or FileKind.Npz, table = kind is FileKind.Table or FileKind.Parquet || (kind == FileKind.Npy && options.Y is null);
        (string Option, bool Given, bool Fits)[] all =
        [
            ("--x", options.X is not null, arrays), ("--y", options.Y is not null, arrays || kind == FileKind.Npy), ("--target", options.Target is not null, table),
            ("--ignore", options.Ignore is not [], kind is FileKind.Table or FileKind.Parquet),
            ("--image-size", options.Size is not null, folder), ("--skip-bad", options.SkipBad, folder),
        ];
        if (Array.Find(all, option => option.Given && !option.Fits).Option is string foreign)
        {
            string what = set ? "a set" : folder ? "a folder of pictures" : arrays ? "a file of arrays" : kind == FileKind.Npy ? "a single array" : "a table";
            throw new StepZeroException($"{text}: is {what}, to which {foreign} does not apply. Leave it out.");
        }
    }

    private static LoadedData Read(string text, uint seed, DataOptions options, Dataset? train, CancellationToken cancellation)
    {
        if (text.Length == 0)
        {
            throw new StepZeroException($"The name of the data is empty; expected a file, a folder, or one of {string.Join(", ", SetNames)}.");
        }

        if (BuiltInTables.Names.Contains(text.Split(':')[0]))
        {
            if (text.Contains(':', StringComparison.Ordinal))
            {
                throw new StepZeroException($"Data set '{text}': '{text.Split(':')[0]}' is a table and takes no numbers; expected its name alone.");
            }

            return new LoadedData(BuiltInTables.Read(text), "built-in table", []);
        }

        if (IsSet(text))
        {
            Dataset set = GeneratedSets.Parse(text, seed);
            return set.Targets is null || options.Targets != TargetKind.Classes || !HasOptionsOfItsOwn(train)
                ? new LoadedData(set, "generated set", [])
                : throw new StepZeroException($"'{set.Name}': the targets are numbers to predict; expected classes. Use --loss mse, and leave --positive out.");
        }

        if (Directory.Exists(text))
        {
            ImageSize? wanted = train is { SampleCount: 0, ImageSize: { Channels: 3, ChannelsFirst: false } size } ? size : null;
            return ImageFolder.Read(text, options, wanted, cancellation);
        }

        if (File.Exists(text))
        {
            return ReadFile(text, options, train, cancellation);
        }

        if (new FileInfo(text).LinkTarget is string lost)
        {
            throw new StepZeroException($"{text}: is a link to {lost}, which leads nowhere. Mend the link, or give the file itself.");
        }

        throw Path.IsPathRooted(text) || text.AsSpan().IndexOfAny('/', '\\') >= 0 || Path.HasExtension(text)
            ? new StepZeroException($"{text}: there is no such file or folder.")
            : StepZeroException.UnknownName("data set", text.Split(':')[0], SetNames);
    }

    private static LoadedData ReadFile(string path, DataOptions options, Dataset? train, CancellationToken cancellation)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        string[] ignored = [.. options.Ignore, .. UnreadTarget(options, train)];
        switch (FileKinds.Of(path))
        {
            case FileKind.Hdf5: return ArrayData.Assemble(path, "HDF5", name, Hdf5File.List(path), options, train);
            case FileKind.Npz: return ArrayData.Assemble(path, "NPZ", name, NpzFile.List(path), options, train);
            case FileKind.Npy when options.Unlabelled && train is not null && train.Columns is null:
                return ArrayData.Assemble(path, "NPY", name, [NpyFile.List(path)[0] with { Name = "x" }], options with { X = "x" }, train);
            case FileKind.Npy when options.Y is null || options.Unlabelled: return TableData.Assemble(path, "NPY", name, NpyTable(path), options, train);
            case FileKind.Npy when !HasOptionsOfItsOwn(train):
                throw new StepZeroException($"{path}: is a single array, and --y names the labels of the training samples. Save x and y of the test samples together, as numpy.savez does.");
            case FileKind.Npy:
                if (!File.Exists(options.Y) || FileKinds.Of(options.Y) != FileKind.Npy)
                {
                    throw new StepZeroException($"{options.Y}: is no .npy file; expected the labels of {path} in one, for --y.");
                }

                StoredArray x = NpyFile.List(path)[0];
                StoredArray y = NpyFile.List(options.Y)[0];
                return ArrayData.Assemble(path, "NPY", name, [x with { Name = "x" }, y with { Name = "y" }], options with { X = "x", Y = "y" }, train);
            case FileKind.Parquet: return TableData.Assemble(path, "Parquet", name, ParquetTable.Read(path, Form(train), ignored, cancellation), options, train);
            default: return TableData.Assemble(path, "CSV", name, CsvTable.Read(path, Form(train), ignored, options.Threads, cancellation), options, train);
        }
    }

    /// <summary>A single array as a table without names, whose last column is the target unless another is chosen.</summary>
    private static Table NpyTable(string path)
    {
        StoredArray array = NpyFile.List(path)[0];
        if (array.Shape is not [long rows, long columns] || rows == 0 || columns == 0 || array.Kind is ElementKind.Text or ElementKind.Other)
        {
            throw new StepZeroException(
                $"{path}: holds one array, {array.Type} of shape {(array.Shape is [] ? "()" : string.Join('×', array.Shape))}; expected rows × columns of numbers, one column the target, or the file of the labels with --y.");
        }

        Array read = array.Read();
        double[] values = read as double[] ?? Array.ConvertAll((byte[])read, value => (double)value);
        return new Table(
            [.. Enumerable.Range(0, (int)columns).Select(column => new Column(
                $"{column + 1}", [.. Enumerable.Range(0, (int)rows).Select(row => values[(row * columns) + column])], null))],
            HasNames: false, []);
    }

    private static TableForm? Form(Dataset? train) => train?.Columns is IReadOnlyList<TableColumn> columns
        ? new TableForm([.. columns.Select(column => column.Name)], [.. columns.Where(column => column.Categories is not null).Select(column => column.Name), .. TextTarget(train)])
        : null;

    /// <summary>A target that does not matter may hold anything, where it is known by a name; numbers of columns change with what is there.</summary>
    private static string[] UnreadTarget(DataOptions options, Dataset? train) =>
        options.Unlabelled && train?.Target is string target && !int.TryParse(target, out _) && Form(train) is not null ? [target] : [];

    /// <summary>The target is read as texts where the classes of the training samples are no numbers.</summary>
    private static string[] TextTarget(Dataset train) =>
        train.Target is string target && train.Targets is null && !ClassLabels.AreNumbers(train.Classes) ? [target] : [];

    private static bool IsSet(string text) => SetNames.Contains(text.Split(':')[0]);
}
