using System.Text.Json;
using StepZero.Data;
using StepZero.Files;
using StepZero.Files.Models;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Tests.Files.Models;

/// <summary>Weights of files start networks: PyTorch's (make_model_golden.py) and our own.</summary>
public sealed class SavedWeightsTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public static TheoryData<string> Networks => [.. Repository.Golden("models.json").GetProperty("weights").EnumerateObject().Select(network => network.Name)];

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [MemberData(nameof(Networks))]
    public void A_network_of_PyTorch_answers_as_it_did_there(string name)
    {
        JsonElement golden = Repository.Golden("models.json").GetProperty("weights").GetProperty(name);
        File.WriteAllBytes(In("w"), golden.GetProperty("file").GetBytesFromBase64());
        Parameters parameters = SavedWeights.Read(In("w"));
        int[] sizes = golden.GetProperty("sizes").Integers();
        Assert.Equal(sizes, parameters.LayerSizes);
        double[] signal = golden.GetProperty("inputs").Numbers();
        for (int layer = 0; layer < parameters.Weights.Count; layer++)
        {
            double[] inputs = layer == 0 ? signal : Array.ConvertAll(signal, Math.Tanh);
            signal = [.. Enumerable.Range(0, sizes[layer + 1]).Select(unit => parameters.Biases[layer][unit] + parameters.WeightsInto(layer, unit).ToArray().Zip(inputs, (w, a) => w * a).Sum())];
        }

        Assert.All(golden.GetProperty("outputs").Numbers().Zip(signal), pair => Assert.Equal(pair.First, pair.Second, 1e-14));
    }

    [Theory]
    [InlineData("m.safetensors")]
    [InlineData("m.npz")]
    public void Training_goes_on_where_it_ended(string name)
    {
        Dataset moons = GeneratedSets.Parse("moons:40:0.2", 1);
        var architecture = new Architecture(2, [5, 3], Activation.Tanh);
        var options = new TrainingOptions { LearningRate = 0.3, Iterations = 60, Scaling = Scaling.Standardize };
        RunResult first = Trainings.Run(new RunSpec(architecture, Initializer.Xavier, options), moons);
        ModelFile.Write(In(name), Model.Of(architecture, first.FinalParameters!.Value, Scaling.Standardize.Fit(moons), moons));
        Initializer start = InitializerSource.Parse($"file:{In(name)}");
        Assert.Equal(($"file:{name}", "as saved", false), (start.Name, start.Formula, start.NeedsData));
        RunResult second = Trainings.Run(new RunSpec(architecture, start, options, Seed: 9), moons);
        RunResult whole = Trainings.Run(new RunSpec(architecture, Initializer.Xavier, options with { Iterations = 120 }), moons);
        Assert.Equal(0, (second.Record.Costs[0] / first.Record.TrainCost!.Value) - 1, 1e-12);
        Assert.All(whole.Record.Costs[60..].Zip(second.Record.Costs), pair => Assert.Equal(0, (pair.First / pair.Second) - 1, 1e-9));
        Assert.True(second.Record.FinalCost < first.Record.TrainCost);
    }

    [Fact]
    public void The_figures_of_the_scaling_are_no_layers_but_another_file_s_are_refused()
    {
        ModelFile.Write(In("ours.npz"), SampleModels.Of("table"));
        Assert.Equal([3, 4, 2, 3], SavedWeights.Read(In("ours.npz")).LayerSizes);
        Write("other.safetensors", ("0.weight", [1, 2]), ("scaling.mean", [2]));
        AssertRefused("other.safetensors", "tensor 'scaling.mean' of shape 2 is neither the weights of a dense layer (NAME.weight, two sizes) nor a bias beside such (NAME.bias, one size). Save a network of dense layers alone.");
    }

    [Fact]
    public void Other_layers_are_refused_by_name()
    {
        Write("conv.safetensors", ("conv1.weight", [8, 3, 3, 3]), ("conv1.bias", [8]), ("fc.weight", [1, 8]));
        AssertRefused("conv.safetensors", "tensor 'conv1.weight' of shape 8×3×3×3 is neither the weights of a dense layer");
        Write("norm.safetensors", ("0.weight", [2, 3]), ("1.weight", [2]), ("1.bias", [2]));
        AssertRefused("norm.safetensors", "tensor '1.weight' of shape 2 is neither");
        Write("alone.safetensors", ("0.weight", [2, 3]), ("1.bias", [2]));
        AssertRefused("alone.safetensors", "tensor '1.bias' of shape 2 is neither");
        Write("names.safetensors", ("kernel", [2, 3]));
        AssertRefused("names.safetensors", "tensor 'kernel' of shape 2×3 is neither");
    }

    [Fact]
    public void Layers_that_do_not_follow_each_other_are_listed()
    {
        Write("w.safetensors", ("b.weight", [2, 3]), ("a.weight", [5, 4]));
        AssertRefused("w.safetensors", "the layers do not follow each other: 'a.weight' 5×4, 'b.weight' 2×3; expected as many inputs (the second size) as the layer before has outputs (the first). Name them in their order, as in 'layers.0.weight', 'layers.1.weight'.");
        Write("bias.safetensors", ("0.weight", [2, 3]), ("0.bias", [3]));
        AssertRefused("bias.safetensors", "tensor '0.bias' has the shape 3; expected 2, as tensor '0.weight' has outputs.");
        Write("none.safetensors", ("0.weight", [0, 3]));
        AssertRefused("none.safetensors", "tensor '0.weight' has the shape 0×3; expected sizes from 1 to 2147483647.");
        Write("empty.safetensors");
        AssertRefused("empty.safetensors", "holds no weights; expected tensors such as 'layers.0.weight' and 'layers.0.bias'.");
    }

    [Fact]
    public void Whole_numbers_are_no_weights()
    {
        byte[] header = System.Text.Encoding.UTF8.GetBytes("""{"0.weight":{"dtype":"I64","shape":[1,1],"data_offsets":[0,8]}}""");
        File.WriteAllBytes(In("w.safetensors"), [.. BitConverter.GetBytes((long)header.Length), .. header, 1, 0, 0, 0, 0, 0, 0, 0]);
        AssertRefused("w.safetensors", "tensor '0.weight' is of the type I64; expected floating point numbers of 16, 32 or 64 bits. Save it as one of these.");
        File.WriteAllBytes(In("w.npz"), Npz("0.weight", "<i4", [1, 1], new byte[4]));
        AssertRefused("w.npz", "tensor '0.weight' is of the type int32; expected floating point numbers");
    }

    [Fact]
    public void A_text_is_a_name_or_a_file()
    {
        Write("w.safetensors", ("0.weight", [1, 2]));
        Assert.Equal("he_normal:slope=0.2@pytorch", InitializerSource.Parse("kaiming_normal:slope=0.2@pytorch").Name);
        Assert.Equal("file:w.safetensors", InitializerSource.Parse($"file:{folder}/./w.safetensors").Name);
        Assert.Equal($"file:{In("w.safetensors")}", InitializerSource.Canonical($"file:{folder}/./w.safetensors"));
        Assert.Equal("he", InitializerSource.Canonical("he"));
        Assert.Equal("Initializer 'file:': the name of the file is missing; expected a file of weights, as in 'file:model.safetensors'.", Message(() => InitializerSource.Parse("file:")));
        Assert.StartsWith($"{In("none")}: there is no such file; ", Message(() => InitializerSource.Parse($"file:{In("none")}")), StringComparison.Ordinal);
        Assert.Equal($"{folder}: is a folder; expected a .safetensors or .npz file of weights.", Message(() => InitializerSource.Parse($"file:{folder}")));
    }

    [Theory]
    [InlineData("fc2", "fc10")]
    [InlineData("a", "a.1")]
    [InlineData("layer.9.x", "layer.10.a")]
    [InlineData("1", "02")]
    [InlineData("01", "1")]
    [InlineData("99999999999999999999998", "99999999999999999999999")]
    [InlineData("", "0")]
    public void Numbers_in_names_count_as_such(string first, string second)
    {
        Assert.True(NumberOrder.Comparer.Compare(first, second) < 0);
        Assert.True(NumberOrder.Comparer.Compare(second, first) > 0);
        Assert.Equal(0, NumberOrder.Comparer.Compare(first, first));
    }

    private static byte[] Npz(string name, string type, long[] shape, byte[] content)
    {
        using var file = new MemoryStream();
        StepZero.Files.Arrays.NpzWriter.Write(file, [new(name, type, shape, stream => stream.Write(content))]);
        return file.ToArray();
    }

    private static string Message(Action act) => Assert.Throws<StepZeroException>(act).Message;

    private void Write(string name, params (string Name, long[] Shape)[] tensors)
    {
        using FileStream file = File.Create(In(name));
        SafetensorsWriter.Write(file, [.. tensors.Select(tensor => new SafetensorsEntry(
            tensor.Name, WeightType.Float32, tensor.Shape, stream => stream.Write(new byte[4 * tensor.Shape.Aggregate(1L, (a, b) => a * b)])))]);
    }

    private void AssertRefused(string name, string message) =>
        Assert.StartsWith($"{In(name)}: {message}", Message(() => SavedWeights.Read(In(name))), StringComparison.Ordinal);

    private string In(string name) => Path.Combine(folder, name);
}
