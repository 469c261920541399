using System.Text;
using System.Text.Unicode;
using CsvHelper;

namespace StepZero.Files.Tables;

/// <summary>One record of a table of text.</summary>
/// <param name="Fields">The number of its fields; 0 for a blank line.</param>
/// <param name="Length">The number of its bytes.</param>
/// <param name="Line">The line of the file where it starts, from 1.</param>
/// <param name="Cells">What the cells hold, as <see cref="CsvCell"/> says; empty if there are more or fewer fields than columns.</param>
/// <param name="Texts">The texts of cells that hold one, and of all cells of columns of texts.</param>
internal readonly record struct CsvRecord(int Fields, int Length, long Line, double[] Cells, string?[] Texts);

/// <summary>The records of a table of text, read as often as needed.</summary>
/// <param name="name">What messages call the file.</param>
/// <param name="stream">The file, which can be sought.</param>
/// <param name="separator">What separates fields.</param>
internal sealed class CsvRecords(string name, Stream stream, CsvSeparator separator)
{
    /// <summary>The most columns that a table may have.</summary>
    public const int MostColumns = 100_000;

    /// <summary>The most bytes that a record may have.</summary>
    public const int LongestRecord = 1 << 24;

    private const int LongestField = 1 << 20;
    private const int BufferSize = 1 << 18;

    private readonly CsvReaderOptions options = new()
    {
        HasHeader = false,
        Separator = separator.IsNamed ? null : separator.Letter,
        TrimWhitespace = true,
        FormatProvider = CsvCell.PointFormat,
        PoolStrings = true,
        TrackLineNumbers = true,
        MaxRecordSize = LongestRecord,
        BufferSize = BufferSize,
        OnMalformedRecord = record => CheckQuotes(name, record),
    };

    /// <summary>The error for a file that is something else.</summary>
    public static StepZeroException NoText(string name) => new($"{name}: is no table of text; expected CSV or TSV, or HDF5, NPZ, NPY or Parquet.");

    /// <summary>Reads the records in their order, each when it is asked for or, with several threads, a little earlier.</summary>
    /// <param name="forms">How the fields are read; null: any number of fields, as texts.</param>
    /// <param name="threads">How many threads read; the result does not depend on it.</param>
    public IEnumerable<CsvRecord> Read(CellForm[]? forms, int threads)
    {
        stream.Position = 0;
        using var reader = CsvReader.Create(stream, options, leaveOpen: true);
        if (threads > 1)
        {
            foreach (CsvRecord record in reader.ParallelEnumerate(at => Read(at, forms), threads))
            {
                yield return record;
            }
        }
        else
        {
            while (reader.Read())
            {
                yield return Read(reader, forms);
            }
        }
    }

    private CsvRecord Read(CsvReader reader, CellForm[]? forms)
    {
        ReadOnlySpan<byte> raw = reader.RawRecord;
        CheckText(raw, reader.LineNumber);
        CheckLastQuote(reader);
        bool spaces = separator.Letter == ' ';
        int fields = spaces ? CountFilled(reader) : reader.FieldCount;
        if (fields <= 1 && !raw.ContainsAnyExcept(" \t"u8))
        {
            return default;
        }

        if (fields > MostColumns)
        {
            throw new StepZeroException($"{name}: line {reader.LineNumber} has {fields} fields; expected at most {MostColumns} columns.");
        }

        if (fields != (forms?.Length ?? fields))
        {
            return new CsvRecord(fields, raw.Length, reader.LineNumber, [], []);
        }

        double[] cells = new double[fields];
        string?[] texts = [];
        for (int field = 0, column = 0; column < fields; field++)
        {
            if (spaces && reader.GetRawSpan(field).IsEmpty)
            {
                continue;
            }

            CellForm form = forms?[column] ?? CellForm.Text;
            if (form != CellForm.Ignored)
            {
                cells[column] = CsvCell.Read(reader, field, form);
                if (form == CellForm.Text || CsvCell.IsText(cells[column]))
                {
                    texts = texts.Length == 0 ? new string?[fields] : texts;
                    texts[column] = ReadText(reader, field, column);
                }
            }

            column++;
        }

        return new CsvRecord(fields, raw.Length, reader.LineNumber, cells, texts);
    }

    private string ReadText(CsvReader reader, int field, int column)
    {
        int length = reader.GetSpan(field).Length;
        return length <= LongestField
            ? reader.GetString(field)
            : throw new StepZeroException(
                $"{name}: line {reader.LineNumber}, column {column + 1}: a text of {length} bytes; expected at most {LongestField}. Is a quote missing?");
    }

    /// <summary>Where any number of spaces separates fields, there are no empty ones.</summary>
    private static int CountFilled(CsvReader reader)
    {
        int count = 0;
        for (int field = 0; field < reader.FieldCount; field++)
        {
            count += reader.GetRawSpan(field).IsEmpty ? 0 : 1;
        }

        return count;
    }

    private void CheckText(ReadOnlySpan<byte> raw, long line)
    {
        if (raw.Contains((byte)0))
        {
            throw NoText(name);
        }

        if (!Utf8.IsValid(raw))
        {
            int position = 0;
            while (Rune.DecodeFromUtf8(raw[position..], out _, out int length) == System.Buffers.OperationStatus.Done)
            {
                position += length;
            }

            throw new StepZeroException(
                $"{name}: line {line}, byte {position + 1}: 0x{raw[position]:X2} is no UTF-8. Save the file as UTF-8, or convert it, as in: iconv -f latin1 -t utf-8.");
        }
    }

    /// <summary>A record that ends inside quotes ends with the file.</summary>
    private void CheckLastQuote(CsvReader reader)
    {
        ReadOnlySpan<byte> last = reader.GetRawSpan(reader.FieldCount - 1).TrimStart(" \t"u8);
        if (last is [(byte)'"', ..] && last.Count((byte)'"') % 2 != 0)
        {
            throw new StepZeroException(
                $"{name}: a quote that opens in the record of line {reader.LineNumber} is never closed. Close it, or double it if it is part of a quoted text.");
        }
    }

    private static void CheckQuotes(string name, CsvMalformedRecord record)
    {
        if (record.Reason == CsvMalformedReason.TextAfterClosingQuote)
        {
            throw new StepZeroException(
                $"{name}: line {record.LineNumber}: text after a closing quote; expected a separator or the end of the line. Double quotes that are part of a quoted text.");
        }
    }
}
