using System.Globalization;
using System.Text;
using StepZero.Networks;

namespace StepZero.Reports;

/// <summary>A network as an svg element: a column of units a layer, with sizes.</summary>
internal static class NetworkDrawing
{
    private const int MostUnits = 7;
    private const int Column = 150, Middle = 120, Row = 30, Height = 290;
    private const double Radius = 9;

    public static string Draw(Architecture architecture)
    {
        IReadOnlyList<int> sizes = architecture.LayerSizes;
        var svg = new StringBuilder();
        int width = sizes.Count * Column;
        string description = $"A network of {string.Join(", ", sizes.Select(size => Figures.Count(size)))} units, layer by layer.";
        svg.Append(CultureInfo.InvariantCulture, $"<svg class=\"small\" viewBox=\"0 0 {width} {Height}\" style=\"max-width:{width}px\" role=\"img\" aria-label=\"{description}\">");
        for (int layer = 0; layer + 1 < sizes.Count; layer++)
        {
            foreach (double from in Places(sizes[layer]))
            {
                foreach (double to in Places(sizes[layer + 1]))
                {
                    svg.Append(CultureInfo.InvariantCulture, $"<line class=\"axis\" x1=\"{X(layer)}\" y1=\"{from}\" x2=\"{X(layer + 1)}\" y2=\"{to}\"/>");
                }
            }
        }

        for (int layer = 0; layer < sizes.Count; layer++)
        {
            foreach (double y in Places(sizes[layer]))
            {
                svg.Append(CultureInfo.InvariantCulture, $"<circle class=\"t{(layer == 0 ? 4 : 0)}\" cx=\"{X(layer)}\" cy=\"{y}\" r=\"{Radius}\"/>");
            }

            if (sizes[layer] > MostUnits)
            {
                svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{X(layer)}\" y=\"{Middle + 6}\" text-anchor=\"middle\">⋮</text>");
            }

            string role = layer == 0 ? "features" : layer == sizes.Count - 1 ? TaskText.Output(architecture.Loss) : architecture.HiddenActivation.ToString();
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"strong\" x=\"{X(layer)}\" y=\"{Height - 30}\" text-anchor=\"middle\">{Figures.Count(sizes[layer])}</text>");
            svg.Append(CultureInfo.InvariantCulture, $"<text class=\"soft-text\" x=\"{X(layer)}\" y=\"{Height - 10}\" text-anchor=\"middle\">{role}</text>");
        }

        return svg.Append("</svg>").ToString();
    }

    private static int X(int layer) => (layer * Column) + (Column / 2);

    /// <summary>Where the units of a layer stand; of many only the first and last three.</summary>
    private static IEnumerable<double> Places(int units) => units <= MostUnits
        ? Enumerable.Range(0, units).Select(unit => Middle + ((unit - ((units - 1) / 2.0)) * Row))
        : Enumerable.Range(0, MostUnits).Where(unit => unit != MostUnits / 2).Select(unit => Middle + ((unit - ((MostUnits - 1) / 2.0)) * Row));
}
