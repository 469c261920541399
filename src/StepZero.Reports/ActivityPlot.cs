using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using SkiaSharp;

namespace StepZero.Reports;

/// <summary>A statistic of all layers along a training as a plot: a line for each of a few layers, or a map of many.</summary>
internal static class ActivityPlot
{
    /// <summary>Draws the plot.</summary>
    /// <param name="activity">The statistic.</param>
    /// <param name="updates">The updates made before each of its points.</param>
    public static Plot Draw(Activity activity, int[] updates) => activity.Values.Length <= Palette.Count
        ? ChartPlot.Draw(new Chart(
            activity.Name, "update (logarithmic)", activity.IsWide ? "logarithmic" : "",
            [.. activity.Values.Select((values, layer) => new ChartLine($"layer {layer + 1}", layer, [.. updates.Zip(values, (update, value) => (update + 1.0, value))]))])
        {
            LogX = true,
            LogY = activity.IsWide,
            YRange = activity.IsShare ? (0, 1) : null,
        }, ChartPlot.LowNameDistance)
        : Map(activity, updates);

    private static Plot Map(Activity activity, int[] updates)
    {
        EmbeddedFont.Register();
        int layers = activity.Values.Length;
        ChartAxis axis = ActivityDrawing.AxisOf(activity);
        var plot = new Plot();
        plot.Title($"{activity.Name}, from {Value(axis.Low)} (dark) to {Value(axis.High)} (bright)", 16);
        plot.XLabel("iteration", 14);
        plot.YLabel("layer", 14);
        plot.HideGrid();
        using SKBitmap cells = SKBitmap.Decode(ActivityDrawing.Cells(activity));
        using SKBitmap large = cells.Resize(new SKImageInfo(cells.Width * 12, cells.Height * 12), new SKSamplingOptions(SKFilterMode.Nearest));
        plot.Add.ImageRect(new Image(large), new CoordinateRect(0, updates.Length, 0.5, layers + 0.5));
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. Enumerable.Range(0, 6).Select(i => i * (updates.Length - 1) / 5).Distinct().Select(point => new Tick(point + 0.5, Figures.Count(updates[point])))]);
        int every = Math.Max(1, (layers + 7) / 8);
        plot.Axes.Left.TickGenerator = new NumericManual([.. Enumerable.Range(0, layers).Where(layer => layer % every == 0).Select(layer => new Tick(layer + 1, (layer + 1).ToString(CultureInfo.InvariantCulture)))]);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Axes.SetLimits(0, updates.Length, 0.5, layers + 0.5);
        return plot;

        string Value(double place) => Figures.Short(axis.IsLogarithmic ? Math.Pow(10, place) : place);
    }
}
