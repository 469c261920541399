using System.Text.Json;
using StepZero.Numerics;

namespace StepZero.Tests.Numerics;

/// <summary>The vectorized functions against values of 50 digits.</summary>
public sealed class FunctionTests
{
    private static readonly JsonElement[] Golden = [.. Repository.Golden("functions.json").EnumerateArray()];

    private static readonly double[] Z = Column("z");

    [Fact]
    public void Tanh_and_its_derivative_are_right_to_four_units_in_the_last_place()
    {
        (double[] values, double[] slopes) = Evaluate<TanhFunction, double>(default, Z);
        AssertUlps(Column("tanh"), values, 4);

        // Beyond 350 the true derivative is below 1e-303.
        AssertUlps(Column("tanhSlope"), slopes, 8, i => Math.Abs(Z[i]) < 350);
    }

    [Fact]
    public void Sigmoid_and_its_derivative_are_right_to_four_units_in_the_last_place()
    {
        (double[] values, double[] slopes) = Evaluate<SigmoidFunction, double>(default, Z);
        AssertUlps(Column("sigmoid"), values, 4);
        AssertUlps(Column("sigmoidSlope"), slopes, 8);
    }

    [Fact]
    public void In_single_precision_they_are_right_to_four_units_in_the_last_place()
    {
        float[] z = [.. Z.Select(value => (float)value)];
        (float[] tanh, _) = Evaluate<TanhFunction, float>(default, z);
        (float[] sigmoid, _) = Evaluate<SigmoidFunction, float>(default, z);
        for (int i = 0; i < z.Length; i++)
        {
            AssertUlps((float)Math.Tanh(z[i]), tanh[i]);
            if (Math.Abs(z[i]) < 86)
            {
                AssertUlps((float)(1 / (1 + Math.Exp(-(double)z[i]))), sigmoid[i]);
            }
        }

        static void AssertUlps(float expected, float actual) =>
            Assert.True(Math.Abs(expected - actual) <= 4 * MathF.Max(MathF.BitIncrement(MathF.Abs(expected)) - MathF.Abs(expected), float.Epsilon), $"{expected} {actual}");
    }

    [Fact]
    public void Special_values_stay_special()
    {
        double[] special = [double.NaN, double.PositiveInfinity, double.NegativeInfinity, -0.0, 0.0, 1e308, -1e308, double.Epsilon];
        Assert.Equal([double.NaN, 1, -1, -0.0, 0, 1, -1, double.Epsilon], Evaluate<TanhFunction, double>(default, special).Values);
        Assert.True(double.IsNegative(Evaluate<TanhFunction, double>(default, special).Values[3]));
        Assert.Equal([double.NaN, 1, 0, 0.5, 0.5, 1, 0, 0.5], Evaluate<SigmoidFunction, double>(default, special).Values.Select(value => Math.Round(value, 15)));
        Assert.Equal([double.NaN, double.PositiveInfinity, double.NegativeInfinity, 0, 0, 1e308, -1e308 * 0.1, double.Epsilon],
            Evaluate(new LeakyReluFunction(0.1), special).Values);
        float[] specialSingles = [float.NaN, float.PositiveInfinity, float.NegativeInfinity];
        Assert.Equal([float.NaN, 1, -1], Evaluate<TanhFunction, float>(default, specialSingles).Values);
    }

    [Fact]
    public void Leaky_relu_scales_what_is_not_positive()
    {
        (double[] values, double[] slopes) = Evaluate(new LeakyReluFunction(0.25), new double[] { -2, -0.0, 0, 3 });
        Assert.Equal([-0.5, 0, 0, 3], values);
        Assert.Equal([0.25, 0.25, 0.25, 1], slopes);
        Assert.Equal([0, 0, 0, 3], Evaluate(new LeakyReluFunction(0), new double[] { -2, -0.0, 0, 3 }).Values);
    }

    [Fact]
    public void The_loss_and_its_derivative_are_right_to_four_units_in_the_last_place_at_any_logit()
    {
        double[] losses = Column("lossOfOne");
        double[] slopes = Column("slopeOfOne");
        for (int i = 0; i < Z.Length; i++)
        {
            (double ofOne, double slopeOfOne) = Loss(Z[i], 1);
            (double ofZero, double slopeOfZero) = Loss(-Z[i], -1);
            AssertUlps([losses[i], losses[i]], [ofOne, ofZero], 4);
            AssertUlps([slopes[i], -slopes[i]], [slopeOfOne, slopeOfZero], 4);
        }
    }

    [Fact]
    public void A_hopeless_logit_costs_its_size_and_nan_stays_nan()
    {
        Assert.Equal((1e300, -1), Loss(-1e300, 1));
        Assert.False(double.IsFinite(Loss(double.NegativeInfinity, 1).Cost));
        Assert.True(double.IsNaN(Loss(double.NaN, 1).Cost));
        Assert.Equal(1e30f, LossInSingle(-1e30f));
    }

    [Fact]
    public void The_padding_costs_nothing()
    {
        foreach (int samples in Enumerable.Range(1, 20))
        {
            Matrix<double> logits = Matrix<double>.Allocate(1, samples);
            Matrix<double> signs = Matrix<double>.Allocate(1, samples);
            Matrix<double> delta = Matrix<double>.Allocate(1, samples);
            signs[0].Fill(1);
            CompensatedSum sum = default;
            LogisticLoss.Evaluate(logits, signs, 1, delta, ref sum);
            Assert.Equal(samples * Math.Log(2), sum.Value, 1e-14);
        }
    }

    private static double[] Column(string name) => [.. Golden.Select(row => row.GetProperty(name).GetDouble())];

    private static (T[] Values, T[] Slopes) Evaluate<TFunction, T>(TFunction function, T[] z)
        where TFunction : struct, IActivationFunction
        where T : unmanaged
    {
        Matrix<T> input = Matrix<T>.Allocate(1, z.Length);
        Matrix<T> output = Matrix<T>.Allocate(1, z.Length);
        z.CopyTo(input[0]);
        new ActivationPass<TFunction>(function).Apply(input, output);
        return (output[0].ToArray(), input[0].ToArray());
    }

    private static (double Cost, double Slope) Loss(double logit, double sign)
    {
        Matrix<double> logits = Matrix<double>.Allocate(1, 1);
        Matrix<double> signs = Matrix<double>.Allocate(1, 1);
        Matrix<double> delta = Matrix<double>.Allocate(1, 1);
        logits[0][0] = logit;
        signs[0][0] = sign;
        CompensatedSum sum = default;
        LogisticLoss.Evaluate(logits, signs, 1, delta, ref sum);
        return (sum.Value, delta[0][0]);
    }

    private static float LossInSingle(float logit)
    {
        Matrix<float> logits = Matrix<float>.Allocate(1, 1);
        Matrix<float> signs = Matrix<float>.Allocate(1, 1);
        logits[0][0] = logit;
        signs[0][0] = 1;
        CompensatedSum sum = default;
        LogisticLoss.Evaluate(logits, signs, 1, Matrix<float>.Allocate(1, 1), ref sum);
        return (float)sum.Value;
    }

    private static void AssertUlps(double[] expected, double[] actual, int ulps, Func<int, bool>? where = null)
    {
        for (int i = 0; i < expected.Length; i++)
        {
            if (where?.Invoke(i) ?? true)
            {
                double unit = Math.BitIncrement(Math.Abs(expected[i])) - Math.Abs(expected[i]);
                Assert.True(Math.Abs(expected[i] - actual[i]) <= ulps * unit, $"at {i}: expected {expected[i]:R}, found {actual[i]:R}");
            }
        }
    }
}
