using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Win32.SafeHandles;
using StepZero.Files.Tables;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files.Tables;

public sealed class ParquetTableTests : IDisposable
{
    private static readonly JsonElement[] Golden = [.. Repository.Golden("parquet.json").EnumerateArray()];
    private readonly string path = Path.GetTempFileName();

    public static TheoryData<string> Readable =>
        [.. Golden.Select(file => file.GetProperty("name").GetString()!)
            .Where(name => name is not ("pandas" or "empty" or "dates" or "nested" or "encrypted" or "encrypted_columns"))];

    public void Dispose() => File.Delete(path);

    [Theory]
    [MemberData(nameof(Readable))]
    public void Files_of_Apache_Arrow_are_read(string name)
    {
        Table table = Read(name);
        Assert.True(table.HasNames);
        Assert.Empty(table.Notes);
        JsonElement[] expected = [.. Find(name).GetProperty("columns").EnumerateArray()];
        Assert.Equal(expected.Length, table.Columns.Count);
        foreach ((JsonElement column, Column read) in expected.Zip(table.Columns))
        {
            Assert.Equal(column.GetProperty("name").GetString(), read.Name);
            if (column.TryGetProperty("texts", out JsonElement texts))
            {
                Assert.Equal(texts.EnumerateArray().Select(text => text.GetString()), read.Texts!);
            }
            else
            {
                Assert.Equal(column.GetProperty("numbers").EnumerateArray().Select(NumberOf), read.Numbers!);
            }

            Assert.Equal(read.Numbers is null, read.Texts is not null);
        }
    }

    [Fact]
    public void Known_columns_of_texts_are_read_as_texts_whatever_they_hold()
    {
        string[] all = [.. Find("numbers").GetProperty("columns").EnumerateArray().Select(column => column.GetProperty("name").GetString()!)];
        Table table = Read("numbers", new TableForm(all, all));
        Assert.All(table.Columns, column => Assert.Null(column.Numbers));
        Assert.Equal(
            ["1 0 1", "-128 0 127", "0 128 255", "-32768 0 32767", "0 32768 65535", "-2147483648 0 2147483647", "0 2147483648 4294967295",
                "-9223372036854775808 9007199254740993 9223372036854775807", "0 9223372036854775808 18446744073709551615",
                "0.1 -65500 -", "0.1 3.4028235E+38 -", "0.1 5E-324 -Infinity", "1.5 -0.01 1.2345678901234568E+26", "a  Größe ✓"],
            table.Columns.Select(column => string.Join(' ', column.Texts!.Select(text => text ?? "-"))));
        Assert.Equal([null, "4000000000", "3", null], Read("missing", new TableForm(all, ["u32"])).Columns[6].Texts!);
    }

    [Fact]
    public void Row_numbers_that_pandas_added_are_left_out_with_a_note()
    {
        Table table = Read("pandas");
        Assert.Equal(["x"], table.Columns.Select(column => column.Name));
        Assert.Equal([$"{path}: column '__index_level_0__' holds row numbers that pandas added and is left out."], table.Notes);
        Assert.Equal([5.0, 6, 7, 8], Read("pandas", new TableForm(["x", "__index_level_0__"], [])).Columns[1].Numbers!);
        Assert.Equal(["x"], Read("pandas", new TableForm(["x"], [])).Columns.Select(column => column.Name));
        Assert.Empty(Read("pandas", null, "__index_level_0__").Notes);
    }

    [Theory]
    [InlineData("dates", "", "column 'day' holds dates; expected numbers or texts. Leave it out with --ignore day.")]
    [InlineData("dates", "day", "column 'time' holds times of day; expected numbers or texts. Leave it out with --ignore time.")]
    [InlineData("dates", "day,time", "column 'moment' holds timestamps; expected numbers or texts. Leave it out with --ignore moment.")]
    [InlineData("dates", "day,time,moment", "column 'id' holds UUIDs; expected numbers or texts. Leave it out with --ignore id.")]
    [InlineData("dates", "day,time,moment,id", "column 'raw' holds raw bytes; expected numbers or texts. Leave it out with --ignore raw.")]
    [InlineData("dates", "day,time,moment,id,raw", "column 'list' holds lists; expected numbers or texts. Leave it out with --ignore list.")]
    [InlineData("dates", "day,time,moment,id,raw,list,x", "no column is left to read; expected at least one with numbers or texts. Ignore fewer.")]
    [InlineData("nested", "", "column 'point' holds structures; expected numbers or texts. Leave it out with --ignore point.")]
    [InlineData("nested", "point", "column 'pairs' holds maps; expected numbers or texts. Leave it out with --ignore pairs.")]
    [InlineData("empty", "", "has no rows; expected at least one. Write the table with its rows.")]
    [InlineData("encrypted", "", "is encrypted; expected a Parquet file that is not. Write it without encryption.")]
    [InlineData("encrypted_columns", "", "is encrypted; expected a Parquet file that is not. Write it without encryption.")]
    public void What_cannot_be_read_is_named(string name, string ignored, string message) =>
        Assert.Equal($"{path}: {message}", Assert.Throws<StepZeroException>(() => Read(name, null, ignored.Split(',', StringSplitOptions.RemoveEmptyEntries))).Message);

    [Fact]
    public void Ignored_columns_are_neither_judged_nor_read()
    {
        Assert.Equal([1.0, 2.0], Assert.Single(Read("dates", null, "day", "time", "moment", "id", "raw", "list").Columns).Numbers!);
        Assert.Equal([7.0, 8.0], Assert.Single(Read("nested", null, "point", "pairs").Columns).Numbers!);
        byte[] bytes = Bytes("numbers");
        bytes.AsSpan(4, 20).Fill(255);
        Assert.Equal([-128.0, 0, 127], ReadBytes(bytes, null, "bool").Columns[0].Numbers!);
        Assert.Throws<StepZeroException>(() => ReadBytes(bytes, null));
    }

    [Fact]
    public void An_unknown_ignored_column_is_named() =>
        Assert.EndsWith(": Unknown column 'tt'; did you mean 't'? Known: n, i, t.", Assert.Throws<StepZeroException>(() => Read("row_groups", null, "n", "tt")).Message, StringComparison.Ordinal);

    [Fact]
    public void A_file_that_is_none_is_told_so()
    {
        byte[] good = Bytes("snappy_v1");
        Assert.Equal("is empty; expected a Parquet file. Write or copy it again.", ErrorOf([]));
        Assert.Equal("has only 11 bytes; expected a Parquet file. Write or copy it again.", ErrorOf(good[..11]));
        Assert.Equal("does not start with PAR1; expected a Parquet file. Give the file its right ending, or write it again.", ErrorOf([80, .. good]));
        Assert.Equal("does not end with PAR1; expected a Parquet file that is whole. Write or copy it again.", ErrorOf([.. good, 80]));
        int most = good.Length - 12;
        Assert.Equal($"says that its footer has {most + 1} bytes; expected 1 to {most}. Write or copy it again.", ErrorOf([.. good[..^8], .. BitConverter.GetBytes(most + 1), .. good[^4..]]));
        Assert.Equal($"says that its footer has -1 bytes; expected 1 to {most}. Write or copy it again.", ErrorOf([.. good[..^8], .. BitConverter.GetBytes(-1), .. good[^4..]]));
        Assert.Equal($"says that its footer has 0 bytes; expected 1 to {most}. Write or copy it again.", ErrorOf([.. good[..^8], .. BitConverter.GetBytes(0), .. good[^4..]]));
        string gone = Path.Combine(path, "none.parquet");
        Assert.StartsWith($"{gone}: ", Assert.Throws<StepZeroException>(() => ParquetTable.Read(gone, null, [], CancellationToken.None)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_truncated_file_is_refused()
    {
        byte[] good = Bytes("row_groups");
        for (int i = 1; i < 16; i++)
        {
            Assert.Equal("does not end with PAR1; expected a Parquet file that is whole. Write or copy it again.", ErrorOf(good[..(good.Length * i / 16)]));
        }
    }

    [Fact]
    public void A_file_written_by_hand_is_read()
    {
        Assert.Equal([1.0, 2.0], Assert.Single(ReadBytes(new Lie().Bytes, null).Columns).Numbers!);
        Assert.Equal("3 columns are named 'x'; expected one of each name. Rename them, or leave them out with --ignore x.",
            ErrorOf(new Lie { Columns = 3 }.Bytes));
        Assert.Equal("column 'x' lies in another file; expected one file. Write it as one.", ErrorOf(new Lie { OtherFile = "other.parquet" }.Bytes));
        Assert.Equal("column 'x' is stored in encoding 4 of Parquet, which is not read; expected a common one. Write the file with default settings, or leave the column out with --ignore x.",
            ErrorOf(new Lie { Encoding = 4 }.Bytes));
        Assert.Equal("column 'x' is compressed by method 5 of Parquet, which is not read; expected Snappy, gzip, Brotli, Zstandard, LZ4_RAW or none. Write the file with one of them.",
            ErrorOf(new Lie { Codec = 5 }.Bytes));
        Assert.Equal("column 'x' holds lists; expected numbers or texts. Leave it out with --ignore x.",
            ErrorOf(new Lie { Repetition = 2 }.Bytes));
        Assert.Equal("column 'x' holds values of an unknown type; expected numbers or texts. Leave it out with --ignore x.",
            ErrorOf(new Lie { Type = 9 }.Bytes));
        Assert.Equal("column 'x' holds timestamps; expected numbers or texts. Leave it out with --ignore x.",
            ErrorOf(new Lie { Type = 3 }.Bytes));
    }

    [Theory]
    [InlineData(0, "dates", 6)]
    [InlineData(1, "times of day", 7)]
    [InlineData(1, "times of day", 8)]
    [InlineData(2, "timestamps", 9)]
    [InlineData(2, "timestamps", 10)]
    [InlineData(7, "intervals of time", 21)]
    public void Older_descriptions_of_types_are_understood(int type, string what, int converted) =>
        Assert.Equal($"column 'x' holds {what}; expected numbers or texts. Leave it out with --ignore x.", ErrorOf(new Lie { Type = type, Converted = converted }.Bytes));

    [Fact]
    public void Numbers_of_older_descriptions_are_understood()
    {
        Assert.Equal([0.0, 1072693248], Assert.Single(ReadBytes(new Lie { Type = 1, Converted = 17 }.Bytes, null).Columns).Numbers!);
        byte[] negative = [254, 255, 255, 255, 2, 0, 0, 0];
        Assert.Equal([-2.0, 2], Assert.Single(ReadBytes(new Lie { Type = 1, Content = negative }.Bytes, null).Columns).Numbers!);
        Assert.Equal([4294967294, 2], Assert.Single(ReadBytes(new Lie { Type = 1, Content = negative, Converted = 13 }.Bytes, null).Columns).Numbers!);
        Assert.Equal([-0.02, 0.02], Assert.Single(ReadBytes(new Lie { Type = 1, Content = negative, Converted = 5, Scale = 2 }.Bytes, null).Columns).Numbers!);
        Assert.Equal(["a", "ü"], Assert.Single(ReadBytes(new Lie { Type = 6, Content = [1, 0, 0, 0, .. "a"u8, 2, 0, 0, 0, .. "ü"u8], Converted = 0 }.Bytes, null).Columns).Texts!);
    }

    [Fact]
    public void No_size_is_believed()
    {
        Assert.Equal("4294967294 rows; expected at most 2147483591. Split the file.", ErrorOf(new Lie { Rows = int.MaxValue, Groups = 2 }.Bytes));
        Assert.Matches("^2000000000 rows of 900 columns need 14400 GB of memory; expected at most [0-9]+ GB. Leave columns out with --ignore, or split the file.$",
            ErrorOf(new Lie { Rows = 2_000_000_000, Columns = 900, Numbered = true }.Bytes));
        AssertDamaged("column 'x' has 2 values in a group of 2000000000 rows", new Lie { Rows = 2_000_000_000 }.Bytes);
        AssertDamaged("a page of 16 bytes should hold 16000000000 bytes of values", new Lie { Rows = 2_000_000_000, Values = 2_000_000_000 }.Bytes);
        AssertDamaged("a page has a negative number of values", new Lie { Values = -2 }.Bytes);
        AssertDamaged("a group has a negative number of rows", new Lie { Rows = -2 }.Bytes);
        AssertDamaged("a page of column 'x' should have 2000000000 bytes", new Lie { Length = 2_000_000_000, Codec = 6 }.Bytes);
        AssertDamaged("a page of column 'x' should have -1 bytes", new Lie { Length = -1, Codec = 6 }.Bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread();
        AssertDamaged("a page of column 'x' does not unpack to its 16 bytes", new Lie { Codec = 1, Length = 16, Content = [255, 255, 255, 127, 0, 1] }.Bytes);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 1_000_000);
        AssertDamaged("1000000000000 bytes should lie at 4", new Lie { PieceLength = 1_000_000_000_000 }.Bytes);
        AssertDamaged("16 bytes should lie at -4", new Lie { Start = -4, PieceLength = 16 }.Bytes);
        AssertDamaged(null, new Lie { StoredLength = -20 }.Bytes);
        AssertDamaged("headers are nested too deep", ThriftBytes.File([], [.. Enumerable.Repeat((byte)0x1C, 1_000_000)]));
        AssertDamaged("headers are nested too deep", ThriftBytes.File([], [.. Enumerable.Repeat((byte)0x19, 1_000_000)]));
        AssertDamaged("a header says 2000000000 bytes where 4 are left", ThriftBytes.File([], [0x29, 0xFC, 0x80, 0xA8, 0xD6, 0xB9, 0x07, 0, 0, 0, 0]));
        AssertDamaged("a number has more than 64 bits", ThriftBytes.File([], [0x16, .. Enumerable.Repeat((byte)0xFF, 20)]));
    }

    [Theory]
    [InlineData("missing", 10_000)]
    [InlineData("numbers", 2000)]
    [InlineData("gzip_v1", 1000)]
    [InlineData("brotli_v2", 1000)]
    [InlineData("zstd_v2", 1000)]
    [InlineData("lz4_v1", 1000)]
    [InlineData("snappy_v2", 1000)]
    [InlineData("encodings_v1", 2000)]
    public void Any_damage_ends_in_a_table_or_a_message(string name, int count)
    {
        var random = new NumPyRandom(20);
        byte[] good = Bytes(name);
        File.WriteAllBytes(path, good);
        int tables = 0;
        for (int i = 0; i < count; i++)
        {
            byte[] bytes = [.. good];
            for (int flips = 1 + (int)(random.NextUInt32() % 4); flips > 0; flips--)
            {
                bytes[random.NextUInt32() % bytes.Length] ^= (byte)(1 << (int)(random.NextUInt32() % 8));
            }

            using (SafeFileHandle file = File.OpenHandle(path, FileMode.Open, FileAccess.Write))
            {
                RandomAccess.Write(file, bytes, 0);
            }

            long allocated = GC.GetAllocatedBytesForCurrentThread();
            try
            {
                Table table = ParquetTable.Read(path, null, [], CancellationToken.None);
                Assert.All(table.Columns, column => Assert.Equal(table.Columns[0].Count, column.Count));
                tables++;
            }
            catch (StepZeroException error)
            {
                Assert.DoesNotContain('\n', error.Message);
            }

            Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - allocated, 0, 10_000_000);
        }

        Assert.InRange(tables, 1, count - 1);
    }

    [Fact]
    public void Reading_can_be_ended_early()
    {
        File.WriteAllBytes(path, Bytes("row_groups"));
        Assert.Throws<OperationCanceledException>(() => ParquetTable.Read(path, null, [], new CancellationToken(true)));
    }

    private static JsonElement Find(string name) => Golden.Single(file => file.GetProperty("name").GetString() == name);

    private static byte[] Bytes(string name) => Find(name).GetProperty("bytes").GetBytesFromBase64();

    private static double NumberOf(JsonElement number) => number.ValueKind switch
    {
        JsonValueKind.Null => double.NaN,
        JsonValueKind.String => double.Parse(number.GetString()!),
        _ => number.GetDouble(),
    };

    private Table Read(string name, TableForm? known = null, params string[] ignored) => ReadBytes(Bytes(name), known, ignored);

    private Table ReadBytes(byte[] bytes, TableForm? known, params string[] ignored)
    {
        File.WriteAllBytes(path, bytes);
        return ParquetTable.Read(path, known, ignored, CancellationToken.None);
    }

    private void AssertDamaged(string? what, byte[] bytes) =>
        Assert.Matches($"^is damaged; expected a Parquet file that is whole \\({(what is null ? ".*" : Regex.Escape(what))}\\)\\. Write or copy it again\\.$", ErrorOf(bytes));

    private string ErrorOf(byte[] bytes)
    {
        string message = Assert.Throws<StepZeroException>(() => ReadBytes(bytes, null)).Message;
        Assert.StartsWith($"{path}: ", message, StringComparison.Ordinal);
        return message[(path.Length + 2)..];
    }

    /// <summary>A file with a column x of the numbers 1 and 2, unless it lies.</summary>
    private sealed record Lie
    {
        public long Rows { get; init; } = 2;

        public long? Values { get; init; }

        public int Groups { get; init; } = 1;

        public int Columns { get; init; } = 1;

        public bool Numbered { get; init; }

        public long Type { get; init; } = 5;

        public long Repetition { get; init; }

        public long? Converted { get; init; }

        public long? Scale { get; init; }

        public long Encoding { get; init; }

        public long Codec { get; init; }

        public long? Length { get; init; }

        public long? StoredLength { get; init; }

        public long? PieceLength { get; init; }

        public long Start { get; init; } = 4;

        public string? OtherFile { get; init; }

        public byte[] Content { get; init; } = [.. BitConverter.GetBytes(1.0), .. BitConverter.GetBytes(2.0)];

        public byte[] Bytes
        {
            get
            {
                byte[] content =
                [
                    .. ThriftBytes.Struct((1, 0L), (2, Length ?? Content.Length), (3, StoredLength ?? Content.Length),
                        (5, ThriftBytes.Struct((1, Values ?? 2L), (2, Encoding), (3, 3L), (4, 3L)))),
                    .. Content,
                ];
                object root = ThriftBytes.Struct((4, "schema"), (5, (long)Columns));
                IEnumerable<object> columns = Enumerable.Range(0, Columns).Select(i =>
                    ThriftBytes.Struct((1, Type), (2, 12L), (3, Repetition), (4, Numbered ? $"x{i}" : "x"), (6, Converted), (7, Scale)));
                object piece = ThriftBytes.Struct((1, OtherFile), (2, 0L),
                    (3, ThriftBytes.Struct((1, Type), (4, Codec), (5, Rows), (6, 1000L), (7, PieceLength ?? content.Length), (9, Start))));
                object group = ThriftBytes.Struct((1, Enumerable.Repeat(piece, Columns).ToArray()), (2, 1000L), (3, Rows));
                return ThriftBytes.File(content,
                    ThriftBytes.Struct((1, 1L), (2, (object[])[root, .. columns]), (3, Rows * Groups), (4, Enumerable.Repeat(group, Groups).ToArray())));
            }
        }
    }
}
