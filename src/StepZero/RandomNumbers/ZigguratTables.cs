namespace StepZero.RandomNumbers;

/// <summary>
/// The tables of NumPy's normal numbers: the bell curve exp(−x²/2) covered by 256 layers of equal area, layer 0 with the tail under it.
/// </summary>
/// <remarks>
/// Computed at the first use, and equal to NumPy's in every bit: each step below is the double operation by which its authors got them, with exp and
/// log correctly rounded so that no platform's own functions matter. Sources: Marsaglia and Tsang 2000, "The Ziggurat Method for Generating Random
/// Variables"; NumPy, <c>numpy/random/src/distributions/ziggurat_constants.h</c>.
/// </remarks>
internal static class ZigguratTables
{
    /// <summary>Where the tail begins: the right edge of layer 255.</summary>
    public const double TailStart = 3.6541528853610088;

    /// <summary>The area of each layer, as rounding left it to the authors: three units of the last place below the exact one.</summary>
    private const double Area = 0.004928673233974652;

    private const int Layers = 256;

    // A double's distance from the middle has 52 random bits, a single's 23.
    private const double DoubleScale = 1L << 52;
    private const double SingleScale = 1 << 23;

    /// <summary>Each layer's right edge divided by the scale: a random distance times this is x.</summary>
    public static readonly double[] Widths = new double[Layers];

    /// <summary>Random distances below this lie under the curve without further look.</summary>
    public static readonly ulong[] Inner = new ulong[Layers];

    /// <summary>The curve at each layer's right edge; 1 for layer 0.</summary>
    public static readonly double[] Heights = new double[Layers];

    /// <inheritdoc cref="Widths"/>
    public static readonly float[] SingleWidths = new float[Layers];

    /// <inheritdoc cref="Inner"/>
    public static readonly uint[] SingleInner = new uint[Layers];

    /// <inheritdoc cref="Heights"/>
    public static readonly float[] SingleHeights = new float[Layers];

    static ZigguratTables()
    {
        double edge = TailStart;
        double height = ExpOfMinus(0.5 * edge * edge);
        Set(0, Area / height, 1.0, TailStart / (Area / height));
        for (int layer = Layers - 1; layer > 1; layer--)
        {
            double next = Math.Sqrt(-2.0 * Log((Area / edge) + height));
            Set(layer, edge, height, next / edge);
            edge = next;
            height = ExpOfMinus(0.5 * edge * edge);
            if (layer == 39)
            {
                // Layer 38's height: the authors' exp missed the correct rounding here, by 0.002 of the last place.
                height = Math.BitIncrement(height);
            }
        }

        // The top layer is nowhere wholly under the curve.
        Set(1, edge, height, 0.0);
    }

    private static void Set(int layer, double edge, double height, double innerShare)
    {
        Widths[layer] = edge / DoubleScale;
        Inner[layer] = (ulong)Math.Round(innerShare * DoubleScale, MidpointRounding.ToEven);
        Heights[layer] = height;
        SingleWidths[layer] = (float)(edge / SingleScale);
        SingleInner[layer] = (uint)Math.Round(innerShare * SingleScale, MidpointRounding.ToEven);
        SingleHeights[layer] = (float)height;
    }

    /// <summary>log(value), correctly rounded: one Newton step on exp(log) = value from the platform's logarithm.</summary>
    private static double Log(double value)
    {
        double guess = Math.Log(value);
        (double high, double low) = TwiceExp(-guess);

        // value·exp(−guess) − 1, of which the large part is exact.
        double error = Math.FusedMultiplyAdd(value, high, -1.0) + (value * low);
        return guess + error;
    }

    /// <summary>exp(−t), correctly rounded.</summary>
    private static double ExpOfMinus(double t)
    {
        (double high, double low) = TwiceExp(-t);
        return high + low;
    }

    /// <summary>exp(t) as an unevaluated sum of two doubles (some 100 bits), for |t| below 7: the series at t/256, squared eight times.</summary>
    private static (double High, double Low) TwiceExp(double t)
    {
        double small = t / 256.0;
        double high = 1.0;
        double low = 0.0;
        for (int n = 16; n > 0; n--)
        {
            // 1 + small·sum/n
            (high, low) = Times(high, low, small, 0.0);
            double quotient = high / n;
            low = (Math.FusedMultiplyAdd(-quotient, n, high) + low) / n;
            high = 1.0 + quotient;
            low += quotient - (high - 1.0);
        }

        for (int i = 0; i < 8; i++)
        {
            (high, low) = Times(high, low, high, low);
        }

        return (high, low);
    }

    private static (double High, double Low) Times(double high, double low, double otherHigh, double otherLow)
    {
        double product = high * otherHigh;
        double error = Math.FusedMultiplyAdd(high, otherHigh, -product) + ((high * otherLow) + (low * otherHigh));
        double sum = product + error;
        return (sum, product - sum + error);
    }
}
