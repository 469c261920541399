using System.Globalization;
using SkiaSharp;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The axis of an option among parallel ones: numbers have their distances, logarithmic where the plan's are; other values stand one after the other.</summary>
internal sealed class OptionAxis
{
    private const float Size = 12.5f, LineHeight = 17;
    private const int FewValues = 2;

    private readonly Func<string, double> share;
    private readonly (double Share, string Text)[] marks;
    private readonly float top;
    private readonly float foot;

    private OptionAxis(Func<string, double> share, (double Share, string Text)[] marks, float gap, float top, float foot)
    {
        this.share = share;
        this.marks = marks;
        this.top = top;
        this.foot = foot;
        Gap = gap;
    }

    /// <summary>How far values are apart, at least; 0 where they are drawn and lie anywhere.</summary>
    public float Gap { get; }

    /// <summary>The axis of an option.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="option">The option's place in <see cref="SweepPlan.Names"/>.</param>
    /// <param name="top">Its upper end.</param>
    /// <param name="foot">Its lower end.</param>
    public static OptionAxis Of(SweepPlan plan, int option, float top, float foot)
    {
        if (option >= plan.Axes.Count)
        {
            SweepDraw draw = plan.Draws[option - plan.Axes.Count];
            var axis = ChartAxis.Of([draw.From, draw.To], draw.IsLogarithmic, margin: 0);
            return new OptionAxis(value => axis.Share(Number(value)), [.. axis.Ticks.Where(tick => tick.Text.Length > 0).Select(tick => (axis.Share(tick.Value), tick.Text))], 0, top, foot);
        }

        IReadOnlyList<string> values = plan.Axes[option].Values;
        double[] numbers = [.. values.Select(Number)];
        if (values.Count <= FewValues || numbers.Any(number => !double.IsFinite(number)))
        {
            // The first value at the top, as in a list.
            Dictionary<string, double> places = values.Index().ToDictionary(value => value.Item, value => values.Count == 1 ? 0.5 : 1 - ((value.Index + 0.5) / values.Count));
            return new OptionAxis(value => places[value], [.. places.Select(place => (place.Value, SweepWords.Value(place.Key)))], (foot - top) / values.Count, top, foot);
        }

        var scale = ChartAxis.Of(numbers, Chart.IsWide(numbers), margin: 0.04);
        double[] shares = [.. numbers.Select(scale.Share).Order()];
        double least = shares.Skip(1).Zip(shares, (high, low) => high - low).Min();
        return new OptionAxis(value => scale.Share(Number(value)), [.. values.Select((text, i) => (scale.Share(numbers[i]), SweepWords.Value(text)))], (float)least * (foot - top), top, foot);
    }

    /// <summary>The place of a value.</summary>
    public float Y(string value) => foot - ((float)Math.Clamp(share(value), 0, 1) * (foot - top));

    /// <summary>Draws the axis with its name and as many of its values as there is room for.</summary>
    /// <param name="shapes">What it is added to.</param>
    /// <param name="x">Where it stands.</param>
    /// <param name="room">How far the next one is.</param>
    /// <param name="name">The option's name.</param>
    public void Draw(List<SceneShape> shapes, float x, float room, string name)
    {
        shapes.Add(new SceneLine([new SKPoint(x, top), new SKPoint(x, foot)], SceneColors.Ink, 1.4f));
        string title = SceneText.Fit(name, 13, room - 14, true);
        shapes.Add(new SceneLabel(title, Math.Max(16, x - 8), top - 16, 13, SceneColors.Ink, true));
        float before = float.PositiveInfinity;
        foreach ((double at, string text) in marks.OrderBy(mark => mark.Share))
        {
            float y = foot - ((float)at * (foot - top));
            if (before - y < LineHeight || y < top - 1 || y > foot + 1)
            {
                continue;
            }

            before = y;
            string fitting = SceneText.Fit(text, Size, room * 0.72f);
            float width = SceneLabel.WidthOf(fitting, Size);
            shapes.Add(new SceneLine([new SKPoint(x - 3, y), new SKPoint(x + 5, y)], SceneColors.Ink, 1.2f));
            shapes.Add(new SceneBox(new SKRect(x + 7, y - 8.5f, x + width + 13, y + 8.5f), SKColors.White.WithAlpha(215), SKColors.Transparent, 0, 3));
            shapes.Add(SceneText.Middle(fitting, x + 10, y, Size, SceneColors.Ink));
        }
    }

    private static double Number(string text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double number) ? number : double.NaN;
}
