using StepZero.Data;
using StepZero.Training;

namespace StepZero.Recommendations;

/// <summary>What is asked of <see cref="Recommendation"/>: a network, its data and its training, without what is searched for.</summary>
/// <param name="Run">
/// The network, its updates and their number, and the seed: that of the first training of the evidence, which those after it follow. Its initializer is not looked at; its
/// rate and scaling are where they are fixed.
/// </param>
/// <param name="Train">The training samples.</param>
/// <param name="Test">Samples to test trained networks on, of the same features and classes; or null.</param>
public sealed record AdviceQuestion(RunSpec Run, Dataset Train, Dataset? Test = null)
{
    /// <summary>The seeds of the evidence where nobody says another number.</summary>
    public const int UsualSeeds = 32;

    /// <summary>Whether the learning rate is that of <see cref="Run"/>. Default false: it is searched for.</summary>
    public bool HasRate { get; init; }

    /// <summary>Whether the scaling is that of <see cref="Run"/>. Default false: it is searched for.</summary>
    public bool HasScaling { get; init; }

    /// <summary>What trainings are to come to; null for 1.1 times the final cost of the best screened setting. Default null.</summary>
    public TrainingTarget? Target { get; init; }

    /// <summary>The fresh seeds of the evidence, at least 1. Default 32.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Seeds
    {
        get;
        init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected at least 1 seed.");
    } = UsualSeeds;
}
