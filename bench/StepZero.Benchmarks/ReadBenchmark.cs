using System.Diagnostics;
using System.Text.Json;
using StepZero.Files.Tables;

namespace StepZero.Benchmarks;

/// <summary>Reading files beside pandas in one run, both in turn, the files in the memory of the operating system.</summary>
internal static class ReadBenchmark
{
    private const int Rounds = 5;
    private const int Repetitions = 3;

    /// <summary>What is read: a title, the name of the file, which is that of the peer's time too, and how we read it with so many threads.</summary>
    private static readonly (string Title, string File, Action<string, int> Read)[] Rows =
    [
        ("CSV 100,000 × 100", "csv", (path, threads) => CsvTable.Read(path, null, [], threads, default)),
    ];

    public static int Run()
    {
        string folder = Directory.CreateTempSubdirectory("stepzero-read-").FullName;
        try
        {
            Machine.Run("/usr/bin/python3", [Path.Combine(Machine.Root, "bench/peers/read_peer.py"), "--make", folder]);
            Compare(folder);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Compare(string folder)
    {
        Console.WriteLine($"Machine  {Machine.Describe()}");
        Console.WriteLine($"Read     files in memory; milliseconds, medians of {Rounds} rounds in turn");
        Dictionary<string, List<double>> one = [], two = [], peer = [];
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((_, string file, Action<string, int> read) in Rows)
            {
                Add(one, file, Time(() => read(Path.Combine(folder, file), 1)));
                Add(two, file, Time(() => read(Path.Combine(folder, file), 2)));
            }

            (string text, _, _) = Machine.Run("/usr/bin/python3", [Path.Combine(Machine.Root, "bench/peers/read_peer.py"), folder]);
            foreach (JsonProperty time in JsonDocument.Parse(text).RootElement.EnumerateObject())
            {
                Add(peer, time.Name, time.Value.GetDouble());
            }
        }

        Console.WriteLine();
        Console.WriteLine($"{"",-30}{"ours, 1 / 2 threads",22}{"peer",10}{"ratio",9}");
        foreach ((string title, string file, _) in Rows)
        {
            (double single, double both, double theirs) = (Machine.Median(one[file]), Machine.Median(two[file]), Machine.Median(peer[file]));
            Console.WriteLine(
                $"{title,-30}{$"{Machine.Show(single, "F0")} / {Machine.Show(both, "F0")}",22}{Machine.Show(theirs, "F0"),10}{Machine.Show(theirs / Math.Min(single, both)),8}×");
        }
    }

    private static void Add(Dictionary<string, List<double>> times, string file, double time)
    {
        if (!times.TryGetValue(file, out List<double>? list))
        {
            times[file] = list = [];
        }

        list.Add(time);
    }

    private static double Time(Action act) => Machine.Median(Enumerable.Range(0, Repetitions).Select(_ =>
    {
        long started = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }));
}
