using ScottPlot;
using SkiaSharp;
using StepZero.Data;

namespace StepZero.Reports;

/// <summary>Pictures of the data themselves.</summary>
public static class DataPictures
{
    private const int MostPictures = 400;
    private const int MostClasses = 20;
    private const int MostOfTargets = 10;
    private const int Shades = 8;
    private const int ClassesInRow = 5;
    private const int Gap = 6;
    private const int Margin = 16;
    private static readonly SKColor Wrong = SKColor.Parse("#D55E00");

    /// <summary>
    /// samples.png: one picture of each class, at most 20 of them, or ten from the smallest number to predict to the largest; for two features a plot of all
    /// samples. Null where neither can be shown.
    /// </summary>
    public static byte[]? Samples(Dataset data) => data.ImageSize is not null ? Chosen(data) : data.FeatureCount == 2 ? Scatter(data) : null;

    /// <summary>
    /// contact-sheet.png: all pictures, at most the first 400, those framed that the network answers wrongly. Null where samples are no pictures.
    /// </summary>
    /// <param name="data">The samples.</param>
    /// <param name="wrongly">For each sample whether the network answers wrongly; null where none was trained to its end.</param>
    /// <param name="network">What the network is called; null where it answers with numbers.</param>
    public static byte[]? ContactSheet(Dataset data, bool[]? wrongly, string? network)
    {
        if (data.ImageSize is not ImageSize size)
        {
            return null;
        }

        const int Title = 34;
        int shown = Math.Min(data.SampleCount, MostPictures);
        int columns = Math.Max(5, (int)Math.Ceiling(Math.Sqrt(shown)));
        int rows = (shown + columns - 1) / columns;
        float cell = Math.Min(size.Width, 1000f / columns);
        float height = PictureSheet.HeightOf(size, cell);
        float width = Math.Max(520, (columns * (cell + Gap)) - Gap);
        var pixels = new SamplePixels(data);
        using var sheet = new PictureSheet((int)Math.Ceiling(width + (2 * Margin)), (int)Math.Ceiling((rows * (height + Gap)) - Gap + (2 * Margin) + Title));
        int wrong = 0;
        for (int i = 0; i < data.SampleCount; i++)
        {
            bool isWrong = wrongly is not null && wrongly[i];
            wrong += isWrong ? 1 : 0;
            if (i < shown)
            {
                var place = SKRect.Create(Margin + (i % columns * (cell + Gap)), Margin + Title + (i / columns * (height + Gap)), cell, height);
                sheet.Draw(pixels.Rgb(i), size, place);
                if (isWrong)
                {
                    place.Inflate(Gap / 2, Gap / 2);
                    sheet.Frame(place, Wrong, 5);
                }
            }
        }

        string all = shown < data.SampleCount ? $"The first {shown} of {data.SampleCount} pictures" : $"{data.SampleCount} pictures";
        string framed = network is null ? "" : wrongly is null ? ", no network trained to the end" : $", framed: {wrong} that {network} answers wrongly";
        sheet.WriteWithin($"{data.Name}: {all}{framed}", Margin, Margin + 18, 17, width, bold: true);
        return sheet.ToPng();
    }

    /// <summary>Samples spread from the smallest number to predict to the largest.</summary>
    internal static int[] ByTarget(IReadOnlyList<double> targets, int most)
    {
        int[] order = [.. Enumerable.Range(0, targets.Count).OrderBy(sample => targets[sample])];
        int count = Math.Min(most, order.Length);
        return [.. Enumerable.Range(0, count).Select(i => order[count == 1 ? 0 : (int)((long)i * (order.Length - 1) / (count - 1))])];
    }

    private static byte[] Chosen(Dataset data)
    {
        const int Title = 34;
        ImageSize size = data.ImageSize!;
        (int Sample, string Title)[] shown = data.Targets is not null
            ? [.. ByTarget(data.Targets, MostOfTargets).Select(sample => (sample, Figures.Short(data.Targets[sample])))]
            : [.. Enumerable.Range(0, data.Classes.Count).Where(label => data.Labels.Contains(label)).Take(MostClasses).Select(label => (data.Labels.IndexOf(label), data.Classes[label]))];
        int columns = Math.Min(ClassesInRow, shown.Length);
        int side = shown.Length <= 2 ? 300 : 160;
        int height = (int)PictureSheet.HeightOf(size, side);
        int row = height + Title + Margin;
        var pixels = new SamplePixels(data);
        using var sheet = new PictureSheet((columns * (side + Margin)) + Margin, ((shown.Length + columns - 1) / columns * row) + Margin);
        for (int i = 0; i < shown.Length; i++)
        {
            float left = Margin + (i % columns * (side + Margin));
            float top = Margin + (i / columns * row);
            sheet.WriteWithin(shown[i].Title, left + (side / 2), top + 20, 20, side, bold: true, SKTextAlign.Center);
            sheet.Draw(pixels.Rgb(shown[i].Sample), size, SKRect.Create(left, top + Title, side, height));
        }

        return sheet.ToPng();
    }

    private static byte[] Scatter(Dataset data)
    {
        EmbeddedFont.Register();
        var plot = new Plot();
        plot.Title($"{data.Name}: {data.SampleCount} samples", 16);
        plot.XLabel("first feature", 14);
        plot.YLabel("second feature", 14);
        (int[] groups, string[] names) = data.Targets is null ? (data.Labels.ToArray(), [.. data.Classes]) : ByShade(data.Targets);
        for (int label = 0; label < names.Length; label++)
        {
            var xs = new List<double>();
            var ys = new List<double>();
            for (int i = 0; i < data.SampleCount; i++)
            {
                if (groups[i] == label)
                {
                    xs.Add(data.HasByteFeatures ? data.Bytes[2 * i] : data.Values[2 * i]);
                    ys.Add(data.HasByteFeatures ? data.Bytes[(2 * i) + 1] : data.Values[(2 * i) + 1]);
                }
            }

            MarkerShape shape = data.Targets is not null || label % 2 == 0 ? MarkerShape.FilledCircle : MarkerShape.FilledTriangleUp;
            Color color = data.Targets is null ? Color.FromHex(Palette.Of(label)).WithAlpha(0.75) : new ScottPlot.Colormaps.Viridis().GetColor((double)label / (Shades - 1));
            ScottPlot.Plottables.Markers markers = plot.Add.Markers(xs.ToArray(), ys.ToArray(), shape, 7, color);
            markers.LegendText = names[label];
        }

        plot.ShowLegend(Edge.Right).Legend.FontSize = 14;
        plot.Axes.SquareUnits();
        return Plots.ToPng(plot, 900, 640);
    }

    /// <summary>Parts of equal length of the range of numbers to predict: for each sample which one, and what they are called.</summary>
    private static (int[] Groups, string[] Names) ByShade(IReadOnlyList<double> targets)
    {
        double low = targets.Min(), step = (targets.Max() - low) / Shades;
        return (
            [.. targets.Select(target => step > 0 ? Math.Min(Shades - 1, (int)((target - low) / step)) : 0)],
            [.. Enumerable.Range(0, Shades).Select(shade => $"{Figures.Short(low + (shade * step))} to {Figures.Short(low + ((shade + 1) * step))}")]);
    }
}
