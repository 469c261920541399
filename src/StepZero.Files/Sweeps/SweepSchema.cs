using System.Reflection;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Data.Sqlite;
using StepZero.Sweeps;

namespace StepZero.Files;

/// <summary>The tables of a sweep's database, and how a connection to them is made.</summary>
internal static class SweepSchema
{
    /// <summary>"SZSW": tells the file from those of other programs.</summary>
    private const int ApplicationId = 0x535A5357;

    private const int Version = 1;

    private const string Tables = """
        CREATE TABLE sweep (
          id INTEGER PRIMARY KEY,
          hash TEXT NOT NULL UNIQUE,   -- SHA-256 of spec, hexadecimal
          spec TEXT NOT NULL,          -- the plan as JSON
          target TEXT,                 -- cost:0.1 or accuracy:0.95
          trainings INTEGER NOT NULL,  -- how many the whole sweep has
          version TEXT NOT NULL        -- of StepZero
        );
        CREATE TABLE data (
          sweep INTEGER NOT NULL REFERENCES sweep,
          key TEXT NOT NULL,           -- which samples
          hash TEXT NOT NULL,          -- their fingerprint
          PRIMARY KEY (sweep, key)
        ) WITHOUT ROWID;
        CREATE TABLE training (
          sweep INTEGER NOT NULL REFERENCES sweep,
          idx INTEGER NOT NULL,        -- its number in the plan
          options TEXT NOT NULL,       -- what differs between settings, as JSON
          seed INTEGER NOT NULL,
          status TEXT NOT NULL,        -- completed or diverged
          cost REAL NOT NULL,          -- infinite where it diverged
          train_accuracy REAL,
          test_cost REAL,
          test_accuracy REAL,
          reached_at INTEGER,
          iterations INTEGER NOT NULL,
          made INTEGER NOT NULL,
          seconds REAL NOT NULL,
          curve BLOB NOT NULL,         -- float32, little endian
          checksum INTEGER NOT NULL,   -- XXH3 of all but sweep, options and seed
          PRIMARY KEY (sweep, idx)
        ) WITHOUT ROWID;
        """;

    /// <summary>Opens a file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="mode">Whether it is written, and made.</param>
    /// <param name="isImmutable">Whether nothing writes it, so that no lock is needed and no file is made beside it.</param>
    /// <param name="patience">How long to wait for locks, in seconds.</param>
    public static SqliteConnection Open(string path, SqliteOpenMode mode, bool isImmutable, int patience)
    {
        string full = Path.GetFullPath(path);
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder
        {
            DataSource = isImmutable ? $"{AddressOf(full)}?immutable=1" : full,
            Mode = mode,
            Pooling = false,
            DefaultTimeout = patience,
        }.ConnectionString);
        connection.Open();
        return connection;
    }

    /// <summary>The path as an address, in which only slashes are what they are.</summary>
    private static string AddressOf(string path)
    {
        string slashes = path.Replace(Path.DirectorySeparatorChar, '/');
        return $"file:{(slashes.StartsWith('/') ? "" : "/")}{Uri.EscapeDataString(slashes).Replace("%2F", "/", StringComparison.Ordinal)}";
    }

    /// <summary>Refuses a database of something else, or of a later version.</summary>
    /// <returns>Whether there are tables; a file without any was begun by a process that was killed at once, or is new.</returns>
    /// <exception cref="StepZeroException">It is of something else.</exception>
    public static bool Check(SqliteConnection connection, string path)
    {
        long id = Number(connection, "PRAGMA application_id"), version = Number(connection, "PRAGMA user_version");
        return (id, version) switch
        {
            (ApplicationId, Version) => true,
            (ApplicationId, > Version) => throw new StepZeroException($"{path}: was written by a newer StepZero, schema {version}; this one reads {Version}. Use the newer one, or choose another folder."),
            (0, 0) when Number(connection, "SELECT COUNT(*) FROM sqlite_schema") == 0 => false,
            _ => throw new StepZeroException($"{path}: is the database of another program (application_id {id}, user_version {version}); expected one that 'stepzero sweep' wrote."),
        };
    }

    /// <summary>Makes tables and the row of the sweep, at once.</summary>
    public static void Begin(SqliteConnection connection, SweepPlan plan)
    {
        using SqliteTransaction transaction = connection.BeginTransaction();
        Execute(connection, $"{Tables} PRAGMA application_id = {ApplicationId}; PRAGMA user_version = {Version};");
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "INSERT INTO sweep (id, hash, spec, target, trainings, version) VALUES (1, $hash, $spec, $target, $trainings, $version)";
        command.Parameters.AddWithValue("$hash", SweepFile.Hash(plan));
        command.Parameters.AddWithValue("$spec", Encoding.UTF8.GetString(SweepFile.Canonical(plan)));
        command.Parameters.AddWithValue("$target", (object?)plan.Target?.ToString() ?? DBNull.Value);
        command.Parameters.AddWithValue("$trainings", plan.TrainingCount);
        command.Parameters.AddWithValue("$version", typeof(SweepDatabase).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "");
        command.ExecuteNonQuery();
        transaction.Commit();
    }

    /// <summary>The sweep that a database is of.</summary>
    /// <exception cref="StepZeroException">It does not say so, or not as it was written.</exception>
    public static SweepPlan PlanOf(SqliteConnection connection, string path)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "SELECT spec, hash FROM sweep WHERE id = 1";
        using SqliteDataReader row = command.ExecuteReader();
        try
        {
            // The hash is that of the text, so that a later version, which may write a plan otherwise, still knows it.
            if (row.Read() && Encoding.UTF8.GetBytes(row.GetString(0)) is byte[] spec && Convert.ToHexStringLower(SHA256.HashData(spec)) == row.GetString(1))
            {
                return SweepFile.FromCanonical(spec);
            }
        }
        catch (Exception error) when (error is StepZeroException or InvalidCastException or InvalidOperationException)
        {
            // A damaged one is none.
        }

        throw new StepZeroException($"{path}: is damaged: it does not say of which sweep it is. Move it away and train anew.");
    }

    /// <summary>Carries out statements.</summary>
    /// <param name="connection">The connection.</param>
    /// <param name="sql">The statements.</param>
    /// <param name="patience">How long to wait for locks, in seconds; as long as the connection does where null.</param>
    public static void Execute(SqliteConnection connection, string sql, int? patience = null)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.CommandTimeout = patience ?? command.CommandTimeout;
        command.ExecuteNonQuery();
    }

    /// <summary>The whole number that a query gives.</summary>
    public static long Number(SqliteConnection connection, string sql)
    {
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }
}
