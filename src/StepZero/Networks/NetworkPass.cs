using System.Numerics;
using System.Runtime.CompilerServices;
using StepZero.Numerics;

namespace StepZero.Networks;

/// <summary>
/// The forward and backward pass over one block of samples behind the first pre-activation, with a workspace allocated once. Samples are columns, so
/// that one vector holds the same unit of 8 or 16 samples. How the first pre-activation comes about, and what its delta is good for, is the caller's:
/// that is where the primal and the dual form differ.
/// </summary>
/// <param name="activation">The activation of the hidden layers.</param>
/// <param name="weights">For each layer [fanOut, fanIn]; the first is not used here.</param>
/// <param name="biases">For each layer [1, fanOut]; the first is not used here.</param>
/// <param name="blockSize">The most samples of one block.</param>
internal sealed class NetworkPass<T>(Activation activation, Matrix<T>[] weights, Matrix<T>[] biases, int blockSize)
    where T : unmanaged, INumberBase<T>
{
    /// <summary>The most samples of one block: their activations stay in the first two caches.</summary>
    public const int LargestBlock = 256;

    // Pre-activations, replaced by φ′(z) once the activation is known.
    private readonly Matrix<T>[] preActivations = Workspace(biases, blockSize);
    private readonly Matrix<T>[] activations = Workspace(biases.AsSpan(0, biases.Length - 1), blockSize);
    private readonly Matrix<T>[] deltas = Workspace(biases, blockSize);

    private int Last => biases.Length - 1;

    /// <summary>The pre-activation of the first layer, [n1, samples], for the caller to fill.</summary>
    public Matrix<T> FirstPreActivation(int samples) => preActivations[0].ColumnRange(0, samples);

    /// <summary>∂cost/∂z of the output units, [outputs, samples], for the loss to fill.</summary>
    public Matrix<T> OutputDelta(int samples) => deltas[Last].ColumnRange(0, samples);

    /// <summary>The activations of a hidden layer after <see cref="Forward"/>, [units, samples].</summary>
    public Matrix<T> Activations(int layer, int samples) => activations[layer].ColumnRange(0, samples);

    /// <summary>The pre-activations of the output units after <see cref="Forward"/>, [outputs, samples].</summary>
    public Matrix<T> Outputs(int samples) => preActivations[Last].ColumnRange(0, samples);

    /// <summary>From the first pre-activation to the outputs, [outputs, samples].</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Matrix<T> Forward(int samples)
    {
        for (int layer = 0; layer < Last; layer++)
        {
            Matrix<T> a = activations[layer].ColumnRange(0, samples);
            activation.Apply(preActivations[layer].ColumnRange(0, samples), a);
            Matrix<T> next = preActivations[layer + 1].ColumnRange(0, samples);
            Elementwise.SetRows(next, biases[layer + 1][0], default, default);
            MatrixProduct.Add(weights[layer + 1], a, next);
        }

        return Outputs(samples);
    }

    /// <summary>
    /// From the output delta back to the delta of the first layer, [n1, samples]. Adds to the gradients of every bias, and of the weights of every
    /// layer but the first. Call it once after each <see cref="Forward"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Matrix<T> Backward(int samples, Matrix<T>[] weightGradients, Matrix<T>[] biasGradients)
    {
        for (int layer = Last; ; layer--)
        {
            Matrix<T> delta = deltas[layer].ColumnRange(0, samples);
            Elementwise.AddRowSums(delta, biasGradients[layer][0]);
            if (layer == 0)
            {
                return delta;
            }

            MatrixProduct.AddTransposedRight(delta, activations[layer - 1].ColumnRange(0, samples), weightGradients[layer]);
            Matrix<T> previous = deltas[layer - 1].ColumnRange(0, samples);
            Elementwise.Clear(previous);
            MatrixProduct.AddTransposedLeft(weights[layer], delta, previous);
            Elementwise.MultiplyBy(previous, preActivations[layer - 1].ColumnRange(0, samples));
        }
    }

    private static Matrix<T>[] Workspace(ReadOnlySpan<Matrix<T>> biases, int blockSize)
    {
        var workspace = new Matrix<T>[biases.Length];
        for (int layer = 0; layer < biases.Length; layer++)
        {
            workspace[layer] = Matrix<T>.Allocate(biases[layer].Columns, blockSize);
        }

        return workspace;
    }
}
