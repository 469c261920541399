using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Training;

/// <summary>Small networks on real tables do as well on held-out samples as scikit-learn's MLPClassifier with the same settings on the same splits.</summary>
public sealed class ClassifierTests
{
    private const double Lost = 0.01;

    [Theory]
    [InlineData("digits", 64, "auto", 0.96)]
    [InlineData("breast-cancer", 16, "standardize", 0.96)]
    public void The_median_test_accuracy_is_that_of_scikit_learn(string table, int hidden, string scaling, double least)
    {
        Dataset data = BuiltInTables.Read(table);
        Loss loss = data.Classes.Count > 2 ? Loss.CrossEntropy : Loss.BinaryCrossEntropy;
        var architecture = new Architecture(data.FeatureCount, [hidden], Activation.Relu, loss, loss == Loss.CrossEntropy ? data.Classes.Count : 1);
        var options = new TrainingOptions
        {
            Optimizer = Optimizer.Parse("adam"),
            LearningRate = 0.001,
            BatchSize = 64,
            Epochs = 60,
            Scaling = Scaling.Parse(scaling),
        };
        double[] accuracies = new double[8];
        Parallel.For(0, accuracies.Length, i =>
        {
            uint seed = (uint)i + 1;
            (Dataset train, Dataset test) = Split.Random(data, 0.2, seed);
            accuracies[i] = Trainings.Run(new RunSpec(architecture, Initializer.He, options, seed), train, test).TestAccuracy!.Value;
        });
        double median = Median(accuracies), theirs = Median(Repository.Golden("classifiers.json").GetProperty(table).Numbers());
        Assert.True(median >= least && median >= theirs - Lost, $"{table}: median {median} of {string.Join(", ", accuracies)}; scikit-learn {theirs}");
        TestContext.Current.TestOutputHelper!.WriteLine($"{table}: {median}, scikit-learn {theirs}");
    }

    private static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    [Theory]
    [InlineData(Loss.BinaryCrossEntropy, 1)]
    [InlineData(Loss.CrossEntropy, 2)]
    public void A_sample_that_has_no_outputs_is_not_classified_rightly(Loss loss, int outputs)
    {
        var architecture = new Architecture(1, [], Activation.Tanh, loss, outputs);
        var parameters = new Parameters(architecture);
        Array.Fill(parameters.Weights[0], 1);
        foreach (int label in (int[])[0, 1])
        {
            Dataset data = Dataset.FromValues("holes", [double.NaN, double.NaN], 1, [label, label], ["a", "b"]);
            Assert.Equal(0, Model.Of(architecture, parameters, Scaling.None.Fit(data), data).Score(data).Accuracy);
        }
    }
}
