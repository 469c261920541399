using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;
using System.Text.Json;
using StepZero.Data;
using StepZero.Files.Arrays;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files.Arrays;

/// <summary>Files that h5py wrote, and the values that it reads from them: Golden/make_hdf5_golden.py.</summary>
public sealed class Hdf5FileTests : IDisposable
{
    private const int Tries = 10_000;
    private const int MostChanges = 4;
    private const string Damaged = "is damaged; expected an HDF5 file that is whole (";

    private static readonly Dictionary<string, JsonElement> Golden = Repository.Golden("hdf5.json").EnumerateArray().ToDictionary(file => file.GetProperty("name").GetString()!);

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    private readonly string path;

    public Hdf5FileTests() => path = Path.Combine(folder, "a.h5");

    /// <summary>The files of which all arrays are known.</summary>
    public static TheoryData<string> Known => [.. Golden.Keys.Where(name => name is not ("long_names" or "outside" or "other_filter") && !name.StartsWith("skipped_first", StringComparison.Ordinal))];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Known))]
    public void What_h5py_writes_is_listed_and_read_to_the_last_bit(string name)
    {
        IReadOnlyList<StoredArray> arrays = List(Unpack(name));
        Assert.Equal(Expected(name).Keys, arrays.Select(array => array.Name));
        Assert.All(arrays, array => ArrayGolden.Check(array, Expected(name)[array.Name]));
    }

    [Theory]
    [InlineData("_earliest")]
    [InlineData("_latest")]
    public void Bytes_in_one_piece_are_read_where_they_are(string version)
    {
        string[] stored = [];
        foreach (string name in new[] { "numbers", "chunks", "groups", "user_block" })
        {
            foreach (StoredArray array in List(Unpack(name + version)))
            {
                if (array.Stored is not null)
                {
                    stored = [.. stored, array.Name];
                    AssertStored((byte[])array.Read(), array);
                }
            }
        }

        Assert.Equal("bytes uint8/cube uint8/special test/soft test/x train/x x", string.Join(' ', stored));
    }

    [Fact]
    public void The_pictures_of_cats_and_others_are_read_where_they_are()
    {
        foreach ((string part, int samples, int cats) in new[] { ("train", 209, 72), ("test", 50, 33) })
        {
            IReadOnlyList<StoredArray> arrays = Hdf5File.List(Path.Combine(Repository.CatsAndOthers(), $"{part}_catvnoncat.h5"));
            Assert.Equal(
                $"list_classes string 2, {part}_set_x uint8 {samples} 64 64 3, {part}_set_y int64 {samples}",
                string.Join(", ", arrays.Select(array => $"{array.Name} {array.Type} {string.Join(' ', array.Shape)}")));
            Assert.Equal("non-cat cat", string.Join(' ', (string[])arrays[0].Read()));
            Assert.Equal(cats, ((double[])arrays[2].Read()).Sum());
            AssertStored((byte[])arrays[1].Read(), arrays[1]);
        }
    }

    [Fact]
    public void Bytes_of_another_file_are_not_sought_in_this_one()
    {
        string other = Path.Combine(folder, "other");
        File.WriteAllBytes(other, [1, 2, 3, 4, 5, 6]);
        byte[] file = Unpack("outside");
        Encoding.UTF8.GetBytes(other + '\0').CopyTo(file, file.AsSpan().IndexOf("/xxxxxxxxxx"u8));
        StoredArray array = Assert.Single(List(file));
        Assert.Null(array.Stored);
        Assert.Equal(new byte[] { 1, 2, 3, 4, 5, 6 }, array.Read());
    }

    [Fact]
    public void Each_chunk_is_unpacked_once()
    {
        StoredArray array = Assert.Single(List(Unpack("columns")));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(1_800_000, array.Read().Length);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000_000);
    }

    [Fact]
    public void A_group_of_many_long_names_is_read()
    {
        IReadOnlyList<StoredArray> arrays = List(Unpack("long_names"));
        Assert.Equal(Golden["long_names"].GetProperty("arrays").GetInt32(), arrays.Count);
        Assert.All(arrays.Index(), pair => Assert.Equal(new double[] { pair.Index }, pair.Item.Read()));
    }

    [Theory]
    [InlineData("others/compound", "compound")]
    [InlineData("others/reference", "reference")]
    [InlineData("others/opaque", "opaque")]
    [InlineData("others/complex", "compound")]
    [InlineData("others/colours", "enumerated")]
    public void What_is_no_number_and_no_text_is_listed_but_not_read(string name, string type)
    {
        StoredArray array = List(Unpack("groups_earliest")).Single(array => array.Name == name);
        Assert.Equal(ElementKind.Other, array.Kind);
        Assert.Equal($"{path}: '{name}' holds {type}; expected numbers or texts. Store it as numbers.", Assert.Throws<StepZeroException>(array.Read).Message);
    }

    [Theory]
    [InlineData("skipped_first_earliest")]
    [InlineData("skipped_first_latest")]
    public void Chunks_that_went_past_the_compression_alone_are_refused(string name) => Assert.All(
        List(Unpack(name)),
        array => Assert.Equal($"{path}: {Damaged}Filter pipeline failed). Write or copy it again.", Assert.Throws<StepZeroException>(array.Read).Message));

    [Fact]
    public void A_filter_that_is_not_read_is_named() => Assert.Equal(
        $"{path}: is packed by lzf; expected gzip, shuffle, fletcher32 or none. Write it again, as with compression='gzip' in h5py.",
        Assert.Throws<StepZeroException>(Assert.Single(List(Unpack("other_filter"))).Read).Message);

    [Theory]
    [InlineData("")]
    [InlineData("\u0089HDF\r\n\u001A")]
    [InlineData("\u0089HDF\r\r\u001A\n and more")]
    public void Without_its_mark_it_is_damaged(string content)
    {
        string message = Refusal([.. content.Select(letter => (byte)letter)]);
        Assert.Equal($"{path}: {Damaged}the mark of HDF5 is missing). Write or copy it again.", message);
    }

    [Fact]
    public void A_file_that_is_absent_or_a_folder_cannot_be_read()
    {
        Assert.StartsWith($"{path}: there is no such file; ", Assert.Throws<StepZeroException>(() => Hdf5File.List(path)).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{folder}: cannot be read: ", Assert.Throws<StepZeroException>(() => Hdf5File.List(folder)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_is_opened_anew_for_every_reading()
    {
        IReadOnlyList<StoredArray> arrays = List(Unpack("user_block_earliest"));
        File.WriteAllBytes(path, Unpack("user_block_latest"));
        Assert.All(arrays.Where(array => array.Name != "names"), array => ArrayGolden.Check(array, Expected("user_block_latest")[array.Name]));
        byte[] changed = Unpack("user_block_earliest");
        Assert.NotEqual(0, ChangeSizes(changed, 4, 3, 3, 3));
        File.WriteAllBytes(path, changed);
        Assert.Equal($"{path}: {Damaged}it has changed since it was opened). Write or copy it again.", Assert.Throws<StepZeroException>(arrays.Single(array => array.Name == "x").Read).Message);
        File.Delete(path);
        Assert.StartsWith($"{path}: there is no such file; ", Assert.Throws<StepZeroException>(arrays[0].Read).Message, StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Known))]
    public void A_file_cut_off_anywhere_is_refused_or_read_rightly(string name)
    {
        byte[] whole = Unpack(name);
        int refused = 0;
        for (int part = 0; part < 16; part++)
        {
            IReadOnlyList<StoredArray>? arrays = Refusable(() => List(whole[..(whole.Length * part / 16)]));
            bool missing = arrays is null;
            foreach (StoredArray array in arrays ?? [])
            {
                if (array.Kind == ElementKind.Other || Refusable(array.Read) is not null)
                {
                    ArrayGolden.Check(array, Expected(name)[array.Name]);
                }
                else
                {
                    missing = true;
                }
            }

            refused += missing ? 1 : 0;
        }

        Assert.InRange(refused, 8, 16);
    }

    [Theory]
    [InlineData("x", 1_000_000_000_000, "claims 3000000000000 bytes (1000000000000×3 uint8), which a file of 13880 bytes cannot hold. Write or copy it again.")]
    [InlineData("z", 1_000_000_000_000, "claims 3000000000000 bytes (1000000000000×3 uint8), which a file of 13880 bytes cannot hold. Write or copy it again.")]
    [InlineData("x", long.MaxValue, "overflow")]
    public void A_size_is_not_believed(string name, long size, string message)
    {
        byte[] file = Unpack("user_block_earliest");
        Assert.NotEqual(0, ChangeSizes(file, 4, 3, size, 3));
        long before = GC.GetAllocatedBytesForCurrentThread();
        string found = Assert.Throws<StepZeroException>(() => List(file).Single(array => array.Name == name).Read()).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        Assert.StartsWith($"{path}: ", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }

    [Fact]
    public void The_size_of_a_chunk_is_not_believed()
    {
        byte[] file = Unpack("user_block_earliest");

        // The sizes of a chunk are of 32 bits; the last is that of an element.
        byte[] sizes = [2, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0];
        int at = file.AsSpan().IndexOf(sizes);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(at), 1 << 30);
        long before = GC.GetAllocatedBytesForCurrentThread();
        string message = Assert.Throws<StepZeroException>(() => List(file).Single(array => array.Name == "z").Read()).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 2_000_000);
        Assert.Equal($"{path}: 'z' claims 2147483648 bytes (4×3 uint8), which a file of 13880 bytes cannot hold. Write or copy it again.", message);
    }

    [Fact]
    public void A_changed_chunk_does_not_pass_its_checksum()
    {
        byte[] file = Unpack("chunks_earliest");
        byte[] values = Expected("chunks_earliest")["fletcher32/u1"].GetProperty("bytes").GetBytesFromBase64();
        byte[] chunk = [values[0], values[1], values[5], values[6], values[10], values[11]];
        file[file.AsSpan().IndexOf(chunk)] ^= 1;
        Assert.Equal($"{path}: {Damaged}Filter pipeline failed). Write or copy it again.", Assert.Throws<StepZeroException>(List(file).Single(array => array.Name == "fletcher32/u1").Read).Message);
    }

    [Fact]
    public void Stored_bytes_that_are_gone_are_missed()
    {
        byte[] whole = Unpack("user_block_latest");
        StoredFeatures features = List(whole).Single(array => array.Name == "x").Stored!();
        byte[] row = new byte[3];
        features.Read(3, 0, row);
        Assert.Equal(Expected("user_block_latest")["x"].GetProperty("bytes").GetBytesFromBase64()[9..], row);
        int at = whole.AsSpan().IndexOf(row);
        File.WriteAllBytes(path, whole[..(at + 1)]);
        Assert.Equal(
            $"{path}: became shorter while it was read: there is nothing at byte {at + 1}. Bring the whole file back and start anew.",
            Assert.Throws<StepZeroException>(() => features.Read(3, 0, row)).Message);
    }

    [Fact]
    public void A_changed_file_is_read_or_refused()
    {
        var random = new NumPyRandom(7);
        byte[][] files = [.. Known.Select(name => Unpack(name.Data)).Where(file => file.Length < 50_000)];
        int read = 0, refused = 0;
        for (int i = 0; i < Tries; i++)
        {
            byte[] file = [.. files[i % files.Length]];
            for (uint changes = 1 + (random.NextUInt32() % MostChanges); changes > 0; changes--)
            {
                file[random.NextUInt32() % file.Length] = (byte)random.NextUInt32();
            }

            foreach (StoredArray array in Refusable(() => List(file)) ?? [])
            {
                if (Refusable(array.Read) is Array values)
                {
                    Assert.Equal(array.Shape.Aggregate(1L, (product, size) => product * size), values.Length);
                    read++;
                }
                else
                {
                    refused++;
                }
            }

        }

        Assert.InRange(read, Tries, 100 * Tries);
        Assert.InRange(refused, Tries / 100, 100 * Tries);
    }

    private static Dictionary<string, JsonElement> Expected(string name) =>
        Golden[name].GetProperty("arrays").EnumerateObject().ToDictionary(array => array.Name, array => array.Value);

    private static byte[] Unpack(string name)
    {
        using var packed = new GZipStream(new MemoryStream(ArrayGolden.File(Golden[name])), CompressionMode.Decompress);
        using var unpacked = new MemoryStream();
        packed.CopyTo(unpacked);
        return unpacked.ToArray();
    }

    /// <summary>Compares the bytes as a whole, in parts, and by several threads at once.</summary>
    private static void AssertStored(byte[] expected, StoredArray array)
    {
        StoredFeatures stored = array.Stored!();
        int samples = (int)array.Shape[0], features = expected.Length / samples;
        Parallel.For(0, 4 * samples, new ParallelOptions { MaxDegreeOfParallelism = 4 }, i =>
        {
            int sample = i % samples, start = i % features;
            byte[] part = new byte[Math.Max(1, (features - start) / (1 + (i % 3)))];
            stored.Read(sample, start, part);
            Assert.Equal(expected.Skip((sample * features) + start).Take(part.Length), part);
        });
    }

    /// <summary>Changes two neighbouring sizes of arrays; says how often they stand there.</summary>
    private static int ChangeSizes(byte[] file, long first, long second, long newFirst, long newSecond)
    {
        int count = 0;
        for (int at = 0; at + 16 <= file.Length; at++)
        {
            Span<byte> place = file.AsSpan(at, 16);
            if (BinaryPrimitives.ReadInt64LittleEndian(place) == first && BinaryPrimitives.ReadInt64LittleEndian(place[8..]) == second)
            {
                BinaryPrimitives.WriteInt64LittleEndian(place, newFirst);
                BinaryPrimitives.WriteInt64LittleEndian(place[8..], newSecond);
                count++;
            }
        }

        return count;
    }

    private IReadOnlyList<StoredArray> List(byte[] file)
    {
        File.WriteAllBytes(path, file);
        return Hdf5File.List(path);
    }

    private string Refusal(byte[] file) => Assert.Throws<StepZeroException>(() => List(file)).Message;

    private T? Refusable<T>(Func<T> action) where T : class
    {
        try
        {
            return action();
        }
        catch (StepZeroException refusal)
        {
            Assert.StartsWith($"{path}: ", refusal.Message, StringComparison.Ordinal);
            Assert.DoesNotContain('\n', refusal.Message);
            return null;
        }
    }
}
