namespace StepZero;

/// <summary>
/// Something the user can mend: an unknown name, a bad file, data that do not fit. The message is one line that says where, what was found,
/// what was expected and what to do; a face prints it as it stands, without a stack trace.
/// </summary>
public sealed class StepZeroException : Exception
{
    private const int Suggestions = 3;
    private const int FewestBegun = 4;
    private const int MostListed = 40;
    private const int LongestMessage = 1500;

    /// <summary>An error with its message, of which names out of a file make neither several lines nor a page.</summary>
    public StepZeroException(string message) : base(Line(message)) { }

    /// <summary>An error with its message and the exception that caused it.</summary>
    public StepZeroException(string message, Exception innerException) : base(Line(message), innerException) { }

    /// <summary>
    /// An unknown name: "Unknown activation 'tan'; did you mean 'tanh'? Known: tanh, relu."
    /// </summary>
    /// <param name="what">What kind of thing was named, such as "activation".</param>
    /// <param name="found">The name as written.</param>
    /// <param name="known">Every name that would do.</param>
    /// <param name="listed">A sentence that says where all names are listed, instead of the list.</param>
    public static StepZeroException UnknownName(string what, string found, IEnumerable<string> known, string? listed = null)
    {
        string[] names = [.. known];
        string[] close = [.. names.Where(name => Distance(name) <= Math.Max(2, found.Length / 2)).OrderBy(Distance)
            .Take(listed is null ? 1 : Suggestions).Select(name => $"'{name}'")];
        string suggestion = close is [.. string[] others, string last] ? $"; did you mean {string.Join(", ", others)}{(others is [] ? "" : " or ")}{last}?" : ".";
        return new StepZeroException($"Unknown {what} '{found}'{suggestion} {listed ?? $"Known: {string.Join(", ", names.Take(MostListed))}{(names.Length > MostListed ? $", … ({names.Length} in all)" : "")}."}");

        // A name that was not written to its end is nearer than any that has another beginning.
        int Distance(string name) => found.Length >= FewestBegun && name.StartsWith(found, StringComparison.OrdinalIgnoreCase) ? 0 : EditDistance(found, name);
    }

    /// <summary>One line; of a long one its beginning and its end, which say what is wrong and what to do.</summary>
    private static string Line(string message) => OneLine.Of(
        message.Length <= LongestMessage ? message : $"{message[..(LongestMessage / 2)]} … {message[^(LongestMessage / 2)..]}");

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
