namespace StepZero.Tests;

public sealed class StepZeroExceptionTests
{
    [Theory]
    [InlineData("cat", 3, "cat")]
    [InlineData("cats", 3, "ca…")]
    [InlineData("a\nb\tc\u001b[1m", 100, "a b c [1m")]
    public void A_text_fits_into_a_line(string text, int most, string expected) => Assert.Equal(expected, OneLine.Of(text, most));

    [Fact]
    public void A_message_is_one_line_of_bearable_length()
    {
        Assert.Equal("data.csv: 'a b'. Mend it.", new StepZeroException("data.csv: 'a\nb'. Mend it.").Message);
        string message = new StepZeroException($"data.csv: '{new string('x', 100_000)}'. Mend it.", new IOException()).Message;
        Assert.InRange(message.Length, 1000, 2000);
        Assert.StartsWith("data.csv: 'xx", message, StringComparison.Ordinal);
        Assert.EndsWith("xx'. Mend it.", message, StringComparison.Ordinal);
    }
}
