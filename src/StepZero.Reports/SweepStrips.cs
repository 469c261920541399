using SkiaSharp;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The strip plots of a sweep: every training a dot, the best settings and the values of the option that matters most a row each.</summary>
internal static class SweepStrips
{
    /// <summary>Rows of settings.</summary>
    public const int MostSettings = 12;

    /// <summary>Rows of values of an option; of more these are taken evenly.</summary>
    public const int MostValues = 12;

    private const int Settled = 1, Usual = 0;

    /// <summary>The strip plot of what the settings are ranked by; with a target the shares that reached it beside it.</summary>
    public static Scene Of(SweepSummary summary)
    {
        StripGroup[] groups = [Best(summary, summary.By), .. SweepMain.Of(summary) is int option && (summary.Options.Count > 1 || summary.Ranking.Count > MostSettings) ? [OfOption(summary, option)] : (StripGroup[])[]];
        string title = summary.By == SweepMeasure.Iterations ? $"How soon, and how often, {SweepWords.Of(summary.Results.Plan.Target!)} is reached" : $"The {SweepWords.Of(summary.By, null)} of each training";
        return Draw(title, summary, summary.By, groups);
    }

    /// <summary>The same of the best settings alone for another measure.</summary>
    public static Scene Of(SweepSummary summary, SweepMeasure measure) =>
        Draw($"The {SweepWords.Of(measure, null)} of each training", summary, measure, [Best(summary, measure) is var best ? best with { Rows = [.. best.Rows.Select(row => row with { Reached = null })] } : best]);

    /// <summary>The summary of a measure; null where the setting has none.</summary>
    public static Summary? SummaryOf(SettingSummary setting, SweepMeasure measure) => measure switch
    {
        SweepMeasure.Cost => setting.Cost,
        SweepMeasure.Iterations => setting.Iterations,
        SweepMeasure.TrainAccuracy => setting.TrainAccuracy,
        SweepMeasure.TestCost => setting.TestCost,
        _ => setting.TestAccuracy,
    };

    private static Scene Draw(string title, SweepSummary summary, SweepMeasure measure, StripGroup[] groups)
    {
        var shapes = new List<SceneShape>
        {
            new SceneLabel(SceneText.Fit(title, 18, SweepStrip.Width - 32, true), 16, 30, 18, SceneColors.Ink, true),
        };
        float y = 44;
        y = new SweepStrip(groups, measure, SweepWords.Of(measure, summary.Results.Plan.Target)).Draw(y, shapes);
        y = Key(y + 8, shapes, groups[0].Rows.Any(row => row.Color == Settled), groups.Any(group => group.HasDots));
        return new Scene(SweepStrip.Width, (int)MathF.Ceiling(y + 14), Description(title, groups, measure), shapes);
    }

    private static StripGroup Best(SweepSummary summary, SweepMeasure measure)
    {
        IReadOnlyList<SettingSummary> best = summary.Best(MostSettings);
        IReadOnlyList<string> names = summary.Results.Plan.Names;
        string heading = best.Count < summary.Ranking.Count ? $"The best {best.Count} of {Figures.Count(summary.Ranking.Count)} settings"
            : best.Count == 1 ? "The one setting" : $"All {best.Count} settings, the best first";
        return new StripGroup(heading, ["", .. names], [.. best.Select((setting, rank) => new StripRow(
            [$"{rank + 1}", .. setting.Values.Select(SweepWords.Value)],
            SweepStrip.Thin([.. setting.Trainings.Select(training => summary.Results.ValueOf(training, measure)).OfType<double>()]),
            SummaryOf(setting, measure), setting.Reached, setting.Ranked.Count, setting.Ranked.Diverged, best.Count > 1 && SweepChance.Covers(best[0], setting, summary.By) ? Settled : Usual))]);
    }

    private static StripGroup OfOption(SweepSummary summary, int option)
    {
        OptionSummary main = summary.Options[option];
        return new StripGroup($"{(main.IsDrawn ? "Ranges" : "Values")} of {main.Name}, whatever the other options are", [main.Name], Values(summary, option));
    }

    private static StripRow[] Values(SweepSummary summary, int option)
    {
        SweepResults results = summary.Results;
        IReadOnlyList<OptionValue> values = summary.Options[option].Values;
        int[] levels = summary.LevelsOf(option);
        var dots = new List<double>[values.Count];
        for (int i = 0; i < levels.Length; i++)
        {
            if (results.ValueOf(results.Trainings[i], summary.By) is double value)
            {
                (dots[levels[i]] ??= []).Add(value);
            }
        }

        return [.. SweepMain.Evenly(values.Count, MostValues).Select(level => new StripRow(
            [SweepWords.Value(values[level].Label)], SweepStrip.Thin(dots[level] ?? []), values[level].Measure, values[level].Reached, values[level].Count, values[level].Diverged, Usual))];
    }

    /// <summary>What the marks mean.</summary>
    private static float Key(float top, List<SceneShape> shapes, bool settled, bool several)
    {
        float x = 16, y = top + 10;
        SKColor color = SceneColors.Of(Usual);
        Add(new SceneBox(SKRect.Create(x, y - 2.7f, 5.4f, 5.4f), color, SKColors.Transparent, 0, 2.7f), 12, "a training");
        if (several)
        {
            Add(new SceneBox(SKRect.Create(x, y - 5, 26, 10), color.WithAlpha(90), SKColors.Transparent), 33, "the middle half");
            Add(new SceneBox(SKRect.Create(x, y - 2, 26, 4), color, SKColors.Transparent), 33, "95% interval of the median");
            Add(new SceneLine([new SKPoint(x + 2, y - 8), new SKPoint(x + 2, y + 8)], SceneColors.Ink, 2.2f), 10, "median");
        }

        if (settled)
        {
            Add(new SceneBox(SKRect.Create(x, y - 5, 10, 10), SceneColors.Of(Settled), SKColors.Transparent), 17, "not told apart from the first");
        }

        return y + 12;

        void Add(SceneShape mark, float aside, string text)
        {
            shapes.Add(mark);
            shapes.Add(SceneText.Middle(text, x + aside, y, 12.5f, SceneColors.Soft));
            x += aside + SceneLabel.WidthOf(text, 12.5f) + 22;
        }
    }

    private static string Description(string title, StripGroup[] groups, SweepMeasure measure) =>
        $"{title}. {string.Join(" ", groups.Select(group => $"{group.Heading}: {string.Join("; ", group.Rows.Select(row => $"{string.Join(' ', row.Cells)} {SweepWords.Figure(measure, row.Summary?.Median)}"))}."))}";
}
