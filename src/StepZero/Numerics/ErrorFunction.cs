using System.Runtime.CompilerServices;

namespace StepZero.Numerics;

/// <summary>
/// The error function erf x = 2/√π·∫₀ˣ e^(−t²) dt and its complement erfc x = 1 − erf x, with the bits of the GNU C library.
/// </summary>
/// <remarks>
/// The approximations are those of Sun's fdlibm (<c>s_erf.c</c>, 1993), within two units in the last place. |x| has four ranges: below 0.84375,
/// x + x·P(x²)/Q(x²); to 1.25, erf 1 + P/Q in |x| − 1; then 1 − e^(−x²)·e^(−0.5625 + R/S)/|x| with R and S in 1/x², whose coefficients change at
/// |x| = 1/0.35; at last the limit. Double precision adds its polynomials two terms at a time, as glibc does (<c>sysdeps/ieee754/dbl-64/s_erf.c</c>);
/// single precision goes by Horner's rule (<c>flt-32/s_erff.c</c>). The exponential is the platform's.
/// </remarks>
internal static class ErrorFunction
{
    /// <summary>erf 1, rounded to single precision.</summary>
    private const double ErfOfOne = 8.45062911510467529297e-01;

    /// <summary>2/√π − 1, the slope of erf x − x at 0.</summary>
    private const double SlopeMinusOne = 1.28379167095512586316e-01;

    /// <summary>2^−28.</summary>
    private const double TinyEnd = 1.0 / (1 << 28);

    private const double CentralEnd = 0.84375;
    private const double MiddleEnd = 1.25;

    /// <summary>1/0.35 as erf and erfc cut it off: fdlibm compares the high 32 bits only.</summary>
    private const double NearTailEnd = 2.8571434020996094, NearTailEndOfComplement = 2.8571414947509766;

    private const float NearTailEndSingle = 2.85714293f;

    private static readonly double[] CentralAbove =
    [
        1.28379167095512558561e-01, -3.25042107247001499370e-01, -2.84817495755985104766e-02, -5.77027029648944159157e-03,
        -2.37630166566501626084e-05,
    ];

    private static readonly double[] CentralBelow =
    [
        1, 3.97917223959155352819e-01, 6.50222499887672944485e-02, 5.08130628187576562776e-03, 1.32494738004321644526e-04,
        -3.96022827877536812320e-06,
    ];

    private static readonly double[] MiddleAbove =
    [
        -2.36211856075265944077e-03, 4.14856118683748331666e-01, -3.72207876035701323847e-01, 3.18346619901161753674e-01,
        -1.10894694282396677476e-01, 3.54783043256182359371e-02, -2.16637559486879084300e-03,
    ];

    private static readonly double[] MiddleBelow =
    [
        1, 1.06420880400844228286e-01, 5.40397917702171048937e-01, 7.18286544141962662868e-02, 1.26171219808761642112e-01,
        1.36370839120290507362e-02, 1.19844998467991074170e-02,
    ];

    private static readonly double[] NearTailAbove =
    [
        -9.86494403484714822705e-03, -6.93858572707181764372e-01, -1.05586262253232909814e+01, -6.23753324503260060396e+01,
        -1.62396669462573470355e+02, -1.84605092906711035994e+02, -8.12874355063065934246e+01, -9.81432934416914548592e+00,
    ];

    private static readonly double[] NearTailBelow =
    [
        1, 1.96512716674392571292e+01, 1.37657754143519042600e+02, 4.34565877475229228821e+02, 6.45387271733267880336e+02,
        4.29008140027567833386e+02, 1.08635005541779435134e+02, 6.57024977031928170135e+00, -6.04244152148580987438e-02,
    ];

    private static readonly double[] FarTailAbove =
    [
        -9.86494292470009928597e-03, -7.99283237680523006574e-01, -1.77579549177547519889e+01, -1.60636384855821916062e+02,
        -6.37566443368389627722e+02, -1.02509513161107724954e+03, -4.83519191608651397019e+02,
    ];

    private static readonly double[] FarTailBelow =
    [
        1, 3.03380607434824582924e+01, 3.25792512996573918826e+02, 1.53672958608443695994e+03, 3.19985821950859553908e+03,
        2.55305040643316442583e+03, 4.74528541206955367215e+02, -2.24409524465858183362e+01,
    ];

    private static readonly float[] CentralAboveSingle = Round(CentralAbove), CentralBelowSingle = Round(CentralBelow);
    private static readonly float[] MiddleAboveSingle = Round(MiddleAbove), MiddleBelowSingle = Round(MiddleBelow);
    private static readonly float[] NearTailAboveSingle = Round(NearTailAbove), NearTailBelowSingle = Round(NearTailBelow);
    private static readonly float[] FarTailAboveSingle = Round(FarTailAbove), FarTailBelowSingle = Round(FarTailBelow);

    /// <summary>erf x, from −1 to 1.</summary>
    public static double Erf(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < CentralEnd)
        {
            return ErfNearZero(x);
        }

        double erf = magnitude switch
        {
            < MiddleEnd => ErfOfOne + MiddleQuotient(magnitude),
            < 6 => 1 - (Tail(magnitude, NearTailEnd) / magnitude),
            _ => double.IsNaN(x) ? x : 1,
        };
        return Math.CopySign(erf, x);
    }

    /// <summary>erfc x = 1 − erf x, from 2 to 0, accurate relative to its size also where it is tiny.</summary>
    public static double Erfc(double x)
    {
        double magnitude = Math.Abs(x);
        if (magnitude < CentralEnd)
        {
            // From ¼ on, ½ − (erf x − ½) is more accurate than 1 − erf x.
            return x < 0.25 ? 1 - ErfNearZero(x) : 0.5 - ((x * CentralQuotient(x)) + (x - 0.5));
        }

        if (magnitude < MiddleEnd)
        {
            return x > 0 ? 1 - ErfOfOne - MiddleQuotient(magnitude) : 1 + (ErfOfOne + MiddleQuotient(magnitude));
        }

        return x switch
        {
            <= -6 => 2,
            < 0 => 2 - (Tail(magnitude, NearTailEndOfComplement) / magnitude),
            < 28 => Tail(magnitude, NearTailEndOfComplement) / magnitude,
            _ => double.IsNaN(x) ? x : 0,
        };
    }

    /// <summary>erf x in single precision; every step rounds to single precision.</summary>
    public static float Erf(float x)
    {
        float magnitude = Math.Abs(x);
        if (magnitude < (float)CentralEnd)
        {
            return ErfNearZero(x);
        }

        float erf = magnitude switch
        {
            < (float)MiddleEnd => (float)ErfOfOne + (Polynomial(magnitude - 1, MiddleAboveSingle) / Polynomial(magnitude - 1, MiddleBelowSingle)),
            < 6 => 1 - (Tail(magnitude) / magnitude),
            _ => float.IsNaN(x) ? x : 1,
        };
        return MathF.CopySign(erf, x);
    }

    /// <summary>x + x·P(x²)/Q(x²); for |x| below 2^−28 that is 2x/√π, made 16 times larger so that the smallest numbers lose no digits.</summary>
    private static double ErfNearZero(double x) =>
        Math.Abs(x) < TinyEnd ? 0.0625 * ((16 * x) + (16 * SlopeMinusOne * x)) : x + (x * CentralQuotient(x));

    /// <inheritdoc cref="ErfNearZero(double)"/>
    private static float ErfNearZero(float x) =>
        Math.Abs(x) < (float)TinyEnd
            ? 0.0625f * ((16 * x) + (16 * (float)SlopeMinusOne * x))
            : x + (x * (Polynomial(x * x, CentralAboveSingle) / Polynomial(x * x, CentralBelowSingle)));

    private static double CentralQuotient(double x) => PairedPolynomial(x * x, CentralAbove) / PairedPolynomial(x * x, CentralBelow);

    /// <summary>erf |x| − erf 1 between 0.84375 and 1.25.</summary>
    private static double MiddleQuotient(double magnitude) =>
        PairedPolynomial(magnitude - 1, MiddleAbove) / PairedPolynomial(magnitude - 1, MiddleBelow);

    /// <summary>
    /// x·erfc x = e^(−x²)·e^(−0.5625 + R/S) for positive x. The square is that of z, x without its low digits, where it is exact; the second factor
    /// makes up for them.
    /// </summary>
    private static double Tail(double x, double nearEnd)
    {
        double s = 1 / (x * x);
        double quotient = x < nearEnd
            ? PairedPolynomial(s, NearTailAbove) / PairedPolynomial(s, NearTailBelow)
            : PairedPolynomial(s, FarTailAbove) / PairedPolynomial(s, FarTailBelow);
        double z = BitConverter.UInt64BitsToDouble(BitConverter.DoubleToUInt64Bits(x) & 0xffffffff00000000ul);
        return Math.Exp((-z * z) - 0.5625) * Math.Exp(((z - x) * (z + x)) + quotient);
    }

    /// <inheritdoc cref="Tail(double, double)"/>
    private static float Tail(float x)
    {
        float s = 1 / (x * x);
        float quotient = x < NearTailEndSingle
            ? Polynomial(s, NearTailAboveSingle) / Polynomial(s, NearTailBelowSingle)
            : Polynomial(s, FarTailAboveSingle) / Polynomial(s, FarTailBelowSingle);
        float z = BitConverter.UInt32BitsToSingle(BitConverter.SingleToUInt32Bits(x) & 0xfffff000u);
        return MathF.Exp((-z * z) - 0.5625f) * MathF.Exp(((z - x) * (z + x)) + quotient);
    }

    /// <summary>c₀ + c₁s + … by Horner's rule.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static float Polynomial(float s, float[] c)
    {
        float sum = c[^1];
        for (int i = c.Length - 2; i >= 0; i--)
        {
            sum = (sum * s) + c[i];
        }

        return sum;
    }

    /// <summary>(c₀ + c₁s) + (c₂ + c₃s)s² + (c₄ + c₅s)s⁴ + …, the powers s⁴ = s²s², s⁶ = s⁴s², s⁸ = s⁴s⁴, added from the left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static double PairedPolynomial(double s, double[] c)
    {
        double s2 = s * s, s4 = s2 * s2;
        double sum = c[0] + (s * c[1]) + (s2 * (c[2] + (s * c[3])));
        sum += s4 * (c.Length > 5 ? c[4] + (s * c[5]) : c[4]);
        if (c.Length > 6)
        {
            sum += s4 * s2 * (c.Length > 7 ? c[6] + (s * c[7]) : c[6]);
        }

        return c.Length > 8 ? sum + (s4 * s4 * c[8]) : sum;
    }

    private static float[] Round(double[] values) => Array.ConvertAll(values, value => (float)value);
}
