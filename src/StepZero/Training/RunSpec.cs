using StepZero.Initialization;
using StepZero.Networks;

namespace StepZero.Training;

/// <summary>All that makes one training, but for the data: the same spec on the same data gives the same result to the last bit.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Initializer">How its weights start.</param>
/// <param name="Training">How it is trained.</param>
/// <param name="Seed">The seed of the stream the weights are drawn from.</param>
public sealed record RunSpec(Architecture Architecture, Initializer Initializer, TrainingOptions Training, uint Seed = 1);
