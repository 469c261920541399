using System.Diagnostics;
using System.Text.Json;

namespace StepZero.EndToEnd.Tests;

/// <summary>Pictures, report, horizon and seeds of <c>compare</c>, as files of a real process.</summary>
public sealed class PicturesTests : IDisposable
{
    private static readonly string[] Results = ["costs.csv", "results.json", "spec.json"];

    private static readonly string[] Pictures =
    [
        "contact-sheet.png", "cost-curve-he.png", "cost-curve-random-10-normal.png", "cost-curve-xavier.png", "cost-curve-zeros.png", "cost-curves.png",
        "cost-curves.svg", "report.html", "samples.png", "weights-first-layer.png",
    ];

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void A_comparison_without_options_is_the_experiment_on_drawn_pets_with_all_its_pictures()
    {
        Outcome outcome = cli.Run("compare", "--output", "out");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(Results.Concat(Pictures).Order(StringComparer.Ordinal), Files("out"));
        Assert.StartsWith("Data      pets:100:1: 100 samples of 67500 features (150×150 pixels), 50 × cat (label 1), 50 × dog", outcome.Output, StringComparison.Ordinal);
        string zeros = outcome.Output.Split('\n').Single(line => line.StartsWith("│ zeros", StringComparison.Ordinal));
        Assert.Contains("⠤⠤⠤⠤", zeros, StringComparison.Ordinal);
        Assert.Contains("50.00%", zeros, StringComparison.Ordinal);
        Assert.EndsWith("Results: out (open out/report.html)\n", outcome.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Two_runs_and_a_machine_without_fonts_draw_the_same_bytes()
    {
        string[] command = ["compare", "--data", "pets:20", "--iterations", "100"];
        Assert.Equal(0, cli.Run([.. command, "--output", "one"]).ExitCode);
        Assert.Equal(0, cli.Run([.. command, "--output", "two", "--threads", "1"]).ExitCode);
        AssertSamePictures("one", "two");

        File.WriteAllText(cli.In("fonts.conf"), "<?xml version=\"1.0\"?><fontconfig></fontconfig>");
        string run = $"mount -t tmpfs none /usr/share/fonts && exec dotnet {Cli.Assembly} {string.Join(' ', command)} --output bare";
        (int exitCode, string error) = Unshared(run, ("FONTCONFIG_FILE", cli.In("fonts.conf")));
        SkipUnlessMounted(exitCode, error);
        Assert.Equal(0, exitCode);
        AssertSamePictures("one", "bare");
    }

    [Fact]
    public void A_full_disk_is_one_clear_line_and_the_results_before_the_pictures_stay()
    {
        // 256 KB hold the results, but not the pictures.
        Directory.CreateDirectory(cli.In("disk"));
        string run = $"mount -t tmpfs -o size=256k none disk && dotnet {Cli.Assembly} compare --iterations 300 --output disk/out > out.txt; code=$?; cp -r disk/out kept; exit $code";
        (int exitCode, string error) = Unshared(run);
        SkipUnlessMounted(exitCode, error);
        Assert.Equal(1, exitCode);
        Assert.Matches("^stepzero: disk/out/[a-z-]+.png: cannot be written: .*[Nn]o space left.* The results in disk/out are complete; pictures are missing.\n$", error);
        Assert.All(Results, name => Assert.Contains(name, Files("kept")));
        Assert.DoesNotContain(Files("kept"), name => name.EndsWith(".part", StringComparison.Ordinal));
        Assert.Equal(4, JsonDocument.Parse(File.ReadAllBytes(cli.In("kept/results.json"))).RootElement.GetProperty("runs").GetArrayLength());
        Assert.Contains("The accuracy rate is", File.ReadAllText(cli.In("out.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void A_disk_too_small_for_the_results_leaves_none_that_look_complete()
    {
        Directory.CreateDirectory(cli.In("disk"));
        string run = $"mount -t tmpfs -o size=16k none disk && dotnet {Cli.Assembly} compare --data moons --output disk/out > out.txt; code=$?; ls disk/out > kept.txt; exit $code";
        (int exitCode, string error) = Unshared(run);
        SkipUnlessMounted(exitCode, error);
        Assert.Equal(1, exitCode);
        Assert.Matches("^stepzero: disk/out/[a-z.]+: cannot be written: .*[Nn]o space left.*\n$", error);
        Assert.DoesNotContain("results.json", File.ReadAllText(cli.In("kept.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Plots_can_be_left_out_and_force_removes_old_ones()
    {
        Assert.Equal(0, cli.Run("compare", "--data", "moons", "--init", "he", "--iterations", "20", "--output", "out").ExitCode);
        Assert.Contains("cost-curve-he.png", Files("out"));
        Assert.Equal(0, cli.Run("compare", "--data", "moons", "--init", "xavier", "--iterations", "20", "--output", "out", "--force", "--no-plots").ExitCode);
        Assert.Equal(Results, Files("out"));
    }

    [Fact]
    public void The_horizon_marks_what_cannot_be_reproduced()
    {
        Outcome outcome = cli.Run("compare", "--horizon", "--init", "zeros,xavier", "--iterations", "400", "--output", "out", "--no-plots");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Equal(4, outcome.Output.Split('\n').Count(line => line.StartsWith("The cost after", StringComparison.Ordinal) && line.EndsWith("is: 0.6931471805599453", StringComparison.Ordinal)));
        Assert.Equal(4, outcome.Output.Split('\n').Count(line => line.Contains("iterations is: ≈ 0.", StringComparison.Ordinal)));
        Assert.Contains("16 shadow runs each", outcome.Output, StringComparison.Ordinal);
        JsonElement[] horizons = [.. Runs("out").Select(run => run.GetProperty("horizon"))];
        Assert.Equal(JsonValueKind.Null, horizons[0].GetProperty("partsAt").ValueKind);
        Assert.InRange(horizons[1].GetProperty("partsAt").GetInt32(), 10, 99);
        Assert.Equal(400, horizons[1].GetProperty("highest").GetArrayLength());
        Assert.Equal(0, cli.Run("run", "out", "--output", "again", "--no-plots").ExitCode);
        Assert.Equal(horizons[1].GetRawText(), Runs("again")[1].GetProperty("horizon").GetRawText());
    }

    [Fact]
    public void Seeds_give_median_quartiles_and_interval()
    {
        Outcome outcome = cli.Run(
            "compare", "--data", "moons", "--seeds", "9", "--init", "he,xavier", "--test-fraction", "0.2", "--learning-rate", "0.3", "--output", "out");
        Assert.Equal((0, ""), (outcome.ExitCode, outcome.Error));
        Assert.Contains("9 seeds each; medians, and quartiles as a to b:", outcome.Output, StringComparison.Ordinal);
        JsonElement seeds = Runs("out")[0].GetProperty("seeds");
        double[] finals = [.. seeds.GetProperty("finalCost").GetProperty("values").EnumerateArray().Select(value => value.GetDouble())];
        Assert.Equal((9, 1, 0), (seeds.GetProperty("count").GetInt32(), seeds.GetProperty("first").GetInt32(), seeds.GetProperty("diverged").GetInt32()));
        Assert.Equal(finals.Order().ElementAt(4), seeds.GetProperty("finalCost").GetProperty("median").GetDouble());
        Assert.Equal(Runs("out")[0].GetProperty("costs").EnumerateArray().Last().GetDouble(), finals[0]);
    }

    private JsonElement[] Runs(string output) =>
        [.. JsonDocument.Parse(File.ReadAllBytes(cli.In($"{output}/results.json"))).RootElement.GetProperty("runs").EnumerateArray()];

    private IEnumerable<string> Files(string output) => Directory.GetFiles(cli.In(output)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private void AssertSamePictures(string one, string other)
    {
        foreach (string name in Pictures.Where(name => name.EndsWith(".png", StringComparison.Ordinal)))
        {
            Assert.True(File.ReadAllBytes(cli.In($"{one}/{name}")).AsSpan().SequenceEqual(File.ReadAllBytes(cli.In($"{other}/{name}"))), name);
        }
    }

    /// <summary>Runs a shell in a name space of its own, where it may mount.</summary>
    private (int ExitCode, string Error) Unshared(string script, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo("unshare", ["-rm", "sh", "-c", script]) { WorkingDirectory = cli.Folder, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach ((string name, string value) in environment)
        {
            start.Environment[name] = value;
        }

        Outcome outcome = Cli.Finish(Process.Start(start)!);
        return (outcome.ExitCode, outcome.Error);
    }

    private static void SkipUnlessMounted(int exitCode, string error)
    {
        if (exitCode != 0 && (error.Contains("mount:", StringComparison.Ordinal) || error.Contains("unshare:", StringComparison.Ordinal)))
        {
            Assert.Skip($"skipped: this machine lets nobody mount: {error.Trim()}");
        }
    }
}
