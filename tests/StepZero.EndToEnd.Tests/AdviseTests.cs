using System.Diagnostics;
using System.Text.Json;

namespace StepZero.EndToEnd.Tests;

/// <summary><c>stepzero advise</c> as a process.</summary>
public sealed class AdviseTests : IDisposable
{
    private static readonly string[] Projects = ["StepZero", "StepZero.Files"];
    private static readonly string[] Question = ["advise", "--data", "moons:80:0.1", "--iterations", "40", "--hidden", "5,5", "--seeds", "6", "--seed", "3"];

    /// <summary>Of three kinds that lie apart, the target not the last column, a value missing.</summary>
    private static readonly string Table = "id,kind,width,height\n" + string.Concat(Enumerable.Range(0, 45).Select(i =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{i},{"abc"[i % 3]},{(i == 7 ? "" : $"{(i % 3) + (i * 7 % 11 / 10.0)}")},{(i % 3 == 1 ? 2 : 0) + (i * 5 % 13 / 10.0)}\n")));

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    /// <summary>The command that is printed trains the setting from the seeds of the evidence: the targets are reached where the evidence says so.</summary>
    [Fact]
    public void What_is_recommended_is_repeated_by_the_printed_command()
    {
        Outcome outcome = cli.Run([.. Question, "--output", "one"]);
        Assert.Equal((0, ""), Outcome.ExitAndError(outcome));
        JsonElement results = Results("one"), recommended = results.GetProperty("recommended"), winner = results.GetProperty("evidence")[0];
        string command = recommended.GetProperty("command").GetString()!;
        Assert.StartsWith($"Use --init {recommended.GetProperty("initializer")} --learning-rate {recommended.GetProperty("learningRate")} --scaling {recommended.GetProperty("scaling")}\n", outcome.Output[outcome.Output.IndexOf("Use --init", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Contains(command, outcome.Output, StringComparison.Ordinal);
        Assert.Equal(["report.html", "results.json", "spec.json"], Directory.GetFiles(cli.In("one")).Select(Path.GetFileName).Order());

        double target = double.Parse(results.GetProperty("target").GetString()!["cost:".Length..], System.Globalization.CultureInfo.InvariantCulture);
        Outcome compared = cli.Run([.. command.Split(' ').Skip(1), "--no-plots", "--json"]);
        Assert.Equal((0, ""), Outcome.ExitAndError(compared));
        JsonElement run = JsonDocument.Parse(compared.Output).RootElement.GetProperty("runs")[0];
        int at = run.GetProperty("costs").EnumerateArray().ToList().FindIndex(cost => cost.GetDouble() <= target);
        JsonElement first = winner.GetProperty("iterations")[0];
        int? expected = at >= 0 ? at : run.GetProperty("trainCost").GetDouble() <= target ? 40 : null;
        Assert.Equal(expected, first.ValueKind == JsonValueKind.Null ? null : first.GetInt32());
        Assert.Equal(6, run.GetProperty("seeds").GetProperty("count").GetInt32());
    }

    [Fact]
    public void A_run_of_its_folder_gives_the_same_bytes_on_one_thread()
    {
        Assert.Equal(0, cli.Run([.. Question, "--output", "one", "--threads", "2", "--no-plots", "--quiet"]).ExitCode);
        Assert.Equal((0, ""), Outcome.ExitAndError(cli.Run("run", "one", "--output", "two", "--threads", "1", "--no-plots", "--quiet")));
        Assert.Equal(WithoutTimes("one"), WithoutTimes("two"));
        Assert.Equal(File.ReadAllText(cli.In("one/spec.json")), File.ReadAllText(cli.In("two/spec.json")));

        string WithoutTimes(string folder) => string.Join('\n', File.ReadLines(cli.In($"{folder}/results.json")).Where(line => !line.Contains("Seconds\"", StringComparison.Ordinal)));
    }

    /// <summary>A table, and what is given: spec.json has them, and so has the command that is printed.</summary>
    [Fact]
    public void What_was_given_is_kept_when_it_is_repeated()
    {
        File.WriteAllText(cli.In("table.csv"), Table);
        string[] given = ["--data-target", "kind", "--learning-rate", "0.3", "--scaling", "none", "--target", "accuracy:0.6", "--iterations", "30", "--hidden", "3", "--seeds", "2", "--missing", "drop"];
        Assert.Equal(0, cli.Run(["advise", "--data", "table.csv", .. given, "--output", "one", "--no-plots", "--quiet"]).ExitCode);
        Assert.Equal(0, cli.Run("run", "one", "--output", "two", "--no-plots", "--quiet").ExitCode);
        JsonElement[] both = [Results("one"), Results("two")];
        Assert.Equal(both[0].GetProperty("evidence").ToString(), both[1].GetProperty("evidence").ToString());
        JsonElement recommended = both[0].GetProperty("recommended");
        Assert.Equal("0.3 none", $"{recommended.GetProperty("learningRate")} {recommended.GetProperty("scaling")}");
        Outcome compared = cli.Run([.. recommended.GetProperty("command").GetString()!.Split(' ').Skip(1), "--no-plots", "--json"]);
        Assert.Equal(0, compared.ExitCode);
        Assert.Equal(2, JsonDocument.Parse(compared.Output).RootElement.GetProperty("runs")[0].GetProperty("seeds").GetProperty("count").GetInt32());
    }

    /// <summary>The program that is printed, as a program of one file.</summary>
    [Theory]
    [InlineData("--data blobs:60 --iterations 30 --seeds 5")]
    [InlineData("--data table.csv --data-target kind --ignore id --positive b --missing mean --test-fraction 0.25 --epochs 12 --batch-size 7 --optimizer adamw --weight-decay 0.5 --clip-norm 0.5 --seeds 3")]
    [InlineData("--data blobs:60 --iterations 30 --seeds 4 --optimizer momentum:beta=0.5 --clip-norm 0.02 --weight-decay 0.001 --schedule cosine:warmup=5 --random philox --precision single --test-fraction 0.25 --activation leaky_relu:0.2")]
    public void The_printed_program_compiles_and_says_what_the_evidence_says(string more)
    {
        File.WriteAllText(cli.In("table.csv"), Table);
        Outcome outcome = cli.Run(["advise", "--hidden", "3", .. more.Split(' '), "--output", "one", "--no-plots"]);
        Assert.Equal((0, ""), Outcome.ExitAndError(outcome));
        const string Title = "The same in C#:\n";
        string program = outcome.Output[(outcome.Output.IndexOf(Title, StringComparison.Ordinal) + Title.Length)..outcome.Output.IndexOf("\n\nResults:", StringComparison.Ordinal)];
        string projects = string.Concat(Projects.Select(name => $"#:project {Path.Combine(Cli.Root, "src", name, $"{name}.csproj")}\n"));
        File.WriteAllText(cli.In("program.cs"), projects + program);
        File.Copy(Path.Combine(Cli.Root, "samples", "Directory.Build.props"), cli.In("Directory.Build.props"));
        Outcome ran = Cli.Finish(Process.Start(new ProcessStartInfo("dotnet", ["run", cli.In("program.cs")]) { WorkingDirectory = cli.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!);
        Assert.Equal((0, ""), Outcome.ExitAndError(ran));
        int?[] expected = [.. Results("one").GetProperty("evidence")[0].GetProperty("iterations").EnumerateArray().Select(at => at.ValueKind == JsonValueKind.Null ? (int?)null : at.GetInt32())];
        Assert.Equal(expected.Select((at, i) => $"seed {i + 1}: {(at is null ? "not reached" : $"reached after {at} iterations")}"), ran.Output.Trim().Split('\n').Select(line => line[..line.IndexOf(", final", StringComparison.Ordinal)]));
    }

    [Fact]
    public void A_budget_that_ends_it_early_is_said()
    {
        Outcome outcome = cli.Run([.. Question, "--budget", "0.001s", "--output", "one", "--no-plots", "--quiet"]);
        Assert.Equal(0, outcome.ExitCode);
        Assert.Equal("stepzero: the budget of time ended it early: with a larger --budget more is screened, and the result may be another.\n", outcome.Error);
        Assert.True(Results("one").GetProperty("isCut").GetBoolean());
    }

    [Theory]
    [InlineData("--init he", 2, "Unknown option '--init'")]
    [InlineData("--target foo:1", 2, "--target: Unknown target 'foo'. Known: cost, accuracy.")]
    [InlineData("--target cost:-1", 2, "--target: Target 'cost:-1': expected a finite cost above 0, as in 'cost:0.1'.")]
    [InlineData("--budget 3", 2, "--budget: expected a time above 0 as in 90s, 10m, 1.5h or 2d, found '3'.")]
    [InlineData("--seeds 0", 2, "--seeds: expected a whole number from 1 to 10000, found '0'.")]
    [InlineData("--seed 4294967290 --seeds 7", 2, "--seeds: 7 seeds from 4294967290 go beyond 4294967295, the largest.")]
    [InlineData("--data noise:20 --target accuracy:0.9", 1, "--target: accuracy:0.9 is an accuracy, and the targets of 'noise:20:16' are numbers, which have none. Use a cost, as in cost:0.1.")]
    [InlineData("--data moons:20 --data-target x", 1, "--data-target")]
    public void A_mistake_is_one_line(string arguments, int exitCode, string message)
    {
        Outcome.AssertFails(cli.Run(["advise", .. arguments.Split(' '), "--output", "one"]), exitCode, message);
        Assert.False(Directory.Exists(cli.In("one")));
    }

    private JsonElement Results(string folder) => JsonDocument.Parse(File.ReadAllText(cli.In($"{folder}/results.json"))).RootElement;
}
