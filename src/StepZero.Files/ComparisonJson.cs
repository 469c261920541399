using System.Text;
using System.Text.Json;
using StepZero.Networks;
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

            json.WriteStartObject("dataset");
            json.WriteString("name", comparison.Train.Name);
            json.WriteNumber("samples", comparison.Train.SampleCount);
            json.WriteNumber("features", comparison.Train.FeatureCount);
            bool classes = comparison.Train.Targets is null;
            json.WriteStartArray("classes");
            foreach (string name in classes ? comparison.Train.Classes : [])
            {
                json.WriteStringValue(name);
            }

            json.WriteEndArray();
            json.WriteString("positive", classes && spec.Architecture.Loss != Loss.CrossEntropy ? comparison.Train.Positive : null);
            json.WriteEndObject();

            json.WriteStartObject("network");
            json.WriteNumbers<int>("layerSizes", [.. spec.Architecture.LayerSizes]);
            json.WriteString("hiddenActivation", spec.Architecture.HiddenActivation.ToString());
            json.WriteString("loss", CanonicalText.Of(spec.Architecture.Loss));
            json.WriteEndObject();

            json.WriteStartObject("training");
            json.WriteNumber("learningRate", spec.Training.LearningRate);
            json.WriteNumber("iterations", spec.Training.UpdatesFor(comparison.Train.SampleCount));
            json.WriteString("precision", CanonicalText.Of(spec.Training.Precision));
            json.WriteString("form", CanonicalText.Of(comparison.Data.Form));
            json.WriteNumber("seed", spec.Seed);
            json.WriteString("random", spec.Random);
            json.WriteString("optimizer", spec.Training.Optimizer.ToString());
            json.WriteString("schedule", spec.Training.Schedule.ToString());
            json.WriteNumber("weightDecay", spec.Training.WeightDecay);
            json.WriteOptional("clipNorm", spec.Training.ClipNorm);
            json.WriteOptional("batchSize", spec.Training.BatchSize);
            json.WriteOptional("epochs", spec.Training.Epochs);
            json.WriteString("earlyStopping", spec.Training.EarlyStopping?.ToString());
            json.WriteEndObject();

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
            text.Append(","u8).Append(Encoding.UTF8.GetBytes(Cell(start.Run.Spec.Initializer.Name)));
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

    /// <summary>A text as a cell: in quotes where it would be several otherwise.</summary>
    private static string Cell(string text) => text.AsSpan().IndexOfAny("\",\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static void Write(Utf8JsonWriter json, ComparedStart start)
    {
        RunResult run = start.Run;
        json.WriteStartObject();
        json.WriteString("initializer", run.Spec.Initializer.Name);
        json.WriteString("status", CanonicalText.Of(run.Record.Status));
        json.WriteOptional("divergedAt", run.Record.DivergedAt);
        json.WriteNumbers<double>("costs", run.Record.Costs);
        if (run.Record.EpochCosts is double[] epochCosts)
        {
            json.WriteNumbers<double>("epochCosts", epochCosts);
        }

        if (run.Record.HeldCosts is double[] heldCosts)
        {
            json.WriteNumbers<double>("heldCosts", heldCosts);
            json.WriteOptional("bestEpoch", run.Record.BestEpoch);
        }

        json.WriteOptional("trainAccuracy", run.Record.TrainAccuracy);
        json.WriteOptional("testAccuracy", run.TestAccuracy);
        json.WriteOptional("trainCost", run.Record.TrainCost);
        json.WriteOptional("testCost", run.TestCost);
        json.WriteNumber("trainSeconds", run.TrainSeconds);
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
