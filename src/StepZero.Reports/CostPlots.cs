using System.Globalization;
using ScottPlot;
using ScottPlot.TickGenerators;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>Cost curves as plots.</summary>
public static class CostPlots
{
    private const int MostPoints = 4000;

    /// <summary>The share of the plot's width that a letter of a curve's name takes.</summary>
    private const double LabelRoom = 0.0122;

    /// <summary>The curves of all starts, named at their ends; on a logarithmic axis where costs differ tenfold and more.</summary>
    /// <remarks>
    /// A band is the range of the shadow runs, or the middle half of the seeds where both were asked for. With batches the curve holds the costs after each
    /// epoch, before a faint one of the batches; costs on held-out samples are dotted.
    /// </remarks>
    public static Plot All(Comparison comparison)
    {
        RunSpec spec = comparison.FirstSpec;
        string title = string.Create(
            CultureInfo.InvariantCulture,
            $"{comparison.Train.Name}, {string.Join("-", spec.Architecture.LayerSizes)}, {spec.Architecture.HiddenActivation}, {TaskText.Short(spec.Training, comparison.Train.SampleCount)}");
        return Draw(title, [.. comparison.Starts.Select((start, i) => new Curve(start, i, CostSeries.Of(start.Run, comparison.Train.SampleCount)))], named: true, logarithmic: CostAxis.IsWide(comparison));
    }

    /// <summary>The curve of one start.</summary>
    /// <param name="comparison">The comparison.</param>
    /// <param name="index">The place of the start among the starts, which gives the color.</param>
    public static Plot One(Comparison comparison, int index)
    {
        ComparedStart start = comparison.Starts[index];
        RunSpec spec = start.Run.Spec;
        string title = string.Create(
            CultureInfo.InvariantCulture, $"Cost curve: learning rate = {spec.Training.LearningRate} and {spec.Initializer.Name} initialization method");
        return Draw(title, [new Curve(start, index, CostSeries.Of(start.Run, comparison.Train.SampleCount))], named: false, logarithmic: false);
    }

    private static Plot Draw(string title, Curve[] curves, bool named, bool logarithmic)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        plot.Title(title, 16);
        plot.XLabel("iteration", 14);
        plot.YLabel(logarithmic ? "cost (logarithmic)" : "cost", 14);
        Func<double, double> scale = logarithmic ? Math.Log10 : value => value;

        int iterations = 1;
        double lowest = double.PositiveInfinity;
        double highest = double.NegativeInfinity;
        var labels = new List<(string Text, double Y, Color Color)>();
        foreach (Curve curve in curves)
        {
            var color = Color.FromHex(Palette.Of(curve.Index));
            CostSeries series = curve.Series;
            double[] costs = series.Costs;
            if (series.BandOf(curve.Start) is Band band && band.Lower.Length > 0)
            {
                int[] at = Thin(band.Lower.TakeWhile((_, t) => double.IsFinite(band.Upper[t])).Count());
                double[] xs = [.. at.Select(t => (double)series.UpdatesBefore(t))];
                ScottPlot.Plottables.FillY fill = plot.Add.FillY(
                    xs, [.. at.Select(t => scale(band.Lower[t]))], [.. at.Select(t => scale(band.Upper[t]))]);
                fill.FillColor = color.WithAlpha(0.18);
                fill.LineWidth = 0;
                Include(at.Select(t => band.Lower[t]));
                Include(at.Select(t => band.Upper[t]));
            }

            if (costs is [])
            {
                continue;
            }

            AddLine(series.Batches, t => t, color.WithAlpha(0.25), 1, LinePattern.Solid);
            AddLine(series.Held, series.UpdatesBeforeHeld, color, 1.5f, LinePattern.Dotted);
            AddLine(costs, series.UpdatesBefore, color, 2, Palette.IsDashed(curve.Index) ? LinePattern.Dashed : LinePattern.Solid);
            Include(Thin(costs.Length).Select(t => costs[t]));
            Include(Thin(series.Held.Length).Select(t => series.Held[t]));
            iterations = Math.Max(iterations, curve.Start.Run.Record.Costs.Length);
            labels.Add((curve.Label, scale(costs[^1]), color));
            if (curve.Start.Horizon?.PartsAt is int parts)
            {
                ScottPlot.Plottables.Marker mark = plot.Add.Marker(parts, scale(curve.Start.Run.Record.Costs[parts]), MarkerShape.OpenCircle, 10, color);
                mark.MarkerLineWidth = 2;
            }
        }

        if (highest < lowest)
        {
            (lowest, highest) = (0, 1);
        }

        double low = scale(lowest), high = scale(highest);
        double margin = high > low ? 0.06 * (high - low) : 0.1 * Math.Max(Math.Abs(high), 0.1);
        double room = named ? LabelRoom * labels.Select(label => label.Text.Length).DefaultIfEmpty(0).Max() : 0;
        plot.Axes.SetLimits(0, 1.02 * iterations / (1 - room), low - margin, high + margin);
        Axes(plot, iterations, logarithmic);
        if (named)
        {
            AddLabels(plot, labels, iterations, low - margin, high + margin);
        }

        return plot;

        void AddLine(double[] costs, Func<int, int> updates, Color color, float width, LinePattern pattern)
        {
            if (costs is [])
            {
                return;
            }

            int[] shown = [.. Thin(costs.Length).Where(t => double.IsFinite(scale(costs[t])))];
            ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(
                shown.Select(t => (double)updates(t)).ToArray(), shown.Select(t => scale(costs[t])).ToArray(), color);
            line.LineWidth = width;
            line.LinePattern = pattern;
        }

        void Include(IEnumerable<double> values)
        {
            foreach (double value in values)
            {
                lowest = Math.Min(lowest, value);
                highest = Math.Max(highest, value);
            }
        }
    }

    private static void Axes(Plot plot, int iterations, bool logarithmic)
    {
        plot.Grid.MajorLineColor = Colors.Black.WithAlpha(0.1);
        plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 13;
        plot.Axes.Bottom.TickGenerator = new NumericManual(
            [.. CostAxis.Ticks(0, iterations, 6).Select(tick => new Tick(tick, tick.ToString("0", CultureInfo.InvariantCulture)))]);
        AxisLimits limits = plot.Axes.GetLimits();
        plot.Axes.Left.TickGenerator = new NumericManual(logarithmic
            ? [.. CostAxis.LogarithmicTicks(limits.Bottom, limits.Top).Select(tick => new Tick(Math.Log10(tick.Value), tick.Text, tick.Text.Length > 0))]
            : [.. CostAxis.NamedTicks(limits.Bottom, limits.Top, 6).Select(tick => new Tick(tick.Value, tick.Text))]);
    }

    /// <summary>Names beside the ends of the curves, moved apart where they would overlap.</summary>
    private static void AddLabels(Plot plot, List<(string Text, double Y, Color Color)> labels, int iterations, double bottom, double top)
    {
        double[] places = CostAxis.Spread([.. labels.Select(label => label.Y)], 0.055 * (top - bottom), bottom, top);
        for (int i = 0; i < labels.Count; i++)
        {
            ScottPlot.Plottables.Text text = plot.Add.Text(labels[i].Text, iterations * 1.015, places[i]);
            text.LabelFontColor = labels[i].Color;
            text.LabelFontSize = 14;
            text.LabelBold = true;
            text.LabelAlignment = Alignment.MiddleLeft;
        }
    }

    /// <summary>Evenly spaced indices, the last among them, at most <see cref="MostPoints"/>.</summary>
    private static int[] Thin(int count) => count <= MostPoints
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, MostPoints).Select(i => (int)((long)i * (count - 1) / (MostPoints - 1)))];

    private sealed record Curve(ComparedStart Start, int Index, CostSeries Series)
    {
        public string Label => Start.Run.Spec.Initializer.Name + (Start.Run.Record.DivergedAt is int at ? $" (diverged at {at})" : "");
    }
}
