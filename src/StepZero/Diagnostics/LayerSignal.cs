using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Diagnostics;

/// <summary>What one layer does, gathered from blocks of samples.</summary>
/// <param name="units">The units of the layer.</param>
/// <param name="activation">Its activation; null for the output layer, which has none.</param>
internal sealed class LayerSignal(int units, Activation? activation)
{
    private readonly Moments[] forward = new Moments[units];
    private readonly Moments[] backward = new Moments[units];
    private readonly bool[] living = new bool[units];
    private readonly MeanCosine cosine = new(units);
    private readonly double flat = activation?.Bounds is null ? 0 : LayerStatistics.SaturatedSlope * activation.Derivative(0);
    private double factorZ;
    private double factorA;
    private double factorDelta;
    private long saturated;

    /// <summary>Adds a block of samples on their way forward.</summary>
    /// <param name="z">The pre-activations, [units, samples].</param>
    /// <param name="a">The activations; those of the output layer are the pre-activations.</param>
    /// <param name="slopes">φ′(z).</param>
    public void AddForward(Matrix<double> z, Matrix<double> a, Matrix<double> slopes)
    {
        factorZ = factorZ == 0 ? Scaled.Factor(z) : factorZ;
        factorA = factorA == 0 ? Scaled.Factor(a) : factorA;
        cosine.Add(a, factorA);
        for (int unit = 0; unit < units; unit++)
        {
            forward[unit] = forward[unit].With(Moments.Of(z[unit], a[unit], factorZ, factorA));
            if (activation is not null)
            {
                Judge(unit, a[unit], slopes[unit]);
            }
        }
    }

    /// <summary>Adds ∂cost/∂z of a block of samples, [units, samples].</summary>
    public void AddBackward(Matrix<double> delta)
    {
        factorDelta = factorDelta == 0 ? Scaled.Factor(delta) : factorDelta;
        for (int unit = 0; unit < units; unit++)
        {
            backward[unit] = backward[unit].With(Moments.Of(delta[unit], factorDelta));
        }
    }

    /// <summary>The statistics of all samples added.</summary>
    /// <param name="samples">How many there were.</param>
    /// <param name="weightNorm">The root of the sum of squares of the weights into the layer.</param>
    /// <param name="gradientNorm">The same of their gradient.</param>
    public LayerStatistics ToStatistics(int samples, double weightNorm, double gradientNorm)
    {
        Moments ahead = forward.Aggregate((all, one) => all.With(one)), back = backward.Aggregate((all, one) => all.With(one));
        return new LayerStatistics(units, Unscaled(ahead.X, factorZ), Unscaled(ahead.Y, factorA), Unscaled(back.X, factorDelta), weightNorm, gradientNorm)
        {
            SaturatedShare = activation?.Bounds is null ? null : saturated / ((double)samples * units),
            DeadUnits = activation is null ? null : living.Count(lives => !lives),
            LinearUnits = activation is null ? null : forward.Count(moments => moments.Unexplained < LayerStatistics.LinearRest),
            MeanCosine = cosine.Value,
        };
    }

    private static Spread Unscaled(Spread spread, double factor) => new(spread.Mean / factor, spread.Deviation / factor);

    private void Judge(int unit, ReadOnlySpan<double> a, ReadOnlySpan<double> slopes)
    {
        for (int sample = 0; sample < a.Length; sample++)
        {
            living[unit] |= a[sample] != 0 || slopes[sample] != 0;
            saturated += Math.Abs(slopes[sample]) < flat && !double.IsNaN(a[sample]) ? 1 : 0;
        }
    }
}
