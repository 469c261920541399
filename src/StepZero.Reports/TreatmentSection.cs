using System.Text;
using StepZero.Diagnostics;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>A training before and after its advice was followed, as a part of a page.</summary>
internal static class TreatmentSection
{
    /// <summary>The part as HTML.</summary>
    /// <param name="start">The start, which was treated.</param>
    /// <param name="checkup">What it belongs to.</param>
    /// <param name="command">The command with the advice.</param>
    public static string Write(CheckedStart start, Checkup checkup, string command)
    {
        Treatment treatment = start.Treatment!;
        bool numbers = treatment.Before.Spec.Architecture.Loss == Loss.Mse, test = checkup.Test is not null;
        string fit = numbers ? "R²" : "accuracy";
        return $"""
            <h3>What the advice brings</h3>
            <p>{Html.Text(FindingList.Sentence(Why(treatment.Advice)))} The same network was trained as it was asked for and with these changes, from the same seed. {OutlookText.Disappointment(treatment)}</p>
            <pre>{Html.Text(command)}</pre>
            <figure>{ChartDrawing.Draw(Costs(treatment), ChartDrawing.Wide, $"Cost curves before and after the advice: the last cost is {Figures.Cost(Last(treatment.Before))} before and {Figures.Cost(Last(treatment.After))} after.")}</figure>
            <div class="table wrap"><table><thead><tr><th></th><th>verdict</th><th>what became of it</th><th>first cost</th><th>last cost</th><th>updates that raise it</th><th>training {fit}</th>{(test ? $"<th>test {fit}</th>" : "")}</tr></thead>
            <tbody>{Row("before", start.Diagnosis, treatment.Before, checkup)}{Row("after", treatment.Diagnosis, treatment.After, checkup)}</tbody></table></div>
            """;
    }

    /// <summary>The costs of both trainings.</summary>
    public static Chart Costs(Treatment treatment)
    {
        ChartLine[] lines = [Line("before", 0, treatment.Before), Line("after", 1, treatment.After)];
        double target = treatment.Diagnosis.Forecast.Target;
        ChartLimit[] limits = double.IsFinite(target) ? [new ChartLimit(target, $"trains below {Figures.Brief(target)}")] : [];
        bool wide = Chart.IsWide(lines.SelectMany(line => line.Points).Select(point => point.Y).Concat(limits.Select(limit => limit.Value)));
        return new Chart("The cost before and after", "iteration", wide ? "cost (logarithmic)" : "cost", lines) { LogY = wide, Limits = limits };

        static ChartLine Line(string name, int color, RunResult run) => new(name, color, [.. DiagnosisCharts.Thin(run.Record.Costs.Length, false).Select(t => ((double)t, run.Record.Costs[t]))]);
    }

    /// <summary>What the changes bring; rounds of advice may say the same again.</summary>
    private static string Why(Advice advice) => string.Join("; ", advice.Why.Split("; ").Distinct());

    private static string Row(string when, Diagnosis diagnosis, RunResult run, Checkup checkup)
    {
        TrainingRecord record = run.Record;
        string became = OutlookText.Became(run, checkup.Data.Data);
        bool numbers = run.Spec.Architecture.Loss == Loss.Mse;
        var row = new StringBuilder();
        row.Append($"<tr><td>{when}</td><td>{VerdictMark.Draw(diagnosis.Outlook)} {OutlookText.Title(diagnosis.Outlook)}</td><td>{became}</td><td>{Figures.Cost(record.StartCost)}</td><td>{Figures.Cost(Last(run))}</td>");
        row.Append($"<td>{(record.Costs.Length < 2 ? "–" : Figures.Percent(Verdict.RisingShare(record.Costs)))}</td>");
        row.Append($"<td>{(numbers ? RunFigures.FitText(RunFigures.FitOf(record.TrainCost, checkup.Data.Data)) : Figures.Percent(record.TrainAccuracy))}</td>");
        row.Append(checkup.Test is null ? "" : $"<td>{(numbers ? RunFigures.FitText(RunFigures.FitOf(run.TestCost, checkup.Test)) : Figures.Percent(run.TestAccuracy))}</td>");
        return row.Append("</tr>").ToString();
    }

    private static double? Last(RunResult run) => run.Record.Costs is [.., double last] && run.Record.Status != RunStatus.Diverged ? last : null;
}
