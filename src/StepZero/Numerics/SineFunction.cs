using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>
/// sin(ω·z) within four units in the last place of the exact sine of the exact product, as are φ′ and φ″, as long as |ω·z| is at most 2¹⁷. Lanes beyond
/// go through the sine of the platform one by one: to 1e-15 of the exact result; infinite products give nan.
/// </summary>
internal readonly struct SineFunction(double frequency) : IActivationFunction
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> Evaluate<T>(Vector512<T> z, out Vector512<T> derivative) where T : unmanaged
    {
        SinCos(z, out Vector512<T> sine, out Vector512<T> cosine);
        derivative = Simd.Constant<T>(frequency) * cosine;
        return sine;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<T> SecondDerivative<T>(Vector512<T> z) where T : unmanaged
    {
        SinCos(z, out Vector512<T> sine, out _);
        return Simd.Constant<T>(-frequency) * (Simd.Constant<T>(frequency) * sine);
    }

    private static void ReplaceFar<T>(Vector512<T> z, Vector512<T> omega, ref Vector512<T> sine, ref Vector512<T> cosine) where T : unmanaged
    {
        for (int lane = 0; lane < Vector512<T>.Count; lane++)
        {
            double x = Simd.ToDouble(omega[lane]) * Simd.ToDouble(z[lane]);
            if (!(Math.Abs(x) <= Simd.FarthestAngle))
            {
                double low = Math.FusedMultiplyAdd(Simd.ToDouble(omega[lane]), Simd.ToDouble(z[lane]), -x);
                (double sineOfHigh, double cosineOfHigh) = Math.SinCos(x);
                (double sineOfLow, double cosineOfLow) = Math.SinCos(low);
                sine = sine.WithElement(lane, Simd.FromDouble<T>((sineOfHigh * cosineOfLow) + (cosineOfHigh * sineOfLow)));
                cosine = cosine.WithElement(lane, Simd.FromDouble<T>((cosineOfHigh * cosineOfLow) - (sineOfHigh * sineOfLow)));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void SinCos<T>(Vector512<T> z, out Vector512<T> sine, out Vector512<T> cosine) where T : unmanaged
    {
        Vector512<T> omega = Simd.Constant<T>(frequency);
        Vector512<T> x = omega * z;
        Simd.SinCos(x, Simd.MultiplyAdd(omega, z, -x), out sine, out cosine);
        sine = Vector512.ConditionalSelect(Vector512.Equals(x, Vector512<T>.Zero), x, sine);
        if (Vector512.GreaterThanAny(Vector512.Abs(x), Simd.Constant<T>(Simd.FarthestAngle)))
        {
            ReplaceFar(z, omega, ref sine, ref cosine);
        }
    }
}
