using System.Text;

namespace StepZero.Tests.RandomNumbers;

/// <summary>Philox4x32-10 as the paper writes it, one counter at a time (Salmon, Moraes, Dror and Shaw 2011), and the addresses of PhiloxRandom's words.</summary>
internal static class PhiloxReference
{
    /// <summary>The four random words of a counter.</summary>
    public static uint[] Block(uint[] counter, uint[] key)
    {
        (uint c0, uint c1, uint c2, uint c3) = (counter[0], counter[1], counter[2], counter[3]);
        (uint k0, uint k1) = (key[0], key[1]);
        for (int round = 0; round < 10; round++)
        {
            ulong product0 = 0xD2511F53ul * c0, product1 = 0xCD9E8D57ul * c2;
            (c0, c1, c2, c3) = ((uint)(product1 >> 32) ^ c1 ^ k0, (uint)product1, (uint)(product0 >> 32) ^ c3 ^ k1, (uint)product0);
            k0 = unchecked(k0 + 0x9E3779B9u);
            k1 = unchecked(k1 + 0xBB67AE85u);
        }

        return [c0, c1, c2, c3];
    }

    /// <summary>Word <paramref name="index"/> of a stream: groups of 64 words come from 16 counters, first the first word of each.</summary>
    public static uint Word(ulong index, uint[] key, uint[] stream)
    {
        ulong block = (16 * (index / 64)) + (index % 16);
        return Block([(uint)block, (uint)(block >> 32), stream[0], stream[1]], key)[index / 16 % 4];
    }

    /// <summary>Words of the tensor's stream from a place on; the seed is the key, the name's hash the upper half of the counter.</summary>
    public static uint[] Words(ulong seed, string tensor, long start, int count, int filling = 0)
    {
        ulong hash = Fnv1a([.. Encoding.UTF8.GetBytes(tensor), .. filling == 0 ? [] : new byte[] { 255, (byte)filling, (byte)(filling >> 8), 0, 0 }]);
        uint[] key = [(uint)seed, (uint)(seed >> 32)], stream = [(uint)hash, (uint)(hash >> 32)];
        return [.. Enumerable.Range(0, count).Select(i => Word((ulong)(start + i), key, stream))];
    }

    /// <summary>Two words as one of 64 bits, the lower half first.</summary>
    public static ulong[] Words64(ulong seed, string tensor, long start, int count, int filling = 0)
    {
        uint[] words = Words(seed, tensor, 2 * start, 2 * count, filling);
        return [.. Enumerable.Range(0, count).Select(i => words[2 * i] | ((ulong)words[(2 * i) + 1] << 32))];
    }

    /// <summary>The 64-bit FNV-1a hash (Fowler, Noll and Vo).</summary>
    public static ulong Fnv1a(byte[] letters) =>
        letters.Aggregate(0xcbf29ce484222325ul, (hash, letter) => unchecked((hash ^ letter) * 0x100000001b3ul));
}
