using System.Globalization;
using System.Text;

namespace StepZero.Reports;

/// <summary>A histogram as a small svg element.</summary>
internal static class HistogramChart
{
    private const int Bins = 41;
    private const double Top = 8, Base = 84, Height = 104;

    /// <summary>The width of a chart in a card, in units of its height of 104.</summary>
    public const double Narrow = 260;

    /// <summary>The width of a chart in half a page.</summary>
    public const double Wide = 440;

    /// <summary>Draws how values spread over a range.</summary>
    /// <param name="values">The values; those outside the range count in its first and last bin, those that are no numbers not at all.</param>
    /// <param name="low">The lower end of the range.</param>
    /// <param name="high">The upper end of the range.</param>
    /// <param name="style">The style class of the bars.</param>
    /// <param name="width"><see cref="Narrow"/> or <see cref="Wide"/>.</param>
    /// <param name="description">What it shows, for those who cannot see it.</param>
    public static string Draw(ReadOnlySpan<double> values, double low, double high, string style, double width, string description)
    {
        int[] counts = new int[Bins];
        foreach (double value in values)
        {
            if (double.IsNaN(value))
            {
                continue;
            }

            counts[Math.Clamp((int)((value - low) / (high - low) * Bins), 0, Bins - 1)]++;
        }

        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"small\" viewBox=\"0 0 {width} {Height}\" role=\"img\" aria-label=\"{Html.Text(description)}\">");
        double bin = width / Bins;
        for (int i = 0; i < Bins; i++)
        {
            double height = (Base - Top) * counts[i] / Math.Max(1, counts.Max());
            svg.Append(CultureInfo.InvariantCulture, $"<rect class=\"{style}\" x=\"{i * bin:0.##}\" y=\"{Base - height:0.##}\" width=\"{bin - 0.8:0.##}\" height=\"{height:0.##}\"/>");
        }

        svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"0\" x2=\"{width}\" y1=\"{Base}\" y2=\"{Base}\"/>");
        Label(svg, 0, "start", low);
        Label(svg, width / 2, "middle", (low + high) / 2);
        Label(svg, width, "end", high);
        return svg.Append("</svg>").ToString();
    }

    private static void Label(StringBuilder svg, double x, string anchor, double value) => svg.Append(
        CultureInfo.InvariantCulture, $"<text class=\"soft-text\" x=\"{x}\" y=\"{Height - 4}\" text-anchor=\"{anchor}\">{Figures.Short(value)}</text>");
}
