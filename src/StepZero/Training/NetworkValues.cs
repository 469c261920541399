using System.Numerics;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>A part of the row of values.</summary>
/// <param name="Layer">The layer it belongs to, from 0.</param>
/// <param name="AreBiases">Whether it holds biases.</param>
/// <param name="Start">Its first element.</param>
/// <param name="Length">Its elements, padding included.</param>
internal readonly record struct ValuePart(int Layer, bool AreBiases, int Start, int Length)
{
    /// <summary>The part of a row in this layout.</summary>
    public Matrix<T> Of<T>(Matrix<T> row) where T : unmanaged => row.Reshape(Start, 1, Length);
}

/// <summary>
/// The values that a trainer changes, or their gradient: all in one row of memory, so that an update is one pass, with the weights and biases of each layer
/// as views into it.
/// </summary>
internal sealed class NetworkValues<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly Matrix<T> kept;

    /// <summary>Values of a network, all zero.</summary>
    /// <param name="sizes">n0 … nL.</param>
    /// <param name="firstColumns">The columns of the first layer's coefficients.</param>
    /// <param name="keepsStart">Whether there is a share of the initial weights, as in the dual form.</param>
    /// <param name="lanes">
    /// How many networks lie side by side: 1, or as many as a vector has lanes; then each element is a vector, and element i of one network alone starts at i
    /// times so much.
    /// </param>
    public NetworkValues(IReadOnlyList<int> sizes, int firstColumns, bool keepsStart, int lanes = 1)
    {
        int layers = sizes.Count - 1;
        long length = keepsStart ? Matrix<T>.PaddedLength(1, 1) : 0;
        for (int layer = 0; layer < layers; layer++)
        {
            length += Matrix<T>.PaddedLength(sizes[layer + 1], Columns(layer)) + Matrix<T>.PaddedLength(1, sizes[layer + 1]);
        }

        All = Matrix<T>.Allocate(1, checked((int)(length * lanes)));
        Weights = new Matrix<T>[layers];
        Biases = new Matrix<T>[layers];
        var parts = new List<ValuePart>();
        int offset = 0;
        for (int layer = 0; layer < layers; layer++)
        {
            int fanOut = sizes[layer + 1];
            Weights[layer] = View(fanOut, Columns(layer));
            Add(layer, (int)Matrix<T>.PaddedLength(fanOut, Columns(layer)), areBiases: false);
            Biases[layer] = View(1, fanOut);
            Add(layer, (int)Matrix<T>.PaddedLength(1, fanOut), areBiases: true);
        }

        if (keepsStart)
        {
            kept = View(1, 1);
            Add(0, (int)Matrix<T>.PaddedLength(1, 1), areBiases: false);
        }

        Parts = parts;

        void Add(int layer, int length, bool areBiases)
        {
            parts.Add(new ValuePart(layer, areBiases, offset, length * lanes));
            offset += length * lanes;
        }

        Matrix<T> View(int rows, int columns) =>
            All.Reshape(offset, rows, (int)Matrix<T>.PaddedLength(1, columns) * lanes).ColumnRange(0, columns * lanes);

        int Columns(int layer) => layer == 0 ? firstColumns : sizes[layer];
    }

    /// <summary>Everything, padding included, [1, …].</summary>
    public Matrix<T> All { get; }

    /// <summary>The row in the order of the memory: for each layer its weights and its biases, and at last the share of the initial weights where there is one.</summary>
    public IReadOnlyList<ValuePart> Parts { get; }

    /// <summary>For each layer [fanOut, fanIn]; in the dual form the first is [fanOut, samples].</summary>
    public Matrix<T>[] Weights { get; }

    /// <summary>For each layer [1, fanOut].</summary>
    public Matrix<T>[] Biases { get; }

    /// <summary>The share of the initial weights of the first layer that is left, in the dual form; 0 in the primal form.</summary>
    public T Kept => kept.IsEmpty ? T.Zero : kept[0][0];

    /// <summary>The place of <see cref="Kept"/>, one a lane; empty in the primal form.</summary>
    public Matrix<T> KeptPlace => kept;

    /// <summary>Sets the values to those of a start; in the dual form the coefficients of the first layer stay 0, and all of its initial weights are kept.</summary>
    public void Set(Parameters start, bool dual)
    {
        for (int layer = 0; layer < Weights.Length; layer++)
        {
            Conversion.Copy<double, T>(start.Biases[layer], Biases[layer][0]);
            for (int unit = 0; unit < Weights[layer].Rows && !(layer == 0 && dual); unit++)
            {
                Conversion.Copy<double, T>(start.WeightsInto(layer, unit), Weights[layer][unit]);
            }
        }

        if (dual)
        {
            kept[0][0] = T.One;
        }
    }

    /// <summary>Sets every value to zero.</summary>
    public void Clear() => Elementwise.Clear(All);

    /// <summary>Writes the values to others of the same network: all biases, and the weights from a layer on; with all weights the share of the initial ones too.</summary>
    public void CopyTo(NetworkValues<double> target, int fromLayer)
    {
        for (int layer = 0; layer < Weights.Length; layer++)
        {
            Conversion.Copy<T, double>(Biases[layer][0], target.Biases[layer][0]);
            for (int unit = 0; unit < Weights[layer].Rows && layer >= fromLayer; unit++)
            {
                Conversion.Copy<T, double>(Weights[layer][unit], target.Weights[layer][unit]);
            }
        }

        if (fromLayer == 0 && !kept.IsEmpty)
        {
            target.kept[0][0] = double.CreateTruncating(Kept);
        }
    }

    /// <summary>The values as parameters; in the dual form the weights of the first layer are left 0.</summary>
    public Parameters ToParameters(Architecture architecture, bool dual)
    {
        var parameters = new Parameters(architecture);
        for (int layer = 0; layer < Weights.Length; layer++)
        {
            Conversion.Copy<T, double>(Biases[layer][0], parameters.Biases[layer]);
            for (int unit = 0; unit < Weights[layer].Rows && !(layer == 0 && dual); unit++)
            {
                Conversion.Copy<T, double>(Weights[layer][unit], parameters.WeightsInto(layer, unit));
            }
        }

        return parameters;
    }
}
