using StepZero.Data;

namespace StepZero.Training;

/// <summary>The number format a training computes in.</summary>
public enum Precision
{
    /// <summary>IEEE 754 binary64.</summary>
    Double,

    /// <summary>IEEE 754 binary32: about twice as fast.</summary>
    Single,
}

/// <summary>How the first layer is trained; the results are the same to rounding.</summary>
public enum TrainingForm
{
    /// <summary>Whichever is cheaper.</summary>
    Auto,

    /// <summary>The weights themselves: cheaper once samples outnumber features by about two to one.</summary>
    Primal,

    /// <summary>For each unit one coefficient a sample, by the Gram matrix of the samples: cheaper for few samples of many features.</summary>
    Dual,
}

/// <summary>How a network is trained: full-batch gradient descent.</summary>
public sealed record TrainingOptions
{
    /// <summary>The step along the negative gradient of the mean loss: finite, above 0. Default 0.01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double LearningRate
    {
        get;
        init => field = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a learning rate that is finite and above 0.");
    } = 0.01;

    /// <summary>The number of updates, at least 1. Default 1000.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int Iterations
    {
        get;
        init => field = value >= 1
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected at least 1 iteration.");
    } = 1000;

    /// <summary>How the features are scaled. Default <see cref="Scaling.Auto"/>.</summary>
    public Scaling Scaling { get; init; } = Scaling.Auto;

    /// <summary>The number format. Default double.</summary>
    public Precision Precision { get; init; }

    /// <summary>How the first layer is trained. Default whichever is cheaper.</summary>
    public TrainingForm Form { get; init; }
}
