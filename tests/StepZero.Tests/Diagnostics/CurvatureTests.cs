using System.Text.Json;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class CurvatureTests
{
    private static readonly JsonElement Golden = Repository.Golden("curvature.json");

    [Fact]
    public void All_eigenvalues_are_those_of_PyTorch_in_both_forms()
    {
        foreach (JsonElement golden in Golden.GetProperty("networks").EnumerateArray())
        {
            (Dataset data, Architecture architecture, Parameters parameters) = GoldenNetwork.Read(Golden, golden);
            double[] expected = [.. golden.GetProperty("eigenvalues").Numbers().Reverse()];
            foreach (TrainingForm form in (TrainingForm[])[TrainingForm.Primal, TrainingForm.Dual])
            {
                PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = form });
                HessianTests.Precision(expected, Curvature.Spectrum(prepared, architecture, parameters), 1e-14);
                Curvature curvature = Curvature.Of(prepared, architecture, parameters, 4);
                Assert.True(curvature.Converged);
                HessianTests.Precision(expected[..4], [.. curvature.Largest], 2e-6);
                Assert.Equal(expected[^1], curvature.Smallest, 2e-6 * expected[0]);
                Assert.Equal(2 / curvature.Largest[0], curvature.StableRate);
            }
        }
    }

    [Theory]
    [InlineData("tanh", 40, 12, "binary_cross_entropy")]
    [InlineData("tanh", 12, 40, "binary_cross_entropy")]
    [InlineData("silu", 25, 25, "cross_entropy")]
    [InlineData("gelu", 12, 60, "mse")]
    public void The_dual_form_has_the_eigenvalues_of_the_primal_form_but_for_zeros(string activation, int samples, int features, string lossName)
    {
        Loss loss = CanonicalText.Parse<Loss>(lossName);
        Dataset data = Noise(samples, features);
        var architecture = new Architecture(features, [4, 3], Activation.Parse(activation), loss, loss == Loss.CrossEntropy ? 3 : 1);
        Parameters parameters = Initializer.Xavier.Draw(architecture, 3);
        PreparedData primal = Prepare(TrainingForm.Primal), dual = Prepare(TrainingForm.Dual);
        double[] all = Curvature.Spectrum(primal, architecture, parameters), seen = Curvature.Spectrum(dual, architecture, parameters);
        int rank = Math.Min(samples, features);
        Assert.Equal(architecture.ParameterCount, all.Length);
        Assert.Equal(architecture.ParameterCount - (4 * (features - rank)), seen.Length);
        HessianTests.Precision(all, [.. seen.Concat(new double[all.Length - seen.Length]).OrderDescending()], 1e-13);
        for (int count = 1; count <= all.Length; count += 17)
        {
            Curvature ofPrimal = Curvature.Of(primal, architecture, parameters, count), ofDual = Curvature.Of(dual, architecture, parameters, count);
            HessianTests.Precision(all[..count], [.. ofPrimal.Largest], 1e-6);
            HessianTests.Precision(all[..count], [.. ofDual.Largest], 1e-6);
            Assert.Equal(all[^1], ofPrimal.Smallest, 1e-6 * all[0]);
            Assert.Equal(all[^1], ofDual.Smallest, 1e-6 * all[0]);
        }

        PreparedData Prepare(TrainingForm form) => PreparedData.Prepare(data, architecture, new TrainingOptions { Form = form });
    }

    [Theory]
    [InlineData(Precision.Single, TrainingForm.Dual, null)]
    [InlineData(Precision.Single, TrainingForm.Primal, null)]
    [InlineData(Precision.Single, TrainingForm.Primal, 8)]
    [InlineData(Precision.Double, TrainingForm.Primal, 8)]
    [InlineData(Precision.Double, TrainingForm.Dual, 8)]
    public void Precision_and_batches_of_the_training_change_nothing(Precision precision, TrainingForm form, int? batch)
    {
        Dataset data = Noise(30, 50);
        var architecture = new Architecture(50, [4, 3], Activation.Tanh, Loss.Mse);
        Parameters parameters = Initializer.Xavier.Draw(architecture, 3);
        var options = new TrainingOptions { Precision = precision, Form = form, BatchSize = batch };
        double expected = Of(new TrainingOptions()).Largest[0];
        Assert.Equal(expected, Of(options).Largest[0], 1e-8 * expected);

        Curvature Of(TrainingOptions training) => Curvature.Of(PreparedData.Prepare(data, architecture, training), architecture, parameters);
    }

    [Theory]
    [InlineData(TrainingForm.Primal)]
    [InlineData(TrainingForm.Dual)]
    public void Linear_regression_curves_by_the_products_of_its_features(TrainingForm form)
    {
        // H = 2/m·[X 1]ᵀ·[X 1], whatever the parameters. With x = 1, 2, 3, 4 that is 2·(7.5, 2.5; 2.5, 1): λ = 8.5 ± √(8.5² − 4·1.25).
        Dataset data = Dataset.FromValues("line", [1, 2, 3, 4], 1, [0, 0, 0, 0], ["a"]).WithTargets([5, -1, 0, 3]);
        var architecture = new Architecture(1, [], Activation.Tanh, Loss.Mse);
        double root = Math.Sqrt((8.5 * 8.5) - 5);
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = form });
        foreach (string start in (string[])["zeros", "he"])
        {
            Parameters parameters = Initializer.Parse(start).Draw(architecture, 1);
            HessianTests.Precision([8.5 + root, 8.5 - root], Curvature.Spectrum(prepared, architecture, parameters), 1e-15);
            Curvature curvature = Curvature.Of(prepared, architecture, parameters, 5);
            HessianTests.Precision([8.5 + root, 8.5 - root], [.. curvature.Largest], 1e-14);
            Assert.Equal(8.5 - root, curvature.Smallest, 1e-13);
            Assert.Equal(2 / (8.5 + root), curvature.StableRate, 1e-15);
        }
    }

    [Fact]
    public void A_feature_that_is_there_twice_adds_a_direction_without_curvature()
    {
        // The line of the test above in two equal features, each smaller by √2: the same eigenvalues, and a 0 that the dual form does not see.
        double[] x = [.. new double[] { 1, 1, 2, 2, 3, 3, 4, 4 }.Select(value => value / Math.Sqrt(2))];
        Dataset data = Dataset.FromValues("line", x, 2, [0, 0, 0, 0], ["a"]).WithTargets([5, -1, 0, 3]);
        var architecture = new Architecture(2, [], Activation.Tanh, Loss.Mse);
        double root = Math.Sqrt((8.5 * 8.5) - 5);
        foreach (TrainingForm form in (TrainingForm[])[TrainingForm.Primal, TrainingForm.Dual])
        {
            PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = form });
            Curvature curvature = Curvature.Of(prepared, architecture, new Parameters(architecture), 5);
            HessianTests.Precision([8.5 + root, 8.5 - root, 0], [.. curvature.Largest], 1e-14);
            Assert.Equal(0, curvature.Smallest, 1e-13);
            Assert.Equal(form == TrainingForm.Dual ? 2 : 3, Curvature.Spectrum(prepared, architecture, new Parameters(architecture)).Length);
        }
    }

    [Fact]
    public void Gradient_descent_is_stable_below_the_stable_rate_and_not_above()
    {
        Dataset data = Noise(30, 8);
        var architecture = new Architecture(8, [], Activation.Tanh, Loss.Mse);
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = TrainingForm.Primal });
        Parameters start = Initializer.He.Draw(architecture, 1);
        double rate = Curvature.Of(prepared, architecture, start).StableRate;
        Assert.True(After(0.99 * rate) < prepared.StartTrainer(architecture, start).Cost());
        Assert.True(After(1.01 * rate) > 1e6);

        double After(double learningRate)
        {
            Trainer trainer = prepared.StartTrainer(architecture, start, learningRate);
            while (trainer.Iteration < 2000)
            {
                trainer.Step();
            }

            return trainer.Cost();
        }
    }

    [Theory]
    [InlineData(TrainingForm.Primal)]
    [InlineData(TrainingForm.Dual)]
    public void From_zeros_the_curvature_is_known_and_many_times_the_same(TrainingForm form)
    {
        // All activations are 0 and the output is ½ where a third of the labels is 1: for the output bias H = ¼, for each of the five units before it the
        // mean of δ, ½ − ⅓, beside the diagonal at its bias and the weight from it, and everywhere else 0.
        Dataset data = Noise(30, 50);
        var architecture = new Architecture(50, [4, 5], Activation.Tanh);
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = form });
        double sixth = 1.0 / 6;
        double[] expected = [0.25, sixth, sixth, sixth, sixth, sixth, 0, 0];
        Curvature curvature = Curvature.Of(prepared, architecture, new Parameters(architecture), 8);
        Assert.True(curvature.Converged);
        HessianTests.Precision(expected, [.. curvature.Largest], 1e-12);
        Assert.Equal(-sixth, curvature.Smallest, 1e-12);
        double[] spectrum = Curvature.Spectrum(prepared, architecture, new Parameters(architecture));
        HessianTests.Precision(expected, spectrum[..8], 1e-15);
        HessianTests.Precision([0, -sixth, -sixth, -sixth, -sixth, -sixth], spectrum[^6..], 1e-15);
    }

    [Fact]
    public void A_network_that_cannot_curve_has_nearly_no_curvature()
    {
        // relu below its kink for every sample, and an output bias so large that the loss is next to nothing.
        Dataset data = Dataset.FromValues("d", [1, 2, 3], 1, [0, 0, 0], ["a", "b"]);
        var architecture = new Architecture(1, [2], Activation.Relu);
        var parameters = new Parameters(architecture);
        parameters.Biases[0].AsSpan().Fill(-1);
        parameters.Biases[1][0] = 1000;
        Curvature curvature = Curvature.Of(PreparedData.Prepare(data, architecture, new TrainingOptions()), architecture, parameters, 3);
        Assert.All([.. curvature.Largest, curvature.Residual], value => Assert.InRange(value, 0, 1e-300));
        Assert.True(curvature.Converged);
        Assert.True(curvature.StableRate > 1e300);
    }

    [Fact]
    public void Without_a_positive_eigenvalue_every_rate_is_stable()
    {
        Assert.Equal(double.PositiveInfinity, Curvature.RateOf(0));
        Assert.Equal(double.PositiveInfinity, Curvature.RateOf(-3));
        Assert.Equal(0.01, Curvature.RateOf(200));
    }

    [Fact]
    public void Where_the_cost_is_not_finite_the_curvature_is_nan()
    {
        Dataset data = Noise(10, 5);
        var architecture = new Architecture(5, [3], Activation.Tanh, Loss.Mse);
        Parameters parameters = Initializer.He.Draw(architecture, 1);
        parameters.Weights[1][1] = double.NaN;
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions());
        Curvature curvature = Curvature.Of(prepared, architecture, parameters, 2);
        Assert.Equal([double.NaN, double.NaN], curvature.Largest);
        Assert.Equal(double.NaN, curvature.Smallest);
        Assert.Equal(double.NaN, curvature.StableRate);
        Assert.False(curvature.Converged);
        Assert.All(Curvature.Spectrum(prepared, architecture, parameters), value => Assert.Equal(double.NaN, value));
    }

    [Fact]
    public void Too_many_parameters_for_all_eigenvalues_are_refused()
    {
        Dataset data = Noise(3, 4096);
        var architecture = new Architecture(4096, [], Activation.Tanh);
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions { Form = TrainingForm.Primal });
        StepZeroException exception = Assert.Throws<StepZeroException>(() => Curvature.Spectrum(prepared, architecture, new Parameters(architecture)));
        Assert.Equal(
            "'noise': all eigenvalues of 4097 parameters would need a matrix of 4097 × 4097 numbers; at most 4096 parameters are taken. Ask for the largest eigenvalues, or use a smaller network.",
            exception.Message);
        Assert.Equal(4, Curvature.Spectrum(PreparedData.Prepare(data, architecture, new TrainingOptions { Form = TrainingForm.Dual }), architecture, new Parameters(architecture)).Length);
        Assert.Throws<ArgumentOutOfRangeException>(() => Curvature.Of(prepared, architecture, new Parameters(architecture), 0));
    }

    [Theory]
    [InlineData("he", 147, 0.01)]
    [InlineData("xavier", 77, 0.01)]
    public void The_classic_network_starts_as_sharp_as_is_known(string start, double expected, double share)
    {
        Dataset data = ImageFolder.Read(Repository.CatsAndDogs(), new DataOptions { Threads = 2 }).Data.WithPositive("cat");
        var architecture = new Architecture(data.FeatureCount, [5, 5], Activation.Tanh);
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions(), 2);
        Curvature curvature = Curvature.Of(prepared, architecture, Initializer.Parse(start).Draw(architecture, 1), 5);
        TestContext.Current.TestOutputHelper?.WriteLine($"{start}: {string.Join(", ", curvature.Largest)}; smallest {curvature.Smallest}; {curvature.Products} products");
        Assert.True(curvature.Converged);
        Assert.Equal(expected, curvature.Largest[0], share * expected);
        double[] spectrum = Curvature.Spectrum(prepared, architecture, Initializer.Parse(start).Draw(architecture, 1));
        HessianTests.Precision(spectrum[..5], [.. curvature.Largest], 1e-6);
        Assert.Equal(spectrum[^1], curvature.Smallest, 1e-6 * spectrum[0]);
    }

    private static Dataset Noise(int samples, int features)
    {
        double[] x = new double[samples * features];
        new NumPyRandom(6).FillStandardNormal(x);
        return Dataset.FromValues("noise", x, features, [.. Enumerable.Range(0, samples).Select(i => i % 3)], ["a", "b", "c"]);
    }
}
