using System.Text.Json;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.RandomNumbers;
using StepZero.Training;

namespace StepZero.Tests.Networks;

/// <summary>What is said of predictions is what scikit-learn says of them; the expected values come from make_evaluation_golden.py.</summary>
public sealed class EvaluationTests
{
    private const double Rounding = 1e-12;

    private static readonly JsonElement Golden = Repository.Golden("evaluation.json");

    public static TheoryData<string> Answers => Names("answers");

    public static TheoryData<string> Numbers => Names("numbers");

    [Theory]
    [MemberData(nameof(Answers))]
    public void Figures_of_classes_are_those_of_scikit_learn(string name)
    {
        JsonElement golden = Case("answers", name);
        int count = golden.GetProperty("answers").GetInt32();
        string[] answers = [.. Enumerable.Range(0, count).Select(answer => $"answer {answer}")];
        Loss loss = golden.GetProperty("oneOutput").GetBoolean() ? Loss.BinaryCrossEntropy : Loss.CrossEntropy;
        var predictions = new Predictions(loss, answers, golden.GetProperty("outputs").Numbers());
        var evaluation = Evaluation.OfAnswers(predictions, golden.GetProperty("right").Integers(), 0.25, golden.GetProperty("positive").GetInt32());

        Assert.Equal((golden.GetProperty("right").GetArrayLength(), 0.25), (evaluation.Samples, evaluation.Loss));
        Assert.Equal(golden.GetProperty("accuracy").GetDouble(), evaluation.Accuracy);
        Assert.Equal(golden.GetProperty("confusion").Integers(), evaluation.Confusion!.Cast<int>());
        AssertClose([Optional(golden.GetProperty("rocAuc"))], [evaluation.RocAuc]);
        AssertClose(Optionals(golden.GetProperty("precision")), evaluation.Scores.Select(score => score.Precision));
        AssertClose(Optionals(golden.GetProperty("recall")), evaluation.Scores.Select(score => score.Recall));
        AssertClose(Optionals(golden.GetProperty("f1")), evaluation.Scores.Select(score => score.F1));
        Assert.Equal(answers, evaluation.Scores.Select(score => score.Answer));
        if (golden.GetProperty("areas").ValueKind == JsonValueKind.Array)
        {
            AssertClose(Optionals(golden.GetProperty("areas")), evaluation.Scores.Select(score => score.RocAuc));
            Assert.Equal(answers, evaluation.RocCurves.Select(curve => curve.Answer));
        }

        if (golden.TryGetProperty("falsePositiveRates", out JsonElement rates))
        {
            RocCurve curve = Assert.Single(evaluation.RocCurves);
            Assert.Equal(answers[golden.GetProperty("positive").GetInt32()], curve.Answer);
            Assert.Equal(rates.Numbers(), curve.FalsePositiveRates);
            Assert.Equal(golden.GetProperty("truePositiveRates").Numbers(), curve.TruePositiveRates);
        }
    }

    [Theory]
    [MemberData(nameof(Numbers))]
    public void Figures_of_numbers_are_those_of_scikit_learn(string name)
    {
        JsonElement golden = Case("numbers", name);
        double[] expected = golden.GetProperty("expected").Numbers();
        var evaluation = Evaluation.OfNumbers(new Predictions(Loss.Mse, [], golden.GetProperty("outputs").Numbers()), expected, 0.25);
        AssertClose(
            [Optional(golden.GetProperty("rootMeanSquaredError")), Optional(golden.GetProperty("meanAbsoluteError")), Optional(golden.GetProperty("r2"))],
            [evaluation.RootMeanSquaredError, evaluation.MeanAbsoluteError, evaluation.RSquared]);
        Assert.Null(evaluation.Accuracy ?? evaluation.RocAuc);
        Assert.Null(evaluation.Confusion);
        Assert.Empty(evaluation.Scores);
        Assert.Same(expected, evaluation.Expected);
    }

    /// <summary>The area is the share of pairs that are in order, equal ones counted half: counted pair by pair here.</summary>
    [Fact]
    public void A_sample_of_which_nothing_is_said_is_answered_wrongly()
    {
        var two = new Predictions(Loss.BinaryCrossEntropy, ["a", "b"], [double.NaN, 1, -1]);
        Assert.Equal([-1, 1, 0], Enumerable.Range(0, 3).Select(two.Choice));
        Evaluation binary = Evaluation.OfAnswers(two, [0, 1, 0], double.NaN);
        Assert.Equal(2.0 / 3, binary.Accuracy);
        Assert.Equal(new[,] { { 1, 0 }, { 0, 1 } }, binary.Confusion);
        Assert.Null(binary.RocAuc);

        var three = new Predictions(Loss.CrossEntropy, ["a", "b", "c"], [0, double.NaN, 1, 2, 2, 1]);
        Assert.Equal([-1, 0], Enumerable.Range(0, 2).Select(three.Choice));
        Assert.Equal(0.5, Evaluation.OfAnswers(three, [0, 0], double.NaN).Accuracy);
    }

    [Fact]
    public void The_area_under_the_curve_is_the_share_of_pairs_in_order()
    {
        var random = new NumPyRandom(3);
        double[] scores = [.. Enumerable.Range(0, 400).Select(_ => (double)(random.NextUInt32() % 50))];
        bool[] right = [.. scores.Select(score => random.NextUInt32() % 60 < score)];
        double pairs = 0;
        foreach (double one in scores.Where((_, i) => right[i]))
        {
            pairs += scores.Where((_, i) => !right[i]).Sum(other => one > other ? 1 : one == other ? 0.5 : 0);
        }

        RocCurve curve = RocCurve.Of("a", scores, right)!;
        Assert.Equal(pairs / right.Count(one => one) / right.Count(one => !one), curve.Area);
        Assert.Equal((0, 1), (curve.FalsePositiveRates[0], curve.TruePositiveRates[^1]));
    }

    [Fact]
    public void Infinite_scores_have_their_rank_and_what_is_no_number_has_none()
    {
        Assert.Equal(0.875, RocCurve.Of("a", [double.NegativeInfinity, 1, 1, double.PositiveInfinity], [false, true, false, true])!.Area);
        Assert.Null(RocCurve.Of("a", [0, double.NaN, 1], [false, true, true]));
        Assert.Throws<ArgumentException>(() => RocCurve.Of("a", [0, 1], [true]));
    }

    [Fact]
    public void The_curve_of_a_million_samples_has_a_corner_only_where_it_bends()
    {
        double[] scores = [.. Enumerable.Range(0, 1_000_000).Select(i => (double)i)];
        RocCurve curve = RocCurve.Of("a", scores, [.. scores.Select(score => score % 1000 < 500)])!;
        Assert.Equal(2001, curve.FalsePositiveRates.Count);
    }

    [Theory]
    [InlineData("moons:300:0.3", Loss.BinaryCrossEntropy, 1)]
    [InlineData("moons:300:0.3", Loss.CrossEntropy, 2)]
    [InlineData("moons:300:0.3", Loss.Mse, 1)]
    public void Loss_and_accuracy_are_to_the_last_bit_those_of_the_training(string name, Loss loss, int outputs)
    {
        Dataset train = GeneratedSets.Parse(name, 1), test = GeneratedSets.Parse(name, 2).AsTestOf(train);
        var spec = new RunSpec(new Architecture(2, [6], Activation.Tanh, loss, outputs), Initializer.Xavier, new TrainingOptions { LearningRate = 0.3, Iterations = 200 });
        RunResult run = Trainings.Run(spec, train, test);
        var model = Model.Of(spec.Architecture, run.FinalParameters!.Value, spec.Training.Scaling.Fit(train), train);
        var evaluation = Evaluation.Of(model, test);
        Assert.Equal((run.TestCost, run.TestAccuracy), (evaluation.Loss, evaluation.Accuracy));
        Assert.Equal(model.Predict(test).Outputs, evaluation.Predictions.Outputs);
        if (loss == Loss.Mse)
        {
            Assert.Equal(Math.Sqrt(run.TestCost!.Value), evaluation.RootMeanSquaredError!.Value, Rounding);
            Assert.Equal(150, evaluation.Expected!.Sum());
        }
        else
        {
            Assert.Equal(train.Positive, Assert.Single(evaluation.RocCurves).Answer);
            Assert.InRange(evaluation.RocAuc!.Value, 0.9, 0.999);
            Assert.All(evaluation.Scores, score => Assert.Equal(150, score.Samples));
        }
    }

    /// <summary>A network of one output may be asked for one class against two others; its answers are then "not" it and it.</summary>
    [Fact]
    public void One_class_against_the_rest_has_two_answers()
    {
        var data = Dataset.FromValues("d", [-2, -1, 3, 4, -5], 1, [0, 1, 2, 2, 2], ["a", "b", "c"]);
        data = data.WithPositive("c");
        var architecture = new Architecture(1, [], Activation.Tanh);
        var parameters = new Parameters(architecture);
        parameters.Weights[0][0] = 1;
        var evaluation = Evaluation.Of(Model.Of(architecture, parameters, Scaling.None.Fit(data), data), data);
        Assert.Equal(["not c", "c"], evaluation.Answers);
        Assert.Equal([2, 0, 1, 2], evaluation.Confusion!.Cast<int>());
        Assert.Equal(new AnswerScore("c", 3, 2, 1, 2.0 / 3, 0.8, 4.0 / 6), evaluation.Scores[1]);
    }

    [Fact]
    public void Without_samples_there_is_nothing_to_say()
    {
        Dataset data = GeneratedSets.Parse("moons:20:0.1", 1);
        var architecture = new Architecture(2, [], Activation.Tanh);
        var model = Model.Of(architecture, new Parameters(architecture), Scaling.None.Fit(data), data);
        Assert.Throws<ArgumentOutOfRangeException>(() => Evaluation.Of(model, data.WithoutSamples()));
        Predictions predictions = model.Predict(data);
        Assert.Throws<ArgumentException>(() => Evaluation.OfAnswers(predictions, [0, 1], 1));
        Assert.Throws<ArgumentException>(() => Evaluation.OfNumbers(predictions, new double[21], 1));
    }

    private static TheoryData<string> Names(string kind) => [.. Golden.GetProperty(kind).EnumerateArray().Select(one => one.GetProperty("name").GetString()!)];

    private static JsonElement Case(string kind, string name) => Golden.GetProperty(kind).EnumerateArray().Single(one => one.GetProperty("name").GetString() == name);

    private static double? Optional(JsonElement value) => value.ValueKind == JsonValueKind.Null ? null : value.GetDouble();

    private static IEnumerable<double?> Optionals(JsonElement values) => values.EnumerateArray().Select(Optional);

    private static void AssertClose(IEnumerable<double?> expected, IEnumerable<double?> actual) =>
        Assert.All(expected.Zip(actual, (one, other) => (one, other)), pair =>
        {
            Assert.Equal(pair.one.HasValue, pair.other.HasValue);
            Assert.Equal(pair.one ?? 0, pair.other ?? 0, Rounding);
        });
}
