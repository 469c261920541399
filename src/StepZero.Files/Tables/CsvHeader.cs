using System.Globalization;

namespace StepZero.Files.Tables;

/// <summary>The names of the columns of a table of text, and its first records, by which it was found whether the file has names.</summary>
/// <param name="file">What messages call the file.</param>
/// <param name="sample">The first records, all cells as texts.</param>
/// <param name="decimalCommas">Whether commas may be decimal ones.</param>
internal sealed class CsvHeader(string file, List<CsvRecord> sample, bool decimalCommas)
{
    private const int FewestNumbers = 3;

    private readonly CsvRecord first = sample[0];
    private readonly bool isShorter = sample.Count > 1 && sample[0].Cells.All(double.IsNaN) && sample.Skip(1).All(record => record.Fields == sample[0].Fields + 1);
    private readonly List<CsvRecord> below = [.. sample.Skip(1).Where(record => record.Fields == sample[0].Fields)];

    /// <summary>The names, or the numbers from 1 where the file has none.</summary>
    public string[] Names { get; private set; } = [];

    /// <summary>Whether the first record is a header.</summary>
    public bool IsPresent { get; private set; }

    /// <summary>Whether the first column, which the header has no cell for, holds names of the rows, as R writes them.</summary>
    public bool HasRowNames { get; private set; }

    /// <summary>The columns without a name; their names are their numbers.</summary>
    public HashSet<int> Unnamed { get; } = [];

    /// <summary>The first rows, without the header.</summary>
    public IEnumerable<CsvRecord> Rows => sample.Skip(IsPresent ? 1 : 0);

    /// <summary>Finds the names.</summary>
    /// <param name="known">What is known of the table.</param>
    /// <exception cref="StepZeroException">There is a header but no rows, or its names do not differ.</exception>
    public void Find(TableForm? known)
    {
        IsPresent = isShorter || IsHeader(known);
        if (sample.Count == 1 && (IsPresent || first.Cells.All(double.IsNaN)))
        {
            throw new StepZeroException($"{file}: holds a header but no rows; expected at least one row of values below it.");
        }

        int fields = first.Fields + (isShorter ? 1 : 0);
        HasRowNames = isShorter && !sample.Skip(1).All(record => record.Texts[^1]!.Length == 0);
        string[] names = [.. first.Texts.Select(text => text!.Trim())];
        names = !isShorter ? names : HasRowNames ? ["", .. names] : [.. names, ""];
        if (IsPresent)
        {
            CheckNames(names);
            Unnamed.UnionWith(Enumerable.Range(0, fields).Where(column => names[column].Length == 0));
        }

        Names = [.. Enumerable.Range(0, fields).Select(column => IsPresent && names[column].Length > 0 ? names[column] : Number(column))];
    }

    private static string Number(int column) => (column + 1).ToString(CultureInfo.InvariantCulture);

    private bool IsHeader(TableForm? known)
    {
        if (known is null)
        {
            return NamesNumbers([]) || NamesTexts() || IsCount();
        }

        HashSet<string> names = [.. known.Names];
        bool numbered = known.Names.Select((name, column) => name == Number(column)).All(same => same);
        return numbered
            ? NamesNumbers(known.TextColumns) || (IsCount() && first.Texts.SequenceEqual(known.Names))
            : first.Texts.Count(text => names.Contains(text!.Trim())) * 2 > first.Fields || NamesNumbers([]) || NamesTexts() || IsCount();
    }

    /// <summary>Whether some cell of the first record is a text above numbers.</summary>
    private bool NamesNumbers(IReadOnlyCollection<string> textColumns) =>
        Enumerable.Range(0, first.Fields).Any(column => IsText(first, column) && HoldsNumbers(column) && !textColumns.Contains(Number(column)));

    /// <summary>Whether the first record holds texts that differ and do not occur again, above texts.</summary>
    private bool NamesTexts()
    {
        int start = HasCorner() ? 1 : 0;
        return below.Count > 0 && first.Texts.Distinct().Count() == first.Fields
            && Enumerable.Range(start, first.Fields - start).All(column => IsText(first, column) && !HoldsNumbers(column)
                && !below.Exists(record => record.Texts[column] == first.Texts[column]));
    }

    /// <summary>Whether the first record counts the columns, from 0 or 1, and the next one does not.</summary>
    private bool IsCount()
    {
        int start = HasCorner() ? 1 : 0;
        return (start == 1 || first.Fields >= FewestNumbers) && Counts(first) && !(below.Count > 0 && Counts(below[0]));

        bool Counts(CsvRecord record) => record.Cells[start] is 0 or 1
            && Enumerable.Range(start, record.Fields - start).All(column => record.Cells[column] == record.Cells[start] + column - start);
    }

    /// <summary>Whether the first cell is empty, above numbers of rows.</summary>
    private bool HasCorner() => first.Fields > 1 && first.Texts[0]!.Length == 0 && HoldsNumbers(0);

    private bool HoldsNumbers(int column) => below.Exists(record => IsNumber(record, column)) && !below.Exists(record => IsText(record, column));

    private bool IsNumber(CsvRecord record, int column) => !double.IsNaN(record.Cells[column]) || (decimalCommas && CsvCell.HasComma(record.Cells[column]));

    private bool IsText(CsvRecord record, int column) => CsvCell.IsText(record.Cells[column]) && !IsNumber(record, column);

    private void CheckNames(string[] names)
    {
        string[] repeated = [.. names.Select((name, column) => (name, column)).Where(at => at.name.Length > 0).GroupBy(at => at.name, at => at.column + 1)
            .Where(group => group.Skip(1).Any()).Select(group => $"'{group.Key}' in columns {string.Join(" and ", group)}")];
        if (repeated.Length > 0)
        {
            throw new StepZeroException($"{file}: the header repeats {string.Join(", ", repeated)}; expected names that differ. Rename one of them.");
        }
    }
}
