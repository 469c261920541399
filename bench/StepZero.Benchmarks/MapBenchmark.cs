using System.Diagnostics;
using System.Globalization;
using StepZero.Maps;
using StepZero.Numerics;
using StepZero.Training;

namespace StepZero.Benchmarks;

/// <summary>
/// Maps beside PyTorch and NumPy in one run, on two threads: a table of what was asked of them, what was seen and what the peers do. Peers run with one and with
/// two threads, and the better figure counts.
/// </summary>
internal static class MapBenchmark
{
    public const int DefaultSize = 64;

    public const int Threads = 2;

    /// <summary>The largest map that is timed more than once.</summary>
    private const int LargestOfRounds = 128;

    /// <param name="folder">100 pictures of cats and dogs; null for drawn ones.</param>
    /// <param name="size">The pixels of a row and of a column.</param>
    public static int Run(string? folder, int size)
    {
        string scratch = Directory.CreateTempSubdirectory("stepzero-bench-").FullName;
        try
        {
            int rounds = size > LargestOfRounds ? 1 : 3;
            Console.WriteLine($"Machine  {Machine.Describe()}");
            double[] doubles = [Peak<double>(1), Peak<double>(Threads)], singles = [Peak<float>(1), Peak<float>(Threads)];
            Console.WriteLine(Text($"Multiply-adds a second, measured: double {doubles[0] / 1e9:F1} G on one thread, {doubles[1] / 1e9:F1} G on two; single {singles[0] / 1e9:F1} G and {singles[1] / 1e9:F1} G"));
            Console.WriteLine(Text($"Maps of {size} × {size} pixels; {(rounds == 1 ? "one round" : $"medians of {rounds} rounds, in turn")}"));
            Console.WriteLine();
            Console.WriteLine("| | asked | seen | peer |");
            Console.WriteLine("|---|---|---|---|");
            var fractal = new FractalMap(scratch, size, rounds);
            fractal.Measure();
            var classic = new ClassicMap(folder ?? CompareBenchmark.Draw(Path.Combine(scratch, "pictures")), Path.Combine(scratch, "out"), size, rounds);
            classic.Measure(Precision.Single, singles[1], asked: 1000);
            classic.Measure(Precision.Double, doubles[1], asked: 450);
            classic.MeasureThreads();
            classic.MeasureMemory();
            return 0;
        }
        finally
        {
            Directory.Delete(scratch, recursive: true);
        }
    }

    /// <summary>A row of the table.</summary>
    public static void Row(string what, string asked, string seen, string peer = "") => Console.WriteLine($"| {what} | {asked} | {seen} | {peer} |");

    public static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Trains all pixels of a map; returns the seconds of that alone, and the map.</summary>
    public static (double Seconds, Map Map) Train(MapSpec spec, PreparedData data, int threads)
    {
        var map = new Map(spec);
        var training = new MapTraining(spec, data);
        long started = Stopwatch.GetTimestamp();
        training.Run([.. Enumerable.Range(0, training.Blocks.Count)], (block, pixels) => map.Enter(training.Blocks[block], pixels), threads);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, map);
    }

    private static double Peak<T>(int threads) where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T> =>
        MultiplyAddPeak.Measure<T>(TimeProvider.System, threads);
}
