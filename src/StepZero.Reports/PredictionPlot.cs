using System.Globalization;
using ScottPlot;
using StepZero.Networks;

namespace StepZero.Reports;

/// <summary>Predicted numbers against those that are right, on axes of the same range; on the line both are equal.</summary>
internal static class PredictionPlot
{
    private const int MostPoints = 5000;

    /// <summary>The plot.</summary>
    /// <param name="evaluation">An evaluation of numbers.</param>
    /// <param name="name">What the samples are called.</param>
    public static Plot Draw(Evaluation evaluation, string name)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        double[] predicted = evaluation.Predictions.Outputs;
        int[] samples = [.. Enumerable.Range(0, evaluation.Samples).Where(sample => double.IsFinite(predicted[sample]) && double.IsFinite(evaluation.Expected![sample]))];
        int shown = Math.Min(samples.Length, MostPoints);
        double[] xs = new double[shown], ys = new double[shown];
        for (int i = 0; i < shown; i++)
        {
            int sample = samples[(int)((long)i * samples.Length / shown)];
            (xs[i], ys[i]) = (evaluation.Expected![sample], predicted[sample]);
        }

        string few = shown < evaluation.Samples ? $", {Figures.Count(shown)} of {Figures.Count(evaluation.Samples)} shown" : "";
        string explained = evaluation.RSquared is double share ? string.Create(CultureInfo.InvariantCulture, $", R² {share:0.####}") : "";
        plot.Title($"{OneLine.Of(name, 40)}: root mean squared error {Figures.Cost(evaluation.RootMeanSquaredError)}{explained}{few}", 16);
        plot.XLabel("true value", 14);
        plot.YLabel("predicted value", 14);
        double low = xs.Concat(ys).DefaultIfEmpty(0).Min(), high = xs.Concat(ys).DefaultIfEmpty(1).Max();
        double margin = high > low ? 0.04 * (high - low) : Math.Max(Math.Abs(high) * 0.1, 0.1);
        (low, high) = (low - margin, high + margin);
        ScottPlot.Plottables.Scatter equal = plot.Add.ScatterLine(new double[] { low, high }, new double[] { low, high }, Colors.Gray);
        equal.LinePattern = LinePattern.Dotted;
        plot.Add.Markers(xs, ys, MarkerShape.FilledCircle, shown > 500 ? 4 : 7, Color.FromHex(Palette.Of(0)).WithAlpha(shown > 500 ? 0.35 : 0.6));
        Plots.MakeSquare(plot, low, high, CostAxis.NamedTicks(low, high, 6));
        return plot;
    }
}
