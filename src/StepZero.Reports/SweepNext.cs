using System.Globalization;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>What to do after a sweep: look beyond its edges, and train the first setting again from fresh seeds.</summary>
internal static class SweepNext
{
    private const int FreshSeeds = 32;
    private const int FewestValues = 3;
    private const double NearEdge = 0.05;

    /// <summary>The section of a page; nothing where there is nothing to say.</summary>
    public static string Write(SweepSummary summary)
    {
        SweepPlan plan = summary.Results.Plan;
        if (!SweepVerdict.HasFirst(summary))
        {
            return "";
        }

        IReadOnlyList<(string Name, string Value)> options = plan.Options(summary.Ranking[0].Setting);
        string edges = string.Concat(Edges(plan, plan.Values(summary.Ranking[0].Setting)).Select(sentence => $"<li>{Html.Text(sentence)}</li>"));
        string again = SeedOf(options) is not uint seed || seed > uint.MaxValue - plan.Seeds - FreshSeeds ? ""
            : $"<li>Train the first setting again from {FreshSeeds} seeds that the sweep has not seen (data that are generated or divided by --seed are drawn anew with the first of them):<pre>{Html.Text($"stepzero compare {SweepWords.Options(Fresh(options, seed + (uint)plan.Seeds))} --seeds {FreshSeeds}")}</pre></li>";
        return $"<h2>What to try next</h2><ul>{edges}{again}</ul>".Replace("<h2>What to try next</h2><ul></ul>", "", StringComparison.Ordinal);
    }

    /// <summary>Options of numbers whose best value is the first or the last that was tried.</summary>
    internal static IEnumerable<string> Edges(SweepPlan plan, IReadOnlyList<string> best)
    {
        for (int option = 0; option < best.Count; option++)
        {
            if (!double.TryParse(best[option], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
            {
                continue;
            }

            (bool low, bool high) = option < plan.Axes.Count ? OfAxis(plan.Axes[option], value) : OfDraw(plan.Draws[option - plan.Axes.Count], value);
            if ((low && value != 0) || high)
            {
                yield return $"{plan.Names[option]} {SweepWords.Value(best[option])} is {(option < plan.Axes.Count ? "" : "near ")}the {(low ? "smallest" : "largest")} that was tried: the best may lie beyond it.";
            }
        }
    }

    private static (bool Low, bool High) OfAxis(SweepAxis axis, double value)
    {
        double[] numbers = [.. axis.Values.Select(text => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN)];
        return numbers.Length < FewestValues || numbers.Any(double.IsNaN) ? (false, false) : (value == numbers.Min(), value == numbers.Max());
    }

    private static (bool Low, bool High) OfDraw(SweepDraw draw, double value)
    {
        double share = draw.IsLogarithmic ? Math.Log(value / draw.From) / Math.Log(draw.To / draw.From) : (value - draw.From) / (draw.To - draw.From);
        return (share < NearEdge, share > 1 - NearEdge);
    }

    private static uint? SeedOf(IReadOnlyList<(string Name, string Value)> options) =>
        options.FirstOrDefault(option => option.Name == "seed").Value is not string text ? 1 : uint.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out uint seed) ? seed : null;

    private static IEnumerable<(string Name, string Value)> Fresh(IReadOnlyList<(string Name, string Value)> options, uint seed) =>
        [.. options.Where(option => option.Name != "seed"), ("seed", seed.ToString(CultureInfo.InvariantCulture))];
}
