using Microsoft.Win32.SafeHandles;

namespace StepZero.Files.Tables;

/// <summary>Reads Parquet files: the columns that hold numbers or texts, of all groups of rows.</summary>
internal static class ParquetTable
{
    private const string PandasIndex = "__index_level_0__";

    /// <summary>Reads a file. Truth values become 0 and 1; a column of row numbers that pandas added is left out with a note.</summary>
    /// <param name="path">The file.</param>
    /// <param name="known">What is known of the table, or null.</param>
    /// <param name="ignored">The names of columns that are neither judged nor read. A known table may lack them.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <exception cref="StepZeroException">The file is no such table, or is damaged; an ignored column is not in it; a column holds neither numbers nor texts.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended early.</exception>
    public static Table Read(string path, TableForm? known, IReadOnlyCollection<string> ignored, CancellationToken cancellation) =>
        Damage.Guard(path, "a Parquet file", () =>
        {
            using SafeFileHandle handle = File.OpenHandle(path);
            var file = new ParquetFile(path, handle);
            ParquetColumn[] chosen = Choose(path, file, known is null, ignored);
            List<Column> columns = [];
            List<string> notes = [];
            foreach (ParquetColumn column in chosen)
            {
                Column read = column.ToNumber is null || known?.TextColumns.Contains(column.Name) == true
                    ? new Column(column.Name, null, file.Read(column, column.ToText, null, cancellation))
                    : new Column(column.Name, file.Read(column, column.ToNumber, double.NaN, cancellation), null);
                if (column.Name == PandasIndex && known?.Names.Contains(PandasIndex) != true && HoldsRowNumbers(read))
                {
                    notes.Add($"{path}: column '{PandasIndex}' holds row numbers that pandas added and is left out.");
                    continue;
                }

                columns.Add(read);
            }

            return columns.Count > 0 ? new Table(columns, true, notes) : throw NoColumns(path);
        });

    private static ParquetColumn[] Choose(string path, ParquetFile file, bool judgeIgnored, IReadOnlyCollection<string> ignored)
    {
        if (judgeIgnored && ignored.FirstOrDefault(name => file.Columns.All(column => column.Name != name)) is string unknown)
        {
            throw new StepZeroException($"{path}: {StepZeroException.UnknownName("column", unknown, file.Columns.Select(column => column.Name)).Message}");
        }

        ParquetColumn[] chosen = [.. file.Columns.Where(column => !ignored.Contains(column.Name))];
        if (chosen.Length == 0)
        {
            throw NoColumns(path);
        }

        if (file.Rows == 0)
        {
            throw new StepZeroException($"{path}: has no rows; expected at least one. Write the table with its rows.");
        }

        if (chosen.FirstOrDefault(column => column.Refusal is not null) is ParquetColumn bad)
        {
            throw new StepZeroException($"{path}: column '{bad.Name}' holds {bad.Refusal}; expected numbers or texts. Leave it out with --ignore {bad.Name}.");
        }

        if (chosen.GroupBy(column => column.Name).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new StepZeroException(
                $"{path}: {twice.Count()} columns are named '{twice.Key}'; expected one of each name. Rename them, or leave them out with --ignore {twice.Key}.");
        }

        long gigabytes = (long)file.Rows * chosen.Length * sizeof(double) / 1_000_000_000;
        long here = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 1_000_000_000;
        return gigabytes <= here
            ? chosen
            : throw new StepZeroException(
                $"{path}: {file.Rows} rows of {chosen.Length} columns need {gigabytes} GB of memory; expected at most {here} GB. Leave columns out with --ignore, or split the file.");
    }

    private static bool HoldsRowNumbers(Column column) =>
        column.Numbers is [double first, ..] numbers && double.IsInteger(first) && !numbers.Where((number, i) => number != first + i).Any();

    private static StepZeroException NoColumns(string path) => new($"{path}: no column is left to read; expected at least one with numbers or texts. Ignore fewer.");
}
