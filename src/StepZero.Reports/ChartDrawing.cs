using System.Globalization;
using System.Text;

namespace StepZero.Reports;

/// <summary>A chart as a drawing in a page, whose colors follow light and dark.</summary>
internal static class ChartDrawing
{
    /// <summary>Letters of a name that the margin beside the lines holds.</summary>
    private const int LongestName = 18;

    private const double LetterWidth = 7.6, Top = 26, Under = 46, LineHeight = 17;

    /// <summary>A chart as wide as the page.</summary>
    public static (double Width, double Height) Wide { get; } = (900, 360);

    /// <summary>A chart below another.</summary>
    public static (double Width, double Height) Low { get; } = (900, 240);

    /// <summary>Two beside each other.</summary>
    public static (double Width, double Height) Half { get; } = (440, 270);

    /// <summary>Three beside each other.</summary>
    public static (double Width, double Height) Third { get; } = (300, 236);

    /// <summary>The chart as an svg element; nothing where it is empty.</summary>
    /// <param name="chart">The chart.</param>
    /// <param name="size">One of <see cref="Wide"/>, <see cref="Low"/>, <see cref="Half"/> and <see cref="Third"/>.</param>
    /// <param name="description">What it shows, for those who cannot see it.</param>
    public static string Draw(Chart chart, (double Width, double Height) size, string description)
    {
        if (chart.IsEmpty)
        {
            return "";
        }

        ChartAxis xs = chart.X, ys = chart.Y;
        double left = 34 + (LetterWidth * ys.Ticks.Select(tick => tick.Text.Length).Append(chart.Letters.Ticks).Max());
        double right = size.Width - 14 - (LetterWidth * chart.Lines.Select(line => Math.Min(line.Name.Length, LongestName)).Append(chart.Letters.Names).Max());
        double bottom = size.Height - Under;
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg class=\"small\" viewBox=\"0 0 {size.Width} {size.Height}\" role=\"img\" aria-label=\"{Html.Text(description)}\">"));
        svg.Append(Invariant($"<text class=\"strong\" x=\"{left}\" y=\"14\">{Html.Text(chart.Title)}</text>"));
        foreach ((double value, string text) in ys.Ticks.Where(tick => tick.Text.Length > 0))
        {
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{left:0.#}\" x2=\"{right:0.#}\" y1=\"{Y(value):0.#}\" y2=\"{Y(value):0.#}\"/>"));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{left - 6:0.#}\" y=\"{Y(value) + 4:0.#}\" text-anchor=\"end\">{text}</text>"));
        }

        double end = double.NegativeInfinity;
        foreach ((double value, string text) in xs.Ticks.Where(tick => tick.Text.Length > 0))
        {
            double half = LetterWidth * text.Length / 2;
            if (X(value) - half > end + LetterWidth)
            {
                svg.Append(Invariant($"<text class=\"soft-text\" x=\"{X(value):0.#}\" y=\"{bottom + 18:0.#}\" text-anchor=\"middle\">{text}</text>"));
                svg.Append(Invariant($"<line class=\"axis\" x1=\"{X(value):0.#}\" x2=\"{X(value):0.#}\" y1=\"{bottom:0.#}\" y2=\"{bottom + 4:0.#}\"/>"));
                end = X(value) + half;
            }
        }

        svg.Append(Invariant($"<line class=\"axis\" x1=\"{left:0.#}\" x2=\"{right:0.#}\" y1=\"{bottom:0.#}\" y2=\"{bottom:0.#}\"/>"));
        svg.Append(Invariant($"<text x=\"{(left + right) / 2:0.#}\" y=\"{size.Height - 8}\" text-anchor=\"middle\">{Html.Text(chart.XName)}</text>"));
        svg.Append(Invariant($"<text x=\"14\" y=\"{(Top + bottom) / 2:0.#}\" text-anchor=\"middle\" transform=\"rotate(-90 14 {(Top + bottom) / 2:0.#})\">{Html.Text(chart.YName)}</text>"));
        foreach (ChartLine line in chart.Lines)
        {
            DrawLine(svg, chart, line, X, Y);
        }

        DrawLimits(svg, chart, left, right, bottom, Y);
        DrawNames(svg, chart, right, bottom, Y);
        return svg.Append("</svg>").ToString();

        double X(double value) => left + ((right - left) * xs.Share(value));
        double Y(double value) => bottom - ((bottom - Top) * ys.Share(value));
    }

    private static void DrawLine(StringBuilder svg, Chart chart, ChartLine line, Func<double, double> x, Func<double, double> y)
    {
        string stroke = line.Kind switch { LineKind.Dashed => " dashed", LineKind.Dotted => " held", _ => "" };
        foreach (IReadOnlyList<(double X, double Y)> part in chart.Parts(line))
        {
            if (part.Count > 1)
            {
                string points = string.Join(' ', part.Select(point => Invariant($"{x(point.X):0.#},{y(point.Y):0.#}")));
                svg.Append(Invariant($"<polyline class=\"curve k{line.Color % Palette.Count}{stroke}\" points=\"{points}\"/>"));
            }

            foreach ((double atX, double atY) in part.Where(_ => line.Marked || part.Count == 1))
            {
                svg.Append(Invariant($"<circle class=\"t{line.Color % Palette.Count}\" cx=\"{x(atX):0.#}\" cy=\"{y(atY):0.#}\" r=\"3\"/>"));
            }
        }
    }

    /// <summary>Each limit with its name above it, or below where the next one is near.</summary>
    private static void DrawLimits(StringBuilder svg, Chart chart, double left, double right, double bottom, Func<double, double> y)
    {
        double before = double.PositiveInfinity;
        foreach (ChartLimit limit in chart.Limits.Where(limit => double.IsFinite(limit.Value) && y(limit.Value) >= Top - 1 && y(limit.Value) <= bottom + 1).OrderBy(limit => limit.Value))
        {
            double at = y(limit.Value), text = before - at < LineHeight || at - Top < LineHeight ? at + 13 : at - 5;
            svg.Append(Invariant($"<line class=\"limit\" x1=\"{left:0.#}\" x2=\"{right:0.#}\" y1=\"{at:0.#}\" y2=\"{at:0.#}\"/>"));
            svg.Append(Invariant($"<text class=\"halo\" x=\"{right - 4:0.#}\" y=\"{text:0.#}\" text-anchor=\"end\">{Html.Text(limit.Name)}</text>"));
            before = at;
        }
    }

    private static void DrawNames(StringBuilder svg, Chart chart, double right, double bottom, Func<double, double> y)
    {
        (ChartLine Line, double Y)[] ends =
            [.. chart.Lines.Where(line => line.Name.Length > 0).Select(line => (line, Parts: chart.Parts(line).ToArray())).Where(end => end.Parts is not [])
                .Select(end => (end.line, y(end.Parts[^1][^1].Y)))];
        double[] places = CostAxis.Spread([.. ends.Select(end => end.Y)], LineHeight, Top, bottom);
        for (int i = 0; i < ends.Length; i++)
        {
            svg.Append(Invariant($"<text class=\"name t{ends[i].Line.Color % Palette.Count}\" x=\"{right + 8:0.#}\" y=\"{places[i] + 4:0.#}\">{Html.Text(OneLine.Of(ends[i].Line.Name, LongestName))}</text>"));
        }
    }

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
