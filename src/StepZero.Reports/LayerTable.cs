using System.Globalization;
using System.Text;
using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>What was measured in each layer before the first update, as a table.</summary>
internal static class LayerTable
{
    private static readonly (string Name, string Meaning)[] Columns =
    [
        ("layer", "from the data to the output"),
        ("units", "units of the layer"),
        ("z", "pre-activations over all units and samples: mean ± standard deviation"),
        ("activation", "the same of φ(z)"),
        ("satu&shy;rated", "share of activations where the slope is below 5% of the steepest"),
        ("dead", "units that are 0, without slope, for every sample"),
        ("linear", "units that answer nearly by a straight line"),
        ("cosine", "mean cosine between the activations of two samples"),
        ("∂cost/∂z", "root mean square of the gradient"),
        ("growth →", "root mean square of z over that of the layer before"),
        ("growth ←", "root mean square of ∂cost/∂z over that of the layer behind"),
        ("rank of W", "rank of the weights, of the largest possible"),
        ("rank of a", "rank of the activations over the samples, of the largest possible"),
        ("copies", "units that are equal to another one, in and out, and stay so"),
    ];

    /// <summary>The table as HTML.</summary>
    /// <param name="diagnosis">The diagnosis.</param>
    public static string Write(Diagnosis diagnosis)
    {
        var rows = new StringBuilder();
        for (int i = 0; i < diagnosis.Signal.Layers.Count; i++)
        {
            LayerStatistics layer = diagnosis.Signal.Layers[i];
            LayerSymmetry symmetry = diagnosis.Symmetry.Layers[i];
            bool output = i == diagnosis.Signal.Layers.Count - 1;
            string[] cells =
            [
                output ? $"{i + 1}, output" : (i + 1).ToString(CultureInfo.InvariantCulture), Figures.Count(layer.Units), Pair(layer.PreActivations), output ? "–" : Pair(layer.Activations),
                Share(layer.SaturatedShare), Count(layer.DeadUnits), Count(layer.LinearUnits), output ? "–" : Number(layer.MeanCosine), Number(layer.Gradients.RootMeanSquare),
                Number(layer.Growth), Number(layer.GradientGrowth), Rank(symmetry.Weights), Rank(symmetry.Activations), output ? "–" : Figures.Count(symmetry.Redundant),
            ];
            rows.Append("<tr>").AppendJoin("", cells.Select(cell => $"<td>{cell}</td>")).Append("</tr>");
        }

        string heads = string.Concat(Columns.Select(column => $"<th title=\"{Html.Text(column.Meaning)}\">{column.Name}</th>"));
        return $"<div class=\"table dense\"><table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div>";
    }

    /// <summary>What the columns are, in a paragraph.</summary>
    public static string Legend() =>
        $"<p class=\"soft\">{string.Join("; ", Columns.Skip(2).Select(column => $"<strong>{column.Name.Replace("&shy;", "", StringComparison.Ordinal)}</strong> {Html.Text(column.Meaning)}"))}.</p>";

    private static string Pair(Spread spread) => double.IsFinite(spread.Mean) && double.IsFinite(spread.Deviation) ? $"{Figures.Short(spread.Mean)} ± {Figures.Short(spread.Deviation)}" : "–";

    private static string Number(double? value) => value is double number && double.IsFinite(number) ? Figures.Brief(number) : "–";

    private static string Share(double? value) => value is double share && double.IsFinite(share) ? Figures.BriefPercent(share) : "–";

    private static string Count(int? value) => value is int count ? Figures.Count(count) : "–";

    private static string Rank(MatrixRank? rank) => rank is null ? "–" : $"{Figures.Count(rank.Rank)}/{Figures.Count(rank.Most)}";
}
