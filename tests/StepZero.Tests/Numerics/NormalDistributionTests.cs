using System.Runtime.Intrinsics;
using System.Text.Json;
using StepZero.Numerics;

namespace StepZero.Tests.Numerics;

/// <summary>The normal distribution against values of 60 digits.</summary>
public sealed class NormalDistributionTests
{
    private static readonly JsonElement Golden = Repository.Golden("normal_distribution.json");

    private static (double X, double Cdf, double Density)[] Points =>
        [.. Rows("cdf").Select(row => (Number(row, "x"), Number(row, "cdf"), Number(row, "density")))];

    private static (double P, double Quantile)[] Quantiles => [.. Rows("quantiles").Select(row => (Number(row, "p"), Number(row, "quantile")))];

    /// <summary>x²/2 is rounded before the exponential: that alone costs (x²/2)·1.1e-16 of the value.</summary>
    [Fact]
    public void The_density_is_right_to_1e15_of_itself_and_to_the_rounding_of_the_square()
    {
        Precision.AssertBelow(1, Points, point =>
            Math.Abs((NormalDistribution.Density(point.X) / point.Density) - 1) / (4e-16 + (1.2e-16 * point.X * point.X)));
        Precision.AssertBelow(1e-15, Points.Where(point => Math.Abs(point.X) < 2), point => Math.Abs((NormalDistribution.Density(point.X) / point.Density) - 1));
    }

    /// <summary>In the tail it has the error of the density; in the middle that of a sum with ½, 1.1e-16, which at −2 is 5e-15 of the value.</summary>
    [Fact]
    public void The_distribution_function_is_right_relative_to_itself_down_to_37_deviations()
    {
        Precision.AssertBelow(1, Points.Where(point => point.X < -2), point =>
            Math.Abs((NormalDistribution.Cdf(point.X) / point.Cdf) - 1) / (1e-15 + (1.2e-16 * point.X * point.X)));
        Precision.AssertBelow(2e-16, Points.Where(point => point.X >= -2), point => Math.Abs(NormalDistribution.Cdf(point.X) - point.Cdf));
    }

    [Fact]
    public void The_distribution_function_ends_at_0_and_1()
    {
        Assert.Equal((0.5, 1, 1), (NormalDistribution.Cdf(0), NormalDistribution.Cdf(9), NormalDistribution.Cdf(double.PositiveInfinity)));
        Assert.InRange(NormalDistribution.Cdf(double.NegativeInfinity), 0, 1e-300);
    }

    [Fact]
    public void The_quantile_is_right_to_five_units_in_the_last_place() =>
        Precision.AssertBelow(5, Quantiles, point => Precision.Ulps(point.Quantile, Quantile(point.P)));

    [Fact]
    public void Quantiles_of_many_are_those_of_each()
    {
        foreach (int count in Enumerable.Range(0, 20))
        {
            double[] values = [.. Quantiles.Take(count).Select(point => point.P)];
            double[] expected = Array.ConvertAll(values, Quantile);
            NormalDistribution.Quantiles(values);
            Assert.Equal(expected, values);
        }
    }

    [Fact]
    public void The_quantile_of_certainty_is_infinite() => Assert.Equal((double.NegativeInfinity, 0, double.PositiveInfinity), (Quantile(0), Quantile(0.5), Quantile(1)));

    /// <summary>
    /// Giles's polynomial is right to 4e-7 of the value up to 2.93 deviations, for which it was made; from there to 3 it still is to 2e-6, less than the
    /// 7e-6 between the quantiles of neighboring single numbers y.
    /// </summary>
    [Fact]
    public void The_symmetric_quantile_is_right_to_single_precision_up_to_3_deviations()
    {
        (float Y, double Quantile)[] points = [.. Rows("symmetricQuantiles").Select(row => (row.GetProperty("y").GetSingle(), Number(row, "quantile")))];
        Assert.Equal(3, points.Max(point => point.Quantile), 1e-4);
        Precision.AssertBelow(5e-7, points.Where(point => point.Y != 0 && Math.Abs(point.Quantile) < 2.93), point => Math.Abs((Symmetric(point.Y) / point.Quantile) - 1));
        Precision.AssertBelow(2.5e-6, points.Where(point => point.Y != 0), point => Math.Abs((Symmetric(point.Y) / point.Quantile) - 1));
        Assert.Equal(0, Symmetric(0));

        static float Symmetric(float y) => NormalDistribution.SymmetricQuantile(Vector512.Create(y))[3];
    }

    private static double Quantile(double p) => NormalDistribution.Quantile(Vector512.Create(p))[5];

    private static JsonElement[] Rows(string name) => [.. Golden.GetProperty(name).EnumerateArray()];

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
