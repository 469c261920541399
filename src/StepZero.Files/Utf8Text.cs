using System.Buffers;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace StepZero.Files;

/// <summary>Text that is built as UTF-8, number by number, without a string for each.</summary>
internal sealed class Utf8Text
{
    private const int LongestNumber = 32;

    private readonly ArrayBufferWriter<byte> buffer = new(1 << 12);

    public ReadOnlySpan<byte> Written => buffer.WrittenSpan;

    public Utf8Text Append(ReadOnlySpan<byte> text)
    {
        buffer.Write(text);
        return this;
    }

    public Utf8Text Append(string text)
    {
        Encoding.UTF8.GetBytes(text, buffer);
        return this;
    }

    /// <summary>Appends a text as a cell of CSV: in quotes where it would be several otherwise.</summary>
    public Utf8Text AppendCell(string text) =>
        Append(text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"");

    /// <summary>Writes all that was appended so far, and forgets it.</summary>
    public void MoveTo(Stream stream)
    {
        stream.Write(Written);
        buffer.ResetWrittenCount();
    }

    /// <summary>Appends a number in the shortest form that reads back to it.</summary>
    public Utf8Text Append<T>(T number) where T : IUtf8SpanFormattable
    {
        number.TryFormat(buffer.GetSpan(LongestNumber), out int length, default, CultureInfo.InvariantCulture);
        buffer.Advance(length);
        return this;
    }

    /// <summary>Appends a JSON array on one line; a number that is not finite becomes null.</summary>
    public Utf8Text AppendArray<T>(ReadOnlySpan<T> numbers) where T : IUtf8SpanFormattable, INumberBase<T>
    {
        Append("["u8);
        for (int i = 0; i < numbers.Length; i++)
        {
            Append(i == 0 ? ""u8 : ", "u8);
            _ = T.IsFinite(numbers[i]) ? Append(numbers[i]) : Append("null"u8);
        }

        return Append("]"u8);
    }
}
