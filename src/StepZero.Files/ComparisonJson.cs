using System.Text.Json;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>Writes results.json and costs.csv of a comparison.</summary>
public static class ComparisonJson
{
    /// <summary>The version of the form of results.json.</summary>
    public const int Schema = 1;

    /// <summary>results.json as UTF-8. Without the fields that end in "Seconds", the same comparison gives the same bytes.</summary>
    public static byte[] Results(Comparison comparison)
    {
        RunSpec spec = comparison.FirstSpec;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);

            QuestionJson.Write(json, comparison.Data, spec);

            json.WriteNumber("prepareSeconds", comparison.PrepareSeconds);
            json.WriteStartArray("runs");
            foreach (ComparedStart start in comparison.Starts)
            {
                Write(json, start);
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>costs.csv as UTF-8: a line an iteration, a column a training; empty where a training has no cost.</summary>
    public static byte[] Costs(Comparison comparison)
    {
        double[][] columns = [.. comparison.Starts.Select(start => start.Run.Record.Costs)];
        var text = new Utf8Text().Append("iteration"u8);
        foreach (ComparedStart start in comparison.Starts)
        {
            text.Append(","u8).AppendCell(start.Run.Spec.Initializer.Name);
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

    private static void Write(Utf8JsonWriter json, ComparedStart start)
    {
        RunResult run = start.Run;
        json.WriteStartObject();
        json.WriteString("initializer", run.Spec.Initializer.Name);
        RunJson.WriteFields(json, run);
        if (start.Horizon is Horizon horizon)
        {
            Write(json, horizon);
        }

        if (start.Seeds is SeedStatistics seeds)
        {
            Write(json, run.Spec.Seed, seeds);
        }

        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Horizon horizon)
    {
        json.WriteStartObject("horizon");
        json.WriteNumber("shadows", horizon.FinalCosts.Count);
        json.WriteOptional("partsAt", horizon.PartsAt);
        json.WriteNumbers<double>("lowest", horizon.Costs.Lower);
        json.WriteNumbers<double>("highest", horizon.Costs.Upper);
        json.WriteNumbers<double>("finalCosts", [.. horizon.FinalCosts]);
        json.WriteNumbers<double>("trainAccuracies", [.. horizon.TrainAccuracies]);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, uint first, SeedStatistics seeds)
    {
        json.WriteStartObject("seeds");
        json.WriteNumber("first", first);
        json.WriteNumber("count", seeds.Count);
        json.WriteNumber("diverged", seeds.Diverged);
        Write(json, "finalCost", seeds.FinalCosts, seeds.FinalCost);
        Write(json, "trainAccuracy", seeds.TrainAccuracies, seeds.TrainAccuracy);
        Write(json, "testAccuracy", seeds.TestAccuracies, seeds.TestAccuracy);
        json.WriteNumbers<double>("lowerQuartile", seeds.Costs.Lower);
        json.WriteNumbers<double>("median", seeds.Costs.Middle);
        json.WriteNumbers<double>("upperQuartile", seeds.Costs.Upper);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<double> values, Summary? summary)
    {
        if (summary is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteOptional("median", summary.Median);
        json.WriteNumbers<double>("quartiles", [summary.LowerQuartile, summary.UpperQuartile]);
        json.WriteNumbers<double>("medianInterval95", [summary.IntervalLow, summary.IntervalHigh]);
        json.WriteNumbers<double>("values", [.. values]);
        json.WriteEndObject();
    }
}
