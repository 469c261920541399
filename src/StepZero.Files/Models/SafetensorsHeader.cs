using System.Text.Json;
using StepZero.Files.Arrays;

namespace StepZero.Files.Models;

/// <summary>What the header of a .safetensors file says of a tensor.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">The type of its elements, as in <c>F32</c>.</param>
/// <param name="Shape">Its sizes; none for a single value.</param>
/// <param name="Count">The number of its elements.</param>
/// <param name="Start">Its first byte behind the header.</param>
/// <param name="End">The byte behind its last.</param>
internal sealed record SafetensorsTensor(string Name, string Type, IReadOnlyList<long> Shape, long Count, long Start, long End);

/// <summary>The header of a .safetensors file.</summary>
/// <param name="Metadata">Texts by their names.</param>
/// <param name="Tensors">The tensors in the order of their bytes, which cover all that follows the header.</param>
internal sealed record SafetensorsHeader(IReadOnlyDictionary<string, string> Metadata, IReadOnlyList<SafetensorsTensor> Tensors)
{
    private const int MostSizes = 64;

    /// <summary>The types of the format with the bytes of an element.</summary>
    private static readonly Dictionary<string, int> Sizes = new (int Size, string[] Types)[]
    {
        (1, ["BOOL", "U8", "I8", "F8_E4M3", "F8_E5M2", "F8_E8M0"]),
        (2, ["U16", "I16", "F16", "BF16"]),
        (4, ["U32", "I32", "F32"]),
        (8, ["U64", "I64", "F64", "C64"]),
    }.SelectMany(row => row.Types.Select(type => (type, row.Size))).ToDictionary();

    /// <summary>Reads a header and checks it against the length of the file, so that the sizes it names can be believed.</summary>
    /// <param name="json">The header.</param>
    /// <param name="rest">The bytes that follow it.</param>
    /// <exception cref="InvalidDataException">It is not the header of a .safetensors file of this length.</exception>
    /// <exception cref="JsonException">It is not JSON, or a name stands there twice.</exception>
    /// <exception cref="InvalidOperationException">A text is not valid Unicode.</exception>
    public static SafetensorsHeader Parse(ReadOnlyMemory<byte> json, long rest)
    {
        using JsonDocument document = JsonDocument.Parse(json, new JsonDocumentOptions { AllowDuplicateProperties = false });
        if (document.RootElement.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"its header is {Found(document.RootElement)}; expected an object with a field for each tensor");
        }

        Dictionary<string, string> metadata = [];
        List<SafetensorsTensor> tensors = [];
        foreach (JsonProperty field in document.RootElement.EnumerateObject())
        {
            if (field.Name == SafetensorsFile.MetadataName)
            {
                metadata = MetadataOf(field.Value);
            }
            else
            {
                tensors.Add(TensorOf(field.Name, field.Value));
            }
        }

        SafetensorsTensor[] ordered = [.. tensors.OrderBy(tensor => tensor.Start).ThenBy(tensor => tensor.End)];
        CheckCover(ordered, rest);
        return new SafetensorsHeader(metadata, ordered);
    }

    private static Dictionary<string, string> MetadataOf(JsonElement metadata)
    {
        if (metadata.ValueKind != JsonValueKind.Object)
        {
            throw new InvalidDataException($"its {SafetensorsFile.MetadataName} is {Found(metadata)}; expected an object of texts");
        }

        return metadata.EnumerateObject().ToDictionary(
            field => field.Name,
            field => field.Value.ValueKind == JsonValueKind.String
                ? field.Value.GetString()!
                : throw new InvalidDataException($"its {SafetensorsFile.MetadataName} has '{Short(field.Name)}' = {Found(field.Value)}; expected a text"));
    }

    private static SafetensorsTensor TensorOf(string name, JsonElement tensor)
    {
        InvalidDataException Wrong(string what) => new($"tensor '{Short(name)}': {what}");

        JsonElement Field(string field, JsonValueKind kind, string expected) =>
            tensor.ValueKind == JsonValueKind.Object && tensor.TryGetProperty(field, out JsonElement value)
                ? value.ValueKind == kind ? value : throw Wrong($"its \"{field}\" is {Found(value)}; expected {expected}")
                : throw Wrong($"has no \"{field}\"; expected an object with \"dtype\", \"shape\" and \"data_offsets\"");

        long[] Wholes(string field)
        {
            string expected = $"{(field == "shape" ? "sizes" : "two offsets")} that are whole numbers from 0";
            JsonElement numbers = Field(field, JsonValueKind.Array, expected);
            return numbers.GetArrayLength() > MostSizes ? throw Wrong($"its \"{field}\" has {numbers.GetArrayLength()} numbers; expected at most {MostSizes}") : [.. numbers.EnumerateArray().Select(number =>
                number.ValueKind == JsonValueKind.Number && number.TryGetInt64(out long whole) && whole >= 0
                    ? whole
                    : throw Wrong($"its \"{field}\" holds {Found(number)}; expected {expected}"))];
        }

        string type = Field("dtype", JsonValueKind.String, "a text such as \"F32\"").GetString()!;
        if (!Sizes.TryGetValue(type, out int size))
        {
            throw Wrong($"is of the type '{Short(type)}', which is not known here; known: {string.Join(", ", Sizes.Keys)}");
        }

        long[] shape = Wholes("shape");
        if (Wholes("data_offsets") is not [long start, long end])
        {
            throw Wrong("its \"data_offsets\" are not two; expected its first byte and the one behind its last");
        }

        long count;
        try
        {
            count = StoredArray.CountOf(shape);
        }
        catch (InvalidDataException error)
        {
            throw Wrong(error.Message);
        }

        return start <= end && (Int128)count * size == end - start
            ? new SafetensorsTensor(name, type, shape, count, start, end)
            : throw Wrong($"lies from byte {start} to {end}; expected {(Int128)count * size} bytes for {count} elements of {type}");
    }

    /// <summary>Refuses tensors that overlap, leave holes, or do not end where the file does.</summary>
    private static void CheckCover(SafetensorsTensor[] ordered, long rest)
    {
        long end = 0;
        foreach (SafetensorsTensor tensor in ordered)
        {
            if (tensor.Start != end)
            {
                throw new InvalidDataException($"tensor '{Short(tensor.Name)}' begins at byte {tensor.Start}; expected {end}, where the one before it ends");
            }

            end = tensor.End;
        }

        if (end != rest)
        {
            throw new InvalidDataException($"its tensors take {end} bytes, and {rest} follow the header");
        }
    }

    private static string Short(string name) => OneLine.Of(name, StoredArray.LongestName);

    private static string Found(JsonElement value) => Short(value.GetRawText());
}
