namespace StepZero;

/// <summary>The text of a named choice, the same on the command line, in files and in messages.</summary>
public static class CanonicalText
{
    /// <summary>The name of an enumeration's value in lower case, its words joined by underscores.</summary>
    public static string Of<T>(T value) where T : struct, Enum => Of((Enum)value);

    /// <inheritdoc cref="Of{T}(T)"/>
    public static string Of(Enum value)
    {
        string name = value.ToString();
        return string.Concat(name.Select((letter, i) => $"{(i > 0 && char.IsAsciiLetterUpper(letter) && char.IsAsciiLetterLower(name[i - 1]) ? "_" : "")}{char.ToLowerInvariant(letter)}"));
    }

    /// <summary>The value whose canonical text is given.</summary>
    /// <param name="text">The text.</param>
    /// <param name="what">What kind of thing is named, for the message.</param>
    /// <exception cref="StepZeroException">There is none; the message names the nearest.</exception>
    public static T Parse<T>(string text, string what = "value") where T : struct, Enum
    {
        foreach (T value in Enum.GetValues<T>())
        {
            if (Of(value) == text)
            {
                return value;
            }
        }

        throw StepZeroException.UnknownName(what, text, Enum.GetValues<T>().Select(Of));
    }
}
