using System.Globalization;

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

    /// <summary>The name of a feature: that of its column, "column=category", or its number, from 1, where there are no columns.</summary>
    /// <param name="columns">The columns that the features were made from, in order, or null.</param>
    /// <param name="feature">Which feature, from 0.</param>
    public static string FeatureName(IReadOnlyList<TableColumn>? columns, int feature)
    {
        int before = 0;
        foreach (TableColumn column in columns ?? [])
        {
            if (feature < before + column.FeatureCount)
            {
                return column.Categories is null ? column.Name : $"{column.Name}={column.Categories[feature - before]}";
            }

            before += column.FeatureCount;
        }

        return (feature + 1).ToString(CultureInfo.InvariantCulture);
    }
}
