using System.Globalization;
using System.Text;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Reports;

/// <summary>The tables of costs and accuracies, or R² where numbers are predicted, of a report.</summary>
internal static class ResultTables
{
    /// <summary>A row for each start, and where there are seeds another table of what they come to.</summary>
    public static string Write(Comparison comparison)
    {
        bool test = comparison.Test is not null;
        bool numbers = comparison.FirstSpec.Architecture.Loss == Loss.Mse;
        bool seeds = comparison.Starts.Any(start => start.Seeds is not null);
        var rows = new StringBuilder();
        foreach (RunResult run in comparison.Starts.Select(start => start.Run))
        {
            var figures = RunFigures.Of(run, comparison);
            rows.Append($"<tr><td>{Html.Text(run.Spec.Initializer.Name)}</td><td>{Figures.Cost(figures.First)}</td><td>{Figures.Cost(figures.Lowest)}</td><td>{Figures.Cost(figures.Last)}</td>");
            rows.Append($"<td>{(numbers ? RunFigures.FitText(figures.Fit) : Figures.Percent(run.Record.TrainAccuracy))}</td>");
            rows.Append(!test ? "" : numbers ? $"<td>{Figures.Cost(run.TestCost)}</td><td>{RunFigures.FitText(figures.TestFit)}</td>" : $"<td>{Figures.Percent(run.TestAccuracy)}</td>");
            rows.Append(CultureInfo.InvariantCulture, $"<td>{(run.Record.DivergedAt is int at ? $"diverged at {at}" : CanonicalText.Of(run.Record.Status))}</td></tr>");
        }

        string table = $"""
            <div class="table"><table><thead><tr><th>start</th><th>first cost</th><th>lowest</th><th>last</th>{(numbers ? "<th>R²</th>" : "<th>training accuracy</th>")}{(!test ? "" : numbers ? "<th>test cost</th><th>test R²</th>" : "<th>test accuracy</th>")}<th>status</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
            """;
        return $"<h2>The results</h2>{table}{(seeds ? SeedTable(comparison) : "")}";
    }

    private static string SeedTable(Comparison comparison)
    {
        bool numbers = comparison.FirstSpec.Architecture.Loss == Loss.Mse;
        var rows = new StringBuilder();
        foreach (ComparedStart start in comparison.Starts.Where(start => start.Seeds is not null))
        {
            SeedStatistics seeds = start.Seeds!;
            rows.Append($"<tr><td>{Html.Text(start.Run.Spec.Initializer.Name)}</td><td>{Figures.Cost(seeds.FinalCost.Median)}</td>");
            rows.Append($"<td>{Figures.Cost(seeds.FinalCost.LowerQuartile)} to {Figures.Cost(seeds.FinalCost.UpperQuartile)}</td>");
            rows.Append($"<td>{Figures.Cost(seeds.FinalCost.IntervalLow)} to {Figures.Cost(seeds.FinalCost.IntervalHigh)}</td>");
            rows.Append(numbers ? "" : $"<td>{Spread(seeds.TrainAccuracy)}</td><td>{Spread(seeds.TestAccuracy)}</td>").Append(CultureInfo.InvariantCulture, $"<td>{seeds.Diverged}</td></tr>");
        }

        int count = comparison.Starts.First(start => start.Seeds is not null).Seeds!.Count;
        return $"""
            <h3>Over {count} seeds</h3>
            <p>One training is an anecdote. Medians over {count} seeds, their quartiles, and the 95% interval of the median of the last cost:</p>
            <div class="table"><table><thead><tr><th>start</th><th>last cost</th><th>quartiles</th><th>95% interval</th>{(numbers ? "" : "<th>training accuracy</th><th>test accuracy</th>")}<th>diverged</th></tr></thead>
            <tbody>{rows}</tbody></table></div>
            """;

        static string Spread(Summary? summary) =>
            summary is null ? "–" : $"{Figures.Percent(summary.Median)} ({Figures.Percent(summary.LowerQuartile)} to {Figures.Percent(summary.UpperQuartile)})";
    }
}
