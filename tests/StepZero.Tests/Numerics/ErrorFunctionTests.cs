using System.Text.Json;
using StepZero.Numerics;

namespace StepZero.Tests.Numerics;

/// <summary>erf and erfc against the C library and against values of 60 digits, at all places where the approximation changes and beside them.</summary>
public sealed class ErrorFunctionTests
{
    private static readonly (double X, double Erf, double Erfc, double ExactErf, double ExactErfc)[] Points =
    [
        .. Repository.Golden("normal_distribution.json").GetProperty("errorFunction").EnumerateArray().Select(row =>
            (Number(row, "x"), Number(row, "erf"), Number(row, "erfc"), Number(row, "exactErf"), Number(row, "exactErfc"))),
    ];

    [Fact]
    public void They_have_the_bits_of_the_C_library() =>
        Assert.All(Points, point => Assert.Equal((point.X, point.Erf, point.Erfc), (point.X, ErrorFunction.Erf(point.X), ErrorFunction.Erfc(point.X))));

    [Fact]
    public void They_are_right_to_one_unit_in_the_last_place_and_erfc_to_two()
    {
        Precision.AssertBelow(1.01, Points, point => Precision.Ulps(point.ExactErf, ErrorFunction.Erf(point.X)));
        Precision.AssertBelow(2.01, Points.Where(point => point.ExactErfc > 1e-300), point => Precision.Ulps(point.ExactErfc, ErrorFunction.Erfc(point.X)));
    }

    /// <summary>The golden value is that of a double; the error of its rounding to x is the slope times as large.</summary>
    [Fact]
    public void In_single_precision_erf_is_right_to_one_unit_in_the_last_place() =>
        Precision.AssertBelow(1.01, Points.Where(point => Math.Abs(point.X) is > 1e-30 or 0), point =>
        {
            float x = (float)point.X;
            double exact = point.ExactErf + ((x - point.X) * 2 / Math.Sqrt(Math.PI) * Math.Exp(-point.X * point.X));
            return Precision.UlpsOfSingle(exact, ErrorFunction.Erf(x));
        });

    [Fact]
    public void Special_values_stay_special()
    {
        Assert.Equal((1, -1, double.NaN), (ErrorFunction.Erf(double.PositiveInfinity), ErrorFunction.Erf(double.NegativeInfinity), ErrorFunction.Erf(double.NaN)));
        Assert.Equal((0, 2, double.NaN), (ErrorFunction.Erfc(double.PositiveInfinity), ErrorFunction.Erfc(double.NegativeInfinity), ErrorFunction.Erfc(double.NaN)));
        Assert.Equal((1, -1, float.NaN), (ErrorFunction.Erf(float.PositiveInfinity), ErrorFunction.Erf(float.NegativeInfinity), ErrorFunction.Erf(float.NaN)));
        Assert.True(double.IsNegative(ErrorFunction.Erf(-0.0)) && float.IsNegative(ErrorFunction.Erf(-0f)));
    }

    private static double Number(JsonElement row, string name) => row.GetProperty(name).GetDouble();
}
