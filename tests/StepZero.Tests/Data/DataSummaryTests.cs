using StepZero.Data;

namespace StepZero.Tests.Data;

public sealed class DataSummaryTests
{
    [Fact]
    public void Constant_and_equal_features_are_found()
    {
        double[] values = [1, 7, 1, 2, -0.0, 2, 7, 2, 3, 0.0, 3, 7, 3, 5, 0.0];
        var summary = DataSummary.Of(Dataset.FromValues("d", values, 5, [0, 1, 1], ["a", "b"]));
        Assert.Equal([1, 4], summary.Constant);
        Assert.Equal([(2, 0)], summary.Duplicates);
        Assert.Equal([1, 2], summary.ClassCounts);
        Assert.Equal((-0.0, 7.0, 0L), (summary.All.Minimum, summary.All.Maximum, summary.All.NonFinite));
        Assert.Equal(values.Average(), summary.All.Mean, 1e-15);
        Assert.Equal(Math.Sqrt(values.Sum(value => Math.Pow(value - values.Average(), 2)) / values.Length), summary.All.StandardDeviation, 1e-14);
        Assert.Empty(summary.Features);
        Assert.Equal((15 * 8) + (3 * 4), summary.MemoryBytes);
    }

    [Fact]
    public void Numbers_to_predict_are_summed_up()
    {
        Dataset data = Dataset.FromValues("d", [1, 2, 3, 4], 1, [0, 0, 0, 0], [""]).WithTargets([2, -1, 5, 2]);
        var summary = DataSummary.Of(data);
        Assert.Equal(new ValueSummary(-1, 5, 2, Math.Sqrt(18 / 4.0), 0), summary.Targets);
        Assert.Equal(4 * (8 + 8), summary.MemoryBytes);
        Assert.Null(DataSummary.Of(data.WithoutTargets()).Targets);
    }

    [Fact]
    public void Nan_and_infinite_values_count_apart()
    {
        double[] values = [double.NaN, 1, 3, double.NegativeInfinity, double.NaN, double.NaN];
        var summary = DataSummary.Of(Dataset.FromValues("d", values, 2, [0, 1, 1], ["a", "b"], columns: [new("p", null), new("q", null)]));
        Assert.Equal(new ValueSummary(1, 3, 2, 1, 4), summary.All);
        Assert.Equal(new ValueSummary(3, 3, 3, 0, 2), summary.Features[0]);
        Assert.Empty(summary.Constant);
    }

    [Fact]
    public void Features_beyond_one_block_are_compared_with_those_before()
    {
        const int Features = 70_000;
        byte[] bytes = new byte[2 * Features];
        for (int i = 0; i < Features; i++)
        {
            bytes[i] = (byte)i;
            bytes[Features + i] = (byte)(i >> 8);
        }

        // Feature 69,999 is 0x116F: the pair (0x6F, 0x11) stands at 0x116F already.
        var summary = DataSummary.Of(Dataset.FromBytes("d", bytes, Features, [0, 1], ["a", "b"]));
        Assert.Contains((69_999, 0x116F), summary.Duplicates);
        Assert.Equal(Features - 65_536 - summary.Constant.Count(feature => feature >= 65_536), summary.Duplicates.Count);
        Assert.Equal(bytes.Select(value => (double)value).Average(), summary.All.Mean);
    }
}
