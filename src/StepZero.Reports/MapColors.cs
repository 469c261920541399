using SkiaSharp;
using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>
/// The colors of a map: blues for trainings that converged, oranges for those that did not. In each family the colors run towards the boundary, dark blue on
/// one side and cream on the other, so that it is the strongest edge of the picture, in gray and to color-blind eyes too. They depend on the values alone.
/// </summary>
internal sealed class MapColors
{
    /// <summary>The color of a pixel that has not been trained and has no neighbor that stands for it.</summary>
    public static readonly SKColor Missing = SKColor.Parse("#D3D6DB");

    /// <summary>The color of a training that converged without a value: it never reached the target.</summary>
    public static readonly SKColor Unreached = SKColor.Parse("#8F8F8F");

    private static readonly SKColor[] Blues = [.. ((string[])["#06123F", "#0D3A8C", "#2A78C8", "#86C5F2"]).Select(SKColor.Parse)];
    private static readonly SKColor[] Oranges = [.. ((string[])["#FFF1C4", "#FDBB57", "#E5701A", "#9C2F06"]).Select(SKColor.Parse)];

    private const int Kinds = 4;

    private readonly Map map;

    /// <summary>The colors of a map as far as it is trained.</summary>
    public MapColors(Map map)
    {
        this.map = map;
        MapQuantity quantity = map.Spec.Measure.Quantity;
        int[] counts = new int[Kinds];
        foreach (MapPixel pixel in map.Pixels)
        {
            counts[(int)KindOf(pixel)]++;
        }

        double[] converged = new double[counts[(int)Kind.Converged]], failed = new double[counts[(int)Kind.Failed]];
        (int done, int lost) = (0, 0);
        foreach (MapPixel pixel in map.Pixels)
        {
            switch (KindOf(pixel))
            {
                case Kind.Converged: converged[done++] = pixel.Value; break;
                case Kind.Failed: failed[lost++] = pixel.Convergence; break;
                default: break;
            }
        }

        (UnreachedCount, MissingCount) = (counts[(int)Kind.Unreached], counts[(int)Kind.Missing]);
        Converged = new MapFamily(
            converged, Blues, falls: quantity is MapQuantity.Cost or MapQuantity.Iterations or MapQuantity.Sharpness, byRank: quantity != MapQuantity.Accuracy);
        Failed = new MapFamily(failed, Oranges, falls: true, byRank: true);
    }

    private enum Kind
    {
        Missing,
        Unreached,
        Converged,
        Failed,
    }

    /// <summary>Those that converged, by what the map measures; the best have the last color.</summary>
    public MapFamily Converged { get; }

    /// <summary>Those that did not converge, by how long their costs stayed low; those that diverged at once have the last color.</summary>
    public MapFamily Failed { get; }

    /// <summary>How many converged without a value.</summary>
    public int UnreachedCount { get; }

    /// <summary>How many are not trained yet.</summary>
    public int MissingCount { get; }

    /// <summary>Whether there are pixels that nothing is known of, not even from one nearby.</summary>
    public bool HasBlanks
    {
        get
        {
            for (int row = 0; row < map.Spec.Rows; row++)
            {
                for (int column = 0; column < map.Spec.Columns; column++)
                {
                    if (map.Nearest(column, row).Status == PixelStatus.Missing)
                    {
                        return true;
                    }
                }
            }

            return false;
        }
    }

    /// <summary>The pixels as a picture, the first row at the bottom.</summary>
    /// <param name="most">The most pixels of a side; of a larger map every n-th is shown.</param>
    public SKBitmap Draw(int most)
    {
        int stride = (Math.Max(map.Spec.Columns, map.Spec.Rows) + most - 1) / most;
        int width = (map.Spec.Columns + stride - 1) / stride, height = (map.Spec.Rows + stride - 1) / stride;
        var picture = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        Span<byte> bytes = picture.GetPixelSpan();
        for (int y = 0; y < height; y++)
        {
            for (int x = 0; x < width; x++)
            {
                SKColor color = Of(map.Nearest(x * stride, (height - 1 - y) * stride));
                Span<byte> at = bytes.Slice(4 * ((y * width) + x), 4);
                (at[0], at[1], at[2], at[3]) = (color.Red, color.Green, color.Blue, byte.MaxValue);
            }
        }

        return picture;
    }

    /// <summary>The color of a pixel of the map.</summary>
    public SKColor Of(MapPixel pixel) => KindOf(pixel) switch
    {
        Kind.Missing => Missing,
        Kind.Unreached => Unreached,
        Kind.Converged => Converged[pixel.Value],
        _ => Failed[pixel.Convergence],
    };

    private static Kind KindOf(MapPixel pixel) => pixel.Status switch
    {
        PixelStatus.Missing => Kind.Missing,
        PixelStatus.Converged => double.IsNaN(pixel.Value) ? Kind.Unreached : Kind.Converged,
        _ => Kind.Failed,
    };
}
