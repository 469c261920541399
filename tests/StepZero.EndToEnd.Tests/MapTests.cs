using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using static StepZero.EndToEnd.Tests.Outcome;

namespace StepZero.EndToEnd.Tests;

public sealed partial class MapTests : IDisposable
{
    private static readonly string[] Small = ["map", "--data", "pets:20", "--size", "24x16", "--iterations", "40", "--mark", "zeros,random:10,he,xavier", "--cross", "1,0.01"];

    /// <summary>Some seconds of training, in blocks of a tenth.</summary>
    private static readonly string[] Long =
    [
        "map", "--data", "moons:60", "--hidden", "8", "--activation", "relu", "--x", "gain:0.1..10:log", "--y", "learning-rate:0.001..10:log", "--size", "48x32",
        "--iterations", "3000", "--quiet", "--threads", "2",
    ];

    private readonly Cli cli = new();

    public void Dispose() => cli.Dispose();

    [Fact]
    public void A_map_repeats_to_the_byte_on_any_number_of_threads_and_from_its_spec()
    {
        Outcome outcome = cli.Run([.. Small, "--output", "one", "--threads", "1"]);
        Assert.Equal((0, ""), ExitAndError(outcome));
        Assert.Equal(["map.npz", "map.png", "map.svg", "report.html", "results.json", "spec.json"], Files("one"));
        Assert.Equal(0, cli.Run([.. Small, "--output", "three", "--threads", "3", "--vector-width", "128", "--watch"]).ExitCode);
        Assert.Equal(0, cli.Run("run", "one/spec.json", "--output", "again", "--quiet").ExitCode);
        AssertSame("one", "three");
        AssertSame("one", "again");
    }

    [Theory]
    [InlineData("double", "dual")]
    [InlineData("single", "primal")]
    public void A_map_has_the_same_bytes_on_machines_of_narrower_vectors(string precision, string form)
    {
        string[] map =
        [
            "map", "--data", "moons:24", "--hidden", "3", "--x", "gain:0.1..100:log", "--y", "learning-rate:0.01..1e6:log", "--size", "12x10", "--iterations", "30",
            "--precision", precision, "--form", form, "--quiet",
        ];
        Made("widest", []);
        Made("256 bits", [("DOTNET_EnableAVX512", "0"), ("DOTNET_EnableAVX512F", "0")]);
        Made("128 bits", [("DOTNET_EnableAVX2", "0"), ("DOTNET_EnableAVX", "0")]);
        Made("256 bits chosen", [], "--vector-width", "256");
        foreach (string other in (string[])["256 bits", "128 bits", "256 bits chosen"])
        {
            Assert.Equal(File.ReadAllBytes(cli.In("widest/map.npz")), File.ReadAllBytes(cli.In($"{other}/map.npz")));
        }

        void Made(string output, (string, string)[] environment, params string[] more) =>
            Assert.Equal((0, ""), ExitAndError(cli.RunWith(environment, [.. map, "--output", output, .. more])));
    }

    [Fact]
    public void What_is_printed_tells_what_became_of_the_trainings_and_how_to_repeat_the_best()
    {
        Outcome outcome = cli.Run([.. Small, "--output", "out", "--no-plots"]);
        Assert.Equal(["map.npz", "results.json", "spec.json"], Files("out"));
        JsonElement results = Json("out/results.json"), best = results.GetProperty("best");
        Assert.Equal(384, results.GetProperty("converged").GetInt32() + results.GetProperty("unconverged").GetInt32() + results.GetProperty("diverged").GetInt32());
        Assert.Equal((10, JsonValueKind.Null), (results.GetProperty("guides").GetArrayLength(), results.GetProperty("fractalDimension").ValueKind));
        Assert.Contains("Training  gradient descent, 40 iterations, double precision, dual form, seed 1\n", outcome.Output, StringComparison.Ordinal);
        Assert.Contains("Map       24 × 16 pixels\nAcross    gain from 0.01 to 100 (log)\nUp        learning-rate from 1e-7 to 1 (log)\n\n", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"│ converged +│ +\d+ │ +[>\d]+% │", outcome.Output);
        Assert.Matches(@"Trained 384 pixels in [0-9.]+ s, [0-9.,]+ trainings/s\nResults: out\n$", outcome.Output);

        // The command for the best pixel gives its cost: its weights are the same but for rounding.
        string command = outcome.Output.Split('\n').Single(line => line.StartsWith("Train it  stepzero ", StringComparison.Ordinal))["Train it  stepzero ".Length..];
        Assert.Equal(0, cli.Run([.. command.Split(' '), "--output", "best", "--no-plots"]).ExitCode);
        double cost = Json("best/results.json").GetProperty("runs")[0].GetProperty("trainCost").GetDouble();
        Assert.Equal(best.GetProperty("cost").GetDouble(), cost, 1e-6);

        Assert.DoesNotContain("By itself", outcome.Output, StringComparison.Ordinal);

        // The results alone, and nothing else.
        Outcome json = cli.Run([.. Small, "--output", "json", "--no-plots", "--json"]);
        Assert.Equal(File.ReadAllText(cli.In("json/results.json")), json.Output);
        Assert.Matches("^╭[^│]+│ 384 trainings +│ Number │ Share │\n(.+\n){5}Results: quiet\n$", cli.Run([.. Small, "--output", "quiet", "--no-plots", "--quiet"]).Output);
    }

    [Fact]
    public void A_best_that_rounding_decides_is_said_to_end_elsewhere_by_itself()
    {
        Outcome outcome = cli.Run("map", "--data", "pets:50", "--size", "8", "--x", "gain:0.5..3:log", "--y", "learning-rate:0.03..0.1", "--iterations", "600", "--output", "out", "--no-plots");
        string[] lines = outcome.Output.Split('\n');
        string command = lines.Single(line => line.StartsWith("Train it  stepzero ", StringComparison.Ordinal))["Train it  stepzero ".Length..];
        Match said = Regex.Match(outcome.Output, @"\n +By itself it ends at a cost of ([0-9.]+): updates overshoot there, and rounding decides where\n +they lead");
        Assert.True(said.Success, outcome.Output);
        Assert.Equal(0, cli.Run([.. command.Split(' '), "--output", "best", "--no-plots"]).ExitCode);
        double cost = Json("best/results.json").GetProperty("runs")[0].GetProperty("trainCost").GetDouble();
        Assert.Equal(cost, double.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture), 0.005 * cost);
        Assert.True(Math.Abs(Json("out/results.json").GetProperty("best").GetProperty("cost").GetDouble() - cost) > 0.01 * cost);
    }

    [Fact]
    public void What_is_printed_names_the_axis_of_depths_and_what_the_dimension_was_measured_on()
    {
        string small = cli.Run("map", "--data", "moons:20", "--size", "4", "--x", "depth:1..4", "--iterations", "5", "--fractal-dimension", "--output", "small", "--no-plots").Output;
        Assert.Contains("Network   2-5×depth-1, tanh, sigmoid output\n", small, StringComparison.Ordinal);
        Assert.Contains("Dimension of the boundary of what converged: not measured, there is no boundary, or the map has fewer than 57 pixels a side.\n", small, StringComparison.Ordinal);
        string large = cli.Run("map", "--preset", "fractal-linear", "--size", "64", "--iterations", "50", "--fractal-dimension", "--quiet", "--output", "large", "--no-plots").Output;
        Assert.Matches(@"Dimension of the boundary of what converged: [12]\.\d\d ± 0\.\d\d, from boxes of 3 to 7 pixels; a smooth line has 1, an area 2\n", large);
    }

    [Fact]
    public void The_page_of_a_preset_repeats_it_without_what_the_preset_brings()
    {
        Assert.Equal(0, cli.Run("map", "--preset", "fractal-linear", "--size", "16", "--quiet", "--output", "out").ExitCode);
        Assert.Matches("<pre>stepzero map --preset fractal-linear --size 16 --center [0-9.e-]+,[0-9.e-]+ --zoom 10</pre>", File.ReadAllText(cli.In("out/report.html")));
        Assert.Equal(0, cli.Run("map", "--preset", "fractal-linear", "--size", "16", "--quiet", "--output", "other", "--iterations", "50", "--x", "learning-rate.1:1..10:log").ExitCode);
        Assert.Contains(
            "<pre>stepzero map --preset fractal-linear --x learning-rate.1:1..10:log --size 16 --iterations 50 --center ", File.ReadAllText(cli.In("other/report.html")), StringComparison.Ordinal);
    }

    [Fact]
    public void NumPy_reads_the_map_with_the_smallest_y_in_row_0()
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python))
        {
            Assert.Skip("skipped: /usr/bin/python3 with NumPy is absent");
        }

        Assert.Equal(0, cli.Run([.. Small, "--output", "out", "--no-plots", "--quiet"]).ExitCode);
        File.WriteAllText(cli.In("read.py"), """
            import json
            import numpy as np
            z = np.load("out/map.npz")
            assert sorted(z) == ["accuracy", "convergence", "cost", "status", "value", "x", "y"], sorted(z)
            assert z["x"].shape == (24,) and z["y"].shape == (16,) and z["status"].dtype == np.uint8
            assert all(z[name].shape == (16, 24) and z[name].dtype == np.float64 for name in ["value", "cost", "accuracy", "convergence"])
            assert np.allclose(z["x"], np.logspace(-2, 2, 24), rtol=1e-14) and np.allclose(z["y"], np.logspace(-7, 0, 16), rtol=1e-14)
            assert np.all((z["status"] == 1) == (z["convergence"] < 0)) and set(z["status"].ravel()) <= {1, 2, 3}
            r = json.load(open("out/results.json"))
            assert np.array_equal(np.bincount(z["status"].ravel(), minlength=4)[1:], [r["converged"], r["unconverged"], r["diverged"]])
            row, column = np.unravel_index(np.nanargmin(z["value"]), z["value"].shape)
            assert (row, column) == (r["best"]["row"], r["best"]["column"]) and z["y"][row] == r["best"]["y"]
            # A gain of 0.01 and a rate of 1e-7 leave the cost at that of one half.
            assert abs(z["value"][0, 0] - np.log(2)) < 1e-3 and np.nanstd(z["value"][-1]) > 0.01
            """);
        Assert.Equal((0, ""), ExitAndError(Cli.Finish(Process.Start(new ProcessStartInfo(Python, ["read.py"]) { WorkingDirectory = cli.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!)));
    }

    [Fact]
    public void A_map_that_is_killed_again_and_again_ends_with_the_same_bytes()
    {
        Assert.Equal((0, ""), ExitAndError(cli.Run([.. Long, "--output", "whole"])));
        string[] cut = [.. Long, "--output", "cut", "--resume"];
        var random = new Random(8);
        for (int kill = 0; kill < 5; kill++)
        {
            long before = Journal("cut"), more = random.Next(1, 8_000);
            using Process process = cli.Start(cut);
            Assert.True(SpinWait.SpinUntil(() => Journal("cut") > before + more || process.HasExited, TimeSpan.FromSeconds(60)));
            Cli.Signal("-KILL", process);
            Cli.Finish(process);
            Assert.True(Journal("cut") > before, "what was finished is lost");
        }

        Assert.False(File.Exists(cli.In("cut/results.json")));

        // A kill in the middle of writing a block.
        using (FileStream journal = File.OpenWrite(cli.In("cut/map.part")))
        {
            journal.SetLength(journal.Length - 5);
        }

        Assert.Equal((0, ""), ExitAndError(cli.Run(cut)));
        AssertSame("whole", "cut");
        Assert.Equal(["map.npz", "map.png", "map.svg", "report.html", "results.json", "spec.json"], Files("cut"));
        Assert.Equal((0, "stepzero: cut: is finished, nothing is left to do. Begin anew with --force in place of --resume.\n"), ExitAndError(cli.Run(cut)));
        AssertFails(cli.Run([.. cut, "--weight-decay", "0.5"]), 1, "cut: holds another job: --weight-decay");
    }

    [Fact]
    public void An_unfinished_map_is_kept_from_other_jobs_and_other_processes()
    {
        string[] cut = [.. Long.Select(part => part == "3000" ? "30000" : part), "--output", "cut"];
        using (Process process = cli.Start([.. cut, "--watch"]))
        {
            Assert.True(SpinWait.SpinUntil(() => File.Exists(cli.In("cut/map.png")), TimeSpan.FromSeconds(60)));
            Assert.Equal("\u0089PNG"u8[1..], File.ReadAllBytes(cli.In("cut/map.png")).AsSpan(0, 4));
            foreach (string option in (string[])["--resume", "--force"])
            {
                AssertFails(cli.Run([.. cut, option]), 1, "cut: another process is at work on this map. Wait until it ends, or choose another folder with --output.");
            }

            Cli.Signal("-INT", process);
            Outcome outcome = Cli.Finish(process);
            Assert.Matches("^stepzero: interrupted after [1-9][0-9]* of 1536 trainings. Go on with 'stepzero run cut --resume --output cut'.\n$", outcome.Error);
            Assert.Equal(130, outcome.ExitCode);
        }

        Assert.Equal(["map.part", "map.png", "spec.json"], Files("cut"));
        AssertFails(cli.Run(cut), 1, "cut: already holds results (spec.json).");
        AssertFails(cli.Run([.. cut.Select(part => part == "48x32" ? "48x33" : part), "--resume"]), 1, "cut: holds another job: --size 48x32 there, 48x33 here.");

        // What the message says goes on with it.
        using (Process process = cli.Start(["run", "cut", "--resume", "--output", "cut", "--quiet"]))
        {
            long before = Journal("cut");
            Assert.True(SpinWait.SpinUntil(() => Journal("cut") > before, TimeSpan.FromSeconds(60)));
            Cli.Signal("-INT", process);
            Assert.Equal(130, Cli.Finish(process).ExitCode);
        }

        // As if the map had been another: the journal does not fit its spec any more.
        File.WriteAllText(cli.In("cut/spec.json"), File.ReadAllText(cli.In("cut/spec.json")).Replace("\"measure\": \"cost\"", "\"measure\": \"sharpness\"", StringComparison.Ordinal));
        AssertFails(cli.Run([.. cut, "--measure", "sharpness", "--resume"]), 1, "cut/map.part: is of another map, or of another version of StepZero");
    }

    [Fact]
    public void A_full_disk_is_one_clear_line_and_the_finished_part_can_be_resumed()
    {
        Assert.Equal(0, cli.Run([.. Long, "--no-plots", "--output", "whole"]).ExitCode);

        // 20 KB hold half of the journal.
        Directory.CreateDirectory(cli.In("disk"));
        string run = $"mount -t tmpfs -o size=24k none disk && dotnet {Cli.Assembly} {string.Join(' ', Long)} --no-plots --output disk/out; code=$?; cp -r disk/out kept; exit $code";
        Outcome outcome = Cli.Finish(Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", run]) { WorkingDirectory = cli.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!);
        if (outcome.Error.Contains("mount:", StringComparison.Ordinal) || outcome.Error.Contains("unshare:", StringComparison.Ordinal))
        {
            Assert.Skip($"skipped: this machine lets nobody mount: {outcome.Error.Trim()}");
        }

        Assert.Matches("^stepzero: .*disk/out/map.part: cannot be written: .*[Nn]o space left.*what is finished is kept, and --resume goes on from there.\n$", outcome.Error);
        Assert.Equal(1, outcome.ExitCode);
        Assert.True(Journal("kept") > 10_000);
        Assert.Equal((0, ""), ExitAndError(cli.Run("run", "kept", "--resume", "--output", "kept", "--quiet", "--no-plots")));
        AssertSame("whole", "kept");
    }

    [Theory]
    [InlineData("--x depth:1..3 --y width:2..6 --measure accuracy --data digits --iterations 20")]
    [InlineData("--x bias-std:0..1 --y weight-decay:0..0.1 --data moons --measure iterations:0.6 --learning-rate 0.1")]
    [InlineData("--x momentum:0..0.9 --y offset:-1..1 --optimizer nesterov --data moons --batch-size 16 --epochs 5 --measure convergence")]
    [InlineData("--x gain.1:0..2 --y learning-rate.2:0.01..1:log --data moons --measure sharpness --precision single --iterations 50 --fractal-dimension")]
    [InlineData("--preset fractal-offset --iterations 20 --seed 3")]
    [InlineData("--preset fractal-tanh --iterations 20 --zoom 4 --center 100,10 --measure cost")]
    [InlineData("--center 2,0.05 --zoom 1000 --data moons --iterations 30 --init he_normal:gain=2@keras --y learning-rate:0.001..1:log")]
    public void Every_axis_and_measure_has_a_map_that_repeats(string options)
    {
        Outcome outcome = cli.Run(["map", .. options.Split(' '), "--size", "5x4", "--output", "out", "--no-plots"]);
        Assert.Equal((0, ""), ExitAndError(outcome));
        Assert.Contains("│ 20 trainings ", outcome.Output, StringComparison.Ordinal);
        Assert.Equal(0, cli.Run("run", "out", "--output", "again", "--no-plots", "--threads", "1").ExitCode);
        AssertSame("out", "again");
    }

    private long Journal(string folder) => File.Exists(cli.In($"{folder}/map.part")) ? new FileInfo(cli.In($"{folder}/map.part")).Length : 0;

    private IEnumerable<string> Files(string folder) => Directory.GetFiles(cli.In(folder)).Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal);

    private JsonElement Json(string file) => JsonDocument.Parse(File.ReadAllBytes(cli.In(file))).RootElement;

    /// <summary>The same files with the same bytes, but for times and for the page, which names its folder.</summary>
    private void AssertSame(string one, string other)
    {
        Assert.Equal(Files(one), Files(other));
        Assert.Equal(Results(one), Results(other));
        foreach (string name in Files(one).Where(name => name is not ("results.json" or "report.html")))
        {
            Assert.True(File.ReadAllBytes(cli.In($"{one}/{name}")).AsSpan().SequenceEqual(File.ReadAllBytes(cli.In($"{other}/{name}"))), name);
        }
    }

    private string Results(string folder) => Seconds().Replace(File.ReadAllText(cli.In($"{folder}/results.json")), "Seconds\": 0");

    [GeneratedRegex("Seconds\": [0-9.eE+-]+")]
    private static partial Regex Seconds();
}
