// Writes parquet.json, the expected values of ParquetTableTests: small files, written by Apache Arrow's C++ library, which pyarrow and pandas write with too.
// Run it in a folder of its own, outside the repository, whose settings are not for it: dotnet run make_parquet_golden.cs > parquet.json
#:package ParquetSharp@25.0.1.2
#:property PublishAot=false
using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using ParquetSharp;
using ParquetSharp.Schema;
using Encoding = ParquetSharp.Encoding;

CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
List<object> files = [];

// Every type, with and without missing values.
File("numbers", Plain(),
    Of("bool", [true, false, true]), Of("i8", new sbyte[] { -128, 0, 127 }), Of("u8", new byte[] { 0, 128, 255 }), Of("i16", new short[] { -32768, 0, 32767 }),
    Of("u16", new ushort[] { 0, 32768, 65535 }), Of("i32", [int.MinValue, 0, int.MaxValue]), Of("u32", [0u, 2147483648u, uint.MaxValue]),
    Of("i64", [long.MinValue, 9007199254740993, long.MaxValue]), Of("u64", [0ul, 9223372036854775808ul, ulong.MaxValue]),
    Of("f16", [(Half)0.1, (Half)(-65504), Half.NaN]), Of("f32", [0.1f, float.MaxValue, float.NaN]), Of("f64", [0.1, double.Epsilon, double.NegativeInfinity]),
    Of("decimal", [1.5m, -0.01m, 123456789012345678901234567.89m], LogicalType.Decimal(29, 2)), Of("text", ["a", "", "Größe ✓"]));
File("missing", Plain(),
    Of("bool", new bool?[] { null, false, true, null }), Of("i8", new sbyte?[] { -5, null, 7, null }), Of("u8", new byte?[] { null, null, 200, 1 }), Of("i16", new short?[] { 1, null, null, -2 }),
    Of("u16", new ushort?[] { null, 40000, null, 3 }), Of("i32", new int?[] { 1, 2, null, 4 }), Of("u32", new uint?[] { null, 4000000000, 3, null }), Of("i64", new long?[] { null, null, null, -1 }),
    Of("u64", new ulong?[] { null, 18000000000000000000, null, 2 }), Of("f16", new Half?[] { null, (Half)1.5, null, (Half)(-2) }), Of("f32", new float?[] { 0.25f, null, null, float.PositiveInfinity }),
    Of("f64", new double?[] { null, 1e300, null, -0.0 }), Of("decimal", new decimal?[] { null, 12.34m, null, -5m }, LogicalType.Decimal(29, 2)), Of("all", new double?[] { null, null, null, null }),
    Of("text", [null, "x", null, ""]), Enumeration("enum", ["red", null, "blue", "red"]), Of("json", ["{}", null, "[1]", "2"], LogicalType.Json()));
using (var builder = new WriterPropertiesBuilder())
{
    File("decimals", builder.Compression(Compression.Uncompressed).EnableStoreDecimalAsInteger().Build(),
        Of("of_32_bits", [1.25m, -3m, 9999999.99m], LogicalType.Decimal(9, 2)), Of("of_64_bits", [0.001m, -123456789012345.678m, 2m], LogicalType.Decimal(18, 3)));
}

// Each compression, with pages of both versions.
foreach (Compression compression in (Compression[])[Compression.Uncompressed, Compression.Snappy, Compression.Gzip, Compression.Brotli, Compression.Zstd, Compression.Lz4])
{
    foreach (ParquetDataPageVersion version in (ParquetDataPageVersion[])[ParquetDataPageVersion.V1, ParquetDataPageVersion.V2])
    {
        using var builder = new WriterPropertiesBuilder();
        File($"{compression}_{version}".ToLowerInvariant(), builder.Compression(compression).DataPageVersion(version).EnablePageChecksum().DisableStatistics().Build(), 1,
            Of("n", [.. Enumerable.Range(0, 60).Select(i => i % 7 == 3 ? (double?)null : i / 4 * 0.5)]),
            Of("t", [.. Enumerable.Range(0, 60).Select(i => i % 5 == 1 ? null : $"value {i / 6}")]),
            Of("b", [.. Enumerable.Range(0, 60).Select(i => i % 3 == 0)]), Of("c", [.. Enumerable.Range(0, 60).Select(i => i % 4 == 0 ? (bool?)null : i % 8 < 5)]));
    }
}

// Encodings other than those of a dictionary.
foreach (ParquetDataPageVersion version in (ParquetDataPageVersion[])[ParquetDataPageVersion.V1, ParquetDataPageVersion.V2])
{
    using var builder = new WriterPropertiesBuilder();
    WriterPropertiesBuilder plain = builder.Compression(Compression.Zstd).DataPageVersion(version).DisableDictionary().DisableStatistics()
        .Encoding("delta32", Encoding.DeltaBinaryPacked).Encoding("delta64", Encoding.DeltaBinaryPacked).Encoding("wide", Encoding.DeltaBinaryPacked).Encoding("lengths", Encoding.DeltaLengthByteArray)
        .Encoding("prefixes", Encoding.DeltaByteArray).Encoding("split32", Encoding.ByteStreamSplit).Encoding("split64", Encoding.ByteStreamSplit).Encoding("splitint", Encoding.ByteStreamSplit)
        .Encoding("splithalf", Encoding.ByteStreamSplit).Encoding("runs", Encoding.Rle);
    File($"encodings_{version}".ToLowerInvariant(), plain.Build(), 1,
        Of("delta32", [.. Enumerable.Range(0, 200).Select(i => (i * 7919 % 1000) - 500)]), Of("delta64", [.. Enumerable.Range(0, 200).Select(i => i % 3 == 0 ? (long?)null : i * 1000000007L * i)]),
        Of("wide", [.. Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? int.MinValue + i : int.MaxValue - i)]),
        Of("lengths", [.. Enumerable.Range(0, 200).Select(i => i % 4 == 0 ? null : new string('x', i % 5) + i)]), Of("prefixes", [.. Enumerable.Range(0, 200).Select(i => $"prefix {i / 10} {i % 10}")]),
        Of("split32", [.. Enumerable.Range(0, 200).Select(i => i * 0.1f)]), Of("split64", [.. Enumerable.Range(0, 200).Select(i => i % 9 == 0 ? (double?)null : Math.Sqrt(i))]),
        Of("splitint", [.. Enumerable.Range(0, 200).Select(i => i * i)]), Of("splithalf", [.. Enumerable.Range(0, 200).Select(i => (Half)(i * 0.25))]),
        Of("runs", [.. Enumerable.Range(0, 200).Select(i => i % 11 == 0 ? (bool?)null : i < 100)]), Of("plain", [.. Enumerable.Range(0, 200).Select(i => i % 4 == 0)]));
}

// Several row groups, several pages each, a dictionary that is given up halfway, indices of several widths.
using (var builder = new WriterPropertiesBuilder())
{
    File("row_groups", builder.Compression(Compression.Snappy).DataPagesize(256).WriteBatchSize(16).DictionaryPagesizeLimit(600).DisableStatistics().Build(), 4,
        Of("n", [.. Enumerable.Range(0, 1200).Select(i => (double)i)]), Of("i", [.. Enumerable.Range(0, 1200).Select(i => i % 13 == 0 ? (int?)null : i % 300)]),
        Of("t", [.. Enumerable.Range(0, 1200).Select(i => i % 17 == 0 ? null : i < 700 ? $"c{i % 3}" : $"t{i}")]));
}

// What pandas writes for an index that is no range.
File("pandas", Plain(), 2, Of("x", [0.5, 1.5, 2.5, 3.5]), Of("__index_level_0__", new long?[] { 5, 6, 7, 8 }));
File("pandas_gap", Plain(), 2, Of("x", [0.5, 1.5, 2.5, 3.5]), Of("__index_level_0__", new long?[] { 5, 7, 8, 9 }));
File("pandas_repeat", Plain(), 2, Of("x", [0.5, 1.5, 2.5, 3.5]), Of("__index_level_0__", new long?[] { 5, 5, 6, 7 }));

// What is refused.
File("empty", Plain(), 1, Of("x", Array.Empty<double>()));
File("dates", Plain(), 1, Of("day", [new Date(2020, 1, 1), new Date(2021, 2, 3)]), Of("time", [TimeSpan.FromHours(1), TimeSpan.Zero]), Of("moment", [DateTime.UnixEpoch, DateTime.UnixEpoch.AddDays(1)]),
    Of("id", [Guid.Empty, Guid.AllBitsSet]), Of("raw", [[1, 2], new byte[] { 3 }]), Of("list", [[1, 2], new int[] { 3 }]), Of("x", [1.0, 2.0]));
Nested();
Encrypted("encrypted", false);
Encrypted("encrypted_columns", true);

var options = new JsonSerializerOptions { NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
Console.WriteLine("[\n" + string.Join(",\n", files.Select(file => JsonSerializer.Serialize(file, options))) + "\n]");

static WriterProperties Plain()
{
    using var builder = new WriterPropertiesBuilder();
    return builder.Compression(Compression.Snappy).Build();
}

static Written Of<T>(string name, T[] values, LogicalType? type = null) => new(new Column(typeof(T), name, type), typeof(T) == typeof(string), [.. values.Select(Expected)],
    (group, from, count) =>
    {
        using LogicalColumnWriter<T> writer = group.NextColumn().LogicalWriter<T>();
        writer.WriteBatch(values, from, count);
    }, values.Length);

static Written Enumeration(string name, string?[] values) => new(new Column(typeof(string), name, LogicalType.Enum()), true, values, (group, from, count) =>
{
    using var writer = (ColumnWriter<ByteArray>)group.NextColumn();
    byte[][] bytes = [.. values.Skip(from).Take(count).OfType<string>().Select(System.Text.Encoding.UTF8.GetBytes)];
    GCHandle[] pins = [.. bytes.Select(text => GCHandle.Alloc(text, GCHandleType.Pinned))];
    writer.WriteBatch(count, [.. values.Skip(from).Take(count).Select(value => (short)(value is null ? 0 : 1))], null,
        [.. pins.Select((pin, i) => new ByteArray(pin.AddrOfPinnedObject(), bytes[i].Length))]);
    Array.ForEach(pins, pin => pin.Free());
}, values.Length);

static object? Expected<T>(T value) => value switch
{
    null => null,
    string text => text,
    bool truth => truth ? 1.0 : 0.0,
    decimal number => double.Parse(number.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
    Half number => (double)number,
    IConvertible number when value is not DateTime => number.ToDouble(null),
    _ => null,
};

void File(string name, WriterProperties properties, params object[] rest)
{
    int groups = rest[0] is int given ? given : 1;
    Written[] columns = [.. rest.OfType<Written>()];
    using var stream = new MemoryStream();
    using (var writer = new ParquetFileWriter(stream, [.. columns.Select(column => column.Column)], null, properties, leaveOpen: true))
    {
        for (int g = 0; g < groups; g++)
        {
            using RowGroupWriter group = writer.AppendRowGroup();
            foreach (Written column in columns)
            {
                column.Write(group, column.Count / groups * g, column.Count / groups);
            }
        }

        writer.Close();
    }

    Add(name, stream, columns);
}

void Nested()
{
    using var stream = new MemoryStream();
    using var point = new GroupNode("point", Repetition.Optional, [new PrimitiveNode("a", Repetition.Required, LogicalType.None(), PhysicalType.Double), new PrimitiveNode("b", Repetition.Required, LogicalType.None(), PhysicalType.Double)]);
    using var pairs = new GroupNode("pairs", Repetition.Optional, [new GroupNode("key_value", Repetition.Repeated,
        [new PrimitiveNode("key", Repetition.Required, LogicalType.String(), PhysicalType.ByteArray), new PrimitiveNode("value", Repetition.Required, LogicalType.None(), PhysicalType.Int32)])], LogicalType.Map());
    using var x = new PrimitiveNode("x", Repetition.Required, LogicalType.None(), PhysicalType.Double);
    using var schema = new GroupNode("schema", Repetition.Required, [point, pairs, x]);
    using (var writer = new ParquetFileWriter(stream, schema, Plain(), leaveOpen: true))
    {
        using RowGroupWriter group = writer.AppendRowGroup();
        for (int i = 0; i < 2; i++)
        {
            using var column = (ColumnWriter<double>)group.NextColumn();
            column.WriteBatch(2, [1, 1], null, [1.0, 2.0]);
        }

        using (var keys = (ColumnWriter<ByteArray>)group.NextColumn())
        {
            keys.WriteBatch(2, [0, 0], [0, 0], []);
        }

        using (var values = (ColumnWriter<int>)group.NextColumn())
        {
            values.WriteBatch(2, [0, 0], [0, 0], []);
        }

        using (var column = (ColumnWriter<double>)group.NextColumn())
        {
            column.WriteBatch([7.0, 8.0]);
        }

        writer.Close();
    }

    Add("nested", stream, [Of("x", [7.0, 8.0])]);
}

void Encrypted(string name, bool plaintextFooter)
{
    using var keys = new FileEncryptionPropertiesBuilder("0123456789012345"u8.ToArray());
    using FileEncryptionProperties encryption = (plaintextFooter ? keys.SetPlaintextFooter() : keys).Build();
    using var builder = new WriterPropertiesBuilder();
    File(name, builder.Encryption(encryption).Build(), 1, Of("x", [1.0, 2.0]));
}

void Add(string name, MemoryStream stream, Written[] columns) => files.Add(new Dictionary<string, object>
{
    ["name"] = name,
    ["bytes"] = Convert.ToBase64String(stream.ToArray()),
    ["columns"] = columns.Select(column => new Dictionary<string, object> { ["name"] = column.Column.Name, [column.IsText ? "texts" : "numbers"] = column.Expected }),
});

internal sealed record Written(Column Column, bool IsText, object?[] Expected, Action<RowGroupWriter, int, int> Write, int Count);
