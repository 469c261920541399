namespace StepZero.Files.Tables;

/// <summary>Integers of 7 bits a byte, the lowest first.</summary>
internal static class Varint
{
    /// <summary>Reads one.</summary>
    /// <exception cref="InvalidDataException">It has more than 64 bits.</exception>
    public static ulong Read(ReadOnlySpan<byte> bytes, ref int at)
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = bytes[at++];
            value |= (ulong)(next & 127) << shift;
            if (next < 128)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number has more than 64 bits");
    }

    /// <summary>The signed number that was stored as 0, -1, 1, -2, … ↦ 0, 1, 2, 3, …</summary>
    public static long FromZigzag(ulong value) => (long)(value >> 1) ^ -(long)(value & 1);
}
