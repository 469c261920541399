using StepZero.Networks;

namespace StepZero.Tests.Networks;

public sealed class ActivationTests
{
    [Theory]
    [InlineData("tanh", "tanh")]
    [InlineData("relu", "relu")]
    [InlineData("sigmoid", "sigmoid")]
    [InlineData("leaky_relu", "leaky_relu:0.1")]
    [InlineData("leaky_relu:0.01", "leaky_relu:0.01")]
    [InlineData("elu", "elu:1")]
    [InlineData("elu:0.50", "elu:0.5")]
    [InlineData("selu", "selu")]
    [InlineData("gelu", "gelu")]
    [InlineData("gelu_tanh", "gelu_tanh")]
    [InlineData("silu", "silu")]
    [InlineData("softplus", "softplus")]
    [InlineData("softsign", "softsign")]
    [InlineData("mish", "mish")]
    [InlineData("hardtanh", "hardtanh")]
    [InlineData("erf", "erf")]
    [InlineData("sin", "sin:1")]
    [InlineData("sin:3e1", "sin:30")]
    [InlineData("identity", "identity")]
    public void The_text_reads_back(string text, string canonical)
    {
        Assert.Equal(canonical, Activation.Parse(text).ToString());
        Assert.Equal(Activation.Parse(text), Activation.Parse(canonical));
    }

    [Theory]
    [InlineData("tan", "Unknown activation 'tan'; did you mean 'tanh'? Known: tanh, relu, leaky_relu, sigmoid, elu, selu, gelu, gelu_tanh, silu, softplus, softsign, mish, hardtanh, erf, sin, identity.")]
    [InlineData("leaky_relu:x", "Activation 'leaky_relu:x': expected a finite slope as in 'leaky_relu:0.01', found 'x'.")]
    [InlineData("leaky_relu:nan", "Activation 'leaky_relu:nan': expected a finite slope as in 'leaky_relu:0.01', found 'nan'.")]
    [InlineData("tanh:2", "Activation 'tanh:2': 'tanh' takes no such parameter; write 'tanh'.")]
    [InlineData("gelu:1", "Activation 'gelu:1': 'gelu' takes no such parameter; write 'gelu'.")]
    [InlineData("leaky_relu:1:2", "Activation 'leaky_relu:1:2': 'leaky_relu' takes no such parameter; write 'leaky_relu:0.01'.")]
    [InlineData("elu:inf", "Activation 'elu:inf': expected a finite alpha as in 'elu:0.5', found 'inf'.")]
    [InlineData("elu:", "Activation 'elu:': expected a finite alpha as in 'elu:0.5', found ''.")]
    [InlineData("sin:0", "Activation 'sin:0': expected a finite frequency other than 0 as in 'sin:30', found '0'.")]
    [InlineData("sin:1e999", "Activation 'sin:1e999': expected a finite frequency other than 0 as in 'sin:30', found '1e999'.")]
    public void A_text_that_names_none_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Activation.Parse(text)).Message);

    [Fact]
    public void Members_are_what_their_texts_name()
    {
        Activation[] members =
        [
            Activation.Tanh, Activation.Relu, Activation.LeakyRelu(0.3), Activation.Sigmoid, Activation.Elu(), Activation.Elu(0.5), Activation.Selu, Activation.Gelu, Activation.GeluTanh,
            Activation.Silu, Activation.Softplus, Activation.Softsign, Activation.Mish, Activation.HardTanh, Activation.Erf, Activation.Sin(), Activation.Sin(3), Activation.Identity,
        ];
        Assert.Equal(EveryActivation.Texts, members.Select(member => member.ToString()));
        Assert.Equal(members, EveryActivation.Texts.Select(Activation.Parse));
        Assert.Equal(members.Length, members.Distinct().Count());
        Assert.Equal(Activation.Names, EveryActivation.Texts.Select(text => text.Split(':')[0]).Distinct());
    }

    /// <summary>A bound is what φ is near far from 0, on both sides.</summary>
    [Fact]
    public void Bounds_are_where_the_function_becomes_flat()
    {
        Assert.Equal(["tanh", "sigmoid", "softsign", "hardtanh", "erf"], EveryActivation.Texts.Where(text => Activation.Parse(text).Bounds is not null));
        foreach (Activation activation in EveryActivation.Texts.Select(Activation.Parse))
        {
            if (activation.Bounds is (double low, double high))
            {
                Assert.Equal(low, activation.Evaluate(-1e6), 2e-6);
                Assert.Equal(high, activation.Evaluate(1e6), 2e-6);
            }
        }
    }

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Architecture(0, [5], Activation.Tanh));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Architecture(3, [5, 0], Activation.Tanh));
        Assert.Contains("too many weights", Assert.Throws<StepZeroException>(() => new Parameters(new Architecture(3, [100000, 100000], Activation.Tanh))).Message);
    }
}
