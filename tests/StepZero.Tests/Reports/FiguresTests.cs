using StepZero.Reports;

namespace StepZero.Tests.Reports;

public sealed class FiguresTests
{
    [Theory]
    [InlineData(0, 1.5, "0", "0.5", "1", "1.5")]
    [InlineData(1.6726e11, 1.6738e11, "1.6726e11", "1.6728e11", "1.673e11", "1.6732e11", "1.6734e11", "1.6736e11", "1.6738e11")]
    [InlineData(0.69314, 0.69317, "0.69314", "0.693145", "0.69315", "0.693155", "0.69316", "0.693165", "0.69317")]
    public void No_two_ticks_of_an_axis_read_the_same(double low, double high, params string[] expected) =>
        Assert.Equal(expected, CostAxis.NamedTicks(low, high, expected.Length == 4 ? 3 : 6).Select(tick => tick.Text));

    [Theory]
    [InlineData(0, "0")]
    [InlineData(0.005443, "0.0054")]
    [InlineData(-0.019, "−0.019")]
    [InlineData(35, "35")]
    [InlineData(1234, "1200")]
    [InlineData(177.878672, "180")]
    [InlineData(1.34e-11, "1.3e-11")]
    [InlineData(123456, "1.2e5")]
    public void Short_numbers_have_two_digits(double value, string expected) => Assert.Equal(expected, Figures.Short(value));

    [Theory]
    [InlineData(0.6931471805599453, "0.6931")]
    [InlineData(12.3456, "12.35")]
    [InlineData(12345.6, "12350")]
    [InlineData(0.00001234, "1.234e-5")]
    [InlineData(double.PositiveInfinity, "∞")]
    public void Costs_have_four_digits(double value, string expected) => Assert.Equal(expected, Figures.Cost(value));

    [Theory]
    [InlineData(0, 1000, 6, new double[] { 0, 200, 400, 600, 800, 1000 })]
    [InlineData(0.11, 0.39, 5, new[] { 0.2, 0.3 })]
    [InlineData(-3, 4, 7, new double[] { -3, -2, -1, 0, 1, 2, 3, 4 })]
    public void Ticks_are_round(double low, double high, int wished, double[] expected)
    {
        double[] ticks = CostAxis.Ticks(low, high, wished);
        Assert.Equal(expected.Length, ticks.Length);
        for (int i = 0; i < ticks.Length; i++)
        {
            Assert.Equal(expected[i], ticks[i], 1e-12);
        }
    }

    [Fact]
    public void Labels_are_moved_apart_within_the_range_and_keep_their_order()
    {
        double[] places = CostAxis.Spread([0.5, 0.51, 0.0, 0.99, 1.0], 0.1, 0, 1);
        double[] sorted = [.. places.Order()];
        for (int i = 1; i < sorted.Length; i++)
        {
            Assert.True(sorted[i] - sorted[i - 1] >= 0.1 - 1e-12);
        }

        Assert.True(places[2] < places[0] && places[0] < places[1] && places[1] < places[3] && places[3] < places[4]);
        Assert.InRange(sorted[0], 0.05 - 1e-12, 1);
        Assert.InRange(sorted[^1], 0, 0.95 + 1e-12);
    }
}
