using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Benchmarks;

/// <summary>
/// Updates of mini-batch training beside PyTorch in one run: single precision, relu, cross-entropy. Ours take a new batch out of 4,096 samples each time,
/// PyTorch's the same batch again and again. Every peer is run with one and with two threads, and its better figure counts; ours runs on one.
/// </summary>
internal static class StepBenchmark
{
    private const int Rounds = 5;
    private const int Samples = 4096;

    private static readonly (int[] Sizes, int Batch, string Optimizer, int Updates)[] Cases =
    [
        ([64, 32, 10], 64, "momentum", 4000), ([64, 32, 10], 64, "adam", 4000),
        ([784, 512, 512, 10], 128, "momentum", 40), ([784, 512, 512, 10], 128, "adam", 40),
    ];

    public static int Run()
    {
        Console.WriteLine($"Machine  {Machine.Describe()}");
        Console.WriteLine($"Single precision, relu, cross-entropy; medians of {Rounds} rounds, in turn");
        foreach ((int[] sizes, int batch, string optimizer, int updates) in Cases)
        {
            Func<double> ours = Ours(sizes, batch, optimizer, updates);
            ours();
            var steps = new List<double>();
            var peers = new List<double>[] { [], [] };
            for (int round = 0; round < Rounds; round++)
            {
                steps.Add(ours());
                for (int threads = 1; threads <= 2; threads++)
                {
                    peers[threads - 1].Add(Peer(sizes, batch, optimizer, threads));
                }
            }

            double step = Machine.Median(steps), one = Machine.Median(peers[0]), two = Machine.Median(peers[1]);
            double operations = 2.0 * batch * Enumerable.Range(1, sizes.Length - 1).Sum(layer => (layer == 1 ? 2.0 : 3.0) * sizes[layer] * sizes[layer - 1]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{string.Join('-', sizes),-18} batch {batch,3} {optimizer,-9} StepZero {step * 1e6,8:F1} µs ({operations / step / 1e9:F0} GFLOP/s)   PyTorch {one * 1e6:F0} / {two * 1e6:F0} µs (1 / 2 threads)   ratio {Math.Min(one, two) / step:F2}"));
        }

        return 0;
    }

    private static double Peer(int[] sizes, int batch, string optimizer, int threads)
    {
        string[] arguments =
        [
            Path.Combine(Machine.Peers, "step_peer.py"), "--sizes", string.Join(',', sizes), "--batch", $"{batch}", "--optimizer", optimizer,
            "--threads", $"{threads}", "--updates", sizes.Length > 3 ? "20" : "400",
        ];
        (string text, _) = Machine.Run(Machine.Python, arguments, ("OMP_NUM_THREADS", $"{threads}"));
        return JsonDocument.Parse(text).RootElement.GetProperty("secondsPerUpdate").GetDouble();
    }

    /// <summary>A function that makes some updates and returns the seconds of one.</summary>
    private static Func<double> Ours(int[] sizes, int batch, string optimizer, int updates)
    {
        var random = new NumPyRandom(1);
        double[] features = new double[Samples * sizes[0]];
        random.FillStandardNormal(features);
        int classes = sizes[^1];
        var data = Dataset.FromValues(
            "random", features, sizes[0], [.. Enumerable.Range(0, Samples).Select(sample => sample % classes)], [.. Enumerable.Range(0, classes).Select(label => $"{label}")]);
        var architecture = new Architecture(sizes[0], sizes[1..^1], Activation.Relu, Loss.CrossEntropy, classes);
        var options = new TrainingOptions
        {
            Optimizer = Optimizer.Parse(optimizer),
            LearningRate = optimizer == "adam" ? 0.001 : 0.01,
            BatchSize = batch,
            Precision = Precision.Single,
            Form = TrainingForm.Primal,
        };
        Trainer trainer = PreparedData.Prepare(data, architecture, options).StartTrainer(architecture, Initializer.He.Draw(architecture, 1));
        return () =>
        {
            long started = Stopwatch.GetTimestamp();
            for (int update = 0; update < updates; update++)
            {
                trainer.Step();
            }

            return Stopwatch.GetElapsedTime(started).TotalSeconds / updates;
        };
    }
}
