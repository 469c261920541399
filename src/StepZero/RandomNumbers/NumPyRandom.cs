using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StepZero.RandomNumbers;

/// <summary>
/// The exact twin of NumPy's legacy generator, <c>np.random.seed(s)</c> or <c>np.random.RandomState(s)</c>: MT19937 with the polar method for
/// normal numbers. The same seed gives the same bits, in any mixture of calls.
/// </summary>
/// <remarks>
/// The logarithm of the polar method is the platform's, as in NumPy; on Linux both call the same C library. One instance serves one thread.
/// Sources: Matsumoto and Nishimura 1998, "Mersenne Twister"; NumPy, <c>numpy/random/src/legacy/legacy-distributions.c</c>.
/// </remarks>
/// <example><code>new NumPyRandom(1).StandardNormal()   // 1.6243453636632417, as np.random.seed(1); np.random.randn()</code></example>
public sealed class NumPyRandom
{
    private const int StateLength = 624;
    private const int Offset = 397;

    private readonly uint[] state = new uint[StateLength];
    private readonly uint[] output = new uint[StateLength];
    private readonly double[] uniforms = new double[StateLength / 2];
    private int position = StateLength;
    private double spareNormal;
    private bool hasSpareNormal;

    /// <summary>Starts the stream as <c>np.random.seed(seed)</c> does.</summary>
    /// <param name="seed">Any 32-bit number.</param>
    public NumPyRandom(uint seed)
    {
        for (int i = 0; i < StateLength; i++)
        {
            state[i] = seed;
            seed = (1812433253u * (seed ^ (seed >> 30))) + (uint)i + 1u;
        }
    }

    /// <summary>The next 32 bits of the stream.</summary>
    public uint NextUInt32()
    {
        if (position == StateLength)
        {
            Refill();
        }

        return output[position++];
    }

    /// <summary>A number uniform on [0, 1) with 53 random bits: <c>np.random.rand()</c>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public double Uniform()
    {
        int at = position;
        if (at >= StateLength || (at & 1) != 0)
        {
            return UniformAcross();
        }

        position = at + 2;
        return uniforms[at >> 1];
    }

    /// <summary>A number from the standard normal distribution: <c>np.random.randn()</c>.</summary>
    public double StandardNormal()
    {
        if (hasSpareNormal)
        {
            hasSpareNormal = false;
            return spareNormal;
        }

        Span<double> pair = stackalloc double[2];
        FillNormalPairs(pair);
        spareNormal = pair[1];
        hasSpareNormal = true;
        return pair[0];
    }

    /// <summary>Fills the span with uniform numbers on [0, 1): <c>np.random.rand(n)</c>.</summary>
    public void FillUniform(Span<double> values)
    {
        foreach (ref double value in values)
        {
            value = Uniform();
        }
    }

    /// <summary>Fills the span with standard normal numbers: <c>np.random.randn(n)</c>.</summary>
    public void FillStandardNormal(Span<double> values)
    {
        if (hasSpareNormal && values.Length > 0)
        {
            values[0] = StandardNormal();
            values = values[1..];
        }

        int pairs = values.Length & ~1;
        FillNormalPairs(values[..pairs]);
        if (pairs < values.Length)
        {
            values[pairs] = StandardNormal();
        }
    }

    /// <summary>The numbers 0 … count−1 in random order: <c>np.random.permutation(count)</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The count is negative.</exception>
    public int[] Permutation(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        int[] order = new int[count];
        for (int i = 0; i < count; i++)
        {
            order[i] = i;
        }

        for (int i = count - 1; i > 0; i--)
        {
            int j = (int)UpTo((uint)i);
            (order[i], order[j]) = (order[j], order[i]);
        }

        return order;
    }

    /// <summary>A uniform number where the next two numbers are not a pair of the present 624.</summary>
    private double UniformAcross()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>A number uniform on 0 … largest, by rejection of masked bits.</summary>
    private uint UpTo(uint largest)
    {
        uint mask = uint.MaxValue >> BitOperations.LeadingZeroCount(largest);
        uint value;
        do
        {
            value = NextUInt32() & mask;
        }
        while (value > largest);
        return value;
    }

    /// <summary>
    /// The polar method (Marsaglia and Bray 1964): two normal numbers from each random point of the unit disc. The points of a batch are chosen first,
    /// without a branch that the processor would guess wrongly one time in five; then come the logarithms, then the roots and quotients.
    /// </summary>
    /// <param name="values">An even number of values.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void FillNormalPairs(Span<double> values)
    {
        const int Batch = 128;
        Span<double> first = stackalloc double[Batch];
        Span<double> second = stackalloc double[Batch];
        Span<double> squares = stackalloc double[Batch];
        Span<double> factors = stackalloc double[Batch];
        while (values.Length > 0)
        {
            int pairs = Math.Min(Batch, values.Length / 2);
            for (int accepted = 0; accepted < pairs;)
            {
                double x = (2.0 * Uniform()) - 1.0;
                double y = (2.0 * Uniform()) - 1.0;
                double square = (x * x) + (y * y);
                first[accepted] = x;
                second[accepted] = y;
                squares[accepted] = square;
                accepted += square < 1.0 & square != 0.0 ? 1 : 0;
            }

            for (int i = 0; i < pairs; i++)
            {
                factors[i] = Math.Log(squares[i]);
            }

            for (int i = 0; i < pairs; i++)
            {
                double factor = Math.Sqrt(-2.0 * factors[i] / squares[i]);
                values[2 * i] = factor * second[i];
                values[(2 * i) + 1] = factor * first[i];
            }

            values = values[(2 * pairs)..];
        }
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
