using SkiaSharp;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>A row of a strip plot.</summary>
/// <param name="Cells">What stands before it, a cell a column.</param>
/// <param name="Values">A value for each dot; infinite ones stand in the lane at the end. Empty for none.</param>
/// <param name="Summary">Median, quartiles and interval; null where there are none.</param>
/// <param name="Reached">The share that reached the target; null without one.</param>
/// <param name="Count">How many trainings it is of.</param>
/// <param name="Lost">How many of them diverged.</param>
/// <param name="Color">Its place in the <see cref="Palette"/>.</param>
internal sealed record StripRow(IReadOnlyList<string> Cells, IReadOnlyList<double> Values, Summary? Summary, Proportion? Reached, int Count, int Lost, int Color);

/// <summary>Rows of a strip plot below a heading.</summary>
/// <param name="Heading">What they are.</param>
/// <param name="Columns">The names of the columns before them.</param>
/// <param name="Rows">The rows.</param>
internal sealed record StripGroup(string Heading, IReadOnlyList<string> Columns, IReadOnlyList<StripRow> Rows)
{
    /// <summary>Whether any row has several dots, and so is high.</summary>
    public bool HasDots => Rows.Any(row => row.Values.Count > 1);
}

/// <summary>Rows of trainings on one axis of values: dots, and what they come to.</summary>
/// <param name="Groups">The rows.</param>
/// <param name="Measure">What the axis shows.</param>
/// <param name="AxisName">Its name.</param>
internal sealed record SweepStrip(IReadOnlyList<StripGroup> Groups, SweepMeasure Measure, string AxisName)
{
    /// <summary>The width of all drawings of a sweep.</summary>
    public const int Width = 960;

    /// <summary>Most dots of a row; of more trainings these are taken evenly from the lowest to the highest.</summary>
    public const int MostDots = 200;

    private const float Edge = 16, Size = 13, NameSize = 12, Between = 14, First = 34, Later = 46, Columns = 22, High = 46, Low = 26, Share = 118, ShareGap = 44, Column = 76;
    private const float LabelsOfAnOption = 120, LeastLabels = 330, UsualLabels = 440, NarrowestLabel = 64;

    private static readonly double Golden = (Math.Sqrt(5) - 1) / 2;

    /// <summary>The values of the dots of a row that has many trainings.</summary>
    public static IReadOnlyList<double> Thin(IReadOnlyList<double> values)
    {
        if (values.Count <= MostDots)
        {
            return values;
        }

        double[] sorted = [.. values.Order()];
        return [.. Enumerable.Range(0, MostDots).Select(i => sorted[(int)((((long)i * (sorted.Length - 1)) + (MostDots / 2)) / (MostDots - 1))])];
    }

    /// <summary>Draws it from a height on.</summary>
    /// <param name="top">Where it begins.</param>
    /// <param name="shapes">What it is added to.</param>
    /// <returns>Where it ends.</returns>
    public float Draw(float top, List<SceneShape> shapes)
    {
        bool reached = Groups.Any(group => group.Rows.Any(row => row.Reached is not null)), lost = Measure != SweepMeasure.Iterations && Groups.Any(group => group.Rows.Any(row => row.Lost > 0));
        float[][] widths = [.. Groups.Select(Widths)];
        float labels = widths.Max(columns => columns.Sum() + (Between * columns.Length));
        float ends = lost ? Groups.SelectMany(group => group.Rows).Select(row => SceneLabel.WidthOf(LostOf(row), NameSize)).Append(SceneLabel.WidthOf("diverged", NameSize)).Max() + Between : 0;
        float left = Edge + labels + (reached ? Share + ShareGap : 0) + 6, right = Width - Edge - Column - ends;
        var axis = new ValueAxis(Groups.SelectMany(group => group.Rows).SelectMany(Places), Measure, left, right);
        float y = top + First + Columns, first = y, foot = first + Groups.Sum(group => group.Rows.Count * RowHeight(group)) + Groups.Skip(1).Sum(HeadingOf);
        shapes.AddRange(axis.Draw(first, foot, AxisName));
        if (reached)
        {
            shapes.AddRange(ShareAxis(Edge + labels + 6, first, foot));
        }

        for (int g = 0; g < Groups.Count; g++)
        {
            StripGroup group = Groups[g];
            bool isNamed = g == 0 || group.Columns.Any(name => name.Length > 0);
            if (g > 0)
            {
                shapes.Add(new SceneBox(new SKRect(Edge, y, Width - Edge, y + HeadingOf(group)), SKColors.White, SKColors.Transparent));
                shapes.Add(new SceneLine([new SKPoint(Edge, y), new SKPoint(Width - Edge, y)], SceneColors.Line, 1));
                y += HeadingOf(group);
            }

            shapes.Add(new SceneLabel(SceneText.Fit(group.Heading, 14, Width - (2 * Edge), true), Edge, y - (isNamed ? Columns : 0) - 14, 14, SceneColors.Ink, true));
            DrawNames(shapes, group, widths[g], y - 8, right, lost && g == 0, g == 0);
            foreach (StripRow row in group.Rows)
            {
                float height = RowHeight(group);
                shapes.Add(new SceneLine([new SKPoint(Edge, y), new SKPoint(Width - Edge, y)], SceneColors.Line, 1));
                DrawCells(shapes, row, widths[g], y + (height / 2));
                if (row.Reached is Proportion share)
                {
                    shapes.AddRange(OfShare(share, Edge + labels + 6, y + (height / 2), row.Color));
                }

                shapes.AddRange(OfRow(axis, row, y, height));
                shapes.Add(SceneText.Middle(row.Summary is Summary of && double.IsFinite(of.Median) ? SweepWords.Figure(Measure, of.Median) : "–", right + Column, y + (height / 2), Size, SceneColors.Ink, SKTextAlign.Right));
                if (lost)
                {
                    shapes.Add(SceneText.Middle(LostOf(row), Width - Edge, y + (height / 2), NameSize, row.Lost > 0 ? SceneColors.Ink : SceneColors.Soft, SKTextAlign.Right));
                }

                y += height;
            }
        }

        return foot + 46;
    }

    private static float RowHeight(StripGroup group) => group.HasDots ? High : Low;

    /// <summary>The height of what stands above a group that is not the first.</summary>
    private static float HeadingOf(StripGroup group) => Later + (group.Columns.Any(name => name.Length > 0) ? Columns : 0);

    private static string LostOf(StripRow row) => $"{Figures.Count(row.Lost)}/{Figures.Count(row.Count)}";

    private static IEnumerable<double> Places(StripRow row) => row.Summary is Summary of
        ? [.. row.Values, of.Median, of.LowerQuartile, of.UpperQuartile, of.IntervalLow, of.IntervalHigh]
        : row.Values;

    private static float[] Widths(StripGroup group) => SceneText.Share(
        [.. group.Columns.Select((name, column) => group.Rows.Select(row => SceneLabel.WidthOf(row.Cells[column], Size)).Append(SceneLabel.WidthOf(name, NameSize)).Max())],
        Math.Max(Math.Clamp(LabelsOfAnOption * (group.Columns.Count - 1), LeastLabels, UsualLabels), NarrowestLabel * group.Columns.Count) - (Between * group.Columns.Count));

    private static void DrawNames(List<SceneShape> shapes, StripGroup group, float[] widths, float y, float right, bool lost, bool isFirst)
    {
        float x = Edge;
        for (int column = 0; column < widths.Length; column++)
        {
            if (group.Columns[column].Length > 0)
            {
                shapes.Add(new SceneLabel(SceneText.Fit(group.Columns[column], NameSize, widths[column]), x, y, NameSize, SceneColors.Soft));
            }

            x += widths[column] + Between;
        }

        if (isFirst)
        {
            shapes.Add(new SceneLabel("median", right + Column, y, NameSize, SceneColors.Soft, Align: SKTextAlign.Right));
        }

        if (lost)
        {
            shapes.Add(new SceneLabel("diverged", Width - Edge, y, NameSize, SceneColors.Soft, Align: SKTextAlign.Right));
        }
    }

    private static void DrawCells(List<SceneShape> shapes, StripRow row, float[] widths, float middle)
    {
        float x = Edge;
        for (int column = 0; column < widths.Length; column++)
        {
            shapes.Add(SceneText.Middle(SceneText.Fit(row.Cells[column], Size, widths[column]), x, middle, Size, SceneColors.Ink));
            x += widths[column] + Between;
        }
    }

    /// <summary>The axis of shares: 0, a half and all.</summary>
    private static IEnumerable<SceneShape> ShareAxis(float left, float top, float bottom)
    {
        foreach ((float share, string text) in ((float, string)[])[(0, "0"), (0.5f, "50%"), (1, "100%")])
        {
            float x = left + (share * Share);
            yield return new SceneLine([new SKPoint(x, top), new SKPoint(x, bottom)], SceneColors.Line, 1);
            yield return new SceneLabel(text, x, top - 8, NameSize, SceneColors.Soft, Align: SKTextAlign.Center);
            yield return new SceneLabel(text, x, bottom + 17, NameSize, SceneColors.Soft, Align: SKTextAlign.Center);
        }

        yield return new SceneLabel("share that reached it", left + (Share / 2), bottom + 37, 12.5f, SceneColors.Ink, Align: SKTextAlign.Center);
    }

    private static IEnumerable<SceneShape> OfShare(Proportion share, float left, float middle, int color)
    {
        float x = left + ((float)share.Share * Share);
        yield return new SceneLine(
            [new SKPoint(left + ((float)share.IntervalLow * Share), middle), new SKPoint(left + ((float)share.IntervalHigh * Share), middle)], SceneColors.Of(color), 3);
        yield return new SceneBox(SKRect.Create(x - 4.5f, middle - 4.5f, 9, 9), SceneColors.Of(color), SKColors.White, 1.5f, 4.5f);
    }

    private static IEnumerable<SceneShape> OfRow(ValueAxis axis, StripRow row, float top, float height)
    {
        SKColor color = SceneColors.Of(row.Color);
        byte alpha = (byte)(row.Values.Count > 60 ? 110 : 170);
        for (int i = 0; i < row.Values.Count; i++)
        {
            double value = row.Values[i], up = (i + 1) * Golden % 1, aside = (((i + 1) * Golden * 7.3) % 1) - 0.5;
            float x = axis.X(value) + (row.Values.Count > 1 ? (float)aside * 2 * axis.Spread(value) : 0), y = row.Values.Count > 1 ? top + 6 + ((float)up * 20) : top + (height / 2);
            yield return double.IsInfinity(value)
                ? new SceneBox(SKRect.Create(x - 2.4f, y - 2.4f, 4.8f, 4.8f), SKColors.Transparent, color, 1.1f)
                : new SceneBox(SKRect.Create(x - 2.7f, y - 2.7f, 5.4f, 5.4f), color.WithAlpha(alpha), SKColors.Transparent, 0, 2.7f);
        }

        // One training is its own median, and has neither quartiles nor an interval.
        if (row is { Summary: Summary of, Values.Count: not 1 })
        {
            float middle = row.Values.Count > 0 ? top + 36 : top + (height / 2);
            yield return Bar(of.LowerQuartile, of.UpperQuartile, middle, 5, color.WithAlpha(90));
            yield return Bar(of.IntervalLow, of.IntervalHigh, middle, 2, color);
            float x = axis.X(of.Median);
            yield return new SceneLine([new SKPoint(x, middle - 8), new SKPoint(x, middle + 8)], SceneColors.Ink, 2.2f);
        }

        SceneBox Bar(double low, double high, float middle, float half, SKColor fill) =>
            new(new SKRect(axis.X(low) - 0.7f, middle - half, axis.X(high) + 0.7f, middle + half), fill, SKColors.Transparent);
    }
}
