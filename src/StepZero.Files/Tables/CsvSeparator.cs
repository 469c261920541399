using System.Text;
using System.Text.Unicode;

namespace StepZero.Files.Tables;

/// <summary>What separates the fields of a table of text.</summary>
/// <param name="Letter">The letter. A space stands for any number of them.</param>
/// <param name="IsNamed">Whether the first line names it, as Excel writes it: <c>sep=;</c>.</param>
internal sealed record CsvSeparator(char Letter, bool IsNamed)
{
    private const int HeadLength = 1 << 16;
    private const int MostLines = 100;

    /// <summary>All that may separate fields; where two of them would do, the first one: 1,5;2,5 are two numbers.</summary>
    private static ReadOnlySpan<byte> Candidates => "\t;|, "u8;

    /// <summary>The error for a file that holds nothing.</summary>
    public static StepZeroException Empty(string name) => new($"{name}: is empty; expected a table of text with at least one row.");

    /// <summary>Looks at the first lines.</summary>
    /// <param name="name">What messages call the file.</param>
    /// <param name="stream">The file from its start.</param>
    /// <exception cref="StepZeroException">This is no text, or empty.</exception>
    public static CsvSeparator Find(string name, Stream stream)
    {
        byte[] bytes = new byte[HeadLength];
        int length = stream.ReadAtLeast(bytes, HeadLength, throwOnEndOfStream: false);
        ReadOnlySpan<byte> head = bytes.AsSpan(0, length);
        head = head switch
        {
            [0xFF, 0xFE, .. ReadOnlySpan<byte> text] => Encoding.UTF8.GetBytes(Encoding.Unicode.GetString(text)),
            [0xFE, 0xFF, .. ReadOnlySpan<byte> text] => Encoding.UTF8.GetBytes(Encoding.BigEndianUnicode.GetString(text)),
            [0xEF, 0xBB, 0xBF, .. ReadOnlySpan<byte> text] => text,
            _ => head,
        };
        bool whole = length < HeadLength;
        if (head.Contains((byte)0) || (head.ContainsAnyInRange((byte)0, (byte)8) && !Utf8.IsValid(whole ? head : head[..(head.LastIndexOf((byte)'\n') + 1)])))
        {
            throw CsvRecords.NoText(name);
        }

        if (!head.ContainsAnyExcept(" \t\r\n"u8))
        {
            throw Empty(name);
        }

        return head is [(byte)'s', (byte)'e', (byte)'p', (byte)'=', byte letter, (byte)'\r' or (byte)'\n', ..]
            ? new CsvSeparator((char)letter, IsNamed: true)
            : new CsvSeparator(Best(head, whole), IsNamed: false);
    }

    private static char Best(ReadOnlySpan<byte> head, bool whole)
    {
        (byte separator, double share) best = ((byte)',', 0);
        foreach (byte candidate in Candidates)
        {
            List<int> counts = FieldsOfLines(head, candidate, whole);
            int usual = counts.Skip(1).DefaultIfEmpty(counts[0]).GroupBy(count => count).MaxBy(group => group.Count())!.Key;
            double share = usual < 2 ? 0 : counts.Count(count => count == usual) / (double)counts.Count;
            best = share > best.share ? (candidate, share) : best;
        }

        return (char)best.separator;
    }

    /// <summary>How many fields the first lines would have.</summary>
    private static List<int> FieldsOfLines(ReadOnlySpan<byte> head, byte separator, bool whole)
    {
        List<int> counts = [];
        int fields = 1;
        bool quoted = false, blank = true, fresh = true, wasSpace = true;
        foreach (byte letter in head)
        {
            if (quoted)
            {
                quoted = letter != '"';
            }
            else if (letter is (byte)'\n' or (byte)'\r')
            {
                if (!blank)
                {
                    counts.Add(fields - (separator == ' ' && wasSpace ? 1 : 0));
                    if (counts.Count == MostLines)
                    {
                        return counts;
                    }
                }

                (fields, blank, fresh, wasSpace) = (1, true, true, true);
            }
            else if (letter == separator)
            {
                fields += separator == ' ' && wasSpace ? 0 : 1;
                (fresh, wasSpace) = (true, true);
                blank &= separator == ' ';
            }
            else if (letter != ' ')
            {
                quoted = fresh && letter == '"';
                (blank, fresh, wasSpace) = (false, quoted, false);
            }
        }

        if ((whole || counts.Count == 0) && !blank)
        {
            counts.Add(fields - (separator == ' ' && wasSpace ? 1 : 0));
        }

        return counts.Count == 0 ? [1] : counts;
    }
}
