using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>What there is to say about a map in numbers.</summary>
/// <param name="Trained">How many pixels are trained.</param>
/// <param name="Converged">How many of these converged.</param>
/// <param name="Unconverged">How many came to their end at costs that are not below the first.</param>
/// <param name="Diverged">How many have costs that are not finite.</param>
/// <param name="Best">The place of the best pixel in the map, the first of equal ones; null where none has a value.</param>
/// <param name="Boundary">The place of the pixel at the boundary that is nearest to the middle of the map; null where there is no boundary.</param>
internal sealed record MapFacts(int Trained, int Converged, int Unconverged, int Diverged, int? Best, int? Boundary)
{
    /// <summary>Goes through a map.</summary>
    public static MapFacts Of(Map map)
    {
        int[] counts = new int[4];
        int? best = null, boundary = null;
        double least = double.PositiveInfinity, nearest = double.PositiveInfinity;
        ReadOnlySpan<MapPixel> pixels = map.Pixels;
        for (int i = 0; i < pixels.Length; i++)
        {
            counts[(int)pixels[i].Status]++;
            double loss = LossOf(map.Spec.Measure.Quantity, pixels[i]);
            if (loss < least || (best is int other && loss == least && pixels[i].Cost < pixels[other].Cost))
            {
                (least, best) = (loss, i);
            }

            double away = DistanceToMiddle(map.Spec, i);
            if (away < nearest && IsAtBoundary(map, i))
            {
                (nearest, boundary) = (away, i);
            }
        }

        return new MapFacts(
            pixels.Length - counts[(int)PixelStatus.Missing], counts[(int)PixelStatus.Converged], counts[(int)PixelStatus.Unconverged], counts[(int)PixelStatus.Diverged], best, boundary);
    }

    /// <summary>What the best pixel has least of: of those that converged what the map measures, where less or more of it is better, else the cost.</summary>
    private static double LossOf(MapQuantity quantity, MapPixel pixel) => pixel.Status != PixelStatus.Converged ? double.NaN : quantity switch
    {
        MapQuantity.Convergence or MapQuantity.Accuracy => -pixel.Value,
        MapQuantity.Iterations => pixel.Value,
        _ => pixel.Cost,
    };

    private static double DistanceToMiddle(MapSpec spec, int pixel)
    {
        double x = ((pixel % spec.Columns) + 0.5) / spec.Columns, y = ((pixel / spec.Columns) + 0.5) / spec.Rows;
        return ((x - 0.5) * (x - 0.5)) + ((y - 0.5) * (y - 0.5));
    }

    /// <summary>Whether a pixel converged and one beside or above it did not, or the other way round.</summary>
    private static bool IsAtBoundary(Map map, int pixel)
    {
        (int column, int row) = (pixel % map.Spec.Columns, pixel / map.Spec.Columns);
        return (column + 1 < map.Spec.Columns && Differ(map[column, row], map[column + 1, row])) || (row + 1 < map.Spec.Rows && Differ(map[column, row], map[column, row + 1]));

        static bool Differ(MapPixel one, MapPixel other) => one.Status != PixelStatus.Missing && other.Status != PixelStatus.Missing
            && (one.Status == PixelStatus.Converged) != (other.Status == PixelStatus.Converged);
    }
}
