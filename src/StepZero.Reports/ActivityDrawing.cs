using System.Globalization;
using System.Text;
using SkiaSharp;
using StepZero.Diagnostics;

namespace StepZero.Reports;

/// <summary>The statistics of all layers along a training: small charts in rows and columns, or for deep networks a map for each statistic.</summary>
internal static class ActivityDrawing
{
    /// <summary>Shares up to this are drawn over an axis of their own, not up to 1.</summary>
    private const double SmallShare = 0.1;

    /// <summary>The most layers that stand beside each other as charts.</summary>
    public const int MostColumns = 6;

    private const double Width = 900, Side = 212, Row = 74, Head = 24, Gap = 14, Inset = 4;
    private const double MapLeft = 48, MapTop = 26, MapWidth = 330, MapHeight = 150;
    private static readonly SKColor[] Shades = [new(0x00, 0x22, 0x4e), new(0x57, 0x5d, 0x6d), new(0xa5, 0x9c, 0x74), new(0xfe, 0xe8, 0x38)];
    private static readonly SKColor Nothing = new(0xff, 0xff, 0xff);

    /// <summary>The activity as HTML; nothing where none was seen.</summary>
    public static string Draw(Course course, string name, int color)
    {
        IReadOnlyList<Activity> activities = Activity.Of(course);
        int[] updates = [.. course.Points.Select(point => point.Iteration)];
        return activities is [] || updates.Length < 2 ? ""
            : activities[0].Values.Length <= MostColumns ? Multiples(activities, updates, name, color)
            : $"<div class=\"maps\">{string.Concat(activities.Select(activity => Map(activity, updates, name)))}</div>";
    }

    /// <summary>A statistic as a picture, a column a point and a row a layer, the first at the bottom.</summary>
    public static byte[] Cells(Activity activity)
    {
        int columns = activity.Values[0].Length, rows = activity.Values.Length;
        ChartAxis axis = AxisOf(activity);
        using var picture = new SKBitmap(columns, rows, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int layer = 0; layer < rows; layer++)
        {
            for (int column = 0; column < columns; column++)
            {
                double value = activity.Values[layer][column];
                bool drawn = double.IsFinite(value) && (!axis.IsLogarithmic || value > 0);
                picture.SetPixel(column, rows - 1 - layer, drawn ? Shade(axis.Share(value)) : axis.IsLogarithmic && value == 0 ? Shades[0] : Nothing);
            }
        }

        return PictureSheet.Encode(picture, SKEncodedImageFormat.Png, 100);
    }

    /// <summary>The range of a statistic over all layers.</summary>
    public static ChartAxis AxisOf(Activity activity) =>
        ChartAxis.Of(activity.IsShare && activity.Shown.Max() > SmallShare ? [0, 1] : activity.IsWide ? activity.Shown : [0, .. activity.Shown], activity.IsWide, margin: 0);

    private static string Multiples(IReadOnlyList<Activity> activities, int[] updates, string name, int color)
    {
        int columns = activities[0].Values.Length;
        double cell = (Width - Side - (Gap * (columns - 1))) / columns, height = Head + (activities.Count * (Row + Gap)) + 22;
        double end = Math.Log10(updates[^1] + 1.0);
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg class=\"small\" viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-label=\"{Html.Text($"Statistics of each layer along the training from {name}: {string.Join(", ", activities.Select(activity => activity.Name))}")}\">"));
        for (int column = 0; column < columns; column++)
        {
            svg.Append(Invariant($"<text class=\"strong\" x=\"{Left(column) + (cell / 2):0.#}\" y=\"14\" text-anchor=\"middle\">layer {column + 1}</text>"));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{Left(column):0.#}\" y=\"{height - 6}\">0</text>"));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{Left(column) + cell:0.#}\" y=\"{height - 6}\" text-anchor=\"end\">{Figures.Count(updates[^1])}</text>"));
        }

        for (int row = 0; row < activities.Count; row++)
        {
            Activity activity = activities[row];
            ChartAxis axis = AxisOf(activity);
            double top = Head + (row * (Row + Gap)), bottom = top + Row;
            svg.Append(Invariant($"<text x=\"0\" y=\"{top + (Row / 2) + 4}\">{Html.Text(activity.Name)}{(axis.IsLogarithmic ? " (log)" : "")}</text>"));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{Side - 6}\" y=\"{top + 11}\" text-anchor=\"end\">{Value(axis, axis.High)}</text>"));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{Side - 6}\" y=\"{bottom}\" text-anchor=\"end\">{Value(axis, axis.Low)}</text>"));
            for (int column = 0; column < columns; column++)
            {
                svg.Append(Invariant($"<rect class=\"frame\" x=\"{Left(column):0.#}\" y=\"{top}\" width=\"{cell:0.#}\" height=\"{Row}\"/>"));
                double[] values = activity.Values[column];
                string points = string.Join(' ', Enumerable.Range(0, values.Length).Where(i => double.IsFinite(values[i]) && (!axis.IsLogarithmic || values[i] > 0))
                    .Select(i => Invariant($"{Left(column) + (cell * Math.Log10(updates[i] + 1.0) / end):0.#},{bottom - Inset - ((Row - (2 * Inset)) * Math.Clamp(axis.Share(values[i]), 0, 1)):0.#}")));
                svg.Append(points.Length == 0
                    ? Invariant($"<text class=\"soft-text\" x=\"{Left(column) + (cell / 2):0.#}\" y=\"{top + (Row / 2) + 4}\" text-anchor=\"middle\">–</text>")
                    : $"<polyline class=\"curve k{color % Palette.Count}\" points=\"{points}\"/>");
            }
        }

        return svg.Append("</svg>").ToString();

        double Left(int column) => Side + (column * (cell + Gap));
    }

    private static string Map(Activity activity, int[] updates, string name)
    {
        ChartAxis axis = AxisOf(activity);
        int layers = activity.Values.Length;
        double row = MapHeight / layers, bottom = MapTop + MapHeight, bar = MapLeft + MapWidth + 14;
        string cells = Convert.ToBase64String(Cells(activity)), scale = Convert.ToBase64String(Scale());
        var svg = new StringBuilder();
        svg.Append(Invariant($"<svg class=\"small\" viewBox=\"0 0 440 224\" role=\"img\" aria-label=\"{Html.Text($"{activity.Name} of {layers} layers along the training from {name}, from {Value(axis, axis.Low)} to {Value(axis, axis.High)}")}\">"));
        svg.Append(Invariant($"<text class=\"strong\" x=\"{MapLeft}\" y=\"16\">{Html.Text(activity.Name)}{(axis.IsLogarithmic ? " (logarithmic)" : "")}</text>"));
        svg.Append(Invariant($"<image class=\"cells\" x=\"{MapLeft}\" y=\"{MapTop}\" width=\"{MapWidth}\" height=\"{MapHeight}\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,{cells}\"/>"));
        svg.Append(Invariant($"<image x=\"{bar}\" y=\"{MapTop}\" width=\"12\" height=\"{MapHeight}\" preserveAspectRatio=\"none\" href=\"data:image/png;base64,{scale}\"/>"));
        svg.Append(Invariant($"<text class=\"soft-text\" x=\"{bar}\" y=\"16\">{Value(axis, axis.High)}</text><text class=\"soft-text\" x=\"{bar}\" y=\"{bottom + 16}\">{Value(axis, axis.Low)}</text>"));
        for (int layer = 0; layer < layers; layer += Math.Max(1, (layers + 7) / 8))
        {
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{MapLeft - 6}\" y=\"{bottom - ((layer + 0.5) * row) + 4:0.#}\" text-anchor=\"end\">{layer + 1}</text>"));
        }

        foreach ((int point, string anchor) in ((int, string)[])[(0, "start"), (updates.Length / 2, "middle"), (updates.Length - 1, "end")])
        {
            double x = MapLeft + (MapWidth * (anchor == "start" ? 0 : anchor == "end" ? 1 : (point + 0.5) / updates.Length));
            svg.Append(Invariant($"<text class=\"soft-text\" x=\"{x:0.#}\" y=\"{bottom + 16}\" text-anchor=\"{anchor}\">{Figures.Count(updates[point])}</text>"));
        }

        svg.Append(Invariant($"<text x=\"{MapLeft + (MapWidth / 2)}\" y=\"{bottom + 34}\" text-anchor=\"middle\">iteration</text>"));
        svg.Append(Invariant($"<text x=\"12\" y=\"{MapTop + (MapHeight / 2)}\" text-anchor=\"middle\" transform=\"rotate(-90 12 {MapTop + (MapHeight / 2)})\">layer</text>"));
        return svg.Append("</svg>").ToString();
    }

    private static byte[] Scale()
    {
        const int Steps = 64;
        using var picture = new SKBitmap(1, Steps, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int i = 0; i < Steps; i++)
        {
            picture.SetPixel(0, Steps - 1 - i, Shade(i / (Steps - 1.0)));
        }

        return PictureSheet.Encode(picture, SKEncodedImageFormat.Png, 100);
    }

    /// <summary>From dark blue over gray to yellow, after cividis (Nuñez et al. 2018): it rises evenly in lightness for every kind of color vision.</summary>
    private static SKColor Shade(double share)
    {
        double place = Math.Clamp(share, 0, 1) * (Shades.Length - 1);
        int at = Math.Min((int)place, Shades.Length - 2);
        return new SKColor(Mix(Shades[at].Red, Shades[at + 1].Red), Mix(Shades[at].Green, Shades[at + 1].Green), Mix(Shades[at].Blue, Shades[at + 1].Blue));

        byte Mix(byte one, byte other) => (byte)(one + ((place - at) * (other - one)));
    }

    private static string Value(ChartAxis axis, double place) => Figures.Short(axis.IsLogarithmic ? Math.Pow(10, place) : place);

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
