using System.Diagnostics;
using StepZero.Files.Arrays;

namespace StepZero.Tests.Files.Arrays;

public sealed class NpzWriterTests : IDisposable
{
    private static readonly string[] Texts = ["cat", "", "dog", "Übung", "🐈 und 🐕", "a\ud83d"];

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    private static NpzEntry[] Entries =>
    [
        NpzEntry.Bytes("x_train", [.. Enumerable.Range(0, 24).Select(i => (byte)(i * 11))], 4, 3, 2),
        NpzEntry.Doubles("Gewichte/ä", [.. Enumerable.Range(0, 100_000).Select(i => Math.Sin(i))], 500, 200),
        NpzEntry.Longs("seed", [(1L << 53) - 1]),
        NpzEntry.Longs("none", [], 0, 7),
        NpzEntry.Texts("labels", Texts, 2, 3),
        NpzEntry.Texts("no labels", [], 0),
    ];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_written_is_read_back()
    {
        IReadOnlyList<StoredArray> arrays = ArrayGolden.ListNpz(Written());
        Assert.Equal(["x_train", "Gewichte/ä", "seed", "none", "labels", "no labels"], arrays.Select(array => array.Name));
        Assert.Equal(["uint8", "float64", "int64", "int64", "<U7", "<U1"], arrays.Select(array => array.Type));
        Assert.Equal(["4 3 2", "500 200", "", "0 7", "2 3", "0"], arrays.Select(array => string.Join(' ', array.Shape)));
        Assert.Equal(Enumerable.Range(0, 24).Select(i => (byte)(i * 11)), (byte[])arrays[0].Read());
        Assert.Equal(Enumerable.Range(0, 100_000).Select(i => Math.Sin(i)), (double[])arrays[1].Read());
        Assert.Equal(new[] { (1L << 53) - 1.0 }, arrays[2].Read());
        Assert.Empty(arrays[3].Read());
        Assert.Equal(Texts, arrays[4].Read());
        Assert.Empty(arrays[5].Read());
    }

    [Fact]
    public void The_same_arrays_give_the_same_bytes() => Assert.Equal(Written(), Written());

    [Fact]
    public void NumPy_reads_what_is_written()
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python) || Run(Python, "-c", "import numpy").ExitCode != 0)
        {
            Assert.Skip("skipped: /usr/bin/python3 with NumPy is absent");
        }

        string path = Path.Combine(folder, "a.npz");
        File.WriteAllBytes(path, Written());
        const string Script = """
            import sys, numpy as np
            a = np.load(sys.argv[1])
            assert list(a) == ["x_train", "Gewichte/ä", "seed", "none", "labels", "no labels"], list(a)
            assert [a[n].dtype.str for n in a] == ["|u1", "<f8", "<i8", "<i8", "<U7", "<U1"]
            assert [a[n].shape for n in a] == [(4, 3, 2), (500, 200), (), (0, 7), (2, 3), (0,)]
            assert (a["x_train"].ravel() == np.arange(24) * 11).all()
            assert np.abs(a["Gewichte/ä"].ravel() - np.sin(np.arange(100000))).max() < 1e-15
            assert a["seed"] == 2**53 - 1
            assert a["labels"].ravel().tolist() == ["cat", "", "dog", "Übung", "🐈 und 🐕", "a\ud83d"]
            print("read")
            """;
        Assert.Equal((0, "read\n"), Run(Python, "-c", Script, path));
    }

    private static byte[] Written()
    {
        using var file = new MemoryStream();
        NpzWriter.Write(file, Entries);
        return file.ToArray();
    }

    private static (int ExitCode, string Output) Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd() + errors.Result;
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
