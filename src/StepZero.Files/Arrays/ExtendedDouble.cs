using System.Buffers.Binary;

namespace StepZero.Files.Arrays;

/// <summary>
/// Numbers of 80 bits in 16 bytes, low byte first: the <c>long double</c> of x86 and NumPy's <c>float128</c> there. 64 bits of the significand are
/// followed by 15 of the exponent and the sign; the rest is padding.
/// </summary>
internal static class ExtendedDouble
{
    /// <summary>The bytes of a number, with its padding.</summary>
    public const int Size = 16;

    private const int ExponentBias = 16383;
    private const int GreatestExponent = 0x7FFF;
    private const int LeastNormal = -1022;
    private const int GreatestNormal = 1023;
    private const int ExtraBits = 11;
    private const int FractionBits = 52;
    private const int SignificandBits = 64;
    private const ulong LeadingBit = 1UL << 63;

    /// <summary>Rounds to doubles, to the nearest, and to the even one of two that are equally near.</summary>
    /// <param name="source">The bytes of the numbers.</param>
    /// <param name="target">Receives as many doubles.</param>
    public static void Round(ReadOnlySpan<byte> source, Span<double> target)
    {
        for (int i = 0; i < target.Length; i++)
        {
            ReadOnlySpan<byte> number = source.Slice(i * Size, Size);
            target[i] = Round(BinaryPrimitives.ReadUInt64LittleEndian(number), BinaryPrimitives.ReadUInt16LittleEndian(number[sizeof(ulong)..]));
        }
    }

    private static double Round(ulong significand, ushort signAndExponent)
    {
        int exponent = signAndExponent & GreatestExponent;
        double magnitude = exponent == 0 || significand == 0 ? 0
            : significand < LeadingBit ? double.NaN
            : exponent == GreatestExponent ? significand == LeadingBit ? double.PositiveInfinity : double.NaN
            : Round(significand, exponent - ExponentBias);
        return signAndExponent > GreatestExponent ? -magnitude : magnitude;
    }

    /// <summary>The number significand·2^(exponent − 63), whose leading bit is set.</summary>
    private static double Round(ulong significand, int exponent)
    {
        if (exponent > GreatestNormal)
        {
            return double.PositiveInfinity;
        }

        int cut = ExtraBits + Math.Max(0, LeastNormal - exponent);
        if (cut > SignificandBits)
        {
            return 0;
        }

        ulong kept = cut == SignificandBits ? 0 : significand >> cut;
        ulong half = 1UL << (cut - 1);
        ulong lost = significand & (half | (half - 1));
        if (lost > half || (lost == half && (kept & 1) == 1))
        {
            kept++;
        }

        // The leading bit of a normal number adds 1 to the exponent, and so does a carry out of the fraction, up to infinity.
        return BitConverter.UInt64BitsToDouble(((ulong)Math.Max(0, exponent - LeastNormal) << FractionBits) + kept);
    }
}
