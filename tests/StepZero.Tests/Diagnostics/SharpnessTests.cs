using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Numerics;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Diagnostics;

public sealed class SharpnessTests
{
    [Fact]
    public void A_measurement_can_be_ended_early()
    {
        Dataset data = DiagnosedNetwork.Cloud();
        var network = new Architecture(data.FeatureCount, [3], Activation.Tanh);
        Trainer trainer = PreparedData.Prepare(data, network, new TrainingOptions()).StartTrainer(network, Initializer.Xavier.Draw(network, 1), 0.1);
        using var source = new CancellationTokenSource();
        var sharpness = new Sharpness(trainer, source.Token);
        Assert.True(sharpness.Measure() > 0);
        source.Cancel();
        Assert.Throws<OperationCanceledException>(() => { sharpness.Measure(); });

        // Between two blocks of samples too.
        Hessian hessian = Curvature.HessianOf(trainer.Prepared, network, source.Token);
        Matrix<double> vector = Matrix<double>.Allocate(1, hessian.Length);
        Assert.Throws<OperationCanceledException>(() => { hessian.Settle(); });
        Assert.Throws<OperationCanceledException>(() => hessian.Multiply(vector, vector));
    }

    [Theory]
    [InlineData(Precision.Double, TrainingForm.Primal, null, 0)]
    [InlineData(Precision.Double, TrainingForm.Dual, null, 0)]
    [InlineData(Precision.Double, TrainingForm.Dual, null, 0.01)]
    [InlineData(Precision.Double, TrainingForm.Dual, 10, 0)]
    [InlineData(Precision.Double, TrainingForm.Primal, 10, 0)]
    [InlineData(Precision.Single, TrainingForm.Primal, null, 0)]
    [InlineData(Precision.Single, TrainingForm.Dual, 10, 0.01)]
    public void Is_the_largest_eigenvalue_at_the_present_parameters(Precision precision, TrainingForm form, int? batch, double decay)
    {
        (Dataset data, Architecture architecture) = Small();
        var options = new TrainingOptions { Precision = precision, Form = form, BatchSize = batch, WeightDecay = decay };
        PreparedData prepared = PreparedData.Prepare(data, architecture, options);
        Trainer trainer = prepared.StartTrainer(architecture, Initializer.He.Draw(architecture, 2), 0.2);
        var sharpness = new Sharpness(trainer);
        double first = sharpness.Measure();
        int products = sharpness.Products;
        for (int i = 0; i < 8; i++)
        {
            double expected = Curvature.Of(prepared, architecture, trainer.CopyParameters()).Largest[0];
            Assert.Equal(expected, sharpness.Measure(), (precision == Precision.Double ? 1e-6 : 1e-5) * expected);
            trainer.Step();
        }

        Assert.NotEqual(first, sharpness.Measure());
        Assert.True(sharpness.Products < 10 * products, $"{sharpness.Products} products, {products} for the first");
    }

    [Fact]
    public void Measuring_does_not_change_the_training()
    {
        (Dataset data, Architecture architecture) = Small();
        PreparedData prepared = PreparedData.Prepare(data, architecture, new TrainingOptions());
        Trainer measured = prepared.StartTrainer(architecture, Initializer.He.Draw(architecture, 2), 0.2);
        Trainer alone = prepared.StartTrainer(architecture, Initializer.He.Draw(architecture, 2), 0.2);
        var sharpness = new Sharpness(measured);
        for (int i = 0; i < 20; i++)
        {
            sharpness.Measure();
            Assert.Equal(alone.Step(), measured.Step());
        }
    }

    [Fact]
    public void A_training_that_has_diverged_has_none()
    {
        Dataset data = Dataset.FromValues("line", [1, 2, 3, 4], 1, [0, 0, 0, 0], ["a"]).WithTargets([5, -1, 0, 3]);
        var architecture = new Architecture(1, [2], Activation.Identity, Loss.Mse);
        Trainer trainer = PreparedData.Prepare(data, architecture, new TrainingOptions()).StartTrainer(architecture, Initializer.He.Draw(architecture, 1), 1e3);
        var sharpness = new Sharpness(trainer);
        TrainerState state = trainer.Save();
        double start = sharpness.Measure();
        while (double.IsFinite(trainer.Step()))
        {
        }

        Assert.Equal(double.NaN, sharpness.Measure());
        trainer.Restore(state);
        Assert.Equal(start, sharpness.Measure(), 1e-6 * start);
    }

    [Theory]
    [InlineData("he")]
    [InlineData("xavier")]
    public void The_classic_training_is_past_the_edge_of_stability_within_five_steps(string start)
    {
        Dataset data = ImageFolder.Read(Repository.CatsAndDogs(), new DataOptions { Threads = 2 }).Data.WithPositive("cat");
        var architecture = new Architecture(data.FeatureCount, [5, 5], Activation.Tanh);
        Trainer trainer = PreparedData.Prepare(data, architecture, new TrainingOptions(), 2).StartTrainer(architecture, Initializer.Parse(start).Draw(architecture, 1), 0.01);
        var sharpness = new Sharpness(trainer);
        List<double> seen = [];
        for (int i = 0; i <= 40; i++)
        {
            seen.Add(sharpness.Measure());
            trainer.Step();
        }

        TestContext.Current.TestOutputHelper?.WriteLine($"{start}: {string.Join(", ", seen.Select(value => value.ToString("F1")))}; {sharpness.Products} products");
        Assert.True(seen[0] < 2 / 0.01);
        Assert.True(seen[..6].Max() > 2 / 0.01);
        Assert.True(seen.Max() > 400);
    }

    private static (Dataset Data, Architecture Architecture) Small()
    {
        double[] x = new double[40 * 6];
        new NumPyRandom(6).FillStandardNormal(x);
        Dataset data = Dataset.FromValues("noise", x, 6, [.. Enumerable.Range(0, 40).Select(i => i % 2)], ["a", "b"]);
        return (data, new Architecture(6, [4, 3], Activation.Tanh));
    }
}
