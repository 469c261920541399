using ScottPlot;
using ScottPlot.TickGenerators;
using StepZero.Reports;
using Color = ScottPlot.Color;
using Palette = StepZero.Reports.Palette;

namespace StepZero.Benchmarks.Findings;

/// <summary>A curve of a figure.</summary>
/// <param name="Name">Its name, at its end; nothing for one that needs none.</param>
/// <param name="Ys">Its values.</param>
/// <param name="Color">The number of its color.</param>
internal sealed record Line(string Name, IReadOnlyList<double> Ys, int Color)
{
    /// <summary>Where the values lie; 0, 1, 2 … where null.</summary>
    public IReadOnlyList<double>? Xs { get; init; }

    /// <summary>Whether it is what theory says, drawn dashed.</summary>
    public bool IsTheory { get; init; }

    /// <summary>Whether each value has a point.</summary>
    public bool HasPoints { get; init; }
}

/// <summary>A level line.</summary>
/// <param name="Value">Where it lies.</param>
/// <param name="Text">Its text.</param>
/// <param name="At">The corner of the text that stands on the line, at its beginning or end.</param>
internal sealed record Level(double Value, string Text, Alignment At = Alignment.LowerRight);

/// <summary>Curves over depth or iterations, with the limit that makes a finding of them.</summary>
internal static class LineFigure
{
    public const int Width = 700, Height = 360;

    /// <summary>The share of the width that a letter of a name takes.</summary>
    private const double LabelRoom = 0.0135;

    /// <summary>The share of the range before which a curve ends early and is named there, not in the column of names.</summary>
    private const double Early = 0.8;

    /// <summary>The most marks of an axis; beyond, those without a number are left out.</summary>
    private const int MostTicks = 60;

    /// <summary>Draws the curves.</summary>
    /// <param name="xLabel">What the places are.</param>
    /// <param name="yLabel">What the values are.</param>
    /// <param name="lines">The curves.</param>
    /// <param name="logarithmic">Whether equal steps are equal ratios.</param>
    /// <param name="levels">Level lines, such as limits.</param>
    /// <param name="least">The lowest value of a logarithmic axis; curves below stay at its edge.</param>
    public static Plot Draw(string xLabel, string yLabel, IReadOnlyList<Line> lines, bool logarithmic, IReadOnlyList<Level> levels, double least = 0)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        plot.XLabel(xLabel, 14);
        plot.YLabel(yLabel, 14);
        double Scale(double value) => logarithmic ? Math.Log10(Math.Max(value, least)) : value;
        var ends = new List<(string Name, double X, double Y, Color Color)>();
        double low = levels.Select(level => Scale(level.Value)).DefaultIfEmpty(double.PositiveInfinity).Min();
        double high = levels.Select(level => Scale(level.Value)).DefaultIfEmpty(double.NegativeInfinity).Max(), left = double.PositiveInfinity, right = 0;
        foreach (Line line in lines)
        {
            var color = Color.FromHex(Palette.Of(line.Color));
            (double X, double Y)[] points = [.. line.Ys.Select((y, i) => (X: line.Xs?[i] ?? i, Y: Scale(y))).Where(point => double.IsFinite(point.Y))];
            ScottPlot.Plottables.Scatter curve = plot.Add.ScatterLine(points.Select(point => point.X).ToArray(), points.Select(point => point.Y).ToArray(), color);
            curve.LineWidth = line.IsTheory ? 1.5f : 2;
            curve.LinePattern = line.IsTheory ? LinePattern.Dashed : LinePattern.Solid;
            curve.MarkerStyle = line.HasPoints ? new MarkerStyle(MarkerShape.FilledCircle, 7, color) : MarkerStyle.None;
            low = Math.Min(low, points.Min(point => point.Y));
            high = Math.Max(high, points.Max(point => point.Y));
            left = Math.Min(left, points[0].X);
            right = Math.Max(right, points[^1].X);
            ends.Add((line.Name, points[^1].X, points[^1].Y, color));
        }

        (string Name, double X, double Y, Color Color)[] labels = [.. ends.Where(end => end.Name.Length > 0 && end.X > right * Early)], early = [.. ends.Where(end => end.Name.Length > 0 && end.X <= right * Early)];
        double margin = Math.Max(0.07 * (high - low), 1e-3), room = LabelRoom * labels.Select(label => label.Name.Length).DefaultIfEmpty(0).Max();
        (low, high) = (low - margin, high + margin);
        plot.Axes.SetLimits(left - (0.02 * (right - left)), left + ((right - left) * 1.03 / (1 - room)), low, high);
        foreach (Level level in levels)
        {
            plot.Add.HorizontalLine(Scale(level.Value), 1.5f, Colors.Black, LinePattern.Dotted);
            ScottPlot.Plottables.Text label = Write(
                plot, level.Text, level.At is Alignment.LowerLeft or Alignment.UpperLeft ? left : right, Scale(level.Value), Colors.Black, bold: false, level.At);
            label.LabelBackgroundColor = Colors.White.WithAlpha(0.75);
            label.OffsetY = level.At is Alignment.UpperLeft or Alignment.UpperRight ? 3 : -3;
        }

        double[] places = CostAxis.Spread([.. labels.Select(label => label.Y)], 0.075 * (high - low), low, high);
        for (int i = 0; i < labels.Length; i++)
        {
            Write(plot, labels[i].Name, right + (0.02 * (right - left)), places[i], labels[i].Color, bold: true, Alignment.MiddleLeft);
        }

        foreach ((string name, double x, double y, Color color) in early)
        {
            plot.Add.Marker(x, y, MarkerShape.FilledCircle, 8, color);
            Write(plot, name, x + (0.02 * (right - left)), y, color, bold: true, Alignment.LowerLeft);
        }

        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.1);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Axes.Bottom.TickGenerator = new NumericManual([.. CostAxis.Ticks(left, right, 6).Where(tick => tick <= right && tick == Math.Floor(tick)).Select(tick => new Tick(tick, CostAxis.Number(tick)))]);
        (double Value, string Text)[] ticks = logarithmic ? [.. CostAxis.LogarithmicTicks(low, high)] : [];
        plot.Axes.Left.TickGenerator = new NumericManual(logarithmic
            ? [.. ticks.Where(tick => ticks.Length < MostTicks || tick.Text.Length > 0).Select(tick => new Tick(Math.Log10(tick.Value), tick.Text, tick.Text.Length > 0))]
            : [.. CostAxis.Ticks(low, high, 6).Select(tick => new Tick(tick, CostAxis.Number(tick)))]);
        return plot;
    }

    public static byte[] Png(Plot plot, int height = Height) => plot.GetImage(Width, height).GetImageBytes(ImageFormat.Png);

    private static ScottPlot.Plottables.Text Write(Plot plot, string text, double x, double y, Color color, bool bold, Alignment alignment)
    {
        ScottPlot.Plottables.Text label = plot.Add.Text(text, x, y);
        label.LabelFontColor = color;
        label.LabelFontSize = 13;
        label.LabelBold = bold;
        label.LabelAlignment = alignment;
        return label;
    }
}
