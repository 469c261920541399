namespace StepZero.Networks;

/// <summary>
/// A dense network: n0 inputs, hidden layers that apply one activation, and one output unit whose sigmoid is the probability of the positive class.
/// Layer l computes z = W·a + b with W of shape [fanOut, fanIn].
/// </summary>
public sealed record Architecture
{
    /// <summary>A network.</summary>
    /// <param name="inputs">The number of features, n0.</param>
    /// <param name="hidden">The units of each hidden layer; none for logistic regression.</param>
    /// <param name="activation">The activation of the hidden layers.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Architecture(int inputs, IReadOnlyList<int> hidden, Activation activation)
    {
        LayerSizes = [inputs, .. hidden, 1];
        foreach (int size in LayerSizes)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(hidden));
        }

        HiddenActivation = activation;
    }

    /// <summary>n0 … nL: the features, the hidden units, the output unit.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>The activation of the hidden layers.</summary>
    public Activation HiddenActivation { get; }

    /// <summary>The number of layers with weights, L.</summary>
    public int LayerCount => LayerSizes.Count - 1;

    /// <summary>The number of weights and biases.</summary>
    public long ParameterCount => Enumerable.Range(0, LayerCount).Sum(layer => (LayerSizes[layer] + 1L) * LayerSizes[layer + 1]);
}
