namespace StepZero.Cli;

/// <summary>A cost curve in a line of braille characters, four steps high.</summary>
internal static class BrailleCurve
{
    private const int StepsHigh = 4;
    private const char Empty = '\u2800';

    /// <summary>The dots of the left and right half of a character, from the top.</summary>
    private static readonly int[][] Dots = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];

    /// <summary>Draws a curve between the least and the largest cost of all curves, so that those of a table can be compared.</summary>
    /// <param name="costs">The curve.</param>
    /// <param name="all">The costs of all curves of the table.</param>
    /// <param name="width">Characters; each holds two points, averages over their part of the iterations.</param>
    public static string Draw(double[] costs, double[] all, int width)
    {
        char[] line = new char[width];
        Array.Fill(line, Empty);
        int points = Math.Min(2 * width, costs.Length);
        if (points == 0)
        {
            return new string(line);
        }

        double low = all.Min(), high = all.Max();
        for (int point = 0; point < points; point++)
        {
            int first = (int)((long)point * costs.Length / points), last = (int)((long)(point + 1) * costs.Length / points);
            double share = high > low ? (costs.AsSpan(first, last - first).ToArray().Average() - low) / (high - low) : 0;
            int fromTop = StepsHigh - 1 - (int)Math.Min(StepsHigh - 1, share * StepsHigh);
            line[point / 2] = (char)(line[point / 2] | Dots[point % 2][fromTop]);
        }

        return new string(line);
    }
}
