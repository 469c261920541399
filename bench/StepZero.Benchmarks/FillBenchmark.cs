using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using System.Text.Json;
using StepZero.Initialization;
using StepZero.RandomNumbers;

namespace StepZero.Benchmarks;

/// <summary>
/// Filling 2^24 weights beside PyTorch and NumPy in one run, memory warm on both sides: peers with one and with two threads in turn with ours, and the
/// better of them counts.
/// </summary>
internal static class FillBenchmark
{
    private const int Rounds = 5;
    private const int Repetitions = 7;
    private const int Count = 1 << 24;
    private const int Side = 1024;
    private static readonly string[] Ours = ["uniform", "normal", "truncated", "orthogonal", "orthogonal64", "randn", "standardNormal", "standardNormal32", "pytorchNormal", "pytorchUniform"];

    private static readonly float[] Single = new float[Count];
    private static readonly double[] Double = new double[Count];

    public static int Run()
    {
        Console.WriteLine($"Machine  {Machine.Describe()}");
        Console.WriteLine($"Fill     2^24 elements, float32 unless it says 64; orthogonal {Side}×{Side}; milliseconds, medians of {Rounds} rounds in turn");
        var ours = new Dictionary<(string, int), List<double>>();
        var peers = new Dictionary<(string, int), List<double>>();
        for (int round = 0; round < Rounds; round++)
        {
            for (int threads = 1; threads <= 2; threads++)
            {
                foreach (string what in Ours)
                {
                    Add(ours, what, threads, Time(what, threads));
                }

                string count = threads.ToString(CultureInfo.InvariantCulture);
                (string text, _) = Machine.Run(
                    Machine.Python, [Path.Combine(Machine.Peers, "fill_peer.py"), "--threads", count], ("OMP_NUM_THREADS", count), ("OPENBLAS_NUM_THREADS", count));
                foreach (JsonProperty time in JsonDocument.Parse(text).RootElement.EnumerateObject())
                {
                    Add(peers, time.Name, threads, time.Value.GetDouble());
                }
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{"",-44}{"ours, 1 / 2 threads",22}{"peer, 1 / 2 threads",22}{"ratio",9}");
        Show("uniform, philox against PyTorch", "uniform", "uniform");
        Show("normal, philox against PyTorch", "normal", "normal");
        Show("truncated normal, philox against PyTorch", "truncated", "truncated");
        Show("uniform, PyTorch's twin against PyTorch", "pytorchUniform", "uniform");
        Show("normal, PyTorch's twin against PyTorch", "pytorchNormal", "normal");
        Show("randn, NumPy's twin against NumPy (64)", "randn", "randn");
        Show("standard_normal, Generator's twin (64)", "standardNormal", "standardNormal");
        Show("standard_normal, Generator's twin", "standardNormal32", "standardNormal32");
        Show("orthogonal against PyTorch", "orthogonal", "orthogonal");
        Show("orthogonal against PyTorch (64)", "orthogonal64", "orthogonal64");
        Time("orthogonal", 1);
        double[] single = [.. Single.Take(Side * Side).Select(weight => (double)weight)];
        Time("orthogonal64", 1);
        Console.WriteLine($"‖QᵀQ − I‖ of all elements together: {DistanceFromOrthogonal(single):E1} in float32, {DistanceFromOrthogonal(Double):E1} in float64");
        return 0;

        void Show(string title, string own, string peer)
        {
            double[] mine = [Machine.Median(ours[(own, 1)]), Machine.Median(ours[(own, 2)])];
            double[] theirs = [Machine.Median(peers[(peer, 1)]), Machine.Median(peers[(peer, 2)])];
            Console.WriteLine(
                $"{title,-44}{$"{Machine.Show(mine[0], "F1")} / {Machine.Show(mine[1], "F1")}",22}{$"{Machine.Show(theirs[0], "F1")} / {Machine.Show(theirs[1], "F1")}",22}{Machine.Show(theirs.Min() / mine.Min()),8}×");
        }
    }

    private static double DistanceFromOrthogonal(double[] q)
    {
        double squares = 0;
        for (int row = 0; row < Side; row++)
        {
            for (int other = 0; other < Side; other++)
            {
                double difference = TensorPrimitives.Dot<double>(q.AsSpan(row * Side, Side), q.AsSpan(other * Side, Side)) - (row == other ? 1 : 0);
                squares += difference * difference;
            }
        }

        return Math.Sqrt(squares);
    }

    private static void Add(Dictionary<(string, int), List<double>> times, string what, int threads, double time)
    {
        if (!times.TryGetValue((what, threads), out List<double>? list))
        {
            times[(what, threads)] = list = [];
        }

        list.Add(time);
    }

    private static double Time(string what, int threads)
    {
        var philox = new PhiloxRandom(1, what) { Threads = threads };
        Action act = what switch
        {
            "uniform" => () => philox.FillUniform(Single, -0.1, 0.1),
            "normal" => () => philox.FillNormal(Single, 0, 0.1),
            "truncated" => () => philox.FillTruncatedNormal(Single, 0, 0.02, -0.04, 0.04),
            "orthogonal" => () => Initializer.Parse("orthogonal").Fill(Single.AsSpan(0, Side * Side), TensorShape.Dense(Side, Side), philox),
            "orthogonal64" => () => Initializer.Parse("orthogonal").Fill(Double.AsSpan(0, Side * Side), TensorShape.Dense(Side, Side), philox),
            "randn" => () => new NumPyRandom(1).FillStandardNormal(Double),
            "standardNormal" => () => new NumPyGenerator(1).FillStandardNormal(Double),
            "standardNormal32" => () => new NumPyGenerator(1).FillStandardNormal(Single),
            "pytorchNormal" => () => new PyTorchRandom(1).FillNormal(Single, 0, 0.1),
            _ => () => new PyTorchRandom(1).FillUniform(Single, -0.1, 0.1),
        };
        act();
        return Machine.Median(Enumerable.Range(0, Repetitions).Select(_ =>
        {
            long started = Stopwatch.GetTimestamp();
            act();
            return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
        }));
    }
}
