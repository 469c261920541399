using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;

namespace StepZero.Files.Arrays;

/// <summary>Reads the elements of a .npy file.</summary>
internal static class NpyElements
{
    /// <summary>As much as is read and converted at once: it stays in the cache.</summary>
    private const int Block = 1 << 16;

    /// <summary>What a text and the reference to it take, besides its letters.</summary>
    private const int TextOverhead = 32;

    private const double Gigabyte = 1e9;

    /// <summary>Reads the elements, row-major.</summary>
    /// <param name="place">The file and the array, for messages.</param>
    /// <param name="header">The header, which has been read and believed.</param>
    /// <param name="read">Reads the next bytes of the file.</param>
    /// <param name="memory">The bytes of memory that there are.</param>
    /// <exception cref="StepZeroException">The elements cannot be read, or are too many.</exception>
    public static Array Read(string place, NpyHeader header, Action<Span<byte>> read, long memory)
    {
        if (header.Type.Kind == ElementKind.Other)
        {
            throw new StepZeroException($"{place} {header.Type.Refusal}.");
        }

        CheckMemory(place, header, memory);
        return header.Type.Kind switch
        {
            ElementKind.Byte => InRows(Bytes(header, read), header),
            ElementKind.Number => InRows(Numbers(header, read), header),
            _ => InRows(NpyTexts.Read(header, read), header),
        };
    }

    private static void CheckMemory(string place, NpyHeader header, long memory)
    {
        if (header.Count > Array.MaxLength)
        {
            throw new StepZeroException($"{place} has {header.Count} elements; at most {Array.MaxLength} can be read. Write fewer of them, or several arrays.");
        }

        long each = header.Type.Kind switch
        {
            ElementKind.Byte => sizeof(byte),
            ElementKind.Number => sizeof(double),
            _ => TextOverhead + (sizeof(char) * (long)header.Type.Size / (header.Type.Letter == 'U' ? sizeof(uint) : 1)),
        };
        double needed = (double)header.Count * each * (header.Fortran && Transposition.Reorders(header.Shape) ? 2 : 1);
        if (needed > memory)
        {
            throw new StepZeroException(FormattableString.Invariant(
                $"{place} takes {needed / Gigabyte:F1} GB of memory, and there are {memory / Gigabyte:F1} GB. Write fewer samples, or bytes (uint8) instead of larger numbers."));
        }
    }

    private static T[] InRows<T>(T[] values, NpyHeader header) => header.Fortran ? Transposition.ToRows(values, header.Shape) : values;

    private static byte[] Bytes(NpyHeader header, Action<Span<byte>> read)
    {
        byte[] values = GC.AllocateUninitializedArray<byte>((int)header.Count);
        read(values);
        if (header.Type.Letter == 'b')
        {
            TensorPrimitives.Min<byte>(values, 1, values);
        }

        return values;
    }

    private static double[] Numbers(NpyHeader header, Action<Span<byte>> read)
    {
        double[] values = GC.AllocateUninitializedArray<double>((int)header.Count);
        (char letter, int size, bool swapped, _) = header.Type;
        byte[] block = letter == 'f' && size == sizeof(double) ? [] : new byte[Math.Min(Block, header.Count * size)];
        for (int done = 0; done < values.Length;)
        {
            Span<double> target = values.AsSpan(done, Math.Min(values.Length - done, Block / size));
            Span<byte> source = block is [] ? MemoryMarshal.AsBytes(target) : block.AsSpan(0, target.Length * size);
            read(source);
            if (swapped)
            {
                ByteOrder.Turn(source, size);
            }

            if (block is not [])
            {
                Convert(source, letter, size, target);
            }

            done += target.Length;
        }

        return values;
    }

    private static void Convert(ReadOnlySpan<byte> source, char letter, int size, Span<double> target)
    {
        switch (letter, size)
        {
            case ('i', sizeof(sbyte)):
                Widen<sbyte>(source, target);
                break;
            case ('i', sizeof(short)):
                Widen<short>(source, target);
                break;
            case ('i', sizeof(int)):
                Widen<int>(source, target);
                break;
            case ('i', sizeof(long)):
                Widen<long>(source, target);
                break;
            case ('u', sizeof(ushort)):
                Widen<ushort>(source, target);
                break;
            case ('u', sizeof(uint)):
                Widen<uint>(source, target);
                break;
            case ('u', sizeof(ulong)):
                Widen<ulong>(source, target);
                break;
            case ('f', sizeof(ushort)):
                Widen<Half>(source, target);
                break;
            case ('f', sizeof(float)):
                Widen<float>(source, target);
                break;
            default:
                ExtendedDouble.Round(source, target);
                break;
        }
    }

    private static void Widen<T>(ReadOnlySpan<byte> source, Span<double> target) where T : unmanaged, INumberBase<T> =>
        TensorPrimitives.ConvertTruncating(MemoryMarshal.Cast<byte, T>(source), target);
}
