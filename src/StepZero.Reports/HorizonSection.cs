using System.Globalization;
using System.Text;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>How far the costs of trainings can be reproduced, as a section of a page.</summary>
internal static class HorizonSection
{
    /// <summary>The relative difference from which on six digits of a cost differ.</summary>
    private const double Early = 1e-6;

    private static readonly int[] Milestones = [0, 9, 19, 49, 99, 199, 499, 999];

    /// <summary>The section of a checkup; nothing without horizons.</summary>
    public static string Write(Checkup checkup)
    {
        (string Name, int Color, Horizon Horizon)[] starts = Of(checkup);
        if (starts is [])
        {
            return "";
        }

        string ends = string.Join("; ", starts.Select(start => $"{start.Name}: {(start.Horizon.PartsAt is int at ? $"1% at iteration {at}" : "never 1%")}"));
        CheckedStart first = checkup.Starts[0];
        return $"""
            <h2>Which digits can be trusted</h2>
            <p>Beside each training went {Horizon.DefaultShadows} shadow runs whose starting weights differ in the last of their 16 digits, as they would between two correct programs, or two machines.
            Where steps are stable such a difference stays small; where they are too long it grows with every update, until the costs of two correct programs have no digit in common.</p>
            <figure>{ChartDrawing.Draw(Deviations(checkup), ChartDrawing.Wide, $"The largest relative difference between the costs of a run and its shadows by iteration. {ends}.")}</figure>
            <p>The iterations in which a difference doubles (the Lyapunov rate in nats an iteration beside it), those at which costs part, and the digits that all runs share in the cost before update t:</p>
            {Table([.. starts.Select(start => (start.Name, start.Horizon))], first.Diagnosis.Probe.Budget)}
            """;
    }

    /// <summary>The largest difference between a run and its shadows along the training.</summary>
    public static Chart Deviations(Checkup checkup) => new(
        "How far shadow runs are apart", "iteration", "relative difference of costs (log)",
        [.. Of(checkup).Select(start => new ChartLine(start.Name, start.Color, [.. DiagnosisCharts.Thin(start.Horizon.Deviations.Length, false).Select(t => ((double)t, start.Horizon.Deviations[t]))]))])
    {
        LogY = true,
        Limits = [new ChartLimit(Horizon.Tolerance, "1%"), new ChartLimit(Early, "1e−6")],
    };

    /// <summary>The table of iterations and digits.</summary>
    /// <param name="starts">The starts with their horizons.</param>
    /// <param name="updates">The updates of the training.</param>
    public static string Table(IReadOnlyList<(string Name, Horizon Horizon)> starts, int updates)
    {
        int[] at = [.. Milestones.Append(updates - 1).Where(t => t < updates).Distinct().Order()];
        var rows = new StringBuilder();
        foreach ((string name, Horizon horizon) in starts)
        {
            IEnumerable<string> digits = at.Select(t => t < horizon.Deviations.Length ? horizon.TrustedDigits(t).ToString(CultureInfo.InvariantCulture) : "–");
            rows.Append($"<tr><td>{Html.Text(name)}</td><td>{Growth(horizon)}</td><td>{Iteration(horizon.PartsBy(Early))}</td><td>{Iteration(horizon.PartsAt)}</td>{string.Concat(digits.Select(digit => $"<td>{digit}</td>"))}</tr>");
        }

        return $"<div class=\"table wrap\"><table><thead><tr><th>start</th><th>doubles in</th><th>parts by 1e−6 at</th><th>by 1% at</th>{string.Concat(at.Select(t => $"<th>t = {t}</th>"))}</tr></thead><tbody>{rows}</tbody></table></div>";
    }

    private static (string Name, int Color, Horizon Horizon)[] Of(Checkup checkup) =>
        [.. checkup.Starts.Select((start, i) => (start.Diagnosis.Spec.Initializer.Name, i, start.Horizon)).Where(start => start.Horizon is not null).Select(start => (start.Name, start.i, start.Horizon!))];

    /// <summary>The doubling time and the Lyapunov rate, where rounding errors grow.</summary>
    private static string Growth(Horizon horizon) =>
        horizon is { LyapunovRate: double rate and > 0, DoublingTime: double time } && double.IsFinite(rate) ? $"{Figures.Short(time)} ({Figures.Short(rate)})" : "–";

    private static string Iteration(int? iteration) => iteration is int at ? at.ToString(CultureInfo.InvariantCulture) : "never";
}
