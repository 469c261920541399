using System.Globalization;
using System.Text;
using StepZero.Data;

namespace StepZero.Reports;

/// <summary>
/// Samples as pictures of characters: one picture of each class side by side, or those of the smallest, middle and largest number to predict; or the points
/// of two features.
/// </summary>
public static class TextPicture
{
    private const string Ramp = " .:-=+*#%@";
    private const string Marks = "o+x*#%@&";
    private const string Tenths = "0123456789";
    private const int Gap = 2;
    private const int MostLines = 19;
    private const int MostLinesOfAll = 32;

    /// <summary>The pictures as lines; null where the samples are no pictures and have other than two features.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="width">The characters of a line.</param>
    /// <param name="color">Whether the terminal shows colors of 24 bits; otherwise lighter is drawn denser.</param>
    public static string? Of(Dataset data, int width, bool color) =>
        data.ImageSize is ImageSize size ? Pictures(data, size, width, color) : data is { FeatureCount: 2, HasByteFeatures: false } ? Scatter(data, Math.Min(width, 64)) : null;

    private static string Pictures(Dataset data, ImageSize size, int width, bool color)
    {
        (int Sample, string Title)[] shown = data.Targets is not null ? Spread(data.Targets)
            : [.. Enumerable.Range(0, data.Classes.Count).Where(label => data.Labels.Contains(label)).Select(label => (data.Labels.IndexOf(label), data.Classes[label]))];

        // A character is about twice as high as wide.
        int lines = Math.Min(MostLines, Math.Max(1, size.Height));
        int columns = Math.Clamp((int)Math.Round(2.0 * lines * size.Width / size.Height), 1, width);
        int across = Math.Max(1, (width + Gap) / (columns + Gap));
        var pixels = new SamplePixels(data);
        var text = new StringBuilder();
        foreach ((int Sample, string Title)[] row in shown.Chunk(across).Take(Math.Max(1, MostLinesOfAll / lines)))
        {
            double[][] shrunk = [.. row.Select(one => Shrink(pixels.Rgb(one.Sample), size, columns, color ? 2 * lines : lines))];
            text.AppendJoin(new string(' ', Gap), row.Select(one => OneLine.Of(one.Title, columns).PadRight(columns))).Append('\n');
            for (int line = 0; line < lines; line++)
            {
                for (int picture = 0; picture < row.Length; picture++)
                {
                    text.Append(' ', picture == 0 ? 0 : Gap);
                    AppendLine(text, shrunk[picture], line, columns, color);
                }

                text.Append('\n');
            }
        }

        return text.ToString();
    }

    /// <summary>The samples of the smallest, the middle and the largest number to predict.</summary>
    private static (int Sample, string Title)[] Spread(IReadOnlyList<double> targets)
    {
        int[] order = [.. Enumerable.Range(0, targets.Count).OrderBy(sample => targets[sample])];
        int[] chosen = [order[0], order[order.Length / 2], order[^1]];
        return [.. chosen.Distinct().Select(sample => (sample, Figures.Short(targets[sample])))];
    }

    /// <summary>One line of a picture: two rows of cells as colored half blocks, or one row of denser and thinner characters.</summary>
    private static void AppendLine(StringBuilder text, double[] cells, int line, int columns, bool color)
    {
        for (int column = 0; column < columns; column++)
        {
            if (color)
            {
                ReadOnlySpan<double> upper = cells.AsSpan(3 * ((2 * line * columns) + column), 3);
                ReadOnlySpan<double> lower = cells.AsSpan(3 * ((((2 * line) + 1) * columns) + column), 3);
                text.Append(CultureInfo.InvariantCulture, $"\e[38;2;{(int)upper[0]};{(int)upper[1]};{(int)upper[2]}m\e[48;2;{(int)lower[0]};{(int)lower[1]};{(int)lower[2]}m▀");
            }
            else
            {
                ReadOnlySpan<double> cell = cells.AsSpan(3 * ((line * columns) + column), 3);
                double light = (0.299 * cell[0]) + (0.587 * cell[1]) + (0.114 * cell[2]);
                text.Append(Ramp[(int)(light / 256 * Ramp.Length)]);
            }
        }

        text.Append(color ? "\e[0m" : "");
    }

    /// <summary>The mean color of each cell, red, green and blue.</summary>
    private static double[] Shrink(byte[] rgb, ImageSize size, int columns, int rows)
    {
        double[] cells = new double[3 * columns * rows];
        for (int row = 0; row < rows; row++)
        {
            (int top, int bottom) = Part(row, rows, size.Height);
            for (int column = 0; column < columns; column++)
            {
                (int left, int right) = Part(column, columns, size.Width);
                for (int color = 0; color < 3; color++)
                {
                    double sum = 0;
                    for (int y = top; y < bottom; y++)
                    {
                        for (int x = left; x < right; x++)
                        {
                            sum += rgb[(3 * ((y * size.Width) + x)) + color];
                        }
                    }

                    cells[(3 * ((row * columns) + column)) + color] = sum / ((bottom - top) * (right - left));
                }
            }
        }

        return cells;
    }

    private static (int From, int To) Part(int index, int parts, int length)
    {
        int from = (int)((long)index * length / parts);
        return (from, Math.Max(from + 1, (int)((index + 1L) * length / parts)));
    }

    private static string Scatter(Dataset data, int columns)
    {
        double[] xs = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Values[2 * i])];
        double[] ys = [.. Enumerable.Range(0, data.SampleCount).Select(i => data.Values[(2 * i) + 1])];
        if (!xs.Concat(ys).All(double.IsFinite))
        {
            return "";
        }

        double[] targets = [.. data.Targets ?? []];
        double least = targets is [] ? 0 : targets.Min(), most = targets is [] ? 0 : targets.Max();
        double left = xs.Min(), right = xs.Max(), low = ys.Min(), high = ys.Max();
        char[][] grid = [.. Enumerable.Range(0, MostLines).Select(_ => Enumerable.Repeat(' ', columns).ToArray())];
        for (int i = 0; i < xs.Length; i++)
        {
            grid[MostLines - 1 - Cell(ys[i], low, high, MostLines)][Cell(xs[i], left, right, columns)] =
                targets is [] ? Marks[data.Labels[i] % Marks.Length] : Tenths[Cell(targets[i], least, most, Tenths.Length)];
        }

        string legend = targets is not [] ? $"0 to 9: {Figures.Short(least)} to {Figures.Short(most)}" : string.Join(", ", data.Classes.Take(Marks.Length).Select((name, label) => $"{Marks[label]} {name}"));
        return $"{string.Join('\n', grid.Select(row => new string(row).TrimEnd()))}\n{legend}\n";
    }

    private static int Cell(double value, double low, double high, int cells) => high > low ? Math.Min(cells - 1, (int)((value - low) / (high - low) * cells)) : 0;
}
