using System.Collections;
using Microsoft.Data.Sqlite;
using StepZero.Files;
using StepZero.RandomNumbers;
using StepZero.Sweeps;
using StepZero.Training;
using static StepZero.Tests.Files.Sweeps.SweptTrainings;

namespace StepZero.Tests.Files.Sweeps;

public sealed class SweepDatabaseTests : IDisposable
{
    private static readonly SweepPlan Plan = SweptTrainings.Plan(TrainingTarget.Parse("cost:0.1"));

    private readonly string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;

    private string Path => System.IO.Path.Combine(folder, SweepDatabase.Name);

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public void What_was_added_comes_back_in_order()
    {
        SweptTraining[] all = All(Plan);
        Assert.Equal(120, all.Length);
        Assert.Contains(all, training => training.Curve is []);
        using (var database = SweepDatabase.Write(Path, Plan))
        {
            Assert.Equal(0, database.Count());
            database.Append(all[30..]);
            database.Append(all[..20]);
        }

        using (var database = SweepDatabase.Write(Path, SweptTrainings.Plan(Plan.Target)))
        {
            Assert.Equal(110, database.Count());
            BitArray finished = database.Finished();
            Assert.Equal(120, finished.Count);
            Assert.All(Enumerable.Range(0, 120), i => Assert.Equal(i is < 20 or >= 30, finished[i]));
            database.Append(all[20..30]);
            Assert.Equal(Texts(all), Texts(database.Trainings()));
        }

        using var read = SweepDatabase.Read(Path);
        Assert.Equal(SweepFile.Canonical(Plan), SweepFile.Canonical(read.Plan));
        Assert.Equal(Texts(all), Texts(read.Trainings()));
        Assert.True(read.Finished().HasAllSet());
    }

    [Fact]
    public void Writing_twice_is_harmless_and_the_last_stays()
    {
        SweptTraining[] all = All(Plan);
        Write(all);
        Write([.. all.Select(training => training with { Seconds = 9 })]);
        using var database = SweepDatabase.Read(Path);
        Assert.Equal(120, database.Count());
        Assert.All(database.Trainings(), training => Assert.Equal(9, training.Seconds));
    }

    [Fact]
    public void A_batch_is_added_wholly_or_not()
    {
        Write(All(Plan)[..10]);
        using (var database = SweepDatabase.Write(Path, Plan))
        {
            Assert.Throws<ArgumentException>(() => database.Append([At(20), At(21) with { Status = RunStatus.Cancelled }]));
            Assert.Throws<ArgumentOutOfRangeException>(() => database.Append([At(20), At(120)]));
            database.Append([At(30)]);
        }

        using var read = SweepDatabase.Read(Path);
        Assert.Equal([.. Enumerable.Range(0, 10), 30], read.Trainings().Select(training => (int)training.Index));
    }

    /// <summary>One that writes is seen by others as it was when they began, and nobody else can write.</summary>
    [Fact]
    public void One_writes_and_others_read()
    {
        string message = $"{Path}: another process is at work on this sweep. Wait until it ends, train another part with --shard, or choose another folder with --output.";
        Assert.False(SweepDatabase.IsAtWork(Path));
        using (var database = SweepDatabase.Write(Path, Plan))
        {
            Assert.True(SweepDatabase.IsAtWork(Path));
            Assert.Equal(message, Refusal(() => SweepDatabase.Write(Path, Plan)));
            database.Append([At(0)]);
            using var other = SweepDatabase.Read(Path);
            using IEnumerator<SweptTraining> reading = other.Trainings().GetEnumerator();
            Assert.True(reading.MoveNext());
            database.Append([At(1)]);
            Assert.False(reading.MoveNext());
            Assert.Equal(2, other.Count());
        }

        Assert.False(SweepDatabase.IsAtWork(Path));
        using (SweepDatabase.Write(Path, Plan))
        {
        }

        Assert.Equal([Path], Directory.GetFiles(folder));
        using (var read = SweepDatabase.Read(Path))
        {
            Assert.Equal(2, read.Count());
        }

        Assert.Equal([Path], Directory.GetFiles(folder));
    }

    /// <summary>What a killed process leaves: the log is cut off anywhere, and the database holds whole batches and goes on.</summary>
    [Fact]
    public void A_torn_log_leaves_whole_batches()
    {
        SweptTraining[] all = All(Plan);
        byte[] file, log;
        using (var database = SweepDatabase.Write(Path, Plan))
        {
            foreach (SweptTraining[] batch in all.Chunk(10))
            {
                database.Append(batch);
            }

            (file, log) = (Shared(Path), Shared(Path + "-wal"));
        }

        var seen = new HashSet<int>();
        for (int i = 0; i <= 30; i++)
        {
            string copy = System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(folder, $"{i}")).FullName, SweepDatabase.Name);
            File.WriteAllBytes(copy, file);
            File.WriteAllBytes(copy + "-wal", log[..(int)((long)log.Length * i / 30)]);
            using var database = SweepDatabase.Write(copy, Plan);
            int count = (int)database.Count();
            seen.Add(count);
            Assert.Equal(0, count % 10);
            Assert.Equal(Texts(all[..count]), Texts(database.Trainings()));
            database.Append(all[count..]);
            Assert.Equal(Texts(all), Texts(database.Trainings()));
        }

        Assert.Contains(0, seen);
        Assert.Contains(120, seen);
        Assert.InRange(seen.Count, 5, 13);
    }

    /// <summary>A changed byte may make rows be trained again, or the file useless; it never makes a wrong result.</summary>
    [Fact]
    public void A_damaged_row_is_not_believed()
    {
        SweptTraining[] all = All(Plan);
        Write(all);
        byte[] whole = File.ReadAllBytes(Path);
        var texts = Texts(all).ToHashSet();
        int refused = 0, torn = 0;
        double[] random = new double[1000];
        new PhiloxRandom(1).FillUniform(random, 0, 1);
        for (int i = 0; i < random.Length; i += 2)
        {
            byte[] damaged = [.. whole];
            damaged[(int)(random[i] * whole.Length)] ^= (byte)(1 << (int)(8 * random[i + 1]));
            File.WriteAllBytes(Path, damaged);
            try
            {
                using var database = SweepDatabase.Read(Path);
                BitArray finished = database.Finished();
                torn += finished.HasAllSet() ? 0 : 1;
                foreach (SweptTraining training in database.Trainings())
                {
                    Assert.Contains(Text(training), texts);
                }
            }
            catch (StepZeroException error)
            {
                Assert.StartsWith($"{Path}: ", error.Message, StringComparison.Ordinal);
                refused++;
            }
        }

        Assert.InRange(torn, 50, 500);
        Assert.InRange(refused, torn, 500);
    }

    [Fact]
    public void A_damaged_row_is_named_and_trained_again()
    {
        SweptTraining[] all = All(Plan);
        Write(all);
        Sql("UPDATE training SET cost = cost + 1e-9 WHERE idx = 17");
        using (var read = SweepDatabase.Read(Path))
        {
            Assert.Equal($"{Path}: the row of training 17 is damaged: its checksum is another. Train it again with --resume.", Refusal(() => Texts(read.Trainings())));
        }

        using var database = SweepDatabase.Write(Path, Plan);
        Assert.Equal(119, database.Finished().Cast<bool>().Count(there => there));
        database.Append([all[17]]);
        Assert.Equal(Texts(all), Texts(database.Trainings()));
    }

    [Theory]
    [InlineData(120)]
    [InlineData(-1)]
    public void A_row_whose_number_no_training_has_is_trained_again(long number)
    {
        SweptTraining[] all = All(Plan);
        Write(all);
        Sql($"UPDATE training SET idx = {number} WHERE idx = 17");
        using var database = SweepDatabase.Write(Path, Plan);
        Assert.Equal(119, database.Finished().Cast<bool>().Count(there => there));
        database.Append([all[17]]);
        Assert.Equal(Texts(all), Texts(database.Trainings()));
    }

    /// <summary>Nobody holds the lock at the same time as another, not of a file that was deleted as it was opened either, and whoever asks for it is in nobody's way.</summary>
    [Fact]
    public void A_lock_has_one_holder_whoever_takes_and_asks()
    {
        int holders = 0, taken = 0;
        Parallel.For(0, 4, new ParallelOptions { MaxDegreeOfParallelism = 4 }, worker =>
        {
            for (int i = 0; i < 100; i++)
            {
                if (worker == 0)
                {
                    SweepLock.IsHeld(Path);
                    continue;
                }

                try
                {
                    using FileStream held = SweepLock.Take(Path);
                    Assert.Equal(1, Interlocked.Increment(ref holders));
                    Interlocked.Increment(ref taken);
                    Interlocked.Decrement(ref holders);
                }
                catch (StepZeroException)
                {
                    // Another one has it.
                }
            }
        });
        Assert.InRange(taken, 100, 300);
        Assert.False(File.Exists(Path + ".lock"));
    }

    [Fact]
    public void Who_asks_whether_it_is_held_is_not_taken_for_one_at_work()
    {
        using var together = new Barrier(2);
        File.WriteAllText(Path + ".lock", "");
        Parallel.Invoke(
            () => Repeat(() => SweepLock.IsHeld(Path)),
            () => Repeat(() =>
            {
                SweepLock.Take(Path).Dispose();
                File.WriteAllText(Path + ".lock", "");
            }));

        void Repeat(Action act)
        {
            try
            {
                for (int i = 0; i < 100; i++)
                {
                    together.SignalAndWait(TestContext.Current.CancellationToken);
                    act();
                }
            }
            finally
            {
                together.RemoveParticipant();
            }
        }
    }

    [Theory]
    [InlineData(100)]
    [InlineData(5000)]
    [InlineData(30_000)]
    public void A_file_that_is_cut_off_is_refused(int length)
    {
        Write(All(Plan));
        byte[] whole = File.ReadAllBytes(Path);
        Assert.InRange(whole.Length, 40_000, 80_000);
        File.WriteAllBytes(Path, whole[..length]);
        Assert.StartsWith($"{Path}: is ", Refusal(() =>
        {
            using var database = SweepDatabase.Write(Path, Plan);
            Assert.NotEqual(120, database.Trainings().Count());
        }), StringComparison.Ordinal);
        Assert.False(SweepDatabase.IsAtWork(Path));
    }

    [Fact]
    public void Another_sweep_is_refused_with_what_differs()
    {
        Write([At(1)]);
        Assert.Equal(
            $"{Path}: holds another sweep: seeds 4 there, 5 here; --target cost:0.1 there, not given here. Resume with the sweep it was begun with, or choose another folder with --output.",
            Refusal(() => SweepDatabase.Write(Path, SweptTrainings.Plan(seeds: 5))));
        Write([At(2)]);
    }

    [Fact]
    public void Changed_data_are_refused()
    {
        using (var database = SweepDatabase.Write(Path, Plan))
        {
            database.CheckData("moons, seed 7", "abc");
            database.CheckData("circles", "def");
        }

        using var again = SweepDatabase.Write(Path, Plan);
        again.CheckData("moons, seed 7", "abc");
        Assert.Equal(
            $"{Path}: the data moons, seed 7 have changed since the sweep was begun. Bring the old data back, or choose another folder with --output.",
            Refusal(() => again.CheckData("moons, seed 7", "abd")));
        Assert.Equal([("circles", "def"), ("moons, seed 7", "abc")], again.DataHashes());
    }

    [Fact]
    public void Files_of_others_are_refused_and_left_alone()
    {
        Assert.Equal($"{Path}: there is no such file; expected the database of a sweep. Run 'stepzero sweep' first.", Refusal(() => SweepDatabase.Read(Path)));
        Assert.Empty(Directory.GetFiles(folder));
        File.WriteAllText(Path, new string('x', 5000));
        Both("is no SQLite database; expected one that 'stepzero sweep' wrote.");
        File.Delete(Path);
        Sql("CREATE TABLE a (b)");
        Both("is the database of another program (application_id 0, user_version 0); expected one that 'stepzero sweep' wrote.");
        Sql("PRAGMA application_id = 5");
        Both("is the database of another program (application_id 5, user_version 0); expected one that 'stepzero sweep' wrote.");
        File.Delete(Path);
        Write([At(1)]);
        Sql("PRAGMA user_version = 2");
        Both("was written by a newer StepZero, schema 2; this one reads 1. Use the newer one, or choose another folder.");
        Sql("PRAGMA user_version = 1; UPDATE sweep SET spec = replace(spec, 'moons', 'circles')");
        Both("is damaged: it does not say of which sweep it is. Move it away and train anew.");
        File.Delete(Path);
        File.WriteAllBytes(Path, []);
        Assert.Equal($"{Path}: holds no sweep yet; expected the database of one. Go on with 'stepzero sweep --resume'.", Refusal(() => SweepDatabase.Read(Path)));
        Write([At(1)]);
        Assert.StartsWith($"{folder}/none/sweep.db: cannot be written: ", Refusal(() => SweepDatabase.Write($"{folder}/none/sweep.db", Plan)), StringComparison.Ordinal);
        Directory.CreateDirectory($"{folder}/sweep-1-of-2.db");
        Assert.StartsWith($"{folder}/sweep-1-of-2.db: cannot be opened", Refusal(() => SweepDatabase.Write($"{folder}/sweep-1-of-2.db", Plan)), StringComparison.Ordinal);

        void Both(string message)
        {
            byte[] before = File.ReadAllBytes(Path);
            Assert.Equal($"{Path}: {message}", Refusal(() => SweepDatabase.Write(Path, Plan)));
            Assert.Equal($"{Path}: {message}", Refusal(() => SweepDatabase.Read(Path)));
            Assert.Equal(before, File.ReadAllBytes(Path));
            Assert.Equal([Path], Directory.GetFiles(folder));
        }
    }

    [Fact]
    public void A_lock_of_another_program_and_a_full_disk_are_told_apart()
    {
        Write([At(1)]);
        using (SqliteConnection other = Connection())
        {
            SweepSchema.Execute(other, "BEGIN EXCLUSIVE");
            Assert.Equal($"{Path}: another program has locked it. Close what has it open, and go on with --resume.", Refusal(() => SweepDatabase.Write(Path, Plan, patience: 1)));
        }

        Write([At(2)]);
        Assert.Equal("a: no space is left on the disk. What is finished is kept; make room and go on with --resume.", SweepErrors.Of("a", new SqliteException("", 13)).Message);
        Assert.Equal(SweepErrors.Of("a", new SqliteException("", 13)).Message, SweepErrors.Of("a", new SqliteException("", 10, 4874)).Message);
        Assert.StartsWith("a: cannot be written: ", SweepErrors.Of("a", new SqliteException("", 8)).Message, StringComparison.Ordinal);
        Assert.StartsWith("a: was left in the middle of writing", SweepErrors.Of("a", new SqliteException("", 8, 264)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_databases_of_a_folder_are_known_by_their_names()
    {
        string[] names = ["sweep.db", "sweep-3-of-16.db", SweepDatabase.NameOf(10, 16), "sweep.db-wal", "sweep.db.lock", "sweeping.db", "sweep-a-of-b.db", "sweep-1.db", "my-sweep.db", "sweep--of-.db", "sweep-0-of-2.db", "sweep-3-of-2.db", "sweep-1-of-99999999999.db", "sweep-1-of-2-of-3.db"];
        Array.ForEach(names, name => File.WriteAllText(System.IO.Path.Combine(folder, name), ""));
        Assert.Equal(["sweep-10-of-16.db", "sweep-3-of-16.db", "sweep.db"], SweepDatabase.In(folder).Select(System.IO.Path.GetFileName));
        Assert.Empty(SweepDatabase.In(System.IO.Path.Combine(folder, "none")));
        Assert.Equal("sweep.db", SweepDatabase.NameOf(1, 1));
        Assert.Equal([(10, 16), (3, 16), (1, 1)], SweepDatabase.In(folder).Select(path => SweepDatabase.PartOf(path)!.Value));
    }

    /// <summary>In a folder that cannot be written a database is opened by an address, in which letters of its path mean something.</summary>
    [Theory]
    [InlineData("plain")]
    [InlineData("a?b#c%41d e&ü")]
    public void A_database_that_nobody_writes_is_opened_whatever_its_folder_is_called(string name)
    {
        string path = System.IO.Path.Combine(Directory.CreateDirectory(System.IO.Path.Combine(folder, name)).FullName, SweepDatabase.Name);
        using (var database = SweepDatabase.Write(path, Plan))
        {
            database.Append(All(Plan)[..7]);
        }

        using SqliteConnection connection = SweepSchema.Open(path, SqliteOpenMode.ReadOnly, isImmutable: true, patience: 1);
        SweepSchema.Execute(connection, "BEGIN");
        Assert.Equal(7, SweepSchema.Number(connection, "SELECT COUNT(*) FROM training"));
    }

    private static byte[] Shared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
        byte[] bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }

    private static string Refusal(Action act) => Assert.Throws<StepZeroException>(act).Message;

    private void Write(SweptTraining[] trainings)
    {
        using var database = SweepDatabase.Write(Path, Plan);
        database.Append(trainings);
    }

    private SqliteConnection Connection() => SweepSchema.Open(Path, SqliteOpenMode.ReadWriteCreate, isImmutable: false, patience: 1);

    private void Sql(string sql)
    {
        using SqliteConnection connection = Connection();
        SweepSchema.Execute(connection, sql);
    }
}
