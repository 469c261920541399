using System.Numerics;
using System.Runtime.CompilerServices;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>Lanes in one precision.</summary>
internal sealed class LaneTrainer<T> : LaneTrainer where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PreparedData<T> prepared;
    private readonly Architecture architecture;
    private readonly TrainingOptions shared;
    private readonly VectorWidth width;
    private readonly NetworkValues<T> values;
    private readonly NetworkValues<T> gradient;
    private readonly Matrix<T>[] moments;
    private readonly Matrix<T>[] noMoments;
    private readonly UpdatedPart[] updated;
    private readonly Matrix<T> firstBase;
    private readonly LanePass<T> pass;
    private readonly LaneLoss<T> loss = new();
    private readonly Matrix<T> outputsOfOne;
    private readonly Matrix<T> firstPreActivation;
    private readonly ValuePart[] summed;

    // For each lane its options and the updates made; for each layer the numbers of the next update.
    private readonly TrainingOptions[] options;
    private readonly int[] made;
    private readonly UpdateNumbers<T>[] numbers;
    private readonly bool numbersChange;

    // One network, through which values go into lanes and out.
    private readonly NetworkValues<T> one;
    private readonly Matrix<T> baseOfOne;

    /// <summary>Lanes that hold no network yet.</summary>
    /// <param name="prepared">The data.</param>
    /// <param name="architecture">The network.</param>
    /// <param name="shared">The options of all networks, but for their rates, momentum and decay.</param>
    /// <param name="width">The vectors of the products.</param>
    public LaneTrainer(PreparedData<T> prepared, Architecture architecture, TrainingOptions shared, VectorWidth width)
    {
        this.prepared = prepared;
        this.architecture = architecture;
        this.shared = shared;
        this.width = width;
        int columns = Dual ? SampleCount : architecture.LayerSizes[0];
        one = new NetworkValues<T>(architecture.LayerSizes, columns, Dual);
        values = new NetworkValues<T>(architecture.LayerSizes, columns, Dual, Lanes);
        gradient = new NetworkValues<T>(architecture.LayerSizes, columns, Dual, Lanes);
        moments = [.. Enumerable.Range(0, shared.Optimizer.StateCount).Select(_ => Matrix<T>.Allocate(1, values.All.Columns))];
        baseOfOne = Dual ? Matrix<T>.Allocate(architecture.LayerSizes[1], SampleCount) : default;
        firstBase = Dual ? Matrix<T>.Allocate(architecture.LayerSizes[1], SampleCount * Lanes) : default;
        pass = new LanePass<T>(architecture.HiddenActivation, values.Weights, values.Biases, prepared.BlockSize, width);
        outputsOfOne = Matrix<T>.Allocate(architecture.OutputCount, prepared.BlockSize);
        firstPreActivation = Dual ? default : Matrix<T>.Allocate(architecture.LayerSizes[1], prepared.BlockSize * Lanes);
        noMoments = new Matrix<T>[moments.Length];
        updated = [.. values.Parts.Where(part => !(part.AreBiases && shared.FixedBiases))
            .Select(part => new UpdatedPart(part.Layer, part.Of(values.All), part.Of(gradient.All), [.. moments.Select(part.Of)]))];
        summed = [.. values.Parts.Where((part, i) => !(Dual && i == 0))];
        options = [.. Enumerable.Repeat(shared, Lanes)];
        made = new int[Lanes];
        numbers = new UpdateNumbers<T>[architecture.LayerCount];
        numbersChange = shared.Optimizer.ChangesWithTime || shared.Schedule != LearningRateSchedule.Constant;
    }

    public override int Lanes => Matrix<T>.VectorLength;

    private int SampleCount => prepared.Data.SampleCount;

    private bool Dual => prepared.Form == TrainingForm.Dual;

    public override void Load(int lane, DrawnParameters draw, IReadOnlyList<double> gains, IReadOnlyList<double> offsets, double? biasStd, TrainingOptions training)
    {
        one.Clear();
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            Scale(biasStd is null ? draw.Drawn.Biases[layer] : draw.Normals.Biases[layer], biasStd ?? 1, 0, one.Biases[layer][0]);
            for (int unit = 0; unit < one.Weights[layer].Rows && !(layer == 0 && Dual); unit++)
            {
                Scale(draw.Drawn.WeightsInto(layer, unit), gains[layer], offsets[layer], one.Weights[layer][unit]);
            }
        }

        if (Dual)
        {
            one.KeptPlace[0][0] = T.One;
            for (int unit = 0; unit < baseOfOne.Rows; unit++)
            {
                Span<double> from = draw.Projection[unit], sums = draw.FeatureSums[0];
                Span<T> to = baseOfOne[unit];
                for (int i = 0; i < to.Length; i++)
                {
                    to[i] = T.CreateTruncating((gains[0] * from[i]) + (offsets[0] * sums[i]));
                }
            }
        }

        Load(lane, one.All, baseOfOne, noMoments, 0, training);
    }

    public override void Load(int lane, Trainer trainer)
    {
        var alone = (Trainer<T>)trainer;
        Load(lane, alone.Trained.All, alone.Base, alone.Moments, trainer.Iteration, alone.Training);
    }

    public override TrainerState Save(int lane)
    {
        return new TrainerState(made[lane], Unload(values.All), [.. moments.Select(Unload)]);

        double[] Unload(Matrix<T> lanes)
        {
            LaneTransfer.Unload(lanes, lane, one.All);
            double[] saved = new double[one.All.Columns];
            Conversion.Copy<T, double>(one.All[0], saved);
            return saved;
        }
    }

    public override int Iteration(int lane) => made[lane];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Evaluate(Span<double> costs, uint counted, Span<int> right)
    {
        Times?.Begin();
        loss.Clear();
        right.Clear();
        foreach (ValuePart part in summed)
        {
            Elementwise.Clear(part.Of(gradient.All));
        }

        for (int first = 0; first < SampleCount; first += prepared.BlockSize)
        {
            int count = Math.Min(prepared.BlockSize, SampleCount - first);

            // In the dual form δ of the first layer is the gradient of its coefficients, each sample's in its place, so all of it comes to be there.
            Matrix<T> z = Dual ? gradient.Weights[0].ColumnRange(first * Lanes, count * Lanes) : firstPreActivation;
            Pass(z.ColumnRange(0, count * Lanes), first, count, counted, right);
            pass.AddGradients(count, gradient.Weights, shared.FixedBiases ? [] : gradient.Biases);
            if (!Dual)
            {
                LaneProduct.AddSharedBySamples(z, prepared.InputRows.RowRange(first, count), gradient.Weights[0], count, width);
            }

            Times?.End(StepPart.Gradients);
        }

        loss.Means(SampleCount, costs);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Update()
    {
        for (int lane = 0; lane < Lanes && numbersChange; lane++)
        {
            SetNumbers(lane);
        }

        foreach (UpdatedPart part in updated)
        {
            OptimizerSteps<T>.Apply(shared.Optimizer.Rule, part.Values, part.Gradient, part.Moments, numbers[part.Layer]);
        }

        Times?.End(StepPart.Update);
        foreach (ref int updates in made.AsSpan())
        {
            updates++;
        }
    }

    /// <summary>Takes a block of samples forward and back.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Pass(Matrix<T> z, int first, int count, uint counted, Span<int> right)
    {
        LaneProduct.SetShared(
            values.Weights[0], prepared.Inputs.ColumnRange(first, count), z, values.Biases[0],
            Dual ? firstBase.ColumnRange(first * Lanes, count * Lanes) : default, values.KeptPlace, width);
        Times?.End(StepPart.FirstProduct);
        Matrix<T> outputs = pass.Forward(z, count, Times), expected = prepared.Expected.ColumnRange(first, count);
        Count(outputs, expected, counted, right);
        T weight = T.One / T.CreateTruncating(SampleCount);
        switch (architecture.Loss)
        {
            case Loss.BinaryCrossEntropy: loss.AddLogistic(outputs, expected[0], weight); break;
            case Loss.CrossEntropy: loss.AddSoftmax(outputs, expected[0], weight); break;
            default: loss.AddSquared(outputs, expected[0], weight); break;
        }

        Times?.End(StepPart.Loss);
        pass.Backward(count);
        Times?.End(StepPart.OtherProducts);
    }

    private void Count(Matrix<T> outputs, Matrix<T> expected, uint counted, Span<int> right)
    {
        for (int lane = 0; counted >> lane != 0; lane++)
        {
            if ((counted >> lane & 1) != 0)
            {
                Matrix<T> alone = outputsOfOne.ColumnRange(0, expected.Columns);
                LaneTransfer.Unload(outputs, lane, alone);
                right[lane] += Targets.CountRight(architecture.Loss, alone, expected);
            }
        }
    }

    private void Load(int lane, Matrix<T> network, Matrix<T> projection, IReadOnlyList<Matrix<T>> remembered, int iteration, TrainingOptions training)
    {
        LaneTransfer.Load(values.All, lane, network);
        for (int i = 0; i < moments.Length; i++)
        {
            if (remembered[i].IsEmpty)
            {
                one.Clear();
            }

            LaneTransfer.Load(moments[i], lane, remembered[i].IsEmpty ? one.All : remembered[i]);
        }

        if (Dual)
        {
            LaneTransfer.Load(firstBase, lane, projection);
        }

        options[lane] = training;
        made[lane] = iteration;
        SetNumbers(lane);
    }

    private void SetNumbers(int lane)
    {
        TrainingOptions training = options[lane];
        double factor = training.Schedule.FactorAt(made[lane], training.UpdatesFor(SampleCount));
        for (int layer = 0; layer < numbers.Length; layer++)
        {
            numbers[layer].Set(lane, OptimizerSteps<T>.NumbersOf(training, made[lane], (training.LayerRates?[layer] ?? training.LearningRate) * factor));
        }
    }

    private static void Scale(ReadOnlySpan<double> from, double gain, double offset, Span<T> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = T.CreateTruncating((gain * from[i]) + offset);
        }
    }

    /// <summary>A part of the values that an update changes, with its gradient and what the optimizer remembers of it.</summary>
    private readonly record struct UpdatedPart(int Layer, Matrix<T> Values, Matrix<T> Gradient, Matrix<T>[] Moments);
}
