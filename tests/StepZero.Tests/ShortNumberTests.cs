namespace StepZero.Tests;

public sealed class ShortNumberTests
{
    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.5, "0.5")]
    [InlineData(1234.5, "1,230")]
    [InlineData(-77.46, "−77.5")]
    [InlineData(0.00012345, "0.000123")]
    [InlineData(0.000012345, "1.23e-5")]
    [InlineData(999_900, "1,000,000")]
    [InlineData(1.5e7, "1.5e7")]
    [InlineData(double.NegativeInfinity, "−∞")]
    [InlineData(double.NaN, "nan")]
    public void Numbers_have_three_digits(double value, string text) => Assert.Equal(text, ShortNumber.Of(value));
}
