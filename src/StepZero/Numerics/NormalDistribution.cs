using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>The standard normal distribution: its density, its distribution function Φ and the inverse of that.</summary>
internal static class NormalDistribution
{
    private const double Reach = 37;
    private const double TailStart = -1.5;

    /// <summary>The density e^(−x²/2)/√(2π), to about 1e-15 of its value for |x| up to 37, and 0 beyond.</summary>
    public static double Density(double x)
    {
        if (!(Math.Abs(x) <= Reach))
        {
            return 0;
        }

        // What x² loses by rounding counts where x is large.
        double square = x * x, lost = Math.FusedMultiplyAdd(x, x, -square);
        double density = Simd.ExpOfMinusAbs(Vector512.Create(0.5 * square))[0] / Math.Sqrt(Math.Tau);
        return density - (density * 0.5 * lost);
    }

    /// <summary>Φ(x), to about 1e-15 of its value also where it is tiny, for x down to −37; 0 below.</summary>
    /// <remarks>Around 0 the series Φ = ½ + φ·(x + x³/3 + x⁵/15 + …); in the lower tail the continued fraction of Mills' ratio.</remarks>
    public static double Cdf(double x)
    {
        if (x > -TailStart)
        {
            return 1 - Cdf(-x);
        }

        if (x < TailStart)
        {
            double fraction = 0;
            for (int k = 200; k >= 1; k--)
            {
                fraction = k / (-x + fraction);
            }

            return Density(x) / (-x + fraction);
        }

        double sum = x, term = x;
        for (int k = 3; Math.Abs(term) > 1e-18 * Math.Abs(sum); k += 2)
        {
            term *= x * x / k;
            sum += term;
        }

        return 0.5 + (sum * Density(x));
    }

    /// <summary>The inverse of Φ (Wichura 1988, algorithm AS 241, PPND16): within three units in the last place; 0 gives −∞, 1 gives ∞.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> Quantile(Vector512<double> p)
    {
        Vector512<double> q = p - Vector512.Create(0.5);
        Vector512<double> central = CentralQuantile(q);
        Vector512<double> outside = Vector512.GreaterThan(Vector512.Abs(q), Vector512.Create(0.425));
        return outside == Vector512<double>.Zero ? central : Vector512.ConditionalSelect(outside, TailQuantile(p, q), central);
    }

    /// <summary>√2·erf⁻¹(y), the quantile of p = (1 + y)/2, for quantiles up to ±2.93: the central polynomial of Giles 2010, single precision.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SymmetricQuantile(Vector512<float> y)
    {
        Vector512<float> w = -Simd.Log((Vector512<float>.One - y) * (Vector512<float>.One + y));
        Vector512<float> near = w - Vector512.Create(2.5f);
        Vector512<float> x = Vector512.Create(2.81022636e-08f);
        x = Vector512.FusedMultiplyAdd(x, near, Vector512.Create(3.43273939e-07f));
        x = Vector512.FusedMultiplyAdd(x, near, Vector512.Create(-3.5233877e-06f));
        x = Vector512.FusedMultiplyAdd(x, near, Vector512.Create(-4.39150654e-06f));
        x = Vector512.FusedMultiplyAdd(x, near, Vector512.Create(0.00021858087f));
        x = Vector512.FusedMultiplyAdd(x, near, Vector512.Create(-0.00125372503f));
        x = Vector512.FusedMultiplyAdd(x, near, Vector512.Create(-0.00417768164f));
        x = Vector512.FusedMultiplyAdd(x, near, Vector512.Create(0.246640727f));
        x = Vector512.FusedMultiplyAdd(x, near, Vector512.Create(1.50140941f));
        return x * (y * Vector512.Create(1.41421356f));
    }

    /// <summary>Replaces probabilities by quantiles.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Quantiles(Span<double> values)
    {
        Span<double> padded = stackalloc double[Vector512<double>.Count];
        for (int i = 0; i < values.Length; i += Vector512<double>.Count)
        {
            Span<double> some = values[i..Math.Min(values.Length, i + Vector512<double>.Count)];
            some.CopyTo(padded);
            Quantile(Vector512.Create<double>(padded)).CopyTo(padded);
            padded[..some.Length].CopyTo(some);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> CentralQuantile(Vector512<double> q)
    {
        Vector512<double> r = Vector512.Create(0.180625) - (q * q);
        return q * Ratio(
            r,
            [3.3871328727963666080e0, 1.3314166789178437745e2, 1.9715909503065514427e3, 1.3731693765509461125e4, 4.5921953931549871457e4, 6.7265770927008700853e4, 3.3430575583588128105e4, 2.5090809287301226727e3],
            [1, 4.2313330701600911252e1, 6.8718700749205790830e2, 5.3941960214247511077e3, 2.1213794301586595867e4, 3.9307895800092710610e4, 2.8729085735721942674e4, 5.2264952788528545610e3]);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static Vector512<double> TailQuantile(Vector512<double> p, Vector512<double> q)
    {
        Vector512<double> r = Vector512.Sqrt(-Simd.Log(Vector512.Min(p, Vector512<double>.One - p)));
        Vector512<double> near = Ratio(
            r - Vector512.Create(1.6),
            [1.42343711074968357734e0, 4.63033784615654529590e0, 5.76949722146069140550e0, 3.64784832476320460504e0, 1.27045825245236838258e0, 2.41780725177450611770e-1, 2.27238449892691845833e-2, 7.74545014278341407640e-4],
            [1, 2.05319162663775882187e0, 1.67638483018380384940e0, 6.89767334985100004550e-1, 1.48103976427480074590e-1, 1.51986665636164571966e-2, 5.47593808499534494600e-4, 1.05075007164441684324e-9]);
        Vector512<double> far = Ratio(
            r - Vector512.Create(5.0),
            [6.65790464350110377720e0, 5.46378491116411436990e0, 1.78482653991729133580e0, 2.96560571828504891230e-1, 2.65321895265761230930e-2, 1.24266094738807843860e-3, 2.71155556874348757815e-5, 2.01033439929228813265e-7],
            [1, 5.99832206555887937690e-1, 1.36929880922735805310e-1, 1.48753612908506148525e-2, 7.86869131145613259100e-4, 1.84631831751005468180e-5, 1.42151175831644588870e-7, 2.04426310338993978564e-15]);
        Vector512<double> z = Vector512.ConditionalSelect(Vector512.LessThanOrEqual(r, Vector512.Create(5.0)), near, far);
        z = Vector512.ConditionalSelect(Vector512.Equals(r, Vector512.Create(double.PositiveInfinity)), r, z);
        return z | (q & Vector512.Create(-0.0));
    }

    /// <summary>A quotient of two polynomials, lowest power first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<double> Ratio(Vector512<double> x, ReadOnlySpan<double> above, ReadOnlySpan<double> below)
    {
        Vector512<double> a = Vector512.Create(above[^1]), b = Vector512.Create(below[^1]);
        for (int i = above.Length - 2; i >= 0; i--)
        {
            a = Vector512.FusedMultiplyAdd(a, x, Vector512.Create(above[i]));
            b = Vector512.FusedMultiplyAdd(b, x, Vector512.Create(below[i]));
        }

        return a / b;
    }
}
