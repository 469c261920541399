using SkiaSharp;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The cost curves of the best settings of a sweep: a line for the median and a band for the middle half of the trainings.</summary>
internal static class SweepCurves
{
    private const int MostBest = 4;
    private const float Left = 84, Top = 64, Bottom = 424, Height = 484, NameSize = 13, MostNames = 330;

    /// <summary>The drawing; null where no curve has two finite points.</summary>
    public static Scene? Of(SweepSummary summary)
    {
        Curve[] curves = [.. Chosen(summary).Where(curve => curve.Middle.Count > 1)];
        if (curves is [])
        {
            return null;
        }

        double[] costs = [.. curves.SelectMany(curve => curve.Middle.Concat(curve.Lower).Concat(curve.Upper)).Select(point => point.Cost)];
        var axis = ChartAxis.Of(costs, Chart.IsWide(costs.Where(cost => cost > 0)), margin: 0.04);
        double most = curves.Max(curve => curve.Middle[^1].At);
        float names = Math.Min(MostNames, curves.Max(curve => SceneLabel.WidthOf(curve.Name, NameSize, true)));
        float right = SweepStrip.Width - 16 - names - 22;
        var plot = new SKRect(Left, Top, right, Bottom);
        var shapes = new List<SceneShape>
        {
            new SceneLabel("Cost curves of the best settings", 16, 30, 18, SceneColors.Ink, true),
            new SceneLabel(
                SceneText.Fit($"{(curves.Any(curve => curve.Trainings > 1) ? "Medians, and bands of the middle half of the trainings" : "One training each")}{(summary.Results.Plan.Names is [] ? "" : $". Names: place in the ranking, {string.Join(" · ", summary.Results.Plan.Names)}")}", 13, SweepStrip.Width - 32),
                16, 50, 13, SceneColors.Soft),
        };
        Axes(shapes, axis, most, plot);
        foreach (Curve curve in curves.Reverse().Where(curve => curve.Lower.Count > 1))
        {
            SKPoint[] outline = [.. curve.Upper.Select(Place), .. curve.Lower.Reverse().Select(Place)];
            shapes.Add(new SceneArea(outline, SceneColors.Of(curve.Color).WithAlpha(44), plot));
        }

        foreach (Curve curve in curves.Reverse())
        {
            shapes.Add(new SceneLine([.. curve.Middle.Select(Place)], SceneColors.Of(curve.Color), 2, curve.IsDashed ? 6 : 0, plot));
        }

        double[] places = CostAxis.Spread([.. curves.Select(curve => (double)Place(curve.Middle[^1]).Y)], 19, Top, Bottom);
        for (int i = 0; i < curves.Length; i++)
        {
            SKPoint end = Place(curves[i].Middle[^1]);
            shapes.Add(new SceneLine([new SKPoint(end.X + 2, end.Y), new SKPoint(right + 16, (float)places[i])], SceneColors.Of(curves[i].Color).WithAlpha(150), 1));
            shapes.Add(SceneText.Middle(SceneText.Fit(curves[i].Name, NameSize, names, true), right + 20, (float)places[i], NameSize, SceneColors.Of(curves[i].Color), bold: true));
        }

        string ends = string.Join("; ", curves.Select(curve => $"{curve.Name} from {Figures.Cost(curve.Middle[0].Cost)} to {Figures.Cost(curve.Middle[^1].Cost)}"));
        return new Scene(SweepStrip.Width, (int)Height, $"Cost curves of the best settings: {ends}.", shapes);

        SKPoint Place((double At, double Cost) point) => new(
            Left + (float)(point.At / most * plot.Width), Bottom - (float)(Math.Clamp(axis.IsLogarithmic && point.Cost <= 0 ? 0 : axis.Share(point.Cost), 0, 1) * plot.Height));
    }

    /// <summary>The best, and the middle of the ranking to compare them with.</summary>
    private static IEnumerable<Curve> Chosen(SweepSummary summary)
    {
        IReadOnlyList<SettingSummary> best = summary.Best(summary.Ranking.Count <= MostBest + 1 ? MostBest + 1 : MostBest);
        IEnumerable<Curve> chosen = best.Select((setting, rank) => CurveOf(setting, rank, $"{rank + 1}"));
        int middle = summary.Ranking.Count / 2;
        return best.Count == summary.Ranking.Count ? chosen : chosen.Append(CurveOf(summary.At(middle), MostBest, $"{Figures.Count(middle + 1)} (middle)") with { IsDashed = true });

        Curve CurveOf(SettingSummary setting, int color, string place)
        {
            return new Curve(
                $"{place}{(setting.Values is [] ? "" : ": ")}{string.Join(" · ", setting.Values.Select(SweepWords.Value))}", color, Points(setting.Curve.Middle), Finite(setting, setting.Curve.Lower), Finite(setting, setting.Curve.Upper), setting.Ranked.Count);

            IReadOnlyList<(double At, double Cost)> Points(double[] costs) => [.. costs.TakeWhile(double.IsFinite).Select((cost, i) => ((double)setting.CurveAt[i], cost))];
        }

        // Where the upper quartile is infinite the band ends; a single training has none.
        static IReadOnlyList<(double At, double Cost)> Finite(SettingSummary setting, double[] costs) => setting.Ranked.Count == 1 ? []
            : [.. costs.Take(setting.Curve.Upper.TakeWhile(double.IsFinite).Count()).Select((cost, i) => ((double)setting.CurveAt[i], cost))];
    }

    private static void Axes(List<SceneShape> shapes, ChartAxis axis, double most, SKRect plot)
    {
        foreach ((double value, string text) in axis.Ticks)
        {
            float y = plot.Bottom - (float)(axis.Share(value) * plot.Height);
            shapes.Add(new SceneLine([new SKPoint(plot.Left, y), new SKPoint(plot.Right, y)], SceneColors.Line.WithAlpha(text.Length > 0 ? (byte)255 : (byte)90), 1));
            shapes.Add(SceneText.Middle(text, plot.Left - 8, y, 12.5f, SceneColors.Soft, SKTextAlign.Right));
        }

        shapes.RemoveAll(shape => shape is SceneLabel { Text: "" });
        foreach (double tick in CostAxis.Ticks(0, most, 5).Where(tick => tick == Math.Round(tick)))
        {
            float x = plot.Left + (float)(tick / most * plot.Width);
            shapes.Add(new SceneLine([new SKPoint(x, plot.Bottom), new SKPoint(x, plot.Bottom + 5)], SceneColors.Soft, 1));
            shapes.Add(new SceneLabel(Figures.Count((long)tick), x, plot.Bottom + 20, 12.5f, SceneColors.Soft, Align: SKTextAlign.Center));
        }

        shapes.Add(new SceneLine([new SKPoint(plot.Left, plot.Bottom), new SKPoint(plot.Right, plot.Bottom)], SceneColors.Soft, 1));
        shapes.Add(new SceneLabel("iteration", plot.MidX, plot.Bottom + 44, 13.5f, SceneColors.Ink, Align: SKTextAlign.Center));
        shapes.Add(new SceneLabel($"cost{(axis.IsLogarithmic ? " (logarithmic)" : "")}", 26, plot.MidY, 13.5f, SceneColors.Ink, Align: SKTextAlign.Center, Upright: true));
    }

    private sealed record Curve(
        string Name, int Color, IReadOnlyList<(double At, double Cost)> Middle, IReadOnlyList<(double At, double Cost)> Lower, IReadOnlyList<(double At, double Cost)> Upper, int Trainings)
    {
        public bool IsDashed { get; init; }
    }
}
