using System.Numerics;
using System.Runtime.CompilerServices;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Training;

/// <summary>Some samples as the forward pass takes them: a column each.</summary>
/// <param name="Inputs">[features, samples], or in the dual form columns of the Gram matrix.</param>
/// <param name="Base">[units, samples]: the projection of the initial weights in the dual form, otherwise empty.</param>
/// <param name="Expected">[1, samples]: the targets.</param>
internal readonly record struct SampleBlock<T>(Matrix<T> Inputs, Matrix<T> Base, Matrix<T> Expected) where T : unmanaged
{
    public int Count => Expected.Columns;

    /// <summary>A block of the samples from <paramref name="first"/> on.</summary>
    public static SampleBlock<T> Of(Matrix<T> inputs, Matrix<T> projection, Matrix<T> expected, int first, int count) => new(
        inputs.ColumnRange(first, count), projection.IsEmpty ? default : projection.ColumnRange(first, count), expected.ColumnRange(first, count));
}

/// <summary>The order in which batches take the samples, and the samples of the present block gathered in memory.</summary>
internal sealed class Batches<T> where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PreparedData<T> prepared;
    private readonly Matrix<T> projection;
    private readonly uint seed;
    private readonly int size;

    private readonly Matrix<T> rows;
    private readonly Matrix<T> columns;
    private readonly Matrix<T> gatheredBase;
    private readonly Matrix<T> expected;
    private readonly int[] samples;

    private NumPyRandom random;
    private int epoch = -1;
    private int[] order = [];
    private int offset;

    /// <summary>Batches of prepared samples.</summary>
    /// <param name="prepared">The samples, a row each.</param>
    /// <param name="projection">[units, samples]: the projection of the initial weights in the dual form, otherwise empty.</param>
    /// <param name="seed">The seed of the order.</param>
    public Batches(PreparedData<T> prepared, Matrix<T> projection, uint seed)
    {
        this.prepared = prepared;
        this.projection = projection;
        this.seed = seed;
        size = prepared.Training.BatchSize!.Value;
        random = new NumPyRandom(seed);

        int most = Math.Min(prepared.BlockSize, prepared.Data.SampleCount);
        rows = Matrix<T>.Allocate(most, prepared.Inputs.Columns);
        columns = Matrix<T>.Allocate(prepared.Inputs.Columns, most);
        gatheredBase = projection.IsEmpty ? default : Matrix<T>.Allocate(projection.Rows, most);
        expected = Matrix<T>.Allocate(1, most);
        samples = new int[most];
    }

    private int SampleCount => prepared.Data.SampleCount;

    private bool Dual => prepared.Form == TrainingForm.Dual;

    /// <summary>Goes to the batch of an update, and returns the number of its samples.</summary>
    public int Start(int iteration)
    {
        int perEpoch = prepared.Training.UpdatesPerEpoch(SampleCount);
        int wanted = iteration / perEpoch;
        if (wanted < epoch)
        {
            (random, epoch) = (new NumPyRandom(seed), -1);
        }

        for (; epoch < wanted; epoch++)
        {
            order = random.Permutation(SampleCount);
        }

        offset = iteration % perEpoch * size;
        return Math.Min(size, SampleCount - offset);
    }

    /// <summary>Copies samples together.</summary>
    /// <param name="first">The first sample of the block.</param>
    /// <param name="count">Their number.</param>
    /// <param name="shuffled">Whether they are those of the present batch, in its order, or of all samples in theirs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public SampleBlock<T> Gather(int first, int count, bool shuffled)
    {
        Span<T> targets = expected[0], allTargets = prepared.Expected[0];
        for (int i = 0; i < count; i++)
        {
            int sample = shuffled ? order[offset + first + i] : first + i;
            samples[i] = sample;
            targets[i] = allTargets[sample];
            prepared.Inputs[sample].CopyTo(rows[i]);
        }

        // In a padded place of a row of signs stands 0, which counts nothing.
        targets[count..].Clear();
        Elementwise.Transpose(rows.RowRange(0, count), columns);
        for (int unit = 0; unit < gatheredBase.Rows; unit++)
        {
            Span<T> to = gatheredBase[unit], from = projection[unit];
            for (int i = 0; i < count; i++)
            {
                to[i] = from[samples[i]];
            }
        }

        return new SampleBlock<T>(
            columns.ColumnRange(0, count), gatheredBase.IsEmpty ? default : gatheredBase.ColumnRange(0, count), expected.ColumnRange(0, count));
    }

    /// <summary>Adds the gradient of the first layer's coefficients over the gathered samples: δ·X, or in the dual form δ at the place of each sample.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void AddFirstGradient(Matrix<T> delta, Matrix<T> gradient)
    {
        if (!Dual)
        {
            MatrixProduct.Add(delta, rows.RowRange(0, delta.Columns), gradient);
            return;
        }

        for (int unit = 0; unit < delta.Rows; unit++)
        {
            Span<T> from = delta[unit], to = gradient[unit];
            for (int i = 0; i < from.Length; i++)
            {
                to[samples[i]] += from[i];
            }
        }
    }
}
