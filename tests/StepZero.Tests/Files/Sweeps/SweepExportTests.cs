using System.Diagnostics;
using System.Globalization;
using Parquet;
using Parquet.Schema;
using StepZero.Files;
using StepZero.Files.Tables;
using StepZero.Sweeps;
using StepZero.Training;
using static StepZero.Tests.Files.Sweeps.SweptTrainings;

namespace StepZero.Tests.Files.Sweeps;

public sealed class SweepExportTests : IDisposable
{
    private static readonly string[] Names =
    [
        "index", "setting", "seed", "hidden", "init", "learning-rate", "status", "cost", "train_accuracy", "test_cost", "test_accuracy", "reached_at", "iterations", "made", "seconds",
    ];

    private static readonly SweepResults Results = new(SweptTrainings.Plan(), All(SweptTrainings.Plan()));

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void Csv_has_a_row_a_training_and_a_column_an_option()
    {
        var plan = new SweepPlan([], [new SweepAxis("iterations", ["10", "20"]), new SweepAxis("activation", ["a,b", "tanh"]), new SweepAxis("learning-rate", ["1e-2", "0.1"])], [], seeds: 2);
        SweptTraining[] trainings =
        [
            new(0, RunStatus.Completed, 0.1, 0.75, 0.25, 1, 4, 10, 9, 0.5, [1]), new(9, RunStatus.Diverged, double.PositiveInfinity, null, null, null, null, 20, 3, 0, []),
        ];
        string path = Path.Combine(folder, "a.CSV");
        SweepExport.Write(new SweepResults(plan, trainings), path);
        Assert.Equal(
            "index,setting,seed,iterations_option,activation,learning-rate,status,cost,train_accuracy,test_cost,test_accuracy,reached_at,iterations,made,seconds\n"
            + "0,0,1,10,\"a,b\",0.01,completed,0.1,0.75,0.25,1,4,10,9,0.5\n9,5,1,20,\"a,b\",0.1,diverged,,,,,,20,3,0\n",
            File.ReadAllText(path));
    }

    [Theory]
    [InlineData("csv")]
    [InlineData("parquet")]
    public void A_table_reads_back_as_it_was(string ending)
    {
        string path = Path.Combine(folder, $"sweep.{ending}");
        SweepExport.Write(Results, path);
        Table table = ending == "csv" ? CsvTable.Read(path, null, [], ',', CancellationToken.None) : ParquetTable.Read(path, null, ["curve"], CancellationToken.None);
        Assert.Equal(Names, table.Columns.Select(column => column.Name));
        Dictionary<string, Column> columns = table.Columns.ToDictionary(column => column.Name);
        for (int i = 0; i < Results.Trainings.Count; i++)
        {
            SweptTraining training = Results.Trainings[i];
            IReadOnlyList<string> values = Results.Plan.Values(Results.Plan.SettingOf(i));
            Assert.Equal([values[0], values[1], CanonicalText.Of(training.Status)], ((string[])["hidden", "init", "status"]).Select(name => columns[name].Texts![i]));
            double?[] expected =
            [
                i, Results.Plan.SettingOf(i), 7 + Results.Plan.SeedOf(i), double.Parse(values[2], CultureInfo.InvariantCulture), training.Status == RunStatus.Diverged ? null : training.Cost, training.TrainAccuracy, training.TestCost,
                training.TestAccuracy, training.ReachedAt, training.Iterations, training.Made, training.Seconds,
            ];
            Assert.Equal(expected.Select(value => value ?? double.NaN), Names.Except(["hidden", "init", "status"]).Select(name => columns[name].Numbers![i]));
        }
    }

    [Fact]
    public async Task Curves_stand_in_parquet_as_lists()
    {
        string path = Path.Combine(folder, "sweep.parquet");
        SweepExport.Write(Results, path);
        await using FileStream file = File.OpenRead(path);
        await using ParquetReader reader = await ParquetReader.CreateAsync(file, cancellationToken: TestContext.Current.CancellationToken);
        using ParquetRowGroupReader group = reader.OpenRowGroupReader(0);
        DataField field = reader.Schema.DataFields[^1];
        int points = Results.Trainings.Sum(training => training.Curve.Length), empty = Results.Trainings.Count(training => training.Curve is []);
        Assert.Equal("curve/list/element", field.Path.ToString());
        float[] values = new float[points + empty];
        int[] definitions = new int[points + empty], repetitions = new int[points + empty];
        await group.ReadRawAsync<float>(field, values, definitions, repetitions, TestContext.Current.CancellationToken);
        Assert.Equal(Results.Trainings.SelectMany(training => training.Curve), values[..points]);
        Assert.Equal(Results.Trainings.SelectMany(training => training.Curve is [] ? [1] : training.Curve.Select(_ => 2)), definitions);
        Assert.Equal(Results.Trainings.SelectMany(training => Enumerable.Range(0, Math.Max(1, training.Curve.Length)).Select(i => i == 0 ? 0 : 1)), repetitions);
    }

    [Fact]
    public void Another_ending_or_place_is_refused()
    {
        Assert.Equal("a.txt: expected a name that ends in .csv or .parquet.", Assert.Throws<StepZeroException>(() => SweepExport.Write(Results, "a.txt")).Message);
        Assert.StartsWith($"{folder}/none/a.csv: cannot be written: ", Assert.Throws<StepZeroException>(() => SweepExport.Write(Results, $"{folder}/none/a.csv")).Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    /// <summary>The tables, as another program sees them.</summary>
    [Fact]
    public void Python_reads_the_database()
    {
        const string Python = "/usr/bin/python3";
        if (!File.Exists(Python))
        {
            Assert.Skip("skipped: /usr/bin/python3 is absent");
        }

        using (var database = SweepDatabase.Write(Path.Combine(folder, SweepDatabase.Name), Results.Plan))
        {
            database.Append(Results.Trainings);
            database.CheckData("moons", "abc");
        }

        SweepExport.Write(Results, Path.Combine(folder, "sweep.csv"));
        File.WriteAllText(Path.Combine(folder, "read.py"), """
            import csv, hashlib, json, sqlite3, struct
            db = sqlite3.connect("file:sweep.db?mode=ro", uri=True)
            one = lambda sql: db.execute(sql).fetchone()
            assert one("PRAGMA application_id")[0] == 0x535A5357 and one("PRAGMA user_version")[0] == 1 and one("PRAGMA integrity_check")[0] == "ok"
            hash, spec, target, trainings, version = one("SELECT hash, spec, target, trainings, version FROM sweep")
            assert hash == hashlib.sha256(spec.encode()).hexdigest() and target is None and trainings == 120 and version
            assert json.loads(spec)["sweep"]["seeds"] == 4 and one("SELECT key, hash FROM data") == ("moons", "abc")
            rows = list(csv.DictReader(open("sweep.csv")))
            assert len(rows) == one("SELECT COUNT(*) FROM training")[0] == 120
            number = lambda text: float(text) if text else None
            fields = "idx, seed, status, cost, train_accuracy, test_cost, test_accuracy, reached_at, iterations, made, seconds, options, curve"
            for row, got in zip(rows, db.execute(f"SELECT {fields} FROM training ORDER BY idx")):
                options, curve = json.loads(got[11]), struct.unpack(f"<{len(got[12]) // 4}f", got[12])
                assert got[2] == row["status"] and options == {"hidden": row["hidden"], "init": row["init"], "learning-rate": float(row["learning-rate"])}, (row, options)
                assert got[3] == (number(row["cost"]) if row["status"] == "completed" else float("inf"))
                names = ["index", "seed", None, None, "train_accuracy", "test_cost", "test_accuracy", "reached_at", "iterations", "made", "seconds"]
                assert all(got[i] == number(row[name]) for i, name in enumerate(names) if name), (row, got)
                assert all(0 <= point < 1 for point in curve) and len(curve) == (65 if row["status"] == "completed" else got[9])
            """);
        using Process process = Process.Start(new ProcessStartInfo(Python, ["read.py"]) { WorkingDirectory = folder, RedirectStandardError = true })!;
        string error = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.Equal((0, ""), (process.ExitCode, error));
    }
}
