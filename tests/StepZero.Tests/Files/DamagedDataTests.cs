using System.Text;
using PureHDF;
using StepZero.Data;
using StepZero.Files;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files;

/// <summary>Files of every kind with some wrong bytes, from their first byte to the samples: numbers, or one line that says why not, and nothing else.</summary>
public sealed class DamagedDataTests : IDisposable
{
    private const int Damages = 10_000;

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public static TheoryData<string> Kinds => ["data.csv", "data.npz", "data.npy", "data.h5", "data.parquet", "pictures/cat.1.png", "pictures/cat.1.jpg"];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Wrong_bytes_end_in_samples_or_in_one_line(string name)
    {
        byte[] valid = Make(name);
        (string path, string data) = PathsOf(name);
        Assert.Equal(2, DataSource.Load(data, 1, OptionsOf(name)).Data.Classes.Count);
        var random = new NumPyRandom(6);
        int read = 0;
        for (int trial = 0; trial < Damages; trial++)
        {
            byte[] damaged = [.. valid];
            for (uint flips = 1 + (random.NextUInt32() % 4); flips > 0; flips--)
            {
                damaged[random.NextUInt32() % (uint)damaged.Length] ^= (byte)(1 + (random.NextUInt32() % 255));
            }

            File.WriteAllBytes(path, damaged);
            try
            {
                Dataset found = DataSource.Load(data, 1, OptionsOf(name)).Data;
                read += found.SampleCount > 0 ? 1 : 0;
            }
            catch (StepZeroException error)
            {
                Assert.Matches(@"^[^\n]{20,}$", error.Message);
            }
        }

        Assert.InRange(read, 1, Damages - 1);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_file_cut_at_any_sixteenth_ends_in_one_line_or_in_the_rows_before_the_cut(string name)
    {
        byte[] valid = Make(name);
        (string path, string data) = PathsOf(name);
        byte[] pixels = DataSource.Load(data, 1, OptionsOf(name)).Data.Bytes.ToArray();
        for (int sixteenth = 0; sixteenth < 16; sixteenth++)
        {
            File.WriteAllBytes(path, valid[..(valid.Length * sixteenth / 16)]);
            if (name == "data.csv" && sixteenth > 0 && Record.Exception(() => DataSource.Load(data, 1, OptionsOf(name))) is null)
            {
                continue;
            }

            // The last sixteenth of this picture is the mark of its end, which its pixels do not need.
            if (name.EndsWith(".png", StringComparison.Ordinal) && sixteenth == 15)
            {
                Assert.Equal(pixels, DataSource.Load(data, 1, OptionsOf(name)).Data.Bytes.ToArray());
                continue;
            }

            string message = Assert.Throws<StepZeroException>(() => DataSource.Load(data, 1, OptionsOf(name))).Message;
            Assert.StartsWith(path, message, StringComparison.Ordinal);
        }
    }

    /// <summary>The file, and what is given as the data: a picture's folder.</summary>
    private (string Path, string Data) PathsOf(string name)
    {
        string path = Path.Combine(folder, name);
        return (path, name.Contains('/', StringComparison.Ordinal) ? Path.GetDirectoryName(path)! : path);
    }

    private static DataOptions OptionsOf(string name) =>
        name == "data.parquet" ? new DataOptions { Target = "b", Missing = MissingValues.Drop } : new DataOptions();

    private byte[] Make(string name)
    {
        string path = Path.Combine(folder, name);
        Dataset moons = GeneratedSets.Parse("moons:12:0.2", 1);
        switch (name)
        {
            case "data.csv":
                var text = new StringBuilder("p,color,y\n");
                for (int i = 0; i < moons.SampleCount; i++)
                {
                    text.Append(System.Globalization.CultureInfo.InvariantCulture, $"{moons.Values[2 * i]},\"{(i % 3 == 0 ? "red" : "blue")}\",{moons.Labels[i]}\n");
                }

                File.WriteAllText(path, text.ToString());
                break;
            case "data.npz":
                DataFile.Write(path, moons);
                break;
            case "data.npy":
                double[] rows = [.. Enumerable.Range(0, moons.SampleCount).SelectMany(i => (double[])[moons.Values[2 * i], moons.Values[(2 * i) + 1], moons.Labels[i]])];
                string header = "{'descr': '<f8', 'fortran_order': False, 'shape': (12, 3), }".PadRight(117) + "\n";
                File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. Encoding.ASCII.GetBytes(header), .. System.Runtime.InteropServices.MemoryMarshal.AsBytes<double>(rows)]);
                break;
            case "data.h5":
                new H5File { ["x"] = new byte[12, 4, 4, 3], ["y"] = moons.Labels.ToArray(), ["list_classes"] = (string[])["a", "b"] }.Write(path);
                break;
            case "data.parquet":
                File.WriteAllBytes(path, Repository.Golden("parquet.json").EnumerateArray().Single(file => file.GetProperty("name").GetString() == "snappy_v1").GetProperty("bytes").GetBytesFromBase64());
                break;
            default:
                Directory.CreateDirectory(Path.GetDirectoryName(path)!);
                File.Copy(Repository.GoldenPath(name.EndsWith(".png", StringComparison.Ordinal) ? "pictures/rgb.png" : "pictures/color.jpeg"), path, overwrite: true);
                File.Copy(Repository.GoldenPath("pictures/gray.png"), Path.Combine(folder, "pictures", "dog.1.png"), overwrite: true);
                break;
        }

        return File.ReadAllBytes(path);
    }
}
