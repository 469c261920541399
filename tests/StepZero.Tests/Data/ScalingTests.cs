using StepZero.Data;
using StepZero.Numerics;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Data;

/// <summary>The Gram matrix, projection, transposition and lift against plain sums over values that were scaled one by one.</summary>
public sealed class ScalingTests
{
    public static TheoryData<string, bool> Scalings
    {
        get
        {
            var cases = new TheoryData<string, bool>();
            foreach (string scaling in (string[])["auto", "none", "divide:7", "center", "standardize"])
            {
                cases.Add(scaling, true);
                cases.Add(scaling, false);
            }

            return cases;
        }
    }

    [Theory]
    [MemberData(nameof(Scalings))]
    public void Everything_computed_in_blocks_equals_the_plain_sums(string text, bool bytes)
    {
        // Two blocks of features and a rest; samples beyond one tile.
        const int Samples = 23, Features = 4300, Units = 3;
        Dataset data = Make(Samples, Features, bytes);
        var scaling = Scaling.Parse(text);
        FittedScaling fitted = scaling.Fit(data);
        double[][] x = Scaled(data, scaling);

        Matrix<double> gram = SampleBlocks.Gram(data, fitted, 1, CancellationToken.None);
        double[] weights = new double[Units * Features];
        new NumPyRandom(2).FillStandardNormal(weights);
        Matrix<double> projection = SampleBlocks.Project(data, fitted, weights);
        Matrix<double> columns = SampleBlocks.Transpose<double>(data, fitted);
        for (int i = 0; i < Samples; i++)
        {
            for (int j = 0; j < Samples; j++)
            {
                Close(Enumerable.Range(0, Features).Sum(f => x[i][f] * x[j][f]), gram[i][j], Features);
            }

            for (int unit = 0; unit < Units; unit++)
            {
                Close(Enumerable.Range(0, Features).Sum(f => weights[(unit * Features) + f] * x[i][f]), projection[unit][i], Features);
            }

            Assert.Equal(x[i], Enumerable.Range(0, Features).Select(f => columns[f][i]), (a, b) => Math.Abs(a - b) <= 1e-13 * (1 + Math.Abs(a)));
        }

        Matrix<double> coefficients = Matrix<double>.Allocate(Units, Samples);
        for (int unit = 0; unit < Units; unit++)
        {
            new NumPyRandom((uint)unit).FillStandardNormal(coefficients[unit]);
        }

        double[] lifted = [.. weights];
        SampleBlocks.Lift(data, fitted, coefficients, lifted);
        for (int i = 0; i < lifted.Length; i += 97)
        {
            double change = Enumerable.Range(0, Samples).Sum(s => coefficients[i / Features][s] * x[s][i % Features]);
            Close(weights[i] + change, lifted[i], Samples);
        }
    }

    [Fact]
    public void Pixels_go_from_0_to_1_by_themselves_and_other_features_stay()
    {
        var size = new ImageSize(2, 1, Channels: 1);
        Assert.Equal(255, Scaling.Auto.Fit(Dataset.FromBytes("bytes", [3, 4], 2, [0], ["a"], size)).Divisor);
        Assert.Equal(1, Scaling.Auto.Fit(Dataset.FromBytes("bytes", [3, 4], 2, [0], ["a"])).Divisor);
        Assert.Equal(16, Scaling.Auto.Fit(Dataset.FromValues("grays", [3, 16], 2, [0], ["a"], size)).Divisor);
        Assert.Equal(1, Scaling.Auto.Fit(Dataset.FromValues("numbers", [3, 16], 2, [0], ["a"])).Divisor);
        Assert.Equal(1, Scaling.Auto.Fit(Dataset.FromValues("black", [0, 0], 2, [0], ["a"], size)).Divisor);
    }

    [Fact]
    public void The_Gram_matrix_of_bytes_is_exact_and_does_not_depend_on_threads()
    {
        Dataset data = Make(83, 5000, bytes: true);
        FittedScaling fitted = Scaling.None.Fit(data);
        Matrix<double> one = SampleBlocks.Gram(data, fitted, 1, CancellationToken.None);
        Matrix<double> three = SampleBlocks.Gram(data, fitted, 3, CancellationToken.None);
        for (int i = 0; i < 83; i++)
        {
            for (int j = 0; j < 83; j++)
            {
                long exact = Enumerable.Range(0, 5000).Sum(f => (long)data.Bytes[(i * 5000) + f] * data.Bytes[(j * 5000) + f]);
                Assert.Equal(exact, one[i][j]);
                Assert.Equal(exact, three[i][j]);
            }
        }
    }

    [Fact]
    public void A_constant_feature_is_standardized_to_zero()
    {
        Dataset data = Dataset.FromValues("c", [5, 1, 5, 3], 2, [0, 1], ["a", "b"]);
        Matrix<double> columns = SampleBlocks.Transpose<double>(data, Scaling.Standardize.Fit(data));
        Assert.Equal([0, 0], columns[0].ToArray());
        Assert.Equal([-1, 1], columns[1].ToArray());
    }

    [Theory]
    [InlineData("divide:0", "Scaling 'divide:0': expected a finite number other than 0 after 'divide:', found '0'.")]
    [InlineData("divide:x", "Scaling 'divide:x': expected a finite number other than 0 after 'divide:', found 'x'.")]
    [InlineData("centre", "Unknown scaling 'centre'; did you mean 'center'? Known: auto, none, divide:255, center, standardize.")]
    public void A_scaling_that_is_none_is_refused(string text, string message) =>
        Assert.Equal(message, Assert.Throws<StepZeroException>(() => Scaling.Parse(text)).Message);

    [Theory]
    [InlineData("auto")]
    [InlineData("none")]
    [InlineData("divide:127.5")]
    [InlineData("center")]
    [InlineData("standardize")]
    public void The_text_of_a_scaling_reads_back(string text)
    {
        Assert.Equal(text, Scaling.Parse(text).ToString());
        Assert.Equal(Scaling.Parse(text), Scaling.Parse(Scaling.Parse(text).ToString()));
    }

    private static Dataset Make(int samples, int features, bool bytes)
    {
        var random = new NumPyRandom(1);
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => i % 2)];
        return bytes
            ? Dataset.FromBytes("b", [.. Enumerable.Range(0, samples * features).Select(_ => (byte)random.NextUInt32())], features, labels, ["a", "b"], new ImageSize(features, 1, 1))
            : Dataset.FromValues("v", [.. Enumerable.Range(0, samples * features).Select(_ => 3 + random.StandardNormal())], features, labels, ["a", "b"]);
    }

    private static double[][] Scaled(Dataset data, Scaling scaling)
    {
        double divisor = scaling.Divisor ?? (data.HasByteFeatures ? 255 : 1);
        int n = data.FeatureCount;
        double[][] x = [.. Enumerable.Range(0, data.SampleCount).Select(s => Enumerable.Range(0, n)
            .Select(f => (data.HasByteFeatures ? data.Bytes[(s * n) + f] : data.Values[(s * n) + f]) / divisor).ToArray())];
        for (int f = 0; f < n && scaling.PerFeature != FeatureScaling.None; f++)
        {
            double mean = x.Average(row => row[f]);
            double deviation = Math.Sqrt(x.Average(row => (row[f] - mean) * (row[f] - mean)));
            foreach (double[] row in x)
            {
                row[f] = (row[f] - mean) / (scaling.PerFeature == FeatureScaling.Standardize ? deviation : 1);
            }
        }

        return x;
    }

    private static void Close(double expected, double actual, int terms) =>
        Assert.Equal(expected, actual, 1e-14 * terms * Math.Max(1, Math.Abs(expected)));
}
