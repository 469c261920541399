using StepZero.Data;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Numerics;

/// <summary>Sums of products of bytes against plain sums of integers. VectorWidthTests repeats those named Products on narrower vectors.</summary>
public sealed class ByteProductTests
{
    // Around every tile and the eights at which panels of samples begin.
    private static readonly int[] Rows = [1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 17, 33, 70];

    [Fact]
    public void Products_of_every_tile_equal_the_plain_sums()
    {
        byte[] values = Noise(70 * 97);
        foreach (int rows in Rows)
        {
            foreach (int columns in Rows)
            {
                Check(values, rows, columns, 97);
            }
        }
    }

    [Fact]
    public void Products_of_every_width_equal_the_plain_sums()
    {
        byte[] values = Noise(7 * 200);
        for (int inner = 1; inner <= 200; inner++)
        {
            Check(values, 7, 5, inner);
        }
    }

    [Theory]
    [InlineData(32767)]
    [InlineData(32768)]
    [InlineData(32769)]
    [InlineData(33057)]
    [InlineData(65537)]
    [InlineData(600001)]
    public void Products_of_the_largest_bytes_do_not_overflow(int inner)
    {
        byte[] values = new byte[3 * inner];
        values.AsSpan().Fill(255);
        (values[inner - 1], values[(2 * inner) - 1]) = (1, 2);
        Matrix<short> a = Widen(values, 3, inner);
        Matrix<long> sums = Matrix<long>.Allocate(3, 3);
        ByteProduct.AddTransposedRight(a, a, sums);
        long most = 65025L * (inner - 1);
        Assert.Equal([most + 1, most + 2, most + 255], sums[0].ToArray());
        Assert.Equal([most + 2, most + 4, most + 510], sums[1].ToArray());
        Assert.Equal([most + 255, most + 510, most + 65025], sums[2].ToArray());
    }

    [Fact]
    public void Products_are_added_to_what_is_there()
    {
        Matrix<short> a = Widen([2, 3], 1, 2);
        Matrix<long> sums = Matrix<long>.Allocate(1, 1);
        sums[0][0] = 1L << 40;
        ByteProduct.AddTransposedRight(a, a, sums);
        Assert.Equal((1L << 40) + 13, sums[0][0]);
    }

    [Fact]
    public void Shapes_that_do_not_fit_are_refused()
    {
        Matrix<short> a = Matrix<short>.Allocate(2, 3);
        Assert.Throws<ArgumentException>(() => ByteProduct.AddTransposedRight(a, a, Matrix<long>.Allocate(3, 2)));
        Assert.Throws<ArgumentException>(() => ByteProduct.AddTransposedRight(a, a, Matrix<long>.Allocate(2, 3)));
        Assert.Throws<ArgumentException>(() => ByteProduct.AddTransposedRight(a, Matrix<short>.Allocate(2, 4), Matrix<long>.Allocate(2, 2)));
    }

    // Widths around the ends of blocks: 4,128 features of few samples, 1,696 of 70 on one thread.
    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 4129)]
    [InlineData(2, 33)]
    [InlineData(3, 8256)]
    [InlineData(8, 4127)]
    [InlineData(9, 4128)]
    [InlineData(16, 300)]
    [InlineData(17, 4161)]
    [InlineData(33, 5000)]
    [InlineData(70, 1695)]
    [InlineData(70, 1696)]
    [InlineData(70, 3393)]
    [InlineData(259, 70)]
    public void The_Gram_matrix_equals_the_plain_sums_on_any_threads(int samples, int features)
    {
        Dataset data = Data(samples, Noise(samples * features));
        for (int threads = 1; threads <= 5; threads++)
        {
            Matrix<double> gram = SampleBlocks.Gram(data, Scaling.None.Fit(data), threads, CancellationToken.None);
            for (int i = 0; i < samples; i++)
            {
                for (int j = 0; j < samples; j++)
                {
                    Assert.Equal(Sum(data.Bytes.Slice(i * features, features), data.Bytes.Slice(j * features, features)), gram[i][j]);
                }
            }
        }
    }

    [Theory]
    [InlineData("auto", 255)]
    [InlineData("none", 1)]
    [InlineData("divide:7.3", 7.3)]
    [InlineData("divide:-3", -3)]
    public void The_Gram_matrix_has_the_bits_of_the_sums_in_doubles(string scaling, double divisor)
    {
        Dataset data = Data(61, Noise(61 * 5003));
        FittedScaling fitted = Scaling.Parse(scaling).Fit(data);
        Matrix<double> doubles = SampleBlocks.GramOfDoubles(data, fitted, 1, CancellationToken.None);
        for (int threads = 1; threads <= 3; threads++)
        {
            Matrix<double> gram = SampleBlocks.Gram(data, fitted, threads, CancellationToken.None);
            for (int i = 0; i < 61; i++)
            {
                Assert.Equal(doubles[i].ToArray().Select(BitConverter.DoubleToInt64Bits), gram[i].ToArray().Select(BitConverter.DoubleToInt64Bits));
                Assert.Equal(Sum(data.Bytes.Slice(i * 5003, 5003), data.Bytes[..5003]) / (divisor * divisor), gram[i][0]);
            }
        }
    }

    // A segment holds 81,920 features of 200 samples.
    [Theory]
    [InlineData(200, 163841, 2)]
    [InlineData(200, 163840, 3)]
    [InlineData(200, 81920, 1)]
    [InlineData(23, 1000, 2)]
    [InlineData(1, 1, 1)]
    public void Stored_features_give_the_same_sums_and_are_read_once(int samples, int features, int threads)
    {
        Dataset data = Data(samples, Noise(samples * features));
        var stored = new CountedFeatures(data);
        Matrix<long> expected = ByteGram.Of(data, threads, CancellationToken.None);
        Matrix<long> found = ByteGram.Of(stored, samples, features, threads, CancellationToken.None);
        for (int i = 0; i < samples; i++)
        {
            Assert.Equal(expected[i][..(i + 1)], found[i][..(i + 1)]);
        }

        Assert.Equal((long)samples * features, stored.BytesRead);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(81920)]
    public void What_a_reader_throws_arrives_as_it_was_thrown(int start)
    {
        Dataset data = Data(200, new byte[200 * 100000]);
        var stored = new CountedFeatures(data) { BrokenFrom = start };
        var error = Assert.Throws<StepZeroException>(() => ByteGram.Of(stored, 200, 100000, 2, CancellationToken.None));
        Assert.Equal("broken", error.Message);
    }

    [Fact]
    public void It_ends_early_when_told()
    {
        Dataset data = Data(20, new byte[20 * 1000]);
        var cancelled = new CancellationToken(canceled: true);
        Assert.ThrowsAny<OperationCanceledException>(() => ByteGram.Of(data, 2, cancelled));
        Assert.ThrowsAny<OperationCanceledException>(() => ByteGram.Of(new CountedFeatures(data), 20, 1000, 2, cancelled));
    }

    private static void Check(byte[] values, int rows, int columns, int inner)
    {
        Matrix<short> a = Widen(values, rows, inner);
        byte[] others = [.. values.Reverse()];
        Matrix<long> sums = Matrix<long>.Allocate(rows, columns);
        ByteProduct.AddTransposedRight(a, Widen(others, columns, inner), sums);
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                long expected = Sum(values.AsSpan(i * inner, inner), others.AsSpan(j * inner, inner));
                Assert.True(expected == sums[i][j], $"{rows}×{inner}×{columns} at {i}, {j}: expected {expected}, found {sums[i][j]}");
            }
        }
    }

    private static long Sum(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        long sum = 0;
        for (int k = 0; k < a.Length; k++)
        {
            sum += a[k] * b[k];
        }

        return sum;
    }

    private static Matrix<short> Widen(byte[] values, int rows, int inner)
    {
        Matrix<short> matrix = Matrix<short>.Allocate(rows, inner);
        for (int row = 0; row < rows; row++)
        {
            Elementwise.Widen(values.AsSpan(row * inner, inner), matrix[row]);
        }

        return matrix;
    }

    private static byte[] Noise(int length)
    {
        var random = new NumPyRandom(1);
        byte[] values = new byte[length];
        foreach (ref byte value in values.AsSpan())
        {
            value = (byte)random.NextUInt32();
        }

        return values;
    }

    private static Dataset Data(int samples, byte[] values) => Dataset.FromBytes("bytes", values, values.Length / samples, new int[samples], ["a"], new ImageSize(values.Length / samples, 1, 1));

    /// <summary>The features of a data set as if they were stored; counts what is read.</summary>
    private sealed class CountedFeatures(Dataset data) : StoredFeatures
    {
        private long bytesRead;

        public long BytesRead => bytesRead;

        public int BrokenFrom { get; init; } = int.MaxValue;

        public override void Read(int sample, int start, Span<byte> target)
        {
            if (start >= BrokenFrom)
            {
                throw new StepZeroException("broken");
            }

            Interlocked.Add(ref bytesRead, target.Length);
            data.Bytes.Slice((sample * data.FeatureCount) + start, target.Length).CopyTo(target);
        }
    }
}
