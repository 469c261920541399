using System.Runtime.InteropServices;

namespace StepZero.Files.Arrays;

/// <summary>An array to be written to a .npz file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its type as in the header of a .npy file, such as <c>&lt;f8</c>.</param>
/// <param name="Shape">Its sizes; none for a single value.</param>
/// <param name="Content">Writes the bytes of its elements, row-major.</param>
internal sealed record NpzEntry(string Name, string Type, IReadOnlyList<long> Shape, Action<Stream> Content)
{
    /// <summary>As many elements are written at once: an array may have more bytes than a span can.</summary>
    private const int Block = 1 << 16;

    /// <summary>Whole numbers from 0 to 255.</summary>
    public static NpzEntry Bytes(string name, byte[] values, params IReadOnlyList<long> shape) => new(name, "|u1", shape, file => file.Write(values));

    /// <summary>Numbers.</summary>
    public static NpzEntry Doubles(string name, double[] values, params IReadOnlyList<long> shape) => new(name, "<f8", shape, file => Write<double>(file, values));

    /// <summary>Whole numbers.</summary>
    public static NpzEntry Longs(string name, long[] values, params IReadOnlyList<long> shape) => new(name, "<i8", shape, file => Write<long>(file, values));

    /// <summary>Texts, each with the room that the longest one takes. Zeros at the end of a text are not kept, as in NumPy.</summary>
    public static NpzEntry Texts(string name, string[] values, params IReadOnlyList<long> shape)
    {
        int longest = values.Select(text => Letters(text).Count()).Append(1).Max();
        return new(name, $"<U{longest}", shape, file =>
        {
            uint[] padded = new uint[longest];
            foreach (string text in values)
            {
                Array.Clear(padded);
                int length = 0;
                foreach (uint letter in Letters(text))
                {
                    padded[length++] = letter;
                }

                Write<uint>(file, padded);
            }
        });
    }

    /// <summary>The letters of a text by their numbers in Unicode; half a pair counts for itself, as in Python.</summary>
    private static IEnumerable<uint> Letters(string text)
    {
        for (int i = 0; i < text.Length; i++)
        {
            bool pair = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            yield return pair ? (uint)char.ConvertToUtf32(text[i], text[++i]) : text[i];
        }
    }

    /// <summary>Writes elements as they lie in memory.</summary>
    public static void Write<T>(Stream file, ReadOnlySpan<T> values) where T : unmanaged
    {
        for (int done = 0; done < values.Length; done += Block)
        {
            file.Write(MemoryMarshal.AsBytes(values.Slice(done, Math.Min(Block, values.Length - done))));
        }
    }
}
