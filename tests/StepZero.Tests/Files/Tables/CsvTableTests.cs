using System.Globalization;
using System.Text;
using System.Text.Json;
using StepZero.Files.Tables;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files.Tables;

public sealed class CsvTableTests : IDisposable
{
    private readonly string path = Path.GetTempFileName();

    public void Dispose() => File.Delete(path);

    public static TheoryData<string> Golden => [.. Repository.Golden("tables.json").EnumerateArray().Select(table => table.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Golden))]
    public void Awkward_tables_are_read_as_pandas_reads_them(string name)
    {
        JsonElement golden = Repository.Golden("tables.json").EnumerateArray().Single(table => table.GetProperty("name").GetString() == name);
        Table table = Read(golden.GetProperty("base64").GetBytesFromBase64());
        JsonElement[] columns = [.. golden.GetProperty("columns").EnumerateArray()];
        Assert.Equal(columns.Select(column => column.GetProperty("name").GetString()), table.Columns.Select(column => column.Name));
        foreach ((JsonElement expected, Column column) in columns.Zip(table.Columns))
        {
            if (expected.TryGetProperty("texts", out JsonElement texts))
            {
                Assert.Equal(texts.EnumerateArray().Select(text => text.GetString()), column.Texts!);
            }
            else
            {
                Assert.Equal(expected.GetProperty("numbers").EnumerateArray().Select(number => Bits(PythonNumber(number.GetString()!))), column.Numbers!.Select(Bits));
            }
        }
    }

    /// <summary>Names, then what the columns hold: numbers, or texts in quotes; a stroke between columns, ~ for what is missing.</summary>
    [Theory]
    [InlineData("a,b\n1,2\n3,4\n", "a,b: 1 3 | 2 4")]
    [InlineData("a;b\n1;2\n3;4\n", "a,b: 1 3 | 2 4")]
    [InlineData("a\tb\n1\t2\n3\t4\n", "a,b: 1 3 | 2 4")]
    [InlineData("a|b\n1|2\n3|4\n", "a,b: 1 3 | 2 4")]
    [InlineData("a b\n1 2\n3 4\n", "a,b: 1 3 | 2 4")]
    [InlineData("  a   b\n 1      2 \n3 4", "a,b: 1 3 | 2 4")]
    [InlineData("sep=;\na;b\n1;2\n", "a,b: 1 | 2")]
    [InlineData("sep=,\r\na,b\r\n\"1,5\",2\r\n", "a,b: '1,5' | 2")]
    [InlineData("a,b\r\n1,2\r\n3,4\r\n\r\n\r\n", "a,b: 1 3 | 2 4")]
    [InlineData("a , b\n 1 ,\t2\n3,  4  \n", "a,b: 1 3 | 2 4")]
    [InlineData("\"a;b\",\"c\"\n\"1\",\"x;y\"\n\"2\",\"u;v\"\n", "a;b,c: 1 2 | 'x;y' 'u;v'")]
    [InlineData("when,x\n2020-01-01 10:00,1\n2020-01-02 11:00,2\n", "when,x: '2020-01-01 10:00' '2020-01-02 11:00' | 1 2")]
    [InlineData("x\n1\n2\n", "x: 1 2")]
    [InlineData("1\n2\n", "1: 1 2")]
    [InlineData("1,2,5\n3,4,5\n", "1,2,3: 1 3 | 2 4 | 5 5")]
    [InlineData("5.1,setosa\n4.9,setosa\n", "1,2: 5.1 4.9 | 'setosa' 'setosa'")]
    [InlineData("5.1,setosa", "1,2: 5.1 | 'setosa'")]
    [InlineData("x,kind\n5.1,setosa\n", "x,kind: 5.1 | 'setosa'")]
    [InlineData("x,kind\n?,setosa\n1,b", "x,kind: ~ 1 | 'setosa' 'b'")]
    [InlineData("year,2019,2020\nx,1,2\ny,3,4\n", "1,2,3: 'year' 'x' 'y' | 2019 1 3 | 2020 2 4")]
    [InlineData("red,round\nred,square\n", "1,2: 'red' 'red' | 'round' 'square'")]
    [InlineData("colour,form\nred,round\nred,square\n", "colour,form: 'red' 'red' | 'round' 'square'")]
    [InlineData("0,1,2\n1.5,2,3\n4,5,6\n", "0,1,2: 1.5 4 | 2 5 | 3 6")]
    [InlineData("1,2,3\n1,2,3.5\n", "1,2,3: 1 | 2 | 3.5")]
    [InlineData("1,2,3\n1,2,3\n", "1,2,3: 1 1 | 2 2 | 3 3")]
    [InlineData("0,1\n0.5,2\n", "1,2: 0 0.5 | 1 2")]
    [InlineData("2,3,4\n0.5,2,3\n", "1,2,3: 2 0.5 | 3 2 | 4 3")]
    [InlineData(",0,1\n0,5,6\n1,7,8\n", "0,1: 5 7 | 6 8")]
    [InlineData(",x,k\n0,5,a\n1,7,b\n", "x,k: 5 7 | 'a' 'b'")]
    [InlineData(",k,l\n0,a,c\n1,b,d\n", "k,l: 'a' 'b' | 'c' 'd'")]
    [InlineData("x,k,\n5,a,\n7,b,\n", "x,k: 5 7 | 'a' 'b'")]
    [InlineData("x,k\n5,a,\n7,b,\n", "x,k: 5 7 | 'a' 'b'")]
    [InlineData("x,k\nMazda,5,a\nHonda,7,b\n", "x,k: 5 7 | 'a' 'b'")]
    [InlineData("x\n1e3\n-2E-2\n+.5\n5.\n-0\n", "x: 1000 -0.02 0.5 5 -0")]
    [InlineData("x\ninf\n-inf\nInf\n+INF\nInfinity\n-infinity\n1e999\n", "x: ∞ -∞ ∞ ∞ ∞ -∞ ∞")]
    [InlineData("x,y\n,a\nNA,NA\nN/A,N/A\nNaN,NaN\nnan,nan\nnull,null\nNULL,NULL\nNone,None\n?,?\n\" NA \",\"\"\n1,b\n", "x,y: ~ ~ ~ ~ ~ ~ ~ ~ ~ ~ 1 | 'a' ~ ~ ~ ~ ~ ~ ~ ~ ~ 'b'")]
    [InlineData("x,y\n1,\n2,NA\n", "x,y: 1 2 | ~ ~")]
    [InlineData("x,y\n1,na\n2,none\n", "x,y: 1 2 | 'na' 'none'")]
    [InlineData("x,y\n1,true\n2,False\n", "x,y: 1 2 | 'true' 'False'")]
    [InlineData("x,y\n1,\"1,000\"\n2,\"2,000\"\n", "x,y: 1 2 | '1,000' '2,000'")]
    [InlineData("1,5;2,5\n3,5;4,5\n", "1,2: 1.5 3.5 | 2.5 4.5")]
    [InlineData("x;y\n1,5;a\n2;b\n", "x,y: 1.5 2 | 'a' 'b'")]
    [InlineData("x;y\n1,5;a\n2.5;b\n3,c;d\n", "x,y: '1,5' '2.5' '3,c' | 'a' 'b' 'd'")]
    [InlineData("x;y\n1,5;a\n2.5;b\n", "x,y: '1,5' '2.5' | 'a' 'b'")]
    [InlineData("x,y\n1,a\n2,3\n3,4\n4,b\n", "x,y: 1 2 3 4 | 'a' '3' '4' 'b'")]
    [InlineData("x,y\n1,\"a\"\"b\"\n2,\"c\nd\"\n", "x,y: 1 2 | 'a\"b' 'c\nd'")]
    [InlineData("x,y\n1,  \"a,b\"  \n2,c\n", "x,y: 1 2 | 'a,b' 'c'")]
    [InlineData("x,y\n1,2\n   \n3,4\n", "x,y: 1 3 | 2 4")]
    [InlineData("x y\n1 2\n  \t \n3 4\n \n", "x,y: 1 3 | 2 4")]
    [InlineData("x\ty\n1\t2\n  \n3\t4\n\t\n", "x,y: 1 3 ~ | 2 4 ~")]
    [InlineData(" \nx\n1\n \n2\n", "x: 1 2")]
    [InlineData("x,y\n1,0x10\n2,1_0\n3,(5)\n4,5-\n5,$5\n6,1 000\n", "x,y: 1 2 3 4 5 6 | '0x10' '1_0' '(5)' '5-' '$5' '1 000'")]
    public void What_is_read(string text, string expected) => Assert.Equal(expected, Show(Read(text)));

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        foreach (Encoding encoding in new[] { new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Assert.Equal("ä,b: 1 | 'ö'", Show(Read([.. encoding.GetPreamble(), .. encoding.GetBytes("ä,b\n1,ö\n")])));
        }
    }

    [Fact]
    public void Whether_names_come_from_the_file_is_told()
    {
        Assert.True(Read("a,b\n1,2\n").HasNames);
        Assert.False(Read("1,2\n3,4\n").HasNames);
    }

    [Fact]
    public void Notes_say_what_was_decided()
    {
        Assert.Equal(["data.csv: column 1 has no name and numbers the rows; it was left out."], Read(",x\n1,5\n2,6\n").Notes);
        Assert.Equal(["data.csv: column 2 has no name and is empty; it was left out."], Read("x,\n1,\n2,\n").Notes);
        Assert.Equal(["data.csv: column 1 has no name; it was taken for names of the rows and left out."], Read("\"x\" \"k\"\n\"1\" 5 a\n\"2\" 6 b\n").Notes);
        Assert.Equal(["data.csv: column 'x' has decimal commas; it was read as numbers."], Read("x;k\n1,5;a\n").Notes);
        Assert.Empty(Read("x,k\n1,a\n").Notes);
    }

    [Theory]
    [InlineData("n,k,m\n4,b,1\n5,a,2\n", "n,k,m", "", "n,k,m: 4 5 | 'b' 'a' | 1 2")]
    [InlineData("k,n\nx,x\ny,y\n", "k,n", "", "k,n: 'x' 'y' | 'x' 'y'")]
    [InlineData("k,n\nk,n\n", "k,n", "", "k,n: 'k' | 'n'")]
    [InlineData("1,2\n5,6\n", "1,2", "", "1,2: 1 5 | 2 6")]
    [InlineData("1,2,3\n5,6,7\n", "1,2,3", "", "1,2,3: 5 | 6 | 7")]
    [InlineData("0,1,2\n5,6,7\n", "1,2,3", "", "1,2,3: 0 5 | 1 6 | 2 7")]
    [InlineData("1,3\n5,6\n", "1,2", "", "1,2: 1 5 | 3 6")]
    [InlineData("2,3,4\n5,6,7\n", "1,2,3", "", "1,2,3: 2 5 | 3 6 | 4 7")]
    [InlineData("red,round\nblue,long\n", "1,2", "1,2", "1,2: 'red' 'blue' | 'round' 'long'")]
    [InlineData("red,round\n1,2\n", "1,2", "1,2", "1,2: 'red' '1' | 'round' '2'")]
    [InlineData("a,b\n1,2\n", "1,2", "", "a,b: 1 | 2")]
    [InlineData("zip,x\n01234,1\n98765,2\n", "zip,x", "zip", "zip,x: '01234' '98765' | 1 2")]
    [InlineData("zip,x\nNA,1\n98765,2\n12a,2\n4,2\n", "zip,x", "zip", "zip,x: ~ '98765' '12a' '4' | 1 2 2 2")]
    public void What_is_known_helps(string text, string names, string texts, string expected)
    {
        var known = new TableForm(names.Split(','), texts.Length == 0 ? [] : texts.Split(','));
        Assert.Equal(expected, Show(Read(Encoding.UTF8.GetBytes(text), known)));
    }

    [Fact]
    public void Ignored_columns_are_not_judged_and_not_returned()
    {
        Assert.Equal("x: 1 2 3", Show(Read("x,y\n1,5\n2,6\n3,z\n"u8.ToArray(), ignored: ["y"])));
        Assert.Equal("1: 1 2 3", Show(Read("1,5\n2,6\n3,z\n"u8.ToArray(), ignored: ["2"])));
        Assert.Equal("x: 1 2", Show(Read(",x\n7,1\n3,2\n"u8.ToArray(), ignored: ["1"])));
        Assert.Equal(
            "data.csv: Unknown column 'yy'; did you mean 'y'? Known: x, y.",
            Assert.Throws<StepZeroException>(() => Read("x,y\n1,2\n"u8.ToArray(), ignored: ["yy"])).Message);
        string wide = string.Join(',', Enumerable.Range(0, 30).Select(i => $"pixel{i}")) + "\n" + string.Join(',', Enumerable.Range(0, 30)) + "\n";
        Assert.Equal(
            "data.csv: Unknown column 'label'. It has 30 columns, from pixel0 to pixel29.",
            Assert.Throws<StepZeroException>(() => Read(Encoding.UTF8.GetBytes(wide), ignored: ["label"])).Message);
        Assert.Equal("data.csv: no columns are left; expected at least one that is not left out.", Assert.Throws<StepZeroException>(() => Read("x\n1\n"u8.ToArray(), ignored: ["x"])).Message);
    }

    [Theory]
    [InlineData("", "data.csv: is empty; expected a table of text with at least one row.")]
    [InlineData("\n \n\t\n", "data.csv: is empty; expected a table of text with at least one row.")]
    [InlineData("sep=;\n", "data.csv: is empty; expected a table of text with at least one row.")]
    [InlineData("a,b\n", "data.csv: holds a header but no rows; expected at least one row of values below it.")]
    [InlineData("a,b\n1,2,3\n4,5\n", "data.csv: row 1 (line 2) has 3 fields; expected 2 as in the first line. Correct the row, or quote what holds a separator.")]
    [InlineData("a,b\n\"1\n\",2\n\n3\n", "data.csv: row 2 (line 5) has 1 field; expected 2 as in the first line. Correct the row, or quote what holds a separator.")]
    [InlineData("1,2\n3,4,5\n", "data.csv: row 2 (line 2) has 3 fields; expected 2 as in the first line. Correct the row, or quote what holds a separator.")]
    [InlineData("a,b,a\n1,2,3\n", "data.csv: the header repeats 'a' in columns 1 and 3; expected names that differ. Rename one of them.")]
    [InlineData("a,b,a,b\n1,2,3,4\n", "data.csv: the header repeats 'a' in columns 1 and 3, 'b' in columns 2 and 4; expected names that differ. Rename one of them.")]
    [InlineData(",x\n1,2\n3,4\n", "data.csv: column 1 has no name in the header. Name it, or leave it out with --ignore 1.")]
    [InlineData("x,,y\n1,0.5,2\n", "data.csv: column 2 has no name in the header. Name it, or leave it out with --ignore 2.")]
    [InlineData("x,y\n1,2\n2,3\n12a,4\n", "data.csv: column 'x' holds 1 text among 2 numbers; the first is '12a' in row 3 (line 4). Correct it, or leave the column out with --ignore x.")]
    [InlineData("1,2\n2,3\n?,3\nb c,4\na,1\n3,1", "data.csv: column '1' holds 2 texts among 3 numbers; the first is 'b c' in row 4 (line 4). Correct it, or leave the column out with --ignore 1.")]
    [InlineData("x;y\n1,5;2\n1.5;3\n2.5;4\n3.5;4\n", "data.csv: column 'x' holds 1 text among 3 numbers; the first is '1,5' in row 1 (line 2). Correct it, or leave the column out with --ignore x.")]
    [InlineData("x,y\n1,2\n\"3,4\n5,6\n", "data.csv: a quote that opens in the record of line 3 is never closed. Close it, or double it if it is part of a quoted text.")]
    [InlineData("x,y\na\"b,\"3,4\n5,6\n", "data.csv: a quote that opens in the record of line 2 is never closed. Close it, or double it if it is part of a quoted text.")]
    [InlineData("x,y\n1,\"a\"b\n", "data.csv: line 2: text after a closing quote; expected a separator or the end of the line. Double quotes that are part of a quoted text.")]
    public void What_is_wrong_is_said(string text, string message) => Assert.Equal(message, Message(Encoding.UTF8.GetBytes(text)));

    [Fact]
    public void A_long_text_is_cut_in_a_message_and_stays_on_one_line() => Assert.Contains(
        "the first is 'ab cdddddddddddddddddddddddddddddddddddd…' in row 3 (line 4).", Message(Encoding.UTF8.GetBytes($"x\n1\n2\n\"ab\nc{new string('d', 100)}\"\n")));

    [Fact]
    public void Bytes_that_are_no_text_are_an_error()
    {
        const string NoText = "data.csv: is no table of text; expected CSV or TSV, or HDF5, NPZ, NPY or Parquet.";
        Assert.Equal(NoText, Message([1, 2, 3, 0, 5]));
        Assert.Equal(NoText, Message([0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 7, 1]));
        byte[] late = Encoding.UTF8.GetBytes("x,y\n" + string.Concat(Enumerable.Repeat("1,2\n", 50_000)));
        late[150_000] = 0;
        Assert.Equal(NoText, Message(late));
        Assert.Equal(
            "data.csv: line 3, byte 3: 0xFC is no UTF-8. Save the file as UTF-8, or convert it, as in: iconv -f latin1 -t utf-8.",
            Message(Encoding.Latin1.GetBytes("x,y\n1,weiss\n2,ürün\n")));
        Assert.Equal(
            "data.csv: line 1, byte 2: 0xF6 is no UTF-8. Save the file as UTF-8, or convert it, as in: iconv -f latin1 -t utf-8.",
            Message(Encoding.Latin1.GetBytes("Größe,y\n1,weiss\n").AsSpan(1).ToArray()));
    }

    [Fact]
    public void Fields_records_and_columns_have_bounds()
    {
        Assert.Equal(
            "data.csv: line 2, column 2: a text of 1048577 bytes; expected at most 1048576. Is a quote missing?", Message(Encoding.UTF8.GetBytes("x,y\n1," + new string('a', 1_048_577))));
        byte[] wide = Encoding.UTF8.GetBytes("x,y\n1,2\n\"" + new string('a', 40_000_000));
        Assert.Equal("data.csv: line 3 is longer than 16 MB; expected the rows of a table. Is a quote not closed, or is this no table of text?", Message(wide));
        Assert.Equal("data.csv: line 1 has 100002 fields; expected at most 100000 columns.", Message(Encoding.UTF8.GetBytes(new string(',', 100_001) + "1\n")));
    }

    [Fact]
    public void A_file_that_cannot_be_opened_is_named() => Assert.StartsWith(
        "nowhere/data.csv: there is no such file; ", Assert.Throws<StepZeroException>(() => CsvTable.Read("nowhere/data.csv", null, [], 1, default)).Message, StringComparison.Ordinal);

    [Fact]
    public void A_stream_that_cannot_be_sought_is_read_too_and_stays_open()
    {
        using var zipped = new MemoryStream();
        using (var zip = new System.IO.Compression.GZipStream(zipped, System.IO.Compression.CompressionMode.Compress, leaveOpen: true))
        {
            zip.Write("a,b\n1,x\n"u8);
        }

        zipped.Position = 0;
        using var stream = new System.IO.Compression.GZipStream(zipped, System.IO.Compression.CompressionMode.Decompress, leaveOpen: true);
        Assert.Equal("a,b: 1 | 'x'", Show(CsvTable.Read(stream, "data.csv", null, [], 1, default)));
        Assert.True(stream.CanRead);
    }

    [Fact]
    public void Threads_change_neither_values_nor_messages()
    {
        const int Rows = 60_000;
        var random = new NumPyRandom(3);
        double[][] columns = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, Rows).Select(_ => random.StandardNormal()).ToArray())];
        var text = new StringBuilder("a,b,c,kind\n");
        for (int row = 0; row < Rows; row++)
        {
            text.Append(CultureInfo.InvariantCulture, $"{columns[0][row]:R},{columns[1][row]:R},{columns[2][row]:R},\"kind {row % 7}\"\n");
        }

        File.WriteAllText(path, text.ToString());
        for (int threads = 1; threads <= 4; threads++)
        {
            Table table = CsvTable.Read(path, null, [], threads, default);
            Assert.All(columns.Zip(table.Columns), pair => Assert.Equal(pair.First, pair.Second.Numbers!));
            Assert.Equal(Enumerable.Range(0, Rows).Select(row => $"kind {row % 7}"), table.Columns[3].Texts!);
            Assert.Equal(7, table.Columns[3].Texts!.ToHashSet(ReferenceEqualityComparer.Instance).Count);
        }

        foreach (string damage in (string[])["1,2,3\n", "1,2,x,k\n", "1,2,3,\"k", "1,2,3,\0\n", "1,2,3,\"k\"k\n"])
        {
            File.WriteAllText(path, text + damage + (damage.Contains('x', StringComparison.Ordinal) ? "" : text));
            string[] messages = [.. Enumerable.Range(1, 3).Select(threads => Assert.Throws<StepZeroException>(() => CsvTable.Read(path, null, [], threads, default)).Message)];
            Assert.Single(messages.Distinct());
        }
    }

    [Fact]
    public void A_column_of_texts_whose_first_texts_come_late_is_read_again()
    {
        string[] cells = [.. Enumerable.Repeat("5", 200), .. Enumerable.Repeat("x", 200)];
        Assert.Equal(cells, Read("k\n" + string.Join('\n', cells)).Columns.Single().Texts!);
        cells = [.. Enumerable.Repeat("x", 200), .. Enumerable.Repeat("5", 201)];
        Assert.Equal(
            "data.csv: column 'k' holds 200 texts among 201 numbers; the first is 'x' in row 1 (line 2). Correct it, or leave the column out with --ignore k.",
            Message(Encoding.UTF8.GetBytes("k,n\n" + string.Concat(cells.Select(cell => cell + ",1\n")))));
    }

    [Fact]
    public void Numbers_are_rounded_as_the_runtime_rounds_them()
    {
        var random = new NumPyRandom(5);
        string[] texts = [.. Enumerable.Range(0, 100_000).Select(i => (i % 4) switch
        {
            0 => BitConverter.UInt64BitsToDouble(((ulong)random.NextUInt32() << 32) | random.NextUInt32()).ToString("R", CultureInfo.InvariantCulture),
            1 => string.Create(CultureInfo.InvariantCulture, $"{random.NextUInt32()}{random.NextUInt32()}.{random.NextUInt32()}e{(int)(random.NextUInt32() % 640) - 340}"),
            2 => string.Create(CultureInfo.InvariantCulture, $"-{random.NextUInt32() % 1000}.{random.NextUInt32():D10}{random.NextUInt32():D10}"),
            _ => random.StandardNormal().ToString("E16", CultureInfo.InvariantCulture),
        })];
        double[] read = Read("x\n" + string.Join('\n', texts)).Columns.Single().Numbers!;
        Assert.Equal(texts.Select(text => Bits(double.Parse(text, CultureInfo.InvariantCulture))), read.Select(Bits));
    }

    [Fact]
    public void Reading_ends_when_asked_to()
    {
        using var cancelled = new CancellationTokenSource();
        cancelled.Cancel();
        File.WriteAllText(path, "a,b\n1,2\n");
        Assert.Throws<OperationCanceledException>(() => CsvTable.Read(path, null, [], 1, cancelled.Token));
    }

    [Fact]
    public void Damage_ends_in_a_table_or_a_message()
    {
        const long Most = 200_000_000;
        byte[] whole = Encoding.UTF8.GetBytes(
            ",height,weight;kg,kind,\"note\"\n" + string.Concat(Enumerable.Range(0, 24).Select(i => $"{i},{i * 0.37:R},1e-{i},{(i % 3 == 0 ? "ä" : "b")},\"it said \"\"{i}\"\",\nand more\"\r\n")));
        Assert.Equal(4, Read(whole).Columns.Count);
        for (int part = 0; part < 16; part++)
        {
            Try(whole[..(whole.Length * part / 16)]);
        }

        var random = new NumPyRandom(11);
        int tables = 0;
        long most = 0;
        TimeSpan slowest = default;
        for (int round = 0; round < 10_000; round++)
        {
            byte[] damaged = [.. whole];
            for (uint flip = random.NextUInt32() % 4 + 1; flip > 0; flip--)
            {
                byte any = (byte)random.NextUInt32();
                damaged[random.NextUInt32() % damaged.Length] = round % 2 == 0 ? any : whole[random.NextUInt32() % whole.Length];
            }

            long before = GC.GetAllocatedBytesForCurrentThread(), started = System.Diagnostics.Stopwatch.GetTimestamp();
            tables += Try(damaged) ? 1 : 0;
            most = Math.Max(most, GC.GetAllocatedBytesForCurrentThread() - before);
            slowest = TimeSpan.FromTicks(Math.Max(slowest.Ticks, System.Diagnostics.Stopwatch.GetElapsedTime(started).Ticks));
        }

        Assert.InRange(most, 1, Most);
        Assert.InRange(tables, 1, 9_999);
        TestContext.Current.TestOutputHelper!.WriteLine($"{tables} tables, at most {most / 1e6:F1} MB and {slowest.TotalMilliseconds:F0} ms a reading");

        bool Try(byte[] bytes)
        {
            try
            {
                return Read(bytes).Columns.Count > 0;
            }
            catch (StepZeroException error)
            {
                Assert.DoesNotContain('\n', error.Message);
                Assert.StartsWith("data.csv: ", error.Message, StringComparison.Ordinal);
                return false;
            }
        }
    }

    private static Table Read(string text) => Read(Encoding.UTF8.GetBytes(text));

    private static Table Read(byte[] bytes, TableForm? known = null, string[]? ignored = null) => CsvTable.Read(new MemoryStream(bytes), "data.csv", known, ignored ?? [], 1, default);

    private static string Message(byte[] bytes) => Assert.Throws<StepZeroException>(() => Read(bytes)).Message;

    private static string Show(Table table) => $"{string.Join(',', table.Columns.Select(column => column.Name))}: {string.Join(" | ", table.Columns.Select(Show))}";

    private static string Show(Column column) => string.Join(' ', column.Numbers is double[] numbers
        ? numbers.Select(number => double.IsNaN(number) ? "~" : double.IsInfinity(number) ? number > 0 ? "∞" : "-∞" : number.ToString(CultureInfo.InvariantCulture))
        : column.Texts!.Select(text => text is null ? "~" : $"'{text}'"));

    private static long Bits(double number) => BitConverter.DoubleToInt64Bits(number);

    private static double PythonNumber(string text) => text switch
    {
        "inf" => double.PositiveInfinity,
        "-inf" => double.NegativeInfinity,
        "nan" => double.NaN,
        _ => double.Parse(text, CultureInfo.InvariantCulture),
    };
}
