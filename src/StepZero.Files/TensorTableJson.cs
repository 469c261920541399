using System.Text.Json;
using StepZero.Initialization;

namespace StepZero.Files;

/// <summary>What was drawn for one tensor.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Measured">Mean and standard deviation of its weights.</param>
/// <param name="Expected">The same over all draws.</param>
public sealed record TensorTableRow(TensorStart Tensor, Moments Measured, Moments Expected)
{
    /// <summary>Its fans, by the definition of the initializer's library; null where it has none.</summary>
    public Fans? Fans => Tensor.Shape.Dimensions.Count >= 2 && Tensor.Shape.ElementCount > 0 ? Initialization.Fans.Of(Tensor.Shape, Tensor.Initializer.Library) : null;
}

/// <summary>The table of drawn tensors for a program.</summary>
public static class TensorTableJson
{
    /// <summary>{"tensors": [{"name", "shape", "dtype", "fanIn", "fanOut", "initializer", "mean", "std", "expectedMean", "expectedStd"}]} as UTF-8.</summary>
    public static byte[] Of(IEnumerable<TensorTableRow> rows)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteStartArray("tensors");
            foreach (TensorTableRow row in rows)
            {
                json.WriteStartObject();
                json.WriteString("name", row.Tensor.Name);
                json.WriteNumbers<int>("shape", [.. row.Tensor.Shape.Dimensions]);
                json.WriteString("dtype", CanonicalText.Of(row.Tensor.Type));
                if (row.Fans is Fans fans)
                {
                    json.WriteNumber("fanIn", fans.In);
                    json.WriteNumber("fanOut", fans.Out);
                }

                json.WriteString("initializer", row.Tensor.Initializer.Name);
                json.WriteNumber("mean", row.Measured.Mean);
                json.WriteNumber("std", row.Measured.Deviation);
                json.WriteNumber("expectedMean", row.Expected.Mean);
                json.WriteNumber("expectedStd", row.Expected.Deviation);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }
}
