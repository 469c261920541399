using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <content>The parts of the error function. The polynomials are Chebyshev interpolations, made in 50 digits.</content>
internal static partial class Simd
{
    /// <summary>
    /// e^(x²)·erfc x, which falls from 1 like 1/(x√π), for x from 0 to 29 (double) or 11 (single), within three units in the last place:
    /// (x + c)·e^(x²)·erfc x is a polynomial in t = (x − c)/(x + c) (after Shepherd and Laframboise 1981).
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ScaledErfc<T>(Vector512<T> x) where T : unmanaged
    {
        Vector512<T> center = Constant<T>(typeof(T) == typeof(double) ? 3 : 2);
        Vector512<T> above = x - center, below = x + center;
        Vector512<T> reciprocal = Constant<T>(1) / below;

        // Near x = 0 an error of the quotient counts most; one step of Newton's makes it as good as a division.
        Vector512<T> t = above * reciprocal;
        t = MultiplyAdd(MultiplyAdd(-t, below, above), reciprocal, t);
        Vector512<T> series;
        if (typeof(T) == typeof(double))
        {
            series = Constant<T>(2.2487192458841226e-10);
            series = MultiplyAdd(series, t, Constant<T>(-1.025011550273957e-09));
            series = MultiplyAdd(series, t, Constant<T>(-6.712419405108263e-09));
            series = MultiplyAdd(series, t, Constant<T>(5.128339429647736e-10));
            series = MultiplyAdd(series, t, Constant<T>(4.8412327030795516e-08));
            series = MultiplyAdd(series, t, Constant<T>(4.290914919933705e-08));
            series = MultiplyAdd(series, t, Constant<T>(-2.318361727544058e-07));
            series = MultiplyAdd(series, t, Constant<T>(-4.047206916744076e-07));
            series = MultiplyAdd(series, t, Constant<T>(9.980628018056595e-07));
            series = MultiplyAdd(series, t, Constant<T>(2.763420928566542e-06));
            series = MultiplyAdd(series, t, Constant<T>(-4.748950966115383e-06));
            series = MultiplyAdd(series, t, Constant<T>(-1.7469821813029603e-05));
            series = MultiplyAdd(series, t, Constant<T>(3.0398100404728374e-05));
            series = MultiplyAdd(series, t, Constant<T>(0.0001075613103452374));
            series = MultiplyAdd(series, t, Constant<T>(-0.00027677783604341475));
            series = MultiplyAdd(series, t, Constant<T>(-0.0005483096662590504));
            series = MultiplyAdd(series, t, Constant<T>(0.003034062000020729));
            series = MultiplyAdd(series, t, Constant<T>(-0.0012124166293251413));
            series = MultiplyAdd(series, t, Constant<T>(-0.02682723462439444));
            series = MultiplyAdd(series, t, Constant<T>(0.11952776128737944));
            series = MultiplyAdd(series, t, Constant<T>(-0.31046726190057045));
            series = MultiplyAdd(series, t, Constant<T>(0.5902283571041004));
            series = MultiplyAdd(series, t, Constant<T>(-0.8833944531698836));
            series = MultiplyAdd(series, t, Constant<T>(1.0740069070883398));
        }
        else
        {
            series = Constant<T>(6.730490577e-05);
            series = MultiplyAdd(series, t, Constant<T>(4.563215114e-05));
            series = MultiplyAdd(series, t, Constant<T>(-0.0005877060044));
            series = MultiplyAdd(series, t, Constant<T>(-0.0008289752417));
            series = MultiplyAdd(series, t, Constant<T>(0.00305958398));
            series = MultiplyAdd(series, t, Constant<T>(0.006474109199));
            series = MultiplyAdd(series, t, Constant<T>(-0.02150499301));
            series = MultiplyAdd(series, t, Constant<T>(-0.03644145165));
            series = MultiplyAdd(series, t, Constant<T>(0.279471707));
            series = MultiplyAdd(series, t, Constant<T>(-0.6871607126));
            series = MultiplyAdd(series, t, Constant<T>(1.02158271));
        }

        return series * reciprocal;
    }

    /// <summary>erf x for |x| ≤ ¾ as x times a polynomial in x², within two units in the last place.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<T> ErfNearZero<T>(Vector512<T> x) where T : unmanaged
    {
        Vector512<T> t = x * x;
        Vector512<T> series;
        if (typeof(T) == typeof(double))
        {
            series = Constant<T>(1.1472499701094691e-08);
            series = MultiplyAdd(series, t, Constant<T>(-1.5940066854661717e-07));
            series = MultiplyAdd(series, t, Constant<T>(1.643068417974155e-06));
            series = MultiplyAdd(series, t, Constant<T>(-1.4924196305569617e-05));
            series = MultiplyAdd(series, t, Constant<T>(0.00012055289567541706));
            series = MultiplyAdd(series, t, Constant<T>(-0.0008548326188759752));
            series = MultiplyAdd(series, t, Constant<T>(0.005223977615420539));
            series = MultiplyAdd(series, t, Constant<T>(-0.026866170644428485));
            series = MultiplyAdd(series, t, Constant<T>(0.11283791670952596));
            series = MultiplyAdd(series, t, Constant<T>(-0.37612638903183715));
            series = MultiplyAdd(series, t, Constant<T>(1.1283791670955126));
        }
        else
        {
            series = Constant<T>(-0.0006756479569);
            series = MultiplyAdd(series, t, Constant<T>(0.005115332113));
            series = MultiplyAdd(series, t, Constant<T>(-0.02683511457));
            series = MultiplyAdd(series, t, Constant<T>(0.1128338654));
            series = MultiplyAdd(series, t, Constant<T>(-0.3761261947));
            series = MultiplyAdd(series, t, Constant<T>(1.128379166));
        }

        return x * series;
    }
}
