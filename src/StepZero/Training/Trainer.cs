using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>What a trainer must know to go on: the number of updates made and the values they have changed.</summary>
/// <param name="Iteration">Updates made.</param>
/// <param name="Values">The trained values, in the trainer's own order.</param>
/// <param name="Moments">What the optimizer remembers, in the same order: nothing, a velocity or mean square, or both moments of Adam.</param>
public sealed record TrainerState(int Iteration, double[] Values, IReadOnlyList<double[]> Moments);

/// <summary>
/// The training of one network as a state that steps. It can be read between steps, saved, and restored. One trainer serves one thread.
/// </summary>
/// <example>
/// <code>
/// Trainer trainer = PreparedData.Prepare(data, architecture, options).StartTrainer(architecture, Initializer.He.Draw(architecture, seed: 1), 0.01);
/// while (trainer.Step() > 0.1) { }
/// </code>
/// </example>
public abstract class Trainer
{
    private protected Trainer(Architecture architecture) => Architecture = architecture;

    /// <summary>The network.</summary>
    public Architecture Architecture { get; }

    /// <summary>The number of updates made.</summary>
    public int Iteration { get; private protected set; }

    /// <summary>What it trains on.</summary>
    internal abstract PreparedData Prepared { get; }

    /// <summary>Makes one update by the optimizer's rule, unless the cost is not finite.</summary>
    /// <returns>The cost before the update: as <see cref="Cost"/>, or with batches the mean loss over the samples of this one.</returns>
    public abstract double Step();

    /// <summary>The mean loss of the present parameters over the training samples; not finite once the training has diverged.</summary>
    public abstract double Cost();

    /// <summary>The mean loss over the samples held out for early stopping.</summary>
    /// <exception cref="InvalidOperationException">There are none.</exception>
    public abstract double HeldCost();

    /// <summary>
    /// The share of training samples that the present parameters classify rightly, 0 to 1: by the largest output, of one output by p ≥ 0.5. Null where
    /// the targets are numbers.
    /// </summary>
    public abstract double? Accuracy();

    /// <summary>The present parameters, copied. The dual form writes the first layer's weights out here.</summary>
    public abstract Parameters CopyParameters();

    /// <summary>What <see cref="Restore"/> takes to go on from here with the same bits.</summary>
    public abstract TrainerState Save();

    /// <summary>Goes back, or forward, to a saved state of a trainer that started from the same data and parameters.</summary>
    /// <exception cref="ArgumentException">The state is that of another network or form.</exception>
    public abstract void Restore(TrainerState state);

    /// <summary>Another trainer that starts where this one did.</summary>
    /// <param name="training">Its options, which differ from those that the data were prepared for in the updates alone.</param>
    /// <param name="seed">The seed of the order in which batches take the samples.</param>
    internal abstract Trainer FromSameStart(TrainingOptions training, uint seed);

    /// <summary>Writes the present values in their form: in the dual form the coefficients of the first layer and the share of its initial weights that is left.</summary>
    /// <param name="target">Receives them; as <see cref="NewValues"/> makes it.</param>
    internal abstract void CopyValues(NetworkValues<double> target);

    /// <summary>Values of this network and form, all zero.</summary>
    internal abstract NetworkValues<double> NewValues();

    /// <summary>Writes the present parameters: those of the first layer's weights as what they make of the samples, W·Xᵀ, [units, samples].</summary>
    /// <param name="point">Receives the biases, and the weights of every layer but the first.</param>
    /// <param name="firstProducts">Receives W·Xᵀ.</param>
    internal abstract void CopyPoint(NetworkValues<double> point, Matrix<double> firstProducts);
}
