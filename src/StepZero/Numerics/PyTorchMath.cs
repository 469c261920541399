using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// The arithmetic of PyTorch's random numbers on the CPU, step by step as its AVX2 kernels round: where the compiler of PyTorch joined a product and a
/// sum to one rounding, here stands FusedMultiplyAdd; where it did not, * and +. The lanes are 256 bits everywhere, so every machine computes the same
/// bits.
/// </summary>
/// <remarks>Sources: PyTorch 1.13, <c>ATen/native/cpu/DistributionTemplates.h</c>, <c>avx_mathfun.h</c> and <c>ATen/native/Math.h</c>; the
/// polynomials of logarithm, sine and cosine are those of Moshier's Cephes library (<c>logf.c</c>, <c>sinf.c</c>), single precision.</remarks>
internal static class PyTorchMath
{
    /// <summary>PyTorch makes normal numbers by the 16: eight uniform numbers give the radii, the next eight the angles.</summary>
    public const int NormalBlock = 16;

    private const int Half = NormalBlock / 2;
    private const uint LowBits24 = (1u << 24) - 1;
    private const float TwoToMinus24 = 1f / (1 << 24);

    /// <summary>low + range·u with u the low 24 bits of a word as a fraction; one value for each word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Uniform(ReadOnlySpan<uint> words, Span<float> values, float low, float range)
    {
        ref uint from = ref MemoryMarshal.GetReference(words);
        ref float to = ref MemoryMarshal.GetReference(values[..words.Length]);
        int i = 0;
        for (; i + Vector256<uint>.Count <= words.Length; i += Vector256<uint>.Count)
        {
            Vector256<int> bits = (Vector256.LoadUnsafe(ref from, (nuint)i) & Vector256.Create(LowBits24)).AsInt32();
            Vector256<float> u = Vector256.ConvertToSingle(bits) * Vector256.Create(TwoToMinus24);
            Vector256.FusedMultiplyAdd(u, Vector256.Create(range), Vector256.Create(low)).StoreUnsafe(ref to, (nuint)i);
        }

        for (; i < words.Length; i++)
        {
            values[i] = MathF.FusedMultiplyAdd((words[i] & LowBits24) * TwoToMinus24, range, low);
        }
    }

    /// <summary>Replaces uniform numbers by mean + deviation·z, block by block; what does not fill a block stays.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Normal(Span<float> values, float mean, float deviation)
    {
        Vector256<float> center = Vector256.Create(mean), scale = Vector256.Create(deviation);
        for (; values.Length >= NormalBlock; values = values[NormalBlock..])
        {
            ref float at = ref MemoryMarshal.GetReference(values);
            Vector256<float> u = Vector256<float>.One - Vector256.LoadUnsafe(ref at);
            Vector256<float> radius = Vector256.Sqrt(Log(u) * Vector256.Create(-2f));
            SinCos(Vector256.LoadUnsafe(ref at, Half) * Vector256.Create(MathF.Tau), out Vector256<float> sine, out Vector256<float> cosine);
            Vector256.FusedMultiplyAdd(radius * cosine, scale, center).StoreUnsafe(ref at);
            Vector256.FusedMultiplyAdd(radius * sine, scale, center).StoreUnsafe(ref at, Half);
        }
    }

    /// <inheritdoc cref="Normal(Span{float}, float, float)"/>
    public static void Normal(Span<double> values, double mean, double deviation)
    {
        for (; values.Length >= NormalBlock; values = values[NormalBlock..])
        {
            for (int i = 0; i < Half; i++)
            {
                double radius = Math.Sqrt(-2 * Math.Log(1 - values[i]));
                (double sine, double cosine) = Math.SinCos(Math.Tau * values[i + Half]);
                values[i] = Math.FusedMultiplyAdd(radius * cosine, deviation, mean);
                values[i + Half] = Math.FusedMultiplyAdd(radius * sine, deviation, mean);
            }
        }
    }

    /// <summary>
    /// erf⁻¹(y): a rational approximation (Pavlis 1996, Matlab's <c>erfinv.m</c>), then two steps of Newton's method; ±1 gives ±∞. The coefficients are
    /// those of <c>calc_erfinv</c>; in single precision every step rounds to single precision.
    /// </summary>
    public static T InverseErf<T>(T y) where T : IBinaryFloatingPointIeee754<T>
    {
        T magnitude = T.Abs(y);
        if (magnitude >= T.One)
        {
            return magnitude == T.One ? y * T.PositiveInfinity : T.NaN;
        }

        T x;
        if (magnitude <= T.CreateTruncating(0.7))
        {
            T z = y * y;
            T above = Polynomial(z, -0.140543331, 0.914624893, -1.645349621, 0.886226899);
            T below = T.FusedMultiplyAdd(Polynomial(z, 0.012229801, -0.329097515, 1.442710462, -2.118377725), z, T.One);
            x = y * above / below;
        }
        else
        {
            T z = T.Sqrt(-T.Log((T.One - magnitude) / T.CreateTruncating(2)));
            T above = Polynomial(z, 1.641345311, 3.429567803, -1.624906493, -1.970840454);
            T below = T.FusedMultiplyAdd(T.FusedMultiplyAdd(T.CreateTruncating(1.637067800), z, T.CreateTruncating(3.543889200)), z, T.One);
            x = T.CopySign(above, y) / below;
        }

        return NewtonStep(NewtonStep(x, y), y);
    }

    /// <summary>x − (erf x − y)/erf′(x), where erf′(x) = 2/√π·e^(−x²).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T NewtonStep<T>(T x, T y) where T : IBinaryFloatingPointIeee754<T>
    {
        T erf = typeof(T) == typeof(float)
            ? T.CreateTruncating(ErrorFunction.Erf(float.CreateTruncating(x)))
            : T.CreateTruncating(ErrorFunction.Erf(double.CreateTruncating(x)));
        T factor = T.CreateTruncating(2) / T.CreateTruncating(Math.Sqrt(Math.PI));
        return x - ((erf - y) / (factor * T.Exp(-x * x)));
    }

    /// <summary>((c₃·z + c₂)·z + c₁)·z + c₀, one rounding each step.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T Polynomial<T>(T z, double c3, double c2, double c1, double c0) where T : IBinaryFloatingPointIeee754<T>
    {
        T sum = T.FusedMultiplyAdd(T.CreateTruncating(c3), z, T.CreateTruncating(c2));
        sum = T.FusedMultiplyAdd(sum, z, T.CreateTruncating(c1));
        return T.FusedMultiplyAdd(sum, z, T.CreateTruncating(c0));
    }

    /// <summary>ln x for normal positive x: with x = 2^e·m, m in [√½, √2), it is e·ln 2 + ln m, and ln m a polynomial in m − 1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Log(Vector256<float> x)
    {
        Vector256<float> one = Vector256<float>.One, half = Vector256.Create(0.5f);
        Vector256<float> e = Vector256.ConvertToSingle((x.AsInt32() >>> 23) - Vector256.Create(126));
        Vector256<float> m = ((x.AsInt32() & Vector256.Create(0x007fffff)) | half.AsInt32()).AsSingle();

        // The fraction lies in [½, 1): below √½ it is doubled, and e is one less.
        Vector256<float> small = Vector256.LessThan(m, Vector256.Create(0.707106781186547524f));
        e -= small & one;
        m = m - one + (small & m);

        Vector256<float> square = m * m;
        Vector256<float> series = Vector256.Create(7.0376836292e-2f);
        series = Vector256.FusedMultiplyAdd(series, m, Vector256.Create(-1.1514610310e-1f));
        series = Vector256.FusedMultiplyAdd(series, m, Vector256.Create(1.1676998740e-1f));
        series = Vector256.FusedMultiplyAdd(series, m, Vector256.Create(-1.2420140846e-1f));
        series = Vector256.FusedMultiplyAdd(series, m, Vector256.Create(1.4249322787e-1f));
        series = Vector256.FusedMultiplyAdd(series, m, Vector256.Create(-1.6668057665e-1f));
        series = Vector256.FusedMultiplyAdd(series, m, Vector256.Create(2.0000714765e-1f));
        series = Vector256.FusedMultiplyAdd(series, m, Vector256.Create(-2.4999993993e-1f));
        series = Vector256.FusedMultiplyAdd(series, m, Vector256.Create(3.3333331174e-1f));

        // ln 2 in two parts, the larger with few digits: e times it is exact.
        Vector256<float> y = Vector256.FusedMultiplyAdd(series * m, square, e * Vector256.Create(-2.12194440e-4f));
        y -= square * half;
        return Vector256.FusedMultiplyAdd(e, Vector256.Create(0.693359375f), m + y);
    }

    /// <summary>
    /// Sine and cosine of an angle from 0 to 2π: the nearest multiple of π/2 is taken off in three parts (Cody and Waite), the rest goes through two
    /// polynomials, and the quadrant says which is which, and the signs.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SinCos(Vector256<float> angle, out Vector256<float> sine, out Vector256<float> cosine)
    {
        // j counts the eighths of a turn, rounded up to even.
        Vector256<int> j = Vector256.ConvertToInt32Native(angle * Vector256.Create(1.27323954473516f));
        j = (j + Vector256<int>.One) & Vector256.Create(~1);
        Vector256<float> eighths = Vector256.ConvertToSingle(j);
        Vector256<float> x = Vector256.FusedMultiplyAdd(eighths, Vector256.Create(-0.78515625f), angle);
        x = Vector256.FusedMultiplyAdd(eighths, Vector256.Create(-2.4187564849853515625e-4f), x);
        x = Vector256.FusedMultiplyAdd(eighths, Vector256.Create(-3.77489497744594108e-8f), x);

        Vector256<float> z = x * x;
        Vector256<float> even = Vector256.FusedMultiplyAdd(Vector256.Create(2.443315711809948e-5f), z, Vector256.Create(-1.388731625493765e-3f));
        even = Vector256.FusedMultiplyAdd(even, z, Vector256.Create(4.166664568298827e-2f));
        even = Vector256.FusedMultiplyAdd(z * even, z, z * Vector256.Create(-0.5f)) + Vector256<float>.One;
        Vector256<float> odd = Vector256.FusedMultiplyAdd(Vector256.Create(-1.9515295891e-4f), z, Vector256.Create(8.3321608736e-3f));
        odd = Vector256.FusedMultiplyAdd(odd, z, Vector256.Create(-1.6666654611e-1f));
        odd = Vector256.FusedMultiplyAdd(z * odd, x, x);

        // Bit 1 of j: sine and cosine change places. Bit 2: the half turn with a negative sine; the cosine's is a quarter turn behind.
        Vector256<float> upright = Vector256.Equals(j & Vector256.Create(2), Vector256<int>.Zero).AsSingle();
        Vector256<int> sineSign = (j & Vector256.Create(4)) << 29;
        Vector256<int> cosineSign = Vector256.AndNot(Vector256.Create(4), j - Vector256.Create(2)) << 29;
        sine = Vector256.ConditionalSelect(upright, odd, even) ^ sineSign.AsSingle();
        cosine = Vector256.ConditionalSelect(upright, even, odd) ^ cosineSign.AsSingle();
    }
}
