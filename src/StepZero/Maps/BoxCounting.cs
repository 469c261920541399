namespace StepZero.Maps;

/// <summary>How many boxes of a size a set lies in.</summary>
/// <param name="Size">The side of a box, in pixels.</param>
/// <param name="Boxes">The boxes of a grid, on the mean over all places of the grid.</param>
public readonly record struct BoxCount(int Size, double Boxes);

/// <summary>A box-counting dimension.</summary>
/// <param name="Value">The dimension: 1 for a smooth line, 2 for an area.</param>
/// <param name="Error">Its standard error.</param>
/// <param name="Counts">The counts it was read off, from small boxes to large.</param>
public sealed record BoxDimension(double Value, double Error, IReadOnlyList<BoxCount> Counts);

/// <summary>The dimension of the boundary between trainings that converge and trainings that do not.</summary>
/// <remarks>
/// Boxes have an odd number of pixels, from 3 up to an eighth of the shorter side, four sizes an octave. How many of a grid hold a part of the set is averaged
/// over all places of the grid, which is the area within half a box of the set over that of a box: no edge of the map and no place of the set in a grid counts.
/// The dimension is the slope of ln(boxes) over −ln(size), a straight line weighted by the square root of the boxes. Its error adds as squares: how much the
/// slopes of single octaves scatter (their standard deviation over the root of the number of octaves), half of the difference between the slopes of small
/// and of large boxes, and 0.01, by which sets of known dimension are off. Lines, the curve of Koch and the sets of Sierpinski and Cantor have their dimension
/// within twice the error, and within 0.05, on 256 pixels a side and more; of a set with another dimension at another scale it is large.
/// <para>The published figures are medians of slopes between neighbouring sizes over many images instead (Sohl-Dickstein 2024, arXiv:2402.06184).</para>
/// </remarks>
public static class BoxCounting
{
    private const int SmallestSize = 3;
    private const int SizesOfAnOctave = 4;
    private const int FewestSizes = 3;
    private const double SystematicError = 0.01;

    /// <summary>The largest box has this part of the shorter side.</summary>
    private const int LargestPart = 8;

    /// <summary>
    /// The dimension of a map's boundary: of the places where four neighbouring pixels did not all converge and not all fail. Null where there is no boundary,
    /// and for maps of fewer than 57 pixels a side, which are too small to tell.
    /// </summary>
    /// <param name="map">The map; places that touch pixels which are not trained yet do not count.</param>
    public static BoxDimension? Of(Map map)
    {
        int columns = map.Spec.Columns - 1, rows = map.Spec.Rows - 1;
        bool[] boundary = new bool[Math.Max(0, columns) * Math.Max(0, rows)];
        for (int i = 0; i < boundary.Length; i++)
        {
            (int row, int column) = Math.DivRem(i, columns);
            ReadOnlySpan<PixelStatus> corners = [map[column, row].Status, map[column + 1, row].Status, map[column, row + 1].Status, map[column + 1, row + 1].Status];
            boundary[i] = corners.Contains(PixelStatus.Converged) && corners.ContainsAnyExcept(PixelStatus.Converged) && !corners.Contains(PixelStatus.Missing);
        }

        return Of(boundary, columns, rows);
    }

    /// <summary>The dimension of a set of pixels, row after row.</summary>
    internal static BoxDimension? Of(ReadOnlySpan<bool> set, int columns, int rows)
    {
        int[] sizes = [.. Sizes(Math.Min(columns, rows) / LargestPart)];
        if (sizes.Length < FewestSizes || !set.Contains(true))
        {
            return null;
        }

        int[] within = Within(Distances(set, columns, rows), sizes[^1] / 2);
        BoxCount[] counts = [.. sizes.Select(size => new BoxCount(size, (double)within[size / 2] / ((long)size * size)))];
        double[] octaves = [.. Enumerable.Range(0, counts.Length).Select(i => (From: i, To: Array.FindIndex(sizes, size => size >= 2 * sizes[i] - 1)))
            .Where(octave => octave.To > 0).Select(octave => Slope([counts[octave.From], counts[octave.To]]))];
        double mean = octaves.Average(), scatter = Math.Sqrt(octaves.Sum(slope => (slope - mean) * (slope - mean)) / Math.Max(1, octaves.Length - 1));
        double bend = (Slope(counts.AsSpan(0, (counts.Length / 2) + 1)) - Slope(counts.AsSpan(counts.Length / 2))) / 2;
        double error = scatter / Math.Sqrt(Math.Log2((double)sizes[^1] / sizes[0]));
        return new BoxDimension(Slope(counts), Math.Sqrt((error * error) + (bend * bend) + (SystematicError * SystematicError)), counts);
    }

    private static IEnumerable<int> Sizes(int largest)
    {
        int before = SmallestSize - 2;
        for (int step = 0; ; step++)
        {
            int size = (2 * (int)Math.Round((Math.Pow(2, (double)step / SizesOfAnOctave) - 1) / 2)) + 1;
            if (size > largest)
            {
                yield break;
            }

            if (size > before)
            {
                yield return size;
                before = size;
            }
        }
    }

    /// <summary>For each pixel how many steps, along rows, columns or diagonals, the nearest of the set is away.</summary>
    private static int[] Distances(ReadOnlySpan<bool> set, int columns, int rows)
    {
        int[] distances = new int[set.Length];
        for (int i = 0; i < distances.Length; i++)
        {
            distances[i] = set[i] ? 0 : columns + rows;
        }

        for (int pass = 0; pass < 2; pass++)
        {
            // Each pass sees the half of the neighbours that it has already been to.
            for (int row = 0; row < rows; row++)
            {
                Span<int> here = distances.AsSpan(row * columns, columns), above = row == 0 ? [] : distances.AsSpan((row - 1) * columns, columns);
                for (int column = 0; column < columns; column++)
                {
                    int nearest = column > 0 ? here[column - 1] : int.MaxValue - 1;
                    for (int other = Math.Max(0, column - 1); other < above.Length && other <= column + 1; other++)
                    {
                        nearest = Math.Min(nearest, above[other]);
                    }

                    here[column] = Math.Min(here[column], nearest + 1);
                }
            }

            Array.Reverse(distances);
        }

        return distances;
    }

    /// <summary>For each distance up to the largest how many pixels are no farther away.</summary>
    private static int[] Within(int[] distances, int largest)
    {
        int[] within = new int[largest + 1];
        foreach (int distance in distances)
        {
            if (distance <= largest)
            {
                within[distance]++;
            }
        }

        for (int distance = 1; distance <= largest; distance++)
        {
            within[distance] += within[distance - 1];
        }

        return within;
    }

    /// <summary>The slope of ln(boxes) over −ln(size), weighted by √boxes.</summary>
    private static double Slope(ReadOnlySpan<BoxCount> counts)
    {
        double weights = 0, meanX = 0, meanY = 0, squares = 0, products = 0;
        foreach (BoxCount count in counts)
        {
            double weight = Math.Sqrt(count.Boxes);
            weights += weight;
            meanX -= weight * Math.Log(count.Size);
            meanY += weight * Math.Log(count.Boxes);
        }

        (meanX, meanY) = (meanX / weights, meanY / weights);
        foreach (BoxCount count in counts)
        {
            double x = -Math.Log(count.Size) - meanX;
            squares += Math.Sqrt(count.Boxes) * x * x;
            products += Math.Sqrt(count.Boxes) * x * (Math.Log(count.Boxes) - meanY);
        }

        return products / squares;
    }
}
