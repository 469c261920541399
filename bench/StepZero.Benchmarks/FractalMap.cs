using System.Runtime.InteropServices;
using System.Text.Json;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Maps;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Benchmarks;

/// <summary>
/// The map of "The boundary of neural network trainability is fractal" (Sohl-Dickstein 2024, arXiv:2402.06184), 272 samples of 16 numbers, 16 hidden units of tanh,
/// 500 steps, double precision, beside blocks of pixels in NumPy. Of both the trainings alone are timed. Equal work is a region where no pixel diverges.
/// </summary>
internal sealed class FractalMap
{
    private const int Samples = 272;
    private const int Units = 16;
    private const int Steps = 500;
    private const double Tolerance = 1e-6;

    /// <summary>Of each layer the number s of w = s·W: √2/√16 of the hidden one, 1/16 of the output.</summary>
    private static readonly double[] Scales = [Math.Sqrt(2.0 / Units), 1.0 / Units];

    private static readonly (double From, double To) Stable = (-3, 0), Whole = (-3, 6);

    private readonly string file;
    private readonly string costs;
    private readonly int size;
    private readonly int rounds;
    private readonly Dataset data;
    private readonly RunSpec run;
    private readonly PreparedData prepared;

    public FractalMap(string scratch, int size, int rounds)
    {
        (this.size, this.rounds, file, costs) = (size, rounds, Path.Combine(scratch, "fractal.bin"), Path.Combine(scratch, "costs.bin"));
        double[] x = new double[Samples * Units], y = new double[Samples];
        var random = new NumPyRandom(2);
        random.FillStandardNormal(x);
        random.FillStandardNormal(y);
        data = Dataset.FromValues("noise", x, Units, new int[Samples], [""]).WithTargets(y);
        var architecture = new Networks.Architecture(Units, [Units], Activation.Tanh, Loss.Mse);
        var training = new TrainingOptions { Iterations = Steps, FixedBiases = true, Scaling = Scaling.None };
        run = new RunSpec(architecture, Initializer.PerLayer(Initializer.RandomNormal(Scales[0]), Initializer.RandomNormal(Scales[1])), training);
        prepared = PreparedData.Prepare(data, architecture, training);
        Parameters start = run.DrawParameters(prepared);
        File.WriteAllBytes(file, MemoryMarshal.AsBytes<double>([Samples, Units, Units, .. Scales, .. x, .. y, .. start.Weights[0], .. start.Weights[1]]));
    }

    public void Measure()
    {
        foreach ((string what, (double, double) region, bool retires, string asked) in ((string, (double, double), bool, string)[])
            [("every pixel 500 steps", Stable, false, "4.5"), ("diverged pixels retired", Whole, true, "6.5")])
        {
            Peer tight = Search(region, retires, isPlain: false), plain = Search(region, retires, isPlain: true);
            MapBenchmark.Train(Spec(region, 16), prepared, MapBenchmark.Threads);
            List<double> ours = [], tightly = [], plainly = [];
            for (int round = 0; round < rounds; round++)
            {
                (double seconds, Map map) = MapBenchmark.Train(Spec(region, size), prepared, MapBenchmark.Threads);
                ours.Add(seconds);
                tightly.Add(Seconds(tight, region, retires, map));
                plainly.Add(Seconds(plain, region, retires, map));
            }

            double[] rates = [.. new[] { ours, tightly, plainly }.Select(list => size * size / Machine.Median(list))];
            MapBenchmark.Row($"fractal, {what}: pixels a second", "", Show(rates[0]), $"NumPy as plainly written {Show(rates[2])} ({plain}); written for speed {Show(rates[1])} ({tight})");
            MapBenchmark.Row($"fractal, {what}: times NumPy", asked, $"{Machine.Show(rates[0] / rates[2], "F1")} as plainly written; {Machine.Show(rates[0] / rates[1], "F1")} as written for speed");
        }
    }

    private static string Show(double rate) => MapBenchmark.Text($"{rate:N0}");

    private MapSpec Spec((double From, double To) decades, int pixels)
    {
        MapAxis Axis(int layer) => MapAxis.Parse(MapBenchmark.Text($"learning-rate.{layer}:{Math.Pow(10, decades.From):R}..{Math.Pow(10, decades.To):R}:log"));
        return new MapSpec(run, Axis(1), Axis(2), pixels, pixels, new MapMeasure(MapQuantity.Convergence)) { WeightScales = Scales };
    }

    /// <summary>The best block, processes and threads of NumPy for a region, over a few steps of four rows of pixels.</summary>
    private Peer Search((double From, double To) decades, bool retires, bool isPlain)
    {
        var found = new List<(double Seconds, Peer Peer)>();
        foreach ((int processes, int threads) in ((int, int)[])[(1, 1), (2, 1), (1, 2)])
        {
            JsonElement seconds = Run(new Peer(0, processes, threads, isPlain), decades, retires, "256x4", "--search", "--steps", retires ? "100" : "20", "--rounds", retires ? "1" : "3").GetProperty("secondsOfBlock");
            found.AddRange(seconds.EnumerateObject().Select(block => (block.Value.GetDouble(), new Peer(int.Parse(block.Name), processes, threads, isPlain))));
        }

        return found.MinBy(one => one.Seconds).Peer;
    }

    private double Seconds(Peer peer, (double From, double To) decades, bool retires, Map map)
    {
        double seconds = Run(peer, decades, retires, $"{size}x{size}", "--steps", $"{Steps}", "--costs", costs).GetProperty("seconds").GetDouble();
        if (decades == Stable)
        {
            Check(map);
        }

        return seconds;
    }

    private JsonElement Run(Peer peer, (double From, double To) decades, bool retires, string pixels, params string[] more)
    {
        string ends = MapBenchmark.Text($"{decades.From},{decades.To}");
        string[] arguments =
        [
            Path.Combine(Machine.Peers, "map_peer.py"), file, "--size", pixels, $"--x={ends}", $"--y={ends}", "--block", $"{peer.Block}", "--processes", $"{peer.Processes}",
            .. retires ? (string[])["--retire"] : [], .. peer.IsPlain ? (string[])["--plain"] : [], .. more,
        ];
        return JsonDocument.Parse(Machine.Run(Machine.Python, arguments, ("OPENBLAS_NUM_THREADS", $"{peer.Threads}")).Output).RootElement;
    }

    /// <summary>Both must have trained the same networks: where no pixel diverges their costs agree.</summary>
    private void Check(Map map)
    {
        ReadOnlySpan<double> theirs = MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(costs));
        for (int pixel = 0; pixel < theirs.Length; pixel++)
        {
            double ours = map.Pixels[pixel].Cost;
            if (!(Math.Abs(ours - theirs[pixel]) <= Tolerance * theirs[pixel]))
            {
                throw new InvalidOperationException(MapBenchmark.Text($"Pixel {pixel} has a cost of {ours}, in NumPy of {theirs[pixel]}."));
            }
        }
    }

    private sealed record Peer(int Block, int Processes, int Threads, bool IsPlain)
    {
        public override string ToString() => $"blocks of {Block}, {(Processes == 1 ? "one process" : $"{Processes} processes")}, {(Threads == 1 ? "one thread" : $"{Threads} threads")} each";
    }
}
