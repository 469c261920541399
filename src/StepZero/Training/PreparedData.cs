using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>
/// What trainings on one data set share: the figures of the scaling, the labels as signs, and either the scaled samples as columns (primal form) or
/// their Gram matrix (dual form). It is not changed by training, so any number of threads may use it at once.
/// </summary>
public abstract class PreparedData
{
    private protected PreparedData(Dataset data, FittedScaling scaling, TrainingForm form)
    {
        Data = data;
        Scaling = scaling;
        Form = form;
    }

    /// <summary>The training samples.</summary>
    public Dataset Data { get; }

    /// <summary>Primal or dual.</summary>
    public TrainingForm Form { get; }

    internal FittedScaling Scaling { get; }

    /// <summary>Prepares data for networks of one architecture.</summary>
    /// <param name="train">The training samples.</param>
    /// <param name="architecture">The network; its inputs must be the features of the data.</param>
    /// <param name="training">Scaling, precision, form, and the iterations by which a form is chosen.</param>
    /// <param name="threads">How many threads to use; the result does not depend on it.</param>
    /// <param name="cancellation">Ends the work early.</param>
    /// <exception cref="ArgumentException">The architecture's inputs are not the data's features.</exception>
    /// <exception cref="StepZeroException">The data do not fit in memory in this form.</exception>
    /// <exception cref="OperationCanceledException">The work was ended early.</exception>
    public static PreparedData Prepare(
        Dataset train, Architecture architecture, TrainingOptions training, int threads = 1, CancellationToken cancellation = default)
    {
        if (architecture.LayerSizes[0] != train.FeatureCount)
        {
            throw new ArgumentException(
                $"The network has {architecture.LayerSizes[0]} inputs; '{train.Name}' has {train.FeatureCount} features.", nameof(architecture));
        }

        // The primal form would hold eight bytes for every feature that was too much to hold as one.
        TrainingForm form = train.IsStored && training.Form == TrainingForm.Auto ? TrainingForm.Dual
            : FormChoice.Choose(training.Form, train.SampleCount, architecture, training.Iterations);
        (int rows, TrainingForm other) = form == TrainingForm.Dual
            ? (train.SampleCount, TrainingForm.Primal)
            : (train.FeatureCount, TrainingForm.Dual);
        if (Matrix<double>.PaddedLength(rows, train.SampleCount) > Array.MaxLength - 64)
        {
            throw new StepZeroException(
                $"'{train.Name}': the {CanonicalText.Of(form)} form needs a matrix of {rows} × {train.SampleCount} numbers, more than an array holds. "
                + $"Use fewer samples or --form {CanonicalText.Of(other)}.");
        }

        FittedScaling scaling = training.Scaling.Fit(train);
        return training.Precision == Precision.Double
            ? new PreparedData<double>(train, scaling, form, threads, cancellation)
            : new PreparedData<float>(train, scaling, form, threads, cancellation);
    }

    /// <summary>A trainer that starts from the given parameters.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="start">Its initial parameters; copied.</param>
    /// <param name="learningRate">The step along the negative gradient.</param>
    public abstract Trainer StartTrainer(Architecture architecture, Parameters start, double learningRate);

    /// <summary>For each training sample the log-odds of the positive class, which is predicted at 0 and above.</summary>
    /// <param name="architecture">The network.</param>
    /// <param name="parameters">Its parameters.</param>
    public double[] Logits(Architecture architecture, Parameters parameters) => Prediction.Logits(architecture, parameters, Scaling, Data);

    /// <summary>For each hidden layer the activations of the training samples, [units, samples], row-major.</summary>
    /// <inheritdoc cref="Logits"/>
    public IReadOnlyList<double[]> Activations(Architecture architecture, Parameters parameters) =>
        Prediction.Activations(architecture, parameters, Scaling, Data);
}

internal sealed class PreparedData<T> : PreparedData where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
{
    public PreparedData(Dataset data, FittedScaling scaling, TrainingForm form, int threads, CancellationToken cancellation)
        : base(data, scaling, form)
    {
        Inputs = form == TrainingForm.Dual
            ? Conversion.To<T>(SampleBlocks.Gram(data, scaling, threads, cancellation))
            : SampleBlocks.Transpose<T>(data, scaling);
        Signs = Matrix<T>.Allocate(1, data.SampleCount);
        for (int sample = 0; sample < data.SampleCount; sample++)
        {
            Signs[0][sample] = data.IsPositive(sample) ? T.One : -T.One;
        }
    }

    /// <summary>What the coefficients of the first layer multiply: Xᵀ [features, samples] or G [samples, samples].</summary>
    public Matrix<T> Inputs { get; }

    /// <summary>[1, samples]: 1 for a positive sample, −1 for a negative one.</summary>
    public Matrix<T> Signs { get; }

    public override Trainer StartTrainer(Architecture architecture, Parameters start, double learningRate) =>
        new Trainer<T>(this, architecture, start, learningRate);
}
