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
    // Pre-activations, replaced by φ′(z) once the activation is known, and those by δ on the way back.
    private readonly Matrix<T>[] preActivations = [.. biases.Select(one => Workspace(one, blockSize))];
    private readonly Matrix<T>[] activations = [.. biases.SkipLast(1).Select(one => Workspace(one, blockSize))];
    private readonly Matrix<T> outputDelta = Workspace(biases[^1], blockSize);

    private static int Lanes => Matrix<T>.VectorLength;

    private int Last => biases.Length - 1;

    /// <summary>The pre-activation of the first layer, for the caller to fill.</summary>
    public Matrix<T> FirstPreActivation(int samples) => preActivations[0].ColumnRange(0, samples * Lanes);

    /// <summary>∂cost/∂z of the output units, for the loss to fill.</summary>
    public Matrix<T> OutputDelta(int samples) => outputDelta.ColumnRange(0, samples * Lanes);

    /// <summary>The pre-activations of the output units after <see cref="Forward"/>.</summary>
    public Matrix<T> Outputs(int samples) => preActivations[Last].ColumnRange(0, samples * Lanes);

    /// <summary>From the first pre-activation to the outputs.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Forward(int samples)
    {
        for (int layer = 0; layer < Last; layer++)
        {
            Matrix<T> a = activations[layer].ColumnRange(0, samples * Lanes);
            activation.Apply(preActivations[layer].ColumnRange(0, samples * Lanes), a);
            Matrix<T> next = preActivations[layer + 1].ColumnRange(0, samples * Lanes);
            LaneElementwise.SetRows(next, biases[layer + 1]);
            LaneProduct.Add(weights[layer + 1], a, next, samples, width);
        }
    }

    /// <summary>
    /// From the output delta back to the delta of the first layer. Adds to the gradients of every bias, and of the weights of every layer but the first. Call it
    /// once after each <see cref="Forward"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public Matrix<T> Backward(int samples, Matrix<T>[] weightGradients, Matrix<T>[] biasGradients)
    {
        Matrix<T> delta = OutputDelta(samples);
        for (int layer = Last; ; layer--)
        {
            LaneProduct.AddRowSums(delta, biasGradients[layer], samples);
            if (layer == 0)
            {
                return delta;
            }

            LaneProduct.AddTransposedRight(delta, activations[layer - 1], weightGradients[layer], samples, width);

            // The activations have served, and make room.
            Matrix<T> previous = activations[layer - 1].ColumnRange(0, samples * Lanes);
            LaneProduct.SetTransposedLeft(weights[layer], delta, previous, samples, width);
            Elementwise.MultiplyBy(previous, preActivations[layer - 1].ColumnRange(0, samples * Lanes));
            delta = previous;
        }
    }

    private static Matrix<T> Workspace(Matrix<T> biases, int blockSize) => Matrix<T>.Allocate(biases.Columns / Lanes, blockSize * Lanes);
}
