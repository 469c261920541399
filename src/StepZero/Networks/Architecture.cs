namespace StepZero.Networks;

/// <summary>
/// A dense network: n0 inputs, hidden layers that apply one activation, and output units whose meaning the loss gives. Layer l computes z = W·a + b
/// with W of shape [fanOut, fanIn].
/// </summary>
public sealed record Architecture
{
    /// <summary>A network.</summary>
    /// <param name="inputs">The number of features, n0.</param>
    /// <param name="hidden">The units of each hidden layer; none for logistic and linear regression.</param>
    /// <param name="activation">The activation of the hidden layers.</param>
    /// <param name="loss">What is minimised; it gives the outputs their meaning.</param>
    /// <param name="outputs">The output units: 1, or with <see cref="Loss.CrossEntropy"/> one a class.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1, or the loss has another number of outputs.</exception>
    public Architecture(int inputs, IReadOnlyList<int> hidden, Activation activation, Loss loss = Loss.BinaryCrossEntropy, int outputs = 1)
    {
        if (loss == Loss.CrossEntropy ? outputs < 2 : outputs != 1)
        {
            throw new ArgumentOutOfRangeException(nameof(outputs), outputs, $"Expected {(loss == Loss.CrossEntropy ? "an output for each of two classes or more" : "one output")} with {CanonicalText.Of(loss)}.");
        }

        LayerSizes = [inputs, .. hidden, outputs];
        foreach (int size in LayerSizes)
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(size, 1, nameof(hidden));
        }

        HiddenActivation = activation;
        Loss = loss;
    }

    /// <summary>n0 … nL: the features, the hidden units, the output units.</summary>
    public IReadOnlyList<int> LayerSizes { get; }

    /// <summary>The same network with other hidden layers.</summary>
    /// <param name="hidden">The units of each hidden layer.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is below 1.</exception>
    public Architecture WithHidden(IReadOnlyList<int> hidden) => new(LayerSizes[0], hidden, HiddenActivation, Loss, OutputCount);

    /// <summary>The activation of the hidden layers.</summary>
    public Activation HiddenActivation { get; }

    /// <summary>What is minimised.</summary>
    public Loss Loss { get; }

    /// <summary>The number of output units, nL.</summary>
    public int OutputCount => LayerSizes[^1];

    /// <summary>The number of layers with weights, L.</summary>
    public int LayerCount => LayerSizes.Count - 1;

    /// <summary>The number of weights and biases.</summary>
    public long ParameterCount => Enumerable.Range(0, LayerCount).Sum(layer => (LayerSizes[layer] + 1L) * LayerSizes[layer + 1]);

    /// <summary>Whether another is the same network: sizes, activation and loss.</summary>
    public bool Equals(Architecture? other) =>
        other is not null && LayerSizes.SequenceEqual(other.LayerSizes) && HiddenActivation == other.HiddenActivation && Loss == other.Loss;

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(LayerSizes.Count, LayerSizes.Sum(size => (long)size), HiddenActivation, Loss);
}
