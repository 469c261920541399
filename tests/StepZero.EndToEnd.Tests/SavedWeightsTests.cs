using System.Text.Json;
using System.Text.RegularExpressions;

namespace StepZero.EndToEnd.Tests;

/// <summary>Networks that start from the weights of a file.</summary>
public sealed class SavedWeightsTests : IDisposable
{
    private const string Model = """
        {"tensors": [
          {"name": "layers.0.weight", "shape": [3, 2], "initializer": "he", "dtype": "float64"},
          {"name": "layers.0.bias", "shape": [3], "initializer": "zeros"},
          {"name": "layers.1.weight", "shape": [1, 3], "initializer": "he", "dtype": "float64"}]}
        """;

    private readonly Cli cli = new();

    public SavedWeightsTests()
    {
        File.WriteAllText(cli.In("model.json"), Model);
        Directory.CreateDirectory(cli.In("a b"));
        Assert.Equal(0, cli.Run("init", "--spec", "model.json", "--save", "a b/start.safetensors", "--random", "numpy", "--seed", "9").ExitCode);
    }

    public void Dispose() => cli.Dispose();

    [Fact]
    public void The_weights_of_a_file_train_as_those_that_were_drawn_and_from_anywhere()
    {
        string[] options = ["--data", "moons:40:0.2", "--hidden", "3", "--iterations", "50", "--seed", "9", "--quiet"];
        Outcome outcome = cli.Run(["compare", .. options, "--init", "file:a b/start.safetensors,he", "--output", "out"]);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("file:start.safetensors", outcome.Output, StringComparison.Ordinal);
        JsonElement[] runs = [.. JsonDocument.Parse(File.ReadAllText(cli.In("out/results.json"))).RootElement.GetProperty("runs").EnumerateArray()];
        Assert.Equal("file:start.safetensors", runs[0].GetProperty("initializer").GetString());
        Assert.Equal(runs[1].GetProperty("costs").GetRawText(), runs[0].GetProperty("costs").GetRawText());
        Assert.StartsWith("iteration,file:start.safetensors,he\n", File.ReadAllText(cli.In("out/costs.csv")), StringComparison.Ordinal);
        Assert.True(File.Exists(cli.In("out/cost-curve-file-start.safetensors.png")));

        string spec = File.ReadAllText(cli.In("out/spec.json"));
        Assert.Equal($"file:{cli.In("a b/start.safetensors")},he", JsonDocument.Parse(spec).RootElement.GetProperty("options").GetProperty("init").GetString());
        using var elsewhere = new Cli();
        Assert.Equal(0, elsewhere.Run("run", cli.In("out"), "--output", "again", "--no-plots", "--quiet").ExitCode);
        Assert.Equal(WithoutSeconds(File.ReadAllText(cli.In("out/results.json"))), WithoutSeconds(File.ReadAllText(elsewhere.In("again/results.json"))));
        Assert.Equal(spec, File.ReadAllText(elsewhere.In("again/spec.json")));

        // Other weights in the same file are another job.
        Assert.Equal(0, cli.Run("init", "--spec", "model.json", "--save", "a b/start.safetensors", "--random", "numpy", "--seed", "10").ExitCode);
        Outcome changed = elsewhere.Run("run", cli.In("out"), "--output", "third");
        Assert.Equal(1, changed.ExitCode);
        Assert.Contains("the file of weights: the weights are not those of the spec: expected sha256:", changed.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("file:none.npz", "3", 1, "none.npz: there is no such file; expected")]
    [InlineData("file:", "3", 2, "--init: Initializer 'file:': the name of the file is missing")]
    [InlineData("file:model.json", "3", 1, "model.json: begins with 7B2274656E736F72")]
    [InlineData("file:a b/start.safetensors,file:./a b/start.safetensors", "3", 2, "a b/start.safetensors' stands there twice; expected each initializer once.")]
    [InlineData("file:a b/start.safetensors,file:start.safetensors", "3", 1, "--init: two files are called 'file:start.safetensors', and results call a start by its file. Give one another name.")]
    [InlineData("he,file:a b/start.safetensors", "4", 1, "Initializer 'file:start.safetensors': layer 1 has the shape 3×2; the network wants 4×2. Its sizes from the inputs to the outputs are 2, 3, 1: choose hidden layers and data to fit.")]
    public void A_mistake_is_one_clear_line(string start, string hidden, int exitCode, string message)
    {
        File.Copy(cli.In("a b/start.safetensors"), cli.In("start.safetensors"));
        Outcome outcome = cli.Run("compare", "--data", "moons:40:0.2", "--hidden", hidden, "--init", start, "--output", "out");
        Assert.Equal((exitCode, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains(message, outcome.Error, StringComparison.Ordinal);
        Assert.Single(outcome.Error.TrimEnd('\n').Split('\n'));
        Assert.False(Directory.Exists(cli.In("out")));
    }

    [Fact]
    public void Weights_are_no_data()
    {
        Outcome outcome = cli.Run("data", "a b/start.safetensors");
        Assert.Equal(1, outcome.ExitCode);
        Assert.Equal("stepzero: a b/start.safetensors: holds weights (.safetensors); expected HDF5, NPZ, NPY, Parquet or CSV. Start a network with them: --init file:a b/start.safetensors.\n", outcome.Error);
    }

    private static string WithoutSeconds(string json) => Regex.Replace(json, "\"[a-zA-Z]*Seconds\": [0-9.eE+-]+", "");
}
