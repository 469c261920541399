using System.Buffers.Binary;

namespace StepZero.Files.Tables;

/// <summary>
/// A structure in Thrift's compact protocol, the form of all headers of a Parquet file, read without knowledge of what it means:
/// integers are long, texts and bytes are byte[], lists are List&lt;object&gt;. No length in it is believed before the bytes are there.
/// </summary>
internal sealed class ThriftStruct
{
    private const int DeepestNesting = 32;
    private readonly Dictionary<int, object> fields = [];

    /// <summary>Reads a structure.</summary>
    /// <param name="bytes">Bytes that start with it.</param>
    /// <param name="length">The number of bytes it takes.</param>
    /// <exception cref="InvalidDataException">The bytes hold no structure; other exceptions of spans and casts may tell the same.</exception>
    public static ThriftStruct Read(ReadOnlySpan<byte> bytes, out int length)
    {
        length = 0;
        return ReadStruct(bytes, ref length, 0);
    }

    /// <summary>A field that must be there.</summary>
    public T Get<T>(int field) => fields.TryGetValue(field, out object? value) ? (T)value : throw new InvalidDataException($"a header lacks field {field}");

    /// <summary>A field, or null.</summary>
    public T? Find<T>(int field) => fields.TryGetValue(field, out object? value) ? (T)value : default;

    /// <summary>The field that is there, of a structure that holds one of several.</summary>
    public int? FirstField => fields.Count > 0 ? fields.Keys.First() : null;

    private static ThriftStruct ReadStruct(ReadOnlySpan<byte> bytes, ref int at, int depth)
    {
        var read = new ThriftStruct();
        for (int field = 0; ;)
        {
            byte header = bytes[at++];
            if (header == 0)
            {
                return read;
            }

            field = header >> 4 == 0 ? (short)ReadInteger(bytes, ref at) : field + (header >> 4);
            var type = (ThriftType)(header & 15);
            read.fields[field] = type is ThriftType.True or ThriftType.False ? type == ThriftType.True : ReadValue(bytes, ref at, type, depth);
        }
    }

    private static object ReadValue(ReadOnlySpan<byte> bytes, ref int at, ThriftType type, int depth)
    {
        if (depth > DeepestNesting)
        {
            throw new InvalidDataException("headers are nested too deep");
        }

        switch (type)
        {
            case ThriftType.True or ThriftType.False:
                return bytes[at++] == (byte)ThriftType.True;
            case ThriftType.Byte:
                return (long)(sbyte)bytes[at++];
            case ThriftType.Int16 or ThriftType.Int32 or ThriftType.Int64:
                return ReadInteger(bytes, ref at);
            case ThriftType.Double:
                at += sizeof(double);
                return BinaryPrimitives.ReadDoubleLittleEndian(bytes[(at - sizeof(double))..]);
            case ThriftType.Bytes:
                int length = ReadCount(bytes, ref at);
                at += length;
                return bytes[(at - length)..at].ToArray();
            case ThriftType.List or ThriftType.Set:
                byte header = bytes[at++];
                int count = header >> 4 == 15 ? ReadCount(bytes, ref at) : header >> 4;
                List<object> items = [];
                for (int i = 0; i < count; i++)
                {
                    items.Add(ReadValue(bytes, ref at, (ThriftType)(header & 15), depth + 1));
                }

                return items;
            case ThriftType.Struct:
                return ReadStruct(bytes, ref at, depth + 1);
            default:
                throw new InvalidDataException($"a header holds a value of the unknown type {(int)type}");
        }
    }

    private static int ReadCount(ReadOnlySpan<byte> bytes, ref int at) =>
        Varint.Read(bytes, ref at) is ulong count && count <= (ulong)(bytes.Length - at)
            ? (int)count
            : throw new InvalidDataException($"a header says {count} bytes where {bytes.Length - at} are left");

    private static long ReadInteger(ReadOnlySpan<byte> bytes, ref int at) => Varint.FromZigzag(Varint.Read(bytes, ref at));

    private enum ThriftType : byte
    {
        True = 1,
        False = 2,
        Byte = 3,
        Int16 = 4,
        Int32 = 5,
        Int64 = 6,
        Double = 7,
        Bytes = 8,
        List = 9,
        Set = 10,
        Struct = 12,
    }
}
