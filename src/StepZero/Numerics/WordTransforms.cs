using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>low + (high − low)·u with u on [0, 1): 24 random bits (single), 53 (double).</summary>
internal readonly unsafe struct UniformTransform<T>(double low, double high) : IWordTransform<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(uint* words, T* values, int vectors)
    {
        Vector512<T> range = Simd.Constant<T>(high - low), least = Simd.Constant<T>(low);
        for (int i = 0; i < vectors; i++)
        {
            Vector512<T> u;
            if (typeof(T) == typeof(double))
            {
                u = (Vector512.ConvertToDouble((Vector512.Load((ulong*)words) >>> 11).AsInt64()) * Vector512.Create(1 / 9007199254740992.0)).As<double, T>();
            }
            else
            {
                u = (Vector512.ConvertToSingle((Vector512.Load(words) >>> 8).AsInt32()) * Vector512.Create(1 / 16777216f)).As<float, T>();
            }

            Simd.MultiplyAdd(u, range, least).Store(values);
            words += Vector512<uint>.Count;
            values += Vector512<T>.Count;
        }
    }
}

/// <summary>
/// mean + deviation·z with z standard normal (Box and Muller 1958): of each two vectors of words the first gives the radii √(−2 ln u), the second the
/// angles. The angle's quadrant is taken off as an integer, so that its sine and cosine keep all their digits near 0.
/// </summary>
internal readonly unsafe struct NormalTransform<T>(double mean, double deviation) : IWordTransform<T> where T : unmanaged
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(uint* words, T* values, int vectors)
    {
        Vector512<T> center = Simd.Constant<T>(mean), scale = Simd.Constant<T>(deviation);
        for (int i = 0; i < vectors; i += 2)
        {
            Vector512<T> u, sine, cosine;
            if (typeof(T) == typeof(double))
            {
                u = Simd.OpenUnit(Vector512.Load((ulong*)words)).As<double, T>();
                Simd.SinCosOfTurn(Vector512.Load((long*)words + 8), out Vector512<double> s, out Vector512<double> c);
                (sine, cosine) = (s.As<double, T>(), c.As<double, T>());
            }
            else
            {
                u = Simd.OpenUnit(Vector512.Load(words)).As<float, T>();
                Simd.SinCosOfTurn(Vector512.Load((int*)words + 16), out Vector512<float> s, out Vector512<float> c);
                (sine, cosine) = (s.As<float, T>(), c.As<float, T>());
            }

            Vector512<T> radius = scale * Vector512.Sqrt(Simd.Log(u) * Simd.Constant<T>(-2));
            Simd.MultiplyAdd(radius, cosine, center).Store(values);
            Simd.MultiplyAdd(radius, sine, center).Store(values + Vector512<T>.Count);
            words += 2 * Vector512<uint>.Count;
            values += 2 * Vector512<T>.Count;
        }
    }
}

/// <summary>
/// mean + deviation·z with z standard normal between two bounds, by the inverse of the distribution function: one word a number, and nothing to
/// reject. In single precision z = √2·erf⁻¹(y) with y uniform between the bounds' erf(bound/√2).
/// </summary>
/// <param name="mean">The mean before truncation.</param>
/// <param name="deviation">The standard deviation before truncation, above 0.</param>
/// <param name="low">The lower bound.</param>
/// <param name="high">The upper bound.</param>
internal readonly unsafe struct TruncatedNormalTransform<T>(double mean, double deviation, double low, double high) : IWordTransform<T>
    where T : unmanaged
{
    /// <summary>The largest distance of a bound from the mean, in deviations, that single precision resolves; beyond, erf is too close to 1.</summary>
    public const double LargestSingleBound = 2.93;

    // In the upper half of the distribution the mirror image is drawn, whose probabilities keep their digits.
    private readonly double from = low > mean ? NormalDistribution.Cdf((mean - high) / deviation) : NormalDistribution.Cdf((low - mean) / deviation);
    private readonly double to = low > mean ? NormalDistribution.Cdf((mean - low) / deviation) : NormalDistribution.Cdf((high - mean) / deviation);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Apply(uint* words, T* values, int vectors)
    {
        Vector512<T> center = Simd.Constant<T>(mean), scale = Simd.Constant<T>(low > mean ? -deviation : deviation);
        Vector512<T> least = Simd.Constant<T>(low), most = Simd.Constant<T>(high);
        Vector512<double> first = Vector512.Create(from), width = Vector512.Create(to - from);
        Vector512<float> middle = Vector512.Create((float)(from + to - 1)), half = Vector512.Create((float)(to - from));
        for (int i = 0; i < vectors; i++)
        {
            Vector512<T> z;
            if (typeof(T) == typeof(double))
            {
                Vector512<double> p = Vector512.FusedMultiplyAdd(Simd.OpenUnit(Vector512.Load((ulong*)words)), width, first);
                z = NormalDistribution.Quantile(p).As<double, T>();
            }
            else
            {
                z = NormalDistribution.SymmetricQuantile(Vector512.FusedMultiplyAdd(Simd.SignedUnit(Vector512.Load((int*)words)), half, middle)).As<float, T>();
            }

            Vector512.Min(most, Vector512.Max(least, Simd.MultiplyAdd(z, scale, center))).Store(values);
            words += Vector512<uint>.Count;
            values += Vector512<T>.Count;
        }
    }
}
