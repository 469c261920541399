using StepZero.Files;
using StepZero.Initialization;
using StepZero.RandomNumbers;

namespace StepZero.Tests.Files;

public sealed class ModelSpecTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_is_left_out_has_its_default()
    {
        TensorStart tensor = Assert.Single(Read("""{"tensors": [{"name": "a", "shape": [4, 3], "initializer": "kaiming_normal"}]}"""));
        Assert.Equal(("a", "4×3", "he_normal", WeightType.Float32, "out,in,...", 1), (tensor.Name, $"{tensor.Shape}", tensor.Initializer.Name, tensor.Type, tensor.Shape.Layout, tensor.Shape.Groups));
    }

    [Fact]
    public void The_first_pattern_that_fits_serves_tensors_without_an_initializer()
    {
        IReadOnlyList<TensorStart> tensors = Read(
            """
            {"tensors": [{"name": "a.weight", "shape": [4, 3], "initializer": "he"}, {"name": "a.bias", "shape": [4]}, {"name": "b.weight", "shape": [4, 3]}],
             "patterns": {"*.bias": "constant:0.1", "?.*": "xavier", "*": "zeros"}}
            """);
        Assert.Equal(["he", "constant:0.1", "xavier"], tensors.Select(tensor => tensor.Initializer.Name));
    }

    [Theory]
    [InlineData("bias@pytorch", "bias:fan_in=18@pytorch")]
    [InlineData("bias:gain=0.5@sklearn", "bias:fan_in=18:fan_out=36:gain=0.5@sklearn")]
    [InlineData("bias:fan_in=7@pytorch", "bias:fan_in=7@pytorch")]
    [InlineData("bias:fan_out=40@sklearn", "bias:fan_in=18:fan_out=40@sklearn")]
    [InlineData("zeros", "zeros")]
    public void A_bias_follows_the_fans_of_the_weights_beside_it(string written, string meant)
    {
        IReadOnlyList<TensorStart> tensors = Read($$"""{"tensors": [{"name": "c.weight", "shape": [4, 2, 3, 3], "initializer": "he"}, {"name": "c.bias", "shape": [4], "initializer": "{{written}}"}]}""");
        Assert.Equal(meant, tensors[1].Initializer.Name);
    }

    [Fact]
    public void A_bias_without_weights_beside_it_says_what_it_needs()
    {
        TensorStart alone = Read("""{"tensors": [{"name": "c.bias", "shape": [4], "initializer": "bias@pytorch"}]}""")[0];
        Assert.Equal(
            "tensor 'c.bias': Initializer 'bias@pytorch': needs the fans of the layer's weights. Write them, as in 'bias:fan_in=30@pytorch'.",
            Assert.Throws<StepZeroException>(() => alone.Draw(new PhiloxRandom(1))).Message);
    }

    [Theory]
    [InlineData("[]", "expected an object with an array \"tensors\"")]
    [InlineData("""{"tensors": [3]}""", "tensor 1: expected an object with a \"name\" of printable letters.")]
    [InlineData("""{"tensors": [{"name": ""}]}""", "tensor 1: expected an object with a \"name\" of printable letters.")]
    [InlineData("""{"tensors": [{"name": "a", "initializer": "he"}]}""", "tensor 'a': expected a \"shape\" of whole numbers below 2^31, as in [40, 30].")]
    [InlineData("""{"tensors": [{"name": "a", "shape": [4.5], "initializer": "he"}]}""", "tensor 'a': expected a \"shape\" of whole numbers")]
    [InlineData("""{"tensors": [{"name": "a", "shape": [4, 3], "initializer": 7}]}""", "tensor 'a': expected text as \"initializer\", found 7.")]
    [InlineData("""{"tensors": [{"name": "a", "shape": [4, 3], "initializer": "he", "groups": "2"}]}""", "tensor 'a': expected a whole number as \"groups\", found \"2\".")]
    [InlineData("""{"tensors": [{"name": "a", "shape": [4, 3], "initializer": "he", "groups": 3}]}""", "tensor 'a': Shape 4×3: cannot have 3 groups; expected a divisor of the 4 outputs.")]
    [InlineData("""{"tensors": [{"name": "a", "shape": [4, 3], "initializer": "he", "layout": "out,in,h"}]}""", "tensor 'a': Layout 'out,in,h' names 3 axes; the shape has 2.")]
    [InlineData("""{"tensors": [{"name": "a\u001b[2J"}]}""", "tensor 1: expected an object with a \"name\" of printable letters.")]
    [InlineData("""{"tensors": [{"name": "\ud800"}]}""", "holds text that is not valid Unicode; expected UTF-8.")]
    [InlineData("""{"tensors": [{"name": "a", "name": "b"}]}""", "Expected each field once.")]
    [InlineData("""{"tensors": []}""", "\"tensors\" is empty; expected at least one tensor.")]
    [InlineData("""{"tensors": [{"name": "a", "shape": [4], "initializer": "zeros"}], "patterns": {"*": "heh"}}""", "Unknown initializer 'heh'; did you mean 'he'")]
    [InlineData("""{"tensors": [{"name": "a.weight", "shape": [4], "initializer": "zeros"}, {"name": "a.bias", "shape": [4], "initializer": "bias@pytorch"}]}""", "tensor 'a.bias': Shape 4: has 1 dimension(s)")]
    [InlineData("""{"tensors": [{"name": "a", "shape": [4], "initializer": "zeros", "groups": 2}]}""", "tensor 'a': Shape 4: has no layout and no groups")]
    [InlineData("""{"tensors": [], "pattrens": {}}""", "Unknown field 'pattrens'; did you mean 'patterns'?")]
    [InlineData("""{"tensors": [], "patterns": ["zeros"]}""", "expected \"patterns\" as in {\"*.bias\": \"zeros\"}.")]
    public void A_mistake_names_the_place(string json, string message)
    {
        StepZeroException error = Assert.Throws<StepZeroException>(() => Read(json));
        Assert.Contains(message, error.Message, StringComparison.Ordinal);
        Assert.StartsWith(folder, error.Message, StringComparison.Ordinal);
    }

    private IReadOnlyList<TensorStart> Read(string json)
    {
        string path = Path.Combine(folder, "model.json");
        File.WriteAllText(path, json);
        return ModelSpec.Read(path);
    }
}
