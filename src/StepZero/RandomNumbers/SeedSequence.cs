namespace StepZero.RandomNumbers;

/// <summary>
/// NumPy's <c>SeedSequence(seed)</c>: hashes a seed into as many well-mixed bits as a generator's state needs, so that neighbouring seeds give
/// unrelated streams.
/// </summary>
/// <remarks>Sources: O'Neill 2015, "Developing a seed_seq Alternative"; NumPy, <c>numpy/random/bit_generator.pyx</c>, for the constants.</remarks>
internal static class SeedSequence
{
    private const int PoolLength = 4;

    /// <summary>The words of <c>SeedSequence(seed).generate_state(count, np.uint64)</c>.</summary>
    /// <param name="seed">The entropy: one or two words of 32 bits. A second word of zero mixes as an absent one does.</param>
    /// <param name="count">How many words.</param>
    public static ulong[] Generate(ulong seed, int count)
    {
        uint[] pool = Mix(seed);
        uint constant = 0x8b51f9dd;
        ulong[] words = new ulong[count];
        for (int i = 0; i < 2 * count; i++)
        {
            // The low half of each word comes first.
            words[i / 2] |= (ulong)Hash(pool[i % PoolLength], ref constant, 0x58f38ded) << (32 * (i % 2));
        }

        return words;
    }

    /// <summary>Fills the pool with the hashed seed, then lets each word of it touch each other.</summary>
    private static uint[] Mix(ulong seed)
    {
        const uint Multiplier = 0x931e8875;
        uint constant = 0x43b0d7e5;
        uint[] pool = [(uint)seed, (uint)(seed >> 32), 0, 0];
        for (int i = 0; i < PoolLength; i++)
        {
            pool[i] = Hash(pool[i], ref constant, Multiplier);
        }

        for (int from = 0; from < PoolLength; from++)
        {
            for (int to = 0; to < PoolLength; to++)
            {
                if (from != to)
                {
                    uint mixed = (0xca01f9dd * pool[to]) - (0x4973f715 * Hash(pool[from], ref constant, Multiplier));
                    pool[to] = mixed ^ (mixed >> 16);
                }
            }
        }

        return pool;
    }

    /// <summary>A multiplicative hash whose constant moves on with each call.</summary>
    private static uint Hash(uint value, ref uint constant, uint multiplier)
    {
        value ^= constant;
        constant *= multiplier;
        value *= constant;
        return value ^ (value >> 16);
    }
}
