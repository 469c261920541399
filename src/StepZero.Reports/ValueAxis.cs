using System.Globalization;
using SkiaSharp;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>
/// An axis of a measure from left to right: logarithmic where values span decades, with a lane at an end for trainings that have no place on it, diverged or
/// short of the target, and one for zeros where it is logarithmic.
/// </summary>
internal sealed class ValueAxis
{
    private const float LostLane = 84, ZeroLane = 36, LaneGap = 10, Size = 12.5f, NameSize = 13.5f;

    /// <summary>Most lines: over hundreds of decades those between the names would be one gray.</summary>
    private const int MostLines = 100;

    private readonly ChartAxis axis;
    private readonly SweepMeasure measure;
    private readonly bool isEmpty;
    private readonly float from;
    private readonly float to;
    private readonly SKRect lost;
    private readonly SKRect zeros;

    /// <summary>The axis of a measure.</summary>
    /// <param name="values">All values that are shown, infinite ones of trainings that are lost.</param>
    /// <param name="measure">The measure.</param>
    /// <param name="left">Its left end.</param>
    /// <param name="right">Its right end.</param>
    public ValueAxis(IEnumerable<double> values, SweepMeasure measure, float left, float right)
    {
        double[] all = [.. values];
        double[] finite = [.. all.Where(double.IsFinite)];
        bool isLogarithmic = !SweepWords.IsAccuracy(measure) && Chart.IsWide(finite.Where(value => value > 0));
        this.measure = measure;
        (isEmpty, from, to) = (finite is [], left, right);
        if (all.Any(double.IsInfinity))
        {
            to = right - LostLane - LaneGap;
            lost = new SKRect(right - LostLane, 0, right, 0);
        }

        if (isLogarithmic && finite.Min() <= 0)
        {
            from = left + ZeroLane + LaneGap;
            zeros = new SKRect(left, 0, left + ZeroLane, 0);
        }

        axis = ChartAxis.Of(finite, isLogarithmic, margin: 0.03);
        IsLogarithmic = isLogarithmic;
    }

    /// <summary>Whether equal steps are equal ratios.</summary>
    public bool IsLogarithmic { get; }

    /// <summary>The place of a value: the middle of a lane for one that is infinite, or zero on a logarithmic axis.</summary>
    public float X(double value) => double.IsInfinity(value) ? lost.MidX
        : IsLogarithmic && value <= 0 ? zeros.MidX
        : from + (float)(Math.Clamp(axis.Share(value), 0, 1) * (to - from));

    /// <summary>How far to both sides of its place the dot of a training that is lost may stand.</summary>
    public float Spread(double value) => double.IsInfinity(value) ? 0.36f * LostLane : IsLogarithmic && value <= 0 ? 0.36f * ZeroLane : 0;

    /// <summary>Lines, marks and names: above and below the rows.</summary>
    /// <param name="top">The upper end of the rows.</param>
    /// <param name="bottom">Their lower end.</param>
    /// <param name="name">What the axis shows.</param>
    public IEnumerable<SceneShape> Draw(float top, float bottom, string name)
    {
        foreach ((SKRect lane, string text) in ((SKRect, string)[])[(lost, SweepWords.Lost(measure)), (zeros, "0")])
        {
            if (lane.Width > 0)
            {
                yield return new SceneBox(new SKRect(lane.Left, top, lane.Right, bottom), SceneColors.Line.WithAlpha(90), SKColors.Transparent);
                yield return new SceneLabel(text, lane.MidX, top - 8, Size, SceneColors.Soft, Align: SKTextAlign.Center);
                yield return new SceneLabel(text, lane.MidX, bottom + 17, Size, SceneColors.Soft, Align: SKTextAlign.Center);
            }
        }

        if (isEmpty)
        {
            yield break;
        }

        float end = float.NegativeInfinity;
        (double Value, string Text)[] ticks = [.. Ticks()];
        foreach ((double value, string text) in ticks.Length <= MostLines ? ticks : ticks.Where(tick => tick.Text.Length > 0))
        {
            float x = X(value), half = SceneLabel.WidthOf(text, Size) / 2;
            bool named = text.Length > 0 && x - half > end + 10 && x - half >= from - 16 && x + half <= to + (lost.Width > 0 ? 0 : 24);
            yield return new SceneLine([new SKPoint(x, top), new SKPoint(x, bottom)], SceneColors.Line.WithAlpha(named ? (byte)255 : (byte)90), 1);
            if (named)
            {
                yield return new SceneLabel(text, x, top - 8, Size, SceneColors.Soft, Align: SKTextAlign.Center);
                yield return new SceneLabel(text, x, bottom + 17, Size, SceneColors.Soft, Align: SKTextAlign.Center);
                end = x + half;
            }
        }

        // A name longer than its axis goes on to the right: to the left there may be another axis.
        string title = $"{name}{(IsLogarithmic ? " (logarithmic)" : "")}";
        float middle = Math.Max((from + to) / 2, from - 16 + (SceneLabel.WidthOf(title, NameSize) / 2));
        yield return new SceneLabel(title, middle, bottom + 37, NameSize, SceneColors.Ink, Align: SKTextAlign.Center);
    }

    private IEnumerable<(double Value, string Text)> Ticks() => axis.Ticks.Where(tick => tick.Value >= 0 && (measure != SweepMeasure.Iterations || tick.Value == Math.Round(tick.Value)))
        .Where(tick => !SweepWords.IsAccuracy(measure) || tick.Value <= 1)
        .Select(tick => (tick.Value, !SweepWords.IsAccuracy(measure) ? tick.Text : string.Create(CultureInfo.InvariantCulture, $"{100 * tick.Value:0.####}%")));
}
