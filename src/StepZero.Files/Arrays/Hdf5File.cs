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

    /// <summary>Lists the datasets of all groups. Links to other files are not followed.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The datasets in the order of the file; below the root their names are paths, as in <c>train/x</c>.</returns>
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
        using var stream = new BudgetedStream(file, start, (16 * file.Length) + (1 << 20));
        using NativeFile content = H5File.Open(stream, leaveOpen: true);
        return use(content, stream);
    });

    /// <summary>Adds the datasets of a group and of those below it. <paramref name="above"/> holds where the reading of each group above began, by which a link back to it is known.</summary>
    private static void AddDatasets(string path, IH5Group group, BudgetedStream stream, string prefix, long[] above, List<StoredArray> found)
    {
        stream.FirstRead = null;
        IH5Object[] children = [.. group.Children()];
        long here = stream.FirstRead ?? -1;
        if (above.Contains(here) || above.Length > MostDepth)
        {
            return;
        }

        foreach (IH5Object child in children)
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
        long[] shape = [.. dataset.Space.Dimensions.Select(size => checked((long)size))];
        var array = new StoredArray(name, type, kind, dataset.Space.Type == H5DataspaceType.Null ? [0] : shape)
        {
            Read = () => Open<Array>(path, (file, source) => ReadAll(path, name, file.Dataset("/" + name), source.Length)),
        };
        if (type != "uint8" || dataset.Layout.Class != H5DataLayoutClass.Contiguous || shape is [] || shape.Contains(0) || BytesOf(shape, 1) > stream.Length)
        {
            return array;
        }

        // The library does not say where the data lie; it shows where it reads the first of them.
        ulong[] first = new ulong[shape.Length], one = new ulong[shape.Length];
        Array.Fill(one, 1UL);
        stream.FirstRead = null;
        dataset.Read<byte[]>(new HyperslabSelection(shape.Length, first, one));
        long features = BytesOf(shape, 1) / shape[0];
        return stream.FirstRead is long at && at + BytesOf(shape, 1) <= stream.Length
            ? array with { Stored = () => Damage.Guard(path, Expected, () => new FileFeatures(path, at, features)) }
            : array;
    }

    private static (string Type, ElementKind Kind) TypeOf(IH5DataType type) => (type.Class, type.Size) switch
    {
        (H5DataTypeClass.FixedPoint, 1) when !type.FixedPoint.IsSigned => ("uint8", ElementKind.Byte),
        (H5DataTypeClass.FixedPoint, 1 or 2 or 4 or 8) => ($"{(type.FixedPoint.IsSigned ? "" : "u")}int{8 * type.Size}", ElementKind.Number),
        (H5DataTypeClass.FloatingPoint, 2 or 4 or 8) => ($"float{8 * type.Size}", ElementKind.Number),
        (H5DataTypeClass.Enumerated, 1) => ("bool", ElementKind.Byte),
        (H5DataTypeClass.String, _) => ("string", ElementKind.Text),
        (H5DataTypeClass.VariableLength, _) when type.VariableLength.BaseType.Class is H5DataTypeClass.String or H5DataTypeClass.FixedPoint => ("string", ElementKind.Text),
        (H5DataTypeClass.FixedPoint or H5DataTypeClass.FloatingPoint, _) => ($"number of {type.Size} bytes", ElementKind.Other),
        _ => (type.Class.ToString().ToLowerInvariant(), ElementKind.Other),
    };

    private static Array ReadAll(string path, string name, IH5Dataset dataset, long fileLength)
    {
        (string type, ElementKind kind) = TypeOf(dataset.Type);
        long[] shape = [.. dataset.Space.Dimensions.Select(size => checked((long)size))];
        long bytes = BytesOf(shape, kind == ElementKind.Text ? 1 : dataset.Type.Size);
        bool packed = dataset.Layout.Class == H5DataLayoutClass.Chunked;
        if (bytes > (packed ? MostInflation * fileLength : fileLength))
        {
            throw new StepZeroException($"{path}: '{name}' claims {bytes} bytes ({string.Join('×', shape)} {type}), which a file of {fileLength} bytes cannot hold. Write or copy it again.");
        }

        if (bytes / Math.Max(1, dataset.Type.Size) > Array.MaxLength)
        {
            throw new StepZeroException($"{path}: '{name}' has more elements ({string.Join('×', shape)}) than one array holds. Use fewer samples.");
        }

        return type switch
        {
            "uint8" => dataset.Read<byte[]>(),
            "bool" => Array.ConvertAll(dataset.Read<byte[]>(), truth => (byte)(truth == 0 ? 0 : 1)),
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
            "string" => Array.ConvertAll(dataset.Read<string?[]>(), text => text ?? ""),
            _ => throw new StepZeroException($"{path}: '{name}' holds {type}; expected numbers or texts. Store it as numbers."),
        };
    }

    /// <summary>All elements as doubles; the library does not turn the bytes of numbers of the other byte order, so that is done here.</summary>
    private static double[] Numbers<T>(IH5Dataset dataset, Func<T, T> turn) where T : unmanaged, INumberBase<T>
    {
        T[] elements;
        try
        {
            elements = dataset.Read<T[]>();
        }
        catch (Exception error) when (error.Message.Contains("Byte order", StringComparison.OrdinalIgnoreCase))
        {
            elements = Array.ConvertAll(MemoryMarshal.Cast<byte, T>(dataset.Read<byte[]>()).ToArray(), value => turn(value));
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

    private static long BytesOf(long[] shape, long size) => shape.Aggregate(size, (product, length) => checked(product * length));
}
