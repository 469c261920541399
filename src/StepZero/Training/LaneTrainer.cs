using System.Numerics;
using System.Runtime.CompilerServices;
using StepZero.Data;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Training;

/// <summary>One draw of the parameters of a network, from which many networks start: its weights scaled and moved.</summary>
internal sealed class DrawnParameters
{
    /// <summary>A draw, with what all networks that start from it share.</summary>
    /// <param name="drawn">The parameters.</param>
    /// <param name="normals">Standard normal draws, in the biases.</param>
    /// <param name="data">What is trained on.</param>
    public DrawnParameters(Parameters drawn, Parameters normals, PreparedData data)
    {
        Drawn = drawn;
        Normals = normals;
        if (data.Form == TrainingForm.Dual)
        {
            double[] ones = new double[data.Data.FeatureCount];
            ones.AsSpan().Fill(1);
            Projection = SampleBlocks.Project(data.Data, data.Scaling, drawn.Weights[0]);
            FeatureSums = SampleBlocks.Project(data.Data, data.Scaling, ones);
        }
    }

    public Parameters Drawn { get; }

    public Parameters Normals { get; }

    /// <summary>In the dual form W·Xᵀ of the drawn weights of the first layer, [units, samples]; the weights g·W + o have g times that plus o times <see cref="FeatureSums"/>.</summary>
    public Matrix<double> Projection { get; }

    /// <summary>In the dual form the sum of the scaled features of each sample, [1, samples].</summary>
    public Matrix<double> FeatureSums { get; }
}

/// <summary>
/// Trains as many networks of one architecture on the same data as a vector has lanes, each with its own start, rates, momentum and decay. A lane computes the
/// bits of a <see cref="Trainer"/> with the same start, whatever its neighbours do, and can be given to another network at any time.
/// </summary>
internal abstract class LaneTrainer
{
    /// <summary>Up to so many bytes of values and workspace lanes pay: more do not stay near the processor, where one network's do.</summary>
    private const long MostBytes = 16 << 20;

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

internal sealed class LaneTrainer<T> : LaneTrainer where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PreparedData<T> prepared;
    private readonly Architecture architecture;
    private readonly TrainingOptions shared;
    private readonly VectorWidth width;
    private readonly NetworkValues<T> values;
    private readonly NetworkValues<T> gradient;
    private readonly Matrix<T>[] moments;
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

        Load(lane, one.All, baseOfOne, [.. moments.Select(_ => default(Matrix<T>))], 0, training);
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

        if (shared.FixedBiases || numbers.Length > 1)
        {
            foreach (ValuePart part in values.Parts)
            {
                if (!(part.AreBiases && shared.FixedBiases))
                {
                    OptimizerSteps<T>.Apply(
                        shared.Optimizer.Rule, part.Of(values.All), part.Of(gradient.All), moments is [] ? [] : [.. moments.Select(part.Of)], numbers[part.Layer]);
                }
            }
        }
        else
        {
            OptimizerSteps<T>.Apply(shared.Optimizer.Rule, values.All, gradient.All, moments, numbers[0]);
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
}
