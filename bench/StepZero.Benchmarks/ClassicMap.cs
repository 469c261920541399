using System.Text.Json;
using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Benchmarks;

/// <summary>
/// Maps of the classic experiment, 100 pictures of 67,500 numbers, 5-5-1 units, tanh, 1,000 iterations, beside PyTorch training one network after the other.
/// Ours is the whole process, from its start to the files; of PyTorch 20 iterations are timed, without start and reading, and taken 50 times.
/// </summary>
internal sealed class ClassicMap(string pictures, string output, int size, int rounds)
{
    private const int Iterations = 1000;
    private const int PeerIterations = 20;
    private const string X = "gain:0.01..100:log";
    private const string Y = "learning-rate:1e-7..1:log";

    /// <summary>Trainings a second of the whole process and of the trainings alone.</summary>
    public void Measure(Precision precision, double peak, double asked)
    {
        string name = CanonicalText.Of(precision);
        (MapSpec spec, PreparedData data) = Prepare(precision, size, size);
        List<double> whole = [], alone = [];
        var torch = new List<double>[] { [], [] };
        for (int round = 0; round < rounds; round++)
        {
            alone.Add(MapBenchmark.Train(spec, data, MapBenchmark.Threads).Seconds);
            whole.Add(Machine.RunMeasured("dotnet", Command(pictures, $"{size}", $"{Iterations}", "--positive", "cat", "--init", "he", "--precision", name)).Seconds);
            for (int threads = 1; threads <= 2; threads++)
            {
                torch[threads - 1].Add(SecondsOfPyTorch(name, threads));
            }
        }

        double rate = spec.PixelCount / Machine.Median(whole), trainings = spec.PixelCount / Machine.Median(alone);
        double[] peers = [.. torch.Select(Machine.Median)];
        string shown = string.Join(" / ", peers.Select(seconds => Machine.Show(seconds, "F1")));
        MapBenchmark.Row($"classic, {name}, whole process: trainings a second", MapBenchmark.Text($"{asked}"), MapBenchmark.Text($"{rate:F0} ({trainings:F0} without start, reading and files)"), "");
        MapBenchmark.Row(
            $"classic, {name}: Gram product's share of the multiply-add peak", "40%",
            MapBenchmark.Text($"{100 * Share(rate, peak):F1}% ({100 * Share(trainings, peak):F1}% without start, reading and files)"), MapBenchmark.Text($"peak {peak / 1e9:F1} G a second"));
        MapBenchmark.Row($"classic, {name}: times PyTorch", "10,000", MapBenchmark.Text($"{rate * peers.Min():N0}"), $"PyTorch {shown} s a training (1 / 2 threads)");
    }

    /// <summary>Twice the pixels, and one thread in place of two, by the trainings alone.</summary>
    public void MeasureThreads()
    {
        (MapSpec once, PreparedData data) = Prepare(Precision.Double, size, size);
        (MapSpec twice, _) = Prepare(Precision.Double, 2 * size, size);
        List<double> two = [], one = [], wide = [];
        for (int round = 0; round < rounds; round++)
        {
            two.Add(MapBenchmark.Train(once, data, 2).Seconds);
            one.Add(MapBenchmark.Train(once, data, 1).Seconds);
            wide.Add(MapBenchmark.Train(twice, data, 2).Seconds);
        }

        MapBenchmark.Row("classic, double: time of twice the pixels", "1.8 to 2.2", MapBenchmark.Text($"{Machine.Median(wide) / Machine.Median(two):F2}"));
        MapBenchmark.Row("classic, double: two threads against one", "1.8", MapBenchmark.Text($"{Machine.Median(one) / Machine.Median(two):F2}"));
    }

    /// <summary>The memory of a map of a million pixels whose trainings are as small as can be.</summary>
    public void MeasureMemory()
    {
        (double seconds, double peak) = Machine.RunMeasured("dotnet", Command("moons:16", "1024", "5", "--hidden", "2"));
        MapBenchmark.Row("1,024 × 1,024 pixels: peak memory", "500 MB", MapBenchmark.Text($"{peak:F0} MB, {seconds:F1} s for 5 iterations on 16 samples"));
    }

    private static double Share(double rate, double peak) => 5.0 * 100 * 100 * Iterations * rate / peak;

    private string[] Command(string data, string pixels, string iterations, params string[] more) =>
    [
        Machine.Command, "map", "--data", data, "--x", X, "--y", Y, "--size", pixels, "--iterations", iterations, "--threads", $"{MapBenchmark.Threads}",
        "--output", output, "--force", "--quiet", .. more,
    ];

    private (MapSpec Spec, PreparedData Data) Prepare(Precision precision, int columns, int rows)
    {
        Dataset data = ImageFolder.Read(pictures, new DataOptions { Threads = MapBenchmark.Threads }).Data.WithPositive("cat");
        var architecture = new Architecture(data.FeatureCount, [5, 5], Activation.Tanh);
        var training = new TrainingOptions { Iterations = Iterations, Precision = precision };
        var spec = new MapSpec(new RunSpec(architecture, Initializer.He, training), MapAxis.Parse(X), MapAxis.Parse(Y), columns, rows, MapMeasure.Cost);
        return (spec, PreparedData.Prepare(data, architecture, training, MapBenchmark.Threads));
    }

    private double SecondsOfPyTorch(string precision, int threads)
    {
        string[] arguments =
        [
            Path.Combine(Machine.Peers, "torch_peer.py"), pictures, "--iterations", $"{PeerIterations}", "--threads", $"{threads}", "--precision", precision,
        ];
        (string text, _) = Machine.Run(Machine.Python, arguments, ("OMP_NUM_THREADS", $"{threads}"));
        return Iterations * JsonDocument.Parse(text).RootElement.GetProperty("secondsPerIteration").GetDouble();
    }
}
