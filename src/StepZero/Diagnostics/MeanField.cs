using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>
/// What layers of very many units do to a signal, with weights of variance σw²/fan_in and biases of variance σb² (Poole et al. 2016, Schoenholz et al.
/// 2017). A pre-activation is then normal; its mean square q, the length, and the correlation c of two samples go from layer to layer by maps of one
/// number. All expectations are integrals, accurate to 1e-9 or better of their size.
/// </summary>
public static class MeanField
{
    /// <summary>The length in the next layer: σw²·E[φ(u)²] + σb², with u normal of mean 0 and variance q.</summary>
    /// <param name="activation">φ.</param>
    /// <param name="weightVariance">σw², the variance of a weight times fan_in; 0 or more, finite.</param>
    /// <param name="biasVariance">σb², the variance of a bias; 0 or more, finite.</param>
    /// <param name="length">q, 0 or more, finite.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    /// <exception cref="ArgumentException">The activation oscillates too fast for a length so large.</exception>
    public static double LengthMap(Activation activation, double weightVariance, double biasVariance, double length)
    {
        Check(weightVariance, biasVariance, length);
        if (length == 0)
        {
            double constant = activation.Evaluate(0);
            return (weightVariance * constant * constant) + biasVariance;
        }

        return (weightVariance * MeanSquare(new NormalExpectation(length), activation.Evaluate)) + biasVariance;
    }

    /// <summary>
    /// How the length in the next layer changes with the length: σw²·E[φ(u)·φ′(u)·u]/q. With derivatives in the sense of distributions that is
    /// σw²·E[φ′² + φ·φ″] (Stein 1981), but right for kinks too.
    /// </summary>
    /// <param name="activation">φ.</param>
    /// <param name="weightVariance">σw², as in <see cref="LengthMap"/>.</param>
    /// <param name="length">q, above 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    /// <exception cref="ArgumentException">The activation oscillates too fast for a length so large.</exception>
    public static double LengthSlope(Activation activation, double weightVariance, double length)
    {
        Check(weightVariance, 0, length);
        ArgumentOutOfRangeException.ThrowIfZero(length);
        return weightVariance * new NormalExpectation(length).Of(u => activation.Evaluate(u) * activation.Derivative(u) * u) / length;
    }

    /// <summary>
    /// χ = σw²·E[φ′(u)²], the factor by which one layer multiplies the mean square of gradients on their way back; where the length is a fixed point,
    /// also the factor of the distance between two samples that are close.
    /// </summary>
    /// <param name="activation">φ.</param>
    /// <param name="weightVariance">σw², as in <see cref="LengthMap"/>.</param>
    /// <param name="length">q, 0 or more; 0 stands for lengths close to 0, and infinity for very large ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    /// <exception cref="ArgumentException">The activation oscillates too fast for a length so large.</exception>
    public static double GradientFactor(Activation activation, double weightVariance, double length)
    {
        if (length == 0 || double.IsPositiveInfinity(length))
        {
            // Half of all numbers lie on either side of the kink that an activation may have at 0.
            Check(weightVariance, 0, 0);
            double far = length == 0 ? 1e-150 : 1e15, above = activation.Derivative(far), below = activation.Derivative(-far);
            return weightVariance * ((above * above) + (below * below)) / 2;
        }

        Check(weightVariance, 0, length);
        return weightVariance * MeanSquare(new NormalExpectation(length), activation.Derivative);
    }

    /// <summary>
    /// The correlation of two samples in the next layer, (σw²·E[φ(u)·φ(v)] + σb²)/q′ with u and v normal of variance q and correlation c, and q′ the
    /// length in the next layer.
    /// </summary>
    /// <param name="activation">φ.</param>
    /// <param name="weightVariance">σw², as in <see cref="LengthMap"/>.</param>
    /// <param name="biasVariance">σb², likewise.</param>
    /// <param name="length">q, above 0.</param>
    /// <param name="correlation">c, from −1 to 1.</param>
    /// <returns>From −1 to 1; nan where the length in the next layer is 0.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    /// <exception cref="ArgumentException">The activation oscillates too fast for a length so large.</exception>
    public static double CorrelationMap(Activation activation, double weightVariance, double biasVariance, double length, double correlation) =>
        CorrelationMap(activation, weightVariance, biasVariance, length, correlation, rough: null);

    /// <inheritdoc cref="CorrelationMap(Activation, double, double, double, double)"/>
    internal static double CorrelationMap(Activation activation, double weightVariance, double biasVariance, double length, double correlation, GaussKronrod? rough)
    {
        Check(weightVariance, biasVariance, length, correlation);
        ArgumentOutOfRangeException.ThrowIfZero(length);
        double next = LengthMap(activation, weightVariance, biasVariance, length);
        return ((weightVariance * new NormalExpectation(length, rough).OfPair(activation.Evaluate, correlation)) + biasVariance) / next;
    }

    /// <summary>
    /// σw²·E[φ′(u)·φ′(v)]: where the length is a fixed point, the slope of <see cref="CorrelationMap(Activation, double, double, double, double)"/>; at c = 1 it is <see cref="GradientFactor"/>.
    /// </summary>
    /// <param name="activation">φ.</param>
    /// <param name="weightVariance">σw², as in <see cref="LengthMap"/>.</param>
    /// <param name="length">q, above 0.</param>
    /// <param name="correlation">c, from −1 to 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">An argument is outside of its range.</exception>
    /// <exception cref="ArgumentException">The activation oscillates too fast for a length so large.</exception>
    public static double CorrelationSlope(Activation activation, double weightVariance, double length, double correlation) =>
        CorrelationSlope(activation, weightVariance, length, correlation, rough: null);

    /// <inheritdoc cref="CorrelationSlope(Activation, double, double, double)"/>
    internal static double CorrelationSlope(Activation activation, double weightVariance, double length, double correlation, GaussKronrod? rough)
    {
        Check(weightVariance, 0, length, correlation);
        ArgumentOutOfRangeException.ThrowIfZero(length);
        return weightVariance * new NormalExpectation(length, rough).OfPair(activation.Derivative, correlation);
    }

    /// <summary>Refuses what is no variance, length or correlation.</summary>
    internal static void Check(double weightVariance, double biasVariance, double length, double correlation = 0)
    {
        CheckVariance(weightVariance, nameof(weightVariance));
        CheckVariance(biasVariance, nameof(biasVariance));
        CheckVariance(length, nameof(length));
        if (!(Math.Abs(correlation) <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(correlation), correlation, "Expected a number from -1 to 1.");
        }

        static void CheckVariance(double value, string name)
        {
            if (!(value >= 0) || double.IsPositiveInfinity(value))
            {
                throw new ArgumentOutOfRangeException(name, value, "Expected a finite number of at least 0.");
            }
        }
    }

    private static double MeanSquare(NormalExpectation expectation, Func<double, double> f) => expectation.Of(u =>
    {
        double value = f(u);
        return value * value;
    });
}
