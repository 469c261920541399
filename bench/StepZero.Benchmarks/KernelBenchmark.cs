using System.Diagnostics;
using StepZero.Data;
using StepZero.Diagnostics;
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
        Time("tanh and derivative, 500", 20000, () => Activation.Tanh.Apply(first, second));
        foreach (string activation in (string[])["tanh", "sigmoid", "relu", "elu", "selu", "gelu", "gelu_tanh", "silu", "softplus", "softsign", "mish", "hardtanh", "erf", "sin:30", "identity"])
        {
            TimeActivation(Activation.Parse(activation));
        }

        Time("hidden product 5×5×100", 20000, () => MatrixProduct.Add(hidden, second, third));
        Time("hidden gradient 5×5", 20000, () => MatrixProduct.AddTransposedRight(second, third, hidden));
        Time("loss and delta, 100", 20000, () =>
        {
            CompensatedSum sum = default;
            LogisticLoss.Evaluate(row, signs, 0.01, delta, ref sum);
        });

        foreach (VectorWidth width in Enum.GetValues<VectorWidth>())
        {
            LaneBenchmark.Run<double>(width);
            LaneBenchmark.Run<float>(width);
        }

        var random = new NumPyRandom(1);
        Dataset data = Noise(random, Samples, Features);
        var architecture = new Architecture(Features, [5, 5], Activation.Tanh);
        Parameters start = Initializer.Xavier.Draw(architecture, 1);
        Trainer trainer = PreparedData.Prepare(data, architecture, new TrainingOptions()).StartTrainer(architecture, start, 1e-6);
        Time("whole iteration", 5000, () => trainer.Step());

        foreach (Precision precision in Enum.GetValues<Precision>())
        {
            TimeLaneSteps(data, architecture, start, precision);
        }

        TimeCurvature((Trainer<double>)trainer, peak);

        FittedScaling scaling = Scaling.Auto.Fit(data);
        double[] normals = new double[5 * Features];
        Time("draw 337,500 normal numbers", 5, () => random.FillStandardNormal(normals));
        TimeGram(data, 5);
        Time("projection of the weights", 5, () => SampleBlocks.Project(data, scaling, start.Weights[0]));
        TimeGram(Noise(random, 200, 500000), 1);
        return 0;
    }

    /// <summary>Whole iterations of as many networks as a vector has lanes.</summary>
    private static void TimeLaneSteps(Dataset data, Architecture architecture, Parameters start, Precision precision)
    {
        var training = new TrainingOptions { Precision = precision, LearningRate = 1e-6 };
        PreparedData prepared = PreparedData.Prepare(data, architecture, training);
        LaneTrainer lanes = prepared.StartLanes(architecture, training);
        for (int lane = 0; lane < lanes.Lanes; lane++)
        {
            lanes.Load(lane, prepared.StartTrainer(architecture, start));
        }

        double[] costs = new double[lanes.Lanes];
        int[] right = new int[lanes.Lanes];
        double evaluation = Time($"lanes: cost and gradient, {lanes.Lanes} networks", 2000, () => lanes.Evaluate(costs, 0, right));
        double update = Time($"lanes: update, {lanes.Lanes} networks", 2000, lanes.Update);
        Console.WriteLine($"  = {Machine.Show((evaluation + update) / lanes.Lanes, "F3")} µs a network, {Machine.Show(2.0 * 5 * Samples * Samples * lanes.Lanes / (evaluation + update) / 1000, "F1")} GFLOP/s of the Gram product");
    }

    /// <summary>
    /// A product of the Hessian with a vector beside a gradient. Its floor is the first layer: a product with the factor of the Gram matrix forward and one
    /// back, each of as many multiply-adds as the one product of a gradient.
    /// </summary>
    private static void TimeCurvature(Trainer<double> trainer, double flopsOfProduct)
    {
        Hessian hessian = Curvature.HessianOf(trainer.Prepared, trainer.Architecture, CancellationToken.None);
        trainer.CopyPoint(hessian.Point, hessian.FirstProducts);
        hessian.Settle();
        Matrix<double> vector = Matrix<double>.Allocate(1, hessian.Length), image = Matrix<double>.Allocate(1, hessian.Length);
        hessian.Fill(vector, new NumPyRandom(1));
        double gradient = Time("gradient", 20000, () => trainer.ComputeGradient(out _));
        double product = Time("product with the Hessian", 20000, () => hessian.Multiply(vector, image));
        Console.WriteLine($"  = {Machine.Show(product / gradient, "F2")} gradients, {Machine.Show(2 * flopsOfProduct / product / 1000, "F1")} GFLOP/s of its first layer");
        Time("Hessian at new parameters", 20000, () => hessian.Settle());
        var sharpness = new Sharpness(trainer);
        Time("sharpness, known vector", 500, () => sharpness.Measure());
        var search = new Lanczos(hessian, 5, wantsSmallest: true);
        Time("five eigenvalues, smallest", 50, () => search.Find(1e-6, 1000, startsFromFirst: false, CancellationToken.None));
    }

    /// <summary>The activation and its derivative of 8 × 512 standard normal numbers, which stay in the first cache, in ns a number.</summary>
    private static void TimeActivation(Activation activation)
    {
        const int Rows = 8, Columns = 512;
        double[] normals = new double[Columns];
        new NumPyRandom(1).FillStandardNormal(normals);
        Matrix<double> kept = Matrix<double>.Allocate(Rows, Columns), z = Matrix<double>.Allocate(Rows, Columns), a = Matrix<double>.Allocate(Rows, Columns);
        Matrix<float> keptSingles = Matrix<float>.Allocate(Rows, Columns), singles = Matrix<float>.Allocate(Rows, Columns), singleValues = Matrix<float>.Allocate(Rows, Columns);
        for (int row = 0; row < Rows; row++)
        {
            normals.CopyTo(kept[row]);
            for (int column = 0; column < Columns; column++)
            {
                keptSingles[row][column] = (float)normals[column];
            }
        }

        // The derivatives replace z, so each call starts from the second matrix.
        double ofDouble = Best(200, () =>
        {
            Elementwise.Clear(z);
            Elementwise.AddScaled(z, 1, kept);
            activation.Apply(z, a);
        });
        double ofSingle = Best(200, () =>
        {
            Elementwise.Clear(singles);
            Elementwise.AddScaled(singles, 1, keptSingles);
            activation.Apply(singles, singleValues);
        });
        const double NanosecondsPerNumber = 1000.0 / (Rows * Columns);
        Console.WriteLine($"  {activation,-28} {Machine.Show(ofDouble * NanosecondsPerNumber, "F3"),10} ns a double, {Machine.Show(ofSingle * NanosecondsPerNumber, "F3")} ns a single");
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

    private static double Time(string name, int calls, Action action)
    {
        double best = Best(calls, action);
        Console.WriteLine($"{name,-30} {Machine.Show(best, best < 100 ? "F3" : "F0"),10} µs");
        return best;
    }

    /// <summary>The least of many short rounds, in µs a call: one of them is not disturbed by others on the machine.</summary>
    public static double Best(int calls, Action action)
    {
        int together = Math.Max(1, calls / 40);
        double best = double.PositiveInfinity;
        for (int made = 0; made < 10 * calls; made += together)
        {
            long started = Stopwatch.GetTimestamp();
            for (int call = 0; call < together; call++)
            {
                action();
            }

            best = made < calls ? best : Math.Min(best, Stopwatch.GetElapsedTime(started).TotalMicroseconds / together);
        }

        return best;
    }
}
