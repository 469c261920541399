using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>A diagnosis as it is drawn: by the color of its start, with its name where several share a chart.</summary>
/// <param name="Diagnosis">The diagnosis.</param>
/// <param name="Color">The place of the start among the starts.</param>
/// <param name="Name">Its name; empty where it is alone.</param>
internal sealed record DrawnStart(Diagnosis Diagnosis, int Color, string Name = "");

/// <summary>The charts of what was seen before and in the first steps, of one start or of several.</summary>
internal static class DiagnosisCharts
{
    private const int MostPoints = 400;

    /// <summary>A training of which less than this share was seen is drawn over a logarithmic axis, where its beginning has room.</summary>
    private const double LittleSeen = 0.05;

    /// <summary>The costs of the first steps, where they are foretold to go, and what they have to be below.</summary>
    public static Chart Costs(IReadOnlyList<DrawnStart> starts)
    {
        DrawnStart[] seen = [.. starts.Where(start => start.Diagnosis.Probe.Costs.Count > 0)];
        int budget = starts.Max(start => start.Diagnosis.Probe.Budget), first = seen.Select(start => start.Diagnosis.Probe.Costs.Count).DefaultIfEmpty(0).Max();
        bool far = first < LittleSeen * budget;
        var lines = new List<ChartLine>();
        foreach (DrawnStart start in seen)
        {
            IReadOnlyList<double> costs = start.Diagnosis.Probe.Costs;
            Forecast forecast = start.Diagnosis.Forecast;
            bool foretold = !start.Diagnosis.Probe.IsWhole && double.IsFinite(forecast.Cost);
            lines.Add(new ChartLine(foretold ? "" : start.Name, start.Color, [.. Thin(costs.Count, far).Select(t => (X(t), costs[t]))]));
            if (foretold)
            {
                lines.Add(new ChartLine(start.Name, start.Color, [(X(costs.Count - 1), costs[^1]), (X(Math.Max(budget - 1, costs.Count)), forecast.Cost)], LineKind.Dashed));
            }
        }

        string[] targets = [.. seen.Select(start => Figures.Brief(start.Diagnosis.Forecast.Target)).Distinct()];
        ChartLimit[] limits = targets is [string only] ? [new ChartLimit(seen[0].Diagnosis.Forecast.Target, $"trains below {only}")] : [];
        bool wide = Chart.IsWide(lines.SelectMany(line => line.Points).Select(point => point.Y).Concat(limits.Select(limit => limit.Value)));
        return new Chart("The cost of the first steps", far ? "update (logarithmic)" : "iteration", wide ? "cost (logarithmic)" : "cost", lines)
        {
            Limits = limits,
            LogX = far,
            LogY = wide,
            XRange = (X(0), X(Math.Max(budget - 1, 1))),
        };

        double X(int t) => far ? t + 1 : t;
    }

    /// <summary>The sharpness over the first steps, and up to where steps are stable.</summary>
    public static Chart Sharpness(IReadOnlyList<DrawnStart> starts)
    {
        ChartLine[] lines = [.. starts.Select(start => new ChartLine(
            start.Name, start.Color, [.. start.Diagnosis.Probe.Sharpness.Select(at => (X: (double)at.Iteration, Y: at.Value))], Marked: true))];
        ChartLimit[] limits = starts[0].Diagnosis.SharpnessLimit is double limit ? [new ChartLimit(limit, $"stable up to {Figures.Brief(limit)}")] : [];
        bool wide = Chart.IsWide(lines.SelectMany(line => line.Points).Select(point => point.Y).Concat(limits.Select(one => one.Value)));
        int last = (int)lines.SelectMany(line => line.Points).Select(point => point.X).DefaultIfEmpty(0).Max();
        return new Chart("The sharpness of the first steps", "iteration", wide ? "sharpness (logarithmic)" : "sharpness", lines) { Limits = limits, LogY = wide, XRange = (0, Math.Max(last, 1)) };
    }

    /// <summary>The size of z from layer to layer, measured and by theory.</summary>
    public static Chart Signal(IReadOnlyList<DrawnStart> starts) => OverDepth(
        "The signal on its way", "rms of z", starts, seen => Layers(seen, layer => layer.PreActivations.RootMeanSquare),
        seen => [.. seen.Theory.Layers.Select((layer, i) => (i + 1.0, Math.Sqrt(layer?.Length ?? double.NaN)))], first: 1);

    /// <summary>The size of gradients from layer to layer, measured and by theory.</summary>
    public static Chart Gradients(IReadOnlyList<DrawnStart> starts) => OverDepth(
        "Gradients on their way back", "rms of ∂cost/∂z", starts, seen => Layers(seen, layer => layer.Gradients.RootMeanSquare), GradientsOfTheory, first: 1);

    /// <summary>How alike two samples are from layer to layer, measured and by theory.</summary>
    public static Chart Likeness(IReadOnlyList<DrawnStart> starts) => OverDepth(
        "How alike samples become", "mean cosine", starts,
        seen => [(0, seen.Signal.InputCosine ?? double.NaN), .. Layers(seen, layer => layer.MeanCosine ?? double.NaN).SkipLast(1)],

        // What two samples have in common in z is, but for biases, what the activations in front of it have.
        seen => [.. seen.Theory.Layers.Select((layer, i) => ((double)i, layer?.Correlation ?? double.NaN))], first: 0);

    /// <summary>Indices of a long series, evenly spaced on the axis; the last is among them.</summary>
    public static int[] Thin(int count, bool logarithmic) => count <= MostPoints
        ? [.. Enumerable.Range(0, count)]
        : [.. Enumerable.Range(0, MostPoints).Select(i => (double)i / (MostPoints - 1)).Select(share => (int)Math.Round(logarithmic ? Math.Pow(count, share) - 1 : share * (count - 1))).Distinct()];

    private static Chart OverDepth(
        string title, string name, IReadOnlyList<DrawnStart> starts, Func<Diagnosis, IReadOnlyList<(double, double)>> measured, Func<Diagnosis, IReadOnlyList<(double, double)>> theory, int first)
    {
        ChartLine[] lines =
        [
            .. starts.Select(start => new ChartLine("", start.Color, theory(start.Diagnosis), LineKind.Dashed)),
            .. starts.Select(start => new ChartLine(start.Name, start.Color, measured(start.Diagnosis), Marked: true)),
        ];
        bool wide = Chart.IsWide(lines.SelectMany(line => line.Points).Select(point => point.Item2).Where(value => value != 0)) && first > 0;
        int last = starts[0].Diagnosis.Signal.Layers.Count - 1 + first;
        return new Chart(title, "layer", wide ? $"{name} (log)" : name, lines) { LogY = wide, XRange = (first, Math.Max(last, first + 1)) };
    }

    private static (double, double)[] Layers(Diagnosis seen, Func<LayerStatistics, double> figure) => [.. seen.Signal.Layers.Select((layer, i) => (i + 1.0, figure(layer)))];

    /// <summary>From the measured gradient of the last layer on: χ of each layer's weights, times its units over those that the gradient is handed on to.</summary>
    private static (double, double)[] GradientsOfTheory(Diagnosis seen)
    {
        IReadOnlyList<LayerStatistics> layers = seen.Signal.Layers;
        double[] sizes = new double[layers.Count];
        sizes[^1] = layers[^1].Gradients.RootMeanSquare;
        for (int layer = layers.Count - 1; layer > 0; layer--)
        {
            sizes[layer - 1] = sizes[layer] * Math.Sqrt((seen.Theory.Layers[layer]?.GradientFactor ?? double.NaN) * layers[layer].Units / layers[layer - 1].Units);
        }

        return [.. sizes.Select((size, i) => (i + 1.0, size))];
    }
}
