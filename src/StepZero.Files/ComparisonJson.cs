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
            json.WriteStartArray("classes");
            foreach (string name in result.Train.Classes)
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteString("positive", result.Train.Positive);
            json.WriteEndObject();

            json.WriteStartObject("network");
            json.WriteNumbers<int>("layerSizes", [.. spec.Architecture.LayerSizes]);
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
        double[][] columns = [.. result.Runs.Select(run => run.Record.Costs)];
        var text = new Utf8Text().Append("iteration"u8);
        foreach (RunResult run in result.Runs)
        {
            text.Append(","u8).Append(Encoding.UTF8.GetBytes(run.Spec.Initializer.Name));
        }

        int length = columns.Max(costs => costs.Length);
        for (int t = 0; t < length; t++)
        {
            text.Append("\n"u8).Append(t);
            foreach (double[] costs in columns)
            {
                text.Append(","u8);
                if (t < costs.Length)
                {
                    text.Append(costs[t]);
                }
            }
        }

        return text.Append("\n"u8).Written.ToArray();
    }

    private static void Write(Utf8JsonWriter json, RunResult run)
    {
        json.WriteStartObject();
        json.WriteString("initializer", run.Spec.Initializer.Name);
        json.WriteString("status", CanonicalText.Of(run.Record.Status));
        WriteOptional(json, "divergedAt", run.Record.DivergedAt);
        json.WriteNumbers<double>("costs", run.Record.Costs);
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
