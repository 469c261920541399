using System.Text.Json;
using StepZero.Initialization;
using StepZero.Networks;

namespace StepZero.Tests.Initialization;

public sealed class GainTests
{
    /// <summary>E[φ²] to six digits, by Simpson's rule, and the functions.</summary>
    public static TheoryData<string, double, double> TableOfSquares => new()
    {
        { "identity", 1, 1 },
        { "sigmoid", 0.293379, 1.846229 },
        { "tanh", 0.394294, 1.592537 },
        { "relu", 0.5, 1.414214 },
        { "leaky.01", 0.50005, 1.414143 },
        { "leaky.2", 0.52, 1.386750 },
        { "elu", 0.644945, 1.245198 },
        { "selu", 1, 1 },
        { "gelu", 0.425221, 1.533530 },
        { "silu", 0.355776, 1.676532 },
        { "softplus", 0.921246, 1.041867 },
        { "softsign", 0.183014, 2.337533 },
        { "mish", 0.452342, 1.486848 },
        { "hardtanh", 0.516059, 1.392036 },
        { "erf", 0.464559, 1.467167 },
        { "sin", 0.432332, 1.520867 },
    };

    private static Dictionary<string, Func<double, double>> Functions { get; } = new()
    {
        ["identity"] = z => z,
        ["sigmoid"] = z => 1 / (1 + Math.Exp(-z)),
        ["tanh"] = Math.Tanh,
        ["relu"] = z => Math.Max(z, 0),
        ["leaky.01"] = z => z > 0 ? z : 0.01 * z,
        ["leaky.2"] = z => z > 0 ? z : 0.2 * z,
        ["elu"] = z => z > 0 ? z : Math.Exp(z) - 1,
        ["selu"] = z => 1.0507009873554805 * (z > 0 ? z : 1.6732632423543772 * (Math.Exp(z) - 1)),
        ["gelu"] = z => z * (1 + Erf(z / Math.Sqrt(2))) / 2,
        ["silu"] = z => z / (1 + Math.Exp(-z)),
        ["softplus"] = z => Math.Log(1 + Math.Exp(z)),
        ["softsign"] = z => z / (1 + Math.Abs(z)),
        ["mish"] = z => z * Math.Tanh(Math.Log(1 + Math.Exp(z))),
        ["hardtanh"] = z => Math.Clamp(z, -1, 1),
        ["erf"] = Erf,
        ["sin"] = Math.Sin,
    };

    [Theory]
    [MemberData(nameof(TableOfSquares))]
    public void Gains_agree_with_the_table_to_its_digits(string name, double square, double gain)
    {
        Func<double, double> function = Functions[name];
        Assert.Equal(gain, Gain.Of(function), 6e-7);
        Assert.Equal(square, Gain.MeanSquare(function), 6e-7);
    }

    [Fact]
    public void Gains_agree_with_another_quadrature_to_ten_digits()
    {
        foreach (JsonElement item in Repository.Golden("initializers.json").GetProperty("gains").EnumerateArray())
        {
            Assert.Equal(item.GetProperty("gain").GetDouble(), Gain.Of(Functions[item.GetProperty("name").GetString()!]), 1e-10);
        }
    }

    [Fact]
    public void Gains_with_a_closed_form_have_it()
    {
        AssertGain(Math.Sqrt(2), z => Math.Max(z, 0));
        AssertGain(1, z => z);
        AssertGain(Math.Sqrt(2 / (1 + 0.04)), z => z > 0 ? z : 0.2 * z);
        AssertGain(Math.Sqrt(2 / (1 - Math.Exp(-2))), Math.Sin);
        AssertGain(Math.Sqrt(2 / (1 + Math.Exp(-2))), Math.Cos);
        AssertGain(Math.Exp(-1), Math.Exp);
        AssertGain(1 / Math.Sqrt(3), z => z * z);
        AssertGain(1 / Math.Sqrt(15), z => z * z * z);
        AssertGain(1, z => z < 0 ? -1 : 1);
        AssertGain(Math.Sqrt(2), z => z > 0 ? 1 : 0);
        AssertGain(0.1, _ => -10);
        AssertGain(1e6, _ => 1e-6);
        AssertGain(1e-30 * Math.Sqrt(2), z => 1e30 * Math.Max(z, 0));

        static void AssertGain(double expected, Func<double, double> function) => Assert.Equal(1, Gain.Of(function) / expected, 1e-10);
    }

    /// <summary>A step at c has E[φ²] = 1 − Φ(c); ReLU moved to c has (1 + c²)(1 − Φ(c)) − c·density(c).</summary>
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.123456789)]
    [InlineData(-1.7071067)]
    [InlineData(2.7182818)]
    public void Kinks_and_jumps_at_odd_places_cost_no_digits(double at)
    {
        double tail = (1 - Erf(at / Math.Sqrt(2))) / 2, height = Math.Exp(-0.5 * at * at) / Math.Sqrt(Math.Tau);
        Assert.Equal(1, Gain.Of(z => z > at ? 1 : 0) * Math.Sqrt(tail), 1e-10);
        double square = ((1 + (at * at)) * tail) - (at * height);
        Assert.Equal(1, Gain.Of(z => Math.Max(z - at, 0)) * Math.Sqrt(square), 1e-10);
    }

    [Fact]
    public void The_gain_of_a_function_times_a_number_is_the_gain_divided_by_it()
    {
        Func<double, double> shifted = z => Math.Max(z - 0.37, 0);
        foreach (double factor in (double[])[1e-8, 1e-4, 1e4, 1e8])
        {
            Assert.Equal(1, Gain.Of(z => factor * shifted(z)) * factor / Gain.Of(shifted), 1e-10);
        }
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("sigmoid")]
    [InlineData("identity")]
    [InlineData("elu")]
    [InlineData("selu")]
    [InlineData("gelu")]
    [InlineData("silu")]
    [InlineData("softplus")]
    [InlineData("softsign")]
    [InlineData("mish")]
    [InlineData("hardtanh")]
    [InlineData("erf")]
    [InlineData("sin")]
    public void The_activations_of_networks_have_the_gains_of_their_functions(string name)
    {
        Assert.Equal(Gain.Of(Functions[name]), Gain.Of(Activation.Parse(name)), 1e-12);
        Assert.Equal(TableOfSquares.Select(row => row.Data).Single(row => row.Item1 == name).Item3, Gain.Of(Activation.Parse(name)), 6e-7);
    }

    /// <summary>E[sin²(30z)] = (1 − e^−1800)/2.</summary>
    [Fact]
    public void Parameters_count()
    {
        Assert.Equal(Math.Sqrt(2), Gain.Of(Activation.Sin(30)), 1e-10);
        Assert.Equal(Gain.Of(z => z > 0 ? z : (Math.Exp(z) - 1) / 2), Gain.Of(Activation.Elu(0.5)), 1e-10);
        Assert.Equal(1.533530, Gain.Of(Activation.GeluTanh), 1e-3);
    }

    [Fact]
    public void The_slope_of_leaky_relu_counts() => Assert.Equal(Math.Sqrt(2 / (1 + 0.25)), Gain.Of(Activation.LeakyRelu(0.5)), 1e-12);

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(0)]
    public void A_function_without_a_gain_is_refused(double value) => Assert.Equal(
        $"The mean square of the activation is {value}; expected a function that is finite on [-14, 14] and not 0 everywhere.",
        Assert.Throws<ArgumentException>(() => Gain.Of(_ => value)).Message);

    [Fact]
    public void One_value_that_is_not_a_number_is_noticed() => Assert.Throws<ArgumentException>(() => Gain.Of(z => z > 3 ? double.NaN : z));

    [Fact]
    public void The_table_of_PyTorch_is_PyTorchs()
    {
        foreach (JsonElement item in Repository.Golden("initializers.json").GetProperty("gainTable").EnumerateArray())
        {
            Assert.Equal(item.GetProperty("gain").GetDouble(), Gain.OfPyTorch(item.GetProperty("name").GetString()!), 1e-15);
        }

        Assert.Equal(Math.Sqrt(2 / 1.04), Gain.OfPyTorch("leaky_relu:0.2"), 1e-15);
    }

    [Theory]
    [InlineData("gelu")]
    [InlineData("conv")]
    [InlineData("Tanh")]
    [InlineData("tanh:0.5")]
    [InlineData("leaky_relu:nan")]
    public void What_the_table_of_PyTorch_lacks_is_refused(string name) => Assert.StartsWith(
        $"Unknown nonlinearity of PyTorch's gain table '{name}'", Assert.Throws<StepZeroException>(() => Gain.OfPyTorch(name)).Message, StringComparison.Ordinal);

    /// <summary>The error function by its series, and for large numbers 1: to about 1e-14.</summary>
    private static double Erf(double x)
    {
        if (Math.Abs(x) > 6)
        {
            return Math.Sign(x);
        }

        // e^(−x²)·2x/√π·(1 + 2x²/3 + (2x²)²/(3·5) + …): all terms positive.
        double term = 1, sum = 1;
        for (int k = 1; term > 1e-18 * sum; k++)
        {
            term *= 2 * x * x / ((2 * k) + 1);
            sum += term;
        }

        return 2 * x * sum * Math.Exp(-x * x) / Math.Sqrt(Math.PI);
    }

    /// <summary>Uniform noise never agrees with itself; the quadrature gives up instead of halving for ever.</summary>
    [Fact]
    public void A_function_that_cannot_be_integrated_ends_with_an_error() => Assert.Contains(
        "cannot be integrated", Assert.Throws<ArgumentException>(() => Gain.Of(z => (BitConverter.DoubleToUInt64Bits(z) * 0x9E3779B97F4A7C15) >> 60)).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData("he:gain=leaky_relu:1e200", "Initializer 'he:gain=leaky_relu:1e200': expected a number or an activation as gain, found 'leaky_relu:1e200': The mean square of the activation is Infinity")]
    [InlineData("he_normal:gain=leaky_relu:nan@pytorch", "expected a number or an activation as gain, found 'leaky_relu:nan'")]
    public void A_gain_that_is_none_is_refused(string text, string message) =>
        Assert.Contains(message, Assert.Throws<StepZeroException>(() => Initializer.Parse(text)).Message, StringComparison.Ordinal);

    [Fact]
    public void An_activation_brings_its_slope()
    {
        Assert.Equal("he_normal:gain=leaky_relu:0.2@pytorch", Initializer.Parse("kaiming_normal:gain=leaky_relu:0.2@pytorch").Name);
        Assert.Equal(Math.Sqrt(2 / 1.04) * Math.Sqrt(2.0 / 8), Initializer.Parse("he_normal:gain=leaky_relu:0.2@pytorch").Expected(TensorShape.Dense(3, 8)).Deviation, 1e-14);
        Assert.Equal(Math.Sqrt(2 / 1.04) / Math.Sqrt(8), Initializer.Parse("xavier:gain=leaky_relu:0.2").Expected(TensorShape.Dense(3, 8)).Deviation, 1e-10);
        Assert.Equal(Math.Sqrt(2) / Math.Sqrt(8), Initializer.Parse("xavier:gain=sin:30").Expected(TensorShape.Dense(3, 8)).Deviation, 1e-10);
        Assert.Equal(1.533530 / Math.Sqrt(8), Initializer.Parse("xavier:gain=gelu").Expected(TensorShape.Dense(3, 8)).Deviation, 1e-6);
    }
}
