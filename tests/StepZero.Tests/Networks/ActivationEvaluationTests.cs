using System.Text.Json;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Tests.Networks;

public sealed class ActivationEvaluationTests
{
    public static TheoryData<string> Every => [.. EveryActivation.Texts];

    [Theory]
    [InlineData("tanh")]
    [InlineData("sigmoid")]
    public void A_single_value_agrees_with_arithmetic_of_many_digits(string name)
    {
        var activation = Activation.Parse(name);
        foreach (JsonElement row in Repository.Golden("functions.json").EnumerateArray())
        {
            double expected = row.GetProperty(name).GetDouble();
            Assert.InRange(activation.Evaluate(row.GetProperty("z").GetDouble()) - expected, -4e-16, 4e-16);
        }
    }

    [Fact]
    public void Rectifiers_are_exact()
    {
        double[] values = [-3, -1e-300, 0, 1e-300, 2.5];
        Assert.Equal([0, 0, 0, 1e-300, 2.5], values.Select(Activation.Relu.Evaluate));
        Assert.Equal([-0.75, -0.25 * 1e-300, 0, 1e-300, 2.5], values.Select(Activation.LeakyRelu(0.25).Evaluate));
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void A_single_value_has_the_bits_of_a_whole_layer(string name)
    {
        var activation = Activation.Parse(name);
        Matrix<double> z = Matrix<double>.Allocate(3, 37), a = Matrix<double>.Allocate(3, 37), bends = Matrix<double>.Allocate(3, 37);
        for (int row = 0; row < z.Rows; row++)
        {
            double[] values = [.. Enumerable.Range(0, 37).Select(i => (i - 18) * 0.217 * Math.Pow(3, row))];
            values.CopyTo(z[row]);
            activation.SecondDerivative(z, bends);
            activation.Apply(z, a);
            Assert.Equal(values.Select(activation.Evaluate), a[row].ToArray());
            Assert.Equal(values.Select(activation.Derivative), z[row].ToArray());
            Assert.Equal(values.Select(activation.SecondDerivative), bends[row].ToArray());
        }
    }

    /// <summary>On a grid that has no kink within a step of it.</summary>
    [Theory]
    [MemberData(nameof(Every))]
    public void Derivatives_are_what_central_differences_tend_to(string name)
    {
        const double Step = 1e-5;
        var activation = Activation.Parse(name);
        foreach (double z in Enumerable.Range(-400, 800).Select(i => (i * 0.0317) + 0.0103))
        {
            AssertSlope(activation.Evaluate, activation.Derivative(z), z);
            AssertSlope(activation.Derivative, activation.SecondDerivative(z), z);
        }

        static void AssertSlope(Func<double, double> function, double slope, double z) =>
            Assert.Equal((function(z + Step) - function(z - Step)) / (2 * Step), slope, 4e-9);
    }

    [Theory]
    [MemberData(nameof(Every))]
    public void Nan_stays_nan(string name)
    {
        var activation = Activation.Parse(name);
        Assert.True(double.IsNaN(activation.Evaluate(double.NaN)));

        // Of the pieces of straight lines the slope does not depend on z.
        if (name is not ("relu" or "leaky_relu:0.3" or "hardtanh" or "identity"))
        {
            Assert.True(double.IsNaN(activation.Derivative(double.NaN)));
            Assert.True(double.IsNaN(activation.SecondDerivative(double.NaN)));
        }
    }

    [Theory]
    [InlineData("tanh", -1, 1, 0, 0)]
    [InlineData("elu:0.5", -0.5, double.PositiveInfinity, 0, 1)]
    [InlineData("selu", -1.7580993408473766, double.PositiveInfinity, 0, 1.0507009873554805)]
    [InlineData("gelu", 0, double.PositiveInfinity, 0, 1)]
    [InlineData("gelu_tanh", 0, double.PositiveInfinity, 0, 1)]
    [InlineData("silu", 0, double.PositiveInfinity, 0, 1)]
    [InlineData("softplus", 0, double.PositiveInfinity, 0, 1)]
    [InlineData("softsign", -1, 1, 0, 0)]
    [InlineData("mish", 0, double.PositiveInfinity, 0, 1)]
    [InlineData("hardtanh", -1, 1, 0, 0)]
    [InlineData("erf", -1, 1, 0, 0)]
    [InlineData("identity", double.NegativeInfinity, double.PositiveInfinity, 1, 1)]
    [InlineData("sin:1", double.NaN, double.NaN, double.NaN, double.NaN)]
    public void At_infinity_and_at_the_largest_numbers_stand_the_limits(string name, double low, double high, double slopeLow, double slopeHigh)
    {
        var activation = Activation.Parse(name);
        Matrix<float> z = Matrix<float>.Allocate(1, 4), a = Matrix<float>.Allocate(1, 4);
        ((float[])[float.NegativeInfinity, float.PositiveInfinity, float.MinValue, float.MaxValue]).CopyTo(z[0]);
        activation.Apply(z, a);
        foreach ((double infinity, double limit, double slope, int place) in new[] { (double.NegativeInfinity, low, slopeLow, 0), (double.PositiveInfinity, high, slopeHigh, 1) })
        {
            Assert.Equal(limit, activation.Evaluate(infinity), 1e-15);
            Assert.Equal(slope, activation.Derivative(infinity), 1e-15);
            Assert.Equal(double.IsNaN(limit) ? double.NaN : 0, activation.SecondDerivative(infinity), 1e-300);
            Assert.Equal((float)limit, a[0][place], 1e-7f);
            Assert.Equal((float)slope, z[0][place], 1e-7f);
            if (!double.IsNaN(limit))
            {
                double largest = Math.CopySign(double.MaxValue, infinity);
                Assert.Equal(double.IsInfinity(limit) ? largest * slope : limit, activation.Evaluate(largest), 1e-15);
                Assert.Equal(slope, activation.Derivative(largest), 1e-15);
                Assert.Equal(0, activation.SecondDerivative(largest), 1e-300);
                Assert.Equal((float)slope, z[0][place + 2], 1e-7f);
            }
        }
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("elu:1")]
    [InlineData("selu")]
    [InlineData("softsign")]
    [InlineData("hardtanh")]
    [InlineData("erf")]
    [InlineData("sin:30")]
    [InlineData("identity")]
    public void The_sign_of_0_is_kept(string name)
    {
        var activation = Activation.Parse(name);
        Assert.Equal((0.0, true), (activation.Evaluate(-0.0), double.IsNegative(activation.Evaluate(-0.0))));
        Assert.Equal((0.0, false), (activation.Evaluate(0.0), double.IsNegative(activation.Evaluate(0.0))));
    }

    [Theory]
    [InlineData("softplus", -720, -720)]
    [InlineData("silu", -720, -713.4207487879899)]
    [InlineData("mish", -720, -713.4207487879899)]
    public void Far_below_0_results_fade_out_gradually(string name, double z, double logarithm)
    {
        // Numbers this small have 1e-324/1e-313 of relative precision.
        var activation = Activation.Parse(name);
        Assert.Equal(logarithm, Math.Log(Math.Abs(activation.Evaluate(z))), 1e-9);
        Assert.InRange(Math.Abs(activation.Evaluate(-744)), 5e-324, 1e-319);
        Assert.Equal(0, activation.Evaluate(-800));
    }

    /// <summary>Angles beyond 2¹⁷ and infinite ones leave the lanes beside them as they are.</summary>
    [Fact]
    public void One_large_angle_changes_no_other()
    {
        double[] values = [0.5, 1e9, -2, double.NaN, -1e300, 3, double.PositiveInfinity, 1];
        Matrix<double> z = Matrix<double>.Allocate(1, values.Length), a = Matrix<double>.Allocate(1, values.Length);
        values.CopyTo(z[0]);
        Activation.Sin(30).Apply(z, a);
        Assert.Equal(values.Select(Activation.Sin(30).Evaluate), a[0].ToArray());
        Assert.Equal(values.Select(Activation.Sin(30).Derivative), z[0].ToArray());
        Assert.Equal([true, true, true, false, true, true, false, true], a[0].ToArray().Select(double.IsFinite));
    }

    [Fact]
    public void A_parameter_that_is_no_number_is_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.LeakyRelu(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Elu(double.PositiveInfinity));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Sin(double.NaN));
        Assert.Throws<ArgumentOutOfRangeException>(() => Activation.Sin(0));
    }
}
