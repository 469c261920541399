using System.Globalization;
using System.Text.Json;
using StepZero.Sweeps;

namespace StepZero.Files;

/// <summary>Reads the values of an option in a sweep.json.</summary>
internal static class SweepValues
{
    private const string OneValue = "a text, a number, true or false";

    /// <summary>One value, as on a command line; numbers as they are written.</summary>
    public static string One(SweepKey key, JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.String => value.GetString()!,
        JsonValueKind.Number => value.GetRawText(),
        JsonValueKind.True => "true",
        JsonValueKind.False => "false",
        JsonValueKind.Null => throw key.Wrong("null", $"{OneValue}; leave the key out for its default"),
        _ => throw key.Wrong($"{SweepKey.Written(value)} within a list", OneValue),
    };

    /// <summary>A list: an axis.</summary>
    /// <param name="key">The option.</param>
    /// <param name="isSplit">Whether a comma in a text separates values.</param>
    public static SweepAxis List(SweepKey key, bool isSplit) =>
        Axis(key, [.. key.Value.EnumerateArray().Select(value => One(key, value)).SelectMany(text => isSplit ? text.Split(',') : [text])]);

    /// <summary>An axis of texts.</summary>
    public static SweepAxis Axis(SweepKey key, string[] values)
    {
        if (values is [])
        {
            throw key.Wrong("the list is empty", "at least one value");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal);
        return Array.Find(values, value => !seen.Add(value)) is string twice ? throw key.Wrong(
            $"'{OneLine.Of(twice, 40)}' stands there twice", $"each value once{(key.Name == "hidden" ? "; the layers of one network are one text, as in \"5,5\"" : "")}") : new SweepAxis(key.Name, values);
    }

    /// <summary><c>{"range": [1e-4, 1, "log"], "points": 9}</c>; null for another object.</summary>
    public static SweepAxis? Range(SweepKey key, int mostPoints)
    {
        JsonProperty[] fields = [.. key.Value.EnumerateObject()];
        if (!fields.Any(field => field.Name is "range" or "points"))
        {
            return null;
        }

        const string Expected = "a range as in {\"range\": [1e-4, 1, \"log\"], \"points\": 9}";
        if (fields.Length != 2 || !key.Value.TryGetProperty("range", out JsonElement range) || !key.Value.TryGetProperty("points", out JsonElement points) || range.ValueKind != JsonValueKind.Array)
        {
            throw key.Wrong(SweepKey.Written(key.Value), Expected);
        }

        JsonElement[] parts = [.. range.EnumerateArray()];
        bool isLogarithmic = parts is not [_, _, { ValueKind: JsonValueKind.String } how] ? parts.Length == 2 ? false : throw key.Wrong(SweepKey.Written(range), Expected) : how.GetString() switch
        {
            "log" => true,
            "linear" => false,
            _ => throw key.Wrong(SweepKey.Written(how), "\"log\" or \"linear\" as third of a range"),
        };
        (double from, double to) = Ends(key, range, parts, isLogarithmic);
        int count = points.ValueKind == JsonValueKind.Number && points.TryGetInt32(out int number) && number >= 2 && number <= mostPoints
            ? number
            : throw key.Wrong($"points {SweepKey.Written(points)}", FormattableString.Invariant($"a whole number of points from 2 to {mostPoints:N0}"));
        return Axis(key, [.. SweepAxis.Range(key.Name, from, to, count, isLogarithmic).Values]);
    }

    /// <summary><c>{"loguniform": [1e-4, 1]}</c> or <c>{"uniform": [0, 1]}</c>.</summary>
    public static SweepDraw Draw(SweepKey key)
    {
        JsonProperty[] fields = [.. key.Value.EnumerateObject()];
        if (fields is not [{ Name: "loguniform" or "uniform" } field] || field.Value.ValueKind != JsonValueKind.Array || field.Value.GetArrayLength() != 2)
        {
            throw key.Wrong(SweepKey.Written(key.Value), "{\"range\": [1e-4, 1, \"log\"], \"points\": 9}, {\"loguniform\": [1e-4, 1]} or {\"uniform\": [0, 1]}");
        }

        bool isLogarithmic = field.Name == "loguniform";
        (double from, double to) = Ends(key, field.Value, [.. field.Value.EnumerateArray()], isLogarithmic);
        return new SweepDraw(key.Name, from, to, isLogarithmic);
    }

    private static (double From, double To) Ends(SweepKey key, JsonElement written, JsonElement[] ends, bool isLogarithmic)
    {
        double[] numbers = [.. ends.Take(2).Select(end =>
            end.ValueKind == JsonValueKind.Number && double.TryParse(end.GetRawText(), NumberStyles.Float, CultureInfo.InvariantCulture, out double number) && double.IsFinite(number)
                ? number : throw key.Wrong(SweepKey.Written(end), "a finite number as an end"))];
        return numbers[0] >= numbers[1] ? throw key.Wrong(SweepKey.Written(written), "the smaller end first")
            : isLogarithmic && numbers[0] <= 0 ? throw key.Wrong(SweepKey.Written(written), "ends above 0, because the values are spread over their logarithms")
            : !double.IsFinite(numbers[1] - numbers[0]) ? throw key.Wrong(SweepKey.Written(written), "ends whose difference is a number")
            : (numbers[0], numbers[1]);
    }
}
