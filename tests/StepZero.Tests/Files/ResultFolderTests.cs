using System.Text;
using System.Text.Json;
using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Files;

public sealed class ResultFolderTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Jobs_of_one_second_get_folders_of_their_own()
    {
        var now = new DateTime(2026, 1, 2, 3, 4, 5);
        foreach (string name in (string[])["20260102-030405-evaluate", "20260102-030405-evaluate-2", "20260102-030405-evaluate-3"])
        {
            Assert.Equal(Path.Combine(folder, name), ResultFolder.Unnamed(folder, "evaluate", now));
            Directory.CreateDirectory(Path.Combine(folder, name));
        }

        Assert.Equal(Path.Combine(folder, "20260102-030405-train"), ResultFolder.Unnamed(folder, "train", now));
    }

    [Fact]
    public void Results_are_not_replaced_unless_forced()
    {
        ResultFolder first = ResultFolder.Create(folder, force: false, "{}"u8.ToArray());
        first.Finish("[1]"u8.ToArray());
        Assert.Equal(
            $"{folder}: already holds results (results.json). Choose another folder with --output, or replace them with --force.",
            Assert.Throws<StepZeroException>(() => ResultFolder.Create(folder, force: false, [])).Message);
        Assert.Equal("[1]", File.ReadAllText(Path.Combine(folder, "results.json")));

        // Replacing removes the mark of a finished job before anything else changes.
        ResultFolder.Create(folder, force: true, "{}"u8.ToArray());
        Assert.Equal(["spec.json"], Directory.GetFiles(folder).Select(Path.GetFileName));
    }

    [Fact]
    public void A_folder_that_cannot_be_written_is_named()
    {
        string file = Path.Combine(folder, "file");
        File.WriteAllText(file, "");
        Assert.StartsWith($"{file}: is a file", Assert.Throws<StepZeroException>(() => ResultFolder.Check(file, force: false)).Message, StringComparison.Ordinal);
        string below = Path.Combine(file, "below");
        Assert.StartsWith(
            $"{below}: cannot be written:", Assert.Throws<StepZeroException>(() => ResultFolder.Create(below, force: false, [])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_whole_files_are_seen()
    {
        ResultFolder result = ResultFolder.Create(folder, force: false, []);
        Directory.CreateDirectory(Path.Combine(folder, "costs.csv"));
        Assert.Throws<StepZeroException>(() => result.Write("costs.csv", [1]));
        Assert.DoesNotContain(Directory.GetFiles(folder), name => name.EndsWith(".part", StringComparison.Ordinal));
    }

    [Fact]
    public void A_spec_reads_back()
    {
        var spec = new JobSpec(
            "compare", [("data", "a \"b\" ü"), ("learning-rate", 0.1), ("iterations", 5), ("seed", 4294967295u), ("skip-bad", true), ("form", TrainingForm.Dual)], "x", "y");
        string path = Path.Combine(folder, "spec.json");
        File.WriteAllBytes(path, spec.ToJson());
        foreach (string readFrom in (string[])[path, folder])
        {
            JobSpec read = JobSpec.Read(readFrom);
            Assert.Equal(("compare", "x", "y"), (read.Job, read.DataHash, read.TestDataHash));
            Assert.Equal(
                [("data", "a \"b\" ü"), ("learning-rate", "0.1"), ("iterations", "5"), ("seed", "4294967295"), ("skip-bad", true), ("form", "dual")], read.Options);
        }
    }

    [Theory]
    [InlineData("", "is not JSON at line 1, position 1")]
    [InlineData("{\"schema\": 1,\n oops}", "is not JSON at line 2, position 2")]
    [InlineData("[]", "expected an object with a number \"schema\"")]
    [InlineData("{\"schema\": 2}", "schema 2; this version reads schema 1")]
    [InlineData("{\"schema\": 1}", "expected an object \"options\"")]
    [InlineData("{\"schema\": 1, \"options\": {\"a\": []}}", "expected a string, a number, true or false as option \"a\"")]
    [InlineData("{\"schema\": 1, \"options\": {}}", "expected a string \"job\"")]
    [InlineData("{\"schema\": 1, \"options\": {}, \"job\": \"x\"}", "expected a string \"dataHash\"")]
    public void A_spec_that_is_none_is_refused(string content, string message)
    {
        string path = Path.Combine(folder, "spec.json");
        File.WriteAllText(path, content);
        Assert.StartsWith($"{path}: {message}", Assert.Throws<StepZeroException>(() => JobSpec.Read(path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Results_hold_every_cost_and_mark_what_is_missing()
    {
        Dataset data = GeneratedSets.Make("moons", 20, 0.2, 1);
        var architecture = new Architecture(2, [3], Activation.Relu);
        var spec = new RunSpec(architecture, Initializer.He, new TrainingOptions { Iterations = 3 });
        RunResult[] runs =
        [
            Trainings.Run(spec, data, data),
            new(spec, new TrainingRecord(RunStatus.Diverged, [0.5], 1, null), TrainingForm.Primal, null, 0, null),
        ];
        PreparedData prepared = PreparedData.Prepare(data, architecture, spec.Training);
        var result = new Comparison(prepared, data, [.. runs.Select(run => new ComparedStart(run, null, null))], 1.5);
        using JsonDocument json = JsonDocument.Parse(ComparisonJson.Results(result));
        JsonElement root = json.RootElement;
        Assert.Equal(["schema", "dataset", "network", "training", "prepareSeconds", "runs"], root.EnumerateObject().Select(property => property.Name));
        Assert.Equal(["name", "samples", "features", "classes", "positive"], root.GetProperty("dataset").EnumerateObject().Select(property => property.Name));
        Assert.Equal(
            ["learningRate", "iterations", "precision", "form", "seed", "random", "optimizer", "schedule", "weightDecay", "clipNorm", "batchSize", "epochs", "earlyStopping"],
            root.GetProperty("training").EnumerateObject().Select(property => property.Name));
        Assert.Equal([2, 3, 1], root.GetProperty("network").GetProperty("layerSizes").Integers());
        JsonElement first = root.GetProperty("runs")[0];
        Assert.Equal(
            ["initializer", "status", "divergedAt", "costs", "trainAccuracy", "testAccuracy", "trainCost", "testCost", "trainSeconds"], first.EnumerateObject().Select(property => property.Name));
        Assert.Equal(runs[0].Record.Costs, first.GetProperty("costs").Numbers());
        Assert.Equal("diverged", root.GetProperty("runs")[1].GetProperty("status").GetString());
        Assert.Equal(1, root.GetProperty("runs")[1].GetProperty("divergedAt").GetInt32());
        Assert.Equal(JsonValueKind.Null, root.GetProperty("runs")[1].GetProperty("trainAccuracy").ValueKind);

        string[] lines = Encoding.UTF8.GetString(ComparisonJson.Costs(result)).Split('\n');
        Assert.Equal("iteration,he,he", lines[0]);
        Assert.EndsWith(",0.5", lines[1], StringComparison.Ordinal);
        Assert.EndsWith(",", lines[2], StringComparison.Ordinal);
        Assert.Equal(5, lines.Length);
    }
}
