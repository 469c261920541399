using System.Text.Json;
using StepZero.Files.Arrays;

namespace StepZero.Files.Models;

/// <summary>A value of the text and the way to it, for messages.</summary>
/// <param name="Path">The names on the way, as in <c>network.loss</c>.</param>
/// <param name="Value">The value.</param>
internal readonly record struct ModelField(string Path, JsonElement Value)
{
    /// <summary>The value as it is written, cut where it is long.</summary>
    public string Raw => OneLine.Of(Value.GetRawText(), StoredArray.LongestName);

    /// <summary>A field of an object.</summary>
    /// <exception cref="StepZeroException">It is no object, or has no such field.</exception>
    public ModelField this[string name] => Value.ValueKind != JsonValueKind.Object ? throw Wrong("an object")
        : Value.TryGetProperty(name, out JsonElement field) ? new ModelField(Path == "the text" ? name : $"{Path}.{name}", field)
        : throw new StepZeroException($"the text of the model has no \"{(Path == "the text" ? name : $"{Path}.{name}")}\". Save the model again.");

    public StepZeroException Wrong(string expected) => new($"the text of the model has \"{Path}\" = {Raw}; expected {expected}. Save the model again.");

    public string Text() => Value.ValueKind == JsonValueKind.String ? Value.GetString()! : throw Wrong("a text");

    public bool Truth() => Value.ValueKind is JsonValueKind.True or JsonValueKind.False ? Value.GetBoolean() : throw Wrong("true or false");

    public double Number() => Value.ValueKind == JsonValueKind.Number && Value.TryGetDouble(out double number) ? number : throw Wrong("a number");

    public int Whole() => Value.ValueKind == JsonValueKind.Number && Value.TryGetInt32(out int number) && number > 0 ? number : throw Wrong("a whole number above 0");

    public IEnumerable<ModelField> Items()
    {
        string path = Path;
        return Value.ValueKind == JsonValueKind.Array ? Value.EnumerateArray().Select((item, i) => new ModelField($"{path}[{i}]", item)) : throw Wrong("an array");
    }

    public T? Optional<T>(Func<ModelField, T> read) where T : class => Value.ValueKind == JsonValueKind.Null ? null : read(this);
}
