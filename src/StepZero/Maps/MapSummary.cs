namespace StepZero.Maps;

/// <summary>A pixel with its place.</summary>
/// <param name="Column">The column, from 0.</param>
/// <param name="Row">The row, from 0 at the bottom.</param>
/// <param name="X">The value on the axis from left to right.</param>
/// <param name="Y">The value on the other axis.</param>
/// <param name="Pixel">What became of the training.</param>
public sealed record PlacedPixel(int Column, int Row, double X, double Y, MapPixel Pixel);

/// <summary>What a map comes to in a few numbers.</summary>
/// <param name="Converged">The trainings that converged.</param>
/// <param name="Unconverged">Those that came to their end and did not.</param>
/// <param name="Diverged">Those that diverged.</param>
/// <param name="Lowest">The lowest value; null where no training has one.</param>
/// <param name="Highest">The highest value.</param>
/// <param name="Best">
/// The training with the best value: the lowest cost, the highest accuracy, the fastest convergence, the fewest iterations; of several, and where the measure
/// is the sharpness, that of the lowest cost. Null where no training has a value.
/// </param>
public sealed record MapSummary(int Converged, int Unconverged, int Diverged, double? Lowest, double? Highest, PlacedPixel? Best)
{
    /// <summary>Sums up the trained pixels of a map.</summary>
    /// <param name="map">The map.</param>
    public static MapSummary Of(Map map)
    {
        int[] counts = new int[Enum.GetValues<PixelStatus>().Length];
        double lowest = double.PositiveInfinity, highest = double.NegativeInfinity;
        ReadOnlySpan<MapPixel> pixels = map.Pixels;
        int best = -1;
        (double, double) rank = default;
        for (int i = 0; i < pixels.Length; i++)
        {
            counts[(int)pixels[i].Status]++;
            if (pixels[i].Status == PixelStatus.Missing || !double.IsFinite(pixels[i].Value))
            {
                continue;
            }

            lowest = Math.Min(lowest, pixels[i].Value);
            highest = Math.Max(highest, pixels[i].Value);
            (double, double) own = Rank(pixels[i], map.Spec.Measure.Quantity);
            if (pixels[i].Status != PixelStatus.Diverged && (best < 0 || own.CompareTo(rank) < 0))
            {
                (best, rank) = (i, own);
            }
        }

        int columns = map.Spec.Columns;
        return new MapSummary(
            counts[(int)PixelStatus.Converged], counts[(int)PixelStatus.Unconverged], counts[(int)PixelStatus.Diverged],
            lowest <= highest ? lowest : null, lowest <= highest ? highest : null,
            best < 0 ? null : new PlacedPixel(best % columns, best / columns, map.X[best % columns], map.Y[best / columns], pixels[best]));
    }

    /// <summary>The lower, the better.</summary>
    private static (double, double) Rank(MapPixel pixel, MapQuantity quantity) => quantity switch
    {
        MapQuantity.Accuracy => (-pixel.Accuracy, pixel.Cost),

        // Below 0 and near it where costs fell fast; above 0 and near it where they rose fast.
        MapQuantity.Convergence => (pixel.Value < 0 ? 0 : 1, -pixel.Value),
        MapQuantity.Sharpness => (pixel.Cost, pixel.Value),
        _ => (pixel.Value, pixel.Cost),
    };
}
