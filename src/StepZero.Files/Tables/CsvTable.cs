using CsvHelper;

namespace StepZero.Files.Tables;

/// <summary>
/// Reads a table of text: CSV, TSV and their like. What separates the fields, whether there are quotes and names, and what the columns hold is found from
/// the file. It is UTF-8, or UTF-16 with a byte order mark.
/// </summary>
internal static class CsvTable
{
    private const int SampleRows = 101;
    private const int SampleCells = 1 << 18;
    private const int FirstRows = 16;
    private const int MostFirstRows = 1 << 22;
    private const int OneThread = 1 << 20;
    private const int BlockRows = 256;

    /// <summary>Reads a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What is known of the table; null: nothing.</param>
    /// <param name="ignored">The names, or numbers from 1 where there are no names, of columns that are left out and may hold anything. A known table may lack them.</param>
    /// <param name="threads">How many threads read; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <exception cref="StepZeroException">The file cannot be read, is no table of text, or a column holds numbers and texts.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended early.</exception>
    public static Table Read(string path, TableForm? known, IReadOnlyCollection<string> ignored, int threads, CancellationToken cancellation) =>
        Damage.Guard(path, "a table of text", () =>
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1, FileOptions.SequentialScan);
            return Read(stream, path, known, ignored, threads, cancellation);
        });

    /// <summary>Reads a stream, which stays open. One that cannot be sought is held in memory meanwhile.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What messages call it.</param>
    /// <param name="known">What is known of the table; null: nothing.</param>
    /// <param name="ignored">The names, or numbers from 1 where there are no names, of columns that are left out and may hold anything. A known table may lack them.</param>
    /// <param name="threads">How many threads read; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <exception cref="StepZeroException">The stream cannot be read, is no table of text, or a column holds numbers and texts.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended early.</exception>
    public static Table Read(Stream stream, string name, TableForm? known, IReadOnlyCollection<string> ignored, int threads, CancellationToken cancellation) =>
        Damage.Guard(name, "a table of text", () =>
        {
            if (stream.CanSeek)
            {
                return ReadSeekable(stream, name, known, ignored, threads, cancellation);
            }

            using var memory = new MemoryStream();
            stream.CopyTo(memory);
            return ReadSeekable(memory, name, known, ignored, threads, cancellation);
        });

    private static Table ReadSeekable(
        Stream stream, string name, TableForm? known, IReadOnlyCollection<string> ignored, int threads, CancellationToken cancellation)
    {
        try
        {
            stream.Position = 0;
            CsvSeparator separator = CsvSeparator.Find(name, stream);
            bool decimalCommas = separator.Letter != ',';
            var records = new CsvRecords(name, stream, separator);
            List<CsvRecord> sample = Sample(name, records);
            var header = new CsvHeader(name, sample, decimalCommas);
            header.Find(known);
            if (known is null)
            {
                CheckIgnored(name, header.Names, ignored);
            }

            CsvColumn[] columns = Columns(header, known, ignored, decimalCommas);
            CsvColumn[] kept = [.. columns.Where(column => column.Form != CellForm.Ignored)];
            int rows = (int)Math.Min(MostFirstRows, (long)(1.03 * stream.Length / sample.Average(record => record.Length + 1)) + FirstRows);
            bool again = true;
            while (again)
            {
                rows = ReadRows(name, records, header.IsPresent, columns, kept, rows, stream.Length < OneThread ? 1 : threads, cancellation);
                again = kept.Aggregate(false, (any, column) => column.Reconsider(decimalCommas, name) | any);
            }

            return Finish(name, header, columns, rows);
        }
        catch (CsvFormatException error)
        {
            throw new StepZeroException(
                $"{name}: line {error.LineNumber} is longer than {CsvRecords.LongestRecord >> 20} MB; expected the rows of a table. "
                + "Is a quote not closed, or is this no table of text?",
                error);
        }
    }

    private static List<CsvRecord> Sample(string name, CsvRecords records)
    {
        List<CsvRecord> sample = [];
        foreach (CsvRecord record in records.Read(null, 1).Where(record => record.Fields > 0))
        {
            sample.Add(record);
            if (sample.Count == SampleRows || (sample.Count > 2 && sample.Count * (long)record.Fields > SampleCells))
            {
                break;
            }
        }

        return sample.Count > 0 ? sample : throw CsvSeparator.Empty(name);
    }

    private static void CheckIgnored(string name, string[] names, IReadOnlyCollection<string> ignored)
    {
        const int Listed = 20;
        if (ignored.FirstOrDefault(one => !names.Contains(one)) is string unknown)
        {
            string? listed = names.Length <= Listed ? null : $"It has {names.Length} columns, from {names[0]} to {names[^1]}.";
            throw new StepZeroException($"{name}: {StepZeroException.UnknownName("column", unknown, names, listed).Message}");
        }
    }

    private static CsvColumn[] Columns(CsvHeader header, TableForm? known, IReadOnlyCollection<string> ignored, bool decimalCommas)
    {
        HashSet<string> left = [.. ignored], texts = [.. known?.TextColumns ?? []];
        CsvColumn[] columns = [.. header.Names.Select((name, index) =>
            left.Contains(name) || (header.HasRowNames && index == 0) ? new CsvColumn(name, index, CellForm.Ignored, fixedForm: true)
            : texts.Contains(name) ? new CsvColumn(name, index, CellForm.Text, fixedForm: true)
            : new CsvColumn(name, index, CellForm.Number, fixedForm: false))];
        foreach (CsvRecord record in header.Rows.Where(record => record.Fields == columns.Length))
        {
            foreach (CsvColumn column in columns)
            {
                column.Sample(record);
            }
        }

        foreach (CsvColumn column in columns)
        {
            column.Guess(decimalCommas);
        }

        return columns;
    }

    private static int ReadRows(
        string name, CsvRecords records, bool hasHeader, CsvColumn[] columns, CsvColumn[] kept, int expected, int threads, CancellationToken cancellation)
    {
        foreach (CsvColumn column in kept)
        {
            column.Start(expected);
        }

        int rows = 0, filled = 0;
        var block = new CsvRecord[BlockRows];
        bool skip = hasHeader;
        foreach (CsvRecord record in records.Read([.. columns.Select(column => column.Form)], threads))
        {
            cancellation.ThrowIfCancellationRequested();
            if (record.Fields == 0 || skip)
            {
                skip &= record.Fields == 0;
                continue;
            }

            if (record.Fields != columns.Length)
            {
                throw new StepZeroException(
                    $"{name}: row {rows + filled + 1} (line {record.Line}) has {record.Fields} field{(record.Fields == 1 ? "" : "s")}; "
                    + $"expected {columns.Length} as in the first line. Correct the row, or quote what holds a separator.");
            }

            block[filled++] = record;
            if (filled == BlockRows)
            {
                AddBlock();
            }
        }

        AddBlock();
        return rows;

        void AddBlock()
        {
            foreach (CsvColumn column in kept)
            {
                column.Add(block.AsSpan(0, filled), rows);
            }

            rows += filled;
            filled = 0;
        }
    }

    private static Table Finish(string name, CsvHeader header, CsvColumn[] columns, int rows)
    {
        List<Column> read = [];
        List<string> notes = [];
        for (int index = 0; index < columns.Length; index++)
        {
            CsvColumn column = columns[index];
            if (column.Form == CellForm.Ignored)
            {
                if (header.HasRowNames && index == 0)
                {
                    notes.Add($"{name}: column 1 has no name; it was taken for names of the rows and left out.");
                }
            }
            else if (!header.Unnamed.Contains(index))
            {
                read.Add(column.ToColumn(rows));
                if (column.Form == CellForm.DecimalComma)
                {
                    notes.Add($"{name}: column '{column.Name}' has decimal commas; it was read as numbers.");
                }
            }
            else if (column.IsMissing || column.IsRowNumbers(rows))
            {
                notes.Add($"{name}: column {column.Name} has no name and {(column.IsMissing ? "is empty" : "numbers the rows")}; it was left out.");
            }
            else
            {
                throw new StepZeroException($"{name}: column {column.Name} has no name in the header. Name it, or leave it out with --ignore {column.Name}.");
            }
        }

        return read.Count > 0
            ? new Table(read, header.IsPresent, notes)
            : throw new StepZeroException($"{name}: no columns are left; expected at least one that is not left out.");
    }
}
