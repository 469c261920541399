using System.Text.Json;

namespace StepZero.Files;

/// <summary>A key of a sweep.json.</summary>
/// <param name="Name">The key.</param>
/// <param name="Line">The line it stands in, from 1.</param>
/// <param name="Start">Where its value begins in the file, in bytes.</param>
/// <param name="Value">Its value.</param>
internal readonly record struct SweepKey(string Name, int Line, int Start, JsonElement Value)
{
    private const int LongestFound = 60;

    private static readonly JsonReaderOptions Reading = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>What is wrong with the value.</summary>
    /// <param name="found">What was found, a phrase.</param>
    /// <param name="expected">What was expected, a phrase.</param>
    public StepZeroException Wrong(string found, string expected) => new($"{Name} (line {Line}): {found}; expected {expected}.");

    /// <summary>A value as it is written, cut where it is long.</summary>
    public static string Written(JsonElement value) => OneLine.Of(value.GetRawText(), LongestFound);

    /// <summary>The keys of an object, in their order; null where the text is something else.</summary>
    /// <param name="text">The whole file.</param>
    /// <param name="start">Where the object begins.</param>
    /// <exception cref="StepZeroException">A key stands there twice.</exception>
    /// <exception cref="JsonException">The text is not JSON.</exception>
    public static SweepKey[]? AllOf(ReadOnlySpan<byte> text, int start = 0)
    {
        var reader = new Utf8JsonReader(text[start..], Reading);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            return null;
        }

        var keys = new List<SweepKey>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        int line = 1 + text[..start].Count((byte)'\n'), counted = start;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int at = start + (int)reader.TokenStartIndex;
            line += text[counted..at].Count((byte)'\n');
            counted = at;
            string name = reader.GetString()!;
            reader.Read();
            var key = new SweepKey(name, line, start + (int)reader.TokenStartIndex, JsonElement.ParseValue(ref reader));
            if (!lines.TryAdd(name, line))
            {
                throw new StepZeroException($"{name} (line {line}): stands in line {lines[name]} already; expected each key once. Put its values into one list.");
            }

            keys.Add(key);
        }

        if (start == 0)
        {
            // What follows the object must be nothing but space.
            while (reader.Read())
            {
            }
        }

        return [.. keys];
    }
}
