using ScottPlot;
using ScottPlot.TickGenerators;

namespace StepZero.Reports;

/// <summary>A chart as a plot, for files of pictures.</summary>
internal static class ChartPlot
{
    /// <summary>The share of the plot's width that a letter of a line's name takes.</summary>
    private const double LabelRoom = 0.0122;

    private static readonly Color Ink = Colors.Black.WithAlpha(0.65);

    /// <summary>The distance between names at the ends of lines, as a share of the height, in a plot of the usual size.</summary>
    private const double NameDistance = 0.055;

    /// <summary>The same in a low plot, of half that size.</summary>
    public const double LowNameDistance = 0.1;

    /// <summary>Draws the chart.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="nameDistance">The least distance between names, as a share of the height.</param>
    public static Plot Draw(Chart chart, double nameDistance = NameDistance)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        plot.Title(chart.Title, 16);
        plot.XLabel(chart.XName, 14);
        plot.YLabel(chart.YName, 14);
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.1);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 13;
        ChartAxis x = chart.X, y = chart.Y;
        plot.Axes.Bottom.TickGenerator = Ticks(x);
        plot.Axes.Left.TickGenerator = Ticks(y);
        double room = LabelRoom * chart.Lines.Select(line => line.Name.Length).Append(chart.Letters.Names).Max();
        double right = x.Low + (1.02 * (x.High - x.Low) / (1 - room));
        plot.Axes.SetLimits(x.Low, right, y.Low, y.High);
        var names = new List<(ChartLine Line, double Y)>();
        foreach (ChartLine line in chart.Lines)
        {
            IReadOnlyList<(double X, double Y)>[] parts = [.. chart.Parts(line)];
            foreach (IReadOnlyList<(double X, double Y)> part in parts)
            {
                ScottPlot.Plottables.Scatter drawn = plot.Add.Scatter(
                    part.Select(point => x.Scale(point.X)).ToArray(), part.Select(point => y.Scale(point.Y)).ToArray(), Color.FromHex(Palette.Of(line.Color)));
                drawn.LineWidth = 2;
                drawn.LinePattern = line.Kind switch { LineKind.Dashed => LinePattern.Dashed, LineKind.Dotted => LinePattern.Dotted, _ => LinePattern.Solid };
                drawn.MarkerSize = line.Marked || part.Count == 1 ? 6 : 0;
            }

            if (line.Name.Length > 0 && parts is [.., [.., (_, double last)]])
            {
                names.Add((line, y.Scale(last)));
            }
        }

        foreach (ChartLimit limit in chart.Limits.Where(limit => double.IsFinite(limit.Value)))
        {
            plot.Add.HorizontalLine(y.Scale(limit.Value), 1.5f, Ink, LinePattern.DenselyDashed);
            Name(limit.Name, x.High, y.Scale(limit.Value), Ink, Alignment.LowerRight, bold: false);
        }

        double[] places = CostAxis.Spread([.. names.Select(name => name.Y)], nameDistance * (y.High - y.Low), y.Low, y.High);
        for (int i = 0; i < names.Count; i++)
        {
            Name(names[i].Line.Name, x.High + (0.012 * (right - x.Low)), places[i], Color.FromHex(Palette.Of(names[i].Line.Color)), Alignment.MiddleLeft, bold: true);
        }

        return plot;

        void Name(string text, double atX, double atY, Color color, Alignment alignment, bool bold)
        {
            ScottPlot.Plottables.Text label = plot.Add.Text(text, atX, atY);
            label.LabelFontColor = color;
            label.LabelFontSize = 14;
            label.LabelBold = bold;
            label.LabelAlignment = alignment;
        }
    }

    private static NumericManual Ticks(ChartAxis axis) => new([.. axis.Ticks.Select(tick => new Tick(axis.Scale(tick.Value), tick.Text, tick.Text.Length > 0))]);
}
