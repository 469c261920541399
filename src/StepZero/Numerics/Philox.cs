using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace StepZero.Numerics;

/// <summary>What selects one stream of the counter-based generator: its two key words, and the upper two words of every counter.</summary>
internal readonly record struct PhiloxKey(uint Key0, uint Key1, uint Stream0, uint Stream1);

/// <summary>
/// Philox4x32-10: a bijection from a counter of four words to four random words, so that any part of a stream can be made on its own.
/// Source: Salmon, Moraes, Dror and Shaw 2011, "Parallel random numbers: as easy as 1, 2, 3".
/// </summary>
/// <remarks>
/// The words of a stream lie in groups of 64 that come from 16 neighboring counters: word j is word ⌊j/16⌋ mod 4 of the block whose counter is
/// 16·⌊j/64⌋ + j mod 16. So sixteen lanes store what they hold, and nothing is transposed.
/// </remarks>
internal static unsafe class Philox
{
    /// <summary>Words of one group.</summary>
    public const int GroupLength = 64;

    private const int Rounds = 10;
    private const ulong Multiplier0 = 0xD2511F53;
    private const ulong Multiplier1 = 0xCD9E8D57;
    private const ulong Weyl0 = 0x9E3779B9;
    private const ulong Weyl1 = 0xBB67AE85;

    /// <summary>Writes whole groups of words.</summary>
    /// <param name="words">Receives 64 words a group.</param>
    /// <param name="key">The stream.</param>
    /// <param name="firstGroup">The index of the first group.</param>
    /// <param name="groups">How many groups.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void FillWords(uint* words, PhiloxKey key, ulong firstGroup, int groups)
    {
        // A word lives in the lower half of a 64-bit lane; what the multiplications leave in the upper half is never read.
        Vector512<ulong> m0 = Vector512.Create(Multiplier0), m1 = Vector512.Create(Multiplier1);
        Vector512<ulong> w0 = Vector512.Create(Weyl0), w1 = Vector512.Create(Weyl1);
        Vector512<ulong> even = Vector512.Create(0ul, 2, 4, 6, 8, 10, 12, 14), odd = even + Vector512<ulong>.One;
        for (int group = 0; group < groups; group++)
        {
            ulong block = 16 * (firstGroup + (ulong)group);
            Vector512<ulong> a0 = Vector512.Create(block) + even, b0 = Vector512.Create(block) + odd;
            Vector512<ulong> a1 = Vector512.Create(block >> 32), b1 = a1;
            Vector512<ulong> a2 = Vector512.Create((ulong)key.Stream0), b2 = a2;
            Vector512<ulong> a3 = Vector512.Create((ulong)key.Stream1), b3 = a3;
            Vector512<ulong> k0 = Vector512.Create((ulong)key.Key0), k1 = Vector512.Create((ulong)key.Key1);
            for (int round = 0; round < Rounds; round++)
            {
                Vector512<ulong> p0 = MultiplyLower(a0, m0), p1 = MultiplyLower(a2, m1);
                Vector512<ulong> q0 = MultiplyLower(b0, m0), q1 = MultiplyLower(b2, m1);
                a0 = (p1 >>> 32) ^ a1 ^ k0;
                a2 = (p0 >>> 32) ^ a3 ^ k1;
                b0 = (q1 >>> 32) ^ b1 ^ k0;
                b2 = (q0 >>> 32) ^ b3 ^ k1;
                (a1, a3, b1, b3) = (p1, p0, q1, q0);
                k0 += w0;
                k1 += w1;
            }

            uint* to = words + (group * GroupLength);
            Store(a0, b0, to);
            Store(a1, b1, to + 16);
            Store(a2, b2, to + 32);
            Store(a3, b3, to + 48);
        }
    }

    /// <summary>The lower halves of the even counters' lanes and of the odd counters', in turn.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(Vector512<ulong> even, Vector512<ulong> odd, uint* words) =>
        ((even & Vector512.Create(0xFFFFFFFFul)) | (odd << 32)).AsUInt32().Store(words);

    /// <summary>The 64-bit products of the lower halves of the lanes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<ulong> MultiplyLower(Vector512<ulong> a, Vector512<ulong> b)
    {
        if (Avx512F.IsSupported)
        {
            return Avx512F.Multiply(a.AsUInt32(), b.AsUInt32());
        }

        if (Avx2.IsSupported)
        {
            return Vector512.Create(
                Avx2.Multiply(a.GetLower().AsUInt32(), b.GetLower().AsUInt32()), Avx2.Multiply(a.GetUpper().AsUInt32(), b.GetUpper().AsUInt32()));
        }

        Vector512<ulong> lower = Vector512.Create(0xFFFFFFFFul);
        return (a & lower) * (b & lower);
    }
}
