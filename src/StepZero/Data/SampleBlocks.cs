using StepZero.Numerics;

namespace StepZero.Data;

/// <summary>
/// What is computed from all features of a data set, read in blocks of features so that no scaled copy of the data is ever held. Every sum runs
/// over the features in order, whatever the number of threads.
/// </summary>
internal static class SampleBlocks
{
    /// <summary>Bytes of one block of scaled features: it stays in the second cache.</summary>
    private const int BlockBytes = 1 << 19;

    /// <summary>Bytes of stored features that are read at once.</summary>
    private const int WindowBytes = 1 << 24;

    /// <summary>Rows of the Gram matrix that one thread computes at a time.</summary>
    private const int GramRows = 20;

    /// <summary>The Gram matrix of the scaled samples, G = X·Xᵀ, [samples, samples]. Exact for bytes that are only divided.</summary>
    public static Matrix<double> Gram(Dataset data, FittedScaling scaling, int threads, CancellationToken cancellation)
    {
        return data.HasByteFeatures && scaling.Means is null && scaling.InverseDeviations is null
            ? Symmetric(data.Stored is null ? ByteGram.Of(data, threads, cancellation) : ByteGram.Of(data.Stored, data.SampleCount, data.FeatureCount, threads, cancellation), scaling)
            : GramOfDoubles(data, scaling, threads, cancellation);
    }

    /// <summary>The Gram matrix of any features, summed in doubles.</summary>
    internal static Matrix<double> GramOfDoubles(Dataset data, FittedScaling scaling, int threads, CancellationToken cancellation)
    {
        int m = data.SampleCount;
        Matrix<double> gram = Matrix<double>.Allocate(m, m);
        int parts = Math.Min(threads, (m + GramRows - 1) / GramRows);
        Parallel.For(0, parts, new ParallelOptions { MaxDegreeOfParallelism = parts, CancellationToken = cancellation }, part =>
        {
            // The lower triangle up to row r has r²/2 elements, so the square root gives each thread the same work.
            int first = (int)(m * Math.Sqrt((double)part / parts));
            int last = (int)(m * Math.Sqrt((double)(part + 1) / parts));
            ForEachBlock(data, scaling, last, (_, block) =>
            {
                cancellation.ThrowIfCancellationRequested();
                for (int row = first; row < last; row += GramRows)
                {
                    int rows = Math.Min(GramRows, last - row);
                    Matrix<double> target = gram.RowRange(row, rows).ColumnRange(0, row + rows);
                    MatrixProduct.AddTransposedRight(block.RowRange(row, rows), block.RowRange(0, row + rows), target);
                }
            });
        });
        return Symmetric(gram, scaling);
    }

    /// <summary>The first pre-activation without bias, W·Xᵀ, [units, samples].</summary>
    /// <param name="data">The samples.</param>
    /// <param name="scaling">How they are scaled.</param>
    /// <param name="weights">W, shape [units, features], row-major.</param>
    public static Matrix<double> Project(Dataset data, FittedScaling scaling, double[] weights)
    {
        int n = data.FeatureCount;
        int units = weights.Length / n;
        Matrix<double> projection = Matrix<double>.Allocate(units, data.SampleCount);
        if (Array.TrueForAll(weights, weight => weight == 0))
        {
            return projection;
        }

        Matrix<double> part = Matrix<double>.Allocate(units, BlockFeatures(data.SampleCount, n));
        ForEachBlock(data, scaling, data.SampleCount, (start, block) =>
        {
            Matrix<double> columns = part.ColumnRange(0, block.Columns);
            for (int unit = 0; unit < units; unit++)
            {
                weights.AsSpan((unit * n) + start, block.Columns).CopyTo(columns[unit]);
            }

            MatrixProduct.AddTransposedRight(columns, block, projection);
        });
        Divide(projection, scaling.Divisor);
        return projection;
    }

    /// <summary>The mean of the squares of all scaled features of all samples.</summary>
    public static double MeanSquare(Dataset data, FittedScaling scaling)
    {
        double sum = 0;
        ForEachBlock(data, scaling, data.SampleCount, (_, block) =>
        {
            for (int sample = 0; sample < block.Rows; sample++)
            {
                sum += MatrixProduct.Dot(block[sample], block[sample]);
            }
        });
        return sum / (scaling.Divisor * scaling.Divisor) / ((double)data.SampleCount * data.FeatureCount);
    }

    /// <summary>Adds C·X to the weights: what the coefficients of the dual form stand for.</summary>
    /// <param name="data">The samples.</param>
    /// <param name="scaling">How they are scaled.</param>
    /// <param name="coefficients">C, [units, samples].</param>
    /// <param name="weights">W, shape [units, features], row-major; changed in place.</param>
    public static void Lift(Dataset data, FittedScaling scaling, Matrix<double> coefficients, double[] weights)
    {
        int n = data.FeatureCount;
        Matrix<double> part = Matrix<double>.Allocate(coefficients.Rows, BlockFeatures(data.SampleCount, n));
        ForEachBlock(data, scaling, data.SampleCount, (start, block) =>
        {
            Matrix<double> columns = part.ColumnRange(0, block.Columns);
            Elementwise.Clear(columns);
            MatrixProduct.Add(coefficients, block, columns);
            for (int unit = 0; unit < coefficients.Rows; unit++)
            {
                Span<double> target = weights.AsSpan((unit * n) + start, block.Columns);
                ReadOnlySpan<double> change = columns[unit];
                for (int i = 0; i < target.Length; i++)
                {
                    target[i] += change[i] / scaling.Divisor;
                }
            }
        });
    }

    /// <summary>The scaled samples as columns, Xᵀ, [features, samples].</summary>
    public static Matrix<T> Transpose<T>(Dataset data, FittedScaling scaling) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        Matrix<T> columns = Matrix<T>.Allocate(data.FeatureCount, data.SampleCount);
        ForEachBlock(data, scaling, data.SampleCount, (start, block) =>
        {
            for (int feature = 0; feature < block.Columns; feature++)
            {
                Span<T> target = columns[start + feature];
                for (int sample = 0; sample < target.Length; sample++)
                {
                    target[sample] = T.CreateTruncating(block[sample][feature] / scaling.Divisor);
                }
            }
        });
        return columns;
    }

    /// <summary>The products of each sample of one set with each of another, [samples of the first, samples of the second].</summary>
    public static Matrix<double> Products(Dataset first, Dataset second, FittedScaling scaling)
    {
        Matrix<double> products = Matrix<double>.Allocate(first.SampleCount, second.SampleCount);
        int n = first.FeatureCount, width = BlockFeatures(first.SampleCount + second.SampleCount, n);
        Matrix<double> left = Matrix<double>.Allocate(first.SampleCount, width), right = Matrix<double>.Allocate(second.SampleCount, width);
        for (int start = 0; start < n; start += width)
        {
            int count = Math.Min(width, n - start);
            MatrixProduct.AddTransposedRight(Block(first, left), Block(second, right), products);

            Matrix<double> Block(Dataset data, Matrix<double> block)
            {
                if (count < width)
                {
                    Elementwise.Clear(block);
                }

                Matrix<double> columns = block.ColumnRange(0, count);
                for (int sample = 0; sample < columns.Rows; sample++)
                {
                    scaling.Read(data, sample, start, columns[sample]);
                }

                return columns;
            }
        }

        Divide(products, scaling.Divisor * scaling.Divisor);
        return products;
    }

    /// <summary>Reads the first samples in blocks of features, [samples, features of the block], scaled but for the division, zero in the padding.</summary>
    private static void ForEachBlock(Dataset data, FittedScaling scaling, int samples, Action<int, Matrix<double>> use)
    {
        int n = data.FeatureCount;
        int width = BlockFeatures(data.SampleCount, n);
        Matrix<double> block = Matrix<double>.Allocate(samples, width);

        // Stored features are read in pieces many blocks wide.
        int windowWidth = Math.Max(1, WindowBytes / samples / width) * width;
        byte[] window = data.IsStored ? new byte[samples * windowWidth] : [];
        for (int start = 0; start < n; start += width)
        {
            int count = Math.Min(width, n - start);
            if (count < width)
            {
                Elementwise.Clear(block);
            }

            Matrix<double> columns = block.ColumnRange(0, count);
            for (int sample = 0; sample < samples; sample++)
            {
                if (data.IsStored)
                {
                    if (start % windowWidth == 0)
                    {
                        data.ReadBytes(sample, start, window.AsSpan(sample * windowWidth, Math.Min(windowWidth, n - start)));
                    }

                    Elementwise.Widen(window.AsSpan((sample * windowWidth) + (start % windowWidth), count), columns[sample]);
                    scaling.Apply(start, columns[sample]);
                }
                else
                {
                    scaling.Read(data, sample, start, columns[sample]);
                }
            }

            use(start, columns);
        }
    }

    /// <summary>The lower triangle divided and mirrored. (A sum of products of bytes is exact in a double: 2³¹ features give less than 2⁴⁷.)</summary>
    private static Matrix<double> Symmetric<T>(Matrix<T> sums, FittedScaling scaling) where T : unmanaged, System.Numerics.INumberBase<T>
    {
        double square = scaling.Divisor * scaling.Divisor;
        Matrix<double> gram = Matrix<double>.Allocate(sums.Rows, sums.Rows);
        for (int row = 0; row < gram.Rows; row++)
        {
            for (int column = 0; column <= row; column++)
            {
                gram[row][column] = gram[column][row] = double.CreateChecked(sums[row][column]) / square;
            }
        }

        return gram;
    }

    private static int BlockFeatures(int samples, int features)
    {
        int most = Math.Clamp(BlockBytes / sizeof(double) / samples / 64 * 64, 64, 4096);
        return Math.Min(features, most);
    }

    private static void Divide(Matrix<double> matrix, double divisor)
    {
        for (int row = 0; row < matrix.Rows; row++)
        {
            foreach (ref double value in matrix[row])
            {
                value /= divisor;
            }
        }
    }
}
