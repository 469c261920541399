using StepZero.Data;
using StepZero.Files;
using StepZero.Files.Arrays;

namespace StepZero.Tests.Files.Arrays;

/// <summary>Which arrays become features, labels and classes, and what is said where that is unclear or impossible.</summary>
public sealed class ArrayDataTests
{
    private static readonly DataOptions Classes = new() { Targets = TargetKind.Classes };
    private static readonly DataOptions Unlabelled = new() { Unlabelled = true };

    [Theory]
    [InlineData("train_set_x train_set_y test_set_x test_set_y", "train_set_x", "test_set_x")]
    [InlineData("X_train Y_TRAIN x_test y_test", "X_train", "x_test")]
    [InlineData("x y", "x", "x")]
    [InlineData("X y X_test y_test", "X", "X_test")]
    [InlineData("X_test y_test", "X_test", "X_test")]
    [InlineData("images labels", "images", "images")]
    public void Names_of_the_usual_kind_are_found(string names, string train, string test)
    {
        StoredArray[] arrays = [.. names.Split(' ').Select((name, i) => i % 2 == 0 ? Numbers(name, [2, 3]) : Numbers(name, [2], 0, 1))];
        LoadedData loaded = Assemble(arrays);
        Assert.StartsWith($"NPZ, x = {train} (float64 2×3), y = ", loaded.Source, StringComparison.Ordinal);
        Assert.StartsWith($"NPZ, x = {test} (", Assemble(arrays, train: loaded.Data).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Named_arrays_go_before_found_ones()
    {
        StoredArray[] arrays = [Numbers("x", [2, 3]), Numbers("y", [2], 0, 1), Numbers("a/features", [2, 2]), Numbers("a/target", [2], 1, 0)];
        Assert.Contains("x = a/features (float64 2×2), y = a/target", Assemble(arrays, new DataOptions { X = "/a/features", Y = "A/Target" }).Source, StringComparison.Ordinal);
        Assert.Equal([0, 1], Assemble(arrays, new DataOptions { X = "x" }).Data.Labels.ToArray());
    }

    [Fact]
    public void What_is_unclear_is_listed()
    {
        StoredArray[] arrays = [Numbers("a", [2, 3]), Numbers("b", [2, 3]), Numbers("c", [2], 0, 1)];
        Assert.Equal(
            "f: it is unclear which arrays are the features and the labels. Name them with --x and --y; the file holds a (float64 2×3), b (float64 2×3), c (float64 2).", Error(arrays));
        Assert.StartsWith("f: there is no array 'z'. Name them", Error(arrays, new DataOptions { X = "z" }), StringComparison.Ordinal);
        Assert.StartsWith("f: it is unclear", Error([]), StringComparison.Ordinal);
        Assert.StartsWith("f: it is unclear", Error([Numbers("x", [2, 3])]), StringComparison.Ordinal);
    }

    [Fact]
    public void Lengths_and_shapes_have_to_fit()
    {
        Assert.Equal(
            "f: 'x' has 3 samples (3×2), but 'y' has the shape 2; expected one label for each sample.", Error([Numbers("x", [3, 2]), Numbers("y", [2], 0, 1)]));
        Assert.Equal(
            "f: 'x' has 2 samples (2×2), but 'y' has the shape 2×2; expected one label for each sample. If it has a column for each class, give the class itself, as numpy.argmax(y, axis=1) does.", Error([Numbers("x", [2, 2]), Numbers("y", [2, 2])]));
        Assert.Equal("f: 'x' has the shape 0×2, which holds no numbers; expected samples × features.", Error([Numbers("x", [0, 2]), Numbers("y", [0])]));
        Assert.StartsWith("f: 'x' is a single value.", Error([Numbers("x", [], 1), Numbers("y", [1], 1)]), StringComparison.Ordinal);
        Assert.StartsWith("f: 'x' holds string and cannot be the features.", Error([Texts("x", "a", "b"), Numbers("y", [2], 0, 1)]), StringComparison.Ordinal);
        Assert.Equal(
            "f: 'x' has 4000000000 × 10 elements, more than one array holds. Use fewer samples.",
            Error([Claim("x", [4_000_000_000, 10]), Claim("y", [4_000_000_000])]));
    }

    [Theory]
    [InlineData(new long[] { 2, 1 })]
    [InlineData(new long[] { 1, 2 })]
    public void Labels_may_stand_in_a_row_or_a_column(long[] shape) =>
        Assert.Equal([1, 0], Assemble([Numbers("x", [2, 3]), Numbers("y", shape, 1, 0)]).Data.Labels.ToArray());

    [Fact]
    public void Zero_and_one_stay_and_one_is_positive()
    {
        Dataset data = Assemble([Numbers("x", [3, 1]), Numbers("y", [3], 1, 0, 1)]).Data;
        Assert.Equal([1, 0, 1], data.Labels.ToArray());
        Assert.Equal(["0", "1"], data.Classes);
        Assert.Equal("1", data.Positive);
        Dataset signs = Assemble([Numbers("x", [3, 1]), Numbers("y", [3], 1, -1, 1)]).Data;
        Assert.Equal(["-1", "1"], signs.Classes);
        Assert.Equal("1", signs.Positive);
    }

    [Fact]
    public void Classes_take_their_names_from_texts_of_matching_length()
    {
        StoredArray x = Numbers("x", [3, 1]), y = Numbers("y", [3], 0, 1, 0);
        Dataset data = Assemble([x, y, Texts("list_classes", "non-cat", "cat")]).Data;
        Assert.Equal(["non-cat", "cat"], data.Classes);
        Assert.Equal("cat", data.Positive);
        Assert.Equal(["a", "b"], Assemble([x, y, Texts("whatever", "a", "b")]).Data.Classes);
        Assert.Equal(["0", "1"], Assemble([x, y, Texts("whatever", "a", "b", "c")]).Data.Classes);
        Assert.Equal(["no", "yes"], Assemble([x, Texts("y", "yes", "no", "no")]).Data.Classes);
    }

    [Fact]
    public void Labels_outside_the_classes_are_refused()
    {
        Assert.Equal(
            "f: 'y': row 2 holds the label 2; expected 0 to 1, the 2 classes named in the file (a, b).",
            Error([Numbers("x", [3, 1]), Numbers("y", [3], 0, 2, 0), Texts("list_classes", "a", "b")]));
        Assert.Equal(
            "f: 'y': row 3 holds 0.5; expected a whole number for each class. Choose another column or array as the target.",
            Error([Numbers("x", [3, 1]), Numbers("y", [3], 0, 1, 0.5)], Classes));
        Assert.StartsWith("f: 'y': row 1 holds nan;", Error([Numbers("x", [3, 1]), Numbers("y", [3], double.NaN, 1, 0)]), StringComparison.Ordinal);
        Assert.Contains("9007199254740994; expected a whole number for each class, of at most 2^53.", Error([Numbers("x", [2, 1]), Numbers("y", [2], 9007199254740994, 1)], Classes), StringComparison.Ordinal);
        LoadedData dropped = Assemble([Bytes("x", [3, 1]), Numbers("y", [3], double.NaN, 1, 0)], new DataOptions { Missing = MissingValues.Drop });
        Assert.Equal([1, 0], dropped.Data.Labels.ToArray());
        Assert.StartsWith("f: 'y' cannot be both features and labels.", Error([Numbers("x", [2, 3]), Numbers("y", [2], 0, 1)], new DataOptions { X = "y", Y = "y" }), StringComparison.Ordinal);
        Assert.Contains("10001 different numbers", Error([Numbers("x", [10001, 1]), Numbers("y", [10001], [.. Enumerable.Range(0, 10001).Select(i => (double)i)])], Classes), StringComparison.Ordinal);
    }

    [Fact]
    public void Test_samples_take_the_classes_of_the_training_samples()
    {
        StoredArray x = Numbers("x", [3, 1]);
        Dataset named = Assemble([x, Numbers("y", [3], 0, 1, 0), Texts("list_classes", "non-cat", "cat")]).Data;
        LoadedData bare = Assemble([x, Numbers("y", [3], 1, 0, 1)], train: named.WithPositive("non-cat"));
        Assert.Equal([0, 1, 0], bare.Data.AsTestOf(named).Labels.ToArray());
        Assert.Equal("f: 'y': took 1 for 'non-cat' and 0 for 'cat', the classes of 'n'.", Assert.Single(bare.Notes));
        Assert.Equal(
            "f: 'y': holds numbers, but the classes of 'n' have names (non-cat, cat). Name the classes in this file too, in an array 'classes'.",
            Error([x, Numbers("y", [3], 2, 1, 1)], train: named));
        Dataset numbered = Assemble([x, Numbers("y", [3], 0, 1, 0)]).Data;
        Assert.Equal(
            "Test data 'n' have a class '2' that 'n' has not; expected 0, 1.",
            Assert.Throws<StepZeroException>(() => Assemble([x, Numbers("y", [3], 2, 1, 1)], train: numbered).Data.AsTestOf(numbered)).Message);
        Assert.Equal(
            "f: 'y': two classes have the same name (cat, cat); expected names that differ.",
            Error([x, Numbers("y", [3], 0, 1, 0), Texts("list_classes", "cat", "cat")]));
    }

    [Theory]
    [InlineData(new long[] { 2, 4, 5 }, 5, 4, 1, false)]
    [InlineData(new long[] { 2, 4, 5, 3 }, 5, 4, 3, false)]
    [InlineData(new long[] { 2, 4, 5, 1 }, 5, 4, 1, false)]
    [InlineData(new long[] { 2, 3, 6, 5 }, 5, 6, 3, true)]
    [InlineData(new long[] { 2, 1, 6, 5 }, 5, 6, 1, true)]
    [InlineData(new long[] { 2, 8, 6, 5 }, 6, 8, 5, false)]
    public void Bytes_of_three_and_four_dimensions_are_pictures(long[] shape, int width, int height, int channels, bool first)
    {
        Dataset data = Assemble([Bytes("x", shape), Numbers("y", [2], 0, 1)]).Data;
        Assert.Equal(new ImageSize(width, height, channels, first), data.ImageSize);
        Assert.Equal(255, Scaling.Auto.Fit(data).Divisor);
    }

    [Fact]
    public void Bytes_of_two_dimensions_are_numbers_as_they_are()
    {
        Dataset data = Assemble([Bytes("x", [2, 4]), Numbers("y", [2], 0, 1)]).Data;
        Assert.Equal((null, true, 1.0), (data.ImageSize, data.HasByteFeatures, Scaling.Auto.Fit(data).Divisor));
        Dataset truths = Assemble([Bytes("x", [2, 4, 4]) with { Type = "bool" }, Numbers("y", [2], 0, 1)]).Data;
        Assert.Equal((null, false), (truths.ImageSize, truths.HasByteFeatures));
    }

    [Fact]
    public void Numbers_of_the_target_may_be_predicted()
    {
        LoadedData loaded = Assemble([Bytes("x", [3, 2]), Numbers("y", [3, 1], 0.5, 2, -1)]);
        Assert.Equal([0.5, 2, -1], loaded.Data.Targets!);
        Assert.Equal("f: 'y': row 1 holds 0.5, so it was taken for numbers to predict.", Assert.Single(loaded.Notes));
        Assert.Equal([2, 0, 1], Assemble([Numbers("x", [3, 1]), Bytes("y", [3], 2, 0, 1)], new DataOptions { Targets = TargetKind.Numbers }).Data.Targets!);
        Assert.Equal([1, 0], Assemble([Numbers("x", [2, 1]), Numbers("y", [2], 1, 0)], train: loaded.Data).Data.Targets!);
        Assert.StartsWith("f: 'y': row 1 holds the text 'a'; expected numbers", Error([Numbers("x", [2, 1]), Texts("y", "a", "b")], train: loaded.Data), StringComparison.Ordinal);
        StoredArray[] gaps = [Numbers("x", [3, 1], 1, 2, 3), Numbers("y", [3], 0.5, double.NaN, 2)];
        Assert.Equal("f: 'y': lacks 1 value(s), the first in row 2. Leave such samples out with --missing drop.", Error(gaps));
        Dataset dropped = Assemble(gaps, new DataOptions { Missing = MissingValues.Drop }).Data;
        Assert.Equal([1, 3], dropped.Values.ToArray());
        Assert.Equal([0.5, 2], dropped.Targets!);
    }

    /// <summary>scikit-learn's data sets have an array target_names, of the one number to predict.</summary>
    [Fact]
    public void One_name_names_no_classes()
    {
        StoredArray x = Numbers("x", [3, 1]), y = Numbers("y", [3], 5, 7, 5);
        LoadedData loaded = Assemble([x, y, Texts("target_names", "price")]);
        Assert.Equal(["5", "7"], loaded.Data.Classes);
        Assert.DoesNotContain("classes", loaded.Source, StringComparison.Ordinal);
        Assert.DoesNotContain("classes", Assemble([x, Numbers("y", [3], 0.5, 0, 1), Texts("list_classes", "a", "b")]).Source, StringComparison.Ordinal);
    }

    [Fact]
    public void Targets_that_do_not_matter_need_not_be_there()
    {
        Dataset train = Assemble([Numbers("x", [2, 3]), Texts("y", "a", "b")]).Data;
        LoadedData bare = Assemble([Numbers("x", [2, 3], 1, 2, 3, 4, 5, 6)], Unlabelled, train);
        Assert.Equal("NPZ, x = x (float64 2×3), without targets", bare.Source);
        Assert.Equal([1, 2, 3, 4, 5, 6], bare.Data.Values.ToArray());
        Assert.Equal([0, 0], bare.Data.Labels.ToArray());
        Assert.Contains("x = x (", Assemble([Numbers("x", [2, 3]), Claim("y", [5])], Unlabelled, train).Source, StringComparison.Ordinal);
        Assert.Contains("x = X_test (", Assemble([Numbers("X_train", [2, 3]), Numbers("X_test", [2, 3])], Unlabelled, train).Source, StringComparison.Ordinal);
        Assert.Contains("x = X_train (", Assemble([Numbers("X_train", [2, 3]), Numbers("X_test", [2, 3])], Unlabelled).Source, StringComparison.Ordinal);
        Assert.Contains("x = z (", Assemble([Numbers("x", [2, 3]), Numbers("z", [2, 3])], Unlabelled with { X = "z" }, train).Source, StringComparison.Ordinal);
        Assert.Contains("x = x (", Assemble([Numbers("x", [2, 3])], Unlabelled with { X = "z" }, train).Source, StringComparison.Ordinal);

        // Of several arrays the one that has the features of the training samples.
        Assert.Contains("x = b (", Assemble([Numbers("a", [2, 1]), Numbers("b", [2, 3]), Texts("c", "a", "b")], Unlabelled, train).Source, StringComparison.Ordinal);
        Assert.StartsWith("f: it is unclear which array is the features.", Error([Numbers("a", [2, 1]), Numbers("b", [2, 3])], Unlabelled), StringComparison.Ordinal);
        Assert.StartsWith("f: there is no array 'z'.", Error([Numbers("x", [2, 3])], Unlabelled with { X = "z" }), StringComparison.Ordinal);
        Assert.StartsWith("f: 'x' holds string and cannot be the features.", Error([Texts("x", "a")], Unlabelled), StringComparison.Ordinal);
    }

    [Fact]
    public void Missing_numbers_are_refused_dropped_filled_in_or_let_pass()
    {
        StoredArray y = Numbers("y", [3], 0, 1, 1);
        StoredArray[] arrays = [Numbers("x", [3, 2], 1, double.NaN, 3, 4, double.NaN, 8), y];
        Assert.Equal(
            "f: 2 missing value(s): row 1, feature 2; row 3, feature 1. Leave their rows out with --missing drop, fill in means with --missing mean, or let them pass as nan with --allow-nan.",
            Error(arrays));
        LoadedData dropped = Assemble(arrays, new DataOptions { Missing = MissingValues.Drop });
        Assert.Equal([3.0, 4.0], dropped.Data.Values.ToArray());
        Assert.Equal(["1"], dropped.Data.Classes);
        Assert.Equal("f: left out 2 of 3 samples, which lack values.", Assert.Single(dropped.Notes));
        Dataset gaps = Assemble(arrays, new DataOptions { Missing = MissingValues.Mean }).Data;
        Assert.Equal([1, 6, 3, 4, 2, 8], gaps.FillMissing(gaps).Values.ToArray());
        Assert.Equal(3, Assemble(arrays, new DataOptions { AllowNaN = true }).Data.SampleCount);
    }

    [Fact]
    public void Infinite_numbers_are_refused_even_where_missing_ones_are_not()
    {
        StoredArray[] arrays = [Numbers("x", [2, 2], 1, double.PositiveInfinity, double.NaN, 4), Numbers("y", [2], 0, 1)];
        Assert.Equal("f: 1 infinite value(s): row 1, feature 2. Correct them, or let them pass with --allow-nan.", Error(arrays, new DataOptions { Missing = MissingValues.Drop }));
        Assert.Equal(2, Assemble(arrays, new DataOptions { AllowNaN = true }).Data.SampleCount);
    }

    [Fact]
    public void Features_may_have_names()
    {
        StoredArray[] arrays = [Numbers("x", [2, 2], 1, 2, double.NaN, 4), Numbers("y", [2], 0, 1), Texts("feature_names", "length", "width")];
        Assert.Contains("row 2, feature length", Error(arrays), StringComparison.Ordinal);
        Assert.Equal("width", Assemble(arrays, new DataOptions { AllowNaN = true }).Data.FeatureNames[1]);
    }

    private static LoadedData Assemble(StoredArray[] arrays, DataOptions? options = null, Dataset? train = null) =>
        ArrayData.Assemble("f", "NPZ", "n", arrays, options ?? new DataOptions(), train);

    private static string Error(StoredArray[] arrays, DataOptions? options = null, Dataset? train = null) =>
        Assert.Throws<StepZeroException>(() => Assemble(arrays, options, train)).Message;

    private static StoredArray Numbers(string name, long[] shape, params double[] values) =>
        new(name, "float64", ElementKind.Number, shape) { Read = () => values.Length > 0 ? values.ToArray() : new double[shape.Aggregate(1L, (all, size) => all * size)] };

    private static StoredArray Bytes(string name, long[] shape, params byte[] values) =>
        new(name, "uint8", ElementKind.Byte, shape) { Read = () => values.Length > 0 ? values.ToArray() : new byte[shape.Aggregate(1L, (all, size) => all * size)] };

    private static StoredArray Texts(string name, params string[] texts) => new(name, "string", ElementKind.Text, [texts.Length]) { Read = () => texts };

    /// <summary>An array that must not be read.</summary>
    private static StoredArray Claim(string name, long[] shape) =>
        new(name, "float64", ElementKind.Number, shape) { Read = () => throw new InvalidOperationException("was read") };
}
