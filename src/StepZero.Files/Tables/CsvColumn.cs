namespace StepZero.Files.Tables;

/// <summary>A column of a table of text while it is read: how its cells are read, what they were found to be, and their values.</summary>
/// <param name="name">Its name, or its number from 1.</param>
/// <param name="index">Which field of a record it is, from 0.</param>
/// <param name="form">How its cells are read at first.</param>
/// <param name="fixedForm">Whether they stay so: the column is ignored, or known to be texts.</param>
internal sealed class CsvColumn(string name, int index, CellForm form, bool fixedForm)
{
    private const int LongestShown = 41;

    private double[] numbers = [];
    private string?[] texts = [];
    private CellTally tally;
    private bool noCommas;

    /// <summary>Its name, or its number from 1.</summary>
    public string Name => name;

    /// <summary>How its cells are read.</summary>
    public CellForm Form { get; private set; } = form;

    /// <summary>Whether every cell of the last reading is missing.</summary>
    public bool IsMissing => tally is { Numbers: 0, Texts: 0 };

    /// <summary>Forgets what was read.</summary>
    /// <param name="rows">How many rows there may be.</param>
    public void Start(int rows)
    {
        tally = default;
        numbers = new double[Form is CellForm.Number or CellForm.DecimalComma ? rows : 0];
        texts = new string?[Form == CellForm.Text ? rows : 0];
    }

    /// <summary>Takes the cells of some rows.</summary>
    /// <param name="records">The rows.</param>
    /// <param name="row">The number of the first of them, from 0.</param>
    public void Add(ReadOnlySpan<CsvRecord> records, int row)
    {
        if (Form == CellForm.Text)
        {
            Span<string?> values = Room(ref texts, row, records.Length);
            for (int i = 0; i < records.Length; i++)
            {
                double cell = records[i].Cells[index];
                tally.Add(cell, records[i], index, row + i);
                values[i] = double.IsNaN(cell) && !CsvCell.IsText(cell) ? null : records[i].Texts[index];
            }
        }
        else
        {
            Span<double> values = Room(ref numbers, row, records.Length);
            for (int i = 0; i < records.Length; i++)
            {
                double cell = records[i].Cells[index];
                tally.Add(cell, records[i], index, row + i);
                values[i] = cell;
            }
        }
    }

    /// <summary>Takes the cell of a row of the first lines, to choose the form by.</summary>
    public void Sample(in CsvRecord record) => tally.Add(record.Cells[index], record, index, 0);

    /// <summary>Chooses the form by the first lines; the wrong one costs time only.</summary>
    public void Guess(bool decimalCommas) => Form = Judge(decimalCommas);

    /// <summary>Whether the cells have to be read again in another form, which is set then.</summary>
    /// <param name="decimalCommas">Whether commas may be decimal ones.</param>
    /// <param name="file">What messages call the file.</param>
    /// <exception cref="StepZeroException">Some cells are numbers, others are not.</exception>
    public bool Reconsider(bool decimalCommas, string file)
    {
        CellForm right = Judge(decimalCommas);
        if (right == CellForm.Number && tally.Texts > 0 && Form != CellForm.DecimalComma)
        {
            throw Mixed(file);
        }

        noCommas |= Form == CellForm.DecimalComma;
        bool again = right != Form;
        Form = right;
        return again;
    }

    /// <summary>Whether the column numbers the rows: 0, 1, 2, … or from any other whole number.</summary>
    public bool IsRowNumbers(int rows) => Form == CellForm.Number && rows > 0
        && double.IsInteger(numbers[0]) && Enumerable.Range(0, rows).All(row => numbers[row] == numbers[0] + row);

    /// <summary>The column as it was read.</summary>
    public Column ToColumn(int rows)
    {
        Array.Resize(ref numbers, Form == CellForm.Text ? 0 : rows);
        Array.Resize(ref texts, Form == CellForm.Text ? rows : 0);
        return Form == CellForm.Text ? new Column(name, null, texts) : new Column(name, numbers, null);
    }

    private CellForm Judge(bool decimalCommas) => fixedForm ? Form
        : Form == CellForm.DecimalComma ? tally.Texts == 0 ? Form : CellForm.Number
        : tally.Texts == 0 ? CellForm.Number
        : decimalCommas && !noCommas && tally.Commas == tally.Texts ? CellForm.DecimalComma
        : tally.Numbers > tally.Texts ? CellForm.Number
        : CellForm.Text;

    private static Span<T> Room<T>(ref T[] values, int row, int count)
    {
        if (row + count > values.Length)
        {
            Array.Resize(ref values, checked(Math.Max(row + count, row + (row / 2))));
        }

        return values.AsSpan(row, count);
    }

    private StepZeroException Mixed(string file) => new(
        $"{file}: column '{name}' holds {tally.Texts} text{(tally.Texts == 1 ? "" : "s")} among {tally.Numbers} numbers; the first is '{OneLine.Of(tally.FirstText!, LongestShown)}' "
        + $"in row {tally.FirstRow + 1} (line {tally.FirstLine}). Correct it, or leave the column out with --ignore {name}.");
}
