using System.Runtime.ExceptionServices;
using StepZero.Numerics;

namespace StepZero.Data;

/// <summary>
/// The exact sums of products of samples of bytes, X·Xᵀ in integers. The samples are cut into panels; a thread takes a pair of panels, widens a block
/// of their features into its own memory and adds the products to sums that no other thread touches. There are so many panels that all threads have
/// the same work: t panels have t(t − 1)/2 pairs, and t of half the work.
/// </summary>
internal sealed class ByteGram
{
    /// <summary>Bytes of the widened features of a pair of panels: they stay in the second cache.</summary>
    private const int BlockBytes = 1 << 19;

    /// <summary>Most samples of a panel.</summary>
    private const int PanelRows = 256;

    /// <summary>Rows of the lower triangle that are computed up to the same column.</summary>
    private const int TriangleRows = 4;

    /// <summary>Bytes of one of the two buffers of stored features.</summary>
    private const int BufferBytes = 1 << 24;

    private readonly Matrix<long> sums;
    private readonly int[] panels;
    private readonly int width;
    private readonly (Matrix<short> Rows, Matrix<short> Columns)[] memories;
    private readonly CancellationToken cancellation;

    private ByteGram(int samples, int features, int threads, CancellationToken cancellation)
    {
        sums = Matrix<long>.Allocate(samples, samples);
        panels = Panels(samples, threads);
        int rows = panels.Zip(panels.Skip(1), (start, end) => end - start).Max();

        // An odd number of cache lines, so that the rows of a block do not compete for the same places of the cache.
        int most = Math.Clamp(BlockBytes / sizeof(short) / (2 * rows) / 64 * 64, 64, 4096) + 32;
        width = Math.Min(features, most);
        memories = [.. Enumerable.Range(0, threads).Select(_ => (Matrix<short>.Allocate(rows, width), Matrix<short>.Allocate(rows, width)))];
        this.cancellation = cancellation;
    }

    /// <summary>Some neighbouring features of one sample.</summary>
    private delegate ReadOnlySpan<byte> FeatureSource(int sample, int start, int count);

    /// <summary>The sums of the bytes of a data set, [samples, samples], in the lower triangle.</summary>
    /// <param name="data">Samples of byte features.</param>
    /// <param name="threads">Threads that compute.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static Matrix<long> Of(Dataset data, int threads, CancellationToken cancellation)
    {
        int n = data.FeatureCount;
        var gram = new ByteGram(data.SampleCount, n, threads, cancellation);
        gram.Add((sample, start, count) => data.Bytes.Slice(checked((sample * n) + start), count), n);
        return gram.sums;
    }

    /// <summary>The same of features that are stored: each is read once, the next segment of all samples while this one is computed.</summary>
    /// <param name="stored">The features.</param>
    /// <param name="samples">The number of samples.</param>
    /// <param name="features">The number of features of a sample.</param>
    /// <param name="threads">Threads that compute, and that read.</param>
    /// <param name="cancellation">Ends it early.</param>
    public static Matrix<long> Of(StoredFeatures stored, int samples, int features, int threads, CancellationToken cancellation)
    {
        var gram = new ByteGram(samples, features, threads, cancellation);
        int segment = Math.Min(features, Math.Max(BufferBytes / samples / 4096 * 4096, 4096));
        int segments = (features + segment - 1) / segment;
        byte[] ready = new byte[checked(samples * segment)];
        byte[] filling = segments > 1 ? new byte[ready.Length] : [];
        AtOnce(() => Read(0, ready));
        for (int i = 0; i < segments; i++)
        {
            AtOnce(() => Read(i + 1, filling), () => gram.Add((sample, start, count) => ready.AsSpan((sample * segment) + start, count), Count(i)));
            (ready, filling) = (filling, ready);
        }

        return gram.sums;

        int Count(int index) => Math.Min(segment, features - (index * segment));

        void Read(int index, byte[] buffer)
        {
            if (index < segments)
            {
                Parallel.For(0, samples, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = cancellation }, sample =>
                    stored.Read(sample, index * segment, buffer.AsSpan(sample * segment, Count(index))));
            }
        }
    }

    /// <summary>Adds the products of <paramref name="features"/> features of all samples.</summary>
    private void Add(FeatureSource source, int features)
    {
        // Pairs of different panels come first, so that what is left for the end is small.
        (int Row, int Column)[] pairs = [
            .. from row in Enumerable.Range(0, panels.Length - 1)
               from column in Enumerable.Range(0, row + 1)
               orderby row == column
               select (row, column)];
        int next = -1;
        var options = new ParallelOptions { MaxDegreeOfParallelism = memories.Length, CancellationToken = cancellation };
        Parallel.For(0, Math.Min(memories.Length, pairs.Length), options, thread =>
        {
            for (int pair = Interlocked.Increment(ref next); pair < pairs.Length; pair = Interlocked.Increment(ref next))
            {
                AddPair(source, features, pairs[pair].Row, pairs[pair].Column, memories[thread]);
            }
        });
    }

    private void AddPair(FeatureSource source, int features, int rowPanel, int columnPanel, (Matrix<short> Rows, Matrix<short> Columns) memory)
    {
        int first = panels[rowPanel];
        int rows = panels[rowPanel + 1] - first;
        int firstColumn = panels[columnPanel];
        int columns = panels[columnPanel + 1] - firstColumn;
        Matrix<long> target = sums.RowRange(first, rows);
        for (int start = 0; start < features; start += width)
        {
            cancellation.ThrowIfCancellationRequested();
            int count = Math.Min(width, features - start);
            Matrix<short> left = Widen(source, first, rows, start, count, memory.Rows);
            if (rowPanel != columnPanel)
            {
                Matrix<short> right = Widen(source, firstColumn, columns, start, count, memory.Columns);
                ByteProduct.AddTransposedRight(left, right, target.ColumnRange(firstColumn, columns));
                continue;
            }

            for (int row = 0; row < rows; row += TriangleRows)
            {
                int height = Math.Min(TriangleRows, rows - row);
                ByteProduct.AddTransposedRight(
                    left.RowRange(row, height), left.RowRange(0, row + height), target.RowRange(row, height).ColumnRange(first, row + height));
            }
        }
    }

    /// <summary>Features of some samples as 16-bit integers, zero in the padding.</summary>
    private static Matrix<short> Widen(FeatureSource source, int first, int rows, int start, int count, Matrix<short> memory)
    {
        Matrix<short> block = memory.RowRange(0, rows).ColumnRange(0, count);
        if (count < memory.Columns)
        {
            Elementwise.Clear(block);
        }

        for (int row = 0; row < rows; row++)
        {
            Elementwise.Widen(source(first + row, start, count), block[row]);
        }

        return block;
    }

    /// <summary>The first samples of the panels and the end of the last. They are multiples of eight, so that the sums of a pair are aligned.</summary>
    private static int[] Panels(int samples, int threads)
    {
        int eights = (samples + 7) / 8;
        int enough = (samples + PanelRows - 1) / PanelRows;
        int even = (enough + threads - 1) / threads * threads;
        int count = Math.Min(even, (eights + 1) / 2);
        return [.. Enumerable.Range(0, count + 1).Select(i => Math.Min(samples, 8 * (int)((long)eights * i / count)))];
    }

    /// <summary>Runs all and waits for all; throws what went wrong as it was thrown.</summary>
    private static void AtOnce(params Action[] actions)
    {
        try
        {
            Parallel.Invoke(actions);
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.Flatten().InnerExceptions[0]);
        }
    }
}
