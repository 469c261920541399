namespace StepZero.Numerics;

/// <summary>A hash of 128 bits of some numbers in order; 0 and −0 count as equal.</summary>
internal struct ValueHash
{
    private ulong low;
    private ulong high;

    public readonly UInt128 Value => new(high, low);

    public void Add(double value)
    {
        ulong bits = BitConverter.DoubleToUInt64Bits(value + 0.0);
        low = Mix(low ^ bits);
        high = Mix(high + bits + 0x9E3779B97F4A7C15);
    }

    /// <summary>The last step of SplitMix64 (Steele, Lea, Flood 2014), which spreads every bit over all others.</summary>
    private static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58476D1CE4E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D049BB133111EB;
        return (bits ^ (bits >> 31)) + 0x9E3779B97F4A7C15;
    }
}
