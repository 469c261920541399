using System.Text.Json;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.Tests.Numerics;

namespace StepZero.Tests.Networks;

/// <summary>Values and both derivatives of the activations against arithmetic of 400 digits, to the bounds that their documentation states.</summary>
public sealed class ActivationAccuracyTests
{
    private static readonly JsonElement Golden = Repository.Golden("activations.json");

    /// <summary>The activation, and the bounds on φ and on both derivatives in units in the last place.</summary>
    public static TheoryData<string, double, double> Bounds => new()
    {
        { "tanh", 4, 8 },
        { "sigmoid", 4, 8 },
        { "leaky_relu:0.25", 0, 0 },
        { "elu:1", 4, 4 },
        { "elu:0.5", 4, 4 },
        { "selu", 4, 4 },
        { "gelu", 8, 8 },
        { "gelu_tanh", 4, 8 },
        { "silu", 4, 8 },
        { "softplus", 4, 4 },
        { "softsign", 4, 8 },
        { "mish", 4, 8 },
        { "erf", 4, 4 },
        { "sin:1", 4, 4 },
        { "sin:30", 4, 4 },
        { "identity", 0, 0 },
    };

    [Theory]
    [MemberData(nameof(Bounds))]
    public void In_double_precision_errors_stay_below_the_stated_bounds(string name, double ofValue, double ofDerivatives)
    {
        var activation = Activation.Parse(name);
        Place[] places = Places(name);
        AssertBelow(places, ofValue, place => Precision.Ulps(place.Value, activation.Evaluate(place.Z)));
        AssertBelow(places, ofDerivatives, place => Error(place, place.Derivative, activation.Derivative(place.Z)));
        AssertBelow(places, ofDerivatives, place => Error(place, place.SecondDerivative, activation.SecondDerivative(place.Z)));

        double Error(Place place, double exact, double actual) => Math.Abs(exact) < 1e-301
            ? Underflow(actual, 1e-300)
            : Precision.Ulps(exact, actual) * Unit(name, place.Z, exact);
    }

    [Theory]
    [MemberData(nameof(Bounds))]
    public void In_single_precision_errors_stay_below_the_stated_bounds(string name, double ofValue, double ofDerivatives)
    {
        var activation = Activation.Parse(name);
        Place[] places = [.. Places(name).Where(place => (float)place.Z == place.Z)];
        Assert.InRange(places.Length, 150, 1000000);
        Matrix<float> z = Matrix<float>.Allocate(1, places.Length), a = Matrix<float>.Allocate(1, places.Length), bends = Matrix<float>.Allocate(1, places.Length);
        for (int i = 0; i < places.Length; i++)
        {
            z[0][i] = (float)places[i].Z;
        }

        activation.SecondDerivative(z, bends);
        activation.Apply(z, a);
        int[] indices = [.. Enumerable.Range(0, places.Length)];
        AssertBelow(indices, ofValue, i => Error(places[i].Value, a[0][i], 1));
        AssertBelow(indices, ofDerivatives, i => Error(places[i].Derivative, z[0][i], Unit(name, places[i].Z, places[i].Derivative)));
        AssertBelow(indices, ofDerivatives, i => Error(places[i].SecondDerivative, bends[0][i], Unit(name, places[i].Z, places[i].SecondDerivative)));

        static double Error(double exact, float actual, double unit) => Math.Abs(exact) < 1e-35 ? Underflow(actual, 1e-34) : Precision.UlpsOfSingle(exact, actual) * unit;
    }

    [Fact]
    public void Values_and_derivatives_are_those_of_PyTorch()
    {
        foreach (JsonProperty item in Golden.GetProperty("autograd").EnumerateObject())
        {
            var activation = Activation.Parse(item.Name);
            double[] z = Column(item.Value, "z"), values = Column(item.Value, "value"), derivatives = Column(item.Value, "derivative");
            for (int i = 0; i < z.Length; i++)
            {
                Assert.Equal(values[i], activation.Evaluate(z[i]), 1e-14 * (1 + Math.Abs(values[i])));
                Assert.Equal(derivatives[i], activation.Derivative(z[i]), 1e-13 * (1 + Math.Abs(derivatives[i])));
            }
        }
    }

    [Fact]
    public void At_kinks_the_derivative_is_that_of_autograd_and_the_second_is_0()
    {
        JsonElement[] kinks = [.. Golden.GetProperty("kinks").EnumerateArray()];
        Assert.Equal(8, kinks.Length);
        foreach (JsonElement kink in kinks)
        {
            var activation = Activation.Parse(kink.GetProperty("activation").GetString()!);
            double z = kink.GetProperty("z").GetDouble();
            Assert.Equal(kink.GetProperty("derivative").GetDouble(), activation.Derivative(z), 1e-15);
            Assert.Equal(activation.Derivative(z), activation.Derivative(z == 0 ? -0.0 : z));
            Assert.Equal(0, activation.SecondDerivative(z));
        }
    }

    private static void AssertBelow<T>(IEnumerable<T> places, double bound, Func<T, double> error) => Precision.AssertBelow(bound + 1e-9, places, error);

    private static double Underflow(double actual, double most) => Math.Abs(actual) <= most ? 0 : double.PositiveInfinity;

    /// <summary>How much larger the unit is where a derivative crosses 0: there it is that of 1/8, about the size of the terms whose difference it is.</summary>
    private static double Unit(string name, double z, double exact)
    {
        bool crosses = name is "gelu" or "gelu_tanh" or "silu" or "mish" && Math.Abs(z) is > 0.3 and < 4;
        return crosses && Math.Abs(exact) < 0.125 ? (Math.BitIncrement(Math.Abs(exact)) - Math.Abs(exact)) / (Math.BitIncrement(0.125) - 0.125) : 1;
    }

    private static Place[] Places(string name)
    {
        JsonElement golden = Golden.GetProperty(name);
        double[] values = Column(golden, "value"), derivatives = Column(golden, "derivative"), seconds = Column(golden, "secondDerivative");
        return [.. Column(golden, "z").Select((z, i) => new Place(z, values[i], derivatives[i], seconds[i])).Where(place => Math.Abs(place.Value) > 1e-301)];
    }

    private static double[] Column(JsonElement golden, string name) => [.. golden.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];

    private sealed record Place(double Z, double Value, double Derivative, double SecondDerivative);
}
