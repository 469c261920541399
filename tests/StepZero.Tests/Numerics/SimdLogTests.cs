using System.Runtime.Intrinsics;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Numerics;

/// <summary>The logarithm, the angles and the fractions of random words against <see cref="Math"/>, which is right to one unit in the last place.</summary>
public sealed class SimdLogTests
{
    private const int Count = 40000;

    private static readonly NumPyRandom Random = new(11);

    [Fact]
    public void The_logarithm_is_right_to_two_units_in_the_last_place()
    {
        // Of all sizes; around 1, where it crosses 0; around √½ and √2, where the power of two changes; and the ends.
        double[] uniforms = new double[Count];
        Random.FillUniform(uniforms);
        double[] ends = [double.BitIncrement(1), double.BitDecrement(1), 1, Math.Sqrt(2), double.BitDecrement(Math.Sqrt(2)), Math.Sqrt(0.5), 2.2250738585072014e-308, double.MaxValue];
        double[] xs =
        [
            .. uniforms, .. uniforms.Select(u => Math.Exp((1400 * u) - 700)), .. uniforms.Select(u => 1 + ((u - 0.5) * 1e-9)), .. uniforms.Select(u => 1 + ((u - 0.5) * 0.9)),
            .. ends,
        ];
        Precision.AssertBelow(2, xs, x => Precision.Ulps(Math.Log(x), Log(x)));
        Assert.Equal(0, Log(1));
    }

    [Fact]
    public void The_single_logarithm_is_right_to_one_and_a_half_units_in_the_last_place()
    {
        double[] uniforms = new double[Count];
        Random.FillUniform(uniforms);
        float[] ends = [float.BitIncrement(1), float.BitDecrement(1), 1, MathF.Sqrt(2), float.BitDecrement(MathF.Sqrt(2)), MathF.Sqrt(0.5f), 1.17549435e-38f, float.MaxValue];
        double[] exact =
        [
            .. uniforms, .. uniforms.Select(u => Math.Exp((170 * u) - 85)), .. uniforms.Select(u => 1 + ((u - 0.5) * 1e-3)), .. uniforms.Select(u => 1 + ((u - 0.5) * 0.9)),
        ];
        float[] xs = [.. exact.Select(x => (float)x), .. ends];
        Precision.AssertBelow(1.5, xs, x => Precision.UlpsOfSingle(Math.Log(x), Log(x)));
        Assert.Equal(0, Log(1f));
    }

    /// <summary>Below the smallest normal number, 2⁻¹⁰²², the logarithm is meaningless, but it stays finite; no stream has such numbers.</summary>
    [Fact]
    public void The_logarithm_of_0_is_minus_infinity()
    {
        Assert.Equal((double.NegativeInfinity, float.NegativeInfinity), (Log(0.0), Log(0f)));
        Assert.True(double.IsFinite(Log(double.Epsilon)) && float.IsFinite(Log(float.Epsilon)));
    }

    /// <summary>Two units in double precision; in single the angle's three roundings alone make up to 1.5, and 2.6 were found.</summary>
    [Fact]
    public void Sine_and_cosine_of_a_turn_are_right_to_the_last_places_also_near_0()
    {
        Precision.AssertBelow(2, Angles(64), word =>
        {
            Simd.SinCosOfTurn(Vector512.Create(word), out Vector512<double> sine, out Vector512<double> cosine);
            return Math.Max(Precision.Ulps(Turn.Sine(word), sine[2]), Precision.Ulps(Turn.Cosine(word), cosine[2]));
        });
        Precision.AssertBelow(3, Angles(32).Select(word => (int)word), word =>
        {
            Simd.SinCosOfTurn(Vector512.Create(word), out Vector512<float> sine, out Vector512<float> cosine);
            return Math.Max(Precision.UlpsOfSingle(Turn.Sine((long)word << 32), sine[2]), Precision.UlpsOfSingle(Turn.Cosine((long)word << 32), cosine[2]));
        });
    }

    [Fact]
    public void Fractions_of_words_are_rounded_once_and_never_0()
    {
        Assert.Equal(Math.ScaleB(1, -32), OpenUnit(0u));
        Assert.Equal(1, OpenUnit(uint.MaxValue));
        Assert.Equal(Math.ScaleB(1, -64), OpenUnit(0ul));
        Assert.Equal(1, OpenUnit(ulong.MaxValue));
        Assert.Equal([-1f, float.ScaleB(1, -32), 1f], new[] { Signed(int.MinValue), Signed(0), Signed(int.MaxValue) });
        foreach (long word in Angles(32))
        {
            // Converted, 31 bits round to 24; then the half is added and rounded: half a unit each.
            AssertRight((uint)word | 1, OpenUnit((uint)word));
            AssertRight((2.0 * (int)word) + 1, Signed((int)word));
        }

        static void AssertRight(double exact, float found) => Assert.InRange(Precision.UlpsOfSingle(exact * Math.ScaleB(1, -32), found), 0, 1);

        static float Signed(int word) => Simd.SignedUnit(Vector512.Create(word))[7];
    }

    [Fact]
    public void Fractions_of_64_bits_are_right_to_one_unit_in_the_last_place()
    {
        foreach (ulong word in Angles(64).Select(word => (ulong)word))
        {
            Assert.InRange(Precision.Ulps((word | 1) * Math.ScaleB(1, -64), OpenUnit(word)), 0, 1);
        }
    }

    private static float OpenUnit(uint word) => Simd.OpenUnit(Vector512.Create(word))[7];

    private static double OpenUnit(ulong word) => Simd.OpenUnit(Vector512.Create(word))[3];

    /// <summary>Random words; and around each eighth of a turn the nearest ones and some of every distance.</summary>
    private static long[] Angles(int bits)
    {
        long[] random = [.. Enumerable.Range(0, Count).Select(_ => (long)(((ulong)Random.NextUInt32() << 32) | Random.NextUInt32()) >> (64 - bits))];
        IEnumerable<long> near = Enumerable.Range(0, 8).SelectMany(eighth => Enumerable.Range(-1, bits - 1).SelectMany(distance => new[]
        {
            unchecked(((long)eighth << (bits - 3)) + (distance < 0 ? 0 : 1L << distance)), unchecked(((long)eighth << (bits - 3)) - (distance < 0 ? 0 : 3L << distance >> 1)),
        }));
        return [.. random, .. near];
    }

    private static double Log(double x) => Simd.Log(Vector512.Create(x))[1];

    private static float Log(float x) => Simd.Log(Vector512.Create(x))[1];
}
