using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using StepZero.Networks;

namespace StepZero.Reports;

/// <summary>
/// A confusion matrix as a plot: rows are true classes, columns predicted ones. The shade of a cell is its share of its row, so a rare class is as
/// readable as a frequent one; the number in it, where there is room, counts samples.
/// </summary>
internal static class ConfusionPlot
{
    /// <summary>Of more answers a cell would be smaller than a letter.</summary>
    public const int MostAnswers = 100;

    private const int LongestName = 24;
    private const int ShortestName = 6;
    private const float TitleLetter = 10.5f;
    private const int TitleHeight = 52;
    private const int BarSteps = 50;
    private const float LetterWidth = 0.64f;
    private const float SmallestFont = 7;
    private const float LargestFont = 17;

    private static readonly Color Dark = Color.FromHex(Palette.Of(0));

    /// <summary>The plot, and its size in pixels, which keeps the cells square.</summary>
    /// <param name="evaluation">An evaluation of answers, at most <see cref="MostAnswers"/>.</param>
    /// <param name="name">What the samples are called.</param>
    public static (Plot Plot, int Width, int Height) Draw(Evaluation evaluation, string name)
    {
        EmbeddedFont.Register();
        int[,] counts = evaluation.Confusion!;
        int n = evaluation.Answers.Count;
        float cell = Math.Clamp(560f / n, 9, 130);
        var plot = new Plot();
        double barAt = n + (28 / cell), barWidth = 18 / cell;
        string[] names = [.. evaluation.Answers.Select(answer => OneLine.Of(answer, LongestName))];
        float font = Math.Clamp(cell * 0.6f, 8, 14);
        float longest = WidthOf(names, font);
        bool upright = longest > cell - 6;
        var padding = new PixelPadding(longest + 48, 84, (upright ? longest : font) + 48, TitleHeight);

        DrawCells(plot, counts, cell);
        Outline(plot, 0, n, n);
        DrawBar(plot, barAt, barWidth, n);
        Axes(plot, names, font, upright);
        float width = (float)(cell * (barAt + barWidth));
        string result = $": accuracy {Figures.Percent(evaluation.Accuracy)} on {Figures.Count(evaluation.Samples)}";
        int letters = (int)((width + (2 * Math.Min(padding.Left, padding.Right))) / TitleLetter) - result.Length;
        plot.Title(OneLine.Of(name, Math.Max(ShortestName, letters)) + result, 16);
        plot.Axes.SetLimits(0, barAt + barWidth, 0, n);
        plot.Layout.Fixed(padding);
        return (plot, (int)(width + padding.Left + padding.Right), (int)((cell * n) + padding.Top + padding.Bottom));
    }

    private static void DrawCells(Plot plot, int[,] counts, float cell)
    {
        int n = counts.GetLength(0);
        int digits = Figures.Count(counts.Cast<int>().Max()).Length;
        float font = Math.Min(LargestFont, cell * 0.86f / (LetterWidth * digits));
        for (int row = 0; row < n; row++)
        {
            int samples = Enumerable.Range(0, n).Sum(column => counts[row, column]);
            for (int column = 0; column < n; column++)
            {
                int count = counts[row, column];
                if (count == 0)
                {
                    continue;
                }

                double share = (double)count / samples, bottom = n - 1 - row;
                Fill(plot, column, column + 1, bottom, bottom + 1, share);
                if (font >= SmallestFont)
                {
                    ScottPlot.Plottables.Text text = plot.Add.Text(Figures.Count(count), column + 0.5, bottom + 0.5);
                    text.LabelAlignment = Alignment.MiddleCenter;
                    text.LabelFontSize = font;
                    text.LabelFontColor = share > 0.85 ? Colors.White : Colors.Black;
                }
            }
        }
    }

    /// <summary>What a shade means, beside the cells.</summary>
    private static void DrawBar(Plot plot, double left, double width, int n)
    {
        for (int step = 0; step < BarSteps; step++)
        {
            // Up to the top, so that no light falls between two steps.
            Fill(plot, left, left + width, (double)step * n / BarSteps, n, (step + 0.5) / BarSteps);
        }

        Outline(plot, left, left + width, n);
        double[] shares = [0, 0.25, 0.5, 0.75, 1];
        plot.Axes.Right.TickGenerator = new NumericManual(
            [.. shares.Select(share => new Tick(share * n, share.ToString("0%", CultureInfo.InvariantCulture)))]);
        plot.Axes.Right.TickLabelStyle.FontSize = 12;
        plot.Axes.Right.Label.Text = "share of the row";
        plot.Axes.Right.Label.FontSize = 13;
        plot.Axes.Right.Label.Bold = false;
        plot.Axes.SetLimitsY(0, n, plot.Axes.Right);
    }

    private static void Axes(Plot plot, string[] names, float font, bool upright)
    {
        int n = names.Length;
        plot.XLabel("predicted class", 14);
        plot.YLabel("true class", 14);
        plot.HideGrid();
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. names.Select((one, column) => new Tick(column + 0.5, one))]);
        plot.Axes.Left.TickGenerator = new NumericManual([.. names.Select((one, row) => new Tick(n - row - 0.5, one))]);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = font;
        if (upright)
        {
            plot.Axes.Bottom.TickLabelStyle.Rotation = 90;
            plot.Axes.Bottom.TickLabelStyle.Alignment = Alignment.MiddleLeft;
            plot.Axes.Bottom.Label.OffsetY = WidthOf(names, font) - font;
        }

        foreach (IAxis axis in plot.Axes.GetAxes())
        {
            axis.FrameLineStyle.Width = axis.MajorTickStyle.Length = axis.MinorTickStyle.Length = 0;
        }
    }

    private static float WidthOf(string[] names, float size)
    {
        using var font = new SKFont(EmbeddedFont.Regular, size);
        return names.Max(name => font.MeasureText(name));
    }

    private static void Fill(Plot plot, double left, double right, double bottom, double top, double share)
    {
        ScottPlot.Plottables.Rectangle cell = plot.Add.Rectangle(left, right, bottom, top);
        cell.FillColor = Colors.White.InterpolateRgb(Dark, share);
        cell.LineWidth = 0;
    }

    private static void Outline(Plot plot, double left, double right, double top)
    {
        ScottPlot.Plottables.Rectangle frame = plot.Add.Rectangle(left, right, 0, top);
        frame.FillColor = Colors.Transparent;
        frame.LineColor = Colors.Gray;
        frame.LineWidth = 1;
    }
}
