using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using StepZero.Networks;

namespace StepZero.EndToEnd.Tests;

/// <summary>The command diagnose: verdicts, findings, exit codes, and what it says of hopeless input.</summary>
public sealed partial class DiagnoseTests : IDisposable
{
    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void The_classic_experiment_is_judged_as_it_ends()
    {
        Outcome outcome = cli.Run("diagnose", "--data", Cli.CatsAndDogs(), "--no-plots", "--output", "out");
        Assert.Equal((3, ""), (outcome.ExitCode, outcome.Error));
        string text = outcome.Output.Replace("\n", " ", StringComparison.Ordinal);
        Assert.Matches("zeros will not train: the (5 )?units of [^.]* are identical, so every update keeps them identical\\.", text);
        Assert.Matches("random:10:normal will not train: (up to )?(9\\d\\.?\\d*|100)% of the activations of layers? 1 [^.]*are saturated", text);
        Assert.Contains("he will train, unstably: the sharpness is 147 at the start", text, StringComparison.Ordinal);
        Assert.Contains("xavier will train, unstably: the sharpness is 77.5 at the start", text, StringComparison.Ordinal);
        Assert.Equal(
            ["zeros will_not_train symmetry", "random:10:normal will_not_train saturation", "he will_train_unstably sharpness", "xavier will_train_unstably sharpness"],
            Diagnoses("out").Select(one => $"{one.GetProperty("initializer")} {one.GetProperty("outlook")} {one.GetProperty("cause")}"));
    }

    [Fact]
    public void What_will_train_is_all_well()
    {
        Outcome outcome = cli.Run("diagnose", "--data", "moons:60", "--optimizer", "adam", "--learning-rate", "0.02", "--init", "he,xavier", "--quiet", "--no-plots", "--output", "out");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        string[] lines = outcome.Output.Split('\n');
        Assert.Matches("^│ Initializer +│ Verdict +│ Sure +│ +Sharpness +│ Limit +│ Stable rate +│ Last cost +│ Main cause +│$", lines[1]);
        Assert.Matches("^│ he +│ will train +│ seen +│ .* │ +– │ +– │ .* │ – +│$", lines[3]);
        Assert.Equal("Results: out", lines[^2]);
        Assert.Equal(["results.json", "spec.json"], Directory.GetFiles(cli.In("out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void Findings_say_what_was_measured_and_what_to_change()
    {
        Outcome outcome = cli.Run("diagnose", "--data", "moons:60", "--hidden", "8", "--init", "zeros", "--no-plots");
        Assert.Equal(3, outcome.ExitCode);
        Assert.Contains("\nzeros will not train: the 8 units of layer 1 are identical, so every update keeps them identical.\nSeen to its end: the cost goes from 0.693 to 0.693 in 1000 updates; ", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(
            "\nsevere   share of the units of a layer[^:]*: (0\\.875|1); +threshold +0\\.5 +try --init xavier: random weights make units different\n {9}docs/guide/findings.md#symmetry\n",
            outcome.Output.Replace("\n         threshold", " threshold", StringComparison.Ordinal).Replace("threshold\n", "threshold", StringComparison.Ordinal)
                .Replace("0.5\n", "0.5", StringComparison.Ordinal));
        Assert.Matches("│ Layer │ Units │ z rms │ Theory │ Activation │ Saturated │ Linear │ Gradient │ Growth │", outcome.Output);
        Assert.All(outcome.Output.Split('\n').Where(line => !line.StartsWith("Training", StringComparison.Ordinal)), line => Assert.InRange(line.Length, 0, 110));
    }

    [Fact]
    public void Advice_that_brings_nothing_is_said_to_bring_nothing()
    {
        string[] hopeless = ["diagnose", "--data", "circles:50", "--hidden", string.Join(',', Enumerable.Repeat(4, 40)), "--init", "he", "--fix", "--no-plots", "--output", "out"];
        string hopelessly = cli.Run(hopeless).Output;
        Assert.Contains("\nThe advice does not help here.\n", hopelessly, StringComparison.Ordinal);
        Assert.Matches("│ after +│ will [^│]+│ did not train │", hopelessly);
        Assert.False(Diagnoses("out")[0].GetProperty("fix").GetProperty("helps").GetBoolean());
        string[] helped = ["diagnose", "--data", "moons:60", "--init", "zeros", "--learning-rate", "0.5", "--fix", "--no-plots", "--output", "better"];
        string better = cli.Run(helped).Output;
        Assert.DoesNotContain("does not help", better, StringComparison.Ordinal);
        Assert.Matches("│ before │ will not train +│ did not train │[^\n]*\n│ after +│ will train[^│]*│ trained +│", better);
        Assert.True(Diagnoses("better")[0].GetProperty("fix").GetProperty("helps").GetBoolean());
    }

    [Fact]
    public void Quiet_prints_the_closing_table_alone() =>
        Assert.StartsWith("╭", cli.Run("diagnose", "--data", "moons:60", "--init", "he", "--iterations", "50", "--no-plots", "--quiet").Output, StringComparison.Ordinal);

    [Fact]
    public void What_was_not_seen_to_its_end_is_foretold()
    {
        Outcome outcome = cli.Run("diagnose", "--data", "moons:200", "--hidden", "50,50", "--init", "he", "--iterations", "1000000", "--learning-rate", "0.1", "--no-plots", "--output", "out");
        Assert.Matches("\\d% sure, from \\d+ of 1000000 updates: the cost", outcome.Output.Replace("\n", " ", StringComparison.Ordinal));
        Assert.Contains("\n~ foretold from the first updates\n", outcome.Output, StringComparison.Ordinal);
        Assert.False(Diagnoses("out")[0].GetProperty("probe").GetProperty("whole").GetBoolean());
    }

    [Fact]
    public void A_page_and_pictures_come_with_the_results_and_go_with_them()
    {
        string[] arguments = ["diagnose", "--data", "moons:60", "--init", "zeros", "--iterations", "100", "--during", "--horizon", "--fix", "--output", "out"];
        Outcome outcome = cli.Run(arguments);
        Assert.Equal((3, ""), (outcome.ExitCode, outcome.Error));
        Assert.EndsWith("Results: out (open out/report.html)\n", outcome.Output, StringComparison.Ordinal);
        string[] files = [.. Directory.GetFiles(cli.In("out")).Select(file => Path.GetFileName(file))];
        Assert.Contains("report.html", files);
        Assert.Contains("sharpness.png", files);
        Assert.Contains("before-and-after-zeros.png", files);
        Assert.Contains("stepzero diagnose", File.ReadAllText(cli.In("out/report.html")), StringComparison.Ordinal);
        Assert.Equal(3, cli.Run([.. arguments, "--force", "--no-plots"]).ExitCode);
        Assert.Equal(["results.json", "spec.json"], Directory.GetFiles(cli.In("out")).Select(Path.GetFileName).Order());
    }

    [Fact]
    public void A_program_gets_the_results_alone()
    {
        Outcome outcome = cli.Run("diagnose", "--data", "moons:60", "--init", "zeros,he", "--json", "--no-plots", "--output", "out");
        Assert.Equal((3, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(File.ReadAllText(cli.In("out/results.json")), outcome.Output);
        JsonElement root = JsonDocument.Parse(outcome.Output).RootElement;
        Assert.Equal(
            ["schema", "dataset", "network", "training", "data", "prepareSeconds", "diagnoseSeconds", "diagnoses"], root.EnumerateObject().Select(field => field.Name));
        JsonElement zeros = root.GetProperty("diagnoses")[0];
        Assert.Equal(
            ["initializer", "outlook", "confidence", "probability", "cause", "sentence", "goal", "forecastCost", "probe", "findings", "layers", "theory"],
            zeros.EnumerateObject().Select(field => field.Name));
        Assert.StartsWith("will not train: the ", zeros.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.Equal(Math.Log(2), zeros.GetProperty("goal").GetProperty("constantCost").GetDouble(), 12);
        JsonElement symmetry = zeros.GetProperty("findings")[0];
        Assert.Equal("""{"why":"random weights make units different","options":{"init":"xavier"}}""", JsonSerializer.Serialize(symmetry.GetProperty("advice")));
        Assert.Equal(("symmetry", "severe", 1), (symmetry.GetProperty("id").GetString(), symmetry.GetProperty("severity").GetString(), symmetry.GetProperty("layer").GetInt32()));
        JsonElement layers = zeros.GetProperty("layers");
        Assert.Equal([5, 5, 1], layers.EnumerateArray().Select(layer => layer.GetProperty("units").GetInt32()));
        Assert.Equal("[[1,2,3,4,5]]", JsonSerializer.Serialize(layers[0].GetProperty("symmetry").GetProperty("copies")));
        Assert.Equal(JsonValueKind.Null, layers[1].GetProperty("growth").ValueKind);
    }

    [Fact]
    public void The_advice_is_followed_and_whole_trainings_are_watched()
    {
        string[] arguments = ["diagnose", "--data", "moons:60", "--test-fraction", "0.2", "--init", "zeros,random", "--iterations", "200", "--fix", "--during", "--horizon", "--no-plots"];
        Outcome outcome = cli.Run([.. arguments, "--output", "out"]);
        Assert.Equal((3, ""), (outcome.ExitCode, outcome.Error));
        string text = outcome.Output.Replace("\n", " ", StringComparison.Ordinal);
        Assert.Contains("Horizon: costs of 16 shadow runs ", text, StringComparison.Ordinal);
        Assert.Matches("Digits to trust: 1\\d at 0, \\d+ at 10, \\d+ at 30, \\d+ at 100\\.", text);
        Assert.Matches("During 200 updates the sharpness is largest after \\d+ updates, 0\\.25; 0% of the time it is beyond what is stable; saturated activations go from 0% to 0%\\.", text);
        Assert.Matches("With --init xavier .*, trained from the same seed:", text);
        Assert.Matches("│ before +│ will not train +│ did not train +│ +0\\.69. │ +\\d+% │ +\\d\\d\\.\\d\\d% │ +\\d\\d\\.\\d\\d% │", outcome.Output);
        Assert.Matches("│ after +│ will train", outcome.Output);
        JsonElement zeros = Diagnoses("out")[0];
        Assert.Equal(["horizon", "during", "fix"], zeros.EnumerateObject().Select(field => field.Name).TakeLast(3));
        Assert.Equal("xavier", zeros.GetProperty("fix").GetProperty("options").GetProperty("init").GetString());
        Assert.Equal("completed", zeros.GetProperty("fix").GetProperty("before").GetProperty("status").GetString());
        Assert.Equal(200, zeros.GetProperty("during").GetProperty("costs").GetArrayLength());
        Assert.Equal(1e-6, zeros.GetProperty("horizon").GetProperty("parts")[0].GetProperty("by").GetDouble());

        // Once more, from the spec, on another number of threads.
        Outcome repeated = cli.Run("run", "out", "--threads", "3", "--no-plots", "--output", "again");
        Assert.Equal((3, ""), (repeated.ExitCode, repeated.Error));
        Assert.Equal(WithoutSeconds("out"), WithoutSeconds("again"));
        Assert.Equal(File.ReadAllText(cli.In("out/spec.json")), File.ReadAllText(cli.In("again/spec.json")));
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Weights_that_are_no_numbers_are_a_finding(double weight)
    {
        var parameters = new Parameters(new Architecture(2, [3], Activation.Tanh));
        parameters.Weights[0].AsSpan().Fill(0.1);
        parameters.Weights[1].AsSpan().Fill(0.1);
        parameters.Weights[0][1] = weight;
        KeptModels.PutWeights(cli, "broken.npz", parameters);
        Outcome outcome = cli.Run("diagnose", "--data", "moons:60", "--hidden", "3", "--init", "file:broken.npz", "--output", "out", "--no-plots");
        Assert.Equal((3, ""), (outcome.ExitCode, outcome.Error));
        Assert.StartsWith("file:broken.npz will not train: 1 weight", outcome.Output.Split("\n\n")[1], StringComparison.Ordinal);
        Assert.Contains("│ broken-weights │", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("NaN|Infinity", outcome.Output + File.ReadAllText(cli.In("out/results.json")));
    }

    [Theory]
    [InlineData("--data constant.csv", "constant-data")]
    [InlineData("--data one.csv", "constant-data")]
    [InlineData("--data huge.csv", "saturation")]
    [InlineData("--data huge.csv --activation relu", "exploding-signal")]
    [InlineData("--data equal.csv --scaling standardize", "small-steps|constant-targets")]
    [InlineData("--data moons:60 --hidden none", "small-steps")]
    [InlineData("--data moons:60 --hidden 1", "small-steps")]
    [InlineData("--data moons:60 --iterations 1", "small-steps")]
    [InlineData("--data moons:60 --hidden DEEP --iterations 50", "saturation|vanishing-gradient")]
    [InlineData("--data moons:60 --hidden DEEP --iterations 50 --activation relu", "vanishing-gradient|dead-layer|alike-samples|vanishing-signal")]
    [InlineData("--data moons:60 --learning-rate 1e308 --activation relu", "divergence")]
    [InlineData("--data moons:60 --batch-size 7 --epochs 3", "small-steps")]
    [InlineData("--data moons:60 --schedule cosine:warmup=10 --iterations 50", "small-steps")]
    [InlineData("--data moons:60 --batch-size 7 --optimizer adam --learning-rate 1e-5 --early-stopping 3 --epochs 20", "short-budget|plateau")]
    public void What_is_hopeless_is_a_finding(string options, string cause)
    {
        (string Name, string Rows)[] tables =
        [
            ("constant.csv", "1,2,0\n1,2,1\n1,2,0\n1,2,1\n"), ("one.csv", "1,2,0.5\n"), ("huge.csv", "1e200,3e200,0\n5e200,-3e200,1\n2e200,9e200,0\n"), ("equal.csv", "1,2,0.3\n3,1,0.3\n0,5,0.3\n"),
        ];
        Array.ForEach(tables, table => File.WriteAllText(cli.In(table.Name), $"a,b,y\n{table.Rows}"));
        Outcome outcome = cli.Run(["diagnose", .. options.Replace("DEEP", string.Join(',', Enumerable.Repeat("1", 1000)), StringComparison.Ordinal).Split(' '), "--init", "he", "--no-plots", "--output", "out"]);
        Assert.Equal(3, outcome.ExitCode);
        Assert.DoesNotContain("   at ", outcome.Error, StringComparison.Ordinal);
        Assert.Contains("he will not train: ", outcome.Output, StringComparison.Ordinal);
        Assert.DoesNotMatch("NaN|nan\\b|Infinity", outcome.Output);
        Assert.Matches($"^({cause})$", Diagnoses("out")[0].GetProperty("cause").GetString());
    }

    [Theory]
    [InlineData("--data huge.csv --loss mse --activation relu")]
    [InlineData("--data nan.csv --allow-nan --activation relu --horizon --during --fix")]
    public void A_cost_that_is_no_number_from_the_start_is_no_crash(string options)
    {
        File.WriteAllText(cli.In("huge.csv"), "a,b,y\n1e200,3e200,0\n5e200,-3e200,1\n2e200,9e200,0\n");
        File.WriteAllText(cli.In("nan.csv"), "a,b,y\n1,nan,0\n5,-3,1\n2,9,0\n");
        Outcome outcome = cli.Run(["diagnose", .. options.Split(' '), "--init", "he", "--no-plots", "--output", "out"]);
        Assert.Equal((3, ""), (outcome.ExitCode, outcome.Error));
        Assert.Matches("\nhe will not train.*\nSeen to its end: the first cost is not finite\\.\n", outcome.Output);
        Assert.DoesNotMatch("NaN|nan\\b|Infinity", outcome.Output[outcome.Output.IndexOf("\n\n", StringComparison.Ordinal)..]);
        Assert.Equal(0, Diagnoses("out")[0].GetProperty("probe").GetProperty("costs").GetArrayLength());
    }

    [Fact]
    public void An_interrupt_leaves_nothing_half_done()
    {
        using Process process = cli.Start(["diagnose", "--data", "moons:500", "--iterations", "50000000", "--fix", "--output", "out"]);
        Assert.StartsWith("trained ", process.StandardError.ReadLine(), StringComparison.Ordinal);
        using (Process kill = Process.Start("kill", $"-INT {process.Id}"))
        {
            kill.WaitForExit();
        }

        Outcome outcome = Cli.Finish(process);
        Assert.Equal((130, ""), (outcome.ExitCode, outcome.Output));
        Assert.EndsWith("stepzero: interrupted before anything was complete; nothing was written.\n", outcome.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(cli.In("out")));
    }

    private JsonElement[] Diagnoses(string folder) =>
        [.. JsonDocument.Parse(File.ReadAllBytes(cli.In($"{folder}/results.json"))).RootElement.GetProperty("diagnoses").EnumerateArray()];

    private string WithoutSeconds(string folder) => Seconds().Replace(File.ReadAllText(cli.In($"{folder}/results.json")), "");

    [GeneratedRegex("\"[a-zA-Z]*Seconds\": [0-9.eE+-]+")]
    private static partial Regex Seconds();
}
