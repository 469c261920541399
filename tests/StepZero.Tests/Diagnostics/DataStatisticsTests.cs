using System.Text.Json;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;

namespace StepZero.Tests.Diagnostics;

/// <summary>What is said of data is what NumPy says of them; the expected values come from make_data_statistics_golden.py.</summary>
public sealed class DataStatisticsTests
{
    public static TheoryData<string> Cases => [.. Repository.Golden("data_statistics.json").EnumerateArray().Select(item => item.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Statistics_of_scaled_samples_are_those_of_NumPy(string name)
    {
        JsonElement golden = Repository.Golden("data_statistics.json").EnumerateArray().Single(item => item.GetProperty("name").GetString() == name);
        double Expected(string property) => golden.GetProperty(property).GetDouble();
        int m = golden.GetProperty("samples").GetInt32(), n = golden.GetProperty("features").GetInt32();
        double[] values = new double[m * n];
        for (int k = 0; k < values.Length; k++)
        {
            double i = k / n, j = k % n;
            values[k] = j == n - 1 && golden.GetProperty("constant").GetBoolean() ? 3 : Expected("offset") + Math.Sin((0.37 * i * (j + 1)) + (i * i)) + (0.01 * j);
        }

        Dataset data = Dataset.FromValues("d", values, n, new int[m], ["a"]);
        FittedScaling scaling = Scaling.Parse(golden.GetProperty("scaling").GetString()!).Fit(data);
        var statistics = DataStatistics.Of(data, scaling);
        Assert.Equal(Expected("mean"), statistics.Features.Mean, 1e-9);
        Assert.Equal(Expected("deviation"), statistics.Features.Deviation, 1e-9);
        Assert.Equal(Expected("largestOffset"), statistics.LargestOffset, 1e-9);
        Assert.Equal(Expected("smallestDeviation"), statistics.SmallestDeviation, 1e-9);
        Assert.Equal(Expected("largestDeviation"), statistics.LargestDeviation, 1e-9);
        Assert.Equal(Expected("eigenvalueShare"), statistics.EigenvalueShare, 1e-9);
        Assert.Equal(Expected("meanShare"), statistics.MeanShare, 1e-9);
        Assert.Equal(statistics.EigenvalueShare, DataStatistics.Of(data, scaling, 2).EigenvalueShare);
    }

    [Fact]
    public void Equal_samples_of_different_classes_are_counted()
    {
        // Samples 0, 2 and 5 are equal with classes 0, 1, 0; 1 and 3 are equal of one class; 0 and −0 are equal.
        double[] values = [1, 0, 2, 2, 1, -0.0, 2, 2, 3, 3, 1, 0];
        Dataset data = Dataset.FromValues("d", values, 2, [0, 1, 1, 1, 0, 0], ["a", "b", "c"]);
        var statistics = DataStatistics.Of(data, Scaling.None.Fit(data));
        Assert.Equal((3, 3, 0.5), (statistics.RepeatedSamples, statistics.ConflictingSamples, statistics.LargestClassShare));

        data = data.WithTargets([4, 5, 4, 5.5, 6, 4]);
        statistics = DataStatistics.Of(data, Scaling.None.Fit(data));
        Assert.Equal((3, 2, null), (statistics.RepeatedSamples, statistics.ConflictingSamples, statistics.LargestClassShare));
    }

    [Fact]
    public void Bytes_are_scaled_before_they_are_looked_at()
    {
        byte[] pixels = [0, 255, 51, 204, 102, 0, 0, 0, 255, 255, 255, 255];
        Dataset data = Dataset.FromBytes("d", pixels, 12 / 4, [0, 1, 0, 1], ["a", "b"]);
        var statistics = DataStatistics.Of(data, Scaling.Divide(255).Fit(data));
        Assert.Equal(pixels.Average(value => value / 255.0), statistics.Features.Mean, 1e-14);
        Assert.True(statistics.EigenvalueShare > statistics.MeanShare);
    }

    [Fact]
    public void Samples_all_alike_have_everything_in_common()
    {
        Dataset data = Dataset.FromValues("d", [.. Enumerable.Repeat(0.7, 30)], 3, new int[10], ["a"]);
        var statistics = DataStatistics.Of(data, Scaling.None.Fit(data));
        Assert.Equal(1, statistics.EigenvalueShare, 1e-14);
        Assert.Equal(1, statistics.MeanShare, 1e-14);
        Assert.Equal((0.0, 0.0, 0.7, 9, 0), (statistics.SmallestDeviation, statistics.LargestDeviation, statistics.LargestOffset, statistics.RepeatedSamples, statistics.ConflictingSamples));
        Dataset one = data.Select([0]);
        Assert.Equal(1, DataStatistics.Of(one, Scaling.None.Fit(one)).EigenvalueShare, 1e-14);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Nothing_and_what_is_not_a_number_have_no_shares(double value)
    {
        Dataset data = Dataset.FromValues("d", [0, 0, value, 0, 0, 0], 3, [0, 0], ["a"]);
        var statistics = DataStatistics.Of(data, Scaling.None.Fit(data));
        Assert.True(double.IsNaN(statistics.EigenvalueShare) && double.IsNaN(statistics.MeanShare));
    }

    [Fact]
    public void No_samples_are_refused() => Assert.StartsWith(
        "'d' has no samples; expected at least one.",
        Assert.Throws<ArgumentException>(() => DataStatistics.Of(Dataset.FromValues("d", [], 3, [], ["a"]), new FittedScaling(1, null, null))).Message, StringComparison.Ordinal);

    /// <summary>Of the classic pictures, divided by 255, four fifths are what all of them have in common.</summary>
    [Fact]
    public void Pictures_of_cats_and_dogs_have_most_in_common()
    {
        Dataset data = ImageFolder.Read(Repository.CatsAndDogs(), new DataOptions { Threads = 2 }).Data;
        var statistics = DataStatistics.Of(data, Scaling.Auto.Fit(data), 2);
        Assert.Equal(0.79, statistics.EigenvalueShare, 0.01);
        Assert.InRange(statistics.MeanShare, 0.7, statistics.EigenvalueShare);
        Assert.Equal((0.5, 0, 0), (statistics.LargestClassShare, statistics.RepeatedSamples, statistics.ConflictingSamples));
    }
}
