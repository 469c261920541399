using System.Text.Json;
using StepZero.Initialization;

namespace StepZero.Files;

/// <summary>Entries of the catalogue for a program.</summary>
public static class CatalogueJson
{
    /// <summary>An array of entries as UTF-8.</summary>
    public static byte[] Of(IEnumerable<CatalogueEntry> entries)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartArray();
            foreach (CatalogueEntry entry in entries)
            {
                json.WriteStartObject();
                json.WriteString("name", entry.Name);
                WriteStrings(json, "aliases", entry.Aliases);
                json.WriteString("summary", entry.Summary);
                json.WriteString("source", entry.Source);
                json.WriteStartArray("variants");
                foreach (CatalogueVariant variant in entry.Variants)
                {
                    Write(json, entry, variant);
                }

                json.WriteEndArray();
                json.WriteStartObject("equivalents");
                foreach ((string library, string line) in entry.Equivalents)
                {
                    json.WriteString(library, line);
                }

                json.WriteEndObject();
                json.WriteEndObject();
            }

            json.WriteEndArray();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, CatalogueEntry entry, CatalogueVariant variant)
    {
        json.WriteStartObject();
        json.WriteString("written", entry.Written(variant));
        json.WriteString("library", CanonicalText.Of(variant.Library));
        json.WriteString("formula", variant.Formula);
        json.WriteString("fan", variant.Fan);
        json.WriteString("distribution", variant.Distribution);
        json.WriteString("note", variant.Note);
        json.WriteBoolean("needsData", variant.NeedsData);
        json.WriteStartArray("parameters");
        foreach (InitializerParameter parameter in variant.Parameters.Append(Initializer.GainParameter))
        {
            json.WriteStartObject();
            json.WriteString("name", parameter.Name);
            json.WriteString("default", parameter.Default);
            json.WriteString("meaning", parameter.Meaning);
            json.WriteBoolean("positional", parameter.Positional);
            WriteStrings(json, "choices", parameter.Choices);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void WriteStrings(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
