using System.Buffers.Binary;
using System.Runtime.InteropServices;
using StepZero.Files.Arrays;

namespace StepZero.Files.Models;

/// <summary>A .safetensors file: named tensors, and texts about them.</summary>
/// <param name="Metadata">The texts by their names.</param>
/// <param name="Tensors">The tensors in the order of their bytes. Those of 16 to 64 bits floating point are read as doubles, others are only listed.</param>
/// <remarks>Source: the description of the format, https://github.com/huggingface/safetensors#format.</remarks>
internal sealed record SafetensorsFile(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<StoredArray> Tensors)
{
    /// <summary>The field of the header that is no tensor.</summary>
    public const string MetadataName = "__metadata__";

    private const string Expected = "a .safetensors file";

    /// <summary>The longest header that the format allows.</summary>
    private const int LongestHeader = 100_000_000;

    private const int Block = 1 << 16;

    /// <summary>Whether a file that begins so may be one: its header, an object, begins at the ninth byte.</summary>
    public static bool Begins(ReadOnlySpan<byte> start) => start.Length > sizeof(ulong) && start[sizeof(ulong)] == '{';

    /// <summary>Reads the header of a file.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">The file cannot be read, or is damaged.</exception>
    public static SafetensorsFile Open(string path) => Damage.Guard(path, Expected, () =>
    {
        using Stream file = NpyFile.Open(path);
        Span<byte> start = stackalloc byte[sizeof(ulong)];
        file.ReadExactly(start);
        ulong length = BinaryPrimitives.ReadUInt64LittleEndian(start);
        long rest = file.Length - sizeof(ulong);
        if (length > LongestHeader || (long)length > rest)
        {
            throw new InvalidDataException($"its header claims {length} bytes; {rest} follow, and at most {LongestHeader} are allowed");
        }

        byte[] json = new byte[length];
        file.ReadExactly(json);
        if (json is not [(byte)'{', ..])
        {
            throw new InvalidDataException("its header does not begin with '{'");
        }

        var header = SafetensorsHeader.Parse(json, rest - json.Length);
        long data = sizeof(ulong) + json.Length;
        return new SafetensorsFile(header.Metadata, [.. header.Tensors.Select(tensor => new StoredArray(tensor.Name, tensor.Type, KindOf(tensor.Type), tensor.Shape)
        {
            Read = () => Damage.Guard(path, Expected, () => Read(path, tensor, data)),
        })]);
    });

    private static ElementKind KindOf(string type) => type is "F64" or "F32" or "F16" or "BF16" ? ElementKind.Number : ElementKind.Other;

    private static Array Read(string path, SafetensorsTensor tensor, long data)
    {
        string place = $"{path}: tensor '{OneLine.Of(tensor.Name, StoredArray.LongestName)}'";
        if (KindOf(tensor.Type) == ElementKind.Other)
        {
            throw new StepZeroException($"{place} is of the type {tensor.Type}; expected F64, F32, F16 or BF16. Save it as one of these.");
        }

        using Stream file = NpyFile.Open(path);
        file.Position = data + tensor.Start;
        return tensor.Type == "BF16"
            ? ReadBFloat16(file, tensor.Count)
            : NpyElements.Read(place, new NpyHeader(NpyType.Parse($"<f{(tensor.End - tensor.Start) / Math.Max(1, tensor.Count)}"), Fortran: false, tensor.Shape, tensor.Count), file.ReadExactly, NpyFile.Memory);
    }

    /// <summary>Numbers whose bits are the upper half of a single's.</summary>
    private static double[] ReadBFloat16(Stream file, long count)
    {
        double[] values = GC.AllocateUninitializedArray<double>(checked((int)count));
        ushort[] block = new ushort[Math.Min(Block, values.Length)];
        for (int done = 0; done < values.Length; done += block.Length)
        {
            Span<ushort> piece = block.AsSpan(0, Math.Min(block.Length, values.Length - done));
            file.ReadExactly(MemoryMarshal.AsBytes(piece));
            for (int i = 0; i < piece.Length; i++)
            {
                values[done + i] = BitConverter.UInt32BitsToSingle((uint)piece[i] << 16);
            }
        }

        return values;
    }
}
