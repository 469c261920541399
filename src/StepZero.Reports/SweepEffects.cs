using SkiaSharp;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>What the outcome of a sweep depends on: the share of the variation that each option explains, and what became of each of its values.</summary>
internal static class SweepEffects
{
    private const int MostInteractions = 2;
    private const int MostRows = 60;
    private const float Edge = 16, Row = 24, Size = 13, MostNames = 300, Figure = 92;

    /// <summary>The drawing; null where no option has two values.</summary>
    public static Scene? Of(SweepSummary summary)
    {
        OptionSummary[] options = [.. summary.Options.Where(option => option.Values.Count > 1)
            .OrderByDescending(option => summary.Effects?.Main.First(effect => effect.Options[0] == option.Name).Share ?? 0)];
        if (options is [])
        {
            return null;
        }

        var shapes = new List<SceneShape> { new SceneLabel("What the outcome depends on", Edge, 30, 18, SceneColors.Ink, true) };
        float y = 44;
        if (summary.Effects is Effects effects)
        {
            y = Shares(y, shapes, effects);
        }

        int most = Math.Max(3, MostRows / options.Length);
        StripGroup[] groups = [.. options.Select(option => new StripGroup(Heading(option, most), [""], [.. SweepMain.Evenly(option.Values.Count, most)
            .Select(level => option.Values[level]).Select(value => new StripRow([SweepWords.Value(value.Label)], [], value.Measure, value.Reached, value.Count, value.Diverged, 0))]))];
        y = new SweepStrip(groups, summary.By, SweepWords.Of(summary.By, summary.Results.Plan.Target)).Draw(y, shapes);
        string texts = string.Join(" ", groups.Select(group => $"{group.Heading}: {string.Join("; ", group.Rows.Select(row => $"{row.Cells[0]} {SweepWords.Figure(summary.By, row.Summary?.Median)}"))}."));
        return new Scene(SweepStrip.Width, (int)MathF.Ceiling(y + 8), $"The share of the variation that each option explains, and medians by value. {texts}", shapes);
    }

    /// <summary>The names of the options of an effect, as in "init × learning-rate".</summary>
    public static string Name(Effect effect) => string.Join(" × ", effect.Options);

    private static string Heading(OptionSummary option, int most) =>
        $"{option.Name}{(option.Values.Count > most ? $": {most} of {option.Values.Count} values" : option.IsDrawn ? " in ranges" : "")}, whatever the other options are";

    /// <summary>Bars of the explained variation, and marks of what chance alone would come to.</summary>
    private static float Shares(float top, List<SceneShape> shapes, Effects effects)
    {
        (string Name, double Share, double? ByChance, SKColor Color)[] rows = [
            .. effects.Main.OrderByDescending(effect => effect.Share).Select(effect => (Name(effect), effect.Share, effect.ByChance, SceneColors.Of(0))),
            .. effects.Interactions.Take(MostInteractions).Select(effect => (Name(effect), effect.Share, effect.ByChance, SceneColors.Of(2))),
            .. effects.Settings is double settings ? [("the seeds: what no option explains", 1 - settings, (double?)null, SceneColors.Soft)] : (ReadOnlySpan<(string, double, double?, SKColor)>)[]];
        float names = Math.Min(MostNames, rows.Max(row => SceneLabel.WidthOf(row.Name, Size))), left = Edge + names + 14, right = SweepStrip.Width - Edge - Figure;
        shapes.Add(new SceneLabel("Share of the variation between trainings that is explained by", Edge, top + 18, 14, SceneColors.Ink, true));
        float first = top + 48, foot = first + (Row * rows.Length);
        foreach (int tenth in (int[])[0, 25, 50, 75, 100])
        {
            float x = left + (tenth / 100f * (right - left));
            shapes.Add(new SceneLine([new SKPoint(x, first), new SKPoint(x, foot)], SceneColors.Line, 1));
            shapes.Add(new SceneLabel($"{tenth}%", x, first - 7, 12.5f, SceneColors.Soft, Align: SKTextAlign.Center));
        }

        for (int i = 0; i < rows.Length; i++)
        {
            (string name, double share, double? byChance, SKColor color) = rows[i];
            float middle = first + (Row * (i + 0.5f));
            shapes.Add(SceneText.Middle(SceneText.Fit(name, Size, names), Edge, middle, Size, SceneColors.Ink));
            shapes.Add(new SceneBox(new SKRect(left, middle - 7, left + ((float)Math.Clamp(share, 0, 1) * (right - left)), middle + 7), color, SKColors.Transparent));
            shapes.Add(SceneText.Middle(SweepWords.Share(share), SweepStrip.Width - Edge, middle, Size, SceneColors.Ink, SKTextAlign.Right));
            if (byChance is double chance)
            {
                float x = left + ((float)Math.Clamp(chance, 0, 1) * (right - left));
                shapes.Add(new SceneLine([new SKPoint(x, middle - 10), new SKPoint(x, middle + 10)], SceneColors.Ink, 2));
            }
        }

        if (rows.Any(row => row.ByChance is not null))
        {
            shapes.Add(new SceneLine([new SKPoint(left + 2, foot + 8), new SKPoint(left + 2, foot + 24)], SceneColors.Ink, 2));
            shapes.Add(SceneText.Middle("what chance alone would come to", left + 12, foot + 16, 12.5f, SceneColors.Soft));
        }

        return foot + 42;
    }
}
