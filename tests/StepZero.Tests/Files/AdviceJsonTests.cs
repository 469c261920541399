using System.Text.Json;
using StepZero.Files;
using StepZero.Tests.Reports;

namespace StepZero.Tests.Files;

public sealed class AdviceJsonTests
{
    private static readonly JsonElement Root = JsonDocument.Parse(AdviceJson.Of(DrawnAdvice.Advice, DrawnAdvice.Data, evidence => $"why {evidence.Candidate}", "stepzero compare", (0.5, 1.5))).RootElement;

    private static readonly string?[] Libraries = [null, null, "pytorch", "keras", "sklearn"];

    /// <summary>Medians and quartiles by numpy.quantile with a large number for infinity, intervals by scipy.stats.binomtest(k, n).proportion_ci(0.95, "wilson"), pairs by counting in NumPy.</summary>
    [Theory]
    [InlineData(0, 8, 7, 0.5291118177871464, 0.9775825085499433, 13.5, 11.75, 16.25, null, null, 0.9)]
    [InlineData(1, 8, 8, 0.6755924351161198, 1.0, 15.0, 12.75, 18.0, 1.5, 0.5703125, 0.95)]
    [InlineData(2, 8, 8, 0.6755924351161198, 1.0, 33.5, 31.75, 35.25, 20.0, 0.875, 0.85)]
    [InlineData(3, 8, 4, 0.21521606221387757, 0.7847839377861224, null, 41.75, null, null, 0.90625, null)]
    [InlineData(4, 4, 4, 0.5101091635454027, 1.0, 51.5, 50.75, 52.25, 38.0, 0.875, 0.8)]
    public void The_statistics_are_those_of_the_seeds(int index, int seeds, int reached, double low, double high, double? median, double? lower, double? upper, double? more, double? chance, double? tested)
    {
        JsonElement evidence = Root.GetProperty("evidence")[index];
        JsonElement[] interval = [.. evidence.GetProperty("reachedInterval95").EnumerateArray()], quartiles = [.. evidence.GetProperty("quartiles").EnumerateArray()];
        Assert.Equal((seeds, reached), (evidence.GetProperty("seeds").GetInt32(), evidence.GetProperty("reached").GetInt32()));
        Assert.Equal(low, interval[0].GetDouble(), 1e-12);
        Assert.Equal(high, interval[1].GetDouble(), 1e-12);
        Assert.Equal([median, lower, upper, more, chance, tested], new[]
        {
            evidence.GetProperty("median"), quartiles[0], quartiles[1], evidence.GetProperty("moreThanRecommended"), evidence.GetProperty("chanceThatRecommendedIsFaster"), evidence.GetProperty("testAccuracy"),
        }.Select(Number));
        Assert.Equal(DrawnAdvice.Advice.All[index].ReachedAt.Select(at => (double?)at), evidence.GetProperty("iterations").EnumerateArray().Select(Number));
        Assert.Equal((index == 0, index == 1), (evidence.GetProperty("isRecommended").GetBoolean(), evidence.GetProperty("isRunnerUp").GetBoolean()));
        Assert.Equal($"why {DrawnAdvice.Advice.All[index].Candidate}", evidence.GetProperty("diagnosis").GetProperty("why").GetString());
        Assert.Equal(Libraries[index], evidence.GetProperty("library").GetString());
    }

    [Fact]
    public void The_search_is_told_with_what_was_ruled_out()
    {
        JsonElement screening = Root.GetProperty("screening"), ruledOut = screening.GetProperty("ruledOut")[0];
        Assert.Equal((52, 2), (screening.GetProperty("trainings").GetInt32(), screening.GetProperty("ratesBeyondStable").GetInt32()));
        Assert.Equal("[0.1 2 6, 1 8 5]", $"[{string.Join(", ", screening.GetProperty("rounds").EnumerateArray().Select(round => $"{round.GetProperty("share")} {round.GetProperty("seeds")} {round.GetProperty("settings")}"))}]");
        Assert.Equal(
            ["orthogonal:gain=2 2 3 0.1 8", "xavier 1.5 3 0.11 8", "default@pytorch 0.5 3 0.12 8", "default@keras 0.5 3 0.13 8", "default@sklearn 0.5 3 0.14 4", "orthogonal:gain=2 7 1  0"],
            screening.GetProperty("settings").EnumerateArray().Select(setting =>
                $"{setting.GetProperty("initializer")} {setting.GetProperty("learningRate")} {setting.GetProperty("round")} {setting.GetProperty("cost")} {(setting.TryGetProperty("iterations", out JsonElement all) ? all.GetArrayLength() : 0)}"));
        Assert.Equal("orthogonal:gain=4 center SZ saturation 90% < all", $"{ruledOut.GetProperty("initializer")} {ruledOut.GetProperty("scaling")} SZ {ruledOut.GetProperty("cause")} {ruledOut.GetProperty("text")}");
        Assert.Equal("cost:0.11 finalCost False stepzero compare 2 orthogonal:gain=2", $"{Root.GetProperty("target")} {Root.GetProperty("targetOrigin")} {Root.GetProperty("isCut")} {Root.GetProperty("recommended").GetProperty("command")} {Root.GetProperty("recommended").GetProperty("learningRate")} {Root.GetProperty("recommended").GetProperty("initializer")}");
    }

    private static double? Number(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();
}
