using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>
/// sweep.json: an object whose keys are options of <c>compare</c> without dashes, <c>seeds</c> and <c>trials</c>. A string, a number, true or false is one value;
/// a list is an axis; <c>{"range": [1e-4, 1, "log"], "points": 9}</c> an axis of numbers; <c>{"loguniform": [1e-4, 1]}</c> or <c>{"uniform": [0, 1]}</c> is drawn
/// anew in each of <c>trials</c>. Comments are allowed.
/// </summary>
public static class SweepFile
{
    private const int Schema = 1;
    private const int MostBytes = 1 << 24;
    private const int MostShown = 6;
    private const int LongestShown = 80;
    private const string Job = "sweep";

    /// <summary>Reads a sweep.</summary>
    /// <param name="path">A sweep.json, or the spec.json that a sweep wrote.</param>
    /// <param name="knownNames">The options that a sweep takes, by their names without dashes; <c>init</c> is one of them.</param>
    /// <param name="target">What trainings are to come to; null for that of a spec.json, if any.</param>
    /// <returns>
    /// The plan. Values are texts as on a command line; those of flags are "true" and "false". Without <c>init</c> it has the four of <c>compare</c>. Options that
    /// are the same in all trainings stand in the order of their names, so that plans with other orders are one.
    /// </returns>
    /// <exception cref="StepZeroException">It is no such file; the message names key and line.</exception>
    public static SweepPlan Read(string path, IReadOnlyList<string> knownNames, TrainingTarget? target)
    {
        if (Directory.Exists(path))
        {
            throw new StepZeroException($"{path}: is a folder; expected a file such as sweep.json.");
        }

        try
        {
            return Parse(Bytes(path), knownNames, target);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StepZeroException($"{path}: there is no such file; expected a sweep such as {{\"data\": \"pets\", \"learning-rate\": [0.01, 0.1], \"seeds\": 10}}.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StepZeroException($"{path}: cannot be read: {error.Message}", error);
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{path}: {error.Message}", error);
        }
    }

    /// <summary>The sweep as it stands in spec.json and in its database: UTF-8, one text for one plan, which <see cref="FromCanonical"/> and <see cref="Read"/> take.</summary>
    public static byte[] Canonical(SweepPlan plan)
    {
        var text = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(text, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("job", Job);
            if (plan.Target is TrainingTarget target)
            {
                json.WriteString("goal", target.ToString());
            }

            json.WriteStartObject("sweep");
            foreach ((string name, string value) in plan.Common.OrderBy(option => option.Name, StringComparer.Ordinal))
            {
                json.WriteString(name, value);
            }

            foreach (SweepAxis axis in plan.Axes)
            {
                json.WriteStartArray(axis.Name);
                foreach (string value in axis.Values)
                {
                    json.WriteStringValue(value);
                }

                json.WriteEndArray();
            }

            foreach (SweepDraw draw in plan.Draws)
            {
                json.WriteStartObject(draw.Name);
                json.WriteNumbers<double>(draw.IsLogarithmic ? "loguniform" : "uniform", [draw.From, draw.To]);
                json.WriteEndObject();
            }

            if (plan.Draws is not [])
            {
                json.WriteNumber("trials", plan.Trials);
            }

            json.WriteNumber("seeds", plan.Seeds);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return text.WrittenSpan.ToArray();
    }

    /// <summary>The plan of a canonical text.</summary>
    /// <exception cref="StepZeroException">It is something else.</exception>
    public static SweepPlan FromCanonical(ReadOnlySpan<byte> text) => Parse(text, null, null);

    /// <summary>What a plan is known by: the SHA-256 of its canonical text, in hexadecimal digits.</summary>
    public static string Hash(SweepPlan plan) => Convert.ToHexStringLower(SHA256.HashData(Canonical(plan)));

    /// <summary>What is different in another plan, a phrase each.</summary>
    /// <param name="before">The plan that is there.</param>
    /// <param name="now">The plan that is to be.</param>
    public static IEnumerable<string> Differences(SweepPlan before, SweepPlan now)
    {
        Dictionary<string, JsonElement> old = Values(before), given = Values(now);
        foreach (string name in old.Keys.Union(given.Keys))
        {
            bool isOld = old.TryGetValue(name, out JsonElement one), isGiven = given.TryGetValue(name, out JsonElement other);
            if (isOld != isGiven || one.GetRawText() != other.GetRawText())
            {
                yield return $"{name} {(isOld ? Short(one) : "not given")} there, {(isGiven ? Short(other) : "not given")} here";
            }
        }

        if (before.Target != now.Target)
        {
            yield return $"--target {before.Target?.ToString() ?? "not given"} there, {now.Target?.ToString() ?? "not given"} here";
        }

        if (!before.Names.SequenceEqual(now.Names) && before.Names.ToHashSet().SetEquals(now.Names))
        {
            yield return $"the order {string.Join(", ", before.Names)} there, {string.Join(", ", now.Names)} here";
        }

        static Dictionary<string, JsonElement> Values(SweepPlan plan) =>
            JsonElement.Parse(Canonical(plan)).GetProperty("sweep").EnumerateObject().ToDictionary(key => key.Name, key => key.Value);

        static string Short(JsonElement value) => value.ValueKind switch
        {
            JsonValueKind.Array when value.GetArrayLength() > MostShown => $"[{string.Join(", ", value.EnumerateArray().Take(MostShown - 1))}, …, {value.EnumerateArray().Last()}] ({value.GetArrayLength()} values)",
            JsonValueKind.Array => $"[{string.Join(", ", value.EnumerateArray())}]",
            JsonValueKind.Object => string.Join(", ", value.EnumerateObject().Select(field => $"{field.Name} {field.Value.GetRawText()}")),
            _ => OneLine.Of(value.ToString(), LongestShown),
        };
    }

    private static SweepPlan Parse(ReadOnlySpan<byte> text, IReadOnlyList<string>? knownNames, TrainingTarget? target)
    {
        try
        {
            text = text.StartsWith(Encoding.UTF8.Preamble) ? text[Encoding.UTF8.Preamble.Length..] : text;
            SweepKey[] keys = SweepKey.AllOf(text) ?? throw NoObject();
            bool isSpec = Array.Exists(keys, key => key.Name == "job");
            if (isSpec)
            {
                RefuseOther(keys);
                target ??= Array.Find(keys, key => key.Name == "goal") is { Name: not null } goal ? TrainingTarget.Parse(goal.Value.ToString()) : null;
                keys = SweepKey.AllOf(text, Array.Find(keys, key => key.Name == Job).Start) ?? throw NoObject();
            }

            return SweepKeys.PlanOf(keys, knownNames, isSpec, target);
        }
        catch (JsonException error)
        {
            throw new StepZeroException(
                $"is not JSON at line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}; expected an object such as {{\"data\": \"pets\", \"learning-rate\": [0.01, 0.1], \"seeds\": 10}}.", error);
        }
        catch (InvalidOperationException error)
        {
            throw new StepZeroException("holds text that is not valid Unicode; expected UTF-8.", error);
        }

        static StepZeroException NoObject() => new("holds no object; expected one such as {\"data\": \"pets\", \"learning-rate\": [0.01, 0.1], \"seeds\": 10}.");
    }

    /// <summary>Refuses the spec.json of another command, or of a later version.</summary>
    private static void RefuseOther(SweepKey[] keys)
    {
        SweepKey job = Array.Find(keys, key => key.Name == "job");
        if (job.Value.ToString() != Job)
        {
            throw new StepZeroException($"is the spec of the job '{OneLine.Of(job.Value.ToString(), 40)}'; expected that of a sweep.");
        }

        string schema = Array.Find(keys, key => key.Name == "schema") is { Name: not null } found ? OneLine.Of(found.Value.GetRawText(), 20) : "none";
        if (schema != "1")
        {
            throw new StepZeroException($"has schema {schema}; this version reads schema {Schema}. Use the version that wrote it.");
        }

        if (!Array.Exists(keys, key => key.Name == Job))
        {
            throw new StepZeroException("is the spec of a sweep without \"sweep\"; expected one as a sweep writes it.");
        }
    }

    private static byte[] Bytes(string path)
    {
        using FileStream file = File.OpenRead(path);
        byte[] bytes = new byte[file.CanSeek && file.Length is > 0 and <= MostBytes ? file.Length + 1 : MostBytes + 1];
        int length = file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        return length <= MostBytes ? bytes[..length] : throw new StepZeroException($"is larger than {MostBytes >> 20} MB; expected a sweep. Use ranges instead of long lists.");
    }
}
