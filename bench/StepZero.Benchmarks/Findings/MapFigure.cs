using SkiaSharp;
using StepZero.Reports;

namespace StepZero.Benchmarks.Findings;

/// <summary>The activations of a layer, as the report draws them.</summary>
/// <param name="Title">What is shown.</param>
/// <param name="Values">[units, samples].</param>
/// <param name="Units">The number of units.</param>
internal sealed record ActivationPanel(string Title, double[] Values, int Units);

/// <summary>Maps of activations side by side: a row a unit, a column a sample; blue below 0, white at 0, orange above.</summary>
internal static class MapFigure
{
    private const int Columns = 2, Gap = 20, TitleHeight = 26, MapHeight = 110;
    private const float PanelWidth = (LineFigure.Width - Gap) / (float)Columns;

    /// <summary>Draws panels in rows of two.</summary>
    /// <param name="panels">The panels.</param>
    /// <param name="order">The samples in the order of the columns.</param>
    /// <param name="largest">The size of an activation that has the full color.</param>
    public static byte[] Draw(IReadOnlyList<ActivationPanel> panels, int[] order, double largest)
    {
        int rows = (panels.Count + Columns - 1) / Columns;
        using var sheet = new PictureSheet(LineFigure.Width, (rows * (TitleHeight + MapHeight + Gap)) - Gap + 6);
        for (int i = 0; i < panels.Count; i++)
        {
            float x = i % Columns * (PanelWidth + Gap), y = i / Columns * (TitleHeight + MapHeight + Gap);
            using SKBitmap map = SKBitmap.Decode(ActivationMap.Draw(panels[i].Values, panels[i].Units, order, largest));
            SKRect place = SKRect.Create(x + 1, y + TitleHeight, PanelWidth - 2, MapHeight);
            sheet.WriteWithin(panels[i].Title, x + 1, y + 18, 15, PanelWidth - 2);
            sheet.Draw(map, place);
            place.Inflate(1, 1);
            sheet.Frame(place, new SKColor(0x88, 0x88, 0x88), 1);
        }

        return sheet.ToPng();
    }
}
