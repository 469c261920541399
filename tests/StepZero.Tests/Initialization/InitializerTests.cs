using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Initialization;

public sealed class InitializerTests
{
    public static TheoryData<string, double, bool> Distributions => new()
    {
        { "he", Math.Sqrt(2.0 / 300), true },
        { "xavier", Math.Sqrt(1.0 / 300), true },
        { "random", 10, true },
        { "random:0.5", 0.5, true },
        { "random:3:uniform", 3 / Math.Sqrt(3), false },
    };

    /// <summary>Kolmogorov-Smirnov at n = 60,000: at the 0.1% level it tells normal from uniform and a standard deviation 3% off.</summary>
    [Theory]
    [MemberData(nameof(Distributions))]
    public void Weights_have_their_distribution(string name, double deviation, bool normal)
    {
        double[] weights = new double[200 * 300];
        Initializer.Parse(name).Fill(weights.AsSpan(), TensorShape.Dense(200, 300), new NumPyRandom(1));
        Array.Sort(weights);
        double distance = 0;
        for (int i = 0; i < weights.Length; i++)
        {
            double standard = weights[i] / deviation;
            double expected = normal ? NormalCdf(standard) : Math.Clamp((1 + (standard / Math.Sqrt(3))) / 2, 0, 1);
            distance = Math.Max(distance, Math.Max(Math.Abs(expected - ((double)i / weights.Length)), Math.Abs(expected - ((i + 1.0) / weights.Length))));
        }

        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(weights.Length));
    }

    [Fact]
    public void All_scale_the_same_draws_layer_after_layer()
    {
        var architecture = new Architecture(6, [4, 3], Activation.Tanh);
        Parameters one = Initializer.RandomNormal(1).Draw(architecture, 9);
        Parameters he = Initializer.He.Draw(architecture, 9);
        var stream = new NumPyRandom(9);
        for (int layer = 0; layer < 3; layer++)
        {
            double scale = Math.Sqrt(2.0 / architecture.LayerSizes[layer]);
            for (int i = 0; i < one.Weights[layer].Length; i++)
            {
                Assert.Equal(stream.StandardNormal(), one.Weights[layer][i]);
                Assert.Equal(one.Weights[layer][i] * scale, he.Weights[layer][i]);
            }

            Assert.All(he.Biases[layer], bias => Assert.Equal(0, bias));
        }
    }

    [Fact]
    public void Zeros_draw_nothing()
    {
        var random = new NumPyRandom(1);
        double[] weights = [1, 2, 3];
        Initializer.Zeros.Fill(weights.AsSpan(), TensorShape.Dense(1, 3), random);
        Assert.Equal([0, 0, 0], weights);
        Assert.Equal(new NumPyRandom(1).NextUInt32(), random.NextUInt32());
    }

    /// <summary>The normal distribution function by integrating its density (Simpson), independent of any library.</summary>
    private static double NormalCdf(double x)
    {
        const int Steps = 200;
        double to = Math.Clamp(x, -8, 8), h = to / Steps, sum = 0;
        for (int i = 0; i <= Steps; i++)
        {
            sum += Math.Exp(-0.5 * i * h * i * h) * (i == 0 || i == Steps ? 1 : i % 2 == 1 ? 4 : 2);
        }

        return 0.5 + (sum * h / 3 / Math.Sqrt(Math.Tau));
    }
}
