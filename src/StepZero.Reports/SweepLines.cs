using SkiaSharp;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>Parallel coordinates of a sweep: an axis for each option and one for what came of it, and a line through them for each setting.</summary>
internal static class SweepLines
{
    /// <summary>Most lines; of more settings the best tenth of these are the very best, the others taken evenly over the ranking.</summary>
    public const int MostLines = 1200;

    private const int BestPart = 10, FewLines = 40;
    private const float Edge = 16, Top = 92, Foot = 500, Height = 560, LeastBetween = 118, Bundle = 30, FirstAxis = 40, LastRoom = 118;

    /// <summary>The drawing; null where there are no options that differ, or one setting.</summary>
    public static Scene? Of(SweepSummary summary)
    {
        IReadOnlyList<string> names = summary.Results.Plan.Names;
        if (names.Count == 0 || summary.Ranking.Count < 2)
        {
            return null;
        }

        int[] ranks = Ranks(summary.Ranking.Count);
        int best = (ranks.Length + BestPart - 1) / BestPart;
        IReadOnlyList<string>[] values = [.. ranks.Select(rank => summary.Results.Plan.Values(summary.Ranking[rank].Setting))];
        int width = (int)Math.Max(SweepStrip.Width, FirstAxis + LastRoom + (LeastBetween * names.Count));
        float between = (width - FirstAxis - LastRoom) / names.Count, last = FirstAxis + (between * names.Count);
        OptionAxis[] axes = [.. names.Select((_, option) => OptionAxis.Of(summary.Results.Plan, option, Top, Foot))];
        bool lost = ranks.Any(rank => double.IsInfinity(summary.Ranking[rank].Median));
        double[] medians = [.. ranks.Select(rank => summary.Ranking[rank].Median)];
        float outcomeTop = lost ? Top + 40 : Top;
        double[] finite = [.. medians.Where(double.IsFinite)];
        var outcome = ChartAxis.Of(finite, !SweepWords.IsAccuracy(summary.By) && Chart.IsWide(finite), margin: 0.02);
        var shapes = new List<SceneShape>
        {
            new SceneLabel("Every setting and what came of it", Edge, 30, 18, SceneColors.Ink, true),
            new SceneLabel(Subtitle(summary, ranks.Length), Edge, 51, 13, SceneColors.Soft),
        };
        for (int i = ranks.Length - 1; i >= 0; i--)
        {
            // Within a value lines lie in the order of the ranking, the best at the end of the axis where the good outcomes are.
            float aside = (((i + 0.5f) / ranks.Length) - 0.5f) * (SweepWords.IsAccuracy(summary.By) ? 1 : -1);
            var points = new List<SKPoint>();
            for (int option = 0; option < names.Count; option++)
            {
                float x = FirstAxis + (between * option), y = axes[option].Y(values[i][option]) + (aside * Math.Min(Bundle, axes[option].Gap * 0.6f));
                points.Add(new SKPoint(x, y));
            }

            points.Add(new SKPoint(last, Outcome(medians[i]) + (double.IsFinite(medians[i]) ? 0 : aside * 16)));
            float thin = ranks.Length <= FewLines ? 1.5f : 1;
            (SKColor color, float line) = i < best ? (SceneColors.Of(1).WithAlpha((byte)(best > 40 ? 150 : 220)), i == 0 ? 2.6f : 1.5f)
                : (i < ranks.Length / 2 ? SceneColors.Of(0).WithAlpha(Alpha(ranks.Length, 170)) : SceneColors.Soft.WithAlpha(Alpha(ranks.Length, 130)), thin);
            shapes.Add(new SceneLine(points, color, line));
        }

        for (int option = 0; option < names.Count; option++)
        {
            axes[option].Draw(shapes, FirstAxis + (between * option), between, names[option]);
        }

        DrawOutcome(shapes, summary, outcome, finite is [], last, outcomeTop, lost);
        Key(shapes, best, ranks.Length, summary.Ranking.Count);
        return new Scene(width, (int)Height, $"Parallel coordinates of {SweepWords.Count(ranks.Length, "setting")}: {string.Join(", ", names)}, and the median {SweepWords.Of(summary.By, summary.Results.Plan.Target)}.", shapes);

        float Outcome(double value) => double.IsFinite(value)
            ? Foot - (float)(Math.Clamp(outcome.IsLogarithmic && value <= 0 ? 0 : outcome.Share(value), 0, 1) * (Foot - outcomeTop))
            : Top + 10;
    }

    private static byte Alpha(int lines, byte usual) => (byte)Math.Clamp(usual * 70 / lines, 26, usual);

    /// <summary>The places in the ranking that are drawn: of many the best, and others evenly.</summary>
    private static int[] Ranks(int count)
    {
        int best = MostLines / BestPart;
        return count <= MostLines ? [.. Enumerable.Range(0, count)]
            : [.. Enumerable.Range(0, best), .. SweepMain.Evenly(count - best, MostLines - best).Select(i => best + i)];
    }

    private static string Subtitle(SweepSummary summary, int shown)
    {
        string each = $"A line for each setting, ranked by the median {SweepWords.Of(summary.By, summary.Results.Plan.Target)} of its trainings";
        return shown == summary.Ranking.Count ? each
            : $"{Figures.Count(shown)} of {Figures.Count(summary.Ranking.Count)} settings: the best {MostLines / BestPart}, and others evenly from the rest of the ranking";
    }

    private static void DrawOutcome(List<SceneShape> shapes, SweepSummary summary, ChartAxis outcome, bool isEmpty, float x, float top, bool lost)
    {
        shapes.Add(new SceneLine([new SKPoint(x, top), new SKPoint(x, Foot)], SceneColors.Ink, 1.4f));
        string name = summary.By == SweepMeasure.Iterations ? "iterations" : SweepWords.Of(summary.By, null);
        shapes.Add(new SceneLabel(SceneText.Fit($"median {name}", 13, LastRoom + 20, true), x + LastRoom - 12, Top - 16, 13, SceneColors.Ink, true, SKTextAlign.Right));
        float before = float.PositiveInfinity;
        foreach ((double value, string text) in isEmpty ? [] : outcome.Ticks.Where(tick => tick.Text.Length > 0 && (!SweepWords.IsAccuracy(summary.By) || tick.Value is >= 0 and <= 1)))
        {
            float y = Foot - (float)(outcome.Share(value) * (Foot - top));
            if (before - y < 17)
            {
                continue;
            }

            before = y;
            shapes.Add(new SceneLine([new SKPoint(x, y), new SKPoint(x + 6, y)], SceneColors.Ink, 1.2f));
            shapes.Add(SceneText.Middle(SweepWords.IsAccuracy(summary.By) ? Figures.Percent(value) : text, x + 11, y, 12.5f, SceneColors.Ink));
        }

        if (lost)
        {
            shapes.Add(new SceneLine([new SKPoint(x, Top), new SKPoint(x, Top + 20)], SceneColors.Ink, 1.4f, 3));
            shapes.Add(SceneText.Middle(SweepWords.Lost(summary.By), x + 11, Top + 10, 12.5f, SceneColors.Ink));
        }
    }

    private static void Key(List<SceneShape> shapes, int best, int lines, int all)
    {
        float x = Edge, y = Height - 18;
        Add(SceneColors.Of(1), best == 1 ? "the best" : $"the best {(all > lines ? best : "tenth")}, the first thick");
        if (lines / 2 > best)
        {
            Add(SceneColors.Of(0), "the better half");
        }

        Add(SceneColors.Soft.WithAlpha(150), "the others");
        const string Within = "lines of one value lie beside each other in the order of the ranking";
        if (x + SceneLabel.WidthOf(Within, 12.5f) < SweepStrip.Width - Edge)
        {
            shapes.Add(SceneText.Middle(Within, x, y, 12.5f, SceneColors.Soft));
        }

        void Add(SKColor color, string text)
        {
            shapes.Add(new SceneLine([new SKPoint(x, y), new SKPoint(x + 26, y)], color, 2.4f));
            shapes.Add(SceneText.Middle(text, x + 33, y, 12.5f, SceneColors.Soft));
            x += 33 + SceneLabel.WidthOf(text, 12.5f) + 22;
        }
    }
}
