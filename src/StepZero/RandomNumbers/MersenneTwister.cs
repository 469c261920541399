using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StepZero.RandomNumbers;

/// <summary>
/// MT19937, the generator under NumPy's legacy stream and under PyTorch's on the CPU: 624 words of state, advanced and tempered with vectors.
/// </summary>
/// <remarks>Source: Matsumoto and Nishimura 1998, "Mersenne Twister". One instance serves one thread.</remarks>
internal sealed class MersenneTwister
{
    private const int StateLength = 624;
    private const int Offset = 397;

    private readonly uint[] state = new uint[StateLength];
    private readonly uint[] output = new uint[StateLength];
    private readonly double[] uniforms = new double[StateLength / 2];
    private int position = StateLength;

    /// <summary>Starts from a seed of 32 bits (the authors' <c>init_genrand</c>).</summary>
    public MersenneTwister(uint seed)
    {
        for (int i = 0; i < StateLength; i++)
        {
            state[i] = seed;
            seed = (1812433253u * (seed ^ (seed >> 30))) + (uint)i + 1u;
        }
    }

    /// <summary>The next 32 bits of the stream.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint NextUInt32()
    {
        if (position == StateLength)
        {
            Refill();
        }

        return output[position++];
    }

    /// <summary>The next words of the stream, at least one and at most so many: a view that the next call overwrites.</summary>
    public ReadOnlySpan<uint> NextWords(int most)
    {
        if (position == StateLength)
        {
            Refill();
        }

        ReadOnlySpan<uint> words = output.AsSpan(position, Math.Min(most, StateLength - position));
        position += words.Length;
        return words;
    }

    /// <summary>A number uniform on [0, 1) with 53 random bits, from the next two words (the authors' <c>genrand_res53</c>).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double NextDouble()
    {
        int at = position;
        if (at >= StateLength || (at & 1) != 0)
        {
            return NextDoubleAcross();
        }

        position = at + 2;
        return uniforms[at >> 1];
    }

    /// <summary>A uniform number where the next two words are not a pair of the present 624.</summary>
    private double NextDoubleAcross()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>Makes the next 624 numbers of the state, the output of each, and the uniform number of each two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refill()
    {
        ref uint s = ref MemoryMarshal.GetArrayDataReference(state);
        int i = 0;
        for (; i + Vector256<uint>.Count <= StateLength - Offset; i += Vector256<uint>.Count)
        {
            Twist(ref s, i, i + Offset);
        }

        for (; i < StateLength - Offset; i++)
        {
            state[i] = state[i + Offset] ^ Twist(state[i], state[i + 1]);
        }

        for (; i + Vector256<uint>.Count <= StateLength - 1; i += Vector256<uint>.Count)
        {
            Twist(ref s, i, i + Offset - StateLength);
        }

        for (; i < StateLength - 1; i++)
        {
            state[i] = state[i + Offset - StateLength] ^ Twist(state[i], state[i + 1]);
        }

        state[i] = state[Offset - 1] ^ Twist(state[i], state[0]);

        ref uint to = ref MemoryMarshal.GetArrayDataReference(output);
        for (i = 0; i < StateLength; i += Vector256<uint>.Count)
        {
            Vector256<uint> y = Vector256.LoadUnsafe(ref s, (nuint)i);
            y ^= y >>> 11;
            y ^= (y << 7) & Vector256.Create(0x9d2c5680u);
            y ^= (y << 15) & Vector256.Create(0xefc60000u);
            (y ^ (y >>> 18)).StoreUnsafe(ref to, (nuint)i);
        }

        // The same numbers two by two, 27 bits of the first and 26 of the second: 53 bits of a double.
        ref ulong pairs = ref Unsafe.As<uint, ulong>(ref to);
        for (i = 0; i < uniforms.Length; i += Vector512<ulong>.Count)
        {
            Vector512<ulong> pair = Vector512.LoadUnsafe(ref pairs, (nuint)i);
            Vector512<ulong> high = (pair & Vector512.Create(0xffffffe0ul)) << 21;
            Vector512<double> number = Vector512.ConvertToDouble(high | (pair >>> 38));
            (number * (1 / 9007199254740992.0)).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(uniforms), (nuint)i);
        }

        position = 0;
    }

    private static uint Twist(uint high, uint low)
    {
        uint y = (high & 0x80000000u) | (low & 0x7fffffffu);
        return (y >> 1) ^ ((y & 1) * 0x9908b0dfu);
    }

    /// <summary>Eight steps of the recurrence at once: they read 397 numbers ahead (or 227 back), so none needs another's result.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Twist(ref uint s, int to, int ahead)
    {
        Vector256<uint> high = Vector256.LoadUnsafe(ref s, (nuint)to);
        Vector256<uint> low = Vector256.LoadUnsafe(ref s, (nuint)to + 1);
        Vector256<uint> y = (high & Vector256.Create(0x80000000u)) | (low & Vector256.Create(0x7fffffffu));
        Vector256<uint> odd = Vector256<uint>.Zero - (y & Vector256<uint>.One);
        Vector256<uint> next = Vector256.LoadUnsafe(ref s, (nuint)ahead) ^ (y >>> 1) ^ (odd & Vector256.Create(0x9908b0dfu));
        next.StoreUnsafe(ref s, (nuint)to);
    }
}
