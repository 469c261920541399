using StepZero.Files.Arrays;
using StepZero.Maps;

namespace StepZero.Files;

/// <summary>The pixels of a map as a .npz file in its result folder.</summary>
public static class MapFile
{
    /// <summary>The file's name in a result folder.</summary>
    public const string Name = "map.npz";

    /// <summary>
    /// Writes <c>x</c> [columns] and <c>y</c> [rows], the values on the axes; and [rows, columns], row 0 with the smallest y: <c>value</c>, <c>cost</c>,
    /// <c>accuracy</c>, <c>convergence</c>, and <c>status</c> as whole numbers: 0 missing, 1 converged, 2 unconverged, 3 diverged.
    /// </summary>
    /// <param name="folder">The result folder.</param>
    /// <param name="map">The map.</param>
    /// <exception cref="StepZeroException">The file cannot be written.</exception>
    public static void Write(ResultFolder folder, Map map) =>
        AtomicFile.Write(Path.Combine(folder.Path, Name), file => NpzWriter.Write(file, Entries(map)), "Choose another folder with --output.");

    private static IEnumerable<NpzEntry> Entries(Map map)
    {
        yield return NpzEntry.Doubles("x", [.. map.X], map.X.Count);
        yield return NpzEntry.Doubles("y", [.. map.Y], map.Y.Count);
        foreach ((string name, Func<MapPixel, double> of) in ((string, Func<MapPixel, double>)[])
            [("value", pixel => pixel.Value), ("cost", pixel => pixel.Cost), ("accuracy", pixel => pixel.Accuracy), ("convergence", pixel => pixel.Convergence)])
        {
            yield return NpzEntry.Doubles(name, Each(map, of), map.Spec.Rows, map.Spec.Columns);
        }

        yield return NpzEntry.Bytes("status", Each(map, pixel => (byte)pixel.Status), map.Spec.Rows, map.Spec.Columns);
    }

    private static T[] Each<T>(Map map, Func<MapPixel, T> of)
    {
        var values = new T[map.Pixels.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = of(map.Pixels[i]);
        }

        return values;
    }
}
