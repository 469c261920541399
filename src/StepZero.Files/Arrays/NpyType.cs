using System.Globalization;

namespace StepZero.Files.Arrays;

/// <summary>The type of the elements of a NumPy array, as the <c>descr</c> of its header says.</summary>
/// <param name="Letter">NumPy's letter: <c>f</c> for floating point, <c>U</c> for texts, …; <c>[</c> for structures.</param>
/// <param name="Size">The bytes of an element; -1 where the header does not say.</param>
/// <param name="Swapped">Whether the highest byte comes first.</param>
/// <param name="Name">NumPy's name of the type, as in <c>float64</c>.</param>
internal sealed record NpyType(char Letter, int Size, bool Swapped, string Name)
{
    private const int LongestText = 1 << 28;

    /// <summary>Elements of several named fields.</summary>
    public static NpyType Structure { get; } = new('[', -1, Swapped: false, "structured");

    /// <summary>What the elements are.</summary>
    public ElementKind Kind => Letter switch
    {
        'b' => ElementKind.Byte,
        'u' when Size == 1 => ElementKind.Byte,
        'i' or 'u' => ElementKind.Number,
        'f' when Size is not 12 => ElementKind.Number,
        'U' or 'S' => ElementKind.Text,
        _ => ElementKind.Other,
    };

    /// <summary>Why elements of this kind are not read, and what to do: the end of a sentence that begins with the name of the array.</summary>
    public string Refusal => Letter switch
    {
        'O' => "holds Python objects, which are never read because reading them can run code; save numbers instead, as in x.astype(float)",
        'c' => $"holds complex numbers ({Name}), which have no place here; save real ones instead, as in x.real and x.imag",
        'M' or 'm' => $"holds dates or times ({Name}), which have no place here; save numbers instead, as in x.astype('int64')",
        '[' => "holds structures of several fields; save each field as an array of its own, as in x['field']",
        'V' => $"holds raw bytes ({Name}); save numbers instead, as in x.view('uint8')",
        _ => $"holds numbers of the type {Name}, which is not known here; save float64 instead, as in x.astype(float)",
    };

    /// <summary>Reads a type, as in <c>&lt;f8</c>.</summary>
    /// <exception cref="InvalidDataException">It is none of NumPy's.</exception>
    public static NpyType Parse(string text)
    {
        string bare = text is ['<' or '>' or '=' or '|', ..] ? text[1..] : text;
        char letter = bare is "" ? ' ' : bare[0];
        int unit = letter is 'M' or 'm' ? bare.IndexOf('[', StringComparison.Ordinal) : -1;
        string digits = bare is "" ? "" : bare[1..(unit < 0 ? bare.Length : unit)];
        bool isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int size);
        bool swapped = text.StartsWith('>');
        return (letter, isNumber ? size : -1) switch
        {
            ('b', 1) => new(letter, size, swapped, "bool"),
            ('i', 1 or 2 or 4 or 8) => new(letter, size, swapped, $"int{8 * size}"),
            ('u', 1 or 2 or 4 or 8) => new(letter, size, swapped, $"uint{8 * size}"),
            ('f', 2 or 4 or 8 or 12 or 16) => new(letter, size, swapped, $"float{8 * size}"),
            ('c', 8 or 16 or 24 or 32) => new(letter, size, swapped, $"complex{8 * size}"),
            ('U', >= 0 and <= LongestText) => new(letter, sizeof(uint) * size, swapped, $"{(swapped ? '>' : '<')}U{size}"),
            ('S', >= 0 and <= LongestText) => new(letter, size, swapped, $"|S{size}"),
            ('V', >= 0 and <= LongestText) => new(letter, size, swapped, $"void{8L * size}"),
            ('M', 8) => new(letter, size, swapped, "datetime64" + (unit < 0 ? "" : bare[unit..])),
            ('m', 8) => new(letter, size, swapped, "timedelta64" + (unit < 0 ? "" : bare[unit..])),
            ('O', _) when isNumber || digits is "" => new(letter, -1, swapped, "object"),
            _ => throw new InvalidDataException($"the type '{OneLine.Of(text, StoredArray.LongestName)}' is none of NumPy's"),
        };
    }
}
