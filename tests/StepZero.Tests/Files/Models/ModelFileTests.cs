using System.IO.Compression;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StepZero.Data;
using StepZero.Files.Models;
using StepZero.Networks;

namespace StepZero.Tests.Files.Models;

/// <summary>Models are kept and read again. Golden files: make_model_golden.py.</summary>
public sealed class ModelFileTests : IDisposable
{
    private static readonly string[] Endings = [".safetensors", ".npz"];
    private static readonly JsonSerializerOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public static TheoryData<string> Names => [.. SampleModels.Names];

    public static MatrixTheoryData<string, string> Kept => new(SampleModels.Names, Endings);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_model_is_read_as_it_was_written(string name, string ending)
    {
        Model model = SampleModels.Of(name);
        ModelFile.Write(In("m" + ending), model);
        AssertSame(model, ModelFile.Read(In("m" + ending)));
        Assert.Equal(["m" + ending], Directory.GetFiles(folder).Select(Path.GetFileName));
        byte[] first = File.ReadAllBytes(In("m" + ending));
        ModelFile.Write(In("n" + ending.ToUpperInvariant()), model);
        Assert.Equal(first, File.ReadAllBytes(In("n" + ending.ToUpperInvariant())));
    }

    [Theory]
    [MemberData(nameof(Kept))]
    public void A_model_that_Python_wrote_is_read(string name, string ending)
    {
        File.WriteAllBytes(In("m"), GoldenOf(name, ending[1..]));
        AssertSame(SampleModels.Of(name), ModelFile.Read(In("m")));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void A_safetensors_file_has_the_bytes_that_Python_writes(string name)
    {
        ModelFile.Write(In("m.safetensors"), SampleModels.Of(name));
        Assert.Equal(GoldenOf(name, "safetensors"), File.ReadAllBytes(In("m.safetensors")));
    }

    [Theory]
    [InlineData("\"schema\":1", "\"schema\":2", "schema 2; this version reads schema 1. Use the version that wrote it.")]
    [InlineData("\"schema\":1", "\"scheme\":1", "the text of the model has no \"schema\". Save the model again.")]
    [InlineData("\"tanh\"", "\"tan\"", "Unknown activation 'tan'; did you mean 'tanh'? Known: ")]
    [InlineData("binary_cross_entropy", "hinge", "Unknown loss 'hinge'. Known: binary_cross_entropy, cross_entropy, mse.")]
    [InlineData("binary_cross_entropy", "cross_entropy", "the network has 1 output(s); expected one for each of two classes or more with the loss cross_entropy. Save the model again.")]
    [InlineData("[12,3,1]", "[12,4,1]", "tensor 'layers.0.weight' has the shape 3×12; the network wants 4×12. Save the model again.")]
    [InlineData("[12,3,1]", "[12,3,1,1]", "there is no tensor 'layers.2.weight'; expected one of shape 1×1. Save the model again.")]
    [InlineData("[12,3,1]", "[12,1]", "tensor 'layers.0.weight' has the shape 3×12; the network wants 1×12. Save the model again.")]
    [InlineData("[12,3,1]", "[12]", "the text of the model has \"network.layerSizes\" = [12]; expected at least the number of inputs and of outputs. Save the model again.")]
    [InlineData("[12,3,1]", "[12,0,1]", "the text of the model has \"network.layerSizes[1]\" = 0; expected a whole number above 0. Save the model again.")]
    [InlineData("[12,3,1]", "[12,3e9,1]", "the text of the model has \"network.layerSizes[1]\" = 3e9; expected a whole number above 0. Save the model again.")]
    [InlineData("[12,3,1]", "[12,2000000000,1]", "tensor 'layers.0.weight' has the shape 3×12; the network wants 2000000000×12. Save the model again.")]
    [InlineData("\"divisor\":255", "\"divisor\":0", "the text of the model has \"scaling.divisor\" = 0; expected a finite number other than 0. Save the model again.")]
    [InlineData("\"divisor\":255", "\"divisor\":1e999", "the text of the model has \"scaling.divisor\" = 1e999; expected a finite number other than 0. Save the model again.")]
    [InlineData("\"mean\":false", "\"mean\":true", "there is no tensor 'scaling.mean'; expected one of shape 12. Save the model again.")]
    [InlineData("\"mean\":false", "\"mean\":0", "the text of the model has \"scaling.mean\" = 0; expected true or false. Save the model again.")]
    [InlineData("\"bytes\"", "\"bites\"", "the text of the model has \"features.type\" = \"bites\"; expected \"numbers\", or \"bytes\" without a name of the target. Save the model again.")]
    [InlineData("\"width\":2", "\"width\":3", "the text of the model has \"features.imageSize\" = {\"width\":3,\"height\":2,\"channels\":3,\"channelsFirst\":false}; expected a size of 12 values, as the network has inputs. Save the model again.")]
    [InlineData("\"columns\":null", "\"columns\":[]", "the text of the model has \"features.columns\" = []; expected columns of numbers that make 12 features, as the network has inputs. Save the model again.")]
    [InlineData("[\"cat\",\"dog\"]", "[]", "the text of the model has \"target.classes\" = []; expected at least one class. Save the model again.")]
    [InlineData("[\"cat\",\"dog\"]", "null", "the text of the model has \"target.classes\" = null; expected at least one class. Save the model again.")]
    [InlineData("[\"cat\",\"dog\"]", "[\"dog\",\"dog\"]", "the text of the model has \"target.classes\" = [\"dog\",\"dog\"]; expected names that differ. Save the model again.")]
    [InlineData("\"positive\":\"dog\"", "\"positive\":\"dig\"", "Unknown class in 'pets' 'dig'; did you mean 'dog'? Known: cat, dog.")]
    [InlineData("\"data\":\"pets\"", "\"data\":\"pets\",\"data\":\"\"", "is damaged; expected a model that is whole (Duplicate property 'data' encountered during deserialization). Write or copy it again.")]
    public void A_text_that_does_not_fit_is_refused(string found, string replaced, string message)
    {
        Model model = SampleModels.Of("pictures");
        model = model with { Form = Dataset.FromBytes("pets", [], 12, [], ["cat", "dog"], new ImageSize(2, 2)).WithPositive("dog") };
        string text = ModelText.Write(model);
        Assert.Contains(found, text, StringComparison.Ordinal);
        WriteText(model, text.Replace(found, replaced, StringComparison.Ordinal));
        Assert.StartsWith($"{In("m")}: {message}", Assert.Throws<StepZeroException>(() => ModelFile.Read(In("m"))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void As_many_classes_as_outputs_are_wanted_and_no_tensor_more()
    {
        Model model = SampleModels.Of("table");
        string text = ModelText.Write(model);
        WriteText(model, text.Replace("\"a\",\"b, c\",\"\"", "\"a\",\"b, c\"", StringComparison.Ordinal));
        AssertRefused("the text of the model has \"target.classes\" = [\"a\",\"b, c\"]; expected 3 classes, as the network has outputs. Save the model again.");
        WriteText(model, text.Replace("\"inverseDeviation\":true", "\"inverseDeviation\":false", StringComparison.Ordinal));
        AssertRefused("tensor 'scaling.inverse_deviation' has no place in this model. Save the model again.");
        ModelFile.Write(In("m.npz"), model with { Scaling = model.Scaling with { Means = [1, 2] } });
        File.Move(In("m.npz"), In("m"), overwrite: true);
        AssertRefused("tensor 'scaling.mean' has the shape 2; the network wants 3. Save the model again.");
    }

    [Fact]
    public void Weights_of_others_are_no_model_but_can_start_one()
    {
        JsonElement weights = Repository.Golden("models.json").GetProperty("weights");
        foreach (string name in (string[])["sequential", "sequential.npz"])
        {
            File.WriteAllBytes(In("m"), weights.GetProperty(name).GetProperty("file").GetBytesFromBase64());
            AssertRefused($"holds tensors, but no model of StepZero: there is no text 'stepzero.model' that says what the network takes and answers. Its weights can start a network with --init file:{In("m")}.");
        }
    }

    [Fact]
    public void Something_else_is_refused()
    {
        File.WriteAllText(In("m"), "width,color\n1,2\n");
        AssertRefused("begins with 77696474682C636F6C, as neither a .safetensors nor a .npz file does; expected one of these. Give a file of weights.");
        File.WriteAllBytes(In("m"), []);
        AssertRefused("the file is empty, or no ordinary file; expected a .safetensors or .npz file of weights.");
        File.Delete(In("m"));
        Assert.StartsWith($"{In("m")}: there is no such file; ", Assert.Throws<StepZeroException>(() => ModelFile.Read(In("m"))).Message, StringComparison.Ordinal);
        using (var file = new FileStream(In("m"), FileMode.Create))
        using (var zip = new ZipArchive(file, ZipArchiveMode.Create))
        {
            zip.CreateEntry("archive/data.pkl");
        }

        AssertRefused("holds no arrays: expected members that end in .npy, found 'archive/data.pkl'. It is a PyTorch file, whose reading can run code: save the state_dict with safetensors.torch.save_file.");
    }

    [Theory]
    [InlineData(".safetensors")]
    [InlineData(".npz")]
    public void Names_of_any_letters_are_kept_and_half_a_pair_becomes_a_replacement(string ending)
    {
        Model model = SampleModels.Of("prices");
        string[] names = ["\u0001\t\n\"\\\u2028<é", "😀 ", "\uD800", "Ω\0"];
        Dataset form = Dataset.FromValues(names[0], [], 2, [], names, null, [new TableColumn(names[3], names[..2])], names[1]);
        ModelFile.Write(In("m" + ending), model with { Form = form });
        Dataset read = ModelFile.Read(In("m" + ending)).Form;
        Assert.Equal([names[0], names[1], "\uFFFD", names[3]], read.Classes);
        Assert.Equal((names[0], names[1], names[3]), (read.Name, read.Target, read.Columns![0].Name));
        Assert.Equal(names[..2], read.Columns[0].Categories);
    }

    [Fact]
    public void Weights_that_are_not_finite_are_read_as_they_are()
    {
        Model model = SampleModels.Of("prices");
        model.Parameters.Weights[0][1] = double.NaN;
        model.Parameters.Biases[0][0] = double.NegativeInfinity;
        ModelFile.Write(In("m.npz"), model);
        AssertSame(model, ModelFile.Read(In("m.npz")));
    }

    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.npz")]
    public void The_means_of_the_training_samples_are_kept_and_fill_gaps(string name)
    {
        Dataset train = Dataset.FromValues("d", [1, double.NaN, 3, 5, 8, 7, 0, double.NaN], 2, [0, 1, 0, 1], ["a", "b"]);
        var architecture = new Architecture(2, [], Activation.Tanh);
        var model = Model.Of(architecture, new Parameters(architecture), new FittedScaling(1, null, null), train);
        Assert.Equal([3, 6], model.Form.FeatureMeans!);
        ModelFile.Write(In(name), model);
        Model read = ModelFile.Read(In(name));
        AssertSame(model, read);
        Dataset gaps = Dataset.FromValues("gaps", [double.NaN, 2, 1, double.NaN], 2, [0, 0], ["a", "b"]);
        Assert.Equal([3, 2, 1, 6], gaps.FillMissing(read.Form).Values.ToArray());
        Assert.Equal(gaps.FillMissing(train).Values.ToArray(), gaps.FillMissing(read.Form).Values.ToArray());
        Assert.Equal(model.Form.FeatureMeans!, read.Form.WithoutSamples().FeatureMeans!);
    }

    [Fact]
    public void A_place_that_cannot_be_written_is_refused_before_training()
    {
        Directory.CreateDirectory(In("sub.npz"));
        Assert.Equal($"{In("m.txt")}: expected a name that ends in .safetensors, .npz, .onnx.", Assert.Throws<StepZeroException>(() => ModelFile.Check(In("m.txt"))).Message);
        Assert.Equal($"{In("sub.npz")}: is a folder; expected a file to write to.", Assert.Throws<StepZeroException>(() => ModelFile.Check(In("sub.npz"))).Message);
        Assert.StartsWith($"{In("none/m.npz")}: cannot be written: there is no folder ", Assert.Throws<StepZeroException>(() => ModelFile.Check(In("none/m.npz"))).Message, StringComparison.Ordinal);
        ModelFile.Check(In("m.SafeTensors"));
        Assert.Equal(["sub.npz"], Directory.GetFileSystemEntries(folder).Select(Path.GetFileName));
    }

    /// <summary>Writes the tensors of a model with another text.</summary>
    private void WriteText(Model model, string text)
    {
        ModelFile.Write(In("m.safetensors"), model);
        byte[] file = File.ReadAllBytes(In("m.safetensors"));
        int length = (int)BitConverter.ToInt64(file);
        string header = Encoding.UTF8.GetString(file, 8, length);
        string old = JsonSerializer.Serialize(ModelText.Write(model), Relaxed), replaced = JsonSerializer.Serialize(text, Relaxed);
        Assert.Contains(old, header, StringComparison.Ordinal);
        byte[] changed = Encoding.UTF8.GetBytes(header.Replace(old, replaced, StringComparison.Ordinal));
        File.WriteAllBytes(In("m"), [.. BitConverter.GetBytes((long)changed.Length), .. changed, .. file[(8 + length)..]]);
    }

    private void AssertRefused(string message) => Assert.Equal($"{In("m")}: {message}", Assert.Throws<StepZeroException>(() => ModelFile.Read(In("m"))).Message);

    private static byte[] GoldenOf(string name, string kind) =>
        Repository.Golden("models.json").GetProperty("models").GetProperty(name).GetProperty(kind).GetBytesFromBase64();

    private static void AssertSame(Model expected, Model found)
    {
        Assert.Equal(expected.Architecture.LayerSizes, found.Architecture.LayerSizes);
        Assert.Equal((expected.Architecture.HiddenActivation, expected.Architecture.Loss), (found.Architecture.HiddenActivation, found.Architecture.Loss));
        Assert.Equal(expected.Parameters.Weights.Select(Bits), found.Parameters.Weights.Select(Bits));
        Assert.Equal(expected.Parameters.Biases.Select(Bits), found.Parameters.Biases.Select(Bits));
        Assert.Equal(expected.Scaling.Divisor, found.Scaling.Divisor);
        Assert.Equal(Bits(expected.Scaling.Means), Bits(found.Scaling.Means));
        Assert.Equal(Bits(expected.Scaling.InverseDeviations), Bits(found.Scaling.InverseDeviations));
        (Dataset form, Dataset read) = (expected.Form, found.Form);
        Assert.Equal((form.Name, form.FeatureCount, form.Positive, form.Target, form.HasByteFeatures), (read.Name, read.FeatureCount, read.Positive, read.Target, read.HasByteFeatures));
        Assert.Equal((form.ImageSize, 0), (read.ImageSize, read.SampleCount));
        Assert.Equal(form.Classes, read.Classes);
        Assert.Equal(form.Targets, read.Targets);
        Assert.Equal(form.FeatureMeans, read.FeatureMeans);
        Assert.Equal(form.Columns?.Select(column => column.Name), read.Columns?.Select(column => column.Name));
        Assert.Equal(form.Columns?.Select(column => column.Categories), read.Columns?.Select(column => column.Categories));
        Assert.Equal(expected.Answers, found.Answers);
    }

    private static long[]? Bits(double[]? values) => values is null ? null : Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);

    private string In(string name) => Path.Combine(folder, name);
}
