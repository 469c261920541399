using System.Text.Json;
using StepZero.Maps;

namespace StepZero.Tests.Maps;

/// <summary>Compared with the published measure, written in NumPy.</summary>
public sealed class PixelCostsTests
{
    private static readonly JsonElement Courses = Repository.Golden("maps.json").GetProperty("courses");

    public static TheoryData<string> Names => [.. Courses.EnumerateArray().Select(course => course.GetProperty("name").GetString()!)];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_course_of_costs_measures_as_published(string name)
    {
        JsonElement course = Courses.EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);
        double[] finite = course.GetProperty("costs").Numbers();
        int iterations = course.GetProperty("iterations").GetInt32();
        PixelCosts costs = Of(iterations, finite);
        Assert.Equal(course.GetProperty("converged").GetBoolean(), costs.HasConverged(finite.Length < iterations ? double.NaN : finite[^1], out double value));
        Assert.Equal(course.GetProperty("value").GetDouble(), value, 1e-12 * Math.Abs(value));
        Assert.Equal(finite.Length, costs.Count);
    }

    [Fact]
    public void A_training_that_starts_at_nothing_has_nothing_to_gain()
    {
        Assert.False(Of(30, new double[30]).HasConverged(0, out double value));
        Assert.Equal(30, value);
        Assert.False(Of(30, [0, .. Enumerable.Repeat(1e-9, 29)]).HasConverged(1e-9, out value));
        Assert.Equal(1 + (29 / 1e6), value, 1e-12);
    }

    [Fact]
    public void A_training_that_ends_early_stays_where_it_is()
    {
        Assert.True(Of(100, [2, 1, 0.5]).HasConverged(0.1, out double value));
        Assert.Equal(-(1 + 0.5 + 0.25 + (97 * 0.05)), value, 1e-12);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(29)]
    public void A_training_that_diverges_never_converged_however_large_its_first_cost(int finite)
    {
        // As published a cost that is not finite counts as 10⁶, a thousandth of this first cost.
        Assert.False(Of(30, [1e9, .. Enumerable.Repeat(1e8, finite - 1)]).HasConverged(double.PositiveInfinity, out double value));
        Assert.Equal(1 + (10 * (finite - 1)) + (30 - finite), value, 1e-9);
    }

    [Fact]
    public void A_last_cost_that_is_not_finite_is_no_convergence()
    {
        // All costs before updates were finite; that of the trained network is not.
        Assert.False(Of(3, [1, 0.5, 0.25]).HasConverged(double.NaN, out double value));
        Assert.Equal(1 + 2 + 4, value, 1e-12);
    }

    private static PixelCosts Of(int iterations, IEnumerable<double> finite)
    {
        var costs = new PixelCosts(iterations);
        foreach (double cost in finite)
        {
            costs.Add(cost);
        }

        return costs;
    }
}
