using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using static StepZero.EndToEnd.Tests.Outcome;

namespace StepZero.EndToEnd.Tests;

public sealed partial class TrainTests : IDisposable
{
    /// <summary>Some seconds of mini-batches, with all that a checkpoint must hold.</summary>
    private static readonly string[] Long =
    [
        "train", "--data", "spirals:400:0.1", "--hidden", "16,16", "--activation", "silu", "--optimizer", "adamw", "--learning-rate", "0.003", "--schedule", "cosine:warmup=50",
        "--batch-size", "32", "--epochs", "12000", "--early-stopping", "100000", "--test-fraction", "0.25", "--no-plots", "--save", "model.safetensors",
    ];

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Theory]
    [InlineData("-KILL", 137)]
    [InlineData("-INT", 130)]
    public void A_training_that_is_killed_and_resumed_ends_with_the_same_bytes(string signal, int exitCode)
    {
        Assert.Equal((0, ""), ExitAndError(cli.Run([.. Long, "--output", "whole", "--quiet"])));
        string whole = Results("whole");
        byte[] model = File.ReadAllBytes(cli.In("model.safetensors"));
        File.Delete(cli.In("model.safetensors"));

        string[] cut = [.. Long, "--output", "cut", "--checkpoint-every", "2000", "--quiet"];
        using (Process process = cli.Start(cut))
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(cli.In("cut/checkpoint.npz")), TimeSpan.FromSeconds(60)));
            Cli.Signal(signal, process);
            Assert.Equal(exitCode, Cli.Finish(process).ExitCode);
        }

        Assert.False(File.Exists(cli.In("cut/results.json")));
        Assert.False(File.Exists(cli.In("model.safetensors")));
        AssertFails(cli.Run(cut), 1, "cut: already holds results (spec.json).");

        // A second cut, then on to the end; what a kill in the middle of writing leaves goes too.
        File.WriteAllText(cli.In("cut/checkpoint.npz.abc.def.part"), "half");
        using (Process process = cli.Start([.. cut, "--resume"]))
        {
            DateTime before = File.GetLastWriteTimeUtc(cli.In("cut/checkpoint.npz"));
            Assert.True(SpinWait.SpinUntil(() => File.GetLastWriteTimeUtc(cli.In("cut/checkpoint.npz")) > before, TimeSpan.FromSeconds(60)));
            Cli.Signal(signal, process);
            Cli.Finish(process);
        }

        Assert.Equal((0, ""), ExitAndError(cli.Run([.. cut, "--resume"])));
        Assert.Equal(whole, Results("cut"));
        Assert.Equal(model, File.ReadAllBytes(cli.In("model.safetensors")));
        Assert.Equal(["costs.csv", "results.json", "spec.json"], Directory.GetFiles(cli.In("cut")).Select(Path.GetFileName).Order());

        Outcome again = cli.Run([.. cut, "--resume"]);
        Assert.Equal((0, "stepzero: cut: is finished, nothing is left to do. Train anew with --force in place of --resume.\n"), ExitAndError(again));
        AssertFails(cli.Run([.. cut, "--resume", "--save", "other.npz"]), 1, "other.npz: not written: cut is finished");
    }

    [Fact]
    public void A_resumed_training_that_is_interrupted_keeps_its_checkpoint()
    {
        string[] cut = [.. Long.Select(part => part == "12000" ? "1200000" : part), "--output", "cut", "--quiet"];
        using (Process process = cli.Start([.. cut, "--checkpoint-every", "2000"]))
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(cli.In("cut/checkpoint.npz")), TimeSpan.FromSeconds(60)));
            Cli.Signal("-KILL", process);
            Cli.Finish(process);
        }

        // No checkpoints are asked for, but there is one to lose.
        using (Process process = cli.Start([.. cut, "--resume"]))
        {
            Assert.True(SpinWait.SpinUntil(() => process.TotalProcessorTime > TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(60)));
            Cli.Signal("-INT", process);
            Assert.Equal(130, Cli.Finish(process).ExitCode);
        }

        Assert.True(File.Exists(cli.In("cut/checkpoint.npz")));
        Assert.False(File.Exists(cli.In("cut/results.json")));
    }

    [Fact]
    public void A_resume_with_other_options_says_what_differs()
    {
        using (Process process = cli.Start([.. Long, "--output", "cut", "--checkpoint-every", "100", "--quiet"]))
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(cli.In("cut/checkpoint.npz")), TimeSpan.FromSeconds(60)));
            Cli.Signal("-KILL", process);
            Cli.Finish(process);
        }

        string[] other = [.. Long.Select(part => part == "0.003" ? "0.004" : part), "--output", "cut", "--resume"];
        AssertFails(cli.Run(other), 1, "cut: holds another job: --learning-rate 0.003 there, 0.004 here. Resume with the options it was begun with");

        // A checkpoint of another training, and none.
        string[] small = ["train", "--data", "moons:50", "--hidden", "3", "--iterations", "50", "--no-plots", "--quiet", "--resume", "--output", "small"];
        Assert.Equal(0, cli.Run(small).ExitCode);
        File.Delete(cli.In("small/results.json"));
        File.Copy(cli.In("cut/checkpoint.npz"), cli.In("small/checkpoint.npz"));
        AssertFails(cli.Run(small), 1, "The checkpoint to go on from is of another training, or damaged: ");
        File.WriteAllBytes(cli.In("cut/checkpoint.npz"), [1, 2, 3]);
        AssertFails(cli.Run([.. Long, "--output", "cut", "--resume"]), 1, "cut/checkpoint.npz");
    }

    [Fact]
    public void Results_tell_of_epochs_batches_and_the_held_out_part()
    {
        string[] arguments =
        [
            "train", "--data", "digits", "--hidden", "16", "--activation", "relu", "--init", "he", "--optimizer", "adam", "--learning-rate", "0.01", "--batch-size", "64",
            "--epochs", "100", "--early-stopping", "3:held=0.2", "--test-fraction", "0.2", "--no-plots", "--json", "--output", "out",
        ];
        Outcome outcome = cli.Run(arguments);
        Assert.Equal((0, ""), ExitAndError(outcome));
        JsonElement results = JsonDocument.Parse(outcome.Output).RootElement, run = results.GetProperty("runs")[0];
        int best = run.GetProperty("bestEpoch").GetInt32(), epochs = run.GetProperty("epochCosts").GetArrayLength();
        Assert.Equal(best + 3, epochs);
        Assert.InRange(epochs, 5, 99);
        double[] held = [.. run.GetProperty("heldCosts").EnumerateArray().Select(cost => cost.GetDouble())];
        Assert.Equal(held.Min(), held[best - 1]);

        // 1,149 of 1,437 training samples are left: 18 batches an epoch.
        Assert.Equal(18 * epochs, run.GetProperty("costs").GetArrayLength());
        Assert.Equal(run.GetProperty("epochCosts")[best - 1].GetDouble(), run.GetProperty("trainCost").GetDouble());
        Assert.InRange(run.GetProperty("testAccuracy").GetDouble(), 0.9, 1);
        Assert.Equal("cross_entropy", results.GetProperty("network").GetProperty("loss").GetString());
        Assert.Equal(JsonValueKind.Null, results.GetProperty("dataset").GetProperty("positive").ValueKind);
        Assert.Equal("3:held=0.2", results.GetProperty("training").GetProperty("earlyStopping").GetString());

        // The same from the spec, as a job of the same kind.
        Assert.Equal(0, cli.Run("run", "out", "--output", "again", "--no-plots", "--save", "m.npz").ExitCode);
        Assert.Equal(Results("out"), Results("again"));
        Assert.True(File.Exists(cli.In("m.npz")));
    }

    [Fact]
    public void An_interrupted_training_keeps_no_model_and_ends_as_interrupted()
    {
        using Process process = cli.Start(["train", "--data", "moons:50", "--iterations", "2000000000", "--no-plots", "--output", "out", "--save", "m.npz"]);
        Assert.True(SpinWait.SpinUntil(() => File.Exists(cli.In("out/spec.json")), TimeSpan.FromSeconds(60)));
        using (Process kill = Process.Start("kill", $"-INT {process.Id}"))
        {
            kill.WaitForExit();
        }

        Outcome outcome = Cli.Finish(process);
        Assert.Equal(130, outcome.ExitCode);
        Assert.Equal("stepzero: m.npz: not written: the training was interrupted.\n", outcome.Error);
        Assert.False(File.Exists(cli.In("m.npz")));
        Assert.True(File.Exists(cli.In("out/results.json")));
    }

    [Fact]
    public void A_folder_that_takes_no_file_is_refused_before_the_training()
    {
        if (!Directory.Exists("/proc"))
        {
            TestContext.Current.TestOutputHelper?.WriteLine("skipped: no folder that takes no file");
            return;
        }

        AssertFails(cli.Run("train", "--data", "moons:50", "--output", "out", "--save", "m.npz", "--save", "/proc/m.npz"), 1, "/proc/m.npz: cannot be written: ");
        Assert.False(Directory.Exists(cli.In("out")));
        Assert.Empty(Directory.GetFiles(cli.In("."), "m.npz*"));
    }

    [Fact]
    public void A_resume_without_a_checkpoint_says_that_it_begins_at_the_start()
    {
        Assert.Equal(
            (0, "stepzero: out: holds no checkpoint; the training begins at its start.\n"),
            ExitAndError(cli.Run("train", "--data", "moons:50", "--iterations", "9", "--no-plots", "--output", "out", "--resume")));
    }

    [Fact]
    public void A_training_that_was_interrupted_without_checkpoints_is_not_finished()
    {
        string[] training = ["train", "--data", "moons:50", "--no-plots", "--quiet", "--output", "out", "--iterations"];
        using (Process process = cli.Start([.. training, "2000000000"]))
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(cli.In("out/spec.json")), TimeSpan.FromSeconds(60)));
            Cli.Signal("-INT", process);
            Assert.Equal(130, Cli.Finish(process).ExitCode);
        }

        // As if it had been meant to be shorter: the same job in all but its length.
        string spec = File.ReadAllText(cli.In("out/spec.json"));
        File.WriteAllText(cli.In("out/spec.json"), spec.Replace("2000000000", "20", StringComparison.Ordinal));
        Assert.Equal((0, "stepzero: out: holds no checkpoint; the training begins at its start.\n"), ExitAndError(cli.Run([.. training, "20", "--resume"])));
        Assert.Contains("\"status\": \"completed\"", File.ReadAllText(cli.In("out/results.json")), StringComparison.Ordinal);
    }

    [Fact]
    public void The_same_file_is_not_kept_twice()
    {
        AssertFails(cli.Run("train", "--data", "moons:50", "--save", "m.npz", "--save", "./m.npz"), 2, "--save: './m.npz' is named twice. Leave one out.");
        Assert.False(File.Exists(cli.In("m.npz")));
    }

    [Fact]
    public void A_training_that_diverges_keeps_no_model_and_says_so()
    {
        File.WriteAllText(cli.In("m.onnx"), "old");
        Outcome outcome = cli.Run("train", "--data", "moons:50", "--hidden", "8,8,8", "--activation", "relu", "--learning-rate", "1e80", "--no-plots", "--quiet", "--output", "out", "--save", "m.onnx");
        AssertFails(outcome, 1, "m.onnx: not written: the training diverged at iteration");
        Assert.Equal("old", File.ReadAllText(cli.In("m.onnx")));
        Assert.True(File.Exists(cli.In("out/results.json")));
    }

    private string Results(string folder) => Seconds().Replace(File.ReadAllText(cli.In($"{folder}/results.json")), "Seconds\": 0");

    [GeneratedRegex("Seconds\": [0-9.eE+-]+")]
    private static partial Regex Seconds();
}
