using System.Numerics;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Benchmarks;

/// <summary>
/// Where the time of a step goes that trains as many networks at once as a vector has lanes: its parts one by one, on one core. The classic network in its dual
/// form, and that of the published fractal.
/// </summary>
internal static class LaneBenchmark
{
    public static void Run<T>(VectorWidth width) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        double peak = MultiplyAddPeak.Measure<T>(TimeProvider.System, 1, width);
        string numbers = typeof(T) == typeof(double) ? "doubles" : "singles";
        Console.WriteLine($"Lanes of {Matrix<T>.VectorLength} {numbers}, {(int)width} bits; {Machine.Show(peak / 1e9, "F1")} G multiply-adds a second at the most");
        TimeStep<T>("classic, 5-5-1, dual", width, inputs: 100, samples: 100, units: [5, 5], Loss.BinaryCrossEntropy, peak);
        TimeStep<T>("fractal, 16-1, primal", width, inputs: 16, samples: 272, units: [16], Loss.Mse, peak);
    }

    /// <param name="name">What the network is called.</param>
    /// <param name="width">The vectors.</param>
    /// <param name="inputs">The rows of the matrix that all networks share; in the dual form the Gram matrix, which has one a sample.</param>
    /// <param name="samples">Its columns.</param>
    /// <param name="units">Of each hidden layer.</param>
    /// <param name="loss">The loss.</param>
    /// <param name="peak">Multiply-adds a second.</param>
    private static void TimeStep<T>(string name, VectorWidth width, int inputs, int samples, int[] units, Loss loss, double peak) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int lanes = Matrix<T>.VectorLength;
        bool isDual = inputs == samples;
        int[] rows = [.. units, 1];
        Matrix<T> shared = Matrix<T>.Allocate(inputs, samples), bySample = Matrix<T>.Allocate(samples, inputs);
        Matrix<T> first = Filled<T>(rows[0], inputs * lanes);
        Matrix<T>[] z = [.. rows.Select(row => Filled<T>(row, samples * lanes))], a = [.. rows.Select(row => Filled<T>(row, samples * lanes))];
        Matrix<T>[] weights = [.. rows.Skip(1).Zip(rows, (row, below) => Filled<T>(row, below * lanes))];
        Matrix<T> sums = Matrix<T>.Allocate(1, rows.Max() * lanes), expected = Filled<T>(1, samples);
        var losses = new LaneLoss<T>();
        double[] means = new double[lanes];
        var parts = new List<(string Name, double Microseconds)>();
        Time("first product", () => LaneProduct.SetShared(first, shared, z[0], sums, isDual ? a[0] : default, isDual ? sums : default, width));
        Time("activations", () =>
        {
            for (int layer = 0; layer < units.Length; layer++)
            {
                Activation.Tanh.Apply(z[layer], a[layer]);
            }
        });
        Time("products of the other layers", () =>
        {
            for (int layer = 0; layer < weights.Length; layer++)
            {
                LaneProduct.Set(weights[layer], a[layer], z[layer + 1], sums, samples, width);
            }
        });
        Time("loss and delta", () =>
        {
            losses.Clear();
            if (loss == Loss.Mse)
            {
                losses.AddSquared(z[^1], expected[0], T.One);
            }
            else
            {
                losses.AddLogistic(z[^1], expected[0], T.One);
            }

            losses.Means(samples, means);
        });
        Time("deltas back, times the slopes", () =>
        {
            for (int layer = weights.Length - 1; layer >= 0; layer--)
            {
                LaneProduct.MultiplyByTransposedLeft(weights[layer], z[layer + 1], z[layer], samples, width);
            }
        });
        Time("gradients", () =>
        {
            for (int layer = 0; layer < weights.Length; layer++)
            {
                LaneProduct.AddTransposedRight(z[layer + 1], a[layer], weights[layer], samples, width);
            }

            if (!isDual)
            {
                LaneProduct.AddSharedBySamples(z[0], bySample, first, samples, width);
            }
        });
        Time("gradients of the biases", () =>
        {
            for (int layer = 0; layer < rows.Length && isDual; layer++)
            {
                LaneProduct.AddRowSums(z[layer], sums, samples);
            }
        });
        Time("update", () =>
        {
            Elementwise.AddScaled(first, T.Zero, isDual ? z[0] : first);
            foreach (Matrix<T> weight in weights)
            {
                Elementwise.AddScaled(weight, T.Zero, weight);
            }
        });

        double whole = parts.Sum(part => part.Microseconds), operations = (double)rows[0] * inputs * samples * lanes;
        Console.WriteLine(MapBenchmark.Text($"  {name}: {whole / lanes:F3} µs a step of one network; the first product {operations / parts[0].Microseconds / 1e-6 / peak:P0} of the peak alone, {operations / whole / 1e-6 / peak:P0} in the step"));
        foreach ((string part, double microseconds) in parts)
        {
            Console.WriteLine(MapBenchmark.Text($"    {part,-32} {microseconds / lanes,8:F3} µs {microseconds / whole,5:P0}"));
        }

        void Time(string part, Action action) => parts.Add((part, KernelBenchmark.Best(500, action)));
    }

    /// <summary>Small numbers, so that what is computed from them again and again stays finite.</summary>
    private static Matrix<T> Filled<T>(int rows, int columns) where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        Matrix<T> matrix = Matrix<T>.Allocate(rows, columns);
        double[] normals = new double[columns];
        var random = new NumPyRandom(1);
        for (int row = 0; row < rows; row++)
        {
            random.FillStandardNormal(normals);
            for (int column = 0; column < columns; column++)
            {
                matrix[row][column] = T.CreateTruncating(0.01 * normals[column]);
            }
        }

        return matrix;
    }
}
