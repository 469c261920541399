using StepZero.Sweeps;

namespace StepZero.Tests.Sweeps;

public sealed class StatisticsTests
{
    /// <summary>Expected values: <c>numpy.quantile([1, 2, 4, 8, 16], share)</c>.</summary>
    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.1, 1.4)]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 4)]
    [InlineData(0.9, 12.8)]
    [InlineData(1, 16)]
    public void Quantiles_are_those_of_NumPy(double share, double expected) =>
        Assert.Equal(expected, Statistics.Quantile([1, 2, 4, 8, 16], share), 1e-12);

    [Fact]
    public void Infinite_values_are_the_largest()
    {
        Summary summary = Statistics.Summarize([1, double.PositiveInfinity, 2, double.PositiveInfinity, 3]);
        Assert.Equal((3, 2, double.PositiveInfinity), (summary.Median, summary.LowerQuartile, summary.UpperQuartile));
        Assert.Equal(double.PositiveInfinity, summary.IntervalHigh);
    }

    /// <summary>The exact 95% interval of the median of 101 values lies between the 41st and the 61st of them (binomial, one half).</summary>
    [Fact]
    public void The_bootstrap_interval_is_that_of_the_binomial()
    {
        Summary summary = Statistics.Summarize(Enumerable.Range(1, 101).Select(value => (double)value));
        Assert.Equal(51, summary.Median);
        Assert.InRange(summary.IntervalLow, 39, 43);
        Assert.InRange(summary.IntervalHigh, 59, 63);
        Assert.Equal(summary, Statistics.Summarize(Enumerable.Range(1, 101).Select(value => (double)value)));
    }

    [Fact]
    public void A_band_holds_quantiles_at_each_iteration_and_an_ended_curve_counts_as_infinite()
    {
        Band band = Statistics.BandOf([[1, 10], [2], [3, 30]], 0, 1);
        Assert.Equal([1, 10], band.Lower);
        Assert.Equal([2, 30], band.Middle);
        Assert.Equal([3, double.PositiveInfinity], band.Upper);
    }
}
