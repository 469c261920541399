using System.Globalization;

namespace StepZero.Files.Arrays;

/// <summary>Reads the few Python values of a .npy header, from left to right.</summary>
/// <param name="text">The header.</param>
internal ref struct PythonReader(ReadOnlySpan<char> text)
{
    private const int DeepestValue = 32;

    private ReadOnlySpan<char> rest = text.TrimStart();

    /// <summary>Whether a text comes next.</summary>
    public readonly bool IsAtText => rest is ['\'' or '"', ..];

    /// <summary>Passes a sign if it comes next.</summary>
    public bool Accept(char sign)
    {
        bool found = rest is [char next, ..] && next == sign;
        if (found)
        {
            Pass(1);
        }

        return found;
    }

    /// <summary>Passes a sign that must come next.</summary>
    /// <exception cref="InvalidDataException">Something else comes next.</exception>
    public void Expect(char sign)
    {
        if (!Accept(sign))
        {
            throw Unexpected($"'{sign}'");
        }
    }

    /// <summary>Makes sure that nothing comes any more.</summary>
    /// <exception cref="InvalidDataException">Something comes.</exception>
    public readonly void ExpectEnd()
    {
        if (!rest.IsEmpty)
        {
            throw Unexpected("its end");
        }
    }

    /// <summary>A text in quotes of either kind; a backslash keeps its letter from ending the text.</summary>
    /// <exception cref="InvalidDataException">No text comes next.</exception>
    public string Text()
    {
        if (!IsAtText)
        {
            throw Unexpected("a text in quotes");
        }

        int end = 1;
        while (end < rest.Length && rest[end] != rest[0])
        {
            end += rest[end] == '\\' ? 2 : 1;
        }

        if (end >= rest.Length)
        {
            throw Unexpected("a text whose quotes end");
        }

        string found = rest[1..end].ToString();
        Pass(end + 1);
        return found;
    }

    /// <summary><c>True</c> or <c>False</c>.</summary>
    /// <exception cref="InvalidDataException">Neither comes next.</exception>
    public bool Truth() => Word() switch
    {
        "True" => true,
        "False" => false,
        _ => throw Unexpected("True or False before it"),
    };

    /// <summary>Whole numbers from 0 in round brackets; a single one has a comma after it.</summary>
    /// <exception cref="InvalidDataException">Something else comes next.</exception>
    public List<long> Sizes()
    {
        List<long> sizes = [];
        bool comma = true;
        Expect('(');
        while (!Accept(')'))
        {
            if (!comma || !long.TryParse(Word(), NumberStyles.None, CultureInfo.InvariantCulture, out long size))
            {
                throw Unexpected("sizes as in (2, 3)");
            }

            sizes.Add(size);
            comma = Accept(',');
        }

        return sizes.Count == 1 && !comma ? throw Unexpected("a comma after a single size") : sizes;
    }

    /// <summary>Passes a list, a tuple, a text, a number or a word.</summary>
    /// <exception cref="InvalidDataException">None of these comes next.</exception>
    public void SkipValue() => SkipValue(DeepestValue);

    private void SkipValue(int depth)
    {
        if (depth == 0)
        {
            throw Unexpected($"no more than {DeepestValue} brackets");
        }

        char close = Accept('[') ? ']' : Accept('(') ? ')' : ' ';
        if (close == ' ')
        {
            _ = IsAtText ? Text() : Word();
            return;
        }

        while (!Accept(close))
        {
            SkipValue(depth - 1);
            if (!Accept(','))
            {
                Expect(close);
                break;
            }
        }
    }

    private string Word()
    {
        int end = 0;
        while (end < rest.Length && char.IsAsciiLetterOrDigit(rest[end]))
        {
            end++;
        }

        if (end == 0)
        {
            throw Unexpected("a word, or a number that is not negative");
        }

        string word = rest[..end].ToString();
        Pass(end);
        return word;
    }

    private void Pass(int letters) => rest = rest[letters..].TrimStart();

    private readonly InvalidDataException Unexpected(string expected) =>
        new($"its header has “{OneLine.Of(rest.ToString(), StoredArray.LongestName)}” where {expected} is expected");
}
