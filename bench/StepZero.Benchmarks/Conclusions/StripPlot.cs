using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;
using StepZero.RandomNumbers;
using StepZero.Reports;
using Color = ScottPlot.Color;
using Palette = StepZero.Reports.Palette;

namespace StepZero.Benchmarks.Conclusions;

/// <summary>The values of one group, one point each.</summary>
internal sealed record Group(string Name, IReadOnlyList<double> Values);

/// <summary>Groups of values side by side: a point a training, a line at the median.</summary>
internal static class StripPlot
{
    private const int Width = 560, Height = 360, Gap = 10;

    /// <summary>One panel.</summary>
    public static Plot Draw(string title, string yLabel, IReadOnlyList<Group> groups, bool logarithmic, double? highest = null)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        plot.Title(title, 14);
        plot.YLabel(yLabel, 13);
        var jitter = new NumPyRandom(1);
        double low = double.PositiveInfinity, high = double.NegativeInfinity;
        for (int i = 0; i < groups.Count; i++)
        {
            // What never got there is drawn at the upper edge.
            double[] values = [.. groups[i].Values.Select(value => Scale(double.IsFinite(value) ? value : highest ?? 1))];
            var color = Color.FromHex(Palette.Of(i));
            plot.Add.Markers(values.Select(_ => i + (0.5 * (jitter.Uniform() - 0.5))).ToArray(), values, MarkerShape.FilledCircle, 6, color.WithAlpha(0.6));
            double median = values.Order().ElementAt(values.Length / 2);
            ScottPlot.Plottables.LinePlot line = plot.Add.Line(i - 0.36, median, i + 0.36, median);
            line.LineColor = color;
            line.LineWidth = 3;
            low = Math.Min(low, values.Min());
            high = Math.Max(high, values.Max());
        }

        double margin = Math.Max(0.08 * (high - low), 1e-3);
        plot.Axes.SetLimits(-0.6, groups.Count - 0.4, low - margin, high + margin);
        plot.Grid.XAxisStyle.IsVisible = false;
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. groups.Select((group, i) => new Tick(i, group.Name))]);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 12;
        plot.Axes.Left.TickGenerator = new NumericManual(logarithmic
            ? [.. CostAxis.LogarithmicTicks(low - margin, high + margin).Select(tick => new Tick(Math.Log10(tick.Value), tick.Text, tick.Text.Length > 0))]
            : [.. CostAxis.Ticks(low - margin, high + margin, 6).Select(tick => new Tick(tick, CostAxis.Number(tick)))]);
        return plot;

        double Scale(double value) => logarithmic ? Math.Log10(Math.Max(value, 1e-12)) : value;
    }

    /// <summary>Panels in rows of two, as PNG.</summary>
    public static byte[] Sheet(IReadOnlyList<Plot> panels, int width = Width, int height = Height)
    {
        int rows = (panels.Count + 1) / 2, columns = Math.Min(2, panels.Count);
        using var sheet = new PictureSheet((columns * (width + Gap)) + Gap, (rows * (height + Gap)) + Gap);
        for (int i = 0; i < panels.Count; i++)
        {
            using SKBitmap picture = SKBitmap.Decode(panels[i].GetImage(width, height).GetImageBytes(ImageFormat.Png));
            sheet.Draw(picture, SKRect.Create(Gap + (i % 2 * (width + Gap)), Gap + (i / 2 * (height + Gap)), width, height));
        }

        return sheet.ToPng();
    }
}
