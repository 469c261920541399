using System.Buffers.Binary;
using System.Globalization;
using System.Numerics;
using System.Text;

namespace StepZero.Files.Tables;

/// <summary>The types that values are stored in, by the numbers of the Parquet format.</summary>
internal enum ParquetType
{
    /// <summary>A bit.</summary>
    Boolean = 0,

    /// <summary>An integer of 4 bytes.</summary>
    Int32 = 1,

    /// <summary>An integer of 8 bytes.</summary>
    Int64 = 2,

    /// <summary>An old form of timestamps.</summary>
    Int96 = 3,

    /// <summary>A number of 4 bytes.</summary>
    Float = 4,

    /// <summary>A number of 8 bytes.</summary>
    Double = 5,

    /// <summary>Bytes with their length.</summary>
    Bytes = 6,

    /// <summary>As many bytes as the schema says.</summary>
    FixedBytes = 7,
}

/// <summary>A column of a Parquet file, as the schema describes it.</summary>
internal sealed class ParquetColumn
{
    private const int LongestDecimal = 64;
    private static readonly UTF8Encoding Utf8 = new(false, true);
    private readonly ThriftStruct schema;
    private readonly Meaning meaning;

    /// <summary>A column.</summary>
    /// <param name="schema">Its element of the schema.</param>
    /// <param name="place">The place of its piece among those of a group of rows; the first place of a nested column.</param>
    public ParquetColumn(ThriftStruct schema, int place)
    {
        this.schema = schema;
        meaning = MeaningOf(schema);
        Place = place;
        Name = Utf8.GetString(schema.Get<byte[]>(4));
        Type = (ParquetType)(schema.Find<long?>(1) ?? -1);
        Width = Type switch
        {
            ParquetType.Int32 or ParquetType.Float => 4,
            ParquetType.Int64 or ParquetType.Double => 8,
            ParquetType.FixedBytes => checked((int)schema.Get<long>(2)),
            _ => 0,
        };
        Refusal = RefusalOf();
        switch (Type)
        {
            case ParquetType.Boolean:
                Hold<int>(bytes => bytes[0]);
                break;
            case ParquetType.Int32 or ParquetType.Int64 or ParquetType.Bytes or ParquetType.FixedBytes when meaning == Meaning.Decimal:
                int scale = checked((int)(schema.Find<ThriftStruct>(10)?.Find<ThriftStruct>((int)Meaning.Decimal)?.Find<long?>(1) ?? schema.Find<long?>(7) ?? 0));
                Hold(bytes => ReadDecimal(bytes, scale));
                break;
            case ParquetType.Int32 when IsUnsigned(schema):
                Hold<uint>(BinaryPrimitives.ReadUInt32LittleEndian);
                break;
            case ParquetType.Int32:
                Hold<int>(BinaryPrimitives.ReadInt32LittleEndian);
                break;
            case ParquetType.Int64 when IsUnsigned(schema):
                Hold<ulong>(BinaryPrimitives.ReadUInt64LittleEndian);
                break;
            case ParquetType.Int64:
                Hold<long>(BinaryPrimitives.ReadInt64LittleEndian);
                break;
            case ParquetType.Float:
                Hold<float>(BinaryPrimitives.ReadSingleLittleEndian);
                break;
            case ParquetType.Double:
                Hold<double>(BinaryPrimitives.ReadDoubleLittleEndian);
                break;
            case ParquetType.FixedBytes when meaning == Meaning.Half:
                Hold<Half>(BinaryPrimitives.ReadHalfLittleEndian);
                break;
            default:
                ToText = Utf8.GetString;
                break;
        }
    }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>The place of its piece among those of a group of rows.</summary>
    public int Place { get; }

    /// <summary>The type that its values are stored in.</summary>
    public ParquetType Type { get; }

    /// <summary>The number of bytes of a value; 0 where they differ, and for bits.</summary>
    public int Width { get; }

    /// <summary>Whether values may be missing.</summary>
    public bool HasMissing => schema.Get<long>(3) == 1;

    /// <summary>What it holds, if that is neither numbers nor texts; null if it is.</summary>
    public string? Refusal { get; }

    /// <summary>Makes a number of a value's bytes; null for texts.</summary>
    public Func<ReadOnlySpan<byte>, double>? ToNumber { get; private set; }

    /// <summary>Makes a text of a value's bytes, which is null for a number that is none.</summary>
    public Func<ReadOnlySpan<byte>, string?> ToText { get; private set; } = null!;

    private bool IsNested => schema.Find<long?>(5) > 0;

    private void Hold<T>(Func<ReadOnlySpan<byte>, T> read) where T : INumber<T>
    {
        ToNumber = bytes => double.CreateSaturating(read(bytes));
        ToText = bytes => read(bytes) is var number && T.IsNaN(number) ? null : number.ToString(null, CultureInfo.InvariantCulture);
    }

    /// <summary>A decimal number, rounded once.</summary>
    private double ReadDecimal(ReadOnlySpan<byte> bytes, int scale)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, LongestDecimal);
        var digits = new BigInteger(bytes, isBigEndian: Type is ParquetType.Bytes or ParquetType.FixedBytes);
        return double.Parse(string.Create(CultureInfo.InvariantCulture, $"{digits}E{-scale}"), CultureInfo.InvariantCulture);
    }

    private string? RefusalOf() => (Type, meaning) switch
    {
        (_, Meaning.List) => "lists",
        (_, Meaning.Map) => "maps",
        _ when IsNested => "structures",
        _ when schema.Get<long>(3) == 2 => "lists",
        (ParquetType.Int96, _) or (_, Meaning.Timestamp) => "timestamps",
        (_, Meaning.Date) => "dates",
        (_, Meaning.Time) => "times of day",
        (_, Meaning.Interval) => "intervals of time",
        (ParquetType.FixedBytes, Meaning.Uuid) => "UUIDs",
        (ParquetType.FixedBytes, Meaning.Half) => Width == 2 ? null : "numbers of an unknown width",
        (ParquetType.Bytes or ParquetType.FixedBytes, not (Meaning.Text or Meaning.Enumeration or Meaning.Json or Meaning.Decimal)) => "raw bytes",
        _ => Enum.IsDefined(Type) ? null : "values of an unknown type",
    };

    /// <summary>What the values mean, by the newer description of it or else by the older.</summary>
    private static Meaning MeaningOf(ThriftStruct schema) => schema.Find<ThriftStruct>(10)?.FirstField is int logical ? (Meaning)logical : schema.Find<long?>(6) switch
    {
        0 => Meaning.Text,
        1 or 2 => Meaning.Map,
        3 => Meaning.List,
        4 => Meaning.Enumeration,
        5 => Meaning.Decimal,
        6 => Meaning.Date,
        7 or 8 => Meaning.Time,
        9 or 10 => Meaning.Timestamp,
        19 => Meaning.Json,
        21 => Meaning.Interval,
        _ => Meaning.Nothing,
    };

    private static bool IsUnsigned(ThriftStruct schema) =>
        schema.Find<ThriftStruct>(10)?.Find<ThriftStruct>((int)Meaning.Integer) is ThriftStruct integer ? !integer.Get<bool>(2) : schema.Find<long?>(6) is >= 11 and <= 14;

    private enum Meaning
    {
        Nothing = 0,
        Text = 1,
        Map = 2,
        List = 3,
        Enumeration = 4,
        Decimal = 5,
        Date = 6,
        Time = 7,
        Timestamp = 8,
        Interval = 9,
        Integer = 10,
        Json = 12,
        Uuid = 14,
        Half = 15,
    }
}
