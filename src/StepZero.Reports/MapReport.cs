using System.Globalization;
using StepZero.Data;
using StepZero.Maps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>report.html of a map: the picture, what it shows and how to read it, as one page that explains itself and loads nothing from outside.</summary>
public static class MapReport
{
    private const double Billion = 1e9;

    /// <summary>Writes the page.</summary>
    /// <param name="map">The map, as far as it is trained.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="guides">What is drawn over it.</param>
    /// <param name="speed">How fast it was trained; null where nobody measured.</param>
    /// <param name="boundary">The dimension of the boundary, where it was asked for and there is one.</param>
    /// <param name="origin">How it was asked for.</param>
    /// <returns>The page as UTF-8.</returns>
    public static byte[] Write(Map map, Dataset data, IReadOnlyList<MapGuide> guides, MapSpeed? speed, BoxDimension? boundary, Origin origin) => ReportPage.Write(
        $"Where does it train? {data.Name}",
        [
            Question(map, data), Picture(map, data, guides), Findings(map, boundary), MapReading.Write(map, guides), Settings(map, data), Speed(speed),
            Next(map, origin), ReportPage.Repeat(origin),
        ]);

    private static string Question(Map map, Dataset data) => $"""
        <h1>Where does this network train?</h1>
        <p class="lead">{(map.Spec.PixelCount == 1 ? "The one pixel" : $"Each of the {Figures.Count(map.Spec.PixelCount)} pixels")} of this map is a training of its own, on {Html.Text(data.Name)} and from the same draw of weights.
        From left to right changes the {MapText.Of(map.Spec.X)}, from the bottom to the top the {MapText.Of(map.Spec.Y)}; all else stays the same.</p>
        """;

    private static string Picture(Map map, Dataset data, IReadOnlyList<MapGuide> guides)
    {
        string alt = $"Map of {MapText.Of(map.Spec, data.SampleCount)} by {MapText.Of(map.Spec.X)} and {MapText.Of(map.Spec.Y)}: {MapSentences.Of(map).First()}";
        return $"<figure>{Html.Image(MapPictures.ToPng(map, data, guides), "png", alt)}</figure>";
    }

    private static string Findings(Map map, BoxDimension? boundary)
    {
        IEnumerable<string> sentences = MapSentences.Of(map);
        return $"<h2>What it shows</h2><ul>{string.Concat((boundary is null ? sentences : sentences.Append(Dimension(boundary))).Select(sentence => $"<li>{Html.Text(sentence)}</li>"))}</ul>";
    }

    private static string Dimension(BoxDimension boundary) =>
        $"The boundary between those that converged and those that did not has a box-counting dimension of {Figures.Brief(boundary.Value)} ± {Figures.Short(boundary.Error)}, "
        + $"from boxes of {boundary.Counts[0].Size} to {boundary.Counts[^1].Size} pixels: a smooth line has 1, what fills an area 2.";

    private static string Settings(Map map, Dataset data)
    {
        RunSpec run = map.Spec.Run;
        return Table("The trainings", [
            ("data", Html.Text($"{data.Name}: {Figures.Count(data.SampleCount)} samples of {Figures.Count(data.FeatureCount)} features, {TaskText.Targets(data, run.Architecture.Loss)}")),
            ("network", $"{MapText.Layers(map.Spec)}{(run.Architecture.LayerCount > 1 ? $", {run.Architecture.HiddenActivation}" : "")}, {TaskText.Output(run.Architecture.Loss)} output"),
            ("initial weights", Html.Text($"one draw of {run.Initializer.Name}, seed {run.Seed}")),
            ("training", Html.Text($"{TaskText.Training(map.Spec, data.SampleCount)}, {CanonicalText.Of(run.Training.Precision)} precision")),
            (MapText.Of(map.Spec.X), Axis(map.Spec.X, map.Spec.Columns)),
            (MapText.Of(map.Spec.Y), Axis(map.Spec.Y, map.Spec.Rows)),
        ]);

        static string Axis(MapAxis axis, int pixels) => $"{MapText.End(axis.From)} to {MapText.End(axis.To)}, {(axis.IsLogarithmic ? "logarithmic" : "linear")}, {Figures.Count(pixels)} pixels";
    }

    private static string Speed(MapSpeed? speed) => speed is null ? "" : Table("How fast it was", [
        ("trainings", string.Create(CultureInfo.InvariantCulture, $"{Figures.Count(speed.Trainings)} in {Figures.Brief(speed.Seconds)} s on {speed.Threads} thread{(speed.Threads == 1 ? "" : "s")}: {Figures.Brief(speed.Rate)} a second")),
        ("peak of the multiply-add units", $"{Figures.Brief(speed.Peak / Billion)} billion multiply-adds a second, measured on this machine with nothing else to do"),
        ("products of the first layer alone", $"{Figures.Brief(speed.Products / speed.Seconds / Billion)} billion a second, {Figures.BriefPercent(speed.ShareOfPeak)} of the peak"),
        .. speed.Parts.Select(part => ($"time for {Html.Text(part.Name)}", Figures.BriefPercent(part.Share))),
    ]);

    private static string Next(Map map, Origin origin)
    {
        if (map.Spec.X.ChangesNetwork || map.Spec.Y.ChangesNetwork || MapBoundary.Middle(map) is not int pixel)
        {
            return "";
        }

        string center = $"--center {MapText.Rounded(map.X, pixel % map.Spec.Columns)},{MapText.Rounded(map.Y, pixel / map.Spec.Columns)} --zoom 10";
        return $"<h2>What to try next</h2><ul><li>Look closer at the boundary, at its place nearest to the middle:<pre>{Html.Text(NextStep.WithOptions(origin.Command, center))}</pre></li></ul>";
    }

    private static string Table(string title, IEnumerable<(string Name, string Text)> rows) =>
        $"<h2>{title}</h2><div class=\"table\"><table><tbody>{string.Concat(rows.Select(row => $"<tr><td>{row.Name}</td><td class=\"meaning\">{row.Text}</td></tr>"))}</tbody></table></div>";
}
