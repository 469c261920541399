using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using StepZero.Reports;
using Color = ScottPlot.Color;
using Palette = StepZero.Reports.Palette;

namespace StepZero.Benchmarks.Findings;

/// <summary>Small plots side by side or one above the other.</summary>
internal static class PanelFigure
{
    private const int Height = 280;

    public static byte[] Beside(params IReadOnlyList<Plot> panels)
    {
        int width = LineFigure.Width / panels.Count;
        using var sheet = new PictureSheet(LineFigure.Width, Height);
        for (int i = 0; i < panels.Count; i++)
        {
            Draw(sheet, panels[i], SKRect.Create(i * width, 0, width, Height));
        }

        return sheet.ToPng();
    }

    public static byte[] Above(params IReadOnlyList<Plot> panels)
    {
        using var sheet = new PictureSheet(LineFigure.Width, panels.Count * Height);
        for (int i = 0; i < panels.Count; i++)
        {
            panels[i].Layout.Fixed(new PixelPadding(76, 12, 52, 36));
            Draw(sheet, panels[i], SKRect.Create(0, i * Height, LineFigure.Width, Height));
        }

        return sheet.ToPng();
    }

    /// <summary>How values spread over a range.</summary>
    public static Plot Histogram(string title, string xLabel, IReadOnlyList<double> values, double low, double high, int color)
    {
        const int Bins = 40;
        double[] shares = new double[Bins];
        foreach (double value in values)
        {
            shares[Math.Clamp((int)((value - low) / (high - low) * Bins), 0, Bins - 1)] += 100.0 / values.Count;
        }

        Plot plot = Named(title, xLabel, "% of the activations");
        double width = (high - low) / Bins;
        Bar[] bars = [.. shares.Select((share, i) => new Bar
        {
            Position = low + ((i + 0.5) * width), Value = share, Size = width, FillColor = Color.FromHex(Palette.Of(color)), LineWidth = 0,
        })];
        plot.Add.Bars(bars);
        Frame(plot, low, high, 0, shares.Max() * 1.06);
        return plot;
    }

    /// <summary>Points, and a line through 0 with the slope 1 beside them.</summary>
    public static Plot Points(string title, string xLabel, string yLabel, double[] xs, double[] ys, int color)
    {
        Plot plot = Named(title, xLabel, yLabel);
        double size = xs.Concat(ys).Max(Math.Abs) * 1.08, range = xs.Max(Math.Abs) * 1.08;
        plot.Add.Line(-size, -size, size, size).LinePattern = LinePattern.Dotted;
        plot.Add.Markers(xs, ys, MarkerShape.FilledCircle, 4, Color.FromHex(Palette.Of(color)).WithAlpha(0.5));
        double high = ys.Max(Math.Abs) * 1.15;
        Frame(plot, -range, range, -high, high);
        return plot;
    }

    /// <summary>Groups of bars, each group of one color.</summary>
    public static Plot Bars(string title, string xLabel, string yLabel, IReadOnlyList<(string Name, double[] Values)> groups)
    {
        Plot plot = Named(title, xLabel, yLabel);
        double size = 0.8 / groups.Count;
        for (int group = 0; group < groups.Count; group++)
        {
            var color = Color.FromHex(Palette.Of(group));
            double from = (group - ((groups.Count - 1) / 2.0)) * size;
            Bar[] bars = [.. groups[group].Values.Select((value, i) => new Bar { Position = i + 1 + from, Value = value, Size = size, FillColor = color, LineWidth = 0 })];
            plot.Add.Bars(bars).LegendText = groups[group].Name;
        }

        int count = groups[0].Values.Length;
        Frame(plot, 0.4, count + 0.6, 0, groups.Max(group => group.Values.Max()) * 1.06);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(1, count).Select(i => new Tick(i, CostAxis.Number(i)))]);
        plot.ShowLegend(Alignment.UpperRight);
        plot.Legend.FontSize = 13;
        return plot;
    }

    private static Plot Named(string title, string xLabel, string yLabel)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        plot.Title(title, 14);
        plot.XLabel(xLabel, 13);
        plot.YLabel(yLabel, 13);
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.1);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 13;
        return plot;
    }

    private static void Frame(Plot plot, double left, double right, double low, double high)
    {
        plot.Axes.SetLimits(left, right, low, high);
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. CostAxis.NamedTicks(left, right, 5).Select(tick => new Tick(tick.Value, tick.Text))]);
        plot.Axes.Left.TickGenerator = new NumericManual([.. CostAxis.NamedTicks(low, high, 5).Select(tick => new Tick(tick.Value, tick.Text))]);
    }

    private static void Draw(PictureSheet sheet, Plot plot, SKRect place)
    {
        using SKBitmap picture = SKBitmap.Decode(plot.GetImage((int)place.Width, (int)place.Height).GetImageBytes(ImageFormat.Png));
        sheet.Draw(picture, place);
    }
}
