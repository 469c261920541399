using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;
using K4os.Compression.LZ4;
using Snappier;
using ZstdSharp;

namespace StepZero.Files.Tables;

/// <summary>What a group of rows of a Parquet file holds of a column: pages of values, after a page with a dictionary of them.</summary>
/// <param name="path">The file, for messages.</param>
/// <param name="column">The column.</param>
/// <param name="description">The description of the piece in the footer.</param>
/// <param name="rows">The number of rows of the group.</param>
/// <param name="readBytes">Reads some bytes of the file from a place on.</param>
internal sealed class ParquetPiece(string path, ParquetColumn column, ThriftStruct description, long rows, Func<long, long, byte[]> readBytes)
{
    private readonly long codec = description.Get<long>(4);

    /// <summary>Reads the values, page by page.</summary>
    /// <param name="convert">Makes a value of its bytes.</param>
    /// <param name="missing">What stands for a missing value.</param>
    public IEnumerable<T[]> Read<T>(Func<ReadOnlySpan<byte>, T> convert, T missing)
    {
        Page[] pages = ReadPages();
        if (pages.Sum(page => page.IsDictionary ? 0L : page.Count) is long count && count != rows)
        {
            throw new InvalidDataException($"column '{column.Name}' has {count} values in a group of {rows} rows");
        }

        T[]? dictionary = null;
        foreach (Page page in pages)
        {
            if (page.IsDictionary)
            {
                dictionary = ParquetValues.Read(ParquetEncoding.Plain, column.Type, column.Width, Decompress(page.Bytes.Span, page.Length), page.Count, null, convert);
            }
            else
            {
                yield return ReadPage(page, dictionary, convert, missing);
            }
        }
    }

    private T[] ReadPage<T>(Page page, T[]? dictionary, Func<ReadOnlySpan<byte>, T> convert, T missing)
    {
        ReadOnlyMemory<byte> levels = page.Bytes[..page.LevelsLength], stored = page.Bytes[page.LevelsLength..];
        ReadOnlyMemory<byte> bytes = page.IsCompressed ? Decompress(stored.Span, page.Length - page.LevelsLength) : stored;
        if (!column.HasMissing)
        {
            return ParquetValues.Read(page.Encoding, column.Type, column.Width, bytes.Span, page.Count, dictionary, convert);
        }

        if (page.HasLevelsWithin)
        {
            int length = BinaryPrimitives.ReadInt32LittleEndian(bytes.Span);
            levels = bytes.Slice(sizeof(int), length);
            bytes = bytes[(sizeof(int) + length)..];
        }

        int[] present = ParquetValues.ReadRuns(levels.Span, 1, page.Count);
        T[] found = ParquetValues.Read(page.Encoding, column.Type, column.Width, bytes.Span, present.Count(level => level == 1), dictionary, convert);
        var values = new T[page.Count];
        for (int i = 0, next = 0; i < values.Length; i++)
        {
            values[i] = present[i] == 1 ? found[next++] : missing;
        }

        return values;
    }

    private Page[] ReadPages()
    {
        if (description.Get<long>(1) != (long)column.Type)
        {
            throw new InvalidDataException($"column '{column.Name}' has two types");
        }

        long start = description.Get<long>(9);
        start = description.Find<long?>(11) is > 0 and long dictionary ? Math.Min(start, dictionary) : start;
        byte[] bytes = readBytes(start, description.Get<long>(7));
        List<Page> pages = [];
        for (int at = 0; at < bytes.Length;)
        {
            var header = ThriftStruct.Read(bytes.AsSpan(at), out int length);
            at += length;
            int size = checked((int)header.Get<long>(3));
            ReadOnlyMemory<byte> content = bytes.AsMemory(at, size);
            at += size;
            if (header.Find<long?>(4) is long checksum && (int)checksum != (int)Crc32.HashToUInt32(content.Span))
            {
                throw new InvalidDataException($"a page of column '{column.Name}' has another checksum than its header says");
            }

            if (PageOf(header, content) is Page page)
            {
                pages.Add(page);
            }
        }

        return [.. pages];
    }

    /// <summary>A page as its header describes it; null for one that holds no values.</summary>
    private Page? PageOf(ThriftStruct header, ReadOnlyMemory<byte> bytes)
    {
        long length = header.Get<long>(2);
        long most = Math.Min(description.Get<long>(6), Array.MaxLength);
        if (length < 0 || length > most || (codec == 0 && length != bytes.Length))
        {
            throw new InvalidDataException($"a page of column '{column.Name}' should have {length} bytes");
        }

        switch (header.Get<long>(1))
        {
            case 0:
                ThriftStruct first = header.Get<ThriftStruct>(5);
                if (column.HasMissing && first.Get<long>(3) != (long)ParquetEncoding.Runs)
                {
                    throw UnknownEncoding(first.Get<long>(3));
                }

                return new Page(false, CountOf(first), EncodingOf(first.Get<long>(2)), bytes, (int)length, 0, true, true);
            case 2:
                return new Page(true, CountOf(header.Get<ThriftStruct>(7)), ParquetEncoding.Plain, bytes, (int)length, 0, false, true);
            case 3:
                ThriftStruct second = header.Get<ThriftStruct>(8);
                int levels = checked((int)second.Get<long>(5));
                return new Page(false, CountOf(second), EncodingOf(second.Get<long>(4)), bytes, (int)length, levels, false, second.Find<bool?>(7) ?? true);
            default:
                return null;
        }
    }

    private static int CountOf(ThriftStruct header) =>
        header.Get<long>(1) is >= 0 and <= int.MaxValue and long count ? (int)count : throw new InvalidDataException("a page has a negative number of values");

    private ParquetEncoding EncodingOf(long encoding) => Enum.IsDefined((ParquetEncoding)encoding) ? (ParquetEncoding)encoding : throw UnknownEncoding(encoding);

    private StepZeroException UnknownEncoding(long encoding) => new(
        $"{path}: column '{column.Name}' is stored in encoding {encoding} of Parquet, which is not read; expected a common one. " +
        $"Write the file with default settings, or leave the column out with --ignore {column.Name}.");

    private byte[] Decompress(ReadOnlySpan<byte> bytes, int length)
    {
        if (codec is < 0 or 3 or 5 or > 7)
        {
            throw new StepZeroException(
                $"{path}: column '{column.Name}' is compressed by method {codec} of Parquet, which is not read; " +
                "expected Snappy, gzip, Brotli, Zstandard, LZ4_RAW or none. Write the file with one of them.");
        }

        byte[] result = new byte[length];
        int written = bytes.Length == 0 ? 0 : codec switch
        {
            0 => bytes.TryCopyTo(result) ? bytes.Length : -1,
            1 => Snappy.GetUncompressedLength(bytes) == length ? Snappy.Decompress(bytes, result) : -1,
            2 => Inflate(bytes, result),
            4 => BrotliDecoder.TryDecompress(bytes, result, out int count) ? count : -1,
            6 => Unwrap(bytes, result),
            _ => LZ4Codec.Decode(bytes, result),
        };
        return written == length ? result : throw new InvalidDataException($"a page of column '{column.Name}' does not unpack to its {length} bytes");
    }

    private static int Inflate(ReadOnlySpan<byte> bytes, byte[] result)
    {
        using var stream = new GZipStream(new MemoryStream(bytes.ToArray()), CompressionMode.Decompress);
        return stream.ReadAtLeast(result, result.Length, false);
    }

    private static int Unwrap(ReadOnlySpan<byte> bytes, byte[] result)
    {
        using var decompressor = new Decompressor();
        return decompressor.Unwrap(bytes, result);
    }

    /// <summary>A page.</summary>
    /// <param name="IsDictionary">Whether it holds the dictionary.</param>
    /// <param name="Count">The number of its values, with the missing ones.</param>
    /// <param name="Encoding">How they are stored.</param>
    /// <param name="Bytes">What it holds.</param>
    /// <param name="Length">The number of bytes, unpacked.</param>
    /// <param name="LevelsLength">The number of bytes at its start that tell which values are missing and are never compressed.</param>
    /// <param name="HasLevelsWithin">Whether what tells the missing values lies among the compressed bytes.</param>
    /// <param name="IsCompressed">Whether it is compressed.</param>
    private sealed record Page(bool IsDictionary, int Count, ParquetEncoding Encoding, ReadOnlyMemory<byte> Bytes, int Length, int LevelsLength, bool HasLevelsWithin, bool IsCompressed);
}
