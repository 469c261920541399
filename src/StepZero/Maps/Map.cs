namespace StepZero.Maps;

/// <summary>How the training of a pixel ended.</summary>
public enum PixelStatus
{
    /// <summary>It has not been trained yet.</summary>
    Missing,

    /// <summary>The mean of its last 20 costs is below the first.</summary>
    Converged,

    /// <summary>It came to its end with costs that are not below the first on the mean.</summary>
    Unconverged,

    /// <summary>Its cost stopped being finite.</summary>
    Diverged,
}

/// <summary>What became of the training of a pixel.</summary>
/// <param name="Status">How it ended.</param>
/// <param name="Value">What the map measures; nan where that does not exist: a target never reached, the cost of a network that diverged.</param>
/// <param name="Cost">The cost of the trained network; nan where it diverged.</param>
/// <param name="Accuracy">The share of training samples that the trained network classifies rightly; nan where it diverged and where targets are numbers.</param>
/// <param name="Convergence">As <see cref="MapQuantity.Convergence"/>, below 0 where it converged and above 0 elsewhere.</param>
public readonly record struct MapPixel(PixelStatus Status, double Value, double Cost, double Accuracy, double Convergence);

/// <summary>A map: a training for each pixel, as far as they are done.</summary>
public sealed class Map
{
    private readonly MapPixel[] pixels;

    /// <summary>A map of which no pixel is trained yet.</summary>
    /// <param name="spec">What it shows.</param>
    public Map(MapSpec spec)
    {
        Spec = spec;
        X = spec.X.Values(spec.Columns);
        Y = spec.Y.Values(spec.Rows);
        pixels = new MapPixel[spec.PixelCount];
    }

    /// <summary>What it shows.</summary>
    public MapSpec Spec { get; }

    /// <summary>For each column the value on the axis.</summary>
    public IReadOnlyList<double> X { get; }

    /// <summary>For each row, from the bottom, the value on the axis.</summary>
    public IReadOnlyList<double> Y { get; }

    /// <summary>The pixels row after row, from the bottom; pixel (column, row) at row·columns + column.</summary>
    public ReadOnlySpan<MapPixel> Pixels => pixels;

    /// <summary>One pixel.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The row, from 0 at the bottom.</param>
    public MapPixel this[int column, int row] => pixels[(row * Spec.Columns) + column];

    /// <summary>The pixel that stands for one: itself, or while it is missing the trained one on the next coarser grid that has one.</summary>
    /// <param name="column">The column, from 0.</param>
    /// <param name="row">The row, from 0 at the bottom.</param>
    public MapPixel Nearest(int column, int row)
    {
        for (int stride = 1; stride <= MapBlock.CoarsestStride; stride *= 2)
        {
            MapPixel pixel = this[column / stride * stride, row / stride * stride];
            if (pixel.Status != PixelStatus.Missing)
            {
                return pixel;
            }
        }

        return default;
    }

    /// <summary>Enters the pixels of a block.</summary>
    /// <param name="block">The block.</param>
    /// <param name="trained">For each of its pixels what became of it.</param>
    public void Enter(MapBlock block, IReadOnlyList<MapPixel> trained)
    {
        for (int i = 0; i < block.Pixels.Count; i++)
        {
            pixels[block.Pixels[i]] = trained[i];
        }
    }
}
