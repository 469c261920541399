using System.Text.Json;
using StepZero.Diagnostics;
using StepZero.Networks;

namespace StepZero.Tests.Diagnostics;

/// <summary>Expected values come from make_mean_field_golden.py, from closed forms, and from the literature.</summary>
public sealed class MeanFieldTests
{
    public static TheoryData<int> Cases => [.. Enumerable.Range(0, Repository.Golden("mean_field.json").GetArrayLength())];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Maps_and_fixed_points_are_those_of_another_method(int index)
    {
        JsonElement golden = Repository.Golden("mean_field.json")[index];
        double Expected(string name) => golden.GetProperty(name).GetDouble();
        var activation = Activation.Parse(golden.GetProperty("activation").GetString()!);
        double weight = Expected("weightVariance"), length = Expected("length");
        var theory = MeanFieldTheory.Of(activation, weight, Expected("biasVariance"));
        Assert.Equal(LengthLimit.Settles, theory.Limit);
        Assert.Equal(1, theory.Length / length, 1e-10);
        Assert.Equal(Expected("lengthSlope"), theory.LengthSlope, 1e-8);
        Assert.Equal(1, theory.GradientFactor / Expected("gradientFactor"), 1e-10);
        Assert.Equal(Expected("correlation"), theory.Correlation, 1e-8);
        Assert.Equal(Expected("correlationSlope"), theory.CorrelationSlope, 1e-8);
        foreach (JsonElement point in golden.GetProperty("map").EnumerateArray())
        {
            double c = point.GetProperty("c").GetDouble(), slope = point.GetProperty("slope").GetDouble();
            Assert.Equal(point.GetProperty("next").GetDouble(), MeanField.CorrelationMap(activation, weight, Expected("biasVariance"), length, c), 1e-9);
            Assert.Equal(slope, MeanField.CorrelationSlope(activation, weight, length, c), 1e-9 * (1 + theory.GradientFactor));
        }
    }

    [Theory]
    [InlineData(2, 0.61796, 1.10553, 9.97, 21.7)]
    [InlineData(2.7778, 1.1785, 1.20983, 5.25, 12.1)]
    [InlineData(1.592537 * 1.592537, 1, 1.17781, 6.11, 13.9)]
    public void Tanh_without_biases_has_the_known_values(double weightVariance, double length, double factor, double gradientDepth, double correlationDepth)
    {
        var theory = MeanFieldTheory.Of(Activation.Tanh, weightVariance);
        Assert.Equal(length, theory.Length, 5e-5);
        Assert.Equal(factor, theory.GradientFactor, 5e-6);
        Assert.Equal(gradientDepth, theory.GradientDepth, 0.005);
        Assert.Equal(correlationDepth, theory.CorrelationDepth, 0.05);
        Assert.Equal(6 * theory.CorrelationDepth, theory.TrainableDepth);
        Assert.Equal(0, theory.Correlation);
    }

    [Fact]
    public void Tanh_is_critical_at_one()
    {
        Assert.Equal(new MeanFieldTheory(LengthLimit.Vanishes, 0, 1, 1, 1, 1), MeanFieldTheory.Of(Activation.Tanh, 1));
        Assert.Equal(double.PositiveInfinity, MeanFieldTheory.Of(Activation.Tanh, 1).TrainableDepth);

        // q = σw²·E[tanh²] = σw²·(q − 2q² + …), so q* is half of what σw² has above 1.
        Assert.Equal(5e-6, MeanFieldTheory.Of(Activation.Tanh, 1 + 1e-5).Length, 1e-10);
    }

    [Fact]
    public void Tanh_below_criticality_forgets_within_a_layer()
    {
        var theory = MeanFieldTheory.Of(Activation.Tanh, 1.0 / 3);
        Assert.Equal((LengthLimit.Vanishes, 0, 1.0 / 3), (theory.Limit, theory.Length, theory.GradientFactor));
        Assert.Equal(1 / Math.Log(3), theory.GradientDepth, 1e-12);
        Assert.Equal(6 / Math.Log(3), theory.TrainableDepth, 1e-12);
    }

    [Theory]
    [InlineData(2, 0, LengthLimit.Settles, 2, 1)]
    [InlineData(1, 0, LengthLimit.Vanishes, 0, 0.5)]
    [InlineData(3, 0, LengthLimit.Diverges, double.PositiveInfinity, 1.5)]
    [InlineData(2, 0.1, LengthLimit.Diverges, double.PositiveInfinity, 1)]
    [InlineData(1.9, 0.1, LengthLimit.Settles, 2, 0.95)]
    [InlineData(2 - 2e-6, 1, LengthLimit.Settles, 1e6, 1 - 1e-6)]
    [InlineData(0, 0.1, LengthLimit.Settles, 0.1, 0)]
    [InlineData(0, 0, LengthLimit.Vanishes, 0, 0)]
    public void Relu_keeps_a_length_with_the_weights_of_He_alone(double weightVariance, double biasVariance, LengthLimit limit, double length, double factor)
    {
        var theory = MeanFieldTheory.Of(Activation.Relu, weightVariance, biasVariance);
        Assert.Equal(limit, theory.Limit);
        Assert.True(length == theory.Length || Math.Abs((theory.Length / length) - 1) < 1e-6, $"{theory.Length}");
        Assert.Equal(factor, theory.GradientFactor, 1e-12);
        Assert.Equal((1, theory.GradientFactor), (theory.Correlation, theory.CorrelationSlope));
        double depth = factor == 1 ? double.PositiveInfinity : 1 / Math.Abs(Math.Log(factor));
        Assert.True(depth == theory.GradientDepth || Math.Abs((theory.GradientDepth / depth) - 1) < 1e-9, $"{theory.GradientDepth}");
    }

    [Fact]
    public void With_the_weights_of_He_relu_keeps_whatever_length_comes() => Assert.Equal(0.37, MeanFieldTheory.Of(Activation.Relu, 2, 0, 0.37).Length);

    /// <summary>gelu is z/2 near 0 and z or 0 far off: with σw² = 3 a short signal dies and a long one explodes.</summary>
    [Fact]
    public void The_length_goes_where_its_first_step_leads()
    {
        Assert.Equal((LengthLimit.Vanishes, 0.75), Fate(0.01));
        Assert.Equal((LengthLimit.Diverges, 1.5), Fate(100));
        static (LengthLimit Limit, double Factor) Fate(double start) => (MeanFieldTheory.Of(Activation.Gelu, 3, 0, start).Limit, MeanFieldTheory.Of(Activation.Gelu, 3, 0, start).GradientFactor);
    }

    public static TheoryData<double> Correlations => [-1, -0.999, -0.5, 0, 1e-9, 0.2, 0.7, 0.99, 1 - 1e-6, 1 - 1e-9, 1];

    /// <summary>The arc-cosine kernels of Cho and Saul 2009, of order 1 and 0.</summary>
    [Theory]
    [MemberData(nameof(Correlations))]
    public void Correlated_relu_has_the_arc_cosine_kernels(double c)
    {
        double angle = Math.Acos(c);
        Assert.Equal((Math.Sin(angle) + ((Math.PI - angle) * c)) / Math.PI, MeanField.CorrelationMap(Activation.Relu, 2, 0, 0.7, c), 1e-9);
        Assert.Equal((Math.PI - angle) / Math.PI, MeanField.CorrelationSlope(Activation.Relu, 2, 0.7, c), 1e-9);
    }

    /// <summary>E[erf(u)·erf(v)] = 2/π·arcsin(2cq/(1 + 2q)) (Williams 1997), and its derivative by cq.</summary>
    [Theory]
    [MemberData(nameof(Correlations))]
    public void Correlated_erf_has_the_arcsine_kernel(double c)
    {
        foreach (double q in (double[])[0.01, 0.8, 30, 10_000])
        {
            double ratio = 2 * q / (1 + (2 * q));
            double next = (2 / Math.PI * Math.Asin(c * ratio) * 1.7) + 0.3, length = (2 / Math.PI * Math.Asin(ratio) * 1.7) + 0.3;
            Assert.Equal(next / length, MeanField.CorrelationMap(Activation.Erf, 1.7, 0.3, q, c), 1e-9);
            Assert.Equal(length, MeanField.LengthMap(Activation.Erf, 1.7, 0.3, q), 1e-11);
            double slope = 1.7 * 4 / Math.PI / Math.Sqrt(((1 + (2 * q)) * (1 + (2 * q))) - (4 * q * q * c * c));
            Assert.Equal(slope, MeanField.CorrelationSlope(Activation.Erf, 1.7, q, c), 1e-9);
        }
    }

    /// <summary>E[sin(ωu)·sin(ωv)] = e^(−ω²q)·sinh(ω²qc), with the derivatives likewise.</summary>
    [Theory]
    [MemberData(nameof(Correlations))]
    public void Correlated_sines_have_their_closed_form(double c)
    {
        foreach (double q in (double[])[0.0001, 0.01, 1])
        {
            double x = 900 * q, square = (1 - Math.Exp(-2 * x)) / 2;
            Assert.Equal((Math.Exp(x * (c - 1)) - Math.Exp(-x * (c + 1))) / 2 / square, MeanField.CorrelationMap(Activation.Sin(30), 2, 0, q, c), 1e-8);
            double slope = (Math.Exp(x * (c - 1)) + Math.Exp(-x * (c + 1))) / 2;
            Assert.Equal(slope, MeanField.CorrelationSlope(Activation.Sin(30), 1.0 / 900, q, c), 1e-8);
        }
    }

    /// <summary>φ² of hardtanh has a slope of −2 times the density at the kinks, which the pointwise φ″ = 0 does not know.</summary>
    [Fact]
    public void The_slope_of_the_length_map_counts_kinks()
    {
        const double Step = 1e-5;
        double central = (MeanField.LengthMap(Activation.HardTanh, 1.3, 0, 0.6 + Step) - MeanField.LengthMap(Activation.HardTanh, 1.3, 0, 0.6 - Step)) / (2 * Step);
        Assert.Equal(central, MeanField.LengthSlope(Activation.HardTanh, 1.3, 0.6), 1e-8);
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("hardtanh")]
    [InlineData("softsign")]
    [InlineData("erf")]
    public void Very_long_signals_of_bounded_activations_are_signs(string name)
    {
        // E[sign(u)·sign(v)] = 2/π·arcsin(c).
        Assert.Equal(2 / Math.PI * Math.Asin(0.6), MeanField.CorrelationMap(Activation.Parse(name), 1, 0, 1e14, 0.6), 1e-5);
        Assert.Equal(1, MeanField.LengthMap(Activation.Parse(name), 1, 0, 1e14), 1e-5);
    }

    [Theory]
    [InlineData(-1, 0, 1, "weightVariance")]
    [InlineData(double.NaN, 0, 1, "weightVariance")]
    [InlineData(double.PositiveInfinity, 0, 1, "weightVariance")]
    [InlineData(1, -1e-300, 1, "biasVariance")]
    [InlineData(1, 0, double.NaN, "length")]
    public void What_is_no_variance_is_refused(double weightVariance, double biasVariance, double start, string name) =>
        Assert.Equal(name, Assert.Throws<ArgumentOutOfRangeException>(() => MeanFieldTheory.Of(Activation.Tanh, weightVariance, biasVariance, start)).ParamName);

    [Theory]
    [InlineData(1.0001)]
    [InlineData(-2)]
    [InlineData(double.NaN)]
    public void What_is_no_correlation_is_refused(double correlation) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => MeanField.CorrelationMap(Activation.Tanh, 1, 0, 1, correlation));

    [Fact]
    public void An_activation_too_fast_to_integrate_ends_with_an_error() =>
        Assert.Contains("cannot be integrated", Assert.Throws<ArgumentException>(() => MeanFieldTheory.Of(Activation.Sin(1e9), 2)).Message, StringComparison.Ordinal);
}
