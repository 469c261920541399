using System.Buffers.Binary;

namespace StepZero.Tests.Files.Tables;

/// <summary>Writes Parquet files by hand, to make them lie.</summary>
internal static class ThriftBytes
{
    /// <summary>A structure in Thrift's compact protocol.</summary>
    public static byte[] Struct(params (int Field, object? Value)[] fields) =>
        [.. fields.Where(field => field.Value is not null).SelectMany(field =>
            (byte[])[(byte)TypeOf(field.Value!), .. Varint(Zigzag(field.Field)), .. field.Value is bool ? [] : Value(field.Value!)]), 0];

    /// <summary>A file of a footer after some bytes.</summary>
    public static byte[] File(byte[] content, byte[] footer)
    {
        byte[] length = new byte[4];
        BinaryPrimitives.WriteInt32LittleEndian(length, footer.Length);
        return [.. "PAR1"u8, .. content, .. footer, .. length, .. "PAR1"u8];
    }

    private static byte[] Value(object value) => value switch
    {
        long number => Varint(Zigzag(number)),
        string text => [.. Varint((ulong)text.Length), .. text.Select(letter => (byte)letter)],
        byte[] structure => structure,
        object[] list => [(byte)(0xF0 | (list is [] ? 12 : TypeOf(list[0]))), .. Varint((ulong)list.Length), .. list.SelectMany(Value)],
        _ => throw new ArgumentException($"{value.GetType()}", nameof(value)),
    };

    private static int TypeOf(object value) => value switch
    {
        true => 1,
        false => 2,
        long => 6,
        string => 8,
        object[] => 9,
        _ => 12,
    };

    private static ulong Zigzag(long number) => (ulong)((number << 1) ^ (number >> 63));

    private static byte[] Varint(ulong number) => number < 128 ? [(byte)number] : [(byte)(number | 128), .. Varint(number >> 7)];
}
