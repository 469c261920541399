using SkiaSharp;

namespace StepZero.Reports;

/// <summary>The activations of a layer as a picture: a row a unit, a column a sample; blue below 0, white at 0, orange above.</summary>
internal static class ActivationMap
{
    private const int MostUnits = 32;
    private const int MostSamples = 400;
    private static readonly (double R, double G, double B) Below = (0, 105, 166), Above = (217, 110, 20);

    /// <summary>Draws the map as PNG, one pixel an activation.</summary>
    /// <param name="activations">[units, samples], row-major.</param>
    /// <param name="units">The number of units.</param>
    /// <param name="order">The samples in the order of the columns.</param>
    /// <param name="largest">The size of an activation that has the full color.</param>
    public static byte[] Draw(double[] activations, int units, int[] order, double largest)
    {
        int samples = activations.Length / units;
        int columns = Math.Min(samples, MostSamples), rows = Math.Min(units, MostUnits);
        using var picture = new SKBitmap(columns, rows, SKColorType.Rgba8888, SKAlphaType.Opaque);
        for (int row = 0; row < rows; row++)
        {
            for (int column = 0; column < columns; column++)
            {
                double activation = activations[(row * samples) + order[column * samples / columns]];
                double share = double.IsNaN(activation) ? 0 : Math.Clamp(activation / largest, -1, 1);
                (double r, double g, double b) = share < 0 ? Below : Above;
                double strength = Math.Abs(share);
                picture.SetPixel(column, row, new SKColor(Mix(r), Mix(g), Mix(b)));
                byte Mix(double full) => (byte)(255 + (strength * (full - 255)));
            }
        }

        return PictureSheet.Encode(picture, SKEncodedImageFormat.Png, 100);
    }
}
