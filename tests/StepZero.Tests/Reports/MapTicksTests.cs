using StepZero.Maps;
using StepZero.Reports;

namespace StepZero.Tests.Reports;

public sealed class MapTicksTests
{
    [Theory]
    [InlineData("gain:0.01..100:log", 5, "0.01 0.1 1 10 100")]
    [InlineData("learning-rate:1e-7..1:log", 5, "10⁻⁷ 10⁻⁶ 10⁻⁵ 10⁻⁴ 10⁻³ 10⁻² 10⁻¹ 1")]
    [InlineData("learning-rate.1:1e-3..1e6:log", 5, "10⁻³ 10⁻² 10⁻¹ 1 10 10² 10³ 10⁴ 10⁵ 10⁶")]
    [InlineData("gain:0.5..4:log", 5, "0.5 0.7 1 2 3")]
    [InlineData("gain:2..2.5:log", 5, "2 2.1 2.2 2.3 2.4 2.5")]
    [InlineData("gain:1.2345678901..1.2345678902:log", 2, "1.2345678901 1.23456789015 1.2345678902")]
    [InlineData("learning-rate:0.1..1", 5, "0.2 0.4 0.6 0.8 1")]
    [InlineData("offset:-1..1", 4, "−1 −0.5 0 0.5 1")]
    [InlineData("learning-rate:1e12..1000000000010e0", 5, "1e12 1.000000000002e12 1.000000000004e12 1.000000000006e12 1.000000000008e12 1.00000000001e12")]
    [InlineData("momentum:0..0.9", 3, "0 0.5")]
    [InlineData("depth:1..6", 5, "1 2 3 4 5 6")]
    [InlineData("depth:1..3", 8, "1 2 3")]
    [InlineData("width:1..100:log", 8, "1 2 5 10 20 50 100")]
    public void Named_marks_are_round(string axis, int wished, string expected) =>
        Assert.Equal(expected, string.Join(' ', Of(axis, 50, wished).Select(tick => tick.Text).Where(text => text.Length > 0)));

    /// <summary>The marks between 0.1 and 1: eight small ones, at the logarithms of 0.2 to 0.9.</summary>
    [Fact]
    public void Small_marks_stand_between_powers_of_ten()
    {
        IReadOnlyList<MapTick> ticks = Of("learning-rate:0.1..1000:log", 101, 5);
        Assert.Equal(5 + (4 * 8), ticks.Count);
        int first = ticks.ToList().FindIndex(tick => tick.Text == "0.1");
        Assert.Equal([0.5, 25.5], ticks.Where(tick => tick.Text is "0.1" or "1").Select(tick => Math.Round(tick.Place, 6)));
        Assert.All(Enumerable.Range(2, 8), factor => Assert.Equal(0.5 + (25 * Math.Log10(factor)), ticks[first + factor - 1].Place, 1e-6));
    }

    /// <summary>The ends of an axis are the values in the middles of its first and last pixel.</summary>
    [Fact]
    public void The_middle_of_a_pixel_has_its_value()
    {
        var axis = MapAxis.Parse("gain:1..5");
        double[] values = axis.Values(9);
        Assert.All(Enumerable.Range(0, 9), i => Assert.Equal(i + 0.5, MapTicks.PlaceOf(axis, values, values[i]), 1e-12));
        Assert.Equal(double.NegativeInfinity, MapTicks.PlaceOf(MapAxis.Parse("gain:1..5:log"), values, 0));
    }

    /// <summary>Pixels of the depths 1 1 2 2 2 3 3: the marks stand in the middles of their groups.</summary>
    [Fact]
    public void Pixels_of_the_same_network_share_a_mark()
    {
        var axis = MapAxis.Parse("depth:1..3");
        Assert.Equal([1, 1, 2, 2, 2, 3, 3], axis.Values(7));
        Assert.Equal([(1.0, "1"), (3.5, "2"), (6, "3")], Of("depth:1..3", 7, 5).Select(tick => (tick.Place, tick.Text)));
    }

    [Fact]
    public void One_pixel_has_one_mark() => Assert.Equal([new MapTick(0.5, "0.25")], Of("gain:0.25..2:log", 1, 5));

    private static IReadOnlyList<MapTick> Of(string axis, int pixels, int wished) => MapTicks.Of(MapAxis.Parse(axis), MapAxis.Parse(axis).Values(pixels), wished);
}
