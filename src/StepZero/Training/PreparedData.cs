using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>
/// What trainings on one data set share: the figures of the scaling, the targets, and either the scaled samples (primal form) or their Gram matrix
/// (dual form). It is not changed by training, so any number of threads may use it at once.
/// </summary>
public abstract class PreparedData
{
    private protected PreparedData(Dataset data, Dataset? held, TrainingOptions training, TrainingForm form)
    {
        Data = data;
        Held = held;
        Training = training;
        Scaling = training.Scaling.Fit(data);
        Form = form;
    }

    /// <summary>The training samples.</summary>
    public Dataset Data { get; }

    /// <summary>Primal or dual.</summary>
    public TrainingForm Form { get; }

    /// <summary>The samples held out for <see cref="EarlyStopping"/>; null where there are none.</summary>
    public Dataset? Held { get; }

    /// <summary>The scaling with the figures of the training samples.</summary>
    public FittedScaling Scaling { get; }

    /// <summary>The options that the data were prepared for.</summary>
    internal TrainingOptions Training { get; }

    /// <summary>Prepares data for networks of one architecture.</summary>
    /// <param name="train">The training samples.</param>
    /// <param name="architecture">The network; its inputs must be the features of the data, and its loss must fit their targets.</param>
    /// <param name="training">Scaling, precision, form, batches, and the iterations by which a form is chosen.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="held">Samples held out of the training samples, for early stopping, as <see cref="EarlyStopping.Divide"/> makes them.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="ArgumentException">
    /// The architecture's inputs are not the data's features or its outputs not their classes, or there are held-out samples without early stopping or
    /// the other way round.
    /// </exception>
    /// <exception cref="StepZeroException">The data do not fit in memory in this form, or the options do not fit the data.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static PreparedData Prepare(
        Dataset train, Architecture architecture, TrainingOptions training, int threads = 1, Dataset? held = null, CancellationToken cancellation = default)
    {
        if (held is null != training.EarlyStopping is null)
        {
            throw new ArgumentException("Early stopping and held-out samples go together.", nameof(held));
        }

        TrainingForm form = FormOf(train, architecture, training);
        (int rows, TrainingForm other) = form == TrainingForm.Dual
            ? (train.SampleCount, TrainingForm.Primal)
            : (train.FeatureCount, TrainingForm.Dual);
        if (Matrix<double>.PaddedLength(rows, train.SampleCount) > Array.MaxLength - 64)
        {
            throw new StepZeroException(
                $"'{train.Name}': the {CanonicalText.Of(form)} form needs a matrix of {rows} × {train.SampleCount} numbers, more than an array holds. "
                + $"Use fewer samples or --form {CanonicalText.Of(other)}.");
        }

        return training.Precision == Precision.Double
            ? new PreparedData<double>(train, held, architecture.Loss, training, form, threads, cancellation)
            : new PreparedData<float>(train, held, architecture.Loss, training, form, threads, cancellation);
    }

    /// <summary>The form that data are prepared in.</summary>
    /// <param name="train">The training samples.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="training">Its options.</param>
    /// <exception cref="ArgumentException">The architecture's inputs are not the data's features or its outputs not their classes.</exception>
    /// <exception cref="StepZeroException">The options do not fit the data.</exception>
    public static TrainingForm FormOf(Dataset train, Architecture architecture, TrainingOptions training)
    {
        Check(train, architecture, training);
        return FormChoice.Choose(training, train.SampleCount, architecture, train.IsStored);
    }

    /// <summary>A trainer that starts from the given parameters, with the options that the data were prepared for.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="start">Its initial parameters; copied.</param>
    /// <param name="learningRate">The step along the negative gradient; null for that of the options.</param>
    /// <param name="seed">The seed of the order in which batches take the samples.</param>
    public Trainer StartTrainer(Architecture architecture, Parameters start, double? learningRate = null, uint seed = 1) =>
        StartTrainer(architecture, start, learningRate is double rate ? Training with { LearningRate = rate } : Training, seed);

    /// <summary>A trainer with options of its own, which differ from those that the data were prepared for in the updates alone.</summary>
    internal abstract Trainer StartTrainer(Architecture architecture, Parameters start, TrainingOptions training, uint seed);

    /// <summary>How many networks of this precision train in lanes.</summary>
    internal abstract int Lanes { get; }

    /// <summary>A trainer of as many networks of one architecture as a vector has lanes.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="training">The options of all networks, but for their rates, momentum and decay.</param>
    /// <param name="width">The vectors of the products; null for the machine's.</param>
    /// <param name="times">Is told of the parts of each step; null for nobody.</param>
    internal abstract LaneTrainer StartLanes(Architecture architecture, TrainingOptions training, VectorWidth? width = null, StepTimes? times = null);

    /// <summary>A network with parameters of its own as a model that takes data like these.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    public Model ModelOf(Architecture architecture, Parameters parameters) => Model.Of(architecture, parameters, Scaling, Data);

    /// <summary>For each hidden layer the activations of the training samples, [units, samples], row-major.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    public IReadOnlyList<double[]> Activations(Architecture architecture, Parameters parameters) =>
        NetworkOutputs.Activations(architecture, parameters, Scaling, Data);

    /// <summary>Whether these data serve a training with such options.</summary>
    internal bool Suits(TrainingOptions training) =>
        training.Scaling == Training.Scaling && training.Precision == Training.Precision && training.BatchSize == Training.BatchSize && training.Epochs == Training.Epochs
        && training.EarlyStopping == Training.EarlyStopping && (training.Form == TrainingForm.Auto || training.Form == Form)
        && (Form == TrainingForm.Primal || training.Optimizer.HasDualForm);

    private static void Check(Dataset train, Architecture architecture, TrainingOptions training)
    {
        NetworkFit.Check(architecture, train);
        if (training.BatchSize > train.SampleCount)
        {
            throw new StepZeroException($"'{train.Name}': a batch of {training.BatchSize} is larger than the {train.SampleCount} training samples. Use a smaller --batch-size, or leave it out to take all.");
        }

        if (training.Target is { Quantity: TargetQuantity.Accuracy } && train.Targets is not null)
        {
            throw new StepZeroException($"'{train.Name}': the target {training.Target} is an accuracy, and the targets are numbers, which have none. Use a cost, as in cost:0.1.");
        }

        training.Schedule.Check(training.UpdatesFor(train.SampleCount));
    }
}

internal sealed class PreparedData<T> : PreparedData where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    private Matrix<T> inputRows;
    private bool madeInputRows;
    private object? guard;

    public PreparedData(
        Dataset data, Dataset? held, Loss loss, TrainingOptions training, TrainingForm form, int threads, CancellationToken cancellation)
        : base(data, held, training, form)
    {
        Matrix<T> heldInputs = default;
        if (form == TrainingForm.Dual)
        {
            Inputs = Conversion.To<T>(SampleBlocks.Gram(data, Scaling, threads, cancellation));
            heldInputs = held is null ? default : Conversion.To<T>(SampleBlocks.Products(data, held, Scaling));
        }
        else
        {
            Inputs = training.HasBatches(data.SampleCount) ? ScaledSamples.Rows<T>(data, Scaling) : SampleBlocks.Transpose<T>(data, Scaling);
            heldInputs = held is null ? default : SampleBlocks.Transpose<T>(held, Scaling);
        }

        Expected = Targets.Row<T>(loss, data);
        HeldInputs = heldInputs;
        HeldExpected = held is null ? default : Targets.Row<T>(loss, held);
    }

    /// <summary>
    /// What the coefficients of the first layer multiply: Xᵀ [features, samples], with batches X [samples, features], or in the dual form G [samples, samples].
    /// </summary>
    public Matrix<T> Inputs { get; }

    /// <summary>In the primal form X [samples, features], which sums over samples read row after row.</summary>
    public Matrix<T> InputRows => LazyInitializer.EnsureInitialized(ref inputRows, ref madeInputRows, ref guard, () =>
    {
        Matrix<T> rows = Matrix<T>.Allocate(Inputs.Columns, Inputs.Rows);
        Elementwise.Transpose(Inputs, rows);
        return rows;
    });

    /// <summary>[1, samples]: the targets as the loss takes them.</summary>
    public Matrix<T> Expected { get; }

    /// <summary>For the held-out samples Xᵀ [features, held], or in the dual form X·Xᵀ [samples, held]; empty where there are none.</summary>
    public Matrix<T> HeldInputs { get; }

    /// <summary>[1, held].</summary>
    public Matrix<T> HeldExpected { get; }

    /// <summary>
    /// The samples that pass through a network at once. A batch is no smaller than its block, whose rows then follow one another in memory: rows far apart
    /// by a power of two share few places of the cache.
    /// </summary>
    public int BlockSize => Math.Min(
        NetworkPass<T>.LargestBlock, ((Training.BatchSize ?? Data.SampleCount) + Matrix<T>.VectorLength - 1) / Matrix<T>.VectorLength * Matrix<T>.VectorLength);

    internal override Trainer StartTrainer(Architecture architecture, Parameters start, TrainingOptions training, uint seed) =>
        new Trainer<T>(this, architecture, start, training, seed);

    internal override int Lanes => Matrix<T>.VectorLength;

    internal override LaneTrainer StartLanes(Architecture architecture, TrainingOptions training, VectorWidth? width, StepTimes? times) =>
        new LaneTrainer<T>(this, architecture, training, width ?? LaneProduct.OwnWidth) { Times = times };
}
