using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using static StepZero.EndToEnd.Tests.Outcome;

namespace StepZero.EndToEnd.Tests;

public sealed partial class CompareTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void The_classic_experiment_prints_what_the_tutorial_prints()
    {
        string pictures = Cli.CatsAndDogs();
        Outcome outcome = cli.Run("compare", "--data", pictures, "--positive", "cat", "--output", "out", "--no-plots");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        string[] zeros = Section(outcome.Output, "zeros");
        for (int i = 0; i < 10; i++)
        {
            Assert.Equal($"The cost after {100 * (i + 1)} iterations is: 0.6931471805599453", zeros[i]);
        }

        Assert.Equal("The accuracy rate is: 50.00%.", zeros[10]);
        string[] random = Section(outcome.Output, "random:10:normal");
        Assert.StartsWith("The cost after 100 iterations is: 1.24131420", random[0], StringComparison.Ordinal);
        Assert.StartsWith("The cost after 1000 iterations is: 1.00476708", random[9], StringComparison.Ordinal);
        Assert.Equal("The accuracy rate is: 55.00%.", random[10]);
        Assert.Contains("│ xavier ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["costs.csv", "results.json", "spec.json"], Directory.GetFiles(cli.In("out")).Select(Path.GetFileName).Order());
        Assert.Equal(1001, File.ReadAllLines(cli.In("out/costs.csv")).Length);
    }

    [Fact]
    public void The_same_command_gives_the_same_bytes_with_any_number_of_threads_and_any_vectors()
    {
        string pictures = Cli.CatsAndDogs();
        string[] command = ["compare", "--no-plots", "--data", pictures, "--image-size", "40x40", "--test-fraction", "0.2", "--iterations", "300"];
        string expected = Results("one", [], "--threads", "1");
        Assert.Equal(expected, Results("again", [], "--threads", "1"));
        Assert.Equal(expected, Results("two", [], "--threads", "2"));
        Assert.Equal(expected, Results("256 bits", [("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0")]));
        Assert.Equal(expected, Results("128 bits", [("DOTNET_EnableAVX2", "0"), ("DOTNET_EnableAVX", "0")]));
        Assert.Equal(File.ReadAllText(cli.In("one/costs.csv")), File.ReadAllText(cli.In("128 bits/costs.csv")));

        string Results(string output, (string, string)[] environment, params string[] more)
        {
            Outcome outcome = cli.RunWith(environment, [.. command, "--output", output, .. more]);
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
            return WithoutSeconds(File.ReadAllText(cli.In($"{output}/results.json")));
        }
    }

    [Fact]
    public void Json_stands_alone_on_standard_output()
    {
        Outcome outcome = cli.Run("compare", "--json", "--data", "moons", "--init", "he,zeros", "--test-data", "moons:100:0.2", "--output", "out");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(File.ReadAllText(cli.In("out/results.json")), outcome.Output);
        JsonElement root = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal("moons:500:0.2", root.GetProperty("dataset").GetProperty("name").GetString());
        Assert.Equal("1", root.GetProperty("dataset").GetProperty("positive").GetString());
        Assert.Equal(["he", "zeros"], root.GetProperty("runs").EnumerateArray().Select(run => run.GetProperty("initializer").GetString()));
        Assert.InRange(root.GetProperty("runs")[0].GetProperty("testAccuracy").GetDouble(), 0.5, 1);
    }

    [Fact]
    public void Quiet_leaves_only_the_table()
    {
        Outcome outcome = cli.Run("compare", "--quiet", "--data", "moons", "--output", "out", "--iterations", "200");
        Assert.StartsWith("\n╭", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("The cost after", outcome.Output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("moons", "circles", "spirals", "xor", "blobs")]
    public void Every_generated_set_trains(params string[] names)
    {
        foreach (string name in names)
        {
            Outcome outcome = cli.Run("compare", "--data", name, "--init", "xavier", "--learning-rate", "0.3", "--output", name, "--hidden", "8");
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
            double[] costs = [.. Run(name, 0).GetProperty("costs").EnumerateArray().Select(cost => cost.GetDouble())];
            Assert.True(costs[^1] < costs[0], name);
        }
    }

    [Fact]
    public void Logistic_regression_ends_at_one_cost_from_any_start()
    {
        cli.Run("compare", "--data", "blobs", "--hidden", "none", "--init", "zeros,random:1,he", "--learning-rate", "3", "--iterations", "20000", "--output", "out");
        double[] last = [.. Enumerable.Range(0, 3).Select(run => Run("out", run).GetProperty("costs").EnumerateArray().Last().GetDouble())];
        Assert.Equal(last[0], last[1], 1e-9);
        Assert.Equal(last[0], last[2], 1e-9);
    }

    [Fact]
    public void A_diverged_run_is_marked_and_the_others_go_on()
    {
        Outcome outcome = cli.Run(
            "compare", "--data", "moons", "--hidden", "8,8,8", "--activation", "relu", "--learning-rate", "1e80", "--init", "he,zeros", "--output", "out", "--iterations", "100");
        Assert.Equal(0, outcome.ExitCode);
        Assert.Contains("Diverged at iteration", outcome.Output, StringComparison.Ordinal);
        Assert.Equal("diverged", Run("out", 0).GetProperty("status").GetString());
        Assert.Equal("completed", Run("out", 1).GetProperty("status").GetString());
    }

    [Fact]
    public void A_run_is_repeated_from_its_spec_or_folder()
    {
        cli.Run("compare", "--data", "xor:80:0.1", "--init", "random:2:uniform,he", "--activation", "leaky_relu:0.2", "--seed", "9", "--test-fraction", "0.25",
            "--scaling", "standardize", "--precision", "single", "--hidden", "3", "--iterations", "150", "--output", "first");
        string expected = WithoutSeconds(File.ReadAllText(cli.In("first/results.json")));
        Assert.Equal(0, cli.Run("run", "first/spec.json", "--output", "second", "--quiet").ExitCode);
        Assert.Equal(0, cli.Run("run", "second", "--output", "third", "--threads", "1").ExitCode);
        Assert.Equal(expected, WithoutSeconds(File.ReadAllText(cli.In("second/results.json"))));
        Assert.Equal(expected, WithoutSeconds(File.ReadAllText(cli.In("third/results.json"))));
        Assert.Equal(File.ReadAllText(cli.In("first/spec.json")), File.ReadAllText(cli.In("third/spec.json")));
    }

    [Fact]
    public void A_run_is_refused_when_the_data_have_changed()
    {
        cli.Put("rgb.png", "data/cat.1.png");
        cli.Put("gray.png", "data/dog.1.png");
        Assert.Equal(0, cli.Run("compare", "--data", "data", "--iterations", "5", "--output", "first").ExitCode);
        Assert.Equal(0, cli.Run("run", "first", "--output", "same").ExitCode);
        cli.Put("alpha.png", "data/dog.2.png");
        Outcome outcome = cli.Run("run", "first", "--output", "changed");
        AssertFails(outcome, 1, "the data are not those of the spec");
        Assert.False(Directory.Exists(cli.In("changed")));
    }

    [Fact]
    public void An_interrupted_comparison_writes_what_was_finished()
    {
        // The first training diverges within a second; the second would take hours.
        using Process process = cli.Start(
            ["compare", "--data", "moons:50", "--hidden", "8,8,8", "--activation", "relu", "--learning-rate", "1e80", "--init", "he,zeros", "--iterations", "2000000000", "--threads", "1", "--output", "out"]);
        string spec = cli.In("out/spec.json");
        Assert.True(SpinWait.SpinUntil(() => File.Exists(spec), TimeSpan.FromSeconds(60)));
        Assert.False(process.WaitForExit(TimeSpan.FromSeconds(5)), "the second training must still run");
        using (Process kill = Process.Start("kill", $"-INT {process.Id}"))
        {
            kill.WaitForExit();
        }

        Outcome outcome = Cli.Finish(process);
        Assert.Equal(130, outcome.ExitCode);
        Assert.Equal("diverged", Run("out", 0).GetProperty("status").GetString());
        Assert.Equal("cancelled", Run("out", 1).GetProperty("status").GetString());
        Assert.InRange(Run("out", 1).GetProperty("costs").GetArrayLength(), 1, int.MaxValue);
        Assert.Contains("Cancelled after", outcome.Output, StringComparison.Ordinal);
        AssertFails(cli.Run("compare", "--data", "moons", "--output", "out"), 1, "already holds results");
        Assert.Equal(0, cli.Run("compare", "--data", "moons", "--output", "out", "--force", "--iterations", "10").ExitCode);
        Assert.Equal("completed", Run("out", 0).GetProperty("status").GetString());
    }

    private static string[] Section(string output, string title) =>
        [.. output.Split('\n').SkipWhile(line => line != title).Skip(1).TakeWhile(line => line.Length > 0)];

    private JsonElement Run(string output, int index) =>
        JsonDocument.Parse(File.ReadAllBytes(cli.In($"{output}/results.json"))).RootElement.GetProperty("runs")[index];

    private static string WithoutSeconds(string json) => Seconds().Replace(json, "Seconds\": 0");

    [GeneratedRegex("Seconds\": [0-9.eE+-]+")]
    private static partial Regex Seconds();
}
