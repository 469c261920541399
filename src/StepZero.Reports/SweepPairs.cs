using SkiaSharp;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The strongest interactions of a sweep: the median for each pair of values of two options, darker where it is better.</summary>
internal static class SweepPairs
{
    private const int MostPairs = 2, MostValues = 16, LongName = 18;
    private const float Edge = 16, Size = 12.5f, MostNames = 240, Cell = 34, LeastCell = 38, MostCell = 110;

    private static readonly SKColor[] Blues = [.. ((string[])["#F2F7FC", "#86C5F2", "#2A78C8", "#0D3A8C"]).Select(SKColor.Parse)];
    private static readonly SKColor Missing = SKColor.Parse("#D3D6DB"), Dark = SKColor.Parse("#111111"), Light = SKColor.Parse("#FEFEFE");

    /// <summary>The drawing; null where there are no two options with several values.</summary>
    public static Scene? Of(SweepSummary summary)
    {
        (int A, int B)[] pairs = [.. Strongest(summary)];
        if (pairs is [])
        {
            return null;
        }

        SweepMeasure by = summary.By;
        var shapes = new List<SceneShape>
        {
            new SceneLabel($"The median {SweepWords.Of(by, summary.Results.Plan.Target)} for pairs of values", Edge, 30, 18, SceneColors.Ink, true),
            new SceneLabel("The better the darker, by the place among all cells; the frame marks the best. Other options take all their values in each cell.", Edge, 51, 13, SceneColors.Soft),
        };
        float y = 74;
        if (summary.Ranking.Any(setting => double.IsInfinity(setting.Median)))
        {
            shapes.Add(new SceneLabel(by == SweepMeasure.Iterations ? "Gray, “no”: half of the trainings or more did not reach it." : "Gray, “∞”: half of the trainings or more diverged.", Edge, 70, 13, SceneColors.Soft));
            y += 18;
        }

        foreach ((int a, int b) in pairs)
        {
            y = Draw(y, shapes, summary, a, b) + 18;
        }

        return new Scene(SweepStrip.Width, (int)MathF.Ceiling(y), $"The median {SweepWords.Of(by, summary.Results.Plan.Target)} for each pair of values: {string.Join("; ", pairs.Select(pair => $"{summary.Options[pair.A].Name} and {summary.Options[pair.B].Name}"))}.", shapes);
    }

    /// <summary>The places of the options of the strongest interactions; where nothing is known of these, the first two options.</summary>
    private static IEnumerable<(int A, int B)> Strongest(SweepSummary summary)
    {
        int[] several = [.. Enumerable.Range(0, summary.Options.Count).Where(option => summary.Options[option].Values.Count > 1)];
        if (summary.Effects is Effects { Interactions: [_, ..] interactions })
        {
            return interactions.Take(MostPairs).Select(effect => (Place(effect.Options[0]), Place(effect.Options[1])));
        }

        return several.Length < 2 ? [] : [(several[0], several[1])];

        int Place(string name) => summary.Options.Index().First(option => option.Item.Name == name).Index;
    }

    private static float Draw(float top, List<SceneShape> shapes, SweepSummary summary, int a, int b)
    {
        // Columns are narrow: the longer names have the rows, and where all are short the option of fewer values.
        bool isFirst = Math.Max(LongestOf(a), LongestOf(b)) > LongName ? LongestOf(a) >= LongestOf(b) : summary.Options[a].Values.Count <= summary.Options[b].Values.Count;
        (int rows, int columns) = isFirst ? (a, b) : (b, a);
        int[] down = [.. SweepMain.Evenly(summary.Options[rows].Values.Count, MostValues)], across = [.. SweepMain.Evenly(summary.Options[columns].Values.Count, MostValues)];
        string[] rowNames = [.. down.Select(level => SweepWords.Value(summary.Options[rows].Values[level].Label))], columnNames = [.. across.Select(level => SweepWords.Value(summary.Options[columns].Values[level].Label))];
        double?[,] medians = Medians(summary, rows, columns);
        double[] known = [.. medians.Cast<double?>().OfType<double>().Where(double.IsFinite).Order()];
        double best = known is [] ? double.NaN : SweepWords.IsAccuracy(summary.By) ? known[^1] : known[0];
        float left = Edge + Math.Min(MostNames, rowNames.Append(summary.Options[rows].Name).Max(name => SceneLabel.WidthOf(name, Size))) + 12;
        float cell = Math.Clamp((SweepStrip.Width - Edge - left) / across.Length, LeastCell, MostCell);
        string title = $"{summary.Options[rows].Name} by {summary.Options[columns].Name}";
        string explained = summary.Effects?.Interactions.FirstOrDefault(effect => effect.Options.Contains(summary.Options[a].Name) && effect.Options.Contains(summary.Options[b].Name)) is Effect effect
            ? $": their combination explains {SweepWords.Share(effect.Share)} of the variation by itself{(effect.Share <= effect.ByChance ? ", no more than chance" : "")}" : "";
        shapes.Add(new SceneLabel(SceneText.Fit(title + explained, 14, SweepStrip.Width - (2 * Edge), true), Edge, top + 14, 14, SceneColors.Ink, true));
        float y = top + 46;
        for (int i = 0; i < across.Length; i++)
        {
            shapes.Add(new SceneLabel(SceneText.Fit(columnNames[i], Size, cell - 6), left + (cell * (i + 0.5f)), y - 8, Size, SceneColors.Soft, Align: SKTextAlign.Center));
        }

        for (int j = 0; j < down.Length; j++, y += Cell)
        {
            shapes.Add(SceneText.Middle(SceneText.Fit(rowNames[j], Size, left - Edge - 10), Edge, y + (Cell / 2), Size, SceneColors.Soft));
            for (int i = 0; i < across.Length; i++)
            {
                double? median = medians[down[j], across[i]];
                (SKColor fill, bool isDark) = Fill(median, known, summary.By);
                SKRect place = SKRect.Create(left + (cell * i) + 1, y + 1, cell - 2, Cell - 2);
                shapes.Add(new SceneBox(place, fill, median == best ? SceneColors.Of(1) : SKColors.Transparent, median == best ? 3 : 0));
                shapes.Add(SceneText.Middle(SceneText.Fit(Short(summary.By, median), 12, cell - 5), place.MidX, place.MidY, 12, isDark ? Light : Dark, SKTextAlign.Center));
            }
        }

        return y;

        int LongestOf(int option) => summary.Options[option].Values.Max(value => value.Label.Length);
    }

    private static string Short(SweepMeasure by, double? value) => value is not double number ? "–" : double.IsInfinity(number) ? (by == SweepMeasure.Iterations ? "no" : "∞")
        : SweepWords.IsAccuracy(by) ? Figures.BriefPercent(number) : Figures.Brief(number);

    /// <summary>The better the darker, by the place among all cells.</summary>
    private static (SKColor Fill, bool IsDark) Fill(double? median, double[] known, SweepMeasure by)
    {
        if (median is not double value || double.IsInfinity(value))
        {
            return (Missing, false);
        }

        double share = known.Length == 1 ? 1 : (double)Array.IndexOf(known, value) / (known.Length - 1);
        double dark = (SweepWords.IsAccuracy(by) ? share : 1 - share) * (Blues.Length - 1);
        int step = Math.Min((int)dark, Blues.Length - 2);
        return (Mix(Blues[step], Blues[step + 1], dark - step), dark > 1.5);

        static SKColor Mix(SKColor from, SKColor to, double part) => new(Part(from.Red, to.Red, part), Part(from.Green, to.Green, part), Part(from.Blue, to.Blue, part));

        static byte Part(byte from, byte to, double part) => (byte)Math.Round(from + (part * (to - from)));
    }

    private static double?[,] Medians(SweepSummary summary, int rows, int columns)
    {
        SweepResults results = summary.Results;
        var values = new List<double>[summary.Options[rows].Values.Count, summary.Options[columns].Values.Count];
        int[] down = summary.LevelsOf(rows), across = summary.LevelsOf(columns);
        for (int i = 0; i < down.Length; i++)
        {
            if (results.ValueOf(results.Trainings[i], summary.By) is double value)
            {
                (values[down[i], across[i]] ??= []).Add(value);
            }
        }

        double?[,] medians = new double?[values.GetLength(0), values.GetLength(1)];
        for (int row = 0; row < medians.GetLength(0); row++)
        {
            for (int column = 0; column < medians.GetLength(1); column++)
            {
                medians[row, column] = values[row, column] is List<double> of ? Statistics.Quantile([.. of.Order()], 0.5) : null;
            }
        }

        return medians;
    }
}
