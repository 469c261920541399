using System.Globalization;
using System.Text.Json;
using SkiaSharp;

namespace StepZero.Benchmarks;

/// <summary>
/// The classic experiment beside NumPy and PyTorch in one run, every figure taken from outside: the slope of the wall time over the iterations, and
/// the wall time of the whole process from its start to results.json. Every peer is run with one and with two threads, and its better figure counts.
/// </summary>
internal static class CompareBenchmark
{
    private const int Rounds = 5;

    /// <summary>The classic experiment on a folder of pictures, or the networks of the exercise that follows it on train_catvnoncat.h5.</summary>
    public static int Run(string? data)
    {
        string folder = Directory.CreateTempSubdirectory("stepzero-bench-").FullName;
        try
        {
            if (File.Exists(data))
            {
                Console.WriteLine($"Machine  {Machine.Describe()}");
                MeasureTraining(data, Path.Combine(folder, "out"), "20,7,5", "xavier", "xavier");
                MeasureTraining(data, Path.Combine(folder, "out"), "7", "random:0.01", "small");
            }
            else
            {
                Measure(data ?? Draw(Path.Combine(folder, "pictures")), Path.Combine(folder, "out"));
            }

            return 0;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void MeasureTraining(string data, string output, string hidden, string start, string peerStart)
    {
        string[] ours = ["compare", "--data", data, "--hidden", hidden, "--activation", "relu", "--learning-rate", "0.0075", "--init", start,
            "--output", output, "--force", "--quiet", "--no-plots", "--iterations"];
        string[] theirs = ["--hidden", hidden, "--activation", "relu", "--rate", "0.0075", "--init", peerStart];
        var slopes = new List<double>();
        var seconds = new List<double>();
        var numpy = new List<double>[] { [], [] };
        var torch = new List<double>[] { [], [] };
        for (int round = 0; round < Rounds; round++)
        {
            double few = Machine.Run("dotnet", [Machine.Command, .. ours, "2500", "--threads", "1"]).Seconds;
            slopes.Add((Machine.Run("dotnet", [Machine.Command, .. ours, "27500", "--threads", "1"]).Seconds - few) / 25_000);
            Machine.Run("dotnet", [Machine.Command, .. ours, "2500"]);
            using (JsonDocument results = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(output, "results.json"))))
            {
                seconds.Add(results.RootElement.GetProperty("runs")[0].GetProperty("trainSeconds").GetDouble());
            }

            for (int threads = 1; threads <= 2; threads++)
            {
                numpy[threads - 1].Add(Slope("numpy_peer.py", data, ("OPENBLAS_NUM_THREADS", $"{threads}"), theirs));
                torch[threads - 1].Add(Slope("torch_peer.py", data, ("OMP_NUM_THREADS", $"{threads}"), [.. theirs, "--threads", $"{threads}"]));
            }
        }

        double[] peers = [.. numpy.Concat(torch).Select(Machine.Median)];
        double step = Machine.Median(slopes), training = Machine.Median(seconds);
        Console.WriteLine();
        Console.WriteLine($"Hidden {hidden}, relu, {start}, rate 0.0075, 2,500 iterations; medians of {Rounds} rounds, in turn:");
        Console.WriteLine($"  StepZero, one core       {Machine.Show(step * 1e6)} µs an iteration by the slope of the wall time (rounds {string.Join(", ", slopes.Select(slope => Machine.Show(slope * 1e6)))})");
        Console.WriteLine($"                           {Machine.Show(training, "F4")} s the training (trainSeconds, drawing of the weights to the last update)");
        Console.WriteLine($"  NumPy, 1 / 2 threads     {Machine.Show(peers[0] * 1e3)} / {Machine.Show(peers[1] * 1e3)} ms");
        Console.WriteLine($"  PyTorch, 1 / 2 threads   {Machine.Show(peers[2] * 1e3)} / {Machine.Show(peers[3] * 1e3)} ms");
        Console.WriteLine($"  ratio to the better peer {Machine.Show(peers.Min() / step, "F0")} by the slopes, {Machine.Show(2500 * peers.Min() / training, "F0")} for the whole training");
    }

    private static void Measure(string pictures, string output)
    {
        Console.WriteLine($"Machine  {Machine.Describe()}");
        Console.WriteLine($"Data     {pictures}; 5-5-1 units, tanh, rate 0.01, double precision; medians of {Rounds} rounds, in turn");

        var slopes = new List<double>();
        var processes = new List<double>();
        var withPlots = new List<double>();
        var numpy = new List<double>[] { [], [] };
        var torch = new List<double>[] { [], [] };
        double peak = 0;
        for (int round = 0; round < Rounds; round++)
        {
            // One network on one core: 100,000 more iterations cost how much more time?
            double few = Compare(pictures, output, "--init", "he", "--iterations", "1000", "--threads", "1").Seconds;
            double many = Compare(pictures, output, "--init", "he", "--iterations", "101000", "--threads", "1").Seconds;
            slopes.Add((many - few) / 100_000);

            (double seconds, double megabytes) = Compare(pictures, output);
            processes.Add(seconds);
            peak = Math.Max(peak, megabytes);
            withPlots.Add(Measure(pictures, output, plots: true).Seconds);
            for (int threads = 1; threads <= 2; threads++)
            {
                numpy[threads - 1].Add(Slope("numpy_peer.py", pictures, ("OPENBLAS_NUM_THREADS", $"{threads}")));
                torch[threads - 1].Add(Slope("torch_peer.py", pictures, ("OMP_NUM_THREADS", $"{threads}"), "--threads", $"{threads}"));
            }
        }

        double step = Machine.Median(slopes);
        double[] numpySteps = [.. numpy.Select(Machine.Median)];
        double[] torchSteps = [.. torch.Select(Machine.Median)];
        double best = Math.Min(numpySteps.Min(), torchSteps.Min());
        double whole = Machine.Median(processes);
        Console.WriteLine();
        Console.WriteLine("An iteration of one network (He), from the slope of the wall time:");
        Console.WriteLine($"  StepZero, one core       {Machine.Show(step * 1e6)} µs   (rounds {string.Join(", ", slopes.Select(slope => Machine.Show(slope * 1e6)))})");
        Console.WriteLine($"  NumPy, 1 / 2 threads     {Machine.Show(numpySteps[0] * 1e3)} / {Machine.Show(numpySteps[1] * 1e3)} ms");
        Console.WriteLine($"  PyTorch, 1 / 2 threads   {Machine.Show(torchSteps[0] * 1e3)} / {Machine.Show(torchSteps[1] * 1e3)} ms");
        Console.WriteLine($"  ratio to the better peer {Machine.Show(best / step, "F0")}");
        Console.WriteLine("The whole process, four initializers of 1,000 iterations, pictures to results.json:");
        Console.WriteLine($"  StepZero                 {Machine.Show(whole, "F3")} s   (rounds {string.Join(", ", processes.Select(time => Machine.Show(time, "F3")))}), peak memory {Machine.Show(peak, "F0")} MB");
        Console.WriteLine($"  NumPy, trainings alone   {Machine.Show(4000 * numpySteps.Min(), "F1")} s");
        Console.WriteLine($"  ratio                    {Machine.Show(4000 * numpySteps.Min() / whole, "F0")}");
        Console.WriteLine($"  with pictures and report {Machine.Show(Machine.Median(withPlots), "F3")} s   (rounds {string.Join(", ", withPlots.Select(time => Machine.Show(time, "F3")))})");
    }

    private static (double Seconds, double PeakMegabytes) Compare(string pictures, string output, params string[] more) =>
        Measure(pictures, output, plots: false, more);

    private static (double Seconds, double PeakMegabytes) Measure(string pictures, string output, bool plots, params string[] more) => Machine.RunMeasured(
        "dotnet", [Machine.Command, "compare", "--data", pictures, "--positive", "cat", "--output", output, "--force", "--quiet", .. plots ? [] : (string[])["--no-plots"], .. more]);

    /// <summary>Seconds an iteration by the slope of the wall time of two processes that differ in their iterations.</summary>
    private static double Slope(string peer, string pictures, (string, string) environment, params string[] more)
    {
        double few = Seconds(5);
        double many = Seconds(65);
        return (many - few) / 60;

        double Seconds(int iterations)
        {
            string count = iterations.ToString(CultureInfo.InvariantCulture);
            (string text, double seconds) = Machine.Run(Machine.Python, [Path.Combine(Machine.Peers, peer), pictures, "--iterations", count, .. more], environment);
            int costs = JsonDocument.Parse(text).RootElement.GetProperty("costs").GetArrayLength();
            return costs >= iterations ? seconds : throw new InvalidOperationException($"{peer} made {costs} of {iterations} iterations.");
        }
    }

    /// <summary>100 pictures of 150×150 pixels of noise over a colour, where no folder is given.</summary>
    public static string Draw(string folder)
    {
        Directory.CreateDirectory(folder);
        var random = new StepZero.RandomNumbers.NumPyRandom(1);
        using var bitmap = new SKBitmap(150, 150);
        for (int i = 0; i < 100; i++)
        {
            byte tone = (byte)(random.NextUInt32() & 127);
            for (int pixel = 0; pixel < 150 * 150; pixel++)
            {
                uint noise = random.NextUInt32() & 0x7f7f7f;
                bitmap.SetPixel(pixel % 150, pixel / 150, new SKColor((byte)(tone + (noise & 127)), (byte)(noise >> 8), (byte)(noise >> 16)));
            }

            using FileStream file = File.Create(Path.Combine(folder, $"{(i % 2 == 0 ? "cat" : "dog")}.{i}.jpg"));
            bitmap.Encode(file, SKEncodedImageFormat.Jpeg, 90);
        }

        return folder;
    }
}
