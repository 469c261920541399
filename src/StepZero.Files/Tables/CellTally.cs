namespace StepZero.Files.Tables;

/// <summary>What the cells of a column were found to be.</summary>
internal struct CellTally
{
    /// <summary>How many are numbers.</summary>
    public int Numbers { get; private set; }

    /// <summary>How many are texts.</summary>
    public int Texts { get; private set; }

    /// <summary>How many of the texts would be numbers if a comma were the decimal point.</summary>
    public int Commas { get; private set; }

    /// <summary>The first text.</summary>
    public string? FirstText { get; private set; }

    /// <summary>The row of the first text, from 0.</summary>
    public int FirstRow { get; private set; }

    /// <summary>The line of the first text.</summary>
    public long FirstLine { get; private set; }

    /// <summary>Counts a cell.</summary>
    public void Add(double cell, in CsvRecord record, int index, int row)
    {
        if (!double.IsNaN(cell))
        {
            Numbers++;
        }
        else if (CsvCell.IsText(cell))
        {
            if (Texts++ == 0)
            {
                (FirstText, FirstRow, FirstLine) = (record.Texts[index], row, record.Line);
            }

            Commas += CsvCell.HasComma(cell) ? 1 : 0;
        }
    }
}
