using StepZero.Data;
using StepZero.Files;

namespace StepZero.Tests.Files;

/// <summary>Samples from files and sets of every kind, whose targets are numbers or do not matter.</summary>
public sealed class DataSourceTests : IDisposable
{
    private static readonly DataOptions Unlabelled = new() { Unlabelled = true };

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Samples_with_numbers_to_predict_are_read_as_they_were_written()
    {
        Dataset data = Load("house.csv", "rooms,place,price\n1,a,2.5\n2,b,7\n3,a,-0.125\n").Data;
        Assert.Equal([2.5, 7, -0.125], data.Targets!);
        Dataset back = Saved(data);
        Assert.Equal(data.Targets, back.Targets);
        Assert.Equal(data.Values.ToArray(), back.Values.ToArray());
        Assert.Equal(["rooms", "place=a", "place=b"], back.FeatureNames);
        Assert.Equal(DataHash.Of(data), DataHash.Of(back));
    }

    [Fact]
    public void The_hash_knows_the_numbers_to_predict()
    {
        Dataset data = Dataset.FromValues("d", [1, 2], 1, [0, 0], [""]);
        string[] hashes = [.. new Dataset[] { data, data.WithTargets([0, 0]), data.WithTargets([0, 0.5]), data.WithTargets([0.5, 0]) }.Select(DataHash.Of)];
        Assert.Equal(4, hashes.Distinct().Count());
        Assert.Equal(hashes[2], DataHash.Of(Dataset.FromValues("e", [1, 2], 1, [1, 0], ["a", "b"]).WithTargets([0, 0.5])));
    }

    [Fact]
    public void A_table_whose_target_is_a_number_serves_as_test_data_whatever_it_holds()
    {
        Dataset train = Load("train.csv", "p,y\n1,0.5\n2,1\n3,2\n").Data;
        Assert.Equal([1, 0], Load("test.csv", "p,y\n5,1\n6,0\n", train: train).Data.Targets!);
        Assert.Equal([1, 0], Load("bare.csv", "5,1\n6,0\n", train: Load("bare-train.csv", "1,0.5\n2,1\n").Data).Data.Targets!);
        string text = Assert.Throws<StepZeroException>(() => Load("words.csv", "p,y\n5,dear\n6,cheap\n", train: train)).Message;
        Assert.Equal(
            $"{folder}/words.csv: column 'y': row 1 holds the text 'dear'; expected numbers to predict as in 'train'. Choose another column or array as the target.", text);
    }

    [Theory]
    [InlineData("p,kind\n5,a\n6,b\n")]
    [InlineData("p,kind,y\n5,a,1\n6,b,0\n")]
    [InlineData("y,p,kind\nmany,5,a\n1,6,b\n2,7,a\n")]
    [InlineData("p,kind,y\n5,a,\n6,b,\n")]
    public void A_table_without_its_target_or_with_anything_in_it_can_be_asked_about(string text)
    {
        Dataset train = Load("train.csv", "p,kind,y\n1,a,no\n2,b,yes\n3,a,no\n").Data.WithoutSamples();
        LoadedData loaded = Load("new.csv", text, Unlabelled, train);
        Assert.Equal([5, 1, 0, 6, 0, 1], loaded.Data.Values[..6].ToArray());
        Assert.Equal(["no", "yes"], loaded.Data.Classes);
        Assert.Equal("CSV, without targets", loaded.Source);
        Assert.Equal(new int[loaded.Data.SampleCount], loaded.Data.Labels.ToArray());
        Dataset numbers = Load("numbers.csv", "p,kind,y\n1,a,0.5\n2,b,1\n").Data.WithoutSamples();
        Assert.Equal(new double[loaded.Data.SampleCount], Load("new.csv", text, Unlabelled, numbers).Data.Targets!);
    }

    [Fact]
    public void A_table_of_one_feature_without_a_header_can_be_asked_about()
    {
        Dataset train = Load("train.csv", "1,0\n2,1\n3,0\n").Data.WithoutSamples();
        Assert.Equal([7, 8], Load("new.csv", "7\n8\n", Unlabelled, train).Data.Values.ToArray());
        Assert.Equal([7, 8], Load("full.csv", "7,1\n8,1\n", Unlabelled, train).Data.Values.ToArray());
    }

    /// <summary>Column 1 was the target, and is a feature where there is none.</summary>
    [Fact]
    public void Numbers_of_columns_change_with_what_is_there()
    {
        Dataset train = Load("train.csv", "0,1,5\n1,2,6\n0,3,7\n", new DataOptions { Target = "1" }).Data.WithoutSamples();
        Assert.Equal([8, 9, 10, 11], Load("new.csv", "8,9\n10,11\n", Unlabelled, train).Data.Values.ToArray());
        Assert.Equal([8, 9, 10, 11], Load("full.csv", "1,8,9\n0,10,11\n", Unlabelled, train).Data.Values.ToArray());
    }

    [Fact]
    public void An_array_alone_is_what_the_model_takes()
    {
        Dataset matrix = Dataset.FromValues("m", [1, 2, 3, 4, 5, 6], 2, [0, 1, 0], ["a", "b"]);
        string x = Npy("x.npy", 3, 2);
        Assert.Equal([0, 1, 2, 3, 4, 5], DataSource.Load(x, 1, Unlabelled, matrix.WithoutSamples()).Data.Values.ToArray());
        Dataset table = Load("train.csv", "p,q,y\n1,2,0\n3,4,1\n").Data.WithoutSamples();
        Assert.Equal(["p", "q"], DataSource.Load(x, 1, Unlabelled, table).Data.FeatureNames);
        Assert.Equal([0, 1, 3, 4], DataSource.Load(Npy("xy.npy", 2, 3), 1, Unlabelled, table).Data.Values.ToArray());
        Assert.Equal(2, DataSource.Load(x, 1, Unlabelled).Data.FeatureCount);
    }

    [Fact]
    public void Sets_can_be_asked_about_whatever_the_classes_are_called()
    {
        Dataset animals = Load("train.csv", "1,2,cat\n3,4,dog\n").Data.WithoutSamples();
        Dataset moons = DataSource.Load("moons:10:0.1", 1, Unlabelled, animals).Data;
        Assert.Equal(["cat", "dog"], moons.Classes);
        Assert.Equal(animals.Positive, moons.Positive);
        Assert.Equal(10, moons.SampleCount);
    }

    [Fact]
    public void Noise_has_numbers_to_predict_and_no_classes()
    {
        Assert.NotNull(DataSource.Load("noise:9:2", 1, new DataOptions()).Data.Targets);
        Assert.Equal(
            "'noise:9:2': the targets are numbers to predict; expected classes. Use --loss mse, and leave --positive out.",
            Assert.Throws<StepZeroException>(() => DataSource.Load("noise:9:2", 1, new DataOptions { Targets = TargetKind.Classes })).Message);
    }

    [Fact]
    public void Built_in_tables_and_sets_have_classes_whatever_is_wished()
    {
        var numbers = new DataOptions { Targets = TargetKind.Numbers };
        Assert.Equal((10, null), (DataSource.Load("digits", 1, numbers).Data.Classes.Count, DataSource.Load("digits", 1, numbers).Data.Targets));
        Assert.Null(DataSource.Load("moons", 1, numbers).Data.Targets);
    }

    private LoadedData Load(string name, string text, DataOptions? options = null, Dataset? train = null)
    {
        string path = Path.Combine(folder, name);
        File.WriteAllText(path, text);
        return DataSource.Load(path, 1, options ?? new DataOptions(), train);
    }

    private Dataset Saved(Dataset data)
    {
        string path = Path.Combine(folder, "saved.npz");
        DataFile.Write(path, data);
        return DataSource.Load(path, 1, new DataOptions()).Data;
    }

    /// <summary>A .npy file of 0, 1, 2, …</summary>
    private string Npy(string name, int rows, int columns)
    {
        string header = $"{{'descr': '<f8', 'fortran_order': False, 'shape': ({rows}, {columns}), }}".PadRight(117) + "\n";
        string path = Path.Combine(folder, name);
        File.WriteAllBytes(path, [0x93, .. "NUMPY"u8, 1, 0, 118, 0, .. System.Text.Encoding.ASCII.GetBytes(header), .. Enumerable.Range(0, rows * columns).SelectMany(i => BitConverter.GetBytes((double)i))]);
        return path;
    }
}
