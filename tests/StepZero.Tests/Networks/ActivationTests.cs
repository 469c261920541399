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
    public void The_text_reads_back(string text, string canonical)
    {
        Assert.Equal(canonical, Activation.Parse(text).ToString());
        Assert.Equal(Activation.Parse(text), Activation.Parse(canonical));
    }

    [Theory]
    [InlineData("tan", "Unknown activation 'tan'; did you mean 'tanh'? Known: tanh, relu, leaky_relu, sigmoid.")]
    [InlineData("leaky_relu:x", "Activation 'leaky_relu:x': expected a finite slope as in 'leaky_relu:0.01', found 'x'.")]
    [InlineData("leaky_relu:nan", "Activation 'leaky_relu:nan': expected a finite slope as in 'leaky_relu:0.01', found 'nan'.")]
    [InlineData("tanh:2", "Activation 'tanh:2': 'tanh' takes no such parameter; write 'tanh'.")]
    public void A_text_that_names_none_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Activation.Parse(text)).Message);

    [Fact]
    public void Impossible_sizes_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Architecture(0, [5], Activation.Tanh));
        Assert.Throws<ArgumentOutOfRangeException>(() => new Architecture(3, [5, 0], Activation.Tanh));
        Assert.Contains("too many weights", Assert.Throws<StepZeroException>(() => new Parameters(new Architecture(3, [100000, 100000], Activation.Tanh))).Message);
    }
}
