using System.Text.Encodings.Web;
using System.Text.Json;

namespace StepZero.Files;

/// <summary>The house style of JSON files: indented, names in camel case, arrays of numbers on one line.</summary>
internal static class JsonFile
{
    public static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An array on one line, of items that are JSON already.</summary>
    public static void WriteArray(this Utf8JsonWriter json, string name, IEnumerable<string> items)
    {
        json.WritePropertyName(name);
        json.WriteRawValue($"[{string.Join(", ", items)}]");
    }

    /// <summary>A string as JSON, quotes included.</summary>
    public static string Quote(string text) => $"\"{JsonEncodedText.Encode(text, JavaScriptEncoder.UnsafeRelaxedJsonEscaping)}\"";
}
