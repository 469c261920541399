using System.Text.Json;
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

    /// <summary>Of the values 1, 2, … the interval's ends are how far into the sorted values they lie; from SciPy's binomial distribution.</summary>
    [Fact]
    public void The_interval_of_the_median_is_that_of_the_binomial_interpolated()
    {
        foreach (JsonElement expected in Repository.Golden("sweeps.json").GetProperty("medians").EnumerateArray())
        {
            int count = expected.GetProperty("count").GetInt32();
            Summary summary = Statistics.Summarize(Enumerable.Range(0, count).Select(i => count - (double)i));
            Assert.Equal(expected.GetProperty("low").GetDouble(), summary.IntervalLow, 1e-6);
            Assert.Equal(expected.GetProperty("high").GetDouble(), summary.IntervalHigh, 1e-6);
        }
    }

    [Fact]
    public void Where_everything_is_infinite_so_is_the_interval()
    {
        double[] infinite = [.. Enumerable.Repeat(double.PositiveInfinity, 12)];
        Assert.Equal(new Summary(infinite[0], infinite[0], infinite[0], infinite[0], infinite[0]), Statistics.Summarize(infinite));
    }

    /// <summary>From <c>scipy.stats.mannwhitneyu</c>, with ties and infinite values.</summary>
    [Fact]
    public void The_chance_of_less_is_the_U_statistic_over_the_pairs()
    {
        foreach (JsonElement expected in Repository.Golden("sweeps.json").GetProperty("less").EnumerateArray())
        {
            double[] x = expected.GetProperty("x").Costs(), y = expected.GetProperty("y").Costs();
            Assert.Equal(expected.GetProperty("less").GetDouble(), Statistics.ChanceOfLess(x, y), 1e-14);
            Assert.Equal(1 - expected.GetProperty("less").GetDouble(), Statistics.ChanceOfLess(y, x), 1e-14);
        }
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
