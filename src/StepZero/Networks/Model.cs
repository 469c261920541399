using StepZero.Data;

namespace StepZero.Networks;

/// <summary>A network that can be kept: its weights, how features are scaled for it, and what features and targets it was trained on.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Parameters">Its weights and biases.</param>
/// <param name="Scaling">How features are scaled before the first layer.</param>
/// <param name="Form">
/// A data set without samples: the features it takes (bytes or numbers, the columns of a table, the size of pictures), its classes, the positive one,
/// and the name of the target.
/// </param>
public sealed record Model(Architecture Architecture, Parameters Parameters, FittedScaling Scaling, Dataset Form)
{
    /// <summary>
    /// What it chooses between: the classes; for a network with one output two, first what is not the positive class. Empty where it predicts numbers.
    /// </summary>
    public IReadOnlyList<string> Answers => Architecture.Loss switch
    {
        Loss.Mse => [],
        Loss.CrossEntropy => Form.Classes,
        _ => [Form.Classes.Count == 2 ? Form.Classes[1 - Form.PositiveIndex] : $"not {Form.Positive}", Form.Positive],
    };

    /// <summary>A model of what was trained on some data.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its trained parameters.</param>
    /// <param name="scaling">The scaling with the figures of the training samples.</param>
    /// <param name="train">The training samples, of which only the form is kept.</param>
    public static Model Of(Architecture architecture, Parameters parameters, FittedScaling scaling, Dataset train) =>
        new(architecture, parameters, scaling, train.WithoutSamples());

    /// <summary>What it says of samples.</summary>
    /// <param name="data">The samples, of the same features as <see cref="Form"/>; their targets do not matter.</param>
    public Predictions Predict(Dataset data) => new(Architecture.Loss, Answers, NetworkOutputs.Of(Architecture, Parameters, Scaling, data));

    /// <summary>The index in <see cref="Answers"/> that would be right for a sample.</summary>
    /// <param name="data">The samples, of the classes of <see cref="Form"/>.</param>
    /// <param name="sample">Which one.</param>
    public int RightAnswer(Dataset data, int sample) =>
        Architecture.Loss == Loss.CrossEntropy ? data.Labels[sample] : data.IsPositive(sample) ? 1 : 0;

    /// <summary>The mean loss over samples, and the share of them that is classified rightly, null where the targets are numbers.</summary>
    /// <param name="data">The samples, of the features and classes of <see cref="Form"/>.</param>
    /// <exception cref="StepZeroException">The loss does not fit their targets.</exception>
    public (double Cost, double? Accuracy) Score(Dataset data) => NetworkOutputs.Score(Architecture, Parameters, Scaling, data);
}
