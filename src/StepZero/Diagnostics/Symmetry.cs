using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>Where a network's units do the same as others, before a step is made.</summary>
/// <param name="Layers">The layers, the output layer last.</param>
public sealed record Symmetry(IReadOnlyList<LayerSymmetry> Layers)
{
    private const int FirstWeights = 64;

    /// <summary>The multiply-adds of the eigenvalues of a matrix of side n take so many times n³.</summary>
    private const double EigenvalueWork = 6;

    /// <summary>Looks for equal units in every layer.</summary>
    /// <param name="architecture">The network, of any depth.</param>
    /// <param name="parameters">Its weights; they may be anything, nan included.</param>
    /// <param name="data">At least one sample, of as many features as the network has inputs; their targets do not matter.</param>
    /// <param name="scaling">How the features are scaled.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="ArgumentException">The network has another number of inputs, or there is no sample.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static Symmetry Of(
        Architecture architecture, Parameters parameters, Dataset data, FittedScaling scaling, CancellationToken cancellation = default)
    {
        if (data.SampleCount == 0 || data.FeatureCount != architecture.LayerSizes[0])
        {
            throw new ArgumentException(
                $"'{data.Name}' has {data.SampleCount} samples of {data.FeatureCount} features; expected at least one of {architecture.LayerSizes[0]}.", nameof(data));
        }

        return Of(architecture, parameters, SampleBlocks.Project(data, scaling, parameters.Weights[0]), double.PositiveInfinity, cancellation);
    }

    /// <summary>The same where W·Xᵀ of the first layer is known, with the ranks of those matrices that do not take longer than some multiply-adds.</summary>
    internal static Symmetry Of(Architecture architecture, Parameters parameters, Matrix<double> firstProducts, double mostWork, CancellationToken cancellation)
    {
        int samples = firstProducts.Columns;
        var layers = new LayerSymmetry[architecture.LayerCount];
        Matrix<double> z = firstProducts;
        for (int layer = 0; layer < layers.Length; layer++)
        {
            cancellation.ThrowIfCancellationRequested();
            int units = architecture.LayerSizes[layer + 1];
            MatrixRank? rank = IsCheap(units, parameters.LayerSizes[layer]) ? MatrixRank.Of(WeightsOf(parameters, layer)) : null;
            if (layer == layers.Length - 1)
            {
                layers[layer] = new LayerSymmetry(units, [], EqualUnits(parameters, layer, outgoing: false), [], rank, null);
                break;
            }

            Matrix<double> a = Matrix<double>.Allocate(units, samples), biased = Matrix<double>.Allocate(units, samples);
            Elementwise.SetRows(biased, parameters.Biases[layer], z, 1);
            architecture.HiddenActivation.Apply(biased, a);
            Matrix<double> alone = WithoutPadding(a);
            layers[layer] = new LayerSymmetry(
                units, EqualUnits(parameters, layer, outgoing: true), EqualUnits(parameters, layer, outgoing: false), Alike(alone, cancellation), rank,
                IsCheap(units, samples) ? MatrixRank.Of(alone) : null);
            z = Matrix<double>.Allocate(architecture.LayerSizes[layer + 2], samples);
            MatrixProduct.Add(WeightsOf(parameters, layer + 1), a, z);
        }

        return new Symmetry(layers);

        // The Gram matrix of the smaller side, and its eigenvalues.
        bool IsCheap(double rows, double columns) => Math.Min(rows, columns) * Math.Min(rows, columns) * (Math.Max(rows, columns) + (EigenvalueWork * Math.Min(rows, columns))) <= mostWork;
    }

    /// <summary>Units with the same weights from below and bias and, where asked, the same weights to the layer above.</summary>
    private static IReadOnlyList<int>[] EqualUnits(Parameters parameters, int layer, bool outgoing)
    {
        // The first weights tell units apart nearly always.
        if (Groups([.. Hashes(parameters, layer, FirstWeights).Select(hash => hash.Value)]) is [])
        {
            return [];
        }

        int units = parameters.LayerSizes[layer + 1];
        ValueHash[] hashes = Hashes(parameters, layer, parameters.LayerSizes[layer]);
        for (int above = 0; outgoing && above < parameters.LayerSizes[layer + 2]; above++)
        {
            ReadOnlySpan<double> into = parameters.WeightsInto(layer + 1, above);
            for (int unit = 0; unit < units; unit++)
            {
                hashes[unit].Add(into[unit]);
            }
        }

        return Groups([.. hashes.Select(hash => hash.Value)]);
    }

    /// <summary>A hash of each unit's bias and of so many of the weights into it, or of as many as there are.</summary>
    private static ValueHash[] Hashes(Parameters parameters, int layer, int weights)
    {
        var hashes = new ValueHash[parameters.LayerSizes[layer + 1]];
        for (int unit = 0; unit < hashes.Length; unit++)
        {
            hashes[unit].Add(parameters.Biases[layer][unit]);
            foreach (double weight in parameters.WeightsInto(layer, unit)[..Math.Min(weights, parameters.LayerSizes[layer])])
            {
                hashes[unit].Add(weight);
            }
        }

        return hashes;
    }

    /// <summary>Units joined by a cosine close to 1.</summary>
    private static IReadOnlyList<int>[] Alike(Matrix<double> activations, CancellationToken cancellation)
    {
        const int Together = 64;
        int units = activations.Rows;
        Matrix<double> directions = Matrix<double>.Allocate(units, activations.Columns);
        for (int unit = 0; unit < units; unit++)
        {
            double length = Scaled.Norm(activations[unit]);
            for (int i = 0; i < activations.Columns && length > 0; i++)
            {
                directions[unit][i] = activations[unit][i] / length;
            }
        }

        int[] joined = [.. Enumerable.Range(0, units)];
        for (int start = 0; start < units; start += Together)
        {
            cancellation.ThrowIfCancellationRequested();
            int rows = Math.Min(Together, units - start);
            Matrix<double> cosines = Matrix<double>.Allocate(rows, start + rows);
            MatrixProduct.AddTransposedRight(directions.RowRange(start, rows), directions.RowRange(0, start + rows), cosines);
            for (int row = 0; row < rows; row++)
            {
                for (int other = 0; other < start + row; other++)
                {
                    if (cosines[row][other] > LayerSymmetry.NearCosine)
                    {
                        Join(joined, other, start + row);
                    }
                }
            }
        }

        return Groups([.. Enumerable.Range(0, units).Select(unit => Root(joined, unit))]);
    }

    private static void Join(int[] joined, int one, int other)
    {
        int first = Root(joined, one), second = Root(joined, other);
        joined[Math.Max(first, second)] = Math.Min(first, second);
    }

    private static int Root(int[] joined, int unit)
    {
        while (joined[unit] != unit)
        {
            unit = joined[unit] = joined[joined[unit]];
        }

        return unit;
    }

    /// <summary>The units of each key that two of them have or more.</summary>
    private static IReadOnlyList<int>[] Groups<TKey>(TKey[] keys) =>
        [.. keys.Index().GroupBy(entry => entry.Item, entry => entry.Index).Where(group => group.Skip(1).Any()).Select(group => group.ToArray())];

    private static Matrix<double> WeightsOf(Parameters parameters, int layer)
    {
        Matrix<double> weights = Matrix<double>.Allocate(parameters.LayerSizes[layer + 1], parameters.LayerSizes[layer]);
        for (int unit = 0; unit < weights.Rows; unit++)
        {
            parameters.WeightsInto(layer, unit).CopyTo(weights[unit]);
        }

        return weights;
    }

    /// <summary>A copy with zeros in the padding, where φ of the biases stands otherwise.</summary>
    private static Matrix<double> WithoutPadding(Matrix<double> source)
    {
        Matrix<double> copy = Matrix<double>.Allocate(source.Rows, source.Columns);
        for (int row = 0; row < source.Rows; row++)
        {
            source[row].CopyTo(copy[row]);
        }

        return copy;
    }
}
