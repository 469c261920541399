using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using StepZero.Files;
using StepZero.Sweeps;
using static StepZero.EndToEnd.Tests.Outcome;

namespace StepZero.EndToEnd.Tests;

public sealed class SweepTests : IDisposable
{
    /// <summary>8 settings from 10 seeds.</summary>
    private const string Small = """{ "data": "moons:60", "iterations": 40, "init": ["he", "xavier"], "learning-rate": [0.01, 0.1, 1, 5], "weight-decay": 0.01, "seeds": 10 }""";

    /// <summary>Some seconds of training on two threads, in blocks of 16 to 32.</summary>
    private const string Long = """
        {
          // Three networks, of which relu diverges.
          "data": "moons:60", "hidden": ["8", "4,4"], "activation": "relu", "iterations": 2000, "init": ["he", "xavier"],
          "learning-rate": {"range": [0.01, 100, "log"], "points": 12}, "seeds": 16,
        }
        """;

    private readonly Cli cli = new();

    public SweepTests()
    {
        File.WriteAllText(cli.In("small.json"), Small);
        File.WriteAllText(cli.In("long.json"), Long);
    }

    public static TheoryData<string, string, int, string> Mistakes => new()
    {
        { "{ \"lerning-rate\": [1, 2] }", "", 1, "sweep.json: Unknown key 'lerning-rate'; did you mean 'learning-rate'?" },
        { "{ \"horizon\": true }", "", 1, "sweep.json: Unknown key 'horizon'" },
        { "{ \"learning-rate\": [] }", "", 1, "sweep.json: learning-rate (line 1): the list is empty; expected at least one value." },
        { "{ \"learning-rate\": [0.1, 0.1] }", "", 1, "sweep.json: learning-rate (line 1): '0.1' stands there twice" },
        { "{ \"learning-rate\": [0.1, 0] }", "", 1, "sweep.json: learning-rate: expected a finite number above 0, found '0'." },
        { "{ \"learning-rate\": \"fast\" }", "", 1, "sweep.json: learning-rate: expected a finite number above 0, found 'fast'." },
        { "{ \"learning-rate\": {\"uniform\": [-1, 1]}, \"trials\": 9 }", "", 1, "sweep.json: learning-rate: expected a finite number above 0, found '-1'." },
        { "{ \"weight-decay\": [0, -1] }", "", 1, "sweep.json: weight-decay: expected a finite number, 0 and above, found '-1'." },
        { "{ \"iterations\": [10, 1.5] }", "", 1, "sweep.json: iterations: expected a whole number from 1 to 2147483647, found '1.5'." },
        { "{ \"init\": [\"he\", \"xavir\"] }", "", 1, "sweep.json: init: Unknown initializer 'xavir'; did you mean 'xavier'" },
        { "{ \"init\": [\"he\", \"he+xavier+he+he\"] }", "", 1, "sweep.json: init: Initializer 'he+xavier+he+he': names 4 layers; the network has 3." },
        { "{ \"data\": \"moons\", \"init\": \"he+xavier+he\", \"hidden\": [\"5,5\", \"5\"] }", "", 1, "sweep.json: hidden: Initializer 'he+xavier+he': names 3 layers; the network has 2." },
        { "{ \"activation\": [\"tanh\", \"tanj\"] }", "", 1, "sweep.json: activation: Unknown activation 'tanj'; did you mean 'tanh'?" },
        { "{ \"data\": [\"moons\", \"nowhere.csv\"] }", "", 1, "sweep.json: data: nowhere.csv: there is no such file or folder." },
        { "{ \"data\": \"nowhere.csv\" }", "", 1, "sweep.json: nowhere.csv: there is no such file or folder." },
        { "{ \"data\": \"moons\", \"batch-size\": [10, 1000] }", "", 1, "sweep.json: batch-size: 'moons:500:0.2': a batch of 1000 is larger than the 500 training samples." },
        { "{ \"data\": \"moons\", \"test-data\": \"moons\", \"test-fraction\": 0.2 }", "", 1, "sweep.json: test-data and \"test-fraction\" exclude each other." },
        { "{ \"data\": \"moons\", \"iterations\": 5, \"epochs\": 5 }", "", 1, "sweep.json: iterations and \"epochs\" exclude each other." },
        { "{ \"data\": \"moons\", \"seed\": 4294967295, \"seeds\": 2 }", "", 1, "sweep.json: seeds: 2 seeds from 4294967295 go beyond 4294967295, the largest." },
        { "{ \"learning-rate\": {\"loguniform\": [1e-4, 1]} }", "", 1, "sweep.json: learning-rate is drawn at random, but there is no \"trials\"" },
        { "{ \"data\": \"noise:27:4\" }", "--target accuracy:0.9", 1, "the target accuracy:0.9 is an accuracy, and the targets are numbers, which have none. Use a cost, as in cost:0.1." },
        { "{ \"data\": [\"moons\", \"noise:27:4\"] }", "--target accuracy:0.9", 1, "sweep.json: data: 'noise:27:4': the target accuracy:0.9 is an accuracy" },
        { "{ \"learning-rate\": {\"range\": [1e-4, 1, \"log\"], \"points\": 100000}, \"seeds\": 101 }", "", 2, "sweep.json: 40,400,000 trainings take about 16.2 GB and, at 1,000 a second, 11.2 hours. Use shorter lists or fewer seeds, or --yes if you mean it." },
        { "{ \"learning-rate\": {\"range\": [1e-4, 1, \"log\"], \"points\": 1000000}, \"seeds\": 1000 }", "--yes", 1, "sweep.json: 4,000,000,000 trainings; expected at most 1,000,000,000." },
        { "{ \"learning-rate\": ", "", 1, "sweep.json: is not JSON at line 1" },
        { "[]", "", 1, "sweep.json: holds no object; expected one such as" },
        { "{ \"job\": \"compare\", \"schema\": 1 }", "", 1, "sweep.json: is the spec of the job 'compare'; expected that of a sweep." },
        { "{}", "--target acuracy:0.9", 2, "--target: Unknown target 'acuracy'; did you mean 'accuracy'?" },
        { "{}", "--target cost:-1", 2, "--target: Target 'cost:-1': expected a finite cost above 0, as in 'cost:0.1'." },
        { "{}", "--shard 0/4", 2, "--shard: expected a whole number from 1 to 4, found '0'." },
        { "{}", "--shard 5/4", 2, "--shard: expected a whole number from 1 to 4, found '5'." },
        { "{}", "--shard 3", 2, "--shard: expected a part and how many there are, as in 3/16, found '3'." },
        { "{}", "--shard 1/2 --force", 2, "--force and --shard exclude each other" },
        { "{}", "--resume --force", 2, "--force and --resume exclude each other. Use one of them." },
        { "{}", "--budget 10", 2, "--budget: expected a time above 0 as in 90s, 10m, 1.5h or 2d, found '10'." },
        { "{}", "--budget 0m", 2, "--budget: expected a time above 0 as in 90s, 10m, 1.5h or 2d, found '0'." },
        { "{}", "--budgt 10m", 2, "Unknown option '--budgt'; did you mean '--budget'?" },
    };

    public void Dispose() => cli.Dispose();

    [Fact]
    public void Trainings_are_those_of_compare()
    {
        Assert.Equal((0, ""), ExitAndError(Sweep("small.json", "out")));
        Assert.Equal(0, cli.Run("compare", "--data", "moons:60", "--iterations", "40", "--init", "he,xavier", "--learning-rate", "0.1", "--weight-decay", "0.01", "--seeds", "10", "--output", "compared", "--no-plots").ExitCode);
        SweepResults results = SweepMerge.Read([cli.In("out")]);
        Assert.Equal(80, results.Trainings.Count);
        JsonElement[] ranking = [.. Json("out/results.json").GetProperty("ranking").EnumerateArray()];
        Assert.Equal(Enumerable.Repeat(10, 8), ranking.Select(setting => setting.GetProperty("trainings").GetInt32()));
        JsonElement runs = Json("compared/results.json").GetProperty("runs");
        for (int start = 0; start < 2; start++)
        {
            JsonElement run = runs[start], seeds = run.GetProperty("seeds");
            string? init = run.GetProperty("initializer").GetString();
            SweptTraining[] trainings =
            [
                .. results.Trainings.Where(training => IsOf(training, init)).OrderBy(training => results.Plan.SeedOf(training.Index)),
            ];

            // Of the first seed compare tells the cost after the last update, of all the cost before it, which is the last but one of the curve.
            Assert.Equal(run.GetProperty("trainCost").GetDouble(), trainings[0].Cost);
            Assert.Equal(Numbers(seeds.GetProperty("finalCost").GetProperty("values")).Select(cost => (float)cost), trainings.Select(training => training.Curve[^2]));
            Assert.Equal(Numbers(seeds.GetProperty("trainAccuracy").GetProperty("values")), trainings.Select(training => training.TrainAccuracy!.Value));
        }

        bool IsOf(SweptTraining training, string? init)
        {
            var options = results.Plan.Options(results.Plan.SettingOf(training.Index)).ToDictionary();
            return options["learning-rate"] == "0.1" && options["init"] == init;
        }
    }

    [Fact]
    public void A_sweep_repeats_on_any_number_of_threads_from_its_spec_and_with_its_report()
    {
        Outcome outcome = cli.Run("sweep", "small.json", "--output", "one", "--threads", "1", "--target", "cost:0.3");
        Assert.Equal((0, ""), ExitAndError(outcome));
        Assert.Contains("Trained   80 trainings: 8 settings from 10 seeds each; 0 diverged, ", outcome.Output, StringComparison.Ordinal);
        Assert.Matches(@"Train it  stepzero train --data moons:60 --iterations 40 .*--init \w+ --learning-rate [0-9.]+|Train it  stepzero train .*--learning-rate [0-9.]+ --init \w+", outcome.Output);
        Assert.Equal((0, ""), ExitAndError(cli.Run("run", "one", "--output", "two", "--threads", "3", "--no-plots")));
        Assert.Equal((0, ""), ExitAndError(cli.Run("sweep", "one/spec.json", "--output", "three", "--no-plots")));
        Assert.Equal(Rows("one/sweep.db"), Rows("two/sweep.db"));
        Assert.Equal(Rows("one/sweep.db"), Rows("three/sweep.db"));
        Assert.Equal(File.ReadAllText(cli.In("one/spec.json")), File.ReadAllText(cli.In("two/spec.json")));
        Assert.Equal(WithoutSeconds("one/results.json"), WithoutSeconds("two/results.json"));

        // The report of a finished one is what it ended with, and goes elsewhere if wished.
        Outcome report = cli.Run("sweep", "report", "one", "--output", "shown");
        Assert.Equal(outcome.Output.Split('\n')[..^3], report.Output.Split('\n')[..^2]);
        Assert.Equal(File.ReadAllText(cli.In("one/results.json")), File.ReadAllText(cli.In("shown/results.json")));
        Assert.Equal(Directory.GetFiles(cli.In("one")).Select(Path.GetFileName).Where(name => name != "sweep.db").Order(), Directory.GetFiles(cli.In("shown")).Select(Path.GetFileName).Order());
        Outcome json = cli.Run("sweep", "report", "one", "--by", "train-accuracy", "--json", "--no-plots");
        Assert.Equal("train_accuracy", JsonDocument.Parse(json.Output).RootElement.GetProperty("by").GetString());
        AssertFails(cli.Run("sweep", "report", "one", "--by", "speed"), 2, "--by: Unknown measure 'speed'");
        AssertFails(cli.Run("sweep", "report", "one", "--by", "test-cost"), 1, "No training has the measure 'test_cost'");
        AssertFails(cli.Run("sweep", "report", "one", "--output", "two"), 1, "two: already holds results (");
    }

    [Fact]
    public void A_sweep_that_is_killed_again_and_again_ends_with_the_same_rows()
    {
        Assert.Equal((0, ""), ExitAndError(Sweep("long.json", "whole")));
        var random = new Random(9);
        for (int kill = 0; kill < 5; kill++)
        {
            long before = Count("cut/sweep.db"), more = random.Next(1, 120);
            using Process process = Start("long.json", "cut", "--resume");
            Assert.True(SpinWait.SpinUntil(() => Count("cut/sweep.db") >= before + more || process.HasExited, TimeSpan.FromSeconds(60)));
            Cli.Signal("-KILL", process);
            Cli.Finish(process);
            Assert.InRange(Count("cut/sweep.db"), before + 1, 767);
        }

        Assert.False(File.Exists(cli.In("cut/results.json")));
        Outcome outcome = Sweep("long.json", "cut", "--resume");
        Assert.Equal((0, ""), ExitAndError(outcome));
        Assert.Equal(Rows("whole/sweep.db"), Rows("cut/sweep.db"));
        Assert.Equal(WithoutSeconds("whole/results.json"), WithoutSeconds("cut/results.json"));
        Assert.Equal(["results.json", "spec.json", "sweep.db"], Directory.GetFiles(cli.In("cut")).Select(Path.GetFileName).Order());
        Assert.Equal((0, "stepzero: cut: is finished, nothing is left to do. Rank it again with 'stepzero sweep report cut', or begin anew with --force in place of --resume.\n"), ExitAndError(Sweep("long.json", "cut", "--resume")));
        AssertFails(cli.Run("sweep", "report", "cut", "--by", "iterations"), 2, "--by: the sweep has no target that iterations could lead to");
        AssertFails(Sweep("long.json", "cut"), 1, "cut: already holds results (results.json).");
        AssertFails(Sweep("small.json", "cut", "--resume"), 1, "cut: holds another sweep: activation relu there, not given here; iterations 2000 there, 40 here; ");
        AssertFails(Sweep("long.json", "cut", "--resume", "--target", "cost:0.1"), 1, "cut: holds another sweep: --target not given there, cost:0.1 here.");
    }

    [Fact]
    public void A_sweep_is_watched_kept_from_others_and_interrupted()
    {
        string[] endless = ["endless.json", "out"];
        File.WriteAllText(cli.In("endless.json"), Long.Replace("\"seeds\": 16", "\"seeds\": 10000", StringComparison.Ordinal));
        using Process process = Start(endless[0], endless[1]);
        Assert.True(SpinWait.SpinUntil(() => Count("out/sweep.db") > 20, TimeSpan.FromSeconds(60)));
        const string Busy = "out/sweep.db: another process is at work on this sweep. Wait until it ends";
        AssertFails(Sweep(endless[0], endless[1], "--resume"), 1, Busy);
        AssertFails(Sweep(endless[0], endless[1], "--force"), 1, Busy);
        AssertFails(Sweep(endless[0], endless[1]), 1, Busy);
        Outcome report = cli.Run("sweep", "report", "out", "--quiet", "--no-plots");
        Assert.Equal((0, ""), ExitAndError(report));
        Assert.Matches("^Trained   [0-9,]+ of 480,000 trainings so far; [0-9,]+ diverged\n", report.Output);
        Assert.False(File.Exists(cli.In("out/results.json")));
        Assert.Equal(480_000, JsonDocument.Parse(cli.Run("sweep", "report", "out", "--no-plots", "--json").Output).RootElement.GetProperty("trainings").GetInt32());
        JsonElement status = JsonDocument.Parse(cli.Run("sweep", "status", "out", "--json").Output).RootElement;
        Assert.True(status.GetProperty("atWork").GetBoolean());
        Assert.InRange(status.GetProperty("trained").GetInt32(), 20, 480_000);
        Assert.Matches(@"│ whole │ +[0-9,]+ │ 480,000 │ +<?[0-9]+% │ +[0-9,]+ │ .*of one thread │ at work +│", cli.Run("sweep", "status", "out").Output);

        Cli.Signal("-INT", process);
        Outcome outcome = Cli.Finish(process);
        Assert.Matches("^stepzero: interrupted after [1-9][0-9,]* of 480,000 trainings. Go on with 'stepzero run out --resume --output out'.\n$", outcome.Error);
        Assert.Equal((130, ""), (outcome.ExitCode, outcome.Output));
        Assert.Contains("not at work", cli.Run("sweep", "status", "out").Output, StringComparison.Ordinal);

        // What the message says goes on with it.
        long before = Count("out/sweep.db");
        Outcome more = cli.Run("run", "out", "--resume", "--output", "out", "--quiet", "--budget", "0.5s");
        Assert.Equal(0, more.ExitCode);
        Assert.Matches("^stepzero: the budget is used up: [0-9,]+ of 480,000 trainings are done, [0-9,]+ are left. Go on with 'stepzero run out --resume --output out', or look at it with 'stepzero sweep report out'.\n$", more.Error);
        Assert.True(Count("out/sweep.db") > before);
    }

    [Fact]
    public void Parts_merge_in_any_order_to_the_whole()
    {
        Assert.Equal((0, ""), ExitAndError(Sweep("small.json", "whole")));
        foreach (int part in (int[])[3, 1, 4, 2])
        {
            Outcome outcome = Sweep("small.json", "parts", "--shard", $"{part}/4", "--resume");
            Assert.Matches($"^stepzero: part {part}/4 is finished: (16|32) trainings. When all parts are, put them together with 'stepzero sweep merge parts'.\n$", outcome.Error);
            Assert.Equal((0, ""), (outcome.ExitCode, outcome.Output));
        }

        Assert.Equal(["spec.json", "sweep-1-of-4.db", "sweep-2-of-4.db", "sweep-3-of-4.db", "sweep-4-of-4.db"], Directory.GetFiles(cli.In("parts")).Select(Path.GetFileName).Order(StringComparer.Ordinal));
        AssertFails(Sweep("small.json", "parts", "--shard", "2/4"), 1, "parts/sweep-2-of-4.db: is there already. Go on with --resume");
        AssertFails(Sweep("long.json", "parts", "--shard", "1/3"), 1, "parts: holds another sweep: ");
        Assert.Contains("part", cli.Run("sweep", "status", "parts", "--json").Output, StringComparison.Ordinal);
        Outcome merged = cli.Run("sweep", "merge", "parts/sweep-4-of-4.db", "parts/sweep-2-of-4.db", "parts/sweep-3-of-4.db", "parts/sweep-1-of-4.db", "--output", "merged");
        Assert.Equal((0, "", "merged/sweep.db: 80 of 80 trainings. Rank them with 'stepzero sweep report merged'.\n"), (merged.ExitCode, merged.Error, merged.Output));
        Assert.Equal(0, cli.Run("sweep", "merge", "parts").ExitCode);
        Assert.Equal(Rows("whole/sweep.db"), Rows("merged/sweep.db"));
        Assert.Equal(Rows("whole/sweep.db"), Rows("parts/sweep.db"));
        Assert.Equal(0, cli.Run("sweep", "report", "parts", "--no-plots").ExitCode);
        Assert.Equal(WithoutSeconds("whole/results.json"), WithoutSeconds("parts/results.json"));
        AssertFails(cli.Run("sweep", "merge", "parts/sweep-1-of-4.db"), 2, "--output: expected the folder for the whole");
    }

    [Fact]
    public void Data_that_have_changed_are_refused_by_name()
    {
        File.WriteAllText(cli.In("a.csv"), "x,y,class\n" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i % 7},{i % 5},{i % 2}\n")));
        File.WriteAllText(cli.In("sweep.json"), """{ "data": "a.csv", "learning-rate": [0.1, 0.2], "iterations": 10 }""");
        Assert.Equal((0, ""), ExitAndError(Sweep("sweep.json", "out")));
        File.AppendAllText(cli.In("a.csv"), "1,2,1\n");
        AssertFails(Sweep("sweep.json", "out", "--resume"), 1, "a.csv have changed since the sweep was begun. Bring the old data back");
        AssertFails(cli.Run("run", "out", "--output", "again"), 1, "a.csv: the data are not those of the spec: expected sha256:");
        Assert.False(Directory.Exists(cli.In("again")));
        Assert.Equal((0, ""), ExitAndError(Sweep("sweep.json", "out", "--force")));
        Assert.Equal("keep", Kept("out"));

        string Kept(string folder)
        {
            File.WriteAllText(cli.In($"{folder}/notes.txt"), "keep");
            Assert.Equal(0, Sweep("sweep.json", folder, "--force").ExitCode);
            return File.ReadAllText(cli.In($"{folder}/notes.txt"));
        }
    }

    [Fact]
    public void A_full_disk_is_one_clear_line_and_the_finished_part_can_be_resumed()
    {
        Assert.Equal((0, ""), ExitAndError(Sweep("long.json", "whole")));
        Directory.CreateDirectory(cli.In("disk"));
        string run = $"mount -t tmpfs -o size=320k none disk && dotnet {Cli.Assembly} sweep long.json --quiet --no-plots --output disk/out; code=$?; cp -r disk/out kept; exit $code";
        Outcome outcome = Cli.Finish(Process.Start(new ProcessStartInfo("unshare", ["-rm", "sh", "-c", run]) { WorkingDirectory = cli.Folder, RedirectStandardOutput = true, RedirectStandardError = true })!);
        if (outcome.Error.Contains("mount:", StringComparison.Ordinal) || outcome.Error.Contains("unshare:", StringComparison.Ordinal))
        {
            Assert.Skip($"skipped: this machine lets nobody mount: {outcome.Error.Trim()}");
        }

        AssertFails(outcome, 1, "disk/out/sweep.db: no space is left on the disk. What is finished is kept; make room and go on with --resume.");
        Assert.InRange(Count("kept/sweep.db"), 16, 767);
        Assert.Equal(0, cli.Run("sweep", "report", "kept", "--quiet", "--no-plots").ExitCode);
        Assert.Equal((0, ""), ExitAndError(cli.Run("run", "kept", "--resume", "--output", "kept", "--quiet", "--no-plots")));
        Assert.Equal(Rows("whole/sweep.db"), Rows("kept/sweep.db"));
    }

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void A_mistake_is_one_line_and_nothing_is_written(string json, string options, int exitCode, string message)
    {
        File.WriteAllText(cli.In("sweep.json"), json);
        string[] output = options.Contains("--output", StringComparison.Ordinal) ? [] : ["--output", "out"];
        AssertFails(cli.Run(["sweep", "sweep.json", .. options.Split(' ', StringSplitOptions.RemoveEmptyEntries), .. output]), exitCode, message);
        Assert.False(Directory.Exists(cli.In("out")));
    }

    [Theory]
    [InlineData("sweep", 2, "SWEEP.json")]
    [InlineData("sweep nowhere.json", 1, "nowhere.json: there is no such file; expected a sweep such as")]
    [InlineData("sweep small.json --resume", 2, "--resume needs --output, the folder of the sweep.")]
    [InlineData("sweep small.json --shard 1/2", 2, "--shard needs --output, the folder of the sweep.")]
    [InlineData("sweep statsu out", 2, "Unknown command 'statsu'; did you mean 'status'?")]
    [InlineData("sweep status nowhere", 1, "nowhere: there is no such folder; expected that of a sweep.")]
    [InlineData("sweep status empty", 1, "empty: holds no sweep (sweep.db is not there). Run 'stepzero sweep' first.")]
    [InlineData("sweep report small.json", 1, "small.json: is a file; expected the folder of a sweep.")]
    [InlineData("sweep report newer", 1, "newer/sweep.db: was written by a newer StepZero, schema 99")]
    [InlineData("sweep report other", 1, "other/sweep.db: is the database of another program")]
    [InlineData("sweep report text", 1, "text/sweep.db: is no SQLite database; expected one that 'stepzero sweep' wrote.")]
    [InlineData("sweep small.json --output newer --resume", 1, "newer/sweep.db: was written by a newer StepZero, schema 99")]
    [InlineData("sweep small.json --output other --resume", 1, "other/sweep.db: is the database of another program")]
    [InlineData("sweep small.json --output text --resume", 1, "text/sweep.db: is no SQLite database")]
    [InlineData("sweep merge text newer", 2, "--output: expected the folder for the whole")]
    [InlineData("sweep merge nowhere", 1, "nowhere: there is no such file; expected the database of a sweep.")]
    [InlineData("sweep merge empty --output out", 1, "empty: holds no database of a sweep")]
    [InlineData("run empty", 1, "spec.json: there is no such file")]
    public void A_folder_that_is_none_of_a_sweep_is_refused(string arguments, int exitCode, string message)
    {
        Directory.CreateDirectory(cli.In("empty"));
        Foreign("newer", "PRAGMA application_id = 1398428503; PRAGMA user_version = 99; CREATE TABLE sweep (id INTEGER)");
        Foreign("other", "PRAGMA user_version = 3; CREATE TABLE songs (id INTEGER)");
        Directory.CreateDirectory(cli.In("text"));
        File.WriteAllText(cli.In("text/sweep.db"), string.Concat(Enumerable.Repeat("no database at all\n", 100)));
        AssertFails(cli.Run(arguments.Split(' ')), exitCode, message);
        Assert.False(Directory.Exists(cli.In("out")));
        Assert.All(["empty", "newer", "other", "text"], folder => Assert.All(Directory.GetFiles(cli.In(folder)), file => Assert.Equal("sweep.db", Path.GetFileName(file))));

        void Foreign(string folder, string sql)
        {
            Directory.CreateDirectory(cli.In(folder));
            using var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={cli.In(folder)}/sweep.db;Pooling=False");
            connection.Open();
            using Microsoft.Data.Sqlite.SqliteCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    private static IEnumerable<double> Numbers(JsonElement array) => array.EnumerateArray().Select(number => number.GetDouble());

    private Outcome Sweep(string file, string output, params string[] more) => cli.Run(["sweep", file, "--output", output, "--quiet", "--no-plots", .. more]);

    private Process Start(string file, string output, params string[] more) => cli.Start(["sweep", file, "--output", output, "--quiet", "--no-plots", .. more]);

    private JsonElement Json(string name) => JsonDocument.Parse(File.ReadAllText(cli.In(name))).RootElement;

    private string WithoutSeconds(string name) => string.Join('\n', File.ReadLines(cli.In(name)).Where(line => !line.Contains("Seconds\"", StringComparison.Ordinal)));

    /// <summary>The trainings that are there, while others write, too.</summary>
    private long Count(string name)
    {
        try
        {
            using SweepDatabase database = SweepDatabase.Read(cli.In(name));
            return database.Count();
        }
        catch (StepZeroException)
        {
            // There is none yet.
            return 0;
        }
    }

    /// <summary>All rows, but for the seconds they took.</summary>
    private string[] Rows(string name)
    {
        using SweepDatabase database = SweepDatabase.Read(cli.In(name));
        return [.. database.Trainings().Select(training => string.Create(
            CultureInfo.InvariantCulture, $"{training with { Seconds = 0, Curve = [] }} {string.Join(' ', training.Curve.Select(BitConverter.SingleToUInt32Bits))}"))];
    }
}
