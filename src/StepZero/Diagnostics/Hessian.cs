using System.Runtime.CompilerServices;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Diagnostics;

/// <summary>
/// Products of the Hessian of a network's cost with vectors, exact but for rounding (Pearlmutter 1994, "Fast exact multiplication by the Hessian"): a
/// forward and a backward pass that carry along the derivatives in the direction of the vector. What depends on the parameters alone is kept, four
/// numbers for each unit and sample.
/// </summary>
/// <remarks>
/// <para>
/// The first layer's weights matter only through z = W·Xᵀ. Both forms move them as W + B·Q with orthonormal rows of Q, so z moves by B·F with F = Q·Xᵀ:
/// in the primal form Q is the identity and F = Xᵀ, [features, samples]; in the dual form Q = F⁻ᵀ·X spans the samples and FᵀF = G, [rank, samples].
/// </para>
/// <para>
/// The eigenvalues of the dual form are all those of the primal Hessian H but for units·(features − rank) zeros. For along a direction orthogonal to
/// every sample the cost is constant, whatever the other parameters are, so H maps it to 0, and being symmetric maps the rest into itself; and on the
/// rest B ↦ B·Q keeps lengths, so what B sees there is H in another orthonormal basis, with the same eigenvalues.
/// </para>
/// </remarks>
internal sealed class Hessian : ISymmetricMap
{
    private readonly Architecture architecture;
    private readonly HessianBlock[] blocks;
    private readonly NetworkValues<double> direction;
    private readonly NetworkValues<double> product;
    private readonly Matrix<double>[] changes;
    private readonly Matrix<double>[] activationChanges;
    private readonly Matrix<double>[] deltaChanges;
    private readonly double weight;
    private readonly CancellationToken cancellation;

    /// <summary>The Hessian at no point yet: <see cref="Settle"/> follows.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="inputs">F, [rows, samples], 0 in the padding.</param>
    /// <param name="expected">The targets of the samples, as <see cref="Targets.Row"/> makes them.</param>
    /// <param name="cancellation">Ends a product early, between two blocks of samples.</param>
    public Hessian(Architecture architecture, Matrix<double> inputs, Matrix<double> expected, CancellationToken cancellation = default)
    {
        this.architecture = architecture;
        this.cancellation = cancellation;
        int[] units = [.. architecture.LayerSizes.Skip(1)];
        int samples = inputs.Columns, blockSize = Math.Min(NetworkPass<double>.LargestBlock, samples);
        direction = new NetworkValues<double>(architecture.LayerSizes, inputs.Rows, keepsStart: false);
        product = new NetworkValues<double>(architecture.LayerSizes, inputs.Rows, keepsStart: false);
        Point = new NetworkValues<double>(architecture.LayerSizes, 1, keepsStart: true);
        FirstProducts = Matrix<double>.Allocate(units[0], samples);
        changes = HessianBlock.Allocate(units, blockSize);
        deltaChanges = HessianBlock.Allocate(units, blockSize);
        activationChanges = HessianBlock.Allocate(units.AsSpan(..^1), blockSize);
        blocks = new HessianBlock[(samples + blockSize - 1) / blockSize];
        for (int block = 0; block < blocks.Length; block++)
        {
            int first = block * blockSize, count = Math.Min(blockSize, samples - first);
            blocks[block] = new HessianBlock(architecture, inputs.ColumnRange(first, count), expected.ColumnRange(first, count), FirstProducts.ColumnRange(first, count));
        }

        weight = 1.0 / samples;
        Dimension = direction.Weights.Sum(weights => weights.Rows * weights.Columns) + units.Sum();
    }

    /// <summary>The parameters at which the Hessian is taken; what stands for the first layer's weights is <see cref="FirstProducts"/>.</summary>
    public NetworkValues<double> Point { get; }

    /// <summary>W·Xᵀ at the point, [units, samples].</summary>
    public Matrix<double> FirstProducts { get; }

    public int Length => direction.All.Columns;

    public int Dimension { get; }

    private int Last => architecture.LayerCount - 1;

    /// <summary>Takes over <see cref="Point"/> and <see cref="FirstProducts"/>, which were changed.</summary>
    /// <returns>The cost there; where it is not finite, no product is.</returns>
    public double Settle()
    {
        CompensatedSum sum = default;
        foreach (HessianBlock block in blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            block.Settle(Point, weight, ref sum);
        }

        return sum.Value * weight;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Multiply(Matrix<double> vector, Matrix<double> product)
    {
        vector[0].CopyTo(direction.All[0]);
        this.product.Clear();
        foreach (HessianBlock block in blocks)
        {
            cancellation.ThrowIfCancellationRequested();
            Forward(block);
            block.CurveLoss(changes[Last].ColumnRange(0, block.Count), deltaChanges[Last].ColumnRange(0, block.Count), weight);
            Backward(block);
        }

        this.product.All[0].CopyTo(product[0]);
    }

    public void Fill(Matrix<double> vector, NumPyRandom random)
    {
        direction.Clear();
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            for (int unit = 0; unit < direction.Weights[layer].Rows; unit++)
            {
                random.FillStandardNormal(direction.Weights[layer][unit]);
            }

            random.FillStandardNormal(direction.Biases[layer][0]);
        }

        direction.All[0].CopyTo(vector[0]);
    }

    /// <summary>The places in a vector that are not padding, [dimension].</summary>
    public int[] Places()
    {
        direction.Clear();
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            for (int unit = 0; unit < direction.Weights[layer].Rows; unit++)
            {
                direction.Weights[layer][unit].Fill(1);
            }

            direction.Biases[layer][0].Fill(1);
        }

        double[] used = direction.All[0].ToArray();
        return [.. Enumerable.Range(0, used.Length).Where(place => used[place] != 0)];
    }

    /// <summary>How pre-activations and activations change: z₁ by V·F + c, a by φ′(z)·ż, and the next z by V·a + W·ȧ + c.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward(HessianBlock block)
    {
        for (int layer = 0; ; layer++)
        {
            Matrix<double> change = changes[layer].ColumnRange(0, block.Count);
            Elementwise.SetRows(change, direction.Biases[layer][0], default, default);
            MatrixProduct.Add(direction.Weights[layer], layer == 0 ? block.Inputs : block.Activations[layer - 1], change);
            if (layer > 0)
            {
                MatrixProduct.Add(Point.Weights[layer], activationChanges[layer - 1].ColumnRange(0, block.Count), change);
            }

            if (layer == Last)
            {
                return;
            }

            TangentProducts.Multiply(block.Slopes[layer], change, activationChanges[layer].ColumnRange(0, block.Count));
        }
    }

    /// <summary>How the gradient changes: with δ of a layer by δ̇, that of its weights δ·aᵀ by δ̇·aᵀ + δ·ȧᵀ.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Backward(HessianBlock block)
    {
        for (int layer = Last; ; layer--)
        {
            Matrix<double> change = deltaChanges[layer].ColumnRange(0, block.Count);
            Elementwise.AddRowSums(change, product.Biases[layer][0]);
            MatrixProduct.AddTransposedRight(change, layer == 0 ? block.Inputs : block.Activations[layer - 1], product.Weights[layer]);
            if (layer == 0)
            {
                return;
            }

            // The delta below is e·φ′(z) with e = Wᵀ·δ, and all four change.
            MatrixProduct.AddTransposedRight(block.Deltas[layer], activationChanges[layer - 1].ColumnRange(0, block.Count), product.Weights[layer]);
            Matrix<double> below = deltaChanges[layer - 1].ColumnRange(0, block.Count);
            Elementwise.Clear(below);
            MatrixProduct.AddTransposedLeft(direction.Weights[layer], block.Deltas[layer], below);
            MatrixProduct.AddTransposedLeft(Point.Weights[layer], change, below);
            TangentProducts.ProductRule(below, block.Slopes[layer - 1], block.Bends[layer - 1], changes[layer - 1].ColumnRange(0, block.Count));
        }
    }
}
