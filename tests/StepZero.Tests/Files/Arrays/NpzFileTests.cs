using System.Buffers.Binary;
using System.IO.Compression;
using System.Text.Json;
using StepZero.Files.Arrays;

namespace StepZero.Tests.Files.Arrays;

public sealed class NpzFileTests : IDisposable
{
    /// <summary>Where the fields of the two headers of a member stand in a zip: PKWARE, APPNOTE.TXT, 4.3.7 and 4.3.12.</summary>
    private const int LocalFlags = 6;
    private const int CentralFlags = 8;
    private const int CentralMethod = 10;
    private const int LocalMethod = 8;
    private const int CentralChecksum = 16;
    private const int CentralLength = 24;

    private static readonly byte[] Local = [(byte)'P', (byte)'K', 3, 4];
    private static readonly byte[] Central = [(byte)'P', (byte)'K', 1, 2];

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_NumPy_writes_is_read_to_the_last_bit()
    {
        foreach (JsonElement golden in ArrayGolden.Npz)
        {
            string path = Path.Combine(folder, "a.npz");
            File.WriteAllBytes(path, ArrayGolden.File(golden));
            IReadOnlyList<StoredArray> arrays = NpzFile.List(path);
            JsonProperty[] expected = [.. golden.GetProperty("arrays").EnumerateObject()];
            Assert.Equal(expected.Select(array => array.Name), arrays.Select(array => array.Name));
            foreach ((JsonProperty one, StoredArray array) in expected.Zip(arrays))
            {
                ArrayGolden.Check(array, one.Value);
            }
        }
    }

    [Fact]
    public void Members_that_are_no_arrays_are_left_out() =>
        Assert.Equal(["folder/x", ""], ArrayGolden.ListNpz(Zip(("readme.txt", []), ("folder/", []), ("folder/x.npy", Bytes(3)), (".npy", Bytes(2)), ("y.NPY", []))).Select(array => array.Name));

    [Fact]
    public void A_file_without_arrays_is_refused()
    {
        Assert.Equal(
            "a.npz: holds no arrays: expected members that end in .npy, found 'a.txt', 'b c', 'd', 'e', 'f', …. Write it with numpy.savez.",
            Refusal(Zip(("a.txt", []), ("b\nc", []), ("d", []), ("e", []), ("f", []), ("g", []))));
        Assert.Contains("found nothing.", Refusal(Zip()), StringComparison.Ordinal);
    }

    [Fact]
    public void Two_arrays_of_one_name_are_refused() => Assert.Equal(
        "a.npz: holds two arrays 'x'; expected names that differ. Write it again with numpy.savez.",
        Refusal(Zip(("x.npy", Bytes(3)), ("y.npy", Bytes(3)), ("x.npy", Bytes(3)))));

    [Fact]
    public void A_password_is_named()
    {
        byte[] file = Zip(("x.npy", Bytes(3)));
        file[Find(file, Local) + LocalFlags] |= 1;
        file[Find(file, Central) + CentralFlags] |= 1;
        Assert.Equal("a.npz: array 'x' is protected by a password; expected a file without. Unpack it, or write it again.", Refusal(file));
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void Bytes_that_do_not_fit_their_checksum_are_damage(CompressionLevel level)
    {
        byte[] file = Zip(level, ("x.npy", Bytes(1000)));
        file[Find(file, Central) + CentralChecksum] ^= 1;
        Assert.Equal(
            "a.npz: is damaged; expected a NumPy file of arrays (.npz) that is whole (array 'x': its bytes do not fit their checksum). Write or copy it again.",
            Assert.Throws<StepZeroException>(Assert.Single(ArrayGolden.ListNpz(file)).Read).Message);
    }

    [Fact]
    public void A_changed_byte_of_a_stored_array_is_damage()
    {
        byte[] file = Zip(CompressionLevel.NoCompression, ("x.npy", Bytes(1000)));
        file[Find(file, Central) - 1] ^= 1;
        Assert.Contains("do not fit their checksum", Assert.Throws<StepZeroException>(Assert.Single(ArrayGolden.ListNpz(file)).Read).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("empty")]
    [InlineData("no zip")]
    public void What_is_no_zip_is_damage(string content)
    {
        Assert.StartsWith(
            "a.npz: is damaged; expected a NumPy file of arrays (.npz) that is whole (", Refusal(content == "empty" ? [] : Bytes(1000)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression)]
    [InlineData(CompressionLevel.Optimal)]
    public void A_file_cut_off_anywhere_is_damage(CompressionLevel level)
    {
        byte[] whole = Zip(level, ("x.npy", Bytes(1000)), ("y.npy", Bytes(1000)));
        for (int part = 0; part < 16; part++)
        {
            Assert.StartsWith("a.npz: is damaged; expected ", Refusal(whole[..(whole.Length * part / 16)]), StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData(CompressionLevel.NoCompression, 3_000_000_000, " bytes cannot hold the 3000000128 that are claimed")]
    [InlineData(CompressionLevel.Optimal, 3_000_000_000, " bytes cannot hold the 3000000128 that are claimed")]
    [InlineData(CompressionLevel.Optimal, 4_294_967_167, " bytes cannot hold the 4294967295 that are claimed")]
    public void A_length_that_the_file_cannot_hold_is_not_believed(CompressionLevel level, long count, string message)
    {
        byte[] file = Zip(level, ("x.npy", Bytes(1000, count)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(Find(file, Central) + CentralLength), (uint)(128 + count));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Contains(message, Refusal(file), StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_length_that_ends_too_late_is_damage()
    {
        byte[] file = Zip(CompressionLevel.Optimal, ("x.npy", Bytes(1000, 50_000)));
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(Find(file, Central) + CentralLength), 50_128);
        Assert.Contains("(array 'x': ", Assert.Throws<StepZeroException>(Assert.Single(ArrayGolden.ListNpz(file)).Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_header_must_fit_the_length_of_its_member() =>
        Assert.Contains("(array 'x': its header names 1001 elements of 1 bytes, and 1000 bytes follow)", Refusal(Zip(("x.npy", Bytes(1000, 1001)))), StringComparison.Ordinal);

    [Fact]
    public void A_member_that_begins_otherwise_is_damage() =>
        Assert.Contains("(array 'x': it does not begin as a .npy file of version 1.0, 2.0 or 3.0 does)", Refusal(Zip(("x.npy", new byte[100]))), StringComparison.Ordinal);

    [Theory]
    [InlineData(12)]
    [InlineData(9)]
    public void Another_compression_is_damage(byte method)
    {
        byte[] file = Zip(CompressionLevel.Optimal, ("x.npy", Bytes(1000)));
        file[Find(file, Local) + LocalMethod] = method;
        file[Find(file, Central) + CentralMethod] = method;
        Assert.StartsWith("a.npz: is damaged; expected ", Refusal(file), StringComparison.Ordinal);
    }

    [Fact]
    public void Gigabytes_of_zeros_are_refused_before_they_are_unpacked()
    {
        const int Zeros = 1 << 30;
        string path = Path.Combine(folder, "bomb.npz");
        using (var zip = new ZipArchive(File.Create(path), ZipArchiveMode.Create))
        using (Stream member = zip.CreateEntry("x.npy", CompressionLevel.Fastest).Open())
        {
            byte[] block = new byte[1 << 20];
            member.Write(Bytes(0, Zeros));
            for (int i = 0; i < Zeros / block.Length; i++)
            {
                member.Write(block);
            }
        }

        StoredArray array = Assert.Single(NpzFile.List(path, () => File.OpenRead(path), Zeros - 1));
        Assert.Equal([Zeros], array.Shape);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(
            $"{path}: array 'x' takes 1.1 GB of memory, and there are 1.1 GB. Write fewer samples, or bytes (uint8) instead of larger numbers.",
            Assert.Throws<StepZeroException>(array.Read).Message);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Python_objects_are_listed_but_never_read()
    {
        byte[] npy = ArrayGolden.File(ArrayGolden.Npy.Single(golden => golden.GetProperty("type").GetString() == "object"));
        StoredArray array = Assert.Single(ArrayGolden.ListNpz(Zip(("x.npy", npy))));
        Assert.Equal(("object", ElementKind.Other), (array.Type, array.Kind));
        Assert.Equal(
            "a.npz: array 'x' holds Python objects, which are never read because reading them can run code; save numbers instead, as in x.astype(float).",
            Assert.Throws<StepZeroException>(array.Read).Message);
    }

    private static string Refusal(byte[] file) => Assert.Throws<StepZeroException>(() => ArrayGolden.ListNpz(file)).Message;

    /// <summary>A .npy file of bytes with a header of 128.</summary>
    private static byte[] Bytes(int count, long? claimed = null)
    {
        string header = $"{{'descr': '|u1', 'fortran_order': False, 'shape': ({claimed ?? count},), }}".PadRight(117) + '\n';
        return [.. NpyHeader.Magic, 1, 0, 118, 0, .. header.Select(letter => (byte)letter), .. Enumerable.Range(0, count).Select(i => (byte)(i * i))];
    }

    private static byte[] Zip(params (string Name, byte[] Content)[] members) => Zip(CompressionLevel.NoCompression, members);

    private static byte[] Zip(CompressionLevel level, params (string Name, byte[] Content)[] members)
    {
        using var file = new MemoryStream();
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in members)
            {
                using Stream member = zip.CreateEntry(name, level).Open();
                member.Write(content);
            }
        }

        return file.ToArray();
    }

    private static int Find(byte[] file, byte[] signature) => file.AsSpan().IndexOf(signature);
}
