using System.Numerics;
using System.Runtime.CompilerServices;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>
/// <see cref="NetworkPass{T}"/> for as many networks of one architecture as a vector has lanes: every element is a vector with one network a lane, and every lane
/// computes the bits that a network alone does.
/// </summary>
/// <param name="activation">The activation of the hidden layers.</param>
/// <param name="weights">For each layer [fanOut, fanIn] of lanes; the first is not used here.</param>
/// <param name="biases">For each layer [1, fanOut] of lanes.</param>
/// <param name="blockSize">The most samples of one block.</param>
/// <param name="width">The vectors of the products.</param>
internal sealed class LanePass<T>(Activation activation, Matrix<T>[] weights, Matrix<T>[] biases, int blockSize, VectorWidth width)
    where T : unmanaged, INumberBase<T>
{
    // Pre-activations, replaced by φ′(z) once the activation is known, and those by δ on the way back. Those of the first layer are the caller's.
    private readonly Matrix<T>[] preActivations = [.. biases.Skip(1).Select(one => Workspace(one, blockSize)).Prepend(default)];
    private readonly Matrix<T>[] activations = [.. biases.SkipLast(1).Select(one => Workspace(one, blockSize))];

    private static int Lanes => Matrix<T>.VectorLength;

    private int Last => biases.Length - 1;

    /// <summary>From the pre-activations of the first layer to the outputs, which the loss then replaces by ∂cost/∂z.</summary>
    /// <param name="first">The pre-activations of the first layer of a block, [n1, samples].</param>
    /// <param name="count">The samples.</param>
    /// <param name="times">Is told of the parts; null for nobody.</param>
    /// <returns>[outputs, count].</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Matrix<T> Forward(Matrix<T> first, int count, StepTimes? times)
    {
        preActivations[0] = first;
        for (int layer = 0; layer < Last; layer++)
        {
            Matrix<T> a = Samples(activations[layer], count);
            activation.Apply(Samples(preActivations[layer], count), a);
            times?.End(StepPart.Activations);
            LaneProduct.Set(weights[layer + 1], a, Samples(preActivations[layer + 1], count), biases[layer + 1], count, width);
            times?.End(StepPart.OtherProducts);
        }

        return Samples(preActivations[Last], count);
    }

    /// <summary>From ∂cost/∂z of the outputs back to that of the first layer, which replaces its pre-activations. Call it once after <see cref="Forward"/>.</summary>
    /// <param name="count">The samples.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Backward(int count)
    {
        for (int layer = Last; layer > 0; layer--)
        {
            LaneProduct.MultiplyByTransposedLeft(
                weights[layer], Samples(preActivations[layer], count), Samples(preActivations[layer - 1], count), count, width);
        }
    }

    /// <summary>Adds to the gradients of every bias, and of the weights of every layer but the first, after <see cref="Backward"/>.</summary>
    /// <param name="samples">The samples of the block.</param>
    /// <param name="weightGradients">For each layer [fanOut, fanIn] of lanes.</param>
    /// <param name="biasGradients">For each layer [1, fanOut] of lanes; none where biases stay as they are.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddGradients(int samples, Matrix<T>[] weightGradients, Matrix<T>[] biasGradients)
    {
        for (int layer = 0; layer <= Last; layer++)
        {
            if (biasGradients is not [])
            {
                LaneProduct.AddRowSums(preActivations[layer], biasGradients[layer], samples);
            }

            if (layer > 0)
            {
                LaneProduct.AddTransposedRight(preActivations[layer], activations[layer - 1], weightGradients[layer], samples, width);
            }
        }
    }

    private static Matrix<T> Samples(Matrix<T> block, int count) => block.ColumnRange(0, count * Lanes);

    private static Matrix<T> Workspace(Matrix<T> biases, int blockSize) => Matrix<T>.Allocate(biases.Columns / Lanes, blockSize * Lanes);
}
