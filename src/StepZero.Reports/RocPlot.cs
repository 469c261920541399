using System.Globalization;
using ScottPlot;
using StepZero.Networks;

namespace StepZero.Reports;

/// <summary>ROC curves as a plot: one of two answers, of more one for each against the rest. Both axes go from 0 to 1 at the same scale.</summary>
internal static class RocPlot
{
    /// <summary>Of more curves only the lowest are named and colored.</summary>
    private const int MostNamed = 10;

    private const int NamedOfMany = 5;
    private const int LongestName = 20;
    private const int MostPoints = 2000;

    /// <summary>The plot.</summary>
    /// <param name="evaluation">An evaluation with at least one curve.</param>
    /// <param name="name">What the samples are called.</param>
    public static Plot Draw(Evaluation evaluation, string name)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        IReadOnlyList<RocCurve> curves = evaluation.RocCurves;
        string area = evaluation.RocAuc is double mean ? $"area {Area(mean)}{(curves.Count > 1 ? " on average" : "")}" : "ROC curves of the classes present";
        plot.Title($"{OneLine.Of(name, 40)}: {area}", 16);
        plot.XLabel("false positive rate: other samples taken for it", 14);
        plot.YLabel("true positive rate: samples of the class found", 14);
        ScottPlot.Plottables.Scatter guess = plot.Add.ScatterLine(new double[] { 0, 1 }, new double[] { 0, 1 }, Colors.Gray);
        guess.LinePattern = LinePattern.Dotted;
        guess.LegendText = "guessing: 0.5";

        RocCurve[] named = curves.Count <= MostNamed ? [.. curves] : [.. curves.OrderBy(curve => curve.Area).Take(NamedOfMany)];
        RocCurve[] others = [.. curves.Except(named)];
        foreach (RocCurve curve in others)
        {
            Add(plot, curve, Colors.Gray.WithAlpha(0.45), 1).LegendText = curve == others[0] ? $"{others.Length} others: {Area(others.Min(one => one.Area))} and more" : "";
        }

        for (int i = 0; i < named.Length; i++)
        {
            ScottPlot.Plottables.Scatter line = Add(plot, named[i], Color.FromHex(Palette.Of(i)), 2);
            line.LinePattern = Palette.IsDashed(i) ? LinePattern.DenselyDashed : LinePattern.Solid;
            line.LegendText = $"{OneLine.Of(named[i].Answer, LongestName)}: {Area(named[i].Area)}";
        }

        Plots.MakeSquare(plot, -0.01, 1.01, Enumerable.Range(0, 6).Select(i => (i / 5.0, (i / 5.0).ToString("0.0", CultureInfo.InvariantCulture))));
        plot.ShowLegend(Alignment.LowerRight).FontSize = 13;
        return plot;
    }

    private static ScottPlot.Plottables.Scatter Add(Plot plot, RocCurve curve, Color color, float width)
    {
        int count = curve.FalsePositiveRates.Count, shown = Math.Min(count, MostPoints);
        int[] at = [.. Enumerable.Range(0, shown).Select(i => (int)((long)i * (count - 1) / (shown - 1)))];
        ScottPlot.Plottables.Scatter line = plot.Add.ScatterLine(
            at.Select(i => curve.FalsePositiveRates[i]).ToArray(), at.Select(i => curve.TruePositiveRates[i]).ToArray(), color);
        line.LineWidth = width;
        return line;
    }

    private static string Area(double area) => area.ToString("0.0000", CultureInfo.InvariantCulture);
}
