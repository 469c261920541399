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

    private const int MostPoints = 500;
    private const int Strips = 100;
    private const double Left = 60, Right = 740, Top = 14, Bottom = 372, Width = 900, Height = 420;

    private readonly Comparison comparison;
    private readonly bool logarithmic;
    private readonly int count;
    private readonly double low;
    private readonly double high;
    private readonly int[] iterations;

    public CurveChart(Comparison comparison)
    {
        this.comparison = comparison;
        logarithmic = CostAxis.IsWide(comparison);
        count = Math.Max(1, comparison.Starts.Max(start => start.Run.Record.Costs.Length));
        double[] shown = [.. comparison.Starts.SelectMany(start => start.Run.Record.Costs.Concat(Band(start)?.Lower ?? []).Concat(Band(start)?.Upper ?? [])).Where(double.IsFinite)];
        (low, high) = shown is [] ? (0, 1) : (Scale(shown.Min()), Scale(shown.Max()));
        double margin = high > low ? 0.04 * (high - low) : 0.1;
        (low, high) = (low - margin, high + margin);
        int points = Math.Min(MostPoints, count);
        iterations = [.. Enumerable.Range(0, points).Select(i => points == 1 ? 0 : (int)((long)i * (count - 1) / (points - 1)))];
    }

    /// <summary>The chart as an svg element.</summary>
    public string ToSvg(string description)
    {
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg id=\"curves\" viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-label=\"{Html.Text(description)}\">"));
        DrawAxes(svg);
        for (int i = 0; i < comparison.Starts.Count; i++)
        {
            if (Band(comparison.Starts[i]) is Band band)
            {
                int[] at = [.. iterations.Where(t => t < band.Upper.Length && double.IsFinite(band.Upper[t]))];
                string outline = string.Join(' ', at.Select(t => Point(t, band.Upper[t])).Concat(at.Reverse().Select(t => Point(t, band.Lower[t]))));
                svg.Append(CultureInfo.InvariantCulture, $"<polygon class=\"band t{i % Palette.Count}\" points=\"{outline}\"/>");
            }
        }

        for (int i = 0; i < comparison.Starts.Count; i++)
        {
            double[] costs = comparison.Starts[i].Run.Record.Costs;
            string points = string.Join(' ', iterations.Where(t => t < costs.Length).Select(t => Point(t, costs[t])));
            svg.Append(CultureInfo.InvariantCulture, $"<polyline class=\"curve k{i % Palette.Count}{(Palette.IsDashed(i) ? " dashed" : "")}\" points=\"{points}\"/>");
        }

        DrawNames(svg);
        DrawStrips(svg);
        return svg.Append("</svg>").ToString();
    }

    /// <summary>What the script needs to show the costs under the pointer, as JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(new
    {
        left = Left,
        right = Right,
        top = Top,
        bottom = Bottom,
        count,
        iterations,
        curves = comparison.Starts.Select(start => new
        {
            name = start.Run.Spec.Initializer.Name,
            costs = iterations.Select(t => t < start.Run.Record.Costs.Length ? Figures.Cost(start.Run.Record.Costs[t]) : null),
        }),
    });

    private static Band? Band(ComparedStart start) => start.Seeds?.Costs ?? start.Horizon?.Costs;

    private double Scale(double cost) => logarithmic ? Math.Log10(cost) : cost;

    private double X(double iteration) => Left + ((Right - Left) * iteration / count);

    private double Y(double scaled) => Bottom - ((Bottom - Top) * (scaled - low) / (high - low));

    private string Point(int iteration, double cost) => Invariant($"{X(iteration):0.#},{Y(Scale(cost)):0.#}");

    private void DrawAxes(StringBuilder svg)
    {
        (double Value, string Text)[] rows = logarithmic
            ? [.. CostAxis.LogarithmicTicks(low, high).Where(tick => tick.Text.Length > 0)]
            : [.. CostAxis.Ticks(low, high, 6).Select(value => (value, CostAxis.Number(value)))];
        foreach ((double value, string text) in rows)
        {
            double y = Y(Scale(value));
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{y:0.#}\" y2=\"{y:0.#}\"/>"));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{Left - 8}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{text}</text>"));
        }

        foreach (double tick in CostAxis.Ticks(0, count, 5))
        {
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{X(tick):0.#}\" y=\"{Bottom + 20}\" text-anchor=\"middle\">{tick:0}</text>"));
        }

        svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left}\" x2=\"{Right}\" y1=\"{Bottom}\" y2=\"{Bottom}\"/>"));
        svg.Append(Invariant($"<text x=\"{(Left + Right) / 2}\" y=\"{Height - 4}\" text-anchor=\"middle\">iteration</text>"));
        svg.Append(Invariant($"<text x=\"14\" y=\"{(Top + Bottom) / 2}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {(Top + Bottom) / 2})\">cost{(logarithmic ? " (logarithmic)" : "")}</text>"));
    }

    private void DrawNames(StringBuilder svg)
    {
        var ends = comparison.Starts.Select((start, i) => (start.Run.Spec.Initializer.Name, Index: i, start.Run.Record.Costs)).Where(end => end.Costs is not []).ToArray();
        double[] places = CostAxis.Spread([.. ends.Select(end => Y(Scale(end.Costs[^1])))], 22, Top, Bottom);
        for (int i = 0; i < ends.Length; i++)
        {
            svg.Append(Invariant($"<text class=\"name t{ends[i].Index % Palette.Count}\" x=\"{Right + 10}\" y=\"{places[i] + 4:0.#}\">{Html.Text(OneLine.Of(ends[i].Name, LongestName))}</text>"));
        }
    }

    private void DrawStrips(StringBuilder svg)
    {
        int strips = Math.Min(Strips, iterations.Length);
        double width = (Right - Left) / strips;
        for (int strip = 0; strip < strips; strip++)
        {
            int t = iterations[strip * (iterations.Length - 1) / Math.Max(1, strips - 1)];
            IEnumerable<string> costs = comparison.Starts.Where(start => t < start.Run.Record.Costs.Length)
                .Select(start => $"{start.Run.Spec.Initializer.Name} {Figures.Cost(start.Run.Record.Costs[t])}");
            svg.Append(Invariant($"<rect class=\"strip\" x=\"{Left + (strip * width):0.#}\" y=\"{Top}\" width=\"{width:0.#}\" height=\"{Bottom - Top}\">"));
            svg.Append(CultureInfo.InvariantCulture, $"<title>iteration {t}: {Html.Text(string.Join(", ", costs))}</title></rect>");
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
