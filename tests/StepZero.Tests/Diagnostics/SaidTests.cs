using StepZero.Diagnostics;

namespace StepZero.Tests.Diagnostics;

public sealed class SaidTests
{
    [Theory]
    [InlineData(1, "1 bias")]
    [InlineData(0, "0 biases")]
    [InlineData(2500, "2,500 biases")]
    public void Counts_agree_with_their_noun(int count, string text) => Assert.Equal(text, Said.Count(count, "bias", "biases"));

    [Theory]
    [InlineData("layer 3", 2)]
    [InlineData("layers 1 and 2", 0, 1)]
    [InlineData("layers 1, 3 and 4", 0, 2, 3)]
    [InlineData("layers 2 to 5", 1, 2, 3, 4)]
    [InlineData("5 layers from 1 to 9", 0, 1, 2, 3, 8)]
    public void Layers_are_counted_from_1(string text, params int[] layers) => Assert.Equal(text, Said.Layers(layers));

    [Theory]
    [InlineData(0.99, 0.5)]
    [InlineData(1, 1)]
    [InlineData(0.0499, 0.02)]
    [InlineData(19, 10)]
    public void Advised_numbers_are_rounded_down_to_1_2_or_5(double value, double rounded) => Assert.Equal(rounded, Said.RoundDown(value));
}
