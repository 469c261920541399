using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <content>The logarithm, and random words as fractions.</content>
internal static partial class Simd
{
    /// <summary>
    /// ln x for finite normal x above 0, within two units in the last place; 0 gives −∞. x = 2^k·m with m in [√½, √2], and
    /// ln m = 2·artanh(s) = 2·(s + s³/3 + s⁵/5 + …) with s = (m − 1)/(m + 1).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> Log<T>(Vector512<T> x) where T : unmanaged
    {
        Vector512<T> k, m;
        if (typeof(T) == typeof(double))
        {
            Vector512<long> bits = x.AsInt64();
            Vector512<long> exponent = (bits - Vector512.Create(0x3FE6A09E667F3BCDL)) >> 52;
            k = Vector512.ConvertToDouble(exponent).As<double, T>();
            m = (bits - (exponent << 52)).As<long, T>();
        }
        else
        {
            Vector512<int> bits = x.AsInt32();
            Vector512<int> exponent = (bits - Vector512.Create(0x3F3504F3)) >> 23;
            k = Vector512.ConvertToSingle(exponent).As<float, T>();
            m = (bits - (exponent << 23)).As<int, T>();
        }

        Vector512<T> f = m - Constant<T>(1);
        Vector512<T> s = f / (m + Constant<T>(1));
        Vector512<T> square = s * s;
        Vector512<T> series;
        if (typeof(T) == typeof(double))
        {
            series = Constant<T>(2.0 / 23);
            series = MultiplyAdd(series, square, Constant<T>(2.0 / 21));
            series = MultiplyAdd(series, square, Constant<T>(2.0 / 19));
            series = MultiplyAdd(series, square, Constant<T>(2.0 / 17));
            series = MultiplyAdd(series, square, Constant<T>(2.0 / 15));
            series = MultiplyAdd(series, square, Constant<T>(2.0 / 13));
            series = MultiplyAdd(series, square, Constant<T>(2.0 / 11));
            series = MultiplyAdd(series, square, Constant<T>(2.0 / 9));
        }
        else
        {
            series = Constant<T>(2.0 / 9);
        }

        series = MultiplyAdd(series, square, Constant<T>(2.0 / 7));
        series = MultiplyAdd(series, square, Constant<T>(2.0 / 5));
        series = MultiplyAdd(series, square, Constant<T>(2.0 / 3));

        // 2s = f − s·f, and the last two terms of f − s·f + s·s²·series go together; k·ln 2 comes in two parts, the first exact.
        Vector512<T> rest = s * (MultiplyAdd(square, series, -f));
        bool isDouble = typeof(T) == typeof(double);
        Vector512<T> low = MultiplyAdd(k, Constant<T>(isDouble ? 1.9082149292705877e-10 : -2.12194440e-4), rest);
        Vector512<T> log = MultiplyAdd(k, Constant<T>(isDouble ? 0.6931471803691238 : 0.693359375), low + f);
        return Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), Constant<T>(double.NegativeInfinity), log);
    }

    /// <summary>(w/2 + ½)/2³¹ on the upper 31 bits of each word: above 0, at most 1, and fine near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> OpenUnit(Vector512<uint> words) =>
        Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle((words >>> 1).AsInt32()), Vector512.Create(4.656612873077393e-10f), Vector512.Create(2.3283064365386963e-10f));

    /// <summary>The same of 64 bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<double> OpenUnit(Vector512<ulong> words) =>
        Vector512.FusedMultiplyAdd(Vector512.ConvertToDouble((words >>> 1).AsInt64()), Vector512.Create(1.0842021724855044e-19), Vector512.Create(5.421010862427522e-20));

    /// <summary>(w + ½)/2³¹ with w signed: between −1 and 1, and fine near 0.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> SignedUnit(Vector512<int> words) =>
        Vector512.FusedMultiplyAdd(Vector512.ConvertToSingle(words), Vector512.Create(4.656612873077393e-10f), Vector512.Create(2.3283064365386963e-10f));
}
