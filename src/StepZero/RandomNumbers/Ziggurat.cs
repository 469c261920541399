using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace StepZero.RandomNumbers;

/// <summary>
/// NumPy's normal numbers by the ziggurat method: a random layer, a random distance from the middle. 99 times of 100 a table tells that the point is
/// under the curve; else the curve or the tail decides.
/// </summary>
/// <remarks>
/// A result takes at least one word of the stream, so as many words as results are drawn ahead, into the results' own memory: the writing never
/// overtakes the reading. Sources: Marsaglia and Tsang 2000; NumPy, <c>numpy/random/src/distributions/distributions.c</c>.
/// </remarks>
internal static class Ziggurat
{
    // The words of a batch stay in the nearest cache until they are numbers.
    private const int BatchBytes = 8192;

    /// <summary>Fills the span with standard normal numbers.</summary>
    public static void Fill(Span<double> values, Pcg64 pcg)
    {
        while (values.Length > 0)
        {
            values = values[FillPart(values[..Math.Min(values.Length, BatchBytes / sizeof(double))], pcg)..];
        }
    }

    /// <inheritdoc cref="Fill(Span{double}, Pcg64)"/>
    public static void Fill(Span<float> values, Pcg64 pcg)
    {
        while (values.Length > 0)
        {
            values = values[FillPart(values[..Math.Min(values.Length, BatchBytes / sizeof(float))], pcg)..];
        }
    }

    /// <summary>Puts numbers into the front of the span, from as many words as it is long.</summary>
    /// <returns>How many numbers there are: nearly the span's length; of a very short span possibly none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FillPart(Span<double> values, Pcg64 pcg)
    {
        Span<ulong> words = MemoryMarshal.Cast<double, ulong>(values);
        pcg.Fill(words);
        double[] widths = ZigguratTables.Widths;
        ulong[] inner = ZigguratTables.Inner;
        int filled = 0;
        for (int at = 0; at < words.Length; at++)
        {
            // From the lowest bit: 8 of the layer, 1 of the sign, 52 of the distance.
            ulong word = words[at];
            int layer = (byte)word;
            ulong distance = (word >> 9) & 0x000fffff_ffffffff;
            double x = (long)distance * widths[layer];
            x = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) | ((word & 0x100) << 55));
            if (distance >= inner[layer])
            {
                int last = at;
                bool isTaken = true;
                if (layer == 0)
                {
                    x = Tail(distance, words, ref last, pcg);
                }
                else
                {
                    isTaken = IsUnderCurve(x, layer, Uniform(words, ref last, pcg));
                }

                at = last;
                if (!isTaken)
                {
                    continue;
                }
            }

            values[filled++] = x;
        }

        return filled;
    }

    /// <inheritdoc cref="FillPart(Span{double}, Pcg64)"/>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int FillPart(Span<float> values, Pcg64 pcg)
    {
        Span<uint> words = MemoryMarshal.Cast<float, uint>(values);
        pcg.Fill(words);
        float[] widths = ZigguratTables.SingleWidths;
        uint[] inner = ZigguratTables.SingleInner;
        int filled = 0;
        for (int at = 0; at < words.Length; at++)
        {
            // From the lowest bit: 8 of the layer, 1 of the sign, 23 of the distance.
            uint word = words[at];
            int layer = (byte)word;
            uint distance = word >> 9;
            float x = (int)distance * widths[layer];
            x = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) | ((word & 0x100) << 23));
            if (distance >= inner[layer])
            {
                int last = at;
                bool isTaken = true;
                if (layer == 0)
                {
                    x = Tail(distance, words, ref last, pcg);
                }
                else
                {
                    isTaken = IsUnderCurve(x, layer, Uniform(words, ref last, pcg));
                }

                at = last;
                if (!isTaken)
                {
                    continue;
                }
            }

            values[filled++] = x;
        }

        return filled;
    }

    /// <summary>Whether the point at x, at a random height of its layer, is under the curve.</summary>
    private static bool IsUnderCurve(double x, int layer, double u)
    {
        double[] heights = ZigguratTables.Heights;
        return ((heights[layer - 1] - heights[layer]) * u) + heights[layer] < Math.Exp(-0.5 * x * x);
    }

    /// <summary>The same for single precision: the height is a single number, the curve a double one.</summary>
    private static bool IsUnderCurve(float x, int layer, float u)
    {
        float[] heights = ZigguratTables.SingleHeights;
        float height = ((heights[layer - 1] - heights[layer]) * u) + heights[layer];
        return height < Math.Exp(-0.5 * x * x);
    }

    /// <summary>
    /// A number of the tail (Marsaglia 1964): an exponential one beyond the tail's start, tried against a second. A bit of the distance is its sign.
    /// </summary>
    private static double Tail(ulong distance, Span<ulong> words, ref int last, Pcg64 pcg)
    {
        // The negative reciprocal of the tail's start, as NumPy has it in decimal digits.
        const double NegativeReciprocal = -0.27366123732975828;
        double beyond, other;
        do
        {
            beyond = NegativeReciprocal * Log1p.OfMinus(Uniform(words, ref last, pcg));
            other = -Log1p.OfMinus(Uniform(words, ref last, pcg));
        }
        while (!(other + other > beyond * beyond));
        double x = ZigguratTables.TailStart + beyond;
        return (distance & 0x100) != 0 ? -x : x;
    }

    /// <inheritdoc cref="Tail(ulong, Span{ulong}, ref int, Pcg64)"/>
    private static float Tail(uint distance, Span<uint> words, ref int last, Pcg64 pcg)
    {
        const float NegativeReciprocal = -0.27366123732975828f;
        float beyond, other;
        do
        {
            beyond = NegativeReciprocal * Log1p.OfMinus(Uniform(words, ref last, pcg));
            other = -Log1p.OfMinus(Uniform(words, ref last, pcg));
        }
        while (!(other + other > beyond * beyond));
        float x = (float)ZigguratTables.TailStart + beyond;
        return (distance & 0x100) != 0 ? -x : x;
    }

    /// <summary>A number uniform on [0, 1) from the next word: of those drawn ahead, or else of the generator.</summary>
    private static double Uniform(Span<ulong> words, ref int last, Pcg64 pcg)
    {
        int next = ++last;
        return Pcg64.ToDouble(next < words.Length ? words[next] : pcg.NextUInt64());
    }

    /// <inheritdoc cref="Uniform(Span{ulong}, ref int, Pcg64)"/>
    private static float Uniform(Span<uint> words, ref int last, Pcg64 pcg)
    {
        int next = ++last;
        return Pcg64.ToSingle(next < words.Length ? words[next] : pcg.NextUInt32());
    }
}
