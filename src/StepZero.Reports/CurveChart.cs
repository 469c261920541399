using System.Globalization;
using System.Text;
using System.Text.Json;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The cost curves of a report: drawings in the page itself, whose colors follow light and dark, with tooltips that need no script.</summary>
internal sealed class CurveChart
{
    /// <summary>Letters of a name that the margin beside the curves holds.</summary>
    private const int LongestName = 18;

    /// <summary>Digits of a number that the usual margin holds beside the name of the axis; a point is half as wide.</summary>
    private const double DigitsBesideAxis = 4.5;

    /// <summary>The margin that grows with a digit, in units of the drawing.</summary>
    private const double DigitWidth = 18;

    private const int MostPoints = 500;
    private const int Strips = 100;
    private const double UsualLeft = 60, Right = 740, Top = 14, Bottom = 372, Width = 900, Height = 420;

    private readonly Comparison comparison;
    private readonly CostSeries[] series;
    private readonly bool logarithmic;
    private readonly int count;
    private readonly double low;
    private readonly double high;
    private readonly int[] iterations;
    private readonly (double Value, string Text)[] rows;

    /// <summary>Where the curves begin: further in where the numbers beside the axis are long.</summary>
    private readonly double left;

    public CurveChart(Comparison comparison)
    {
        this.comparison = comparison;
        logarithmic = CostAxis.IsWide(comparison);
        series = CostSeries.Of(comparison);
        count = Math.Max(1, comparison.Starts.Max(start => start.Run.Record.Costs.Length));
        double[] shown = [.. comparison.Starts.SelectMany((start, i) => series[i].Costs.Concat(series[i].Held).Concat(Band(i)?.Lower ?? []).Concat(Band(i)?.Upper ?? [])).Where(double.IsFinite)];
        (low, high) = shown is [] ? (0, 1) : (Scale(shown.Min()), Scale(shown.Max()));
        double margin = high > low ? 0.04 * (high - low) : 0.1;
        (low, high) = (low - margin, high + margin);
        int every = series.Max(one => one.Every), all = every == 0 ? count : Math.Max(1, count / every);
        iterations = [.. Thin(all).Select(i => every == 0 ? i : (i + 1) * every)];
        rows = logarithmic
            ? [.. CostAxis.LogarithmicTicks(low, high).Where(tick => tick.Text.Length > 0)]
            : CostAxis.NamedTicks(low, high, 6);
        left = UsualLeft + Math.Max(0, DigitWidth * (rows.Select(row => row.Text.Length - (row.Text.Contains('.', StringComparison.Ordinal) ? 0.5 : 0)).DefaultIfEmpty(0).Max() - DigitsBesideAxis));
    }

    /// <summary>The chart as an svg element.</summary>
    public string ToSvg(string description)
    {
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg id=\"curves\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(description)}\">"));
        svg.Append(Invariant($"<clipPath id=\"axes\"><rect x=\"{left}\" y=\"{Top}\" width=\"{Right - left}\" height=\"{Bottom - Top}\"/></clipPath>"));
        DrawAxes(svg);
        for (int i = 0; i < comparison.Starts.Count; i++)
        {
            if (Band(i) is Band band)
            {
                int[] at = [.. Thin(series[i].OfEpochs ? band.Upper.Length : count).Where(t => t < band.Upper.Length && double.IsFinite(band.Upper[t]))];
                string outline = string.Join(' ', at.Select(t => Point(series[i].UpdatesBefore(t), band.Upper[t])).Concat(at.Reverse().Select(t => Point(series[i].UpdatesBefore(t), band.Lower[t]))));
                svg.Append(CultureInfo.InvariantCulture, $"<polygon class=\"band t{i % Palette.Count}\" points=\"{outline}\"/>");
            }
        }

        for (int i = 0; i < comparison.Starts.Count; i++)
        {
            (double[] costs, _, double[] batches, double[] held) = series[i];
            if (batches is not [])
            {
                svg.Append("<g clip-path=\"url(#axes)\">");
                AddLine(" faint", Thin(batches.Length).Where(t => double.IsFinite(Scale(batches[t]))).Select(t => Point(t, batches[t])));
                svg.Append("</g>");
            }

            AddLine(" held", Thin(held.Length).Select(t => Point(series[i].UpdatesBeforeHeld(t), held[t])));
            AddLine(Palette.IsDashed(i) ? " dashed" : "", iterations.Where(t => series[i].After(t) is not null).Select(t => Point(t, series[i].After(t)!.Value)), always: true);

            void AddLine(string kind, IEnumerable<string> points, bool always = false)
            {
                string all = string.Join(' ', points);
                svg.Append(CultureInfo.InvariantCulture, $"{(always || all.Length > 0 ? $"<polyline class=\"curve k{i % Palette.Count}{kind}\" points=\"{all}\"/>" : "")}");
            }
        }

        DrawNames(svg);
        DrawStrips(svg);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>What the script needs to show the costs under the pointer, as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        left,
        right = Right,
        top = Top,
        bottom = Bottom,
        count,
        iterations,
        curves = comparison.Starts.Select((start, i) => new
        {
            name = start.Run.Spec.Initializer.Name,
            costs = iterations.Select(t => series[i].After(t) is double cost ? Figures.Cost(cost) : null),
        }),
    });

    private static int[] Thin(int length)
    {
        int points = Math.Min(MostPoints, length);
        return [.. Enumerable.Range(0, points).Select(i => points == 1 ? 0 : (int)((long)i * (length - 1) / (points - 1)))];
    }

    private Band? Band(int start) => series[start].BandOf(comparison.Starts[start]);

    private double Scale(double cost) => logarithmic ? Math.Log10(cost) : cost;

    private double X(double iteration) => left + ((Right - left) * iteration / count);

    private double Y(double scaled) => Bottom - ((Bottom - Top) * (scaled - low) / (high - low));

    private string Point(int iteration, double cost) => Invariant($"{X(iteration):0.#},{Y(Scale(cost)):0.#}");

    private void DrawAxes(StringBuilder svg)
    {
        foreach ((double value, string text) in rows)
        {
            double y = Y(Scale(value));
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{left}\" x2=\"{Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{text}</text>"));
        }

        foreach (double tick in CostAxis.Ticks(0, count, 5))
        {
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{X(tick):0.#}\" y=\"{Bottom + 20}\" text-anchor=\"middle\">{tick:0}</text>"));
        }

        svg.Append(Invariant($"<line class=\"axis\" x1=\"{left}\" x2=\"{Right}\" y1=\"{Bottom}\" y2=\"{Bottom}\"/>"));
        svg.Append(Invariant($"<text x=\"{(left + Right) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">iteration</text>"));
        svg.Append(Invariant($"<text x=\"14\" y=\"{(Top + Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {(Top + Bottom) / 2})\">cost{(logarithmic ? " (logarithmic)" : "")}</text>"));
    }

    private void DrawNames(StringBuilder svg)
    {
        var ends = comparison.Starts.Select((start, i) => (start.Run.Spec.Initializer.Name, Index: i, series[i].Costs)).Where(end => end.Costs is not []).ToArray();
        double[] places = CostAxis.Spread([.. ends.Select(end => Y(Scale(end.Costs[^1])))], 22, Top, Bottom);
        for (int i = 0; i < ends.Length; i++)
        {
            svg.Append(Invariant($"<text class=\"name t{ends[i].Index % Palette.Count}\" x=\"{Right + 10}\" y=\"{places[i] + 4:0.#}\">{Html.Text(OneLine.Of(ends[i].Name, LongestName))}</text>"));
        }
    }

    private void DrawStrips(StringBuilder svg)
    {
        int strips = Math.Min(Strips, iterations.Length);
        double width = (Right - left) / strips;
        for (int strip = 0; strip < strips; strip++)
        {
            int t = iterations[strip * (iterations.Length - 1) / Math.Max(1, strips - 1)];
            IEnumerable<string> costs = comparison.Starts.Select((start, i) => (start.Run.Spec.Initializer.Name, Cost: series[i].After(t)))
                .Where(start => start.Cost is not null).Select(start => $"{start.Name} {Figures.Cost(start.Cost)}");
            svg.Append(Invariant($"<rect class=\"strip\" x=\"{left + (strip * width):0.#}\" y=\"{Top}\" width=\"{width:0.#}\" height=\"{Bottom - Top}\">"));
            svg.Append(CultureInfo.InvariantCulture, $"<title>iteration {t}: {Html.Text(string.Join(", ", costs))}</title></rect>");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
