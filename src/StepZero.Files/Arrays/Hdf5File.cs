using System.Numerics;
using System.Numerics.Tensors;
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

        if ((chunk > 0 ? bytes : bytes / Math.Max(1, dataset.Type.Size)) > Array.MaxLength)
        {
            throw new StepZeroException($"{path}: '{name}' has more elements ({string.Join('×', shape)}) than one array holds. Use fewer samples.");
        }

        if (dataset.Space.Type == H5DataspaceType.Null && kind != ElementKind.Other)
        {
            return kind == ElementKind.Byte ? Array.Empty<byte>() : kind == ElementKind.Text ? Array.Empty<string>() : Array.Empty<double>();
        }

        return type switch
        {
            "uint8" => Bytes(path, dataset),
            "bool" => Array.ConvertAll(Bytes(path, dataset), truth => (byte)(truth == 0 ? 0 : 1)),
            "int8" => Numbers<sbyte>(path, dataset),
            "int16" => Numbers<short>(path, dataset),
            "uint16" => Numbers<ushort>(path, dataset),
            "int32" => Numbers<int>(path, dataset),
            "uint32" => Numbers<uint>(path, dataset),
            "int64" => Numbers<long>(path, dataset),
            "uint64" => Numbers<ulong>(path, dataset),
            "float16" => Numbers<Half>(path, dataset),
            "float32" => Numbers<float>(path, dataset),
            "float64" => Numbers<double>(path, dataset),
            "string" => Array.ConvertAll(((NativeDataset)dataset).Read<string?[]>(new H5DatasetAccess(ChunkCache: new CopiedChunks())), text => text ?? ""),
            _ => throw new StepZeroException($"{path}: '{name}' holds {type}; expected numbers or texts. Store it as numbers."),
        };
    }

    /// <summary>All elements as doubles; the library does not turn the bytes of numbers of the other byte order, so that is done here.</summary>
    private static double[] Numbers<T>(string path, IH5Dataset dataset) where T : unmanaged, INumberBase<T>
    {
        bool turned = IsTurned<T>(dataset);
        if (!turned && ChunkBytes(dataset) == 0)
        {
            T[] read = dataset.Read<T[]>();
            return read as double[] ?? Widen<T>(read);
        }

        byte[] bytes = Bytes(path, dataset);
        if (turned)
        {
            ByteOrder.Turn(bytes, dataset.Type.Size);
        }

        return Widen<T>(MemoryMarshal.Cast<byte, T>(bytes));
    }

    private static double[] Widen<T>(ReadOnlySpan<T> elements) where T : unmanaged, INumberBase<T>
    {
        double[] values = GC.AllocateUninitializedArray<double>(elements.Length);
        TensorPrimitives.ConvertTruncating(elements, values);
        return values;
    }

    /// <summary>Whether the numbers have the other byte order, which the library says only by refusing the first of them.</summary>
    private static bool IsTurned<T>(IH5Dataset dataset) where T : unmanaged
    {
        int rank = Shape(dataset).Length;
        if (Shape(dataset).Contains(0))
        {
            return false;
        }

        try
        {
            dataset.Read<T[]>(rank == 0 ? null : new HyperslabSelection(rank, new ulong[rank], [.. Enumerable.Repeat(1UL, rank)]));
            return false;
        }
        catch (Exception error) when (error.Message.Contains("Byte order", StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }
    }

    /// <summary>The bytes of all elements, row-major.</summary>
    private static byte[] Bytes(string path, IH5Dataset dataset) => ChunkBytes(dataset) == 0 || Shape(dataset).Contains(0)
        ? dataset.Read<byte[]>()
        : Hdf5Chunks.Read(path, (NativeDataset)dataset, Shape(dataset), Sizes(dataset.Layout.Chunks));

    /// <summary>The bytes of a chunk; 0 where the elements lie in one piece.</summary>
    private static long ChunkBytes(IH5Dataset dataset) =>
        dataset.Layout.Class == H5DataLayoutClass.Chunked ? BytesOf(Sizes(dataset.Layout.Chunks), dataset.Type.Size) : 0;

    private static long[] Shape(IH5Dataset dataset) => dataset.Space.Type == H5DataspaceType.Null ? [0] : Sizes(dataset.Space.Dimensions);

    private static long[] Sizes(ulong[] sizes) => Array.ConvertAll(sizes, size => checked((long)size));

    private static long BytesOf(long[] shape, long size) => shape.Aggregate(size, (product, length) => checked(product * length));

    /// <summary>Chunks of texts. The library may hand out memory that it has given back already, so they are copied.</summary>
    private sealed class CopiedChunks : IReadingChunkCache
    {
        private readonly SimpleReadingChunkCache kept = new();

        public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader) => kept.GetChunk(chunkIndex, () => chunkReader().ToArray());
    }
}
