using System.Diagnostics;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Benchmarks;

/// <summary>The parts of one iteration of the classic network (100 samples, 5-5-1 units, dual form, double), and what is done once, on one core.</summary>
internal static class KernelBenchmark
{
    private const int Samples = 100;
    private const int Features = 67500;

    public static int Run()
    {
        Console.WriteLine(Machine.Describe());
        Matrix<double> gram = Matrix<double>.Allocate(Samples, Samples);
        Matrix<double> first = Matrix<double>.Allocate(5, Samples);
        Matrix<double> second = Matrix<double>.Allocate(5, Samples);
        Matrix<double> third = Matrix<double>.Allocate(5, Samples);
        Matrix<double> hidden = Matrix<double>.Allocate(5, 5);
        Matrix<double> row = Matrix<double>.Allocate(1, Samples);
        Matrix<double> signs = Matrix<double>.Allocate(1, Samples);
        Matrix<double> delta = Matrix<double>.Allocate(1, Samples);
        signs[0].Fill(1);
        double peak = 2.0 * 5 * Samples * 104;
        double product = Time("Gram product 5×100×100", 20000, () => MatrixProduct.Add(first, gram, second));
        Console.WriteLine($"  = {Machine.Show(peak / product / 1000, "F1")} GFLOP/s");
        Time("tanh and derivative, 500", 20000, () => ActivationPass.Apply(default(TanhFunction), first, second));
        Time("hidden product 5×5×100", 20000, () => MatrixProduct.Add(hidden, second, third));
        Time("hidden gradient 5×5", 20000, () => MatrixProduct.AddTransposedRight(second, third, hidden));
        Time("loss and delta, 100", 20000, () =>
        {
            CompensatedSum sum = default;
            LogisticLoss.Evaluate(row, signs, 0.01, delta, ref sum);
        });

        var random = new NumPyRandom(1);
        Dataset data = Noise(random, Samples, Features);
        var architecture = new Architecture(Features, [5, 5], Activation.Tanh);
        Parameters start = Initializer.Xavier.Draw(architecture, 1);
        Trainer trainer = PreparedData.Prepare(data, architecture, new TrainingOptions()).StartTrainer(architecture, start, 1e-6);
        Time("whole iteration", 5000, () => trainer.Step());

        FittedScaling scaling = Scaling.Auto.Fit(data);
        double[] normals = new double[5 * Features];
        Time("draw 337,500 normal numbers", 5, () => random.FillStandardNormal(normals));
        TimeGram(data, 5);
        Time("projection of the weights", 5, () => SampleBlocks.Project(data, scaling, start.Weights[0]));
        TimeGram(Noise(random, 200, 500000), 1);
        return 0;
    }

    private static Dataset Noise(NumPyRandom random, int samples, int features)
    {
        byte[] pixels = new byte[samples * features];
        foreach (ref byte pixel in pixels.AsSpan())
        {
            pixel = (byte)random.NextUInt32();
        }

        return Dataset.FromBytes("noise", pixels, features, [.. Enumerable.Range(0, samples).Select(i => i % 2)], ["a", "b"]);
    }

    /// <summary>The Gram matrix in integers and in doubles.</summary>
    private static void TimeGram(Dataset data, int calls)
    {
        FittedScaling scaling = Scaling.Auto.Fit(data);
        double products = (double)data.SampleCount * (data.SampleCount + 1) / 2 * data.FeatureCount;
        string size = FormattableString.Invariant($"{data.SampleCount} × {data.FeatureCount:N0}");
        double integers = Time($"Gram matrix {size}", calls, () => SampleBlocks.Gram(data, scaling, 1, CancellationToken.None));
        Console.WriteLine($"  = {Machine.Show(products / integers / 1000, "F1")} G multiply-adds/s");
        double doubles = Time("  in doubles", calls, () => SampleBlocks.GramOfDoubles(data, scaling, 1, CancellationToken.None));
        Console.WriteLine($"  = {Machine.Show(products / doubles / 1000, "F1")} G multiply-adds/s");
    }

    /// <summary>The least of nine rounds, in µs a call.</summary>
    private static double Time(string name, int calls, Action action)
    {
        double best = double.PositiveInfinity;
        for (int round = 0; round < 10; round++)
        {
            long started = Stopwatch.GetTimestamp();
            for (int call = 0; call < calls; call++)
            {
                action();
            }

            best = round == 0 ? best : Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / calls);
        }

        Console.WriteLine($"{name,-30} {Machine.Show(best, best < 100 ? "F3" : "F0"),10} µs");
        return best;
    }
}
