using System.Numerics;
using System.Runtime.CompilerServices;
using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>
/// The trainer in one precision. The first layer computes z = c·base + C·inputs + b. In the primal form C are its weights, the inputs the samples
/// and there is no base. In the dual form the base is the projection of the initial weights, W(0)·Xᵀ, the inputs are the Gram matrix, and C holds
/// one coefficient a sample: W = c·W(0) + C·X. As ∂cost/∂W = δ·X, gradient descent on W is C ← C − rate·δ; and c, which starts at 1 and has no
/// gradient, is a value like any other, which weight decay shrinks.
/// </summary>
internal sealed class Trainer<T> : Trainer where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PreparedData<T> prepared;
    private readonly Parameters start;
    private readonly NetworkValues<T> values;
    private readonly NetworkValues<T> gradient;
    private readonly OptimizerSteps<T> steps;
    private readonly Matrix<T> firstBase;
    private readonly Matrix<T> heldBase;
    private readonly Batches<T>? batches;
    private readonly NetworkPass<T> pass;

    /// <summary>A trainer at its start.</summary>
    /// <param name="prepared">The data.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="start">Its initial parameters.</param>
    /// <param name="training">How it is trained.</param>
    /// <param name="seed">The seed of the order in which batches take the samples.</param>
    /// <param name="like">A trainer of the same data and start, whose projections serve this one as well; null for none.</param>
    public Trainer(PreparedData<T> prepared, Architecture architecture, Parameters start, TrainingOptions training, uint seed, Trainer<T>? like = null)
        : base(architecture)
    {
        this.prepared = prepared;
        this.start = start;
        Training = training;
        int firstColumns = Dual ? SampleCount : architecture.LayerSizes[0];
        values = new NetworkValues<T>(architecture.LayerSizes, firstColumns, Dual);
        gradient = new NetworkValues<T>(architecture.LayerSizes, firstColumns, Dual);
        steps = new OptimizerSteps<T>(training, SampleCount, values);
        values.Set(start, Dual);
        firstBase = like is not null ? like.firstBase : Dual ? Project(prepared.Data) : default;
        heldBase = like is not null ? like.heldBase : Dual && prepared.Held is not null ? Project(prepared.Held) : default;
        batches = prepared.Training.HasBatches(SampleCount) ? new Batches<T>(prepared, firstBase, seed) : null;
        pass = new NetworkPass<T>(architecture.HiddenActivation, values.Weights, values.Biases, prepared.BlockSize);
    }

    internal override PreparedData Prepared => prepared;

    /// <summary>All that changes while it trains: the values, what the optimizer remembers, and the base that they are added to.</summary>
    internal NetworkValues<T> Trained => values;

    /// <summary>How it trains.</summary>
    internal TrainingOptions Training { get; }

    internal IReadOnlyList<Matrix<T>> Moments => steps.Moments;

    internal Matrix<T> Base => firstBase;

    private int SampleCount => prepared.Data.SampleCount;

    private bool Dual => prepared.Form == TrainingForm.Dual;

    /// <summary>The trained values, padding included; tests change them to compare gradients with differences.</summary>
    internal Span<T> Values => values.All[0];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override double Step()
    {
        double cost = ComputeGradient(out _);
        if (double.IsFinite(cost))
        {
            steps.Apply(Iteration, values, gradient, Dual ? prepared.Inputs : default);
            Iteration++;
        }

        return cost;
    }

    public override double Cost()
    {
        CompensatedSum sum = default;
        for (int first = 0; first < SampleCount; first += prepared.BlockSize)
        {
            Loss(Forward(Block(first, SampleCount, shuffled: false)), T.One, ref sum);
        }

        return sum.Value / SampleCount;
    }

    public override double HeldCost()
    {
        CompensatedSum sum = default;
        int held = (prepared.Held ?? throw new InvalidOperationException("No samples were held out.")).SampleCount;
        for (int first = 0; first < held; first += prepared.BlockSize)
        {
            Loss(Forward(SampleBlock<T>.Of(prepared.HeldInputs, heldBase, prepared.HeldExpected, first, Math.Min(prepared.BlockSize, held - first))), T.One, ref sum);
        }

        return sum.Value / held;
    }

    public override double? Accuracy()
    {
        if (Architecture.Loss == Networks.Loss.Mse)
        {
            return null;
        }

        int right = 0;
        for (int first = 0; first < SampleCount; first += prepared.BlockSize)
        {
            SampleBlock<T> block = Forward(Block(first, SampleCount, shuffled: false));
            right += Targets.CountRight(Architecture.Loss, pass.Outputs(block.Count), block.Expected);
        }

        return (double)right / SampleCount;
    }

    public override Parameters CopyParameters()
    {
        Parameters parameters = values.ToParameters(Architecture, Dual);
        if (Dual)
        {
            double kept = double.CreateTruncating(values.Kept);
            for (int i = 0; i < parameters.Weights[0].Length; i++)
            {
                parameters.Weights[0][i] = kept * start.Weights[0][i];
            }

            SampleBlocks.Lift(prepared.Data, prepared.Scaling, Conversion.To<double, T>(values.Weights[0]), parameters.Weights[0]);
        }

        return parameters;
    }

    internal override Trainer FromSameStart(TrainingOptions training, uint seed) => new Trainer<T>(prepared, Architecture, start, training, seed, this);

    public override TrainerState Save() => new(Iteration, ToDoubles(values.All), [.. steps.Moments.Select(ToDoubles)]);

    public override void Restore(TrainerState state)
    {
        if (state.Moments.Count != steps.Moments.Count || state.Moments.Prepend(state.Values).Any(saved => saved.Length != values.All.Columns))
        {
            throw new ArgumentException(
                $"The state holds {state.Moments.Count + 1} rows of {state.Values.Length} values; this trainer has {steps.Moments.Count + 1} of {values.All.Columns}.", nameof(state));
        }

        Conversion.Copy<double, T>(state.Values, values.All[0]);
        for (int i = 0; i < steps.Moments.Count; i++)
        {
            Conversion.Copy<double, T>(state.Moments[i], steps.Moments[i][0]);
        }

        Iteration = state.Iteration;
    }

    internal override NetworkValues<double> NewValues() => new(Architecture.LayerSizes, values.Weights[0].Columns, Dual);

    internal override void CopyValues(NetworkValues<double> target) => values.CopyTo(target, fromLayer: 0);

    internal override void CopyPoint(NetworkValues<double> point, Matrix<double> firstProducts)
    {
        values.CopyTo(point, fromLayer: 1);
        Matrix<T> products = Matrix<T>.Allocate(firstProducts.Rows, SampleCount);
        if (Dual)
        {
            Elementwise.AddScaled(products, values.Kept, firstBase);
        }

        if (Dual || batches is null)
        {
            MatrixProduct.Add(values.Weights[0], prepared.Inputs, products);
        }
        else
        {
            MatrixProduct.AddTransposedRight(values.Weights[0], prepared.Inputs, products);
        }

        for (int unit = 0; unit < products.Rows; unit++)
        {
            Conversion.Copy<T, double>(products[unit], firstProducts[unit]);
        }
    }

    /// <summary>The cost and, in the layout of <see cref="Values"/>, its gradient (in the dual form for the first layer δ instead of δ·G).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal double ComputeGradient(out ReadOnlySpan<T> computed)
    {
        gradient.Clear();
        int count = batches is null ? SampleCount : batches.Start(Iteration);
        T weight = T.One / T.CreateTruncating(count);
        CompensatedSum sum = default;
        for (int first = 0; first < count; first += prepared.BlockSize)
        {
            SampleBlock<T> block = Forward(Block(first, count, shuffled: true));
            Loss(block, weight, ref sum);
            Matrix<T> delta = pass.Backward(block.Count, gradient.Weights, gradient.Biases);
            if (batches is not null)
            {
                batches.AddFirstGradient(delta, gradient.Weights[0]);
            }
            else if (Dual)
            {
                Elementwise.AddScaled(gradient.Weights[0].ColumnRange(first, block.Count), T.One, delta);
            }
            else
            {
                MatrixProduct.AddTransposedRight(delta, block.Inputs, gradient.Weights[0]);
            }
        }

        computed = gradient.All[0];
        return sum.Value / count;
    }

    /// <summary>Some of the training samples: those from <paramref name="first"/> on, or such of the present batch.</summary>
    private SampleBlock<T> Block(int first, int end, bool shuffled) => batches is null
        ? SampleBlock<T>.Of(prepared.Inputs, firstBase, prepared.Expected, first, Math.Min(prepared.BlockSize, end - first))
        : batches.Gather(first, Math.Min(prepared.BlockSize, end - first), shuffled);

    /// <summary>Computes the outputs for a block of samples.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private SampleBlock<T> Forward(SampleBlock<T> block)
    {
        Matrix<T> z = pass.FirstPreActivation(block.Count);
        Elementwise.SetRows(z, values.Biases[0][0], block.Base, values.Kept);
        MatrixProduct.Add(values.Weights[0], block.Inputs, z);
        pass.Forward(block.Count);
        return block;
    }

    private void Loss(SampleBlock<T> block, T weight, ref CompensatedSum sum) =>
        Targets.Evaluate(Architecture.Loss, pass.Outputs(block.Count), block.Expected, weight, pass.OutputDelta(block.Count), ref sum);

    private Matrix<T> Project(Dataset data) => Conversion.To<T>(SampleBlocks.Project(data, prepared.Scaling, start.Weights[0]));

    private static double[] ToDoubles(Matrix<T> row)
    {
        double[] saved = new double[row.Columns];
        Conversion.Copy<T, double>(row[0], saved);
        return saved;
    }
}
