using System.Text;

namespace StepZero.Cli;

/// <summary>A table of text with rounded borders. (Compiling a terminal library at every start took longer than all trainings together.)</summary>
internal static class TextTable
{
    /// <summary>The table as lines.</summary>
    /// <param name="titles">The title of each column.</param>
    /// <param name="rows">The cells of each row, as many as there are titles.</param>
    /// <param name="leftAligned">The columns whose cells stand left; the others stand right.</param>
    public static string Format(string[] titles, string[][] rows, int[] leftAligned)
    {
        int[] widths = [.. titles.Select((title, column) => rows.Select(row => row[column].Length).Append(title.Length).Max())];
        var text = new StringBuilder();
        Line('╭', '┬', '╮');
        Cells(titles);
        Line('├', '┼', '┤');
        foreach (string[] row in rows)
        {
            Cells(row);
        }

        Line('╰', '┴', '╯');
        return text.ToString();

        void Line(char left, char middle, char right) =>
            text.Append(left).AppendJoin(middle, widths.Select(width => new string('─', width + 2))).Append(right).Append('\n');

        void Cells(string[] cells)
        {
            for (int column = 0; column < cells.Length; column++)
            {
                string cell = leftAligned.Contains(column) ? cells[column].PadRight(widths[column]) : cells[column].PadLeft(widths[column]);
                text.Append("│ ").Append(cell).Append(' ');
            }

            text.Append("│\n");
        }
    }
}
