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

/// <summary>How a network is trained. The defaults are full-batch gradient descent.</summary>
public sealed record TrainingOptions
{
    private readonly double? decay;

    /// <summary>The step along the negative gradient of the mean loss: finite, above 0. Default 0.01.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double LearningRate
    {
        get;
        init => field = double.IsFinite(value) && value > 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a learning rate that is finite and above 0.");
    } = 0.01;

    /// <summary>For each layer the learning rate of its weights and biases, in place of <see cref="LearningRate"/>: finite, above 0. Default null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A value is out of range.</exception>
    public IReadOnlyList<double>? LayerRates
    {
        get;
        init => field = value is null || value.All(rate => double.IsFinite(rate) && rate > 0)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected learning rates that are finite and above 0.");
    }

    /// <summary>Whether biases stay as they start: at 0 for a network without any. Default false.</summary>
    public bool FixedBiases { get; init; }

    /// <summary>The rule of the updates. Default gradient descent.</summary>
    public Optimizer Optimizer { get; init; } = Optimizer.GradientDescent;

    /// <summary>
    /// λ of the penalty λ/2·‖w‖² on weights and biases, or of AdamW's shrinking: finite, 0 and above. Default <see cref="Optimizer.UsualDecay"/>.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double WeightDecay
    {
        get => decay ?? Optimizer.UsualDecay;
        init => decay = double.IsFinite(value) && value >= 0
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a weight decay that is finite, 0 and above.");
    }

    /// <summary>The samples of one update, at least 1; null for all of them. Default all.</summary>
    /// <remarks>
    /// Each epoch goes once through all samples, in the order of the next <c>permutation(m)</c> of NumPy's <c>RandomState(seed)</c>; the last batch of
    /// an epoch may be smaller, and its cost and gradient are means over its own samples.
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int? BatchSize
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a batch of at least 1 sample.");
    }

    /// <summary>The passes through the samples, at least 1; where given they decide the number of updates. Default null.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public int? Epochs
    {
        get;
        init => field = value is null or >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected at least 1 epoch.");
    }

    /// <summary>How the learning rate goes. Default constant.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>
    /// The largest norm of a gradient, of all weights and biases together: a longer one is made as short as that. Finite, above 0; null for no limit.
    /// </summary>
    /// <remarks>As PyTorch's <c>clip_grad_norm_</c>: a gradient of norm N is multiplied by clip/(N + 1e-6) where that is below 1, before weight decay.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The value is out of range.</exception>
    public double? ClipNorm
    {
        get;
        init => field = value is null || (double.IsFinite(value.Value) && value > 0)
            ? value
            : throw new ArgumentOutOfRangeException(nameof(value), value, "Expected a norm that is finite and above 0.");
    }

    /// <summary>When to end before the last update. Default never.</summary>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>What the training is to come to, which <see cref="TrainingRecord.ReachedAt"/> notes; null for nothing. Default null.</summary>
    public TrainingTarget? Target { get; init; }

    /// <summary>The number of updates, at least 1, where <see cref="Epochs"/> does not decide it. Default 1000.</summary>
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

    /// <summary>Whether updates see less than all samples.</summary>
    /// <param name="samples">The training samples.</param>
    public bool HasBatches(int samples) => BatchSize < samples;

    /// <summary>The updates of one epoch.</summary>
    /// <param name="samples">The training samples.</param>
    public int UpdatesPerEpoch(int samples) => BatchSize is int size ? (int)(((long)samples + size - 1) / size) : 1;

    /// <summary>The updates of the whole training.</summary>
    /// <param name="samples">The training samples.</param>
    /// <exception cref="StepZeroException">There are more than an integer counts.</exception>
    public int UpdatesFor(int samples) => Epochs is not int epochs ? Iterations
        : (long)epochs * UpdatesPerEpoch(samples) is long updates and <= int.MaxValue ? (int)updates
        : throw new StepZeroException($"{epochs} epochs of {UpdatesPerEpoch(samples)} updates are more than {int.MaxValue}, the most. Use fewer epochs or a larger batch.");
}
