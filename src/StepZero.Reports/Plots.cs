using ScottPlot;
using ScottPlot.TickGenerators;

namespace StepZero.Reports;

/// <summary>Plots as files.</summary>
internal static class Plots
{
    /// <summary>The size of plots made by <see cref="MakeSquare"/>.</summary>
    public const int SquareWidth = 700;

    /// <inheritdoc cref="SquareWidth"/>
    public const int SquareHeight = 700;

    private const int Width = 900;
    private const int Height = 560;
    private const float Sharpness = 1.5f;

    public static byte[] ToPng(Plot plot, int width = Width, int height = Height)
    {
        plot.ScaleFactor = Sharpness;
        return plot.GetImage((int)(width * Sharpness), (int)(height * Sharpness)).GetImageBytes(ImageFormat.Png);
    }

    public static byte[] ToSvg(Plot plot) => System.Text.Encoding.UTF8.GetBytes(plot.GetSvgXml(Width, Height));

    /// <summary>Gives both axes the same range, length and ticks.</summary>
    public static void MakeSquare(Plot plot, double low, double high, IEnumerable<(double Value, string Text)> ticks)
    {
        var padding = new PixelPadding(84, 16, 60, 40);
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.1);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 13;
        Tick[] marks = [.. ticks.Select(tick => new Tick(tick.Value, tick.Text))];
        plot.Axes.Bottom.TickGenerator = new NumericManual(marks);
        plot.Axes.Left.TickGenerator = new NumericManual(marks);
        plot.Axes.SetLimits(low, high, low, high);
        plot.Layout.Fixed(padding);
    }
}
