using System.Diagnostics;
using System.IO.Compression;
using System.Text;
using System.Text.Json;

namespace StepZero.EndToEnd.Tests;

/// <summary>The command init and what it saves, and the catalogue.</summary>
public sealed class InitTests : IDisposable
{
    private const string Model = """
        {"tensors": [
          {"name": "a.weight", "shape": [40, 30], "initializer": "kaiming_normal@pytorch"},
          {"name": "a.bias", "shape": [40]},
          {"name": "conv.weight", "shape": [3, 3, 16, 32], "layout": "h,w,in,out", "initializer": "he_normal@keras", "dtype": "float64"},
          {"name": "depthwise.weight", "shape": [64, 1, 3, 3], "groups": 64, "initializer": "glorot_uniform", "dtype": "float16"}],
         "patterns": {"*.bias": "bias@pytorch"}}
        """;

    private readonly Cli cli = new();

    public InitTests() => File.WriteAllText(cli.In("model.json"), Model);

    public void Dispose() => cli.Dispose();

    [Fact]
    public void The_table_tells_what_was_drawn()
    {
        Outcome outcome = cli.Run("init", "--spec", "model.json", "--random", "pytorch", "--seed", "42");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        string[] lines = outcome.Output.Split('\n');

        // Mean and deviation are those of torch.manual_seed(42); torch.nn.init.kaiming_normal_(torch.empty(40, 30)).
        Assert.Contains(lines, line => line.Contains("a.weight") && line.Contains("30 → 40") && line.Contains("he_normal@pytorch") && line.Contains("0.005749") && line.Contains("0.2594"));
        Assert.Contains(lines, line => line.Contains("a.bias") && line.Contains("bias:fan_in=30@pytorch") && line.Contains("0 ± 0.1054"));
        Assert.Contains(lines, line => line.Contains("conv.weight") && line.Contains("144 → 288") && line.Contains("0 ± 0.1179"));
        Assert.Contains(lines, line => line.Contains("depthwise.weight") && line.Contains("9 → 9") && line.Contains("float16"));
        Assert.Equal(["model.json"], Directory.GetFiles(cli.Folder).Select(Path.GetFileName));
    }

    [Theory]
    [InlineData("w.npz")]
    [InlineData("w.safetensors")]
    public void The_same_weights_come_out_on_any_number_of_threads_and_replace_the_old_file(string name)
    {
        Assert.Equal(0, cli.Run("init", "--spec", "model.json", "--save", name, "--threads", "1").ExitCode);
        byte[] first = File.ReadAllBytes(cli.In(name));
        Assert.Equal(0, cli.Run("init", "--spec", "model.json", "--save", name, "--threads", "3").ExitCode);
        Assert.Equal(first, File.ReadAllBytes(cli.In(name)));
        Assert.Equal(0, cli.Run("init", "--spec", "model.json", "--save", name, "--seed", "2").ExitCode);
        Assert.NotEqual(first, File.ReadAllBytes(cli.In(name)));
        Assert.Equal(["model.json", name], Directory.GetFiles(cli.Folder).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_tensor_of_philox_does_not_depend_on_the_others()
    {
        File.WriteAllText(cli.In("alone.json"), """{"tensors": [{"name": "a.weight", "shape": [40, 30], "initializer": "kaiming_normal@pytorch"}]}""");
        cli.Run("init", "--spec", "model.json", "--save", "all.npz");
        cli.Run("init", "--spec", "alone.json", "--save", "alone.npz");
        Assert.Equal(Entry("all.npz", "a.weight.npy"), Entry("alone.npz", "a.weight.npy"));
    }

    [Fact]
    public void A_safetensors_file_lays_its_tensors_end_to_end()
    {
        cli.Run("init", "--spec", "model.json", "--save", "w.safetensors");
        byte[] file = File.ReadAllBytes(cli.In("w.safetensors"));
        int length = (int)BitConverter.ToUInt64(file);
        JsonElement header = JsonDocument.Parse(file.AsMemory(8, length)).RootElement;
        Assert.Equal(0, length % 8);
        long end = 0;
        foreach (JsonProperty tensor in header.EnumerateObject())
        {
            Assert.Equal(end, tensor.Value.GetProperty("data_offsets")[0].GetInt64());
            end = tensor.Value.GetProperty("data_offsets")[1].GetInt64();
        }

        Assert.Equal(file.Length, 8 + length + end);
        Assert.Equal(("F32", 4800), (header.GetProperty("a.weight").GetProperty("dtype").GetString(), header.GetProperty("a.weight").GetProperty("data_offsets")[1].GetInt32()));
        Assert.Equal("[3,3,16,32]", header.GetProperty("conv.weight").GetProperty("shape").GetRawText());
        Assert.Equal("F64", header.GetProperty("conv.weight").GetProperty("dtype").GetString());

        // The same numbers as in the other format.
        cli.Run("init", "--spec", "model.json", "--save", "w.npz");
        Assert.Equal(Entry("w.npz", "a.weight.npy")[^4800..], file[(8 + length)..(8 + length + 4800)]);
    }

    [Fact]
    public void NumPy_reads_what_is_saved()
    {
        cli.Run("init", "--spec", "model.json", "--save", "w.npz", "--random", "numpy", "--seed", "7");
        const string Script = """
            import numpy as np
            w = np.load("w.npz")
            assert list(w) == ["a.weight", "a.bias", "conv.weight", "depthwise.weight"], list(w)
            assert [w[n].shape for n in w] == [(40, 30), (40,), (3, 3, 16, 32), (64, 1, 3, 3)]
            assert [str(w[n].dtype) for n in w] == ["float32", "float32", "float64", "float16"]
            np.random.seed(7)
            assert (w["a.weight"] == np.random.normal(0, np.sqrt(2) / np.sqrt(30), (40, 30)).astype(np.float32)).all()
            print("read")
            """;
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python) || Finish(Python, "-c", "import numpy").ExitCode != 0)
        {
            Assert.Skip("skipped: /usr/bin/python3 with NumPy is absent");
        }

        Assert.Equal((0, "read\n"), (Finish(Python, "-c", Script).ExitCode, Finish(Python, "-c", Script).Output));
    }

    [Fact]
    public void A_program_gets_the_table_and_the_catalogue_as_JSON()
    {
        JsonElement row = JsonDocument.Parse(cli.Run("init", "--spec", "model.json", "--json").Output).RootElement.GetProperty("tensors")[0];
        Assert.Equal((30, 40), (row.GetProperty("fanIn").GetInt32(), row.GetProperty("fanOut").GetInt32()));
        Assert.Equal(Math.Sqrt(2.0 / 30), row.GetProperty("expectedStd").GetDouble(), 12);
        JsonElement entries = JsonDocument.Parse(cli.Run("initializers", "--json").Output).RootElement;
        Assert.Contains(entries.EnumerateArray(), entry => entry.GetProperty("name").GetString() == "he_normal" && entry.GetProperty("variants").GetArrayLength() == 5);
    }

    [Fact]
    public void One_initializer_is_shown_with_all_its_variants()
    {
        Outcome outcome = cli.Run("initializers", "kaiming_normal");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        foreach (string expected in (string[])["he_normal@keras", "arXiv:1502.01852", "torch.nn.init.kaiming_normal_(w)", "keras.initializers.VarianceScaling(2.0, \"fan_in\", \"untruncated_normal\")", "jax.nn.initializers.variance_scaling(2.0, \"fan_in\", \"normal\")", "█", "Kurtosis"])
        {
            Assert.Contains(expected, outcome.Output, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void The_guide_is_made_from_the_catalogue()
    {
        string path = Path.Combine(Cli.Root, "docs", "guide", "initializers.md");
        string made = cli.Run("initializers", "--markdown").Output;
        if (Environment.GetEnvironmentVariable("UPDATE_EXPECTED") == "1")
        {
            File.WriteAllText(path, made);
        }

        Assert.Equal(File.ReadAllText(path), made);
    }

    [Fact]
    public void A_comparison_takes_names_of_libraries_layers_of_their_own_and_other_streams()
    {
        string[] arguments =
        [
            "compare", "--data", "moons", "--init", "he_normal@keras,siren_first+siren:omega=5+zeros,default@pytorch,lsuv,autoinit", "--random", "pytorch", "--iterations", "20",
            "--quiet", "--no-plots", "--output",
        ];
        Outcome outcome = cli.Run([.. arguments, "one"]);
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        JsonElement results = JsonDocument.Parse(File.ReadAllBytes(cli.In("one/results.json"))).RootElement;
        Assert.Equal("pytorch", results.GetProperty("training").GetProperty("random").GetString());
        Assert.Equal(
            ["he_normal@keras", "siren_first+siren:omega=5+zeros", "default@pytorch", "lsuv", "autoinit"],
            results.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("initializer").GetString()));
        Assert.Equal(0, cli.Run("run", "one", "--no-plots", "--quiet", "--output", "two").ExitCode);
        Assert.Equal(File.ReadAllBytes(cli.In("one/costs.csv")), File.ReadAllBytes(cli.In("two/costs.csv")));
    }

    private byte[] Entry(string zip, string name)
    {
        using ZipArchive archive = ZipFile.OpenRead(cli.In(zip));
        using var bytes = new MemoryStream();
        using Stream entry = archive.GetEntry(name)!.Open();
        entry.CopyTo(bytes);
        Assert.Equal("NUMPY", Encoding.ASCII.GetString(bytes.ToArray(), 1, 5));
        return bytes.ToArray();
    }

    private Outcome Finish(string command, params string[] arguments) =>
        Cli.Finish(Process.Start(new ProcessStartInfo(command, arguments) { WorkingDirectory = cli.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!);
}
