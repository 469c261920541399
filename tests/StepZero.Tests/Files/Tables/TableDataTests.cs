using StepZero.Data;
using StepZero.Files;
using StepZero.Files.Tables;

namespace StepZero.Tests.Files.Tables;

/// <summary>How the columns of a table become features and classes.</summary>
public sealed class TableDataTests
{
    private static readonly DataOptions Unlabelled = new() { Unlabelled = true };

    private static readonly Column Age = Numbers("age", 30, 40, 50);
    private static readonly Column Color = Texts("color", "red", "blue", "red");
    private static readonly Column Sick = Texts("sick", "yes", "no", "no");

    [Fact]
    public void Texts_become_one_feature_a_category_and_the_last_column_is_the_target()
    {
        Dataset data = Assemble([Age, Color, Sick]).Data;
        Assert.Equal([30, 0, 1, 40, 1, 0, 50, 0, 1], data.Values.ToArray());
        Assert.Equal(["age", "color=blue", "color=red"], data.FeatureNames);
        Assert.Equal([1, 0, 0], data.Labels.ToArray());
        Assert.Equal(["no", "yes"], data.Classes);
        Assert.Equal("yes", data.Positive);
        Assert.Equal(["blue", "red"], data.Columns![1].Categories);
    }

    [Theory]
    [InlineData("age", 4, "30")]
    [InlineData("color", 3, "blue")]
    [InlineData(null, 3, "no")]
    public void The_target_is_chosen_by_name(string? target, int features, string firstClass)
    {
        Dataset data = Assemble([Age, Color, Sick], new DataOptions { Target = target }).Data;
        Assert.Equal(firstClass, data.Classes[0]);
        Assert.Equal(features, data.FeatureCount);
        Assert.Equal(target ?? "sick", data.Target);
    }

    [Fact]
    public void Without_a_header_columns_are_called_by_their_numbers_whatever_is_left_out()
    {
        Table table = new([Numbers("2", 1, 2), Numbers("3", 0, 1), Numbers("4", 5, 6)], HasNames: false, []);
        Dataset data = TableData.Assemble("t", "CSV", "n", table, new DataOptions { Target = "3" }, train: null).Data;
        Assert.Equal(["2", "4"], data.FeatureNames);
        Assert.Equal([0, 1], data.Labels.ToArray());
    }

    [Theory]
    [InlineData("no yes", "yes")]
    [InlineData("False True", "True")]
    [InlineData("negative positive", "positive")]
    [InlineData("cat dog", "cat")]
    public void Of_two_names_the_one_that_says_yes_is_positive_or_the_first(string names, string positive) =>
        Assert.Equal(positive, Assemble([Numbers("a", 1, 2), Texts("y", names.Split(' '))]).Data.Positive);

    [Fact]
    public void True_and_false_are_one_and_zero()
    {
        Dataset data = Assemble([Texts("smokes", "True", "false", null), Sick], new DataOptions { AllowNaN = true }).Data;
        Assert.Equal([1, 0, double.NaN], data.Values.ToArray());
        Assert.Equal(["smokes"], data.FeatureNames);
    }

    [Fact]
    public void Texts_that_look_like_numbers_are_pointed_out()
    {
        LoadedData loaded = Assemble([Texts("price", "1,5", "2,5", "-3,5"), Sick]);
        Assert.Equal("t: column 'price' looks like numbers, such as '1,5', but is none that can be read: its 3 texts became categories.", Assert.Single(loaded.Notes));
    }

    [Fact]
    public void An_unknown_target_names_the_columns() =>
        Assert.Equal(
            "t: Unknown column 'sik'; did you mean 'sick'? Known: age, color, sick. Choose the target with --target.", Error([Age, Color, Sick], new DataOptions { Target = "sik" }));

    [Fact]
    public void A_target_alone_is_no_table() =>
        Assert.Equal("t: has one column, 'sick', which is the target; expected columns of features beside it.", Error([Sick]));

    [Fact]
    public void Numbers_of_the_target_are_classes()
    {
        Dataset data = Assemble([Age, Numbers("class", 2, 1, 2)]).Data;
        Assert.Equal(["1", "2"], data.Classes);
        Assert.Equal("2", data.Positive);
        Assert.Equal(
            "t: column 'class': row 2 holds 0.5; expected a whole number for each class. Choose another column or array as the target.",
            Error([Age, Numbers("class", 2, 0.5, 2)], new DataOptions { Targets = TargetKind.Classes }));
    }

    [Fact]
    public void Numbers_of_the_target_may_be_predicted()
    {
        LoadedData loaded = Assemble([Age, Color, Numbers("price", 2, 0.5, 3)]);
        Assert.Equal([2, 0.5, 3], loaded.Data.Targets!);
        Assert.Equal(("price", "CSV, target = column 'price'"), (loaded.Data.Target, loaded.Source));
        Assert.Equal("t: column 'price': row 2 holds 0.5, so it was taken for numbers to predict.", Assert.Single(loaded.Notes));
        Dataset whole = Assemble([Age, Numbers("y", 2, 1, 2)], new DataOptions { Targets = TargetKind.Numbers }).Data;
        Assert.Equal([2, 1, 2], whole.Targets!);
        Assert.Equal([1, 0], Assemble([Numbers("a", 1, 2), Texts("y", "True", "false")], new DataOptions { Targets = TargetKind.Numbers }).Data.Targets!);
        Assert.Equal(
            "t: column 'sick': row 1 holds the text 'yes'; expected numbers to predict. Choose another column or array as the target.",
            Error([Age, Sick], new DataOptions { Targets = TargetKind.Numbers }));
    }

    [Fact]
    public void Test_samples_are_predicted_where_the_training_samples_are()
    {
        Dataset train = Assemble([Age, Numbers("price", 2, 0.5, 3)]).Data;
        LoadedData test = Assemble([Numbers("age", 1, 2), Numbers("price", 1, 0)], train: train);
        Assert.Equal([1, 0], test.Data.AsTestOf(train).Targets!);
        Assert.Empty(test.Notes);
        Assert.Equal(
            "t: column 'price': row 1 holds the text 'dear'; expected numbers to predict as in 'n'. Choose another column or array as the target.",
            Error([Numbers("age", 1), Texts("price", "dear")], train: train));
        Dataset classes = Assemble([Age, Numbers("price", 2, 1, 2)]).Data;
        Assert.StartsWith("t: column 'price': row 1 holds 0.5; expected a whole number for each class.", Error([Numbers("age", 1), Numbers("price", 0.5)], train: classes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_target_that_does_not_matter_is_left_out_and_need_not_be_there()
    {
        Dataset train = Assemble([Age, Sick, Color], new DataOptions { Target = "sick" }).Data;
        foreach (Column[] columns in (Column[][])[[Age, Color], [Age, Color, Texts("sick", "maybe", null, "")], [Numbers("sick", 0.5, 7, double.NaN), Age, Color]])
        {
            LoadedData loaded = Assemble(columns, Unlabelled, train);
            Assert.Equal([30, 0, 1, 40, 1, 0, 50, 0, 1], loaded.Data.Values.ToArray());
            Assert.Equal("CSV, without targets", loaded.Source);
            Assert.Equal([0, 0, 0], loaded.Data.Labels.ToArray());
        }

        Assert.StartsWith("t: has the column height, unknown there; 'n' has the columns age, color. Leave it out with --ignore height.", Error([Age, Color, Numbers("height", 1, 2, 3)], Unlabelled, train), StringComparison.Ordinal);
        Assert.Equal(["age", "color=blue", "color=red"], Assemble([Age, Color], Unlabelled).Data.FeatureNames);
        Assert.Equal(["age"], Assemble([Color, Age], Unlabelled with { Target = "color" }).Data.FeatureNames);
        Assert.Equal([30, 40, 50], Assemble([Age], Unlabelled).Data.Values.ToArray());
    }

    [Theory]
    [InlineData("3", "1 2", 2, "1 2")]
    [InlineData("3", "1 2", 3, "1 2")]
    [InlineData("1", "2 3", 2, "1 2")]
    [InlineData("1", "2 3", 3, "2 3")]
    [InlineData("7", "1 5", 3, "1 2")]
    [InlineData("y", "a b", 3, "1 2")]
    [InlineData("y", "a b", 2, "1 2")]
    public void Without_a_header_the_number_of_columns_tells_whether_there_is_a_target(string target, string trained, int columns, string taken)
    {
        Column[] trainColumns = [.. trained.Split(' ').Select(name => Numbers(name, 1, 2)), Numbers(target, 0, 1)];
        Dataset train = Assemble(trainColumns, new DataOptions { Target = target }).Data;
        Table table = new([.. Enumerable.Range(1, columns).Select(number => Numbers($"{number}", number, number))], HasNames: false, []);
        Dataset data = TableData.Assemble("t", "CSV", "n", table, Unlabelled, train).Data;
        Assert.Equal(string.Join(' ', data.Values[..2].ToArray()), taken);
        Assert.Equal(trained, string.Join(' ', data.FeatureNames));
    }

    [Fact]
    public void Missing_values_are_counted_and_placed_dropped_or_filled_in()
    {
        Column[] columns = [Numbers("age", 30, double.NaN, 50), Texts("color", "red", "blue", null), Sick];
        Assert.Equal(
            "t: 3 missing value(s): row 2, column 'age'; row 3, column 'color=blue'; row 3, column 'color=red'. "
            + "Leave their rows out with --missing drop, fill in means with --missing mean, or let them pass as nan with --allow-nan.", Error(columns));
        LoadedData dropped = Assemble(columns, new DataOptions { Missing = MissingValues.Drop });
        Assert.Equal([30, 0, 1], dropped.Data.Values.ToArray());
        Assert.Equal("t: left out 2 of 3 rows, which lack values.", Assert.Single(dropped.Notes));
        Dataset gaps = Assemble(columns, new DataOptions { Missing = MissingValues.Mean }).Data;
        Dataset filled = gaps.FillMissing(gaps);
        Assert.Equal([30, 0, 1, 40, 1, 0, 50, 0.5, 0.5], filled.Values.ToArray());
        Dataset test = Assemble([Numbers("age", double.NaN), Texts("color", [null]), Texts("sick", "yes")], new DataOptions { Missing = MissingValues.Mean }, gaps).Data;
        Assert.Equal([40, 0.5, 0.5], test.FillMissing(gaps).Values.ToArray());
        Assert.Equal([40, 0.5, 0.5], test.FillMissing(filled).Values.ToArray());
        Dataset empty = Assemble([Numbers("void", double.NaN, double.NaN, double.NaN), Sick], new DataOptions { Missing = MissingValues.Mean }).Data;
        Assert.Equal(
            "'n': feature 'void' has no value in any training sample, so no mean. Leave it out with --ignore.",
            Assert.Throws<StepZeroException>(() => empty.FillMissing(empty)).Message);
        Assert.Equal(
            "t: each of the 3 rows lacks a value. Fill in means with --missing mean, or leave features out.",
            Error([Numbers("void", double.NaN, double.NaN, double.NaN), Sick], new DataOptions { Missing = MissingValues.Drop }));
    }

    [Fact]
    public void A_missing_target_is_refused_or_its_row_dropped()
    {
        Column[] columns = [Age, Texts("sick", "yes", null, "no")];
        Assert.Equal(
            "t: column 'sick', the target, lacks 1 value(s), the first in row 2. Leave such rows out with --missing drop, or choose another column with --target.",
            Error(columns, new DataOptions { Missing = MissingValues.Mean }));
        Assert.Equal([30, 50], Assemble(columns, new DataOptions { Missing = MissingValues.Drop }).Data.Values.ToArray());
        Assert.StartsWith(
            "t: column 'y': row 3 holds 0.5;", Error([Age, Numbers("y", double.NaN, 1, 0.5)], new DataOptions { Missing = MissingValues.Drop, Targets = TargetKind.Classes }), StringComparison.Ordinal);
        LoadedData numbers = Assemble([Age, Numbers("y", double.NaN, 1, 0.5)], new DataOptions { Missing = MissingValues.Drop });
        Assert.Equal([1, 0.5], numbers.Data.Targets!);
        Assert.Equal([40, 50], numbers.Data.Values.ToArray());
    }

    [Fact]
    public void Test_samples_have_the_columns_and_categories_of_the_training_samples()
    {
        Dataset train = Assemble([Age, Color, Sick]).Data;
        Dataset test = Assemble([Numbers("age", 1), Texts("color", "red"), Texts("sick", "yes")], train: train).Data.AsTestOf(train);
        Assert.Equal([1, 0, 1], test.Values.ToArray());
        Assert.Equal([1], test.Labels.ToArray());
        Assert.Equal(
            "t: feature column 1 is 'color'; expected 'age' as in 'n'. Give both files the same columns in the same order.", Error([Color, Age, Sick], train: train));
        Assert.Equal(
            "t: lacks the column color; 'n' has the columns age, color. Give both the same columns.", Error([Age, Sick], train: train));
        Assert.StartsWith("t: Unknown column 'sick'; did you mean 'sik'?", Error([Age, Color, Texts("sik", "yes", "no", "no")], train: train), StringComparison.Ordinal);
        Assert.Equal(
            "t: column 'color' holds 'green' in row 1, which the training samples do not have; expected blue, red.",
            Error([Numbers("age", 1), Texts("color", "green"), Texts("sick", "yes")], train: train));
        Assert.Equal(
            "t: column 'age' holds the text 'old' in row 1; expected numbers as in 'n'.",
            Error([Texts("age", "old"), Texts("color", "red"), Texts("sick", "yes")], train: train));
        Assert.Equal(
            "Test data 'n' have a class 'maybe' that 'n' has not; expected no, yes.",
            Assert.Throws<StepZeroException>(() => Assemble([Numbers("age", 1), Texts("color", "red"), Texts("sick", "maybe")], train: train).Data.AsTestOf(train)).Message);
    }

    [Fact]
    public void A_column_of_a_thousand_texts_is_no_category()
    {
        string[] texts = [.. Enumerable.Range(0, 1001).Select(i => $"name {i}")];
        Column target = Numbers("y", [.. texts.Select((_, i) => i % 2.0)]);
        Assert.Equal(
            "t: column 'id' holds 1001 different texts, such as 'name 0'; expected numbers, or at most 1000 categories. Leave it out with --ignore id.",
            Error([Texts("id", texts), target]));
    }

    [Fact]
    public void Many_rows_keep_their_order()
    {
        const int Rows = 1500;
        double[] first = [.. Enumerable.Range(0, Rows).Select(i => (double)i)], second = [.. first.Select(value => -value)];
        Dataset data = Assemble([new Column("a", first, null), new Column("b", second, null), Numbers("y", [.. first.Select(value => value % 2)])]).Data;
        Assert.All(Enumerable.Range(0, Rows), i => Assert.Equal((i, -i), (data.Values[2 * i], data.Values[(2 * i) + 1])));
    }

    private static LoadedData Assemble(Column[] columns, DataOptions? options = null, Dataset? train = null) =>
        TableData.Assemble("t", "CSV", "n", new Table(columns, HasNames: true, []), options ?? new DataOptions(), train);

    private static string Error(Column[] columns, DataOptions? options = null, Dataset? train = null) =>
        Assert.Throws<StepZeroException>(() => Assemble(columns, options, train)).Message;

    private static Column Numbers(string name, params double[] values) => new(name, values, null);

    private static Column Texts(string name, params string?[] texts) => new(name, null, texts);
}
