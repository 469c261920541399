namespace StepZero.Networks;

/// <summary>The weights and biases of a network, in double precision.</summary>
public sealed class Parameters
{
    /// <summary>Parameters of a network, all zero.</summary>
    /// <exception cref="StepZeroException">A layer has more weights than an array holds.</exception>
    public Parameters(Architecture architecture)
    {
        Check(architecture);
        IReadOnlyList<int> sizes = architecture.LayerSizes;
        LayerSizes = sizes;
        Weights = [.. Enumerable.Range(0, architecture.LayerCount).Select(layer => new double[sizes[layer + 1] * sizes[layer]])];
        Biases = [.. Enumerable.Range(0, architecture.LayerCount).Select(layer => new double[sizes[layer + 1]])];
    }

    /// <summary>n0 … nL.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>For each layer its weights, shape [fanOut, fanIn], row-major.</summary>
    public IReadOnlyList<double[]> Weights { get; }

    /// <summary>For each layer its biases, shape [fanOut].</summary>
    public IReadOnlyList<double[]> Biases { get; }

    /// <summary>The weights into one unit, shape [fanIn].</summary>
    /// <param name="layer">The layer, from 0.</param>
    /// <param name="unit">The unit, from 0.</param>
    public Span<double> WeightsInto(int layer, int unit) => Weights[layer].AsSpan(unit * LayerSizes[layer], LayerSizes[layer]);

    /// <summary>Refuses a network whose weights do not fit in arrays.</summary>
    internal static void Check(Architecture architecture)
    {
        IReadOnlyList<int> sizes = architecture.LayerSizes;
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            if ((long)sizes[layer] * sizes[layer + 1] > Array.MaxLength / 2)
            {
                throw new StepZeroException(
                    $"Layer {layer + 1} of {sizes[layer + 1]} units and {sizes[layer]} inputs has too many weights; at most {Array.MaxLength / 2} fit. Use fewer units.");
            }
        }
    }
}
