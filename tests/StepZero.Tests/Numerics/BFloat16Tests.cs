using StepZero.Numerics;

namespace StepZero.Tests.Numerics;

public sealed class BFloat16Tests
{
    private static IEnumerable<ushort> Patterns => Enumerable.Range(0, 65536).Select(bits => (ushort)bits);

    [Fact]
    public void Every_number_returns_unchanged_and_what_is_none_stays_so() => Assert.All(Patterns, bits =>
    {
        float value = new BFloat16(bits);
        BFloat16 again = (BFloat16)value;
        Assert.Equal(float.IsNaN(value) ? (ushort)(bits | 0x40) : bits, again.Bits); // a signaling one becomes quiet
        Assert.Equal((bits & 0x7FFF) > 0x7F80, float.IsNaN(again));
    });

    /// <summary>8 bits of exponent, biased by 127, and 7 of fraction.</summary>
    [Fact]
    public void A_pattern_means_what_the_format_says() => Assert.All(Patterns.Where(bits => (bits & 0x7F80) != 0x7F80), bits =>
    {
        int exponent = (bits >> 7) & 0xFF, fraction = bits & 0x7F;
        double magnitude = exponent == 0 ? Math.ScaleB(fraction, -133) : Math.ScaleB(128 + fraction, exponent - 134);
        Assert.Equal(bits > 0x7FFF ? -magnitude : magnitude, (double)(float)new BFloat16(bits));
    });

    /// <summary>Half-way between neighbors the even one is nearest; a bit off it, the nearer one. Beyond the largest number comes infinity.</summary>
    [Fact]
    public void Rounds_to_the_nearest_and_halves_to_even() => Assert.All(Patterns.Where(bits => (bits & 0x7FFF) < 0x7F80), bits =>
    {
        ushort next = (ushort)(bits + 1), even = bits % 2 == 0 ? bits : next;
        double value = (float)new BFloat16(bits);
        double gap = Math.ScaleB(bits > 0x7FFF ? -1 : 1, Math.Max(1, (bits >> 7) & 0xFF) - 134);
        float half = (float)(value + (gap / 2));
        float inward = bits > 0x7FFF ? MathF.BitIncrement(half) : MathF.BitDecrement(half);
        float outward = bits > 0x7FFF ? MathF.BitDecrement(half) : MathF.BitIncrement(half);
        Assert.Equal((bits, even, next), (((BFloat16)inward).Bits, ((BFloat16)half).Bits, ((BFloat16)outward).Bits));
    });

    [Fact]
    public void Special_values_stay_special()
    {
        Assert.Equal([float.PositiveInfinity, float.NegativeInfinity, float.NaN], new[] { float.PositiveInfinity, float.NegativeInfinity, float.NaN }.Select(value => (float)(BFloat16)value));
        Assert.Equal([0x7F80, 0xFF80, 0x0000, 0x8000, 0x3F80], new[] { float.MaxValue, float.MinValue, float.Epsilon, -0f, 1f }.Select(value => (int)((BFloat16)value).Bits));
    }
}
