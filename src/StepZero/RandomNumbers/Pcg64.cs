using System.Numerics;
using System.Runtime.CompilerServices;

namespace StepZero.RandomNumbers;

/// <summary>
/// PCG64, the generator under <c>np.random.default_rng</c>: a linear congruential generator of 128 bits whose state, folded to 64 bits and rotated
/// by its own highest bits (XSL-RR), is the output.
/// </summary>
/// <remarks>
/// Sources: O'Neill 2014, "PCG: A Family of Simple Fast Space-Efficient Statistically Good Algorithms for Random Number Generation"; NumPy,
/// <c>numpy/random/src/pcg64/pcg64.h</c>. One instance serves one thread.
/// </remarks>
internal sealed class Pcg64
{
    // One step is state·multiplier + increment modulo 2¹²⁸. The multiplier is O'Neill's; the increment comes from the seed.
    private const ulong MultiplierHigh = 2549297995355413924;
    private const ulong MultiplierLow = 4865540595714422341;
    private readonly ulong incrementHigh;
    private readonly ulong incrementLow;

    private ulong high;
    private ulong low;
    private uint spare;
    private bool hasSpare;

    /// <summary>Starts the generator as <c>np.random.PCG64(seed)</c> does.</summary>
    public Pcg64(ulong seed)
    {
        ulong[] words = SeedSequence.Generate(seed, 4);

        // The stream's number, doubled and made odd.
        incrementHigh = (words[2] << 1) | (words[3] >> 63);
        incrementLow = (words[3] << 1) | 1;

        // From zero one step leads to the increment; then the seed is added and one more step taken.
        low = incrementLow + words[1];
        high = incrementHigh + words[0] + (low < words[1] ? 1ul : 0);
        NextUInt64();
    }

    /// <summary>The next 64 bits of the stream.</summary>
    public ulong NextUInt64()
    {
        (ulong nextLow, ulong carried) = Prepare(low, incrementHigh, incrementLow);
        high = (high * MultiplierLow) + carried;
        low = nextLow;
        return Output(high, low);
    }

    /// <summary>
    /// The next 32 bits: the low half of a word of 64 bits, whose high half is kept for the next call, whatever words of 64 bits are drawn between.
    /// </summary>
    public uint NextUInt32()
    {
        if (hasSpare)
        {
            hasSpare = false;
            return spare;
        }

        ulong word = NextUInt64();
        spare = (uint)(word >> 32);
        hasSpare = true;
        return (uint)word;
    }

    // The loops below take each step of NextUInt64 with its low half prepared one round ahead: then a round waits for one product and one sum.

    /// <summary>Fills the span with what <see cref="NextUInt64"/> would give.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<ulong> words)
    {
        ulong h = high, l = low, addHigh = incrementHigh, addLow = incrementLow;
        (ulong nextLow, ulong carried) = Prepare(l, addHigh, addLow);
        for (int i = 0; i < words.Length; i++)
        {
            h = (h * MultiplierLow) + carried;
            l = nextLow;
            (nextLow, carried) = Prepare(l, addHigh, addLow);
            words[i] = Output(h, l);
        }

        (high, low) = (h, l);
    }

    /// <summary>Fills the span with start + range·u, u uniform on [0, 1) with 53 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillUniform(Span<double> values, double start, double range)
    {
        ulong h = high, l = low, addHigh = incrementHigh, addLow = incrementLow;
        (ulong nextLow, ulong carried) = Prepare(l, addHigh, addLow);
        for (int i = 0; i < values.Length; i++)
        {
            h = (h * MultiplierLow) + carried;
            l = nextLow;
            (nextLow, carried) = Prepare(l, addHigh, addLow);
            values[i] = start + (range * ToDouble(Output(h, l)));
        }

        (high, low) = (h, l);
    }

    /// <summary>Fills the span with what <see cref="NextUInt32"/> would give.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Fill(Span<uint> words)
    {
        if (hasSpare && words.Length > 0)
        {
            words[0] = NextUInt32();
            words = words[1..];
        }

        ulong h = high, l = low, addHigh = incrementHigh, addLow = incrementLow;
        (ulong nextLow, ulong carried) = Prepare(l, addHigh, addLow);
        int i = 0;
        for (; i < words.Length - 1; i += 2)
        {
            h = (h * MultiplierLow) + carried;
            l = nextLow;
            (nextLow, carried) = Prepare(l, addHigh, addLow);
            ulong word = Output(h, l);
            words[i] = (uint)word;
            words[i + 1] = (uint)(word >> 32);
        }

        (high, low) = (h, l);
        if (i < words.Length)
        {
            words[i] = NextUInt32();
        }
    }

    /// <summary>Fills the span with start + range·u in single precision, u uniform on [0, 1) with 24 random bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void FillUniform(Span<float> values, float start, float range)
    {
        if (hasSpare && values.Length > 0)
        {
            values[0] = start + (range * ToSingle(NextUInt32()));
            values = values[1..];
        }

        ulong h = high, l = low, addHigh = incrementHigh, addLow = incrementLow;
        (ulong nextLow, ulong carried) = Prepare(l, addHigh, addLow);
        int i = 0;
        for (; i < values.Length - 1; i += 2)
        {
            h = (h * MultiplierLow) + carried;
            l = nextLow;
            (nextLow, carried) = Prepare(l, addHigh, addLow);
            ulong word = Output(h, l);
            values[i] = start + (range * ToSingle((uint)word));
            values[i + 1] = start + (range * ToSingle((uint)(word >> 32)));
        }

        (high, low) = (h, l);
        if (i < values.Length)
        {
            values[i] = start + (range * ToSingle(NextUInt32()));
        }
    }

    /// <summary>A number uniform on [0, 1): the upper 53 bits of a word as a fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double ToDouble(ulong word) => (long)(word >> 11) * (1.0 / (1L << 53));

    /// <summary>A number uniform on [0, 1): the upper 24 bits of a word as a fraction.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static float ToSingle(uint word) => (int)(word >> 8) * (1f / (1 << 24));

    /// <summary>
    /// What of the next step, state·multiplier + increment modulo 2¹²⁸, the low half of the state decides: its own next value, and what goes into the
    /// high half beside high·multiplier.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (ulong NextLow, ulong Carried) Prepare(ulong low, ulong addHigh, ulong addLow)
    {
        // The low half of the product is computed once more: BigMul's out parameter goes through memory.
        ulong next = (low * MultiplierLow) + addLow;
        return (next, Math.BigMul(low, MultiplierLow, out _) + (low * MultiplierHigh) + addHigh + (next < addLow ? 1ul : 0));
    }

    /// <summary>XSL-RR: the halves folded by exclusive or, then rotated right by the six highest bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Output(ulong high, ulong low) => BitOperations.RotateRight(high ^ low, (int)(high >> 58));
}
