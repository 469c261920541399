using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>
/// Trains as many networks of one architecture on the same data as a vector has lanes, each with its own start, rates, momentum and decay. A lane computes the
/// bits of a <see cref="Trainer"/> with the same start, whatever its neighbours do, and can be given to another network at any time.
/// </summary>
internal abstract class LaneTrainer
{
    /// <summary>Up to so many bytes of values and workspace lanes pay (measured: decision 17): more do not stay near the processor, where one network's do.</summary>
    private const long MostBytes = 1 << 20;

    /// <summary>Is told of the parts of each step; null for nobody.</summary>
    public StepTimes? Times { get; init; }

    /// <summary>The networks.</summary>
    public abstract int Lanes { get; }

    /// <summary>Whether networks can be trained in lanes, and lanes pay. What cannot: batches, which differ by seed, and the clipping of gradients.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="training">How it is trained.</param>
    /// <param name="data">What it is trained on.</param>
    public static bool Fits(Architecture architecture, TrainingOptions training, PreparedData data)
    {
        long columns = data.Form == TrainingForm.Dual ? data.Data.SampleCount : data.Data.FeatureCount, hidden = architecture.LayerSizes.Skip(1).Sum(size => (long)size);
        long values = (architecture.ParameterCount - ((long)architecture.LayerSizes[0] * architecture.LayerSizes[1]) + (columns * architecture.LayerSizes[1])) * (2 + training.Optimizer.StateCount);
        long workspace = hidden * Math.Min(data.Data.SampleCount, NetworkPass<double>.LargestBlock) * 2;
        return !training.HasBatches(data.Data.SampleCount) && training.ClipNorm is null && training.EarlyStopping is null
            && (values + workspace) * Matrix<byte>.VectorLength <= MostBytes;
    }

    /// <summary>Gives a lane to a network that starts from a draw.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="draw">The draw.</param>
    /// <param name="gains">For each layer what the weights are multiplied by.</param>
    /// <param name="offsets">For each layer what is then added to them.</param>
    /// <param name="biasStd">The standard deviation of the biases; null for those drawn.</param>
    /// <param name="training">How it is trained.</param>
    public abstract void Load(int lane, DrawnParameters draw, IReadOnlyList<double> gains, IReadOnlyList<double> offsets, double? biasStd, TrainingOptions training);

    /// <summary>Gives a lane to a network that a trainer has come to.</summary>
    /// <param name="lane">The lane.</param>
    /// <param name="trainer">The trainer, of the same data and architecture; it stays as it is.</param>
    public abstract void Load(int lane, Trainer trainer);

    /// <summary>Takes the present state of a lane.</summary>
    public abstract TrainerState Save(int lane);

    /// <summary>The updates that the network of a lane has made.</summary>
    public abstract int Iteration(int lane);

    /// <summary>Computes the cost of each network, and the gradients that <see cref="Update"/> takes.</summary>
    /// <param name="costs">Receives the cost of each lane, as of <see cref="Trainer.Step"/>.</param>
    /// <param name="counted">The lanes, as bits, of which the samples classified rightly are counted.</param>
    /// <param name="right">Receives their number.</param>
    public abstract void Evaluate(Span<double> costs, uint counted, Span<int> right);

    /// <summary>Makes an update of each network by its last gradient.</summary>
    public abstract void Update();
}
