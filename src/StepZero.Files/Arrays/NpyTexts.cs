using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Unicode;

namespace StepZero.Files.Arrays;

/// <summary>Reads the texts of a .npy file.</summary>
internal static class NpyTexts
{
    private const int Block = 1 << 16;

    /// <summary>As many different texts are kept so that those that repeat, as labels do, take no memory again.</summary>
    private const int MostKept = 1 << 12;

    private const uint GreatestLetter = 0x10FFFF;
    private const uint FirstOfTwo = 0x10000;

    /// <summary>Reads texts in the order of the file, without the zeros at their ends.</summary>
    /// <param name="header">The header of the file.</param>
    /// <param name="read">Reads the next bytes of the file.</param>
    /// <exception cref="InvalidDataException">There is something that is no text.</exception>
    public static string[] Read(NpyHeader header, Action<Span<byte>> read)
    {
        string[] texts = new string[header.Count];
        if (texts is [])
        {
            return texts;
        }

        int size = header.Type.Size;
        byte[] block = new byte[Math.Min(texts.Length, Math.Max(1, Block / size)) * size];
        char[] letters = new char[header.Type.Letter == 'U' ? size / sizeof(char) : size];
        HashSet<string> kept = [];
        HashSet<string>.AlternateLookup<ReadOnlySpan<char>> known = kept.GetAlternateLookup<ReadOnlySpan<char>>();
        for (int i = 0; i < texts.Length; i++)
        {
            int position = i % (block.Length / size) * size;
            if (position == 0)
            {
                read(block.AsSpan(0, (int)Math.Min(block.Length, (texts.Length - i) * (long)size)));
            }

            Span<byte> bytes = block.AsSpan(position, size);
            ReadOnlySpan<char> text = letters.AsSpan(0, header.Type.Letter == 'U' ? Unicode(bytes, header.Type.Swapped, letters) : Bytes(bytes, letters));
            if (!known.TryGetValue(text, out texts[i]!))
            {
                texts[i] = text.ToString();
                if (kept.Count < MostKept)
                {
                    kept.Add(texts[i]);
                }
            }
        }

        return texts;
    }

    /// <summary>Four bytes a letter.</summary>
    private static int Unicode(Span<byte> bytes, bool swapped, Span<char> target)
    {
        Span<uint> codes = MemoryMarshal.Cast<byte, uint>(bytes);
        if (swapped)
        {
            BinaryPrimitives.ReverseEndianness(codes, codes);
        }

        int length = 0;
        foreach (uint code in codes.TrimEnd(0u))
        {
            if (code > GreatestLetter)
            {
                throw new InvalidDataException($"a text has the letter {code:X}, and the last letter of Unicode is {GreatestLetter:X}");
            }

            if (code >= FirstOfTwo)
            {
                length += new Rune(code).EncodeToUtf16(target[length..]);
            }
            else
            {
                target[length++] = (char)code;
            }
        }

        return length;
    }

    /// <summary>UTF-8 where it can be that, otherwise Latin-1, in which every byte is a letter.</summary>
    private static int Bytes(ReadOnlySpan<byte> bytes, Span<char> target)
    {
        ReadOnlySpan<byte> text = bytes.TrimEnd((byte)0);
        return (Utf8.IsValid(text) ? Encoding.UTF8 : Encoding.Latin1).GetChars(text, target);
    }
}
