using StepZero.Data;
using StepZero.Files;

namespace StepZero.Tests.Files;

/// <summary>What targets are taken for, classes or numbers to predict.</summary>
public sealed class SampleTargetsTests
{
    private static readonly Dataset Classes = Dataset.FromValues("c", [1, 2], 1, [0, 1], ["1", "5"]);
    private static readonly Dataset Numbers = Dataset.FromValues("n", [1, 2], 1, [0, 0], [""]).WithTargets([0.5, 1.5]);

    [Fact]
    public void Numbers_with_fractions_are_predicted_and_the_first_is_shown()
    {
        SampleTargets targets = Read([1, 2.5, 0.25]);
        Assert.Equal([1, 2.5, 0.25], targets.Numbers!);
        Assert.Equal("f: row 2 holds 2.5, so it was taken for numbers to predict.", targets.Note);
        Assert.Equal([0, 0, 0], targets.Labels.Labels);
        Assert.Equal("f: row 1 holds 9007199254740994, so it was taken for numbers to predict.", Read([9007199254740994, 1]).Note);
    }

    [Theory]
    [InlineData(1, false, null)]
    [InlineData(10, false, null)]
    [InlineData(11, false, "f: its 11 different whole numbers were taken for classes; --loss mse takes them for numbers to predict.")]
    [InlineData(100, false, "f: its 100 different whole numbers were taken for classes; --loss mse takes them for numbers to predict.")]
    [InlineData(101, true, "f: its 101 different whole numbers were taken for numbers to predict; --loss cross_entropy takes them for classes.")]
    public void Whole_numbers_are_classes_unless_there_are_many(int different, bool predicted, string? note)
    {
        double[] numbers = [.. Enumerable.Range(0, 3 * different).Select(i => -7.0 * (i % different))];
        SampleTargets targets = Read(numbers);
        Assert.Equal((predicted, note), (targets.Numbers is not null, targets.Note));
        Assert.Equal(predicted ? 1 : different, targets.Labels.Classes.Count);
    }

    [Fact]
    public void Samples_that_are_left_out_have_no_say()
    {
        SampleTargets targets = Read([0.5, 1, 0, double.NaN, double.PositiveInfinity], leftOut: [true, false, false, true, true]);
        Assert.Equal(["0", "1"], targets.Labels.Classes);
        Assert.Null(targets.Note);
        double[] many = [.. Enumerable.Range(0, 200).Select(i => (double)i)];
        Assert.Null(Read(many, leftOut: [.. many.Select(number => number >= 100)]).Numbers);
        Assert.NotNull(Read([double.NaN, 0.5, double.NegativeInfinity], TargetKind.Numbers, leftOut: [true, false, true]).Numbers);
    }

    [Fact]
    public void What_is_wished_is_done_without_a_note()
    {
        SampleTargets numbers = Read([1, 0, 1], TargetKind.Numbers);
        Assert.Equal([1, 0, 1], numbers.Numbers!);
        Assert.Null(numbers.Note);
        SampleTargets classes = Read([.. Enumerable.Range(0, 200).Select(i => (double)i)], TargetKind.Classes);
        Assert.Equal((200, null, null), (classes.Labels.Classes.Count, classes.Numbers, classes.Note));
        Assert.Equal("f: row 2 holds 0.5; expected a whole number for each class. Choose another column or array as the target.", Error([1, 0.5], TargetKind.Classes));
    }

    [Fact]
    public void Targets_of_test_samples_are_what_those_of_the_training_samples_are()
    {
        Assert.Equal([5.0, 1], Read([5, 1], train: Numbers).Numbers!);
        Assert.Equal([5.0, 1], Read([5, 1], TargetKind.Classes, train: Numbers).Numbers!);
        Assert.Null(Read([5, 1], TargetKind.Numbers, train: Classes).Numbers);
        Assert.StartsWith("f: row 2 holds 0.5; expected a whole number", Error([1, 0.5], train: Classes), StringComparison.Ordinal);
    }

    [Fact]
    public void Texts_cannot_be_predicted()
    {
        Assert.Equal(
            "f: row 2 holds the text 'low'; expected numbers to predict. Choose another column or array as the target.",
            Assert.Throws<StepZeroException>(() => SampleTargets.OfTexts("f", [null, "low"], TargetKind.Numbers, null, [true, false])).Message);
        Assert.Equal(
            "f: row 1 holds the text 'low'; expected numbers to predict as in 'n'. Choose another column or array as the target.",
            Assert.Throws<StepZeroException>(() => SampleTargets.OfTexts("f", ["low"], TargetKind.Auto, Numbers, [false])).Message);
        Assert.Equal(["high", "low"], SampleTargets.OfTexts("f", ["low", "high"], TargetKind.Auto, null, [false, false]).Labels.Classes);
    }

    [Fact]
    public void Missing_and_infinite_numbers_are_refused()
    {
        Assert.Equal("f: lacks 2 value(s), the first in row 2. Leave such samples out with --missing drop.", Error([0.5, double.NaN, double.NaN]));
        Assert.Equal("f: row 2 holds -infinity; expected finite numbers to predict. Correct it.", Error([0.5, double.NegativeInfinity]));
        Assert.StartsWith("f: row 2 holds infinity; expected a whole number", Error([1, double.PositiveInfinity]), StringComparison.Ordinal);
    }

    /// <summary>A converted file counts its classes, and their names say which numbers they were; any other name says nothing of a number.</summary>
    [Fact]
    public void Names_of_classes_that_are_numbers_are_predicted_themselves()
    {
        Assert.Equal([8, 3.5, 8], Read([1, 0, 1], TargetKind.Numbers, ["3.5", "8"]).Numbers!);
        Assert.Equal([2.0, 0, 1], Read([2, 0, 1], TargetKind.Numbers, ["3.5", "8"]).Numbers!);
        Assert.Equal([1.0, 0, 1], Read([1, 0, 1], TargetKind.Numbers, ["cheap", "dear"]).Numbers!);
        Assert.Equal([0.5, 0], Read([0.5, 0], names: ["cheap", "dear"]).Numbers!);
        Assert.Null(Read([.. Enumerable.Range(0, 200).Select(i => (double)i)], names: [.. Enumerable.Range(0, 200).Select(i => $"a{i}")]).Note);
    }

    [Fact]
    public void Samples_get_the_numbers_or_the_positive_class()
    {
        SampleTargets numbers = Read([0.5, 2]), classes = Read([3, 2]);
        Assert.Equal([0.5, 2], Complete(numbers).Targets!);
        Assert.Equal((null, "3"), (Complete(classes).Targets, Complete(classes).Positive));
        Assert.Equal([""], Complete(SampleTargets.None(2)).Classes);

        static Dataset Complete(SampleTargets targets) => targets.Complete(Dataset.FromValues("d", [1, 2], 1, targets.Labels.Labels, targets.Labels.Classes));
    }

    private static SampleTargets Read(
        double[] numbers, TargetKind wished = TargetKind.Auto, string[]? names = null, Dataset? train = null, bool[]? leftOut = null) =>
        SampleTargets.OfNumbers("f", numbers, names, wished, train, leftOut ?? new bool[numbers.Length]);

    private static string Error(double[] numbers, TargetKind wished = TargetKind.Auto, Dataset? train = null) =>
        Assert.Throws<StepZeroException>(() => Read(numbers, wished, train: train)).Message;
}
