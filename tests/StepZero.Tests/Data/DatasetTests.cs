using StepZero.Data;

namespace StepZero.Tests.Data;

public sealed class DatasetTests
{
    private static readonly Dataset Animals = Dataset.FromBytes("animals", [1, 2, 3, 4, 5, 6], 2, [0, 1, 0], ["cat", "dog"]);

    [Fact]
    public void Select_keeps_rows_labels_and_positive_class_together()
    {
        Dataset chosen = Animals.WithPositive("dog").Select([2, 1]);
        Assert.Equal([5, 6, 3, 4], chosen.Bytes.ToArray());
        Assert.Equal([0, 1], chosen.Labels.ToArray());
        Assert.Equal("dog", chosen.Positive);
        Assert.False(chosen.IsPositive(0));
        Assert.True(chosen.IsPositive(1));
    }

    [Fact]
    public void An_unknown_class_names_the_nearest() =>
        Assert.Equal("Unknown class in 'animals' 'cta'; did you mean 'cat'? Known: cat, dog.",
            Assert.Throws<StepZeroException>(() => Animals.WithPositive("cta")).Message);

    [Fact]
    public void Lengths_and_labels_that_do_not_fit_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Dataset.FromBytes("x", [1, 2, 3], 2, [0], ["a"]));
        Assert.Throws<ArgumentException>(() => Dataset.FromBytes("x", [1, 2], 2, [1], ["a"]));
    }

    [Fact]
    public void A_test_set_takes_the_classes_of_its_training_set_by_name()
    {
        Dataset test = Dataset.FromBytes("more", [7, 8, 9, 10], 2, [0, 1], ["dog", "cat"]).AsTestOf(Animals.WithPositive("dog"));
        Assert.Equal([1, 0], test.Labels.ToArray());
        Assert.Equal("dog", test.Positive);
    }

    [Fact]
    public void A_test_set_of_other_classes_or_features_is_refused()
    {
        StepZeroException classes = Assert.Throws<StepZeroException>(() => Dataset.FromBytes("more", [7, 8], 2, [0], ["owl"]).AsTestOf(Animals));
        Assert.Equal("Test data 'more' have a class 'owl' that 'animals' has not; expected cat, dog.", classes.Message);
        StepZeroException features = Assert.Throws<StepZeroException>(() => Dataset.FromBytes("more", [7], 1, [0], ["cat"]).AsTestOf(Animals));
        Assert.Equal("Test data 'more' have 1 features; expected 2 features as in 'animals'. Give both the same features.", features.Message);
    }

    [Fact]
    public void Numbers_to_predict_go_where_their_samples_go()
    {
        Dataset data = Animals.WithPositive("dog").WithTargets([0.5, 2, -1]);
        Assert.Equal([""], data.Classes);
        Assert.Equal([0, 0, 0], data.Labels.ToArray());
        Assert.Equal([-1, 0.5], data.Select([2, 0]).Targets!);
        Assert.Equal([0.5, 2, -1], data.AsPictures(new ImageSize(2, 1, 1)).Targets!);
        Assert.Equal([], data.WithoutSamples().Targets!);
        Assert.Throws<ArgumentException>(() => Animals.WithTargets([1, 2]));
        Assert.Equal(
            "'animals': the targets are numbers to predict, so there is no class 'dog'. Leave the positive class out.",
            Assert.Throws<StepZeroException>(() => data.WithPositive("dog")).Message);
        Dataset gaps = Dataset.FromValues("g", [1, double.NaN], 1, [0, 0], [""]).WithTargets([3, 4]);
        Assert.Equal([3, 4], gaps.FillMissing(gaps).Targets!);
    }

    [Fact]
    public void A_test_set_of_numbers_needs_a_training_set_of_numbers()
    {
        Dataset numbers = Animals.WithTargets([0.5, 2, -1]);
        Assert.Equal([0.5, 2, -1], numbers.AsTestOf(numbers).Targets!);
        Assert.Equal(
            "Test data 'animals' have numbers as targets; expected classes as in 'animals'.",
            Assert.Throws<StepZeroException>(() => numbers.AsTestOf(Animals)).Message);
        Assert.Equal(
            "Test data 'animals' have classes as targets; expected numbers as in 'animals'.",
            Assert.Throws<StepZeroException>(() => Animals.AsTestOf(numbers)).Message);
    }

    [Fact]
    public void Samples_without_targets_fit_any_training_set()
    {
        Dataset numbers = Animals.WithTargets([0.5, 2, -1]), owls = Dataset.FromBytes("owls", [7, 8], 2, [0], ["owl"]);
        Assert.Equal([0], owls.WithoutTargets(numbers).AsTestOf(numbers).Targets!);
        Dataset test = owls.WithoutTargets(Animals.WithPositive("dog")).AsTestOf(Animals.WithPositive("dog"));
        Assert.Equal(["cat", "dog"], test.Classes);
        Assert.Equal("dog", test.Positive);
        Assert.Equal([0], test.Labels.ToArray());
        Assert.Null(numbers.WithoutTargets(Animals).Targets);
        Assert.Equal([""], numbers.WithoutTargets().Classes);
    }

    [Fact]
    public void Numbers_to_predict_lack_no_class_when_they_are_split()
    {
        (Dataset train, Dataset test) = Split.Random(Dataset.FromValues("n", [0, 1, 2, 3], 1, [0, 0, 0, 0], [""]).WithTargets([0, -10, -20, -30]), 0.25, 1);
        Assert.Equal(train.Values.ToArray().Select(value => -10 * value), train.Targets!);
        Assert.Equal(test.Values.ToArray().Select(value => -10 * value), test.Targets!);
        Assert.Equal((3, 1), (train.SampleCount, test.SampleCount));
    }

    [Fact]
    public void A_random_split_is_that_of_scikit_learn()
    {
        foreach (System.Text.Json.JsonElement golden in Repository.Golden("splits.json").EnumerateArray())
        {
            int samples = golden.GetProperty("samples").GetInt32();
            Dataset all = Dataset.FromValues("n", [.. Enumerable.Range(0, samples).Select(i => (double)i)], 1, [.. Enumerable.Range(0, samples).Select(i => i % 2)], ["a", "b"]);
            (Dataset train, Dataset test) = Split.Random(all, golden.GetProperty("fraction").GetDouble(), golden.GetProperty("seed").GetUInt32());
            Assert.Equal(golden.GetProperty("train").Numbers(), train.Values.ToArray());
            Assert.Equal(golden.GetProperty("test").Numbers(), test.Values.ToArray());
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void A_fraction_outside_0_and_1_is_refused(double fraction) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => Split.Random(Animals, fraction, 1));

    [Fact]
    public void A_split_that_leaves_no_training_samples_of_a_class_is_refused()
    {
        Assert.Contains("leaves none", Assert.Throws<StepZeroException>(() => Split.Random(Animals, 0.9, 1)).Message);
        Assert.Contains("leaves only samples of class", Assert.Throws<StepZeroException>(() => Split.Random(Animals, 0.6, 1)).Message);
    }
}
