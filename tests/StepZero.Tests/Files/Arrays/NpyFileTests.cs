using System.Buffers.Binary;
using System.Text;
using System.Text.Json;
using StepZero.Files.Arrays;

namespace StepZero.Tests.Files.Arrays;

public sealed class NpyFileTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_NumPy_writes_is_read_to_the_last_bit()
    {
        HashSet<string> types = [];
        foreach (JsonElement golden in ArrayGolden.Npy)
        {
            StoredArray array = Assert.Single(ArrayGolden.ListNpy(ArrayGolden.File(golden), "folder/some.name.npy"));
            Assert.Equal("some.name", array.Name);
            Assert.Null(array.Stored);
            ArrayGolden.Check(array, golden);
            types.Add(array.Type);
        }

        Assert.Equal(
            "<U9 >U9 bool complex128 complex256 complex64 datetime64[ns] float128 float16 float32 float64 int16 int32 int64 int8 object structured " +
            "timedelta64[25s] uint16 uint32 uint64 uint8 void24 |S8",
            string.Join(' ', types.Order(StringComparer.Ordinal)));
    }

    [Fact]
    public void A_file_is_opened_anew_for_every_reading()
    {
        string path = Path.Combine(folder, "x.npy");
        File.WriteAllBytes(path, Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", [1, 2, 3]));
        StoredArray array = Assert.Single(NpyFile.List(path));
        Assert.Equal(new byte[] { 1, 2, 3 }, array.Read());
        File.WriteAllBytes(path, Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", [4, 5, 6]));
        Assert.Equal(new byte[] { 4, 5, 6 }, array.Read());
        File.WriteAllBytes(path, Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (4,), }", [4, 5, 6, 7]));
        Assert.Equal(
            $"{path}: is damaged; expected a NumPy array (.npy) that is whole (it has changed since it was opened). Write or copy it again.",
            Assert.Throws<StepZeroException>(array.Read).Message);
        File.Delete(path);
        Assert.StartsWith($"{path}: there is no such file; ", Assert.Throws<StepZeroException>(array.Read).Message, StringComparison.Ordinal);
        Assert.StartsWith($"{folder}: cannot be read: ", Assert.Throws<StepZeroException>(() => NpyFile.List(folder)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("{\"shape\": (1, 3), \"fortran_order\": False, \"descr\": \"|u1\"}")]
    [InlineData("  { 'fortran_order' :True ,'shape':( 1,3 , ) , 'descr':  '|u1' , } \n")]
    [InlineData("{'descr':'<u1','fortran_order':False,'shape':(1,3)}")]
    [InlineData("{'descr':'u1','fortran_order':False,'shape':(1,3)}")]
    [InlineData("{'descr':'=u1','fortran_order':False,'shape':(01,3)}")]
    public void A_header_is_read_as_Python_reads_it(string header)
    {
        StoredArray array = Assert.Single(ArrayGolden.ListNpy(Npy(header, [7, 8, 9])));
        Assert.Equal(("a", "uint8", ElementKind.Byte), (array.Name, array.Type, array.Kind));
        Assert.Equal([1, 3], array.Shape);
        Assert.Equal(new byte[] { 7, 8, 9 }, array.Read());
    }

    [Theory]
    [InlineData("", "its header has “” where '{' is expected")]
    [InlineData("[('descr', '|u1')]", "its header has “[('descr', '|u1')]” where '{' is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (3,)", "its header has “” where '}' is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (3,)} 1", "its header has “1” where its end is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (3)}", "its header has “}” where a comma after a single size is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': 3}", "its header has “3}” where '(' is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (3 1)}", "its header has “1)}” where sizes as in (2, 3) is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-3,)}", "its header has “-3,)}” where a word, or a number that is not negative is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (-1, -3)}", "its header has “-1, -3)}” where a word, or a number that is not negative is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (99999999999999999999,)}", "its header has “,)}” where sizes as in (2, 3) is expected")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (1000000000000000000,)}", "names 1000000000000000000 elements of 1 bytes, and 3 bytes follow")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (3000000000000000000,)}", "names 3000000000000000000 elements of 8 bytes, and 3 bytes follow")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (4294967296, 4294967296, 3)}", "more elements than there can be: 4294967296 × 4294967296 × 3")]
    [InlineData("{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693952,)}", "names 2305843009213693952 elements of 8 bytes, and 3 bytes follow")]
    [InlineData("{'descr': '|u1', 'fortran_order': False, 'shape': (2,)}", "names 2 elements of 1 bytes, and 3 bytes follow")]
    [InlineData("{'descr': '<c8', 'fortran_order': False, 'shape': (2,)}", "names 2 elements of 8 bytes, and 3 bytes follow")]
    [InlineData("{'descr': '<U0', 'fortran_order': False, 'shape': (1000000000000000000,)}", "names 1000000000000000000 texts of no length")]
    [InlineData("{'descr': '|u1', 'fortran_order': 0, 'shape': (3,)}", "its header has “, 'shape': (3,)}” where True or False before it is expected")]
    [InlineData("{'descr': 3, 'fortran_order': False, 'size': (3,)}", "its header has 'size' where 'descr', 'fortran_order' and 'shape' stand, once each")]
    [InlineData("{'descr': '|u1', 'descr': '|u1', 'fortran_order': False, 'shape': (3,)}", "its header has 'descr' where")]
    [InlineData("{'descr': '|u1', 'shape': (3,)}", "its header lacks 'descr', 'fortran_order' or 'shape'")]
    [InlineData("{descr: '|u1'}", "its header has “descr: '|u1'}” where a text in quotes is expected")]
    [InlineData("{'descr: |u1}", "its header has “'descr: |u1}” where a text whose quotes end is expected")]
    [InlineData("{'descr': '|u3', 'fortran_order': False, 'shape': (1,)}", "the type '|u3' is none of NumPy's")]
    [InlineData("{'descr': '', 'fortran_order': False, 'shape': (1,)}", "the type '' is none of NumPy's")]
    [InlineData("{'descr': '<U999999999', 'fortran_order': False, 'shape': (0,)}", "the type '<U999999999' is none of NumPy's")]
    public void A_header_that_cannot_be_is_damage(string header, string message) => AssertDamaged(Npy(header, [7, 8, 9]), message);

    [Fact]
    public void A_number_of_bytes_that_wraps_around_is_damage() => AssertDamaged(
        Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (2305843009213693953,)}", new byte[8]), "names 2305843009213693953 elements of 8 bytes, and 8 bytes follow");

    [Fact]
    public void A_header_is_no_longer_than_its_file() => AssertDamaged([.. NpyHeader.Magic, 1, 0, 0xFF, 0xFF, (byte)'{'], "its header claims 65535 bytes of 11");

    [Fact]
    public void A_header_does_not_nest_without_end() =>
        AssertDamaged(Npy($"{{'descr': {new string('[', 60000)}", []), "where no more than 32 brackets is expected");

    [Fact]
    public void An_array_has_no_more_sizes_than_NumPy_knows() =>
        AssertDamaged(Npy($"{{'descr': '|u1', 'fortran_order': False, 'shape': ({string.Concat(Enumerable.Repeat("1, ", 65))})}}", [1]), "has more than 64 sizes");

    [Fact]
    public void A_file_cut_off_anywhere_is_damage()
    {
        byte[] whole = Npy("{'descr': '<f8', 'fortran_order': False, 'shape': (50,), }", new byte[400]);
        for (int part = 0; part < 16; part++)
        {
            AssertDamaged(whole[..(whole.Length * part / 16)], "");
        }

        AssertDamaged([.. whole, 0], "its header names 50 elements of 8 bytes, and 401 bytes follow");
        AssertDamaged([], "Unable to read beyond the end of the stream");
    }

    [Theory]
    [InlineData(0, 0x92)]
    [InlineData(1, (byte)'n')]
    [InlineData(6, 0)]
    [InlineData(6, 4)]
    [InlineData(7, 1)]
    public void Another_beginning_is_damage(int position, byte value)
    {
        byte[] file = Npy("{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", [1, 2, 3]);
        file[position] = value;
        AssertDamaged(file, "it does not begin as a .npy file of version 1.0, 2.0 or 3.0 does");
    }

    [Theory]
    [InlineData(uint.MaxValue)]
    [InlineData(int.MaxValue)]
    [InlineData(1 << 21)]
    public void A_long_header_is_not_believed(uint length)
    {
        byte[] file = [.. NpyHeader.Magic, 2, 0, 0, 0, 0, 0, .. new byte[1 << 22]];
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), length);
        AssertDamaged(file, $"its header claims {length} bytes of {file.Length}");
    }

    [Theory]
    [InlineData("'|O'", "holds Python objects, which are never read because reading them can run code; save numbers instead, as in x.astype(float).")]
    [InlineData("'<c16'", "holds complex numbers (complex128), which have no place here; save real ones instead, as in x.real and x.imag.")]
    [InlineData("'<M8[D]'", "holds dates or times (datetime64[D]), which have no place here; save numbers instead, as in x.astype('int64').")]
    [InlineData("[('a', '<f8'), ('b', '<f8')]", "holds structures of several fields; save each field as an array of its own, as in x['field'].")]
    [InlineData("'|V16'", "holds raw bytes (void128); save numbers instead, as in x.view('uint8').")]
    [InlineData("'<f12'", "holds numbers of the type float96, which is not known here; save float64 instead, as in x.astype(float).")]
    public void What_is_no_number_and_no_text_is_listed_but_not_read(string type, string message)
    {
        StoredArray array = Assert.Single(ArrayGolden.ListNpy(Npy($"{{'descr': {type}, 'fortran_order': False, 'shape': (0,)}}", []), "x.npy"));
        Assert.Equal($"x.npy: array 'x' {message}", Assert.Throws<StepZeroException>(array.Read).Message);
    }

    [Theory]
    [InlineData("<f2", false, 1000, "takes 1.0 GB of memory, and there are 0.8 GB. Write fewer samples, or bytes (uint8) instead of larger numbers.")]
    [InlineData("<f2", true, 600, "takes 1.2 GB of memory")]
    [InlineData("<U4", false, 205, "takes 1.0 GB of memory")]
    [InlineData("|S8", false, 170, "takes 1.0 GB of memory")]
    [InlineData("|u1", false, 20000, "has 2500000000 elements; at most 2147483591 can be read. Write fewer of them, or several arrays.")]
    public void What_does_not_fit_into_memory_is_refused_before_it_is_read(string type, bool fortran, long thousands, string message)
    {
        byte[] header = Npy($"{{'descr': '{type}', 'fortran_order': {(fortran ? "True" : "False")}, 'shape': (1000, {thousands}, 125)}}", []);
        string path = Path.Combine(folder, "x.npy");
        using (FileStream file = File.Create(path))
        {
            file.Write(header);
            file.SetLength(header.Length + (1000 * thousands * 125 * NpyType.Parse(type).Size));
        }

        StoredArray array = Assert.Single(NpyFile.List(path, () => File.OpenRead(path), 800_000_000));
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.StartsWith($"{path}: array 'x' {message}", Assert.Throws<StepZeroException>(array.Read).Message, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void A_letter_beyond_Unicode_is_damage()
    {
        StoredArray array = Assert.Single(ArrayGolden.ListNpy(Npy("{'descr': '<U1', 'fortran_order': False, 'shape': (1,)}", [0, 0, 0x11, 0])));
        Assert.Contains("a text has the letter 110000, and the last letter of Unicode is 10FFFF", Assert.Throws<StepZeroException>(array.Read).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truth_is_one_whatever_the_byte() => Assert.Equal(
        new byte[] { 0, 1, 1, 1 },
        Assert.Single(ArrayGolden.ListNpy(Npy("{'descr': '|b1', 'fortran_order': False, 'shape': (4,)}", [0, 1, 2, 255]))).Read());

    [Fact]
    public void More_different_texts_than_are_kept_are_all_read()
    {
        string[] texts = [.. Enumerable.Range(0, 20000).Select(i => $"{i % 7000}")];
        byte[] bytes = Encoding.Latin1.GetBytes(string.Concat(texts.Select(text => text.PadRight(7, '\0'))));
        Assert.Equal(texts, Assert.Single(ArrayGolden.ListNpy(Npy("{'descr': '|S7', 'fortran_order': False, 'shape': (20000,)}", bytes))).Read());
    }

    private static byte[] Npy(string header, byte[] content) =>
        [.. NpyHeader.Magic, 1, 0, (byte)header.Length, (byte)(header.Length >> 8), .. Encoding.Latin1.GetBytes(header), .. content];

    private static void AssertDamaged(byte[] file, string message)
    {
        long before = GC.GetAllocatedBytesForCurrentThread();
        string found = Assert.Throws<StepZeroException>(() => ArrayGolden.ListNpy(file)).Message;
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
        Assert.StartsWith("a.npy: is damaged; expected a NumPy array (.npy) that is whole (", found, StringComparison.Ordinal);
        Assert.EndsWith("). Write or copy it again.", found, StringComparison.Ordinal);
        Assert.Contains(message, found, StringComparison.Ordinal);
    }
}
