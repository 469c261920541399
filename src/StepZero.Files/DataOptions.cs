using StepZero.Data;

namespace StepZero.Files;

/// <summary>What is done where a value is missing: an empty cell of a table, or nan.</summary>
public enum MissingValues
{
    /// <summary>The reading ends with an error that counts and places them.</summary>
    Refuse,

    /// <summary>Samples that lack a value are left out.</summary>
    Drop,

    /// <summary>A missing feature becomes the mean of that feature over the training samples that have it.</summary>
    Mean,
}

/// <summary>How data are read. Each kind of file heeds those that mean something to it.</summary>
public sealed record DataOptions
{
    /// <summary>The size that every picture of a folder is resized to. Null: pictures keep their sizes, which must agree.</summary>
    public ImageSize? Size { get; init; }

    /// <summary>Whether files of a folder that are no whole picture are left out instead of ending the reading.</summary>
    public bool SkipBad { get; init; }

    /// <summary>The array of the features in a file of arrays (HDF5, NPZ). Null: found by its name.</summary>
    public string? X { get; init; }

    /// <summary>The array of the labels in a file of arrays; beside a single .npy the file of the labels. Null: found by its name.</summary>
    public string? Y { get; init; }

    /// <summary>The column of the classes in a table, by its name, or by its number from 1 where it has no header. Null: the last.</summary>
    public string? Target { get; init; }

    /// <summary>The columns of a table that are left out, by name, or by number where it has no header.</summary>
    public IReadOnlyList<string> Ignore { get; init; } = [];

    /// <summary>What is done where a value is missing.</summary>
    public MissingValues Missing { get; init; }

    /// <summary>Whether <see cref="MissingValues.Mean"/> leaves the gaps for <see cref="Dataset.FillMissing"/>, which fills them once the samples are split.</summary>
    public bool FillLater { get; init; }

    /// <summary>Whether features may be nan or infinite; nothing is missing then.</summary>
    public bool AllowNaN { get; init; }

    /// <summary>How many threads read; the result does not depend on it.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>What the targets of a file are taken for. Default <see cref="TargetKind.Auto"/>.</summary>
    public TargetKind Targets { get; init; }

    /// <summary>Whether the targets do not matter, so that they need not be there: for samples that a model is to say something of.</summary>
    public bool Unlabelled { get; init; }
}

/// <summary>What the targets of a file are taken for.</summary>
public enum TargetKind
{
    /// <summary>Texts and whole numbers for classes; numbers with fractions, and whole numbers of many different values, for numbers to predict.</summary>
    Auto,

    /// <summary>Classes.</summary>
    Classes,

    /// <summary>Numbers to predict.</summary>
    Numbers,
}

/// <summary>Data that were read.</summary>
/// <param name="Data">The samples.</param>
/// <param name="Source">What they were made from, as in "HDF5 file, x = train_set_x".</param>
/// <param name="Notes">What was left out or decided, a line each.</param>
public sealed record LoadedData(Dataset Data, string Source, IReadOnlyList<string> Notes)
{
    /// <summary>
    /// What each sample is called: its file in a folder of pictures, or its row, from 1, where other rows were left out. Null where the samples are all rows in
    /// their order.
    /// </summary>
    public IReadOnlyList<string>? SampleNames { get; init; }
}
