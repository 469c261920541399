using System.Buffers.Binary;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>The rows of a sweep's table of trainings.</summary>
internal static class SweepRows
{
    private const string Columns = "idx, status, cost, train_accuracy, test_cost, test_accuracy, reached_at, iterations, made, seconds, curve, checksum";
    private const int FixedBytes = 64;

    /// <summary>The statement that reads all rows in order of the index.</summary>
    public static string Reading => $"SELECT {Columns} FROM training WHERE sweep = 1 ORDER BY idx";

    /// <summary>The statement that writes a row; one that is there already is replaced.</summary>
    public static string Writing => $"INSERT OR REPLACE INTO training (sweep, options, seed, {Columns}) VALUES (1, $0, $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";

    /// <summary>Binds a row.</summary>
    public static void Bind(SqliteParameterCollection values, SweptTraining training, string options, long seed)
    {
        byte[] curve = Bytes(training.Curve);
        values[0].Value = options;
        values[1].Value = seed;
        values[2].Value = training.Index;
        values[3].Value = StatusText(training.Status);
        values[4].Value = training.Cost;
        values[5].Value = Optional(training.TrainAccuracy);
        values[6].Value = Optional(training.TestCost);
        values[7].Value = Optional(training.TestAccuracy);
        values[8].Value = training.ReachedAt is int at ? (long)at : DBNull.Value;
        values[9].Value = (long)training.Iterations;
        values[10].Value = (long)training.Made;
        values[11].Value = training.Seconds;
        values[12].Value = curve;
        values[13].Value = Checksum(training, curve);

        static object Optional(double? value) => value is double number ? number : DBNull.Value;
    }

    /// <summary>Reads a row.</summary>
    /// <param name="row">A row of <see cref="Reading"/>.</param>
    /// <returns>The training; null where the row is not as it was written.</returns>
    public static SweptTraining? Read(SqliteDataReader row)
    {
        try
        {
            byte[] bytes = (byte[])row.GetValue(10);
            var training = new SweptTraining(
                row.GetInt64(0), CanonicalText.Parse<RunStatus>(row.GetString(1)), row.GetDouble(2), Optional(3), Optional(4), Optional(5), row.IsDBNull(6) ? null : row.GetInt32(6), row.GetInt32(7),
                row.GetInt32(8), row.GetDouble(9), Curve(bytes));
            return row.GetInt64(11) == Checksum(training, bytes) ? training : null;
        }
        catch (Exception error) when (error is InvalidCastException or InvalidOperationException or OverflowException or StepZeroException or FormatException)
        {
            return null;
        }

        double? Optional(int column) => row.IsDBNull(column) ? null : row.GetDouble(column);
    }

    /// <summary>What differs between settings, as JSON: an option all of whose values are numbers has numbers, another texts.</summary>
    public static string Options(IReadOnlyList<string> names, IReadOnlyList<string> values, IReadOnlyList<bool> areNumbers)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.OneLine))
        {
            json.WriteStartObject();
            for (int i = 0; i < names.Count; i++)
            {
                json.WritePropertyName(names[i]);
                if (areNumbers[i] && Number(values[i]) is double number)
                {
                    json.WriteNumberValue(number);
                }
                else
                {
                    json.WriteStringValue(values[i]);
                }
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer().AsSpan(0, (int)buffer.Length));
    }

    /// <summary>The number that a text is, or null.</summary>
    public static double? Number(string text) =>
        double.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
            ? number : null;

    private static byte[] Bytes(float[] curve)
    {
        byte[] bytes = new byte[curve.Length * sizeof(float)];
        for (int i = 0; i < curve.Length; i++)
        {
            BinaryPrimitives.WriteSingleLittleEndian(bytes.AsSpan(i * sizeof(float)), curve[i]);
        }

        return bytes;
    }

    private static float[] Curve(byte[] bytes)
    {
        float[] curve = new float[bytes.Length / sizeof(float)];
        for (int i = 0; i < curve.Length; i++)
        {
            curve[i] = BinaryPrimitives.ReadSingleLittleEndian(bytes.AsSpan(i * sizeof(float)));
        }

        return curve;
    }

    private static string StatusText(RunStatus status) => status switch
    {
        RunStatus.Completed => "completed",
        RunStatus.Diverged => "diverged",
        _ => throw new ArgumentException($"A training that is {CanonicalText.Of(status)} is not kept."),
    };

    private static long Checksum(SweptTraining training, byte[] curve)
    {
        Span<byte> all = stackalloc byte[FixedBytes + (SweptTraining.CurvePoints * sizeof(float))];
        all = FixedBytes + curve.Length <= all.Length ? all[..(FixedBytes + curve.Length)] : new byte[FixedBytes + curve.Length];
        int present = (training.TrainAccuracy is null ? 0 : 1) | (training.TestCost is null ? 0 : 2) | (training.TestAccuracy is null ? 0 : 4) | (training.ReachedAt is null ? 0 : 8);
        BinaryPrimitives.WriteInt64LittleEndian(all, training.Index);
        BinaryPrimitives.WriteInt32LittleEndian(all[8..], (int)training.Status | (present << 8));
        BinaryPrimitives.WriteInt32LittleEndian(all[12..], training.ReachedAt ?? 0);
        BinaryPrimitives.WriteInt32LittleEndian(all[16..], training.Iterations);
        BinaryPrimitives.WriteInt32LittleEndian(all[20..], training.Made);
        BinaryPrimitives.WriteDoubleLittleEndian(all[24..], training.Cost);
        BinaryPrimitives.WriteDoubleLittleEndian(all[32..], training.TrainAccuracy ?? 0);
        BinaryPrimitives.WriteDoubleLittleEndian(all[40..], training.TestCost ?? 0);
        BinaryPrimitives.WriteDoubleLittleEndian(all[48..], training.TestAccuracy ?? 0);
        BinaryPrimitives.WriteDoubleLittleEndian(all[56..], training.Seconds);
        curve.CopyTo(all[FixedBytes..]);
        return (long)XxHash3.HashToUInt64(all);
    }
}
