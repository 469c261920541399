using System.Buffers.Binary;
using System.Text;

namespace StepZero.Files.Arrays;

/// <summary>The header of a .npy file, versions 1.0, 2.0 and 3.0.</summary>
/// <param name="Type">The type of the elements.</param>
/// <param name="Fortran">Whether the first index runs fastest.</param>
/// <param name="Shape">The sizes; none for a single value.</param>
/// <param name="Count">The number of elements.</param>
/// <remarks>Source: NumPy enhancement proposal 1, "A simple file format for NumPy arrays", and <c>numpy/lib/format.py</c>.</remarks>
internal sealed record NpyHeader(NpyType Type, bool Fortran, IReadOnlyList<long> Shape, long Count)
{
    /// <summary>More than any header is long that was not made to do harm.</summary>
    private const int LongestText = 1 << 20;

    /// <summary>As many as any NumPy knows.</summary>
    private const int MostSizes = 64;

    /// <summary>What every .npy file begins with; two bytes of the version follow.</summary>
    public static ReadOnlySpan<byte> Magic => [0x93, (byte)'N', (byte)'U', (byte)'M', (byte)'P', (byte)'Y'];

    /// <summary>Reads a header and checks it against the length of the file, so that the sizes it names can be believed.</summary>
    /// <param name="read">Reads the next bytes of the file.</param>
    /// <param name="length">The length of the file.</param>
    /// <exception cref="InvalidDataException">It is not the header of a .npy file of this length.</exception>
    public static NpyHeader Read(Action<Span<byte>> read, long length)
    {
        Span<byte> start = stackalloc byte[Magic.Length + 2];
        read(start);
        if (!start.StartsWith(Magic) || start[^2] is < 1 or > 3 || start[^1] != 0)
        {
            throw new InvalidDataException("it does not begin as a .npy file of version 1.0, 2.0 or 3.0 does");
        }

        Span<byte> size = stackalloc byte[start[^2] == 1 ? sizeof(ushort) : sizeof(uint)];
        read(size);
        long textLength = size.Length == sizeof(ushort) ? BinaryPrimitives.ReadUInt16LittleEndian(size) : BinaryPrimitives.ReadUInt32LittleEndian(size);
        long rest = length - start.Length - size.Length - textLength;
        if (rest < 0 || textLength > LongestText)
        {
            throw new InvalidDataException($"its header claims {textLength} bytes of {length}");
        }

        byte[] text = new byte[textLength];
        read(text);
        NpyHeader header = Parse((start[^2] == 3 ? Encoding.UTF8 : Encoding.Latin1).GetString(text));
        header.CheckLength(rest);
        return header;
    }

    /// <summary>Whether both say the same.</summary>
    public bool Matches(NpyHeader other) => Type == other.Type && Fortran == other.Fortran && Shape.SequenceEqual(other.Shape);

    /// <summary>Reads the dictionary of a header, as Python writes it.</summary>
    /// <exception cref="InvalidDataException">It is not the dictionary of a header.</exception>
    internal static NpyHeader Parse(string text)
    {
        var reader = new PythonReader(text);
        NpyType? type = null;
        bool? fortran = null;
        List<long>? shape = null;
        reader.Expect('{');
        while (!reader.Accept('}'))
        {
            string key = reader.Text();
            reader.Expect(':');
            switch (key)
            {
                case "descr" when type is null:
                    type = reader.IsAtText ? NpyType.Parse(reader.Text()) : SkipStructure(ref reader);
                    break;
                case "fortran_order" when fortran is null:
                    fortran = reader.Truth();
                    break;
                case "shape" when shape is null:
                    shape = reader.Sizes();
                    break;
                default:
                    throw new InvalidDataException($"its header has '{OneLine.Of(key, StoredArray.LongestName)}' where 'descr', 'fortran_order' and 'shape' stand, once each");
            }

            if (!reader.Accept(','))
            {
                reader.Expect('}');
                break;
            }
        }

        reader.ExpectEnd();
        return type is null || fortran is null || shape is null || shape.Count > MostSizes
            ? throw new InvalidDataException($"its header lacks 'descr', 'fortran_order' or 'shape', or has more than {MostSizes} sizes")
            : new NpyHeader(type, fortran.Value, shape, StoredArray.CountOf(shape));
    }

    private static NpyType SkipStructure(ref PythonReader reader)
    {
        reader.SkipValue();
        return NpyType.Structure;
    }

    private void CheckLength(long rest)
    {
        if (Type.Size == 0 && Type.Kind == ElementKind.Text && Count > 0)
        {
            throw new InvalidDataException($"its header names {Count} texts of no length");
        }

        if (Type.Size >= 0 && (Int128)Count * Type.Size != rest)
        {
            throw new InvalidDataException($"its header names {Count} elements of {Type.Size} bytes, and {rest} bytes follow");
        }
    }
}
