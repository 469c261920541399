using System.Text.Json;
using StepZero.Maps;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>Writes results.json of a map.</summary>
public static class MapJson
{
    private const int Schema = 1;

    /// <summary>results.json as UTF-8. Without the fields that end in "Seconds", the same map gives the same bytes.</summary>
    /// <param name="map">The map.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="guides">What is drawn over it.</param>
    /// <param name="dimension">The dimension of its boundary; null where nobody asked, or there is none.</param>
    /// <param name="seconds">How long it took to prepare the trainings, and to train those that this process trained.</param>
    public static byte[] Of(Map map, PreparedData data, IReadOnlyList<MapGuide> guides, BoxDimension? dimension, (double Prepare, double Train) seconds)
    {
        var summary = MapSummary.Of(map);
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            QuestionJson.Write(json, data, map.Spec.Run);
            json.WriteString("initializer", map.Spec.Run.Initializer.Name);
            Write(json, "x", map.Spec.X);
            Write(json, "y", map.Spec.Y);
            json.WriteNumber("columns", map.Spec.Columns);
            json.WriteNumber("rows", map.Spec.Rows);
            json.WriteString("measure", map.Spec.Measure.ToString());
            json.WriteNumber("prepareSeconds", seconds.Prepare);
            json.WriteNumber("trainSeconds", seconds.Train);
            json.WriteNumber("converged", summary.Converged);
            json.WriteNumber("unconverged", summary.Unconverged);
            json.WriteNumber("diverged", summary.Diverged);
            json.WriteOptional("lowest", summary.Lowest);
            json.WriteOptional("highest", summary.Highest);
            Write(json, summary.Best);
            json.WriteStartArray("guides");
            foreach (MapGuide guide in guides)
            {
                Write(json, guide);
            }

            json.WriteEndArray();
            Write(json, dimension);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, string name, MapAxis axis)
    {
        json.WriteStartObject(name);
        json.WriteString("name", axis.Name);
        json.WriteNumber("from", axis.From);
        json.WriteNumber("to", axis.To);
        json.WriteString("scale", axis.IsLogarithmic ? "log" : "linear");
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, PlacedPixel? best)
    {
        if (best is null)
        {
            json.WriteNull("best");
            return;
        }

        json.WriteStartObject("best");
        json.WriteNumber("column", best.Column);
        json.WriteNumber("row", best.Row);
        json.WriteNumber("x", best.X);
        json.WriteNumber("y", best.Y);
        json.WriteString("status", CanonicalText.Of(best.Pixel.Status));
        json.WriteOptional("value", best.Pixel.Value);
        json.WriteOptional("cost", best.Pixel.Cost);
        json.WriteOptional("accuracy", best.Pixel.Accuracy);
        json.WriteOptional("convergence", best.Pixel.Convergence);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, MapGuide guide)
    {
        json.WriteStartObject();
        json.WriteString("kind", CanonicalText.Of(guide.Kind));
        json.WriteString("label", guide.Label);
        json.WriteBoolean("isOutside", guide.IsOutside);
        json.WriteNumbers<double>("x", [.. guide.Points.Select(point => point.X)]);
        json.WriteNumbers<double>("y", [.. guide.Points.Select(point => point.Y)]);
        if (guide.OtherEdge is IReadOnlyList<MapPlace> edge)
        {
            json.WriteNumbers<double>("otherX", [.. edge.Select(point => point.X)]);
            json.WriteNumbers<double>("otherY", [.. edge.Select(point => point.Y)]);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, BoxDimension? dimension)
    {
        if (dimension is null)
        {
            json.WriteNull("fractalDimension");
            return;
        }

        json.WriteStartObject("fractalDimension");
        json.WriteNumber("value", dimension.Value);
        json.WriteNumber("error", dimension.Error);
        json.WriteNumbers<int>("boxSizes", [.. dimension.Counts.Select(count => count.Size)]);
        json.WriteNumbers<double>("boxes", [.. dimension.Counts.Select(count => (double)count.Boxes)]);
        json.WriteEndObject();
    }
}
