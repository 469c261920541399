namespace StepZero.Files.Tables;

/// <summary>A column of a table, either numbers or texts.</summary>
/// <param name="Name">Its name in the header, or its number, from 1, where there is no header.</param>
/// <param name="Numbers">Its numbers, NaN where a value is missing; null for a column of texts.</param>
/// <param name="Texts">Its texts, null where one is missing; null for a column of numbers.</param>
internal sealed record Column(string Name, double[]? Numbers, string?[]? Texts)
{
    /// <summary>The number of rows.</summary>
    public int Count => Numbers?.Length ?? Texts!.Length;
}

/// <summary>What is known of a table before it is read, because another one was read before: the training samples, when the test samples are read.</summary>
/// <param name="Names">The names of its columns of features; it has a target beside them, and may have columns that are ignored.</param>
/// <param name="TextColumns">The names of those that are read as texts even if they look like numbers.</param>
internal sealed record TableForm(IReadOnlyList<string> Names, IReadOnlyCollection<string> TextColumns);

/// <summary>A table that was read.</summary>
/// <param name="Columns">Its columns, all of the same length.</param>
/// <param name="HasNames">Whether the names come from the file; otherwise they are numbers.</param>
/// <param name="Notes">What was decided for the user and is worth a line, such as a column of row numbers that was left out.</param>
internal sealed record Table(IReadOnlyList<Column> Columns, bool HasNames, IReadOnlyList<string> Notes);
