using StepZero.Data;
using StepZero.Files.Models;
using StepZero.Networks;

namespace StepZero.Tests.Files.Models;

/// <summary>Models are kept and read again. Golden files: make_model_golden.py.</summary>
public sealed class ModelFileTests : IDisposable
{
    private static readonly string[] Endings = [".safetensors", ".npz"];

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
        Assert.Equal(form.Columns?.Select(column => column.Name), read.Columns?.Select(column => column.Name));
        Assert.Equal(form.Columns?.Select(column => column.Categories), read.Columns?.Select(column => column.Categories));
        Assert.Equal(expected.Answers, found.Answers);
    }

    private static long[]? Bits(double[]? values) => values is null ? null : Array.ConvertAll(values, BitConverter.DoubleToInt64Bits);

    private string In(string name) => Path.Combine(folder, name);
}
