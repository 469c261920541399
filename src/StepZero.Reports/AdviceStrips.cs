using System.Globalization;
using System.Text;
using StepZero.Recommendations;

namespace StepZero.Reports;

/// <summary>The iterations to the target of each seed, a strip a setting, as a drawing in a page.</summary>
internal static class AdviceStrips
{
    private const double Width = 900, Left = 16, RowHeight = 54, Top = 20, Under = 46, Never = 90, Radius = 3.4;

    /// <summary>The places across a strip that marks take in turn, so that equal ones do not cover each other.</summary>
    private const int Places = 5;

    /// <summary>The drawing as an svg element.</summary>
    public static string Draw(Recommendation advice)
    {
        IReadOnlyList<Evidence> all = advice.All;
        double[] finite = [.. all.SelectMany(evidence => evidence.Iterations).Where(double.IsFinite)];
        bool misses = all.Any(evidence => evidence.Reached.Count < evidence.Reached.Total);
        var axis = ChartAxis.Of(finite is [] ? [1] : finite.Select(value => Math.Max(value, 1)), Chart.IsWide(finite.Select(value => Math.Max(value, 1))), margin: 0.04);
        double right = Width - 20 - (misses ? Never : 0), bottom = Top + (RowHeight * all.Count);
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg viewBox=\"0 0 {Width} {bottom + Under}\" role=\"img\" aria-label=\"{Html.Text(Described(advice))}\">"));
        foreach ((double value, string text) in axis.Ticks.Where(tick => tick.Text.Length > 0))
        {
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{X(value):0.#}\" x2=\"{X(value):0.#}\" y1=\"{Top}\" y2=\"{bottom:0.#}\"/>"));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{X(value):0.#}\" y=\"{bottom + 18:0.#}\" text-anchor=\"middle\">{text}</text>"));
        }

        svg.Append(misses ? Invariant($"<text class=\"soft-text\" x=\"{right + (Never / 2) + 10:0.#}\" y=\"{bottom + 18:0.#}\" text-anchor=\"middle\">not reached</text>") : "");
        svg.Append(Invariant($"<text x=\"{(Left + right) / 2:0.#}\" y=\"{bottom + 40:0.#}\" text-anchor=\"middle\">iterations to {Html.Text(AdviceText.Goal(advice.Screening.Target))}{(axis.IsLogarithmic ? " (log)" : "")}</text>"));
        for (int row = 0; row < all.Count; row++)
        {
            double top = Top + (RowHeight * row);
            string color = $"t{row % Palette.Count}";
            svg.Append(Invariant($"<line class=\"axis\" x1=\"{Left}\" x2=\"{right:0.#}\" y1=\"{top + RowHeight:0.#}\" y2=\"{top + RowHeight:0.#}\"/>"));
            svg.Append(Invariant($"<text class=\"halo name {color}\" x=\"{Left}\" y=\"{top + 14:0.#}\">{Html.Text($"{all[row].Candidate} ({AdviceText.Role(advice, all[row])})")}</text>"));
            int seed = 0;
            foreach (double iterations in all[row].Iterations)
            {
                double y = top + 24 + (seed % Places * 5);
                double x = double.IsFinite(iterations) ? X(Math.Max(iterations, 1)) : right + 26 + (seed / Places * 9 % (Never - 30));
                svg.Append(Invariant($"<circle class=\"{color}\" cx=\"{x:0.#}\" cy=\"{y:0.#}\" r=\"{Radius}\" fill-opacity=\"0.75\"/>"));
                seed++;
            }

            if (double.IsFinite(all[row].Median))
            {
                double x = X(Math.Max(all[row].Median, 1));
                svg.Append(Invariant($"<line class=\"k{row % Palette.Count}\" x1=\"{x:0.#}\" x2=\"{x:0.#}\" y1=\"{top + 19:0.#}\" y2=\"{top + 50:0.#}\" stroke-width=\"3\"/>"));
            }
        }

        return svg.Append("</svg>").ToString();

        double X(double value) => Left + ((right - Left) * axis.Share(value));
    }

    private static string Described(Recommendation advice) => $"Iterations to the target by setting. {string.Join("; ", advice.All.Select(evidence =>
        $"{evidence.Candidate}: {evidence.Reached.Count} of {evidence.Reached.Total} reached, median {AdviceText.Iterations(evidence.Median)}"))}.";

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
