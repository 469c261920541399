using System.Text.Json;
using StepZero.Networks;
using StepZero.Numerics;

namespace StepZero.Tests.Networks;

public sealed class ActivationEvaluationTests
{
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
    [InlineData("tanh")]
    [InlineData("relu")]
    [InlineData("leaky_relu:0.3")]
    [InlineData("sigmoid")]
    public void A_single_value_has_the_bits_of_a_whole_layer(string name)
    {
        var activation = Activation.Parse(name);
        Matrix<double> z = Matrix<double>.Allocate(1, 37), a = Matrix<double>.Allocate(1, 37);
        double[] values = [.. Enumerable.Range(0, 37).Select(i => (i - 18) * 0.217)];
        values.CopyTo(z[0]);
        activation.Apply(z, a);
        Assert.Equal(a[0].ToArray(), values.Select(activation.Evaluate));
    }
}
