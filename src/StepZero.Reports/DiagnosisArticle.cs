using System.Text;
using StepZero.Diagnostics;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>What the page of a checkup says of one start.</summary>
internal static class DiagnosisArticle
{
    /// <summary>Tables of more layers are folded where there are several starts.</summary>
    private const int MostOpenLayers = 8;

    /// <summary>The section as HTML.</summary>
    /// <param name="checkup">The checkup.</param>
    /// <param name="index">The place of the start.</param>
    /// <param name="command">The command that was given.</param>
    public static string Write(Checkup checkup, int index, string command)
    {
        CheckedStart start = checkup.Starts[index];
        Diagnosis seen = start.Diagnosis;
        bool alone = checkup.Starts.Count == 1;
        string name = seen.Spec.Initializer.Name;
        var html = new StringBuilder();
        html.Append($"<section id=\"start-{index + 1}\"><h2>{VerdictMark.Draw(seen.Outlook)} {Html.Text(name)} {OutlookText.Title(seen.Outlook)}</h2>");
        html.Append($"<p class=\"lead\">{Html.Text(FindingList.Sentence(OutlookText.Sentence(seen)))} <span class=\"soft\">{FindingList.Sentence(OutlookText.Confidence(seen))}</span></p>");
        html.Append($"<h3>What was found</h3>{FindingList.Write(seen, command, alone)}");
        html.Append(FirstSteps(seen, index, name)).Append(Layers(seen, index, name, checkup.Starts.Count));
        if (start.Course is Course course)
        {
            html.Append(CourseSection.Write(seen, course, index));
        }

        if (start.Treatment is Treatment treatment)
        {
            html.Append(TreatmentSection.Write(start, checkup, FindingList.CommandFor(seen, treatment.Advice, command, alone)));
        }

        return html.Append("</section>").ToString();
    }

    private static string FirstSteps(Diagnosis seen, int index, string name)
    {
        Probe probe = seen.Probe;
        if (probe.Costs.Count == 0)
        {
            return "<h3>The first steps</h3><p>No step was made: the cost of the untouched weights is not finite.</p>";
        }

        string end = probe.Diverged ? "; then it was not finite"
            : probe.IsWhole || !double.IsFinite(seen.Forecast.Cost) ? "" : $"; at the end of {Figures.Updates(probe.Budget)} it is foretold to be {Figures.Brief(seen.Forecast.Cost)}";
        string costs = $"The cost of {name}: {Figures.Cost(probe.Costs[0])} at first, {Figures.Cost(probe.Costs[^1])} before update {Figures.Count(probe.Costs.Count)}{end}.";
        DrawnStart[] drawn = [new(seen, index)];
        string sharpness = ChartDrawing.Draw(
            DiagnosisCharts.Sharpness(drawn), ChartDrawing.Half,
            $"The sharpness of {name} over the first steps{(seen.SharpnessLimit is double limit ? $" beside the stable limit {Figures.Brief(limit)}" : "")}: {string.Join(", ", probe.Sharpness.Select(at => $"{Figures.Brief(at.Value)} at {at.Iteration}"))}.");
        string curve = ChartDrawing.Draw(DiagnosisCharts.Costs(drawn), ChartDrawing.Half, costs);
        return $"""
            <h3>The first steps</h3>
            <div class="pair"><figure>{curve}<figcaption>{Html.Text(costs)}{(probe.IsWhole ? "" : " Dashed: the forecast.")}</figcaption></figure>
            {(sharpness.Length == 0 ? "" : $"<figure>{sharpness}<figcaption>The sharpness is the largest eigenvalue of the Hessian of the cost. {Stable(seen)}</figcaption></figure>")}</div>
            """;
    }

    private static string Stable(Diagnosis seen) => seen.SharpnessLimit is double limit
        ? $"Where it is below {Figures.Brief(limit)}, steps of this rate are stable: each goes down along every direction.{(seen.StableRate is double rate ? $" With the untouched weights rates up to {Figures.Brief(rate)} are." : "")}"
        : "These updates rescale each coordinate, or are clipped, so it sets no limit to their rate.";

    private static string Layers(Diagnosis seen, int index, string name, int starts)
    {
        int layers = seen.Signal.Layers.Count;
        string table = LayerTable.Write(seen);
        string shown = layers <= MostOpenLayers || starts == 1 ? table : $"<details><summary>The table of all {layers} layers</summary>{table}</details>";
        var html = new StringBuilder($"<h3>Layer by layer, before the first update</h3>{shown}");
        DrawnStart[] drawn = [new(seen, index)];
        (Chart Chart, string What)[] charts = layers < 2 ? [] :
        [
            (DiagnosisCharts.Signal(drawn), "root mean square of z in each layer"), (DiagnosisCharts.Gradients(drawn), "root mean square of the gradient in each layer"),
            (DiagnosisCharts.Likeness(drawn), "mean cosine between two samples, from the data (0) to the last hidden layer"),
        ];
        string[] drawings = [.. charts.Select(chart => ChartDrawing.Draw(chart.Chart, ChartDrawing.Third, $"{chart.What}, measured and by theory, from {name}")).Where(drawing => drawing.Length > 0)];
        if (drawings is not [])
        {
            html.Append($"<figure class=\"trio\">{string.Concat(drawings.Select(drawing => $"<div>{drawing}</div>"))}</figure><p class=\"soft\">Marks: measured on the data. Dashed: mean-field theory, layers of infinite width.</p>");
        }

        string theory = TheoryText.Write(seen.Theory, layers - 1);
        return html.Append(theory.Length == 0 ? "" : $"<p>{theory}</p>").ToString();
    }
}
