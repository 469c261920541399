using System.Buffers.Binary;
using System.Text.Json;
using StepZero.Initialization;

namespace StepZero.Files.Models;

/// <summary>A tensor to be written to a .safetensors file.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its number format.</param>
/// <param name="Shape">Its sizes; none for a single value.</param>
/// <param name="Content">Writes the bytes of its elements, row-major.</param>
internal sealed record SafetensorsEntry(string Name, WeightType Type, IReadOnlyList<long> Shape, Action<Stream> Content);

/// <summary>Writes .safetensors files. The same tensors give the same bytes.</summary>
/// <remarks>Source: the description of the format, https://github.com/huggingface/safetensors#format.</remarks>
internal static class SafetensorsWriter
{
    private const int Alignment = 8;

    /// <summary>Writes the length of a JSON header, the header, and the tensors one after the other.</summary>
    /// <param name="file">Receives the bytes.</param>
    /// <param name="tensors">The tensors, asked for and written one after the other.</param>
    /// <param name="metadata">Texts by their names, which stand before the tensors; none where there are none.</param>
    public static void Write(Stream file, IReadOnlyList<SafetensorsEntry> tensors, params IReadOnlyList<(string Name, string Text)> metadata)
    {
        using MemoryStream header = Header(tensors, metadata);
        Span<byte> length = stackalloc byte[sizeof(ulong)];
        BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
        file.Write(length);
        file.Write(header.GetBuffer().AsSpan(0, (int)header.Length));
        foreach (SafetensorsEntry tensor in tensors)
        {
            tensor.Content(file);
        }
    }

    /// <summary>The header, padded with spaces so that the elements after it are aligned.</summary>
    private static MemoryStream Header(IReadOnlyList<SafetensorsEntry> tensors, IReadOnlyList<(string Name, string Text)> metadata)
    {
        var header = new MemoryStream();
        using (var json = new Utf8JsonWriter(header, JsonFile.OneLine))
        {
            json.WriteStartObject();
            if (metadata is not [])
            {
                json.WriteStartObject(SafetensorsFile.MetadataName);
                foreach ((string name, string text) in metadata)
                {
                    json.WriteString(name, text);
                }

                json.WriteEndObject();
            }

            long offset = 0;
            foreach (SafetensorsEntry tensor in tensors)
            {
                (string type, int size) = TypeOf(tensor.Type);
                json.WriteStartObject(tensor.Name);
                json.WriteString("dtype", type);
                json.WriteStartArray("shape");
                foreach (long length in tensor.Shape)
                {
                    json.WriteNumberValue(length);
                }

                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                offset += tensor.Shape.Aggregate(1L, (product, length) => product * length) * size;
                json.WriteNumberValue(offset);
                json.WriteEndArray();
                json.WriteEndObject();
            }

            json.WriteEndObject();
        }

        while (header.Length % Alignment != 0)
        {
            header.WriteByte((byte)' ');
        }

        return header;
    }

    private static (string Name, int Size) TypeOf(WeightType type) => type switch
    {
        WeightType.Float64 => ("F64", sizeof(double)),
        WeightType.Float32 => ("F32", sizeof(float)),
        WeightType.Float16 => ("F16", sizeof(ushort)),
        _ => ("BF16", sizeof(ushort)),
    };
}
