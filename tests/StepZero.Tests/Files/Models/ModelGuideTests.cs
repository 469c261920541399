using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StepZero.Data;
using StepZero.Files.Models;
using StepZero.Networks;

namespace StepZero.Tests.Files.Models;

/// <summary>What docs/guide/models.md shows is what is written, and its Python reads it.</summary>
public sealed class ModelGuideTests : IDisposable
{
    private const string Python = "/usr/bin/python3";

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void The_text_of_a_model_is_the_one_shown()
    {
        using var shown = JsonDocument.Parse(Block("json", 0));
        Assert.Equal(ModelText.Write(SampleModels.Of("table")), JsonSerializer.Serialize(shown.RootElement));
    }

    [Theory]
    [InlineData("pictures", 0)]
    [InlineData("pictures", 1)]
    [InlineData("standardized", 0)]
    [InlineData("standardized", 1)]
    public void NumPy_gets_the_answers_that_we_get(string name, int block)
    {
        if (!File.Exists(Python) || Run("import numpy") is not "")
        {
            Assert.Skip($"skipped: {Python} with NumPy is absent");
        }

        Model model = name == "pictures" ? SampleModels.Of(name) : Standardized();
        ModelFile.Write(Path.Combine(folder, "model.safetensors"), model);
        ModelFile.Write(Path.Combine(folder, "model.npz"), model);
        byte[] features = [.. Enumerable.Range(0, 2 * model.Form.FeatureCount).Select(i => (byte)(i * 37))];
        Dataset rows = model.Form.HasByteFeatures
            ? Dataset.FromBytes("rows", features, model.Form.FeatureCount, [0, 0], model.Form.Classes)
            : Dataset.FromValues("rows", Array.ConvertAll(features, value => (double)value), model.Form.FeatureCount, [0, 0], model.Form.Classes);
        string x = $"x = np.array([{string.Join(", ", features)}], dtype=float).reshape(2, -1)\n";
        string printed = Run($"import json\nimport numpy as np\n{Block("python", block)}{x}{Block("python", 2)}print(*(repr(float(z)) for z in a.ravel()))");
        double[] found = [.. printed.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
        double[] expected = model.Predict(rows).Outputs;
        Assert.Equal(expected.Length, found.Length);
        Assert.All(expected.Zip(found), pair => Assert.Equal(pair.First, pair.Second, 1e-12 * Math.Abs(pair.First)));
    }

    private static Model Standardized()
    {
        Model model = SampleModels.Of("table");
        return model with { Architecture = new Architecture(3, [4, 2], Activation.Tanh, Loss.CrossEntropy, 3) };
    }

    /// <summary>One of the blocks of the guide in a language.</summary>
    private static string Block(string language, int index) =>
        File.ReadAllText(Path.Combine(Repository.Root, "docs", "guide", "models.md")).Split($"```{language}\n")[index + 1].Split("```")[0];

    private string Run(string program)
    {
        using Process process = Process.Start(new ProcessStartInfo(Python, ["-c", program]) { WorkingDirectory = folder, RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? output : $"exit code {process.ExitCode}";
    }
}
