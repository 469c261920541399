using StepZero.Maps;

namespace StepZero.Reports;

/// <summary>The boundary of a map between trainings that converged and trainings that did not.</summary>
internal static class MapBoundary
{
    /// <summary>The place in the map of the pixel at the boundary that is nearest to the middle, the first of equal ones; null where there is no boundary.</summary>
    public static int? Middle(Map map)
    {
        int? boundary = null;
        double nearest = double.PositiveInfinity;
        for (int i = 0; i < map.Spec.PixelCount; i++)
        {
            double away = DistanceToMiddle(map.Spec, i);
            if (away < nearest && IsAtBoundary(map, i))
            {
                (nearest, boundary) = (away, i);
            }
        }

        return boundary;
    }

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
