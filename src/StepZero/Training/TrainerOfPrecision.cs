using System.Numerics;
using System.Runtime.CompilerServices;
using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>
/// The trainer in one precision. The first layer computes z = base + C·inputs + b. In the primal form C are its weights, the inputs the samples
/// and there is no base. In the dual form the base is the projection of the initial weights, W(0)·Xᵀ, the inputs are the Gram matrix, and C holds
/// one coefficient a sample: W = W(0) + C·X. As ∂cost/∂W = δ·X, gradient descent on W is C ← C − rate·δ.
/// </summary>
/// <remarks>All trained values lie in one row, and their gradient in another of the same layout, so that an update is one pass.</remarks>
internal sealed class Trainer<T> : Trainer where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PreparedData<T> prepared;
    private readonly Parameters start;
    private readonly T learningRate;
    private readonly T sampleWeight;

    private readonly Matrix<T> values;
    private readonly Matrix<T> gradient;
    private readonly Matrix<T>[] weights;
    private readonly Matrix<T>[] biases;
    private readonly Matrix<T>[] weightGradients;
    private readonly Matrix<T>[] biasGradients;
    private readonly Matrix<T> firstBase;
    private readonly NetworkPass<T> pass;

    public Trainer(PreparedData<T> prepared, Architecture architecture, Parameters start, double learningRate)
        : base(architecture)
    {
        this.prepared = prepared;
        this.start = start;
        this.learningRate = T.CreateTruncating(learningRate);
        sampleWeight = T.One / T.CreateTruncating(prepared.Data.SampleCount);

        (values, weights, biases) = AllocateLike(architecture.LayerSizes, prepared.Inputs.Rows);
        (gradient, weightGradients, biasGradients) = AllocateLike(architecture.LayerSizes, prepared.Inputs.Rows);
        firstBase = SetInitialValues();
        pass = new NetworkPass<T>(architecture.HiddenActivation, weights, biases, Math.Min(NetworkPass<T>.BlockSize, SampleCount));
    }

    private int SampleCount => prepared.Data.SampleCount;

    private bool Dual => prepared.Form == TrainingForm.Dual;

    /// <summary>The trained values, padding included; tests change them to compare gradients with differences.</summary>
    internal Span<T> Values => values[0];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Step()
    {
        double cost = ComputeGradient(out _);
        if (double.IsFinite(cost))
        {
            Elementwise.AddScaled(values, -learningRate, gradient);
            Iteration++;
        }

        return cost;
    }

    public override double Cost()
    {
        CompensatedSum sum = default;
        for (int first = 0; first < SampleCount; first += NetworkPass<T>.BlockSize)
        {
            Loss(first, Forward(first, out int samples), samples, ref sum);
        }

        return sum.Value / SampleCount;
    }

    public override double Accuracy()
    {
        int right = 0;
        for (int first = 0; first < SampleCount; first += NetworkPass<T>.BlockSize)
        {
            ReadOnlySpan<T> logits = Forward(first, out int samples)[0];
            for (int i = 0; i < samples; i++)
            {
                right += logits[i] >= T.Zero == prepared.Data.IsPositive(first + i) ? 1 : 0;
            }
        }

        return (double)right / SampleCount;
    }

    public override Parameters CopyParameters()
    {
        var parameters = new Parameters(Architecture);
        for (int layer = 0; layer < Architecture.LayerCount; layer++)
        {
            Conversion.Copy<T, double>(biases[layer][0], parameters.Biases[layer]);
            if (layer == 0 && Dual)
            {
                start.Weights[0].CopyTo(parameters.Weights[0], 0);
                Matrix<double> coefficients = Matrix<double>.Allocate(weights[0].Rows, weights[0].Columns);
                for (int unit = 0; unit < coefficients.Rows; unit++)
                {
                    Conversion.Copy<T, double>(weights[0][unit], coefficients[unit]);
                }

                SampleBlocks.Lift(prepared.Data, prepared.Scaling, coefficients, parameters.Weights[0]);
                continue;
            }

            for (int unit = 0; unit < weights[layer].Rows; unit++)
            {
                Conversion.Copy<T, double>(weights[layer][unit], parameters.WeightsInto(layer, unit));
            }
        }

        return parameters;
    }

    public override TrainerState Save()
    {
        double[] saved = new double[values.Columns];
        Conversion.Copy<T, double>(values[0], saved);
        return new TrainerState(Iteration, saved);
    }

    public override void Restore(TrainerState state)
    {
        if (state.Values.Length != values.Columns)
        {
            throw new ArgumentException($"The state holds {state.Values.Length} values; this trainer has {values.Columns}.", nameof(state));
        }

        Conversion.Copy<double, T>(state.Values, values[0]);
        Iteration = state.Iteration;
    }

    /// <summary>The cost and, in the layout of <see cref="Values"/>, its gradient (in the dual form for the first layer δ instead of δ·G).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double ComputeGradient(out ReadOnlySpan<T> computed)
    {
        Elementwise.Clear(gradient);
        CompensatedSum sum = default;
        for (int first = 0; first < SampleCount; first += NetworkPass<T>.BlockSize)
        {
            Loss(first, Forward(first, out int samples), samples, ref sum);
            Matrix<T> delta = pass.Backward(samples, weightGradients, biasGradients);
            if (Dual)
            {
                Elementwise.AddScaled(weightGradients[0].ColumnRange(first, samples), T.One, delta);
            }
            else
            {
                MatrixProduct.AddTransposedRight(delta, prepared.Inputs.ColumnRange(first, samples), weightGradients[0]);
            }
        }

        computed = gradient[0];
        return sum.Value / SampleCount;
    }

    /// <summary>The logits, [1, samples], of the block of samples that starts at <paramref name="first"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private Matrix<T> Forward(int first, out int samples)
    {
        samples = Math.Min(NetworkPass<T>.BlockSize, SampleCount - first);
        Matrix<T> z = pass.FirstPreActivation(samples);
        Elementwise.SetRows(z, biases[0][0], firstBase.IsEmpty ? default : firstBase.ColumnRange(first, samples));
        MatrixProduct.Add(weights[0], prepared.Inputs.ColumnRange(first, samples), z);
        return pass.Forward(samples);
    }

    private void Loss(int first, Matrix<T> logits, int samples, ref CompensatedSum sum) =>
        LogisticLoss.Evaluate(logits, prepared.Signs.ColumnRange(first, samples), sampleWeight, pass.OutputDelta(samples), ref sum);

    /// <summary>Copies the start into the trained values and returns the base of the first pre-activation.</summary>
    private Matrix<T> SetInitialValues()
    {
        for (int layer = 0; layer < Architecture.LayerCount; layer++)
        {
            Conversion.Copy<double, T>(start.Biases[layer], biases[layer][0]);
            for (int unit = 0; unit < weights[layer].Rows && !(layer == 0 && Dual); unit++)
            {
                Conversion.Copy<double, T>(start.WeightsInto(layer, unit), weights[layer][unit]);
            }
        }

        return Dual ? Conversion.To<T>(SampleBlocks.Project(prepared.Data, prepared.Scaling, start.Weights[0])) : default;
    }

    /// <summary>One row for all trained values, and for each layer its weights, [fanOut, fanIn], and biases, [1, fanOut], as views into it.</summary>
    private static (Matrix<T> Row, Matrix<T>[] Weights, Matrix<T>[] Biases) AllocateLike(IReadOnlyList<int> sizes, int firstColumns)
    {
        int layers = sizes.Count - 1;
        long length = 0;
        for (int layer = 0; layer < layers; layer++)
        {
            length += Matrix<T>.PaddedLength(sizes[layer + 1], Columns(layer)) + Matrix<T>.PaddedLength(1, sizes[layer + 1]);
        }

        Matrix<T> row = Matrix<T>.Allocate(1, checked((int)length));
        var weights = new Matrix<T>[layers];
        var biases = new Matrix<T>[layers];
        int offset = 0;
        for (int layer = 0; layer < layers; layer++)
        {
            int fanOut = sizes[layer + 1];
            weights[layer] = row.Reshape(offset, fanOut, Columns(layer));
            offset += (int)Matrix<T>.PaddedLength(fanOut, Columns(layer));
            biases[layer] = row.Reshape(offset, 1, fanOut);
            offset += (int)Matrix<T>.PaddedLength(1, fanOut);
        }

        int Columns(int layer) => layer == 0 ? firstColumns : sizes[layer];
        return (row, weights, biases);
    }
}
