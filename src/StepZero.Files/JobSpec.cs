using System.Text.Json;

namespace StepZero.Files;

/// <summary>What spec.json holds: all that makes a job's results again.</summary>
/// <param name="Job">The command, such as "compare".</param>
/// <param name="Options">Its options by their names without dashes; a value is a string, a number, an enumeration or true.</param>
/// <param name="DataHash">The fingerprint of the training samples.</param>
/// <param name="TestDataHash">The fingerprint of the test samples, or null without any.</param>
/// <param name="WeightsHash">The fingerprint of the saved weights that trainings start from, or null without any.</param>
public sealed record JobSpec(
    string Job, IReadOnlyList<(string Name, object Value)> Options, string DataHash, string? TestDataHash, string? WeightsHash = null)
{
    private const int Schema = 1;

    /// <summary>spec.json as UTF-8.</summary>
    public byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("job", Job);
            json.WriteStartObject("options");
            foreach ((string name, object value) in Options)
            {
                json.WritePropertyName(name);
                Write(json, value);
            }

            json.WriteEndObject();
            json.WriteString("dataHash", DataHash);
            if (TestDataHash is not null)
            {
                json.WriteString("testDataHash", TestDataHash);
            }

            if (WeightsHash is not null)
            {
                json.WriteString("weightsHash", WeightsHash);
            }

            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>What is different in another spec, a phrase each.</summary>
    public IEnumerable<string> Differences(JobSpec other)
    {
        if (Job != other.Job)
        {
            yield return $"the job '{Job}', not '{other.Job}'";
        }

        Dictionary<string, string> mine = Texts(this), theirs = Texts(other);
        foreach (string name in mine.Keys.Union(theirs.Keys))
        {
            (string? one, string? another) = (mine.GetValueOrDefault(name), theirs.GetValueOrDefault(name));
            if (one != another)
            {
                yield return $"--{name} {one ?? "not given"} there, {another ?? "not given"} here";
            }
        }

        if (WeightsHash != other.WeightsHash)
        {
            yield return "saved weights that have changed since";
        }

        if (DataHash != other.DataHash || TestDataHash != other.TestDataHash)
        {
            yield return $"{(DataHash != other.DataHash ? "" : "test ")}data that have changed since";
        }

        static Dictionary<string, string> Texts(JobSpec spec)
        {
            using JsonDocument json = JsonDocument.Parse(spec.ToJson());
            return json.RootElement.GetProperty("options").EnumerateObject().ToDictionary(option => option.Name, option => option.Value.ToString());
        }
    }

    /// <summary>The job of a spec; null where there is none to read, which <see cref="Read"/> explains.</summary>
    /// <param name="path">A spec.json, or a result folder that holds one.</param>
    public static string? JobOf(string path)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Directory.Exists(path) ? Path.Combine(path, ResultFolder.SpecName) : path));
            return document.RootElement.ValueKind == JsonValueKind.Object && document.RootElement.TryGetProperty("job", out JsonElement job) && job.ValueKind == JsonValueKind.String ? job.GetString() : null;
        }
        catch (Exception error) when (error is JsonException or IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Reads a spec; the values of its options are strings as on a command line, or true.</summary>
    /// <param name="path">A spec.json, or a result folder that holds one.</param>
    /// <exception cref="StepZeroException">There is none, or it is not a spec.</exception>
    public static JobSpec Read(string path)
    {
        string file = Directory.Exists(path) ? Path.Combine(path, ResultFolder.SpecName) : path;
        try
        {
            using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(file));
            return FromJson(file, document.RootElement);
        }
        catch (JsonException error)
        {
            throw new StepZeroException(
                $"{file}: is not JSON at line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}; expected a spec.json as a job writes it.", error);
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StepZeroException($"{file}: there is no such file; expected a spec.json, or a result folder that holds one.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StepZeroException($"{file}: cannot be read: {error.Message}", error);
        }
    }

    private static JobSpec FromJson(string file, JsonElement root)
    {
        StepZeroException Wrong(string expected) => new($"{file}: expected {expected}, as a job writes it to spec.json.");

        string? Text(string name) =>
            root.TryGetProperty(name, out JsonElement value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

        if (root.ValueKind != JsonValueKind.Object
            || !root.TryGetProperty("schema", out JsonElement schema) || schema.ValueKind != JsonValueKind.Number)
        {
            throw Wrong("an object with a number \"schema\"");
        }

        if (schema.GetRawText() != "1")
        {
            throw new StepZeroException($"{file}: schema {schema.GetRawText()}; this version reads schema {Schema}. Use the version that wrote it.");
        }

        if (!root.TryGetProperty("options", out JsonElement options) || options.ValueKind != JsonValueKind.Object)
        {
            throw Wrong("an object \"options\"");
        }

        var read = new List<(string, object)>();
        foreach (JsonProperty option in options.EnumerateObject())
        {
            switch (option.Value.ValueKind)
            {
                case JsonValueKind.String: read.Add((option.Name, option.Value.GetString()!)); break;
                case JsonValueKind.Number: read.Add((option.Name, option.Value.GetRawText())); break;
                case JsonValueKind.True: read.Add((option.Name, true)); break;
                case JsonValueKind.False: break;
                default: throw Wrong($"a string, a number, true or false as option \"{option.Name}\"");
            }
        }

        return new JobSpec(
            Text("job") ?? throw Wrong("a string \"job\""), read, Text("dataHash") ?? throw Wrong("a string \"dataHash\""), Text("testDataHash"), Text("weightsHash"));
    }

    private static void Write(Utf8JsonWriter json, object value)
    {
        switch (value)
        {
            case string text: json.WriteStringValue(text); break;
            case double number: json.WriteNumberValue(number); break;
            case int number: json.WriteNumberValue(number); break;
            case uint number: json.WriteNumberValue(number); break;
            case bool flag: json.WriteBooleanValue(flag); break;
            case Enum choice: json.WriteStringValue(CanonicalText.Of(choice)); break;
            default: throw new ArgumentException($"An option cannot be a {value.GetType()}.");
        }
    }
}
