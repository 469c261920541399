namespace StepZero;

/// <summary>
/// Something the user can mend: an unknown name, a bad file, data that do not fit. The message is one line that says where, what was found,
/// what was expected and what to do; a face prints it as it stands, without a stack trace.
/// </summary>
public sealed class StepZeroException : Exception
{
    /// <summary>An error with its one-line message.</summary>
    public StepZeroException(string message) : base(message) { }

    /// <summary>An error with its one-line message and the exception that caused it.</summary>
    public StepZeroException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>
    /// An unknown name: "Unknown activation 'tan'; did you mean 'tanh'? Known: tanh, relu."
    /// </summary>
    /// <param name="what">What kind of thing was named, such as "activation".</param>
    /// <param name="found">The name as written.</param>
    /// <param name="known">Every name that would do.</param>
    public static StepZeroException UnknownName(string what, string found, IEnumerable<string> known)
    {
        string[] names = [.. known];
        string nearest = names.MinBy(name => EditDistance(found, name)) ?? "";
        bool close = EditDistance(found, nearest) <= Math.Max(2, found.Length / 2);
        return new StepZeroException(
            $"Unknown {what} '{found}'{(close ? $"; did you mean '{nearest}'?" : ".")} Known: {string.Join(", ", names)}.");
    }

    /// <summary>Levenshtein distance without regard to case.</summary>
    private static int EditDistance(string a, string b)
    {
        int[] row = [.. Enumerable.Range(0, b.Length + 1)];
        for (int i = 1; i <= a.Length; i++)
        {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int substituted = diagonal + (char.ToLowerInvariant(a[i - 1]) == char.ToLowerInvariant(b[j - 1]) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.Min(substituted, Math.Min(row[j], row[j - 1]) + 1);
            }
        }

        return row[^1];
    }
}
