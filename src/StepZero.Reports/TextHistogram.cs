using System.Text;

namespace StepZero.Reports;

/// <summary>A histogram in lines of text.</summary>
public static class TextHistogram
{
    private const int Columns = 61;
    private const int Rows = 6;
    private const string Eighths = " ▁▂▃▄▅▆▇█";

    /// <summary>Draws how values spread around 0; the tallest column fills the height.</summary>
    /// <param name="values">The values, finite; at least one.</param>
    /// <returns>Six lines of columns, and one with the ends of the axis.</returns>
    public static string Draw(ReadOnlySpan<double> values)
    {
        double reach = 0;
        foreach (double value in values)
        {
            reach = Math.Max(reach, Math.Abs(value));
        }

        reach = reach == 0 ? 1 : reach;
        return Draw(values, -reach, reach, Figures.Short);
    }

    /// <summary>Draws how values spread from the smallest to the largest; the tallest column fills the height.</summary>
    /// <inheritdoc cref="Draw(ReadOnlySpan{double})"/>
    public static string DrawRange(ReadOnlySpan<double> values)
    {
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        foreach (double value in values)
        {
            (low, high) = (Math.Min(low, value), Math.Max(high, value));
        }

        return low < high ? Draw(values, low, high, Text) : Draw(values, low - 1, low + 1, Text);

        static string Text(double value) => Figures.Cost(value).Replace('-', '−');
    }

    private static string Draw(ReadOnlySpan<double> values, double start, double end, Func<double, string> text)
    {
        int[] counts = new int[Columns];
        foreach (double value in values)
        {
            counts[Math.Min(Columns - 1, (int)((value - start) / (end - start) * Columns))]++;
        }

        var lines = new StringBuilder();
        int most = counts.Max();
        for (int row = Rows - 1; row >= 0; row--)
        {
            string line = string.Concat(counts.Select(count =>
            {
                // A column that holds anything shows at least the lowest line.
                int height = count == 0 ? 0 : Math.Max(1, (int)Math.Round((double)count / most * Rows * (Eighths.Length - 1)));
                return Eighths[Math.Clamp(height - (row * (Eighths.Length - 1)), 0, Eighths.Length - 1)];
            }));
            lines.Append(line.TrimEnd()).Append('\n');
        }

        string low = text(start), middle = text(start + ((end - start) / 2)), high = text(end);
        string axis = $"{low}{middle.PadLeft((Columns / 2) + ((middle.Length + 1) / 2) - low.Length)}";
        return lines.Append(axis).Append(high.PadLeft(Columns - axis.Length)).Append('\n').ToString();
    }
}
