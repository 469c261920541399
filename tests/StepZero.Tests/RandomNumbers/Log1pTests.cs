using System.Text.Json;
using StepZero.RandomNumbers;

namespace StepZero.Tests.RandomNumbers;

public sealed class Log1pTests
{
    private static readonly JsonElement Golden = Repository.Golden("log1p.json");

    [Fact]
    public void It_has_the_bits_of_the_C_library() => Assert.All(Golden.GetProperty("double").EnumerateArray(), row =>
        Assert.Equal(row.GetProperty("log").GetDouble(), Log1p.OfMinus(row.GetProperty("u").GetDouble())));

    [Fact]
    public void In_single_precision_too() => Assert.All(Golden.GetProperty("single").EnumerateArray(), row =>
        Assert.Equal(row.GetProperty("log").GetSingle(), Log1p.OfMinus(row.GetProperty("u").GetSingle())));
}
