using System.Diagnostics;
using System.Text.Json;
using SkiaSharp;
using StepZero.Data;
using StepZero.Files;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Benchmarks;

/// <summary>Reading files into samples beside pandas, NumPy, h5py, PIL and plain reading in one run, all in turn, the files in the memory of the operating system.</summary>
internal static class ReadBenchmark
{
    private const int Rounds = 5;
    private const int Repetitions = 3;
    private const int Pictures = 1000;

    private static readonly string Peer = Path.Combine(Machine.Root, "bench/peers/read_peer.py");

    /// <summary>What is read: a title, the name of the file, the names of the peers' times, and how we read it with so many threads.</summary>
    private static readonly (string Title, string File, string[] Peers, Action<string, int> Read)[] Rows =
    [
        ("CSV 100,000 × 100", "csv", ["csv"], (path, threads) => Load(path, threads)),
        ("NPZ 80 MB", "npz", ["npz", "npz as bytes"], (path, threads) => Load(path, threads)),
        ("1,000 JPEGs", "jpeg", ["jpeg"], (path, threads) => Load(path, threads)),
        ("HDF5 1 GB, the dual form", "h5", ["h5", "h5 plainly"], Prepare),
    ];

    public static int Run()
    {
        string folder = Directory.CreateTempSubdirectory("stepzero-read-").FullName;
        try
        {
            Machine.Run(Machine.Python, [Peer, "--make", folder]);
            DrawPictures(Path.Combine(folder, "jpeg"));
            Compare(folder);
            MeasureCold(Path.Combine(folder, "h5"));
            MeasureProcess(Path.Combine(folder, "h5"), Path.Combine(folder, "out"));
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
        Dictionary<string, List<double>> times = [];
        for (int round = 0; round < Rounds; round++)
        {
            foreach ((_, string file, _, Action<string, int> read) in Rows)
            {
                Add(times, $"{file} 1", Time(() => read(Path.Combine(folder, file), 1)));
                Add(times, $"{file} 2", Time(() => read(Path.Combine(folder, file), 2)));
            }

            foreach (JsonProperty time in JsonDocument.Parse(Machine.Run(Machine.Python, [Peer, folder]).Output).RootElement.EnumerateObject())
            {
                Add(times, time.Name, time.Value.GetDouble());
            }
        }

        Console.WriteLine();
        foreach ((string title, string file, string[] peers, _) in Rows)
        {
            (double one, double two) = (Machine.Median(times[$"{file} 1"]), Machine.Median(times[$"{file} 2"]));
            Console.WriteLine($"{title,-26} 1 / 2 threads {Machine.Show(one, "F0"),6} / {Machine.Show(two, "F0"),-6} {Machine.Show(one / two)}× by the second");
            foreach (string peer in peers)
            {
                double theirs = Machine.Median(times[peer]);
                Console.WriteLine($"{"",-26} {peer,-13} {Machine.Show(theirs, "F0"),6}          ours takes {Machine.Show(Math.Min(one, two) / theirs)} of it");
            }
        }
    }

    /// <summary>The dual form of features that are on the disk, beside reading the file; only where the system lets its memory of files be emptied.</summary>
    private static void MeasureCold(string file)
    {
        const string Switch = "/proc/sys/vm/drop_caches";
        List<double> plain = [], dual = [];
        byte[] buffer = new byte[1 << 20];
        try
        {
            for (int round = 0; round < Rounds; round++)
            {
                File.WriteAllText(Switch, "3");
                plain.Add(TimeOnce(() =>
                {
                    using FileStream content = new(file, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
                    while (content.Read(buffer) > 0)
                    {
                    }
                }));
                File.WriteAllText(Switch, "3");
                dual.Add(TimeOnce(() => Prepare(file, 2)));
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Console.WriteLine($"HDF5 1 GB from the disk: not measured ({error.Message})");
            return;
        }

        Console.WriteLine(
            $"HDF5 1 GB from the disk: reading alone {Machine.Show(Machine.Median(plain), "F0")} ms, the dual form {Machine.Show(Machine.Median(dual), "F0")} ms, "
            + $"{Machine.Show(Machine.Median(dual) / Machine.Median(plain))} of it");
    }

    /// <summary>The whole command on features that do not fit the memory allowed.</summary>
    private static void MeasureProcess(string file, string output)
    {
        foreach (string starts in (string[])["xavier", "zeros,random,he,xavier"])
        {
            string[] arguments = ["compare", "--data", file, "--scaling", "divide:255", "--init", starts, "--no-plots", "--quiet", "--force", "--output", output];
            (double seconds, double megabytes) = Machine.RunMeasured("dotnet", [Machine.Command, .. arguments]);
            Console.WriteLine($"HDF5 1 GB, compare --init {starts}, 1,000 iterations: {Machine.Show(seconds)} s, peak memory {Machine.Show(megabytes, "F0")} MB");
        }
    }

    private static Dataset Load(string path, int threads) => DataSource.Load(path, 1, new DataOptions { Threads = threads }).Data;

    private static void Prepare(string path, int threads)
    {
        Dataset data = Load(path, threads);
        var options = new TrainingOptions { Form = TrainingForm.Dual, Scaling = Scaling.Divide(255) };
        PreparedData.Prepare(data, new Architecture(data.FeatureCount, [5, 5], Activation.Tanh), options, threads);
    }

    private static void DrawPictures(string folder)
    {
        Directory.CreateDirectory(folder);
        Dataset pets = GeneratedSets.Parse($"pets:{Pictures}:1", 1);
        ImageSize size = pets.ImageSize!;
        using var bitmap = new SKBitmap(size.Width, size.Height);
        for (int i = 0; i < Pictures; i++)
        {
            ReadOnlySpan<byte> rgb = pets.Bytes.Slice(i * pets.FeatureCount, pets.FeatureCount);
            for (int pixel = 0; pixel < size.Width * size.Height; pixel++)
            {
                bitmap.SetPixel(pixel % size.Width, pixel / size.Width, new SKColor(rgb[3 * pixel], rgb[(3 * pixel) + 1], rgb[(3 * pixel) + 2]));
            }

            using FileStream file = File.Create(Path.Combine(folder, $"{pets.Classes[pets.Labels[i]]}.{i}.jpg"));
            bitmap.Encode(file, SKEncodedImageFormat.Jpeg, 90);
        }
    }

    private static void Add(Dictionary<string, List<double>> times, string name, double time)
    {
        if (!times.TryGetValue(name, out List<double>? list))
        {
            times[name] = list = [];
        }

        list.Add(time);
    }

    private static double Time(Action act) => Machine.Median(Enumerable.Range(0, Repetitions).Select(_ => TimeOnce(act)));

    private static double TimeOnce(Action act)
    {
        long started = Stopwatch.GetTimestamp();
        act();
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
