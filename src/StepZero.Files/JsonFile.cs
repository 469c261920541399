using System.Numerics;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace StepZero.Files;

/// <summary>The house style of JSON files: indented, names in camel case, arrays of numbers on one line.</summary>
internal static class JsonFile
{
    public static readonly JsonWriterOptions Indented = new() { Indented = true, NewLine = "\n", Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Within another file, where no line may be broken.</summary>
    public static readonly JsonWriterOptions OneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>An array of numbers on one line; one that is not finite becomes null.</summary>
    public static void WriteNumbers<T>(this Utf8JsonWriter json, string name, ReadOnlySpan<T> numbers) where T : IUtf8SpanFormattable, INumberBase<T>
    {
        json.WritePropertyName(name);
        json.WriteRawValue(new Utf8Text().AppendArray(numbers).Written, skipInputValidation: true);
    }

    /// <summary>A number; null where there is none, or it is not finite.</summary>
    public static void WriteOptional(this Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number && double.IsFinite(number))
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
