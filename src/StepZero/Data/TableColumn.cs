namespace StepZero.Data;

/// <summary>
/// A column of a table that features were made from: a column of numbers is one feature, a column of texts is one feature for each of its categories
/// ("one-hot"), 1 where the text is that category and 0 elsewhere.
/// </summary>
/// <param name="Name">The name of the column.</param>
/// <param name="Categories">Its texts in ordinal order; null for a column of numbers.</param>
public sealed record TableColumn(string Name, IReadOnlyList<string>? Categories)
{
    /// <summary>The number of features that it becomes.</summary>
    public int FeatureCount => Categories?.Count ?? 1;

    /// <summary>The names of its features: that of the column, or "column=category" for each category.</summary>
    public IEnumerable<string> FeatureNames => Categories is null ? [Name] : Categories.Select(category => $"{Name}={category}");
}
