namespace StepZero.Networks;

/// <summary>The loss of one sample, whose mean over the samples is the cost. It also says what the outputs z of the network mean.</summary>
public enum Loss
{
    /// <summary>One output: σ(z) = 1/(1 + e^−z) is the probability of the positive class; the loss is −ln of that of the sample's class.</summary>
    BinaryCrossEntropy,

    /// <summary>An output a class: softmax(z) are the probabilities of the classes; the loss is −ln of that of the sample's class.</summary>
    CrossEntropy,

    /// <summary>One output, a number to predict: the loss is (z − y)², without a factor ½. Classes are predicted as 1, the positive one, and 0.</summary>
    Mse,
}
