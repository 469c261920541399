namespace StepZero.RandomNumbers;

/// <summary>
/// log(1 − u) bit for bit as the C library of Linux computes log1p(−u), for the uniform numbers of a random stream. NumPy calls it in the tails of
/// its normal numbers; .NET has no log1p, and its logarithm of 1 − u differs in the last bit now and then.
/// </summary>
/// <remarks>
/// Method (Sun Microsystems 1993, fdlibm, <c>s_log1p.c</c> and <c>s_log1pf.c</c>, whose constants these are): 1 − u = 2ᵏ·(1 + f) with 1 + f between
/// √½ and √2; with s = f / (2 + f), log(1 + f) = f − f²/2 + s·(f²/2 + R(s²)), R a polynomial. As 1 − u is exact for these u, fdlibm's term for its
/// rounding error is left out. The double version has the sums of products fused that are fused in Debian 12's glibc 2.36 on processors with FMA; the
/// single one has none. Other C libraries, and glibc's newer log1pf, which is correctly rounded, may differ in the last bit.
/// </remarks>
internal static class Log1p
{
    // ln 2 in two parts; the high one has so few bits that its product with an exponent is exact.
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const float SingleLn2High = 6.9313812256e-01f;
    private const float SingleLn2Low = 9.0580006145e-06f;

    /// <summary>log(1 − u), as log1p(−u).</summary>
    /// <param name="u">A multiple of 2⁻⁵³ on [0, 1).</param>
    public static double OfMinus(double u)
    {
        double f = -u;
        if (u < 1.0 / (1 << 29))
        {
            return Math.FusedMultiplyAdd(-0.5, f * f, f);
        }

        // Up to 1 − √½, as far as the upper word of the double tells, no scaling is needed.
        int k = 0;
        bool isNearOne = false;
        if (BitConverter.DoubleToUInt64Bits(u) >= 0x3fd2bec4_00000000)
        {
            ulong bits = BitConverter.DoubleToUInt64Bits(1.0 - u);
            int mantissa = (int)(bits >> 32) & 0xfffff;
            bool isBelow = mantissa >= 0x6a09e; // above √2: below 1 once halved
            k = (int)(bits >> 52) - 1023 + (isBelow ? 1 : 0);
            f = BitConverter.UInt64BitsToDouble((bits & 0x000fffff_ffffffff) | (isBelow ? 0x3fe00000_00000000ul : 0x3ff00000_00000000ul)) - 1.0;
            isNearOne = mantissa == 0 || mantissa > 0x100000 - 4;
        }

        double half = 0.5 * f * f;
        double low = k * Ln2Low;
        if (isNearOne)
        {
            double rest = half * Math.FusedMultiplyAdd(-0.66666666666666666, f, 1.0);
            return Math.FusedMultiplyAdd(k, Ln2High, -(rest - low - f));
        }

        double s = f / (2.0 + f);
        double z = s * s;
        double z2 = z * z;
        double z4 = z2 * z2;
        double second = Math.FusedMultiplyAdd(2.857142874366239149e-01, z, 3.999999999940941908e-01);
        double third = Math.FusedMultiplyAdd(1.818357216161805012e-01, z, 2.222219843214978396e-01);
        double fourth = Math.FusedMultiplyAdd(1.479819860511658591e-01, z, 1.531383769920937332e-01);
        double r = Math.FusedMultiplyAdd(z, 6.666666666666735130e-01, z2 * second);
        r = Math.FusedMultiplyAdd(z4, third, r);
        r = Math.FusedMultiplyAdd(z2 * z4, fourth, r);
        double correction = s * (half + r);
        return k == 0 ? f - (half - correction) : Math.FusedMultiplyAdd(k, Ln2High, -(half - (low + correction) - f));
    }

    /// <summary>log(1 − u) in single precision, as log1pf(−u).</summary>
    /// <param name="u">A multiple of 2⁻²⁴ on [0, 1).</param>
    public static float OfMinus(float u)
    {
        float f = -u;
        int k = 0;
        bool isNearOne = false;
        if (BitConverter.SingleToUInt32Bits(u) >= 0x3e95f620)
        {
            uint bits = BitConverter.SingleToUInt32Bits(1f - u);
            int mantissa = (int)bits & 0x7fffff;
            bool isBelow = mantissa >= 0x3504f7;
            k = (int)(bits >> 23) - 127 + (isBelow ? 1 : 0);
            f = BitConverter.UInt32BitsToSingle((bits & 0x7fffff) | (isBelow ? 0x3f000000u : 0x3f800000u)) - 1f;
            isNearOne = mantissa == 0 || mantissa > 0x800000 - 4;
        }

        float half = 0.5f * f * f;
        float low = k * SingleLn2Low;
        if (isNearOne)
        {
            return (k * SingleLn2High) - ((half * (1f - (6.6666668653e-01f * f))) - low - f);
        }

        float s = f / (2f + f);
        float z = s * s;
        float r = (z * 1.4798198640e-01f) + 1.5313838422e-01f;
        r = (z * r) + 1.8183572590e-01f;
        r = (z * r) + 2.2222198546e-01f;
        r = (z * r) + 2.8571429849e-01f;
        r = (z * r) + 4.0000000596e-01f;
        r = (z * r) + 6.6666668653e-01f;
        float correction = s * (half + (z * r));
        return k == 0 ? f - (half - correction) : (k * SingleLn2High) - (half - (low + correction) - f);
    }
}
