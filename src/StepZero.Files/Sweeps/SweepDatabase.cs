using System.Collections;
using System.Globalization;
using Microsoft.Data.Sqlite;
using StepZero.Sweeps;

namespace StepZero.Files;

/// <summary>
/// What is finished of a sweep: an SQLite file with a row for each training. While it is written it has a write-ahead log beside it, and others can read it;
/// a process that is killed loses what it had not handed over alone. A row is known by its number, so that writing twice is harmless.
/// </summary>
public sealed class SweepDatabase : IDisposable
{
    /// <summary>The name in a result folder.</summary>
    public const string Name = "sweep.db";

    private const int Patience = 10;

    private readonly SqliteConnection connection;
    private readonly FileStream? held;

    private SweepDatabase(string path, SqliteConnection connection, FileStream? held, SweepPlan plan)
    {
        Path = path;
        Plan = plan;
        this.connection = connection;
        this.held = held;
    }

    /// <summary>The file.</summary>
    public string Path { get; }

    /// <summary>The sweep.</summary>
    public SweepPlan Plan { get; }

    /// <summary>The name of the database of a part of a sweep.</summary>
    /// <param name="shard">Which part, from 1.</param>
    /// <param name="shards">How many parts there are; 1 for the whole.</param>
    public static string NameOf(int shard, int shards) => shards == 1 ? Name : string.Create(CultureInfo.InvariantCulture, $"sweep-{shard}-of-{shards}.db");

    /// <summary>Which part of how many a database is of, by its name: the other way round than <see cref="NameOf"/>. Null for another name.</summary>
    /// <param name="path">The file.</param>
    public static (int Shard, int Shards)? PartOf(string path)
    {
        string name = System.IO.Path.GetFileName(path);
        string[] numbers = name == Name ? ["1", "1"] : name.StartsWith("sweep-", StringComparison.Ordinal) && name.EndsWith(".db", StringComparison.Ordinal) ? name["sweep-".Length..^".db".Length].Split("-of-") : [];
        return numbers is [string first, string second]
            && int.TryParse(first, NumberStyles.None, CultureInfo.InvariantCulture, out int shard) && int.TryParse(second, NumberStyles.None, CultureInfo.InvariantCulture, out int shards)
            && shard >= 1 && shard <= shards ? (shard, shards) : null;
    }

    /// <summary>The databases in a folder, in the order of their names.</summary>
    /// <param name="folder">The folder.</param>
    public static IReadOnlyList<string> In(string folder) => !Directory.Exists(folder) ? []
        : [.. Directory.GetFiles(folder, "sweep*.db").Where(file => PartOf(file) is not null).Order(StringComparer.Ordinal)];

    /// <summary>Whether a process trains for a database now.</summary>
    /// <param name="path">The file.</param>
    public static bool IsAtWork(string path) => SweepLock.IsHeld(path);

    /// <summary>Opens a database for more trainings, or makes it. No other process can until it is closed.</summary>
    /// <param name="path">The file; its folder must be there.</param>
    /// <param name="plan">The sweep.</param>
    /// <exception cref="StepZeroException">Another process is at work, it is of another sweep (the message says what differs) or program, or it cannot be written.</exception>
    public static SweepDatabase Write(string path, SweepPlan plan) => Write(path, plan, Patience);

    internal static SweepDatabase Write(string path, SweepPlan plan, int patience)
    {
        FileStream held = SweepLock.Take(path);
        SqliteConnection? connection = null;
        try
        {
            return SweepErrors.Guard(path, () =>
            {
                connection = SweepSchema.Open(path, SqliteOpenMode.ReadWriteCreate, isImmutable: false, patience);
                bool isNew = !SweepSchema.Check(connection, path);
                if (!isNew)
                {
                    RefuseOther(path, SweepSchema.PlanOf(connection, path), plan);
                }

                SweepSchema.Execute(connection, "PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL");
                if (isNew)
                {
                    SweepSchema.Begin(connection, plan);
                }
                else
                {
                    // A damaged number that no training has would never be written anew.
                    SweepSchema.Execute(connection, string.Create(CultureInfo.InvariantCulture, $"DELETE FROM training WHERE sweep = 1 AND idx < 0; DELETE FROM training WHERE sweep = 1 AND idx >= {plan.TrainingCount}"));
                }

                return new SweepDatabase(path, connection, held, plan);
            });
        }
        catch
        {
            connection?.Dispose();
            held.Dispose();
            throw;
        }
    }

    /// <summary>Opens a database to read it, also while another process writes it; nothing is changed.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">There is none, or it is of another program.</exception>
    public static SweepDatabase Read(string path)
    {
        if (!File.Exists(path))
        {
            throw new StepZeroException($"{path}: there is no such file; expected the database of a sweep. Run 'stepzero sweep' first.");
        }

        return SweepErrors.Guard(path, () =>
        {
            // Without a log, and in a folder that may only be read, nothing writes the file; SQLite cannot know that by itself.
            try
            {
                return Opened(path, isImmutable: false);
            }
            catch (SqliteException error) when (SweepErrors.CannotLock(error) && !(new FileInfo(path + "-wal") is { Exists: true, Length: > 0 }))
            {
                return Opened(path, isImmutable: true);
            }
        });
    }

    /// <summary>Refuses samples that are not those of before.</summary>
    /// <param name="key">Which samples.</param>
    /// <param name="hash">Their fingerprint, which is kept where there is none yet.</param>
    /// <exception cref="StepZeroException">There is another fingerprint.</exception>
    public void CheckData(string key, string hash) => SweepErrors.Guard(Path, () =>
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT OR IGNORE INTO data (sweep, key, hash) VALUES (1, $key, $hash); SELECT hash FROM data WHERE sweep = 1 AND key = $key";
        command.Parameters.AddWithValue("$key", key);
        command.Parameters.AddWithValue("$hash", hash);
        if ((string)command.ExecuteScalar()! != hash)
        {
            throw new StepZeroException($"{Path}: the data {key} have changed since the sweep was begun. Bring the old data back, or choose another folder with --output.");
        }
    });

    /// <summary>The fingerprints of the samples, by their keys in order.</summary>
    public IReadOnlyList<(string Key, string Hash)> DataHashes() => SweepErrors.Guard(Path, () =>
    {
        var hashes = new List<(string, string)>();
        using SqliteCommand command = Command("SELECT key, hash FROM data WHERE sweep = 1 ORDER BY key");
        using SqliteDataReader row = command.ExecuteReader();
        while (row.Read())
        {
            hashes.Add((row.GetString(0), row.GetString(1)));
        }

        return hashes;
    });

    /// <summary>Adds trainings, all or none; one that is there is replaced.</summary>
    /// <param name="trainings">Trainings of the plan, completed or diverged; in order of their numbers they are written fastest.</param>
    /// <exception cref="StepZeroException">They cannot be written; those before are kept.</exception>
    public void Append(IEnumerable<SweptTraining> trainings) => SweepErrors.Guard(Path, () =>
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        using SqliteCommand command = Command(SweepRows.Writing);
        command.Transaction = transaction;
        for (int i = 0; i < 14; i++)
        {
            command.Parameters.Add(new SqliteParameter { ParameterName = string.Create(CultureInfo.InvariantCulture, $"${i}") });
        }

        command.Prepare();
        var settings = new SettingTexts(Plan);
        foreach (SweptTraining training in trainings)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(training.Index, Plan.TrainingCount);
            SweepRows.Bind(command.Parameters, training, settings.JsonOf(training.Index), settings.SeedOf(training.Index));
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    });

    /// <summary>The trainings, in order of their numbers, read as they are taken.</summary>
    /// <exception cref="StepZeroException">A row is not as it was written, or the file is damaged.</exception>
    public IEnumerable<SweptTraining> Trainings() => Rows().Select(row => row.Training ?? throw new StepZeroException(
        $"{Path}: the row of training {row.Index} is damaged: its checksum is another. Train it again with --resume."));

    /// <summary>Which trainings are there, by number; one whose row is damaged is not.</summary>
    /// <exception cref="StepZeroException">The file is damaged.</exception>
    public BitArray Finished()
    {
        var finished = new BitArray(checked((int)Plan.TrainingCount));
        foreach ((long index, SweptTraining? training) in Rows())
        {
            if (training is not null)
            {
                finished[(int)index] = true;
            }
        }

        return finished;
    }

    /// <summary>How many trainings are there.</summary>
    public long Count() => SweepErrors.Guard(Path, () => SweepSchema.Number(connection, "SELECT COUNT(*) FROM training WHERE sweep = 1"));

    /// <inheritdoc/>
    public void Dispose()
    {
        if (held is not null)
        {
            try
            {
                // At rest it is one file, which can be copied, and read in a folder that cannot be written. One who reads it now is not waited for.
                SweepSchema.Execute(connection, "PRAGMA journal_mode = DELETE", patience: 1);
            }
            catch (SqliteException)
            {
                // Somebody reads it, or the disk is full: it stays as it is, which is whole.
            }
        }

        connection.Dispose();
        held?.Dispose();
    }

    private static SweepDatabase Opened(string path, bool isImmutable)
    {
        SqliteConnection connection = SweepSchema.Open(path, SqliteOpenMode.ReadOnly, isImmutable, Patience);
        try
        {
            return SweepSchema.Check(connection, path)
                ? new SweepDatabase(path, connection, null, SweepSchema.PlanOf(connection, path))
                : throw new StepZeroException($"{path}: holds no sweep yet; expected the database of one. Go on with 'stepzero sweep --resume'.");
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void RefuseOther(string path, SweepPlan before, SweepPlan now)
    {
        if (SweepFile.Hash(before) != SweepFile.Hash(now))
        {
            throw new StepZeroException(
                $"{path}: holds another sweep: {string.Join("; ", SweepFile.Differences(before, now))}. Resume with the sweep it was begun with, or choose another folder with --output.");
        }
    }

    /// <summary>All rows; of one that is damaged only the number, as far as it can be told.</summary>
    private IEnumerable<(long Index, SweptTraining? Training)> Rows()
    {
        using SqliteCommand command = Command(SweepRows.Reading);
        using SqliteDataReader row = SweepErrors.Guard(Path, command.ExecuteReader);
        while (SweepErrors.Guard(Path, row.Read))
        {
            SweptTraining? training = SweepRows.Read(row);
            long index = training?.Index ?? (row.GetValue(0) is long written ? written : -1);
            yield return (index, index >= 0 && index < Plan.TrainingCount ? training : null);
        }
    }

    private SqliteCommand Command(string sql)
    {
        SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return command;
    }
}
