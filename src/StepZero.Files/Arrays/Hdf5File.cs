using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using PureHDF;
using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace StepZero.Files.Arrays;

/// <summary>The datasets of an HDF5 file.</summary>
internal static class Hdf5File
{
    private const string Expected = "an HDF5 file";
    private const int MostDatasets = 10_000;
    private const int MostDepth = 32;

    /// <summary>The most that a byte of compressed data can become (deflate).</summary>
    private const long MostInflation = 1032;

    /// <summary>Lists the datasets of all groups. What a link takes from another file is listed under its name there, and cannot be read.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The datasets of each group in the order of their names; below the root their names are paths, as in <c>train/x</c>.</returns>
    /// <exception cref="StepZeroException">The file is damaged or cannot be read.</exception>
    public static IReadOnlyList<StoredArray> List(string path) => Open(path, (file, stream) =>
    {
        var found = new List<StoredArray>();
        AddDatasets(path, file, stream, "", [], found);
        return found;
    });

    private static T Open<T>(string path, Func<IH5Group, BudgetedStream, T> use) => Damage.Guard(path, Expected, () =>
    {
        using FileStream file = File.OpenRead(path);
        long start = FileKinds.Hdf5Start(file) ?? throw new InvalidDataException("the mark of HDF5 is missing");
        using var stream = new BudgetedStream(file, start, (16 * file.Length) + (1 << 26));
        using NativeFile content = H5File.Open(stream, leaveOpen: true);
        return use(content, stream);
    });

    /// <summary>
    /// Adds the datasets of a group and of those below it. <paramref name="above"/> tells the groups above apart, so that a link back to one is known:
    /// where the reading of its last child ended, and the names of all.
    /// </summary>
    private static void AddDatasets(string path, IH5Group group, BudgetedStream stream, string prefix, string[] above, List<StoredArray> found)
    {
        IH5Object[] children = [.. group.Children()];
        string here = $"{stream.Position} {string.Join('/', children.Select(child => child.Name))}";
        if (above.Contains(here) || above.Length > MostDepth)
        {
            return;
        }

        foreach (IH5Object child in children.OrderBy(child => child.Name, StringComparer.Ordinal))
        {
            if (child is IH5Dataset dataset && found.Count < MostDatasets)
            {
                found.Add(Describe(path, prefix + child.Name, dataset, stream));
            }
            else if (child is IH5Group below)
            {
                AddDatasets(path, below, stream, $"{prefix}{child.Name}/", [.. above, here], found);
            }
        }
    }

    private static StoredArray Describe(string path, string name, IH5Dataset dataset, BudgetedStream stream)
    {
        (string type, ElementKind kind) = TypeOf(dataset.Type);
        long[] shape = Shape(dataset);
        var array = new StoredArray(name, type, kind, shape)
        {
            Read = () => Open(path, (file, source) => file.Dataset("/" + name) is IH5Dataset again && TypeOf(again.Type) == (type, kind) && Shape(again).SequenceEqual(shape)
                ? ReadAll(path, name, again, source.Length)
                : throw new InvalidDataException("it has changed since it was opened")),
        };
        if (type != "uint8" || dataset.Layout.Class != H5DataLayoutClass.Contiguous || shape is [] || shape.Contains(0) || BytesOf(shape, 1) > stream.Length)
        {
            return array;
        }

        // The library does not say where the data lie; it shows where it reads the first of them. Of data in another file it reads more than this byte.
        ulong[] first = new ulong[shape.Length], one = new ulong[shape.Length];
        Array.Fill(one, 1UL);
        stream.FirstRead = null;
        dataset.Read<byte[]>(new HyperslabSelection(shape.Length, first, one));
        long features = BytesOf(shape, 1) / shape[0];
        return stream.FirstRead is long at && stream.Position == at + 1 && at + BytesOf(shape, 1) <= stream.Length
            ? array with { Stored = () => Damage.Guard(path, Expected, () => new FileFeatures(path, at, features)) }
            : array;
    }

    private static (string Type, ElementKind Kind) TypeOf(IH5DataType type) => (type.Class, type.Size) switch
    {
        (H5DataTypeClass.FixedPoint, 1) when !type.FixedPoint.IsSigned => ("uint8", ElementKind.Byte),
        (H5DataTypeClass.FixedPoint, 1 or 2 or 4 or 8) => ($"{(type.FixedPoint.IsSigned ? "" : "u")}int{8 * type.Size}", ElementKind.Number),
        (H5DataTypeClass.FloatingPoint, 2 or 4 or 8) => ($"float{8 * type.Size}", ElementKind.Number),
        (H5DataTypeClass.Enumerated, 1) when type.Enumeration.GetMembers<byte>().OrderBy(member => member.Value).Select(member => member.Key).SequenceEqual(["FALSE", "TRUE"]) => ("bool", ElementKind.Byte),
        (H5DataTypeClass.String, _) => ("string", ElementKind.Text),
        (H5DataTypeClass.VariableLength, _) when type.VariableLength.BaseType.Size == 1 => ("string", ElementKind.Text),
        (H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint, _) => ($"number of {type.Size} bytes", ElementKind.Other),
        _ => (type.Class.ToString().ToLowerInvariant(), ElementKind.Other),
    };

    private static Array ReadAll(string path, string name, IH5Dataset dataset, long fileLength)
    {
        (string type, ElementKind kind) = TypeOf(dataset.Type);
        long[] shape = Shape(dataset);
        long bytes = BytesOf(shape, dataset.Type.Size);
        long chunk = ChunkBytes(dataset);
        long most = chunk > 0 ? MostInflation * fileLength : fileLength;
        if (bytes > most || chunk > most)
        {
            throw new StepZeroException($"{path}: '{name}' claims {Math.Max(bytes, chunk)} bytes ({string.Join('×', shape)} {type}), which a file of {fileLength} bytes cannot hold. Write or copy it again.");
        }

        if (bytes / Math.Max(1, dataset.Type.Size) > Array.MaxLength)
        {
            throw new StepZeroException($"{path}: '{name}' has more elements ({string.Join('×', shape)}) than one array holds. Use fewer samples.");
        }

        if (dataset.Space.Type == H5DataspaceType.Null && kind != ElementKind.Other)
        {
            return kind == ElementKind.Byte ? Array.Empty<byte>() : kind == ElementKind.Text ? Array.Empty<string>() : Array.Empty<double>();
        }

        return type switch
        {
            "uint8" => Elements<byte>(dataset),
            "bool" => Array.ConvertAll(Elements<byte>(dataset), truth => (byte)(truth == 0 ? 0 : 1)),
            "int8" => Numbers<sbyte>(dataset, value => value),
            "int16" => Numbers<short>(dataset, BinaryPrimitives.ReverseEndianness),
            "uint16" => Numbers<ushort>(dataset, BinaryPrimitives.ReverseEndianness),
            "int32" => Numbers<int>(dataset, BinaryPrimitives.ReverseEndianness),
            "uint32" => Numbers<uint>(dataset, BinaryPrimitives.ReverseEndianness),
            "int64" => Numbers<long>(dataset, BinaryPrimitives.ReverseEndianness),
            "uint64" => Numbers<ulong>(dataset, BinaryPrimitives.ReverseEndianness),
            "float16" => Numbers<Half>(dataset, value => BitConverter.UInt16BitsToHalf(BinaryPrimitives.ReverseEndianness(BitConverter.HalfToUInt16Bits(value)))),
            "float32" => Numbers<float>(dataset, value => BitConverter.UInt32BitsToSingle(BinaryPrimitives.ReverseEndianness(BitConverter.SingleToUInt32Bits(value)))),
            "float64" => Numbers<double>(dataset, value => BitConverter.UInt64BitsToDouble(BinaryPrimitives.ReverseEndianness(BitConverter.DoubleToUInt64Bits(value)))),
            "string" => Array.ConvertAll(Elements<string?>(dataset), text => text ?? ""),
            _ => throw new StepZeroException($"{path}: '{name}' holds {type}; expected numbers or texts. Store it as numbers."),
        };
    }

    /// <summary>All elements as doubles; the library does not turn the bytes of numbers of the other byte order, so that is done here.</summary>
    private static double[] Numbers<T>(IH5Dataset dataset, Func<T, T> turn) where T : unmanaged, INumberBase<T>
    {
        T[] elements;
        try
        {
            elements = Elements<T>(dataset);
        }
        catch (Exception error) when (error.Message.Contains("Byte order", StringComparison.OrdinalIgnoreCase))
        {
            elements = Array.ConvertAll(MemoryMarshal.Cast<byte, T>(Elements<byte>(dataset)).ToArray(), value => turn(value));
        }

        if (elements is double[] doubles)
        {
            return doubles;
        }

        double[] values = GC.AllocateUninitializedArray<double>(elements.Length);
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = double.CreateTruncating(elements[i]);
        }

        return values;
    }

    private static T[] Elements<T>(IH5Dataset dataset) =>
        ((NativeDataset)dataset).Read<T[]>(new H5DatasetAccess(ChunkCache: new Chunks(ChunkBytes(dataset), BytesOf(Shape(dataset), dataset.Type.Size))));

    /// <summary>The bytes of a chunk; 0 where the elements lie in one piece.</summary>
    private static long ChunkBytes(IH5Dataset dataset) =>
        dataset.Layout.Class == H5DataLayoutClass.Chunked ? BytesOf(Sizes(dataset.Layout.Chunks), dataset.Type.Size) : 0;

    private static long[] Shape(IH5Dataset dataset) => dataset.Space.Type == H5DataspaceType.Null ? [0] : Sizes(dataset.Space.Dimensions);

    private static long[] Sizes(ulong[] sizes) => Array.ConvertAll(sizes, size => checked((long)size));

    private static long BytesOf(long[] shape, long size) => shape.Aggregate(size, (product, length) => checked(product * length));

    /// <summary>
    /// The chunks of one array, all of which are kept, as the library reads row by row and a row may cross most of them. It hands out memory that it has
    /// given back already where the last filter only cut (Fletcher32) or all were skipped, so a chunk is copied before anything else is read.
    /// </summary>
    /// <param name="size">The bytes of a chunk.</param>
    /// <param name="all">The bytes of the array; chunks beyond its end make them a few times as many.</param>
    private sealed class Chunks(long size, long all) : IReadingChunkCache
    {
        private readonly SimpleReadingChunkCache kept = new(int.MaxValue, (ulong)((4 * all) + size));

        public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader) => kept.GetChunk(chunkIndex, () =>
        {
            Memory<byte> chunk = chunkReader();
            return chunk.Length == size ? chunk.ToArray() : throw new InvalidDataException($"a chunk holds {chunk.Length} bytes where {size} are expected");
        });
    }
}
