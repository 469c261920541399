using System.Text.Json;
using StepZero.Sweeps;

namespace StepZero.Tests.Sweeps;

public sealed class ProportionTests
{
    [Fact]
    public void Its_interval_is_that_of_statsmodels()
    {
        foreach (JsonElement expected in Repository.Golden("sweeps.json").GetProperty("wilson").EnumerateArray())
        {
            var proportion = new Proportion(expected.GetProperty("count").GetInt32(), expected.GetProperty("total").GetInt32());
            Assert.Equal(expected.GetProperty("low").GetDouble(), proportion.IntervalLow, 1e-12);
            Assert.Equal(expected.GetProperty("high").GetDouble(), proportion.IntervalHigh, 1e-12);
        }

        Assert.Equal(0.75, new Proportion(3, 4).Share);
    }
}
