using System.Buffers.Binary;

namespace StepZero.Files.Tables;

/// <summary>How the values of a page may be stored, by the numbers of the Parquet format.</summary>
internal enum ParquetEncoding
{
    /// <summary>One after the other.</summary>
    Plain = 0,

    /// <summary>As places in the dictionary of the column; the older name.</summary>
    PlainDictionary = 2,

    /// <summary>Truth values as runs.</summary>
    Runs = 3,

    /// <summary>Integers as differences of few bits.</summary>
    Deltas = 5,

    /// <summary>All lengths, then all bytes.</summary>
    Lengths = 6,

    /// <summary>What each has in common with the one before, then the rest.</summary>
    Prefixes = 7,

    /// <summary>As places in the dictionary of the column.</summary>
    Dictionary = 8,

    /// <summary>All first bytes, then all second bytes, and so on.</summary>
    ByteStreams = 9,
}

/// <summary>Reads the values of a page. Whatever the bytes are, the end is a result or an exception.</summary>
internal static class ParquetValues
{
    /// <summary>Reads the values of a page.</summary>
    /// <param name="encoding">How they are stored.</param>
    /// <param name="type">Their type.</param>
    /// <param name="width">The number of bytes of a value, of a type that has one.</param>
    /// <param name="bytes">The page.</param>
    /// <param name="count">The number of values.</param>
    /// <param name="dictionary">The values of the dictionary.</param>
    /// <param name="convert">Makes a value of its bytes.</param>
    public static T[] Read<T>(
        ParquetEncoding encoding, ParquetType type, int width, ReadOnlySpan<byte> bytes, int count, T[]? dictionary, Func<ReadOnlySpan<byte>, T> convert) => encoding switch
        {
            _ when count == 0 => [],
            ParquetEncoding.Plain when type == ParquetType.Boolean => ReadTruths(ReadBits(bytes, 1, count), convert),
            ParquetEncoding.Plain when type == ParquetType.Bytes => ReadTexts(bytes, count, convert),
            ParquetEncoding.Plain => ReadFixed(bytes, width, count, convert),
            ParquetEncoding.PlainDictionary or ParquetEncoding.Dictionary when dictionary is not null =>
                [.. ReadRuns(bytes[1..], bytes[0], count).Select(index => dictionary[index])],
            ParquetEncoding.Runs when type == ParquetType.Boolean => ReadTruths(ReadRuns(bytes[sizeof(int)..], 1, count), convert),
            ParquetEncoding.Deltas when type is ParquetType.Int32 or ParquetType.Int64 => ReadIntegers(ReadDeltas(bytes, count, out _), width, convert),
            ParquetEncoding.Lengths when type == ParquetType.Bytes => ReadLengths(bytes, count, convert),
            ParquetEncoding.Prefixes when type is ParquetType.Bytes or ParquetType.FixedBytes => ReadPrefixes(bytes, count, convert),
            ParquetEncoding.ByteStreams when width > 0 => ReadFixed(Interleave(bytes, width, count), width, count, convert),
            _ => throw new InvalidDataException($"values of type {type} are stored in encoding {(int)encoding}"),
        };

    /// <summary>Reads numbers of few bits that are stored as runs of one number and as groups of eight.</summary>
    public static int[] ReadRuns(ReadOnlySpan<byte> bytes, int bits, int count)
    {
        if (bits == 0)
        {
            return new int[count];
        }

        ArgumentOutOfRangeException.ThrowIfGreaterThan(bits, 32);
        int[] numbers = new int[count];
        for (int done = 0, at = 0; done < count;)
        {
            ulong header = Varint.Read(bytes, ref at);
            int run = (int)Math.Min(header >> 1, (ulong)(count - done));
            if ((header & 1) == 0)
            {
                int length = (bits + 7) / 8;
                numbers.AsSpan(done, run).Fill((int)Bits(bytes.Slice(at, length), 0, length * 8));
                at += length;
            }
            else
            {
                int groups = run;
                run = (int)Math.Min(groups * 8L, count - done);
                ReadBits(bytes[at..], bits, run).CopyTo(numbers, done);
                at = checked(at + (groups * bits));
            }

            done += run;
        }

        return numbers;
    }

    private static int[] ReadBits(ReadOnlySpan<byte> bytes, int bits, int count)
    {
        RequireBytes(bytes, (((long)bits * count) + 7) / 8);
        int[] numbers = new int[count];
        for (int i = 0; i < count; i++)
        {
            numbers[i] = (int)Bits(bytes, (long)i * bits, bits);
        }

        return numbers;
    }

    private static T[] ReadTruths<T>(int[] truths, Func<ReadOnlySpan<byte>, T> convert) => [.. truths.Select(truth => convert([(byte)truth]))];

    private static T[] ReadFixed<T>(ReadOnlySpan<byte> bytes, int width, int count, Func<ReadOnlySpan<byte>, T> convert)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(width);
        RequireBytes(bytes, (long)width * count);
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = convert(bytes.Slice(i * width, width));
        }

        return values;
    }

    private static T[] ReadTexts<T>(ReadOnlySpan<byte> bytes, int count, Func<ReadOnlySpan<byte>, T> convert)
    {
        RequireBytes(bytes, (long)sizeof(int) * count);
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes);
            values[i] = convert(bytes.Slice(sizeof(int), length));
            bytes = bytes[(sizeof(int) + length)..];
        }

        return values;
    }

    private static T[] ReadIntegers<T>(long[] integers, int width, Func<ReadOnlySpan<byte>, T> convert)
    {
        var values = new T[integers.Length];
        Span<byte> bytes = stackalloc byte[sizeof(long)];
        for (int i = 0; i < integers.Length; i++)
        {
            BinaryPrimitives.WriteInt64LittleEndian(bytes, integers[i]);
            values[i] = convert(bytes[..width]);
        }

        return values;
    }

    private static T[] ReadLengths<T>(ReadOnlySpan<byte> bytes, int count, Func<ReadOnlySpan<byte>, T> convert)
    {
        long[] lengths = ReadDeltas(bytes, count, out int at);
        var values = new T[count];
        for (int i = 0; i < count; i++)
        {
            values[i] = convert(bytes.Slice(at, checked((int)lengths[i])));
            at += (int)lengths[i];
        }

        return values;
    }

    private static T[] ReadPrefixes<T>(ReadOnlySpan<byte> bytes, int count, Func<ReadOnlySpan<byte>, T> convert)
    {
        long[] prefixes = ReadDeltas(bytes, count, out int at);
        byte[] last = [];
        return ReadLengths(bytes[at..], count, Complete);

        T Complete(ReadOnlySpan<byte> rest)
        {
            last = [.. last.AsSpan(0, checked((int)prefixes[^count--])), .. rest];
            return convert(last);
        }
    }

    /// <summary>Integers as differences, in blocks of several groups with a number of bits each.</summary>
    private static long[] ReadDeltas(ReadOnlySpan<byte> bytes, int count, out int length)
    {
        int at = 0;
        ulong blockSize = Varint.Read(bytes, ref at), groups = Varint.Read(bytes, ref at), total = Varint.Read(bytes, ref at);
        if (total != (ulong)count || groups == 0 || blockSize is 0 or > int.MaxValue || blockSize % groups != 0 || blockSize / groups % 8 != 0)
        {
            throw new InvalidDataException($"a page holds {total} differences in blocks of {blockSize} and {groups} groups instead of {count}");
        }

        int groupSize = (int)(blockSize / groups);
        long[] numbers = new long[count];
        numbers[0] = Varint.FromZigzag(Varint.Read(bytes, ref at));
        for (int done = 1; done < count;)
        {
            long smallest = Varint.FromZigzag(Varint.Read(bytes, ref at));
            ReadOnlySpan<byte> widths = bytes.Slice(at, (int)groups);
            at += widths.Length;
            for (int g = 0; g < widths.Length && done < count; g++)
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThan(widths[g], 64);
                for (int i = 0; i < groupSize && done < count; i++, done++)
                {
                    numbers[done] = unchecked(numbers[done - 1] + smallest + (long)Bits(bytes[at..], (long)i * widths[g], widths[g]));
                }

                at = checked(at + (groupSize / 8 * widths[g]));
            }
        }

        length = at;
        return numbers;
    }

    private static byte[] Interleave(ReadOnlySpan<byte> bytes, int width, int count)
    {
        RequireBytes(bytes, (long)width * count);
        byte[] values = new byte[width * count];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = bytes[(i % width * count) + (i / width)];
        }

        return values;
    }

    /// <summary>The bits from a place on, the lowest of each byte first.</summary>
    private static ulong Bits(ReadOnlySpan<byte> bytes, long from, int count)
    {
        ulong value = 0;
        for (int taken = 0; taken < count;)
        {
            int shift = (int)(from + taken) & 7;
            int some = Math.Min(8 - shift, count - taken);
            value |= (ulong)((bytes[(int)((from + taken) >> 3)] >> shift) & ((1 << some) - 1)) << taken;
            taken += some;
        }

        return value;
    }

    private static void RequireBytes(ReadOnlySpan<byte> bytes, long count)
    {
        if (bytes.Length < count)
        {
            throw new InvalidDataException($"a page of {bytes.Length} bytes should hold {count} bytes of values");
        }
    }
}
