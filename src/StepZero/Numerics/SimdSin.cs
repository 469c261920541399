using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <content>Sine and cosine, of angles and of random words.</content>
internal static partial class Simd
{
    /// <summary>The largest angle that <see cref="SinCos"/> takes, 2¹⁷.</summary>
    public const double FarthestAngle = 131072;

    /// <summary>
    /// Sine and cosine of x + low, within two units in the last place also beside their zeros. x is at most <see cref="FarthestAngle"/> in size or nan,
    /// and low at most half a unit in its last place. The multiple of π/2 that is taken away has three parts (Cody and Waite 1980); the first difference is exact.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCos<T>(Vector512<T> x, Vector512<T> low, out Vector512<T> sine, out Vector512<T> cosine) where T : unmanaged
    {
        bool isDouble = typeof(T) == typeof(double);
        Vector512<T> shift = Constant<T>(isDouble ? 6755399441055744.0 : 12582912.0);
        Vector512<T> shifted = MultiplyAdd(x, Constant<T>(0.6366197723675814), shift);
        Vector512<T> k = shifted - shift;
        Vector512<T> rest = MultiplyAdd(k, Constant<T>(isDouble ? -1.5707963267948966 : -1.5707963705062866), x);

        // rest − k·second + low, with the rounding errors of the product, of the difference and of the sum: any two of the three may cancel.
        Vector512<T> second = Constant<T>(isDouble ? 6.123233995736766e-17 : -4.3711388286737929e-8);
        Vector512<T> part = k * second;
        Vector512<T> partError = MultiplyAdd(k, second, -part);
        Vector512<T> difference = Sum(rest, -part, out Vector512<T> differenceError);
        Vector512<T> angle = Sum(difference, low, out Vector512<T> sumError);
        Vector512<T> third = MultiplyAdd(k, Constant<T>(isDouble ? 1.4973849048591698e-33 : 1.7151245100058819e-15), sumError);
        angle += (differenceError - partError) + third;
        if (isDouble)
        {
            SinCosOfQuarter(angle.AsDouble(), shifted.AsInt64(), out Vector512<double> s, out Vector512<double> c);
            sine = s.As<double, T>();
            cosine = c.As<double, T>();
        }
        else
        {
            SinCosOfQuarter(angle.AsSingle(), shifted.AsInt32(), out Vector512<float> s, out Vector512<float> c);
            sine = s.As<float, T>();
            cosine = c.As<float, T>();
        }
    }

    /// <summary>Sine and cosine of w/2³² turns, within three units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosOfTurn(Vector512<int> words, out Vector512<float> sine, out Vector512<float> cosine)
    {
        // The nearest quarter turn, and the rest as an angle in [−π/4, π/4).
        Vector512<int> quarter = (words + Vector512.Create(1 << 29)) >> 30;
        Vector512<float> x = Vector512.ConvertToSingle(words - (quarter << 30)) * Vector512.Create((float)(Math.Tau * 2.3283064365386963e-10));
        SinCosOfQuarter(x, quarter, out sine, out cosine);
    }

    /// <summary>Sine and cosine of w/2⁶⁴ turns, within two units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void SinCosOfTurn(Vector512<long> words, out Vector512<double> sine, out Vector512<double> cosine)
    {
        Vector512<long> quarter = (words + Vector512.Create(1L << 61)) >> 62;
        Vector512<double> x = Vector512.ConvertToDouble(words - (quarter << 62)) * Vector512.Create(Math.Tau * 5.421010862427522e-20);
        SinCosOfQuarter(x, quarter, out sine, out cosine);
    }

    /// <summary>Sine and cosine of x, at most π/4 in size, and as many quarter turns as the last two bits say.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SinCosOfQuarter(Vector512<float> x, Vector512<int> quarter, out Vector512<float> sine, out Vector512<float> cosine)
    {
        Vector512<float> square = x * x;
        Vector512<float> s = Vector512.Create(-1.9515295891e-4f);
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(8.3321608736e-3f));
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(-1.6666654611e-1f));
        s = Vector512.FusedMultiplyAdd(s * square, x, x);
        Vector512<float> c = Vector512.Create(2.443315711809948e-5f);
        c = Vector512.FusedMultiplyAdd(c, square, Vector512.Create(-1.388731625493765e-3f));
        c = Vector512.FusedMultiplyAdd(c, square, Vector512.Create(4.166664568298827e-2f));
        c = Vector512.FusedMultiplyAdd(c * square, square, Vector512.FusedMultiplyAdd(square, Vector512.Create(-0.5f), Vector512<float>.One));
        Vector512<float> odd = (-(quarter & Vector512<int>.One)).AsSingle();
        sine = Vector512.ConditionalSelect(odd, c, s) ^ ((quarter << 30) & Vector512.Create(int.MinValue)).AsSingle();
        cosine = Vector512.ConditionalSelect(odd, s, c) ^ (((quarter + Vector512<int>.One) << 30) & Vector512.Create(int.MinValue)).AsSingle();
    }

    /// <inheritdoc cref="SinCosOfQuarter(Vector512{float}, Vector512{int}, out Vector512{float}, out Vector512{float})"/>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void SinCosOfQuarter(Vector512<double> x, Vector512<long> quarter, out Vector512<double> sine, out Vector512<double> cosine)
    {
        Vector512<double> square = x * x;
        Vector512<double> s = Vector512.Create(1 / 355687428096000.0);
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(-1 / 1307674368000.0));
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(1 / 6227020800.0));
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(-1 / 39916800.0));
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(1 / 362880.0));
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(-1 / 5040.0));
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(1 / 120.0));
        s = Vector512.FusedMultiplyAdd(s, square, Vector512.Create(-1 / 6.0));
        s = Vector512.FusedMultiplyAdd(s * square, x, x);
        Vector512<double> c = Vector512.Create(1 / 20922789888000.0);
        c = Vector512.FusedMultiplyAdd(c, square, Vector512.Create(-1 / 87178291200.0));
        c = Vector512.FusedMultiplyAdd(c, square, Vector512.Create(1 / 479001600.0));
        c = Vector512.FusedMultiplyAdd(c, square, Vector512.Create(-1 / 3628800.0));
        c = Vector512.FusedMultiplyAdd(c, square, Vector512.Create(1 / 40320.0));
        c = Vector512.FusedMultiplyAdd(c, square, Vector512.Create(-1 / 720.0));
        c = Vector512.FusedMultiplyAdd(c, square, Vector512.Create(1 / 24.0));
        c = Vector512.FusedMultiplyAdd(c * square, square, Vector512.FusedMultiplyAdd(square, Vector512.Create(-0.5), Vector512<double>.One));
        Vector512<double> odd = (-(quarter & Vector512<long>.One)).AsDouble();
        sine = Vector512.ConditionalSelect(odd, c, s) ^ ((quarter << 62) & Vector512.Create(long.MinValue)).AsDouble();
        cosine = Vector512.ConditionalSelect(odd, s, c) ^ (((quarter + Vector512<long>.One) << 62) & Vector512.Create(long.MinValue)).AsDouble();
    }
}
