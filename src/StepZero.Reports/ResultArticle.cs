using System.Text;
using StepZero.Data;
using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>What the report says of one start: the verdict, the findings behind it, and the activations that show it.</summary>
internal static class ResultArticle
{
    private const int MostLayers = 3;

    public static string Write(TrainedNetwork network, Diagnosis? diagnosis, Dataset data, Origin origin, int index)
    {
        Verdict verdict = Verdict.Of(network, diagnosis, data);
        string name = Html.Text(network.Spec.Initializer.Name);
        var html = new StringBuilder();
        html.Append($"<article><h3><span class=\"t{index % Palette.Count}\">{name}</span> {Html.Text(verdict.Title)}</h3><p>{Html.Text(verdict.Why)}</p>{(diagnosis is not { Findings: [_, ..] } ? "" : $"<h4>Findings</h4>{FindingList.Write(diagnosis, origin.Command, alone: false)}")}");
        IReadOnlyList<LayerObservation> layers = Observation.Of(network);
        int[] order = [.. Enumerable.Range(0, data.SampleCount).OrderBy(sample => data.Targets?[sample] ?? data.Labels[sample])];
        for (int layer = 0; layer < Math.Min(MostLayers, layers.Count); layer++)
        {
            double[] before = network.ActivationsBefore[layer];
            double[]? after = network.ActivationsAfter?[layer];
            double[] finite = [.. before.Concat(after ?? []).Where(double.IsFinite)];
            double largest = finite.Select(Math.Abs).DefaultIfEmpty(0).Max();
            largest = largest > 0 ? largest : 1;
            (double low, double high) = network.Spec.Architecture.HiddenActivation.Bounds is (double, double) bounds
                ? bounds
                : (Math.Min(0, finite.DefaultIfEmpty(0).Min()), largest);
            html.Append($"<h4>Layer {layer + 1}: {layers[layer].Units} units</h4><div class=\"pair\">");
            html.Append(Panel("before", before, layers[layer].DistinctBefore, layers[layer].SaturatedBefore, "bar"));
            html.Append(after is null ? "" : Panel("after", after, layers[layer].DistinctAfter!.Value, layers[layer].SaturatedAfter!.Value, "bar-after"));
            html.Append("</div>");

            string Panel(string when, double[] activations, int distinct, double saturated, string style)
            {
                int units = layers[layer].Units;
                string said = $"{units} units, {distinct} of them different"
                    + (saturated > 0 ? $"; {Figures.Percent(saturated)} of the activations within 0.01 of a bound" : "");
                string map = Html.Image(
                    ActivationMap.Draw(activations, units, order, largest), "png",
                    $"Activations of layer {layer + 1} {when} training from {network.Spec.Initializer.Name}: a row a unit, a column a sample. {said}.",
                    $"class=\"map\" style=\"height:{Math.Clamp(units * 12, 24, 160)}px\"");
                string histogram = HistogramChart.Draw(
                    activations, low, high, style, HistogramChart.Wide, $"Histogram of the activations of layer {layer + 1} {when} training.");
                return $"<figure>{map}{histogram}<figcaption>{when} training: {said}</figcaption></figure>";
            }
        }

        return html.Append("</article>").ToString();
    }
}
