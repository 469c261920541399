using System.Globalization;
using System.Text;
using System.Text.Json;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>Writes results.json and costs.csv of a comparison.</summary>
public static class ComparisonJson
{
    /// <summary>The version of the form of results.json.</summary>
    public const int Schema = 1;

    /// <summary>results.json as UTF-8. Without the fields that end in "Seconds", the same comparison gives the same bytes.</summary>
    public static byte[] Results(ComparisonResult result)
    {
        RunSpec spec = result.Runs[0].Spec;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);

            json.WriteStartObject("dataset");
            json.WriteString("name", result.Train.Name);
            json.WriteNumber("samples", result.Train.SampleCount);
            json.WriteNumber("features", result.Train.FeatureCount);
            json.WriteArray("classes", result.Train.Classes.Select(JsonFile.Quote));
            json.WriteString("positive", result.Train.Positive);
            json.WriteEndObject();

            json.WriteStartObject("network");
            json.WriteArray("layerSizes", spec.Architecture.LayerSizes.Select(size => size.ToString(CultureInfo.InvariantCulture)));
            json.WriteString("hiddenActivation", spec.Architecture.HiddenActivation.ToString());
            json.WriteEndObject();

            json.WriteStartObject("training");
            json.WriteNumber("learningRate", spec.Training.LearningRate);
            json.WriteNumber("iterations", spec.Training.Iterations);
            json.WriteString("precision", CanonicalText.Of(spec.Training.Precision));
            json.WriteString("form", CanonicalText.Of(result.Runs[0].Form));
            json.WriteNumber("seed", spec.Seed);
            json.WriteEndObject();

            json.WriteNumber("prepareSeconds", result.PrepareSeconds);
            json.WriteStartArray("runs");
            foreach (RunResult run in result.Runs)
            {
                Write(json, run);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>costs.csv as UTF-8: a line an iteration, a column a training; empty where a training has no cost.</summary>
    public static byte[] Costs(ComparisonResult result)
    {
        var text = new StringBuilder("iteration");
        foreach (RunResult run in result.Runs)
        {
            text.Append(',').Append(run.Spec.Initializer.Name);
        }

        int length = result.Runs.Max(run => run.Record.Costs.Length);
        for (int t = 0; t < length; t++)
        {
            text.Append('\n').Append(CultureInfo.InvariantCulture, $"{t}");
            foreach (double[] costs in result.Runs.Select(run => run.Record.Costs))
            {
                text.Append(',');
                if (t < costs.Length)
                {
                    text.Append(CultureInfo.InvariantCulture, $"{costs[t]}");
                }
            }
        }

        return Encoding.UTF8.GetBytes(text.Append('\n').ToString());
    }

    private static void Write(Utf8JsonWriter json, RunResult run)
    {
        json.WriteStartObject();
        json.WriteString("initializer", run.Spec.Initializer.Name);
        json.WriteString("status", CanonicalText.Of(run.Record.Status));
        WriteOptional(json, "divergedAt", run.Record.DivergedAt);
        json.WriteArray("costs", run.Record.Costs.Select(cost => cost.ToString("R", CultureInfo.InvariantCulture)));
        WriteOptional(json, "trainAccuracy", run.Record.TrainAccuracy);
        WriteOptional(json, "testAccuracy", run.TestAccuracy);
        json.WriteNumber("trainSeconds", run.TrainSeconds);
        json.WriteEndObject();
    }

    private static void WriteOptional(Utf8JsonWriter json, string name, double? value)
    {
        if (value is double number)
        {
            json.WriteNumber(name, number);
        }
        else
        {
            json.WriteNull(name);
        }
    }
}
