using System.Runtime.CompilerServices;

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

        uint y = state[position++];
        y ^= y >> 11;
        y ^= (y << 7) & 0x9d2c5680u;
        y ^= (y << 15) & 0xefc60000u;
        return y ^ (y >> 18);
    }

    /// <summary>A number uniform on [0, 1) with 53 random bits: <c>np.random.rand()</c>.</summary>
    public double Uniform()
    {
        uint high = NextUInt32() >> 5;
        uint low = NextUInt32() >> 6;
        return ((high * 67108864.0) + low) / 9007199254740992.0;
    }

    /// <summary>A number from the standard normal distribution: <c>np.random.randn()</c>.</summary>
    public double StandardNormal()
    {
        if (hasSpareNormal)
        {
            hasSpareNormal = false;
            return spareNormal;
        }

        double first, second, square;
        do
        {
            first = (2.0 * Uniform()) - 1.0;
            second = (2.0 * Uniform()) - 1.0;
            square = (first * first) + (second * second);
        }
        while (square >= 1.0 || square == 0.0);

        double factor = Math.Sqrt(-2.0 * Math.Log(square) / square);
        spareNormal = factor * first;
        hasSpareNormal = true;
        return factor * second;
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
        foreach (ref double value in values)
        {
            value = StandardNormal();
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

    /// <summary>A number uniform on 0 … largest, by rejection of masked bits.</summary>
    private uint UpTo(uint largest)
    {
        uint mask = uint.MaxValue >> System.Numerics.BitOperations.LeadingZeroCount(largest);
        uint value;
        do
        {
            value = NextUInt32() & mask;
        }
        while (value > largest);
        return value;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Refill()
    {
        uint[] s = state;
        int i = 0;
        for (; i < StateLength - Offset; i++)
        {
            s[i] = s[i + Offset] ^ Twist(s[i], s[i + 1]);
        }

        for (; i < StateLength - 1; i++)
        {
            s[i] = s[i + Offset - StateLength] ^ Twist(s[i], s[i + 1]);
        }

        s[i] = s[Offset - 1] ^ Twist(s[i], s[0]);
        position = 0;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint Twist(uint high, uint low)
    {
        uint y = (high & 0x80000000u) | (low & 0x7fffffffu);
        return (y >> 1) ^ ((uint)-(int)(y & 1) & 0x9908b0dfu);
    }
}
