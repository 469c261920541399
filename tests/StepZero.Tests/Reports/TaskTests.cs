using System.Text;
using System.Text.RegularExpressions;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Reports;

/// <summary>What reports say of several classes, of numbers to predict, and of trainings other than full-batch gradient descent.</summary>
public sealed class TaskTests
{
    private static readonly Dataset Blobs = ThreeClasses();
    private static readonly Dataset Slope = Line(40, slope: 2, start: 0);

    [Fact]
    public void Several_classes_are_named_with_their_softmax_and_the_cost_of_a_guess()
    {
        string page = Page(Run(Blobs, Loss.CrossEntropy, new TrainingOptions { LearningRate = 0.5, Iterations = 200 }));
        Assert.Contains("The network is to answer with the probability of each class.", page, StringComparison.Ordinal);
        Assert.Contains("and 3 softmax units at the end", page, StringComparison.Ordinal);
        Assert.Contains(">softmax</text>", page, StringComparison.Ordinal);
        Assert.Contains("gives each of the 3 classes the same probability has a cost of ln 3 = 1.099.", page, StringComparison.Ordinal);
        Assert.Contains("3 classes: 10 &#215; a, 10 &#215; b, 10 &#215; c", page, StringComparison.Ordinal);
        Assert.Contains("<th>training accuracy</th>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("sigmoid", page, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_to_predict_have_no_accuracy_but_R2()
    {
        Comparison comparison = Run(Slope, Loss.Mse, new TrainingOptions { LearningRate = 0.1, Iterations = 300 }, test: Line(10, slope: 2, start: 0.5), seeds: 2, shadows: 2);
        string page = Page(comparison);
        Assert.Contains("numbers from 0 to 7.8. The network is to answer with a number.", page, StringComparison.Ordinal);
        Assert.Contains("and one linear unit at the end", page, StringComparison.Ordinal);
        Assert.Contains("lower the mean squared error. A network that always answers the mean of the targets, 3.9, has their variance as its cost, 5.33;", page, StringComparison.Ordinal);
        Assert.Contains("<th>R²</th><th>test cost</th><th>test R²</th>", page, StringComparison.Ordinal);
        Assert.Contains("ordered by the number to predict", page, StringComparison.Ordinal);
        Assert.DoesNotContain("accurac", page, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("cross-entropy", page, StringComparison.Ordinal);
        Assert.StartsWith("a.b: ", TaskText.Targets(Dataset.FromValues("d", [1], 1, [0], [""], target: "a.b").WithTargets([1]), Loss.Mse), StringComparison.Ordinal);
    }

    /// <summary>scikit-learn's r2_score of [1, 2, 4] against the answers [1.5, 2, 3], whose mean squared error is 1.25/3.</summary>
    [Fact]
    public void R2_is_that_of_scikit_learn()
    {
        Dataset data = Dataset.FromValues("d", [0, 0, 0], 1, [0, 0, 0], [""]).WithTargets([1, 2, 4]);
        Assert.Equal(0.7321428571428572, RunFigures.FitOf(1.25 / 3, data)!.Value, 1e-15);
        Assert.Equal(0, RunFigures.FitOf(14 / 9.0, data)!.Value, 1e-15);
        Assert.Null(RunFigures.FitOf(null, data));
        Assert.Null(RunFigures.FitOf(1, data.WithTargets([2, 2, 2])));
        Assert.Null(RunFigures.FitOf(1, data.WithTargets([0.1, 0.1, 0.1])));
        Assert.Equal(0.5, RunFigures.FitOf(1 / 9.0, Dataset.FromValues("d", [0, 0, 0], 1, [0, 0, 1], ["a", "b"]))!.Value, 1e-15);
        Assert.Equal(("−0.5000", "–"), (RunFigures.FitText(-0.5), RunFigures.FitText(null)));
        Assert.Equal(("−12345.6789", "−5.009e74"), (RunFigures.FitText(-12345.6789), RunFigures.FitText(-5.0089e74)));
    }

    [Fact]
    public void Verdicts_on_numbers_follow_from_R2()
    {
        Assert.Equal("learns", Of(Slope, 0.1, 300));
        Assert.Equal("learns little in this time", Of(Slope.WithTargets([.. Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? 0.5 : -1)]), 0.1, 300));

        // The cost falls by more than half, towards the mean of the targets, which a constant answers better.
        Dataset far = Line(40, slope: 2, start: 500);
        var training = new TrainingOptions { LearningRate = 0.1, Iterations = 8, Scaling = Scaling.Standardize };
        Comparison comparison = Run(far, Loss.Mse, training, hidden: []);
        double[] costs = comparison.Starts[0].Run.Record.Costs;
        Assert.True(costs[^1] < costs[0] / 2);
        var verdict = Verdict.Of(TrainedNetwork.Of(comparison)[0], comparison.Diagnose()[0], far);
        Assert.StartsWith("answers worse than the mean: ", verdict.Title, StringComparison.Ordinal);
        Assert.Contains("The targets lie around 1004, and the answers start near 0", verdict.Why, StringComparison.Ordinal);

        static string Of(Dataset data, double rate, int iterations) =>
            Verdict.Of(TrainedNetwork.Of(Run(data, Loss.Mse, new TrainingOptions { LearningRate = rate, Iterations = iterations }))[0], null, data).Title;
    }

    [Fact]
    public void With_batches_costs_are_shown_after_each_epoch()
    {
        var training = new TrainingOptions { LearningRate = 0.1, BatchSize = 7, Epochs = 6, Optimizer = Optimizer.Parse("adam") };
        Comparison comparison = Run(Blobs, Loss.CrossEntropy, training, seeds: 3);
        RunResult run = comparison.Starts[0].Run;
        var series = CostSeries.Of(run, Blobs.SampleCount);
        Assert.Equal((true, 5), (series.OfEpochs, series.Every));
        Assert.Equal(run.Record.EpochCosts!, series.Costs);
        Assert.Equal(run.Record.Costs, series.Batches);
        Assert.Equal((5, 30), (series.UpdatesBefore(0), series.UpdatesBefore(5)));
        Assert.Equal((null, series.Costs[0], null, series.Costs[5], null), (series.After(0), series.After(5), series.After(6), series.After(30), series.After(35)));

        var figures = RunFigures.Of(run, comparison);
        Assert.Equal((series.Costs.Min(), run.Record.TrainCost), (figures.Lowest, figures.Last));

        // The first cost is that of the start over all samples, not of the first batch.
        Model start = comparison.Data.ModelOf(run.Spec.Architecture, run.Spec.DrawParameters(comparison.Data));
        Assert.Equal(start.Score(Blobs).Cost, figures.First!.Value, 1e-12);
        Assert.NotEqual(run.Record.Costs[0], figures.First.Value, 1e-6);
        string page = Page(comparison);
        Assert.Contains("It is trained by adam on batches of 7 samples, in an order that is new in each epoch:\n30 updates, 6 epochs, at a learning rate of 0.1,", page, StringComparison.Ordinal);
        Assert.Contains("The cost over all training samples after each epoch", page, StringComparison.Ordinal);
        Assert.Single(Regex.Matches(page, "<clipPath id=\"axes\"><rect x=\"60\" y=\"14\" width=\"680\" height=\"358\"/></clipPath>"));
        Assert.Single(Regex.Matches(page, "<g clip-path=\"url\\(#axes\\)\"><polyline class=\"curve k0 faint\" points=\"[^\"]*\"/></g>"));
        Assert.Equal(6, Regex.Match(page, "class=\"curve k0\" points=\"([^\"]*)\"").Groups[1].Value.Split(' ').Length);
        Assert.Contains("\"iterations\":[5,10,15,20,25,30]", page, StringComparison.Ordinal);
        Assert.Contains("<title>iteration 30: xavier ", page, StringComparison.Ordinal);
        Assert.Equal("adam, learning rate 0.1, 6 epochs of 5 updates, batches of 7", TaskText.Training(training, Blobs.SampleCount));
        Assert.Equal(6, comparison.Starts[0].Seeds!.EpochCosts!.Middle.Length);
        Assert.Equal(run.Record.TrainCost, comparison.Starts[0].Seeds!.FinalCosts[0]);
        Assert.NotEmpty(ComparisonPictures.Draw(comparison, TrainedNetwork.Of(comparison)));
    }

    [Fact]
    public void Full_batches_and_less_than_an_epoch_are_shown_update_by_update()
    {
        foreach (TrainingOptions training in (TrainingOptions[])[new() { Iterations = 9 }, new() { Epochs = 9 }, new() { Iterations = 3, BatchSize = 7 }])
        {
            RunResult run = Run(Blobs, Loss.CrossEntropy, training).Starts[0].Run;
            var series = CostSeries.Of(run, Blobs.SampleCount);
            Assert.False(series.OfEpochs);
            Assert.Equal(run.Record.Costs, series.Costs);
            Assert.Empty(series.Batches);
            Assert.Equal((0, series.Costs[2], null), (series.UpdatesBefore(0), series.After(2), series.After(series.Costs.Length)));
        }
    }

    [Fact]
    public void Early_stopping_tells_whose_weights_are_kept()
    {
        var stopping = new EarlyStopping { Patience = 2, Held = 0.2 };
        var training = new TrainingOptions { LearningRate = 1, BatchSize = 4, Epochs = 40, EarlyStopping = stopping };
        Comparison comparison = Run(Slope, Loss.Mse, training with { LearningRate = 0.2 });
        TrainingRecord record = comparison.Starts[0].Run.Record;
        Assert.Equal(record.TrainCost, RunFigures.Of(comparison.Starts[0].Run, comparison).Last);
        Assert.NotEqual(record.EpochCosts![^1], record.TrainCost);
        string page = Page(comparison);
        Assert.Contains("8 samples are held out: the training ends once the cost on them has not fallen for 2 epochs, and the weights are those from where it was lowest.", page, StringComparison.Ordinal);
        Assert.Contains($"after epoch {record.BestEpoch} of {record.HeldCosts!.Length}, whose weights are kept.", page, StringComparison.Ordinal);
        Assert.Equal(record.HeldCosts.Length, Regex.Match(page, "class=\"curve k0 held\" points=\"([^\"]*)\"").Groups[1].Value.Split(' ').Length);
        Assert.EndsWith("early stopping after 2 epochs", TaskText.Training(training, 32), StringComparison.Ordinal);
        Assert.EndsWith("early stopping after 2 iterations", TaskText.Training(new TrainingOptions { EarlyStopping = stopping }, 32), StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_unusual_in_a_training_is_said()
    {
        Assert.Equal("gradient descent, learning rate 0.01, 1000 iterations", TaskText.Training(new TrainingOptions { Optimizer = Optimizer.Parse("gd") }, 10));
        var training = new TrainingOptions
        {
            Optimizer = Optimizer.Parse("momentum:beta=0.5"),
            Schedule = LearningRateSchedule.Parse("warmup:100"),
            WeightDecay = 0.1,
            ClipNorm = 2,
            BatchSize = 10,
            Epochs = 3,
        };
        Assert.Equal("momentum:beta=0.5, learning rate 0.01, schedule constant:warmup=100, weight decay 0.1, gradients of norm 2 at most, 3 epochs", TaskText.Training(training, 10));
    }

    [Fact]
    public void Points_and_pictures_of_numbers_are_drawn()
    {
        Dataset points = Dataset.FromValues("p", [0, 0, 1, 0, 2, 1], 2, [0, 0, 0], [""]).WithTargets([0.5, 1, 7]);
        Assert.NotEmpty(DataPictures.Samples(points)!);
        Assert.NotEmpty(DataPictures.Samples(points.WithTargets([1, 1, 1]))!);
        Dataset pets = GeneratedSets.Parse("pets:5:1", 1).WithTargets([3, 1, 2, 5, 4]);
        Assert.Equal([1, 0, 3], DataPictures.ByTarget(pets.Targets!, 3));
        Assert.Equal([1], DataPictures.ByTarget(pets.Targets!, 1));
        Assert.NotEmpty(DataPictures.ContactSheet(pets, null, null)!);
        string page = Page(Run(pets, Loss.Mse, new TrainingOptions { Iterations = 2 }));
        Assert.Equal(5, Regex.Count(page, "alt=\"A picture whose number is"));
        Assert.Contains("2  ", TextPicture.Of(pets.WithTargets([2, 2, 2, 2, 2]), 80, color: false)!, StringComparison.Ordinal);
    }

    [Fact]
    public void Steps_fit_the_training()
    {
        Comparison noisy = Run(Blobs, Loss.CrossEntropy, new TrainingOptions { LearningRate = 20, BatchSize = 3, Epochs = 20 });
        Assert.Contains("--schedule cosine", Options(noisy));
        Assert.DoesNotContain("--schedule cosine", Options(Run(Blobs, Loss.CrossEntropy, new TrainingOptions { LearningRate = 20, Iterations = 100 })));
        Assert.DoesNotContain("--schedule cosine", Options(Run(Slope, Loss.Mse, new TrainingOptions { LearningRate = 1e6, BatchSize = 3, Epochs = 20 })));

        static string[] Options(Comparison comparison) => [.. NextStep.For(comparison).Select(step => step.Options)];
    }

    [Theory]
    [InlineData("stepzero train --hidden 3", "--seeds 32", "stepzero compare --hidden 3 --init xavier --seeds 32")]
    [InlineData("stepzero train --init he", "--horizon", "stepzero compare --init he --horizon")]
    [InlineData("stepzero train", "--init random:0.1,xavier", "stepzero compare --init random:0.1,xavier")]
    [InlineData("stepzero train", "--hidden none", "stepzero train --hidden none")]
    public void What_only_a_comparison_does_becomes_one(string command, string options, string expected) => Assert.Equal(expected, NextStep.WithOptions(command, options));

    [Fact]
    public void One_training_asks_what_was_learned()
    {
        Comparison comparison = Run(Slope, Loss.Mse, new TrainingOptions { Iterations = 3 });
        string page = Encoding.UTF8.GetString(ComparisonReport.Write(comparison, TrainedNetwork.Of(comparison), comparison.Diagnose(), new Origin("stepzero train --loss mse", "{}", "out")));
        Assert.Contains("<h1>What did the network learn?</h1>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("Only the starting values differ", page, StringComparison.Ordinal);
    }

    private static Comparison Run(
        Dataset data, Loss loss, TrainingOptions training, Dataset? test = null, int seeds = 0, int shadows = 0, int[]? hidden = null)
    {
        (Dataset train, Dataset? held) = training.EarlyStopping is EarlyStopping stopping ? stopping.Divide(data, 1) : (data, null);
        var architecture = new Architecture(data.FeatureCount, hidden ?? [4], Activation.Tanh, loss, loss == Loss.CrossEntropy ? data.Classes.Count : 1);
        var spec = new RunSpec(architecture, Initializer.Xavier, training);
        return Comparison.Run([spec], PreparedData.Prepare(train, architecture, training, held: held), test, shadows, seeds);
    }

    private static string Page(Comparison comparison) =>
        Encoding.UTF8.GetString(ComparisonReport.Write(comparison, TrainedNetwork.Of(comparison), comparison.Diagnose(), new Origin("stepzero compare", "{}", "out")));

    /// <summary>Points around three corners.</summary>
    private static Dataset ThreeClasses() => Dataset.FromValues(
        "blobs", [.. Enumerable.Range(0, 30).SelectMany(i => (double[])[(i % 3 == 1 ? 4 : 0) + Math.Sin(i), (i % 3 == 2 ? 4 : 0) + Math.Cos(3 * i)])], 2,
        [.. Enumerable.Range(0, 30).Select(i => i % 3)], ["a", "b", "c"]);

    /// <summary>Samples of one feature from −1 to 1, whose targets lie on a line that begins at <paramref name="slope"/>·<paramref name="start"/>.</summary>
    private static Dataset Line(int samples, double slope, double start) => Dataset.FromValues(
        "line", [.. Enumerable.Range(0, samples).Select(i => (2.0 * i / (samples - 1)) - 1)], 1, new int[samples], [""])
        .WithTargets([.. Enumerable.Range(0, samples).Select(i => Math.Round(slope * (start + (i / 10.0)), 10))]);
}
