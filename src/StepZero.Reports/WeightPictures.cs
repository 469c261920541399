using SkiaSharp;
using StepZero.Data;

namespace StepZero.Reports;

/// <summary>
/// weights-first-layer.png: the weights into each unit of the first layer as a picture, gray where a weight is 0, lighter where it is positive,
/// darker where it is negative, one shade for red, green and blue each.
/// </summary>
public static class WeightPictures
{
    private const int MostUnits = 8;
    private const int Cell = 96;
    private const int Gap = 6;
    private const int Margin = 16;
    private const int Captions = 190;
    private const double DeviationsShown = 2.5;

    /// <summary>For each network the weights before, after, and what training changed. Null where the inputs are no pixels.</summary>
    /// <param name="networks">The networks.</param>
    /// <param name="size">The size of the pictures that they were trained on, or null.</param>
    public static byte[]? FirstLayer(IReadOnlyList<TrainedNetwork> networks, ImageSize? size)
    {
        using PictureSheet? sheet = Sheet(networks, size);
        return sheet?.ToPng();
    }

    internal static PictureSheet? Sheet(IReadOnlyList<TrainedNetwork> networks, ImageSize? size)
    {
        if (size is null)
        {
            return null;
        }

        const int Title = 68, Name = 26;
        int units = Math.Min(MostUnits, networks[0].Spec.Architecture.LayerSizes[1]);
        int height = (int)PictureSheet.HeightOf(size, Cell);
        int block = Name + (3 * (height + Gap)) + 8;
        int width = Math.Max(560, Captions + (units * (Cell + Gap)) + (2 * Margin));
        var sheet = new PictureSheet(width, (networks.Count * block) + Title + Margin);
        sheet.Write("The weights into each unit of the first layer", Margin, Margin + 18, 17, bold: true);
        string left = units < networks[0].Spec.Architecture.LayerSizes[1] ? $"; the first {units} units" : "";
        sheet.Write($"gray is 0; each picture spans ±{DeviationsShown} standard deviations of its row{left}", Margin, Margin + 38, 12);
        for (int i = 0; i < networks.Count; i++)
        {
            TrainedNetwork network = networks[i];
            double[] before = network.Before.Weights[0];
            double[]? after = network.After?.Weights[0];
            double[]? change = after is null ? null : [.. after.Select((weight, at) => weight - before[at])];
            int top = Title + (i * block) + Name;
            sheet.WriteWithin(network.Spec.Initializer.Name, Margin, top - 8, 16, width - (2 * Margin), bold: true);
            Row(sheet, "before", before, units, size, top, height);
            Row(sheet, "after", after, units, size, top + height + Gap, height);
            Row(sheet, "change", change, units, size, top + (2 * (height + Gap)), height);
        }

        return sheet;
    }

    private static void Row(PictureSheet sheet, string caption, double[]? weights, int units, ImageSize size, int top, int height)
    {
        sheet.Write(caption, Captions - 14, top + (height / 2), 13, align: SKTextAlign.Right);
        if (weights is null)
        {
            sheet.Write("not trained to the end", Captions, top + (height / 2), 13);
            return;
        }

        int inputs = size.FeatureCount;
        double deviation = Math.Sqrt(weights.Sum(weight => weight * weight) / weights.Length);
        sheet.Write(deviation == 0 ? "all 0" : $"σ {Figures.Short(deviation)}", Captions - 14, top + (height / 2) + 16, 11, align: SKTextAlign.Right);
        byte[] pixels = new byte[inputs];
        for (int unit = 0; unit < units; unit++)
        {
            for (int i = 0; i < inputs; i++)
            {
                double share = deviation == 0 ? 0 : weights[(unit * inputs) + i] / (DeviationsShown * deviation);
                pixels[i] = (byte)Math.Clamp(127.5 + (127.5 * share), 0, 255);
            }

            sheet.Draw(size.ToRgb<byte>(pixels), size, SKRect.Create(Captions + (unit * (Cell + Gap)), top, Cell, height));
        }
    }
}
