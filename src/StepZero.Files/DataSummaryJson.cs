using System.Text.Json;
using StepZero.Data;

namespace StepZero.Files;

/// <summary>Writes what a data set holds, for a program.</summary>
public static class DataSummaryJson
{
    private const int Schema = 1;

    /// <summary>The summary as UTF-8. Values of features are given where they come from the columns of a table.</summary>
    /// <param name="loaded">The data, and where they come from.</param>
    /// <param name="summary">What they hold.</param>
    public static byte[] Of(LoadedData loaded, DataSummary summary)
    {
        Dataset data = loaded.Data;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("name", data.Name);
            json.WriteString("source", loaded.Source);
            json.WriteNumber("samples", data.SampleCount);
            json.WriteNumber("features", data.FeatureCount);
            json.WriteString("type", data.HasByteFeatures ? "uint8" : "float64");
            if (data.ImageSize is ImageSize size)
            {
                json.WriteStartObject("picture");
                json.WriteNumber("width", size.Width);
                json.WriteNumber("height", size.Height);
                json.WriteNumber("channels", size.Channels);
                json.WriteBoolean("channelsFirst", size.ChannelsFirst);
                json.WriteEndObject();
            }

            WriteTargets(json, data, summary);
            json.WriteStartObject("values");
            Write(json, summary.All);
            json.WriteEndObject();
            if (data.Columns is not null)
            {
                WriteColumns(json, data.Columns, summary);
            }

            string[] names = data.FeatureNames;
            WriteNames(json, "constant", summary.Constant.Select(feature => names[feature]));
            json.WriteStartArray("duplicates");
            foreach ((int feature, int sameAs) in summary.Duplicates)
            {
                json.WriteStartObject();
                json.WriteString("feature", names[feature]);
                json.WriteString("sameAs", names[sameAs]);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteBoolean("stored", data.IsStored);
            json.WriteNumber("memoryBytes", summary.MemoryBytes);
            json.WriteString("dataHash", DataHash.Of(data));
            WriteNames(json, "notes", loaded.Notes);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteTargets(Utf8JsonWriter json, Dataset data, DataSummary summary)
    {
        if (summary.Targets is ValueSummary targets)
        {
            json.WriteStartObject("target");
            json.WriteString("name", data.Target);
            Write(json, targets);
            json.WriteEndObject();
            return;
        }

        json.WriteStartArray("classes");
        for (int label = 0; label < data.Classes.Count; label++)
        {
            json.WriteStartObject();
            json.WriteString("name", data.Classes[label]);
            json.WriteNumber("samples", summary.ClassCounts[label]);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        if (data.Classes.Count == 2)
        {
            json.WriteString("positive", data.Positive);
        }
    }

    private static void WriteColumns(Utf8JsonWriter json, IReadOnlyList<TableColumn> columns, DataSummary summary)
    {
        json.WriteStartArray("columns");
        int feature = 0;
        foreach (TableColumn column in columns)
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            if (column.Categories is null)
            {
                Write(json, summary.Features[feature]);
            }
            else
            {
                json.WriteStartArray("categories");
                for (int i = 0; i < column.Categories.Count; i++)
                {
                    json.WriteStartObject();
                    json.WriteString("name", column.Categories[i]);
                    json.WriteOptional("share", summary.Features[feature + i].Mean);
                    json.WriteEndObject();
                }

                json.WriteEndArray();
            }

            json.WriteEndObject();
            feature += column.FeatureCount;
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, ValueSummary values)
    {
        json.WriteOptional("minimum", values.Minimum);
        json.WriteOptional("maximum", values.Maximum);
        json.WriteOptional("mean", values.Mean);
        json.WriteOptional("standardDeviation", values.StandardDeviation);
        json.WriteNumber("nonFinite", values.NonFinite);
    }

    private static void WriteNames(Utf8JsonWriter json, string name, IEnumerable<string> texts)
    {
        json.WriteStartArray(name);
        foreach (string text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }
}
