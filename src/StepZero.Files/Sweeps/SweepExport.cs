using Parquet;
using Parquet.Schema;
using StepZero.Sweeps;

namespace StepZero.Files;

/// <summary>Writes what is finished of a sweep as a table: a row a training, a column each option that differs between settings.</summary>
public static class SweepExport
{
    private const string Advice = "Choose another file.";
    private const int RowsOfAGroup = 1 << 16;
    private const int RowsInHand = 1024;

    /// <summary>Writes a table.</summary>
    /// <param name="results">The sweep.</param>
    /// <param name="path">A file that ends in .csv or .parquet; replaced if it exists. The curves of costs are in .parquet alone.</param>
    /// <exception cref="StepZeroException">It ends in something else, or cannot be written.</exception>
    public static void Write(SweepResults results, string path)
    {
        Action<SweepResults, Stream> write = Path.GetExtension(path).ToLowerInvariant() switch
        {
            ".csv" => WriteCsv,
            ".parquet" => (from, to) => WriteParquet(from, to).GetAwaiter().GetResult(),
            _ => throw new StepZeroException($"{path}: expected a name that ends in .csv or .parquet."),
        };
        AtomicFile.Write(path, file => write(results, file), Advice);
    }

    private static void WriteCsv(SweepResults results, Stream file)
    {
        IReadOnlyList<SweepColumn> columns = SweepColumn.Of(results.Plan);
        var text = new Utf8Text();
        for (int i = 0; i < columns.Count; i++)
        {
            text.Append(i == 0 ? ""u8 : ","u8).AppendCell(columns[i].Name);
        }

        text.Append("\n"u8);
        foreach (SweepLine[] lines in SweepColumn.Lines(results).Chunk(RowsInHand))
        {
            foreach (SweepLine line in lines)
            {
                for (int i = 0; i < columns.Count; i++)
                {
                    Append(text.Append(i == 0 ? ""u8 : ","u8), columns[i], line);
                }

                text.Append("\n"u8);
            }

            text.MoveTo(file);
        }

        text.MoveTo(file);
    }

    private static void Append(Utf8Text text, SweepColumn column, SweepLine line)
    {
        if (column.Text is not null)
        {
            text.AppendCell(column.Text(line));
        }
        else if (column.Whole?.Invoke(line) is long whole)
        {
            text.Append(whole);
        }
        else if (column.Number?.Invoke(line) is double number && double.IsFinite(number))
        {
            text.Append(number);
        }
    }

    private static async Task WriteParquet(SweepResults results, Stream file)
    {
        (SweepColumn Column, DataField Field)[] columns = [.. SweepColumn.Of(results.Plan).Select(column => (column, Field(column)))];
        var point = new DataField<float>(ListField.ElementName);
        var schema = new ParquetSchema([.. columns.Select(column => column.Field), new ListField(SweepColumn.CurveName, point)]);
        await using ParquetWriter writer = await ParquetWriter.CreateAsync(schema, file).ConfigureAwait(false);
        foreach (SweepLine[] lines in SweepColumn.Lines(results).Chunk(RowsOfAGroup))
        {
            using ParquetRowGroupWriter group = writer.CreateRowGroup();
            foreach ((SweepColumn column, DataField field) in columns)
            {
                await Write(group, column, field, lines).ConfigureAwait(false);
            }

            await WriteCurves(group, point, lines).ConfigureAwait(false);
        }
    }

    private static DataField Field(SweepColumn column) => column switch
    {
        { Whole: not null } => new DataField<long?>(column.Name),
        { Number: not null } => new DataField<double?>(column.Name),
        _ => new DataField<string>(column.Name),
    };

    private static Task Write(ParquetRowGroupWriter group, SweepColumn column, DataField field, SweepLine[] lines) => column switch
    {
        { Whole: Func<SweepLine, long?> whole } => group.WriteAsync<long>(field, Array.ConvertAll(lines, line => whole(line))),
        { Number: Func<SweepLine, double?> number } => group.WriteAsync<double>(field, Array.ConvertAll(lines, line => number(line) is double value && double.IsFinite(value) ? value : (double?)null)),
        _ => group.WriteAsync(field, Array.ConvertAll(lines, line => column.Text!(line))),
    };

    /// <summary>Lists by their levels: a point begins a list where it repeats nothing, and a list without points defines itself alone.</summary>
    private static Task WriteCurves(ParquetRowGroupWriter group, DataField point, SweepLine[] lines)
    {
        float[] points = [.. lines.SelectMany(line => line.Training.Curve)];
        var defined = new List<int>();
        var repeated = new List<int>();
        foreach (SweepLine line in lines)
        {
            int length = line.Training.Curve.Length;
            defined.AddRange(Enumerable.Repeat(length == 0 ? point.MaxDefinitionLevel - 1 : point.MaxDefinitionLevel, Math.Max(1, length)));
            repeated.Add(0);
            repeated.AddRange(Enumerable.Repeat(point.MaxRepetitionLevel, Math.Max(1, length) - 1));
        }

        return group.WriteAllPartsAsync<float>(point, points, defined.ToArray(), repeated.ToArray(), CancellationToken.None);
    }
}
