using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>What becomes of the length q of a signal in layer after layer.</summary>
public enum LengthLimit
{
    /// <summary>It comes to a fixed point above 0.</summary>
    Settles,

    /// <summary>It goes to 0.</summary>
    Vanishes,

    /// <summary>It grows without end.</summary>
    Diverges,
}

/// <summary>
/// What very wide and very deep networks of one kind of layer do to a signal and its gradients (Poole et al. 2016; Schoenholz et al. 2017,
/// arXiv:1611.01232): the fixed points of the maps of <see cref="MeanField"/>, and the depths, in layers, over which what differs from them decays by e.
/// </summary>
/// <param name="Limit">What becomes of the length.</param>
/// <param name="Length">q*, the length it comes to: 0 where it vanishes, infinity where it diverges.</param>
/// <param name="LengthSlope">The slope of the length map at q*.</param>
/// <param name="GradientFactor">
/// χ₁ = σw²·E[φ′²] at q*. Below 1 gradients vanish and all samples become alike (order), above 1 gradients explode and alike samples come apart (chaos).
/// </param>
/// <param name="Correlation">c*, the correlation to which two different samples come, from 0 to 1; 1 unless χ₁ is above 1.</param>
/// <param name="CorrelationSlope">σw²·E[φ′(u)·φ′(v)] at q* and c*.</param>
/// <remarks>Where the length vanishes or diverges, the factor of one layer is χ₁ for all that travels, and so all depths are 1/|ln χ₁|.</remarks>
public sealed record MeanFieldTheory(
    LengthLimit Limit, double Length, double LengthSlope, double GradientFactor, double Correlation, double CorrelationSlope)
{
    /// <summary>How close to 1 a factor counts as 1, and a length as a fixed point.</summary>
    private const double Rounding = 1e-12;

    private const double Roughness = 1e-6;

    /// <summary>Beyond this multiple of its scale a length is taken to diverge, and below the inverse to vanish.</summary>
    private const double Far = 1e10;

    private const int MostSteps = 200;

    /// <summary>ξ_q, over which the length forgets where it began, in layers: 1/|ln| of <see cref="LengthSlope"/>; infinity at criticality.</summary>
    public double LengthDepth => Depth(LengthSlope);

    /// <summary>ξ_c, over which two samples forget that they were different, or alike, in layers: 1/|ln| of <see cref="CorrelationSlope"/>; infinity at criticality.</summary>
    public double CorrelationDepth => Depth(CorrelationSlope);

    /// <summary>ξ_∇, over which gradients shrink or grow by e, in layers: 1/|ln χ₁|; infinity at criticality.</summary>
    public double GradientDepth => Depth(GradientFactor);

    /// <summary>The depth, in layers, beyond which nothing trains: 6·ξ_c, as was measured by Schoenholz et al. 2017.</summary>
    public double TrainableDepth => 6 * CorrelationDepth;

    /// <summary>The theory of one kind of layer.</summary>
    /// <param name="activation">φ.</param>
    /// <param name="weightVariance">σw², the variance of a weight times fan_in; 0 or more, finite.</param>
    /// <param name="biasVariance">σb², the variance of a bias; 0 or more, finite.</param>
    /// <param name="start">
    /// The length in the first layer, 0 or more, from which the length goes to the nearest fixed point in the direction of its first step; null for
    /// σw² + σb², that of features of mean square 1.
    /// </param>
    /// <exception cref="ArgumentOutOfRangeException">A number is below 0 or not finite.</exception>
    /// <exception cref="ArgumentException">The activation oscillates too fast for lengths so large.</exception>
    public static MeanFieldTheory Of(Activation activation, double weightVariance, double biasVariance = 0, double? start = null) =>
        Of(activation, weightVariance, biasVariance, start, rough: null);

    /// <summary>The same, where wished with correlations that may be off by 1e-6 and take no more than is left of what they may.</summary>
    internal static MeanFieldTheory Of(Activation activation, double weightVariance, double biasVariance, double? start, GaussKronrod? rough)
    {
        (double length, double factor) = GradientFactorOf(activation, weightVariance, biasVariance, start);
        if (length == 0 || double.IsPositiveInfinity(length))
        {
            return new MeanFieldTheory(length == 0 ? LengthLimit.Vanishes : LengthLimit.Diverges, length, factor, factor, 1, factor);
        }

        double slope = MeanField.LengthSlope(activation, weightVariance, length);
        double correlation = FixedCorrelation(activation, weightVariance, biasVariance, length, factor, rough);
        double correlationSlope = correlation == 1 ? factor : MeanField.CorrelationSlope(activation, weightVariance, length, correlation, rough);
        return new MeanFieldTheory(LengthLimit.Settles, length, slope, factor, correlation, correlationSlope);
    }

    /// <summary>q* and χ₁ alone, without the correlation, which takes longer.</summary>
    internal static (double Length, double GradientFactor) GradientFactorOf(Activation activation, double weightVariance, double biasVariance, double? start = null)
    {
        MeanField.Check(weightVariance, biasVariance, start ?? 0);
        double length = FixedLength(q => MeanField.LengthMap(activation, weightVariance, biasVariance, q), start ?? (weightVariance + biasVariance), weightVariance + biasVariance);
        return (length, MeanField.GradientFactor(activation, weightVariance, length));
    }

    /// <summary>
    /// The fixed point that the length comes to. The map is increasing for every activation whose square grows on both sides, so the length never passes
    /// a fixed point: steps of a factor 2 find one on the way, however slowly the map itself would go there.
    /// </summary>
    private static double FixedLength(Func<double, double> map, double start, double scale)
    {
        double least = map(0), q = start > 0 ? start : least;
        if (q == 0)
        {
            return 0;
        }

        double next = map(q);
        if (Math.Abs(next - q) <= Rounding * q)
        {
            return q;
        }

        bool up = next > q;
        double most = Far * Math.Max(q, scale), lowest = least > 0 ? least / 2 : Math.Min(q, scale) / Far;
        while (double.IsFinite(next) && (up ? q < most : q > lowest))
        {
            double before = q;
            q = up ? 2 * q : q / 2;
            next = map(q);
            if (next > q != up)
            {
                return Crossing(map, Math.Min(before, q), Math.Max(before, q));
            }
        }

        return up || !double.IsFinite(next) ? double.PositiveInfinity : 0;
    }

    /// <summary>Where the map crosses the identity, to the last bits.</summary>
    private static double Crossing(Func<double, double> map, double low, double high)
    {
        bool risesAtLow = map(low) > low;
        for (double middle = (low + high) / 2; middle > low && middle < high; middle = (low + high) / 2)
        {
            (low, high) = map(middle) > middle == risesAtLow ? (middle, high) : (low, middle);
        }

        return (low + high) / 2;
    }

    /// <summary>
    /// The stable fixed point of the correlation from 0 to 1. The map is a power series in c without negative coefficients, so it is convex, and Newton's
    /// steps from 0 go up to its lowest fixed point; that is 1 unless its slope there is above 1.
    /// </summary>
    private static double FixedCorrelation(Activation activation, double weightVariance, double biasVariance, double length, double factor, GaussKronrod? rough)
    {
        double c = factor > 1 + Rounding ? 0 : 1;
        for (int step = 0; step < MostSteps && c < 1; step++)
        {
            double above = MeanField.CorrelationMap(activation, weightVariance, biasVariance, length, c, rough) - c;
            double fall = 1 - MeanField.CorrelationSlope(activation, weightVariance, length, c, rough);
            double next = fall > 0 ? Math.Min(c + (above / fall), 1) : c;
            if (!(next > c + (rough is null ? Rounding : Roughness)))
            {
                return c;
            }

            c = next;
        }

        return c > 1 - Rounding ? 1 : c;
    }

    private static double Depth(double factor) => Math.Abs(factor - 1) <= Rounding ? double.PositiveInfinity : 1 / Math.Abs(Math.Log(Math.Abs(factor)));
}
