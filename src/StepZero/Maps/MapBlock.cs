namespace StepZero.Maps;

/// <summary>Pixels that are trained together and kept together: what a map loses at most, a thread, when it is cut short.</summary>
/// <param name="Pixels">The places of the pixels in <see cref="Map.Pixels"/>; all of one architecture.</param>
public sealed record MapBlock(IReadOnlyList<int> Pixels)
{
    /// <summary>The first pass takes every sixteenth pixel of every sixteenth row.</summary>
    internal const int CoarsestStride = 16;

    private const int MostPixels = 512;
    private const int FewestPixels = 16;
    private const int BlocksOfAMap = 64;

    /// <summary>The blocks of a map, from coarse to fine. They depend on the spec alone.</summary>
    public static IReadOnlyList<MapBlock> Of(MapSpec spec)
    {
        // A multiple of the lanes of one vector, and enough blocks for any number of threads.
        int size = Math.Clamp(((spec.PixelCount / BlocksOfAMap) + FewestPixels - 1) / FewestPixels * FewestPixels, FewestPixels, MostPixels);
        double[] x = spec.X.Values(spec.Columns), y = spec.Y.Values(spec.Rows);
        var blocks = new List<MapBlock>();
        for (int stride = CoarsestStride; stride >= 1; stride /= 2)
        {
            IEnumerable<IGrouping<(double, double), int>> networks = Pass(spec, stride).GroupBy(pixel => (
                spec.X.ChangesNetwork ? x[pixel % spec.Columns] : 0, spec.Y.ChangesNetwork ? y[pixel / spec.Columns] : 0));
            blocks.AddRange(networks.SelectMany(pixels => pixels.Chunk(size)).Select(pixels => new MapBlock(pixels)));
        }

        return blocks;
    }

    /// <summary>The pixels of one pass that are not of a coarser one.</summary>
    private static IEnumerable<int> Pass(MapSpec spec, int stride)
    {
        for (int row = 0; row < spec.Rows; row += stride)
        {
            for (int column = 0; column < spec.Columns; column += stride)
            {
                if (stride == CoarsestStride || row % (2 * stride) != 0 || column % (2 * stride) != 0)
                {
                    yield return (row * spec.Columns) + column;
                }
            }
        }
    }
}
