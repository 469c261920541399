using System.Text.Json;
using StepZero.Data;
using StepZero.Diagnostics;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>Writes results.json of a checkup: docs/guide/diagnose.md describes its fields.</summary>
public static class DiagnosisJson
{
    private const int Schema = 1;

    /// <summary>results.json as UTF-8. Numbers that are none are null. Without the fields that end in "Seconds", the same checkup gives the same bytes.</summary>
    /// <param name="checkup">The checkup.</param>
    /// <param name="sentence">Says a diagnosis in a sentence.</param>
    public static byte[] Of(Checkup checkup, Func<Diagnosis, string> sentence)
    {
        Diagnosis first = checkup.Starts[0].Diagnosis;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            QuestionJson.Write(json, checkup.Data, first.Spec);
            Write(json, first.Data);
            json.WriteNumber("prepareSeconds", checkup.PrepareSeconds);
            json.WriteNumber("diagnoseSeconds", checkup.DiagnoseSeconds);
            json.WriteStartArray("diagnoses");
            foreach (CheckedStart start in checkup.Starts)
            {
                json.WriteStartObject();
                json.WriteString("initializer", start.Diagnosis.Spec.Initializer.Name);
                Write(json, start.Diagnosis, checkup.Data.Data, sentence);
                CheckupJson.Write(json, start);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>The fields that tell the verdict.</summary>
    internal static void WriteVerdict(Utf8JsonWriter json, Diagnosis diagnosis)
    {
        json.WriteString("outlook", CanonicalText.Of(diagnosis.Outlook));
        json.WriteOptional("confidence", diagnosis.Confidence);
        json.WriteOptional("probability", diagnosis.Forecast.Probability);
        json.WriteString("cause", diagnosis.Cause?.Rule.Id);
    }

    private static void Write(Utf8JsonWriter json, DataStatistics data)
    {
        json.WriteStartObject("data");
        json.WriteNumber("samples", data.Samples);
        LayerJson.Write(json, "features", data.Features);
        json.WriteOptional("largestOffset", data.LargestOffset);
        json.WriteOptional("smallestDeviation", data.SmallestDeviation);
        json.WriteOptional("largestDeviation", data.LargestDeviation);
        json.WriteOptional("eigenvalueShare", data.EigenvalueShare);
        json.WriteOptional("meanShare", data.MeanShare);
        json.WriteOptional("meanCosine", data.MeanCosine);
        json.WriteOptional("largestClassShare", data.LargestClassShare);
        json.WriteNumber("repeatedSamples", data.RepeatedSamples);
        json.WriteNumber("conflictingSamples", data.ConflictingSamples);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Diagnosis diagnosis, Dataset data, Func<Diagnosis, string> sentence)
    {
        WriteVerdict(json, diagnosis);
        json.WriteString("sentence", sentence(diagnosis));
        json.WriteStartObject("goal");
        json.WriteOptional("target", diagnosis.Forecast.Target);
        json.WriteOptional("constantCost", TrainingGoal.Of(diagnosis.Spec.Architecture.Loss, data).ConstantCost);
        json.WriteEndObject();
        json.WriteOptional("forecastCost", diagnosis.Forecast.Cost);
        Write(json, diagnosis.Probe, diagnosis.SharpnessLimit, diagnosis.StableRate);
        json.WriteStartArray("findings");
        foreach (Finding finding in diagnosis.Findings)
        {
            Write(json, finding, diagnosis.Spec);
        }

        json.WriteEndArray();
        LayerJson.Write(json, diagnosis);
    }

    private static void Write(Utf8JsonWriter json, Probe probe, double? limit, double? stableRate)
    {
        json.WriteStartObject("probe");
        json.WriteNumber("iterations", probe.Costs.Count);
        json.WriteNumber("budget", probe.Budget);
        json.WriteBoolean("whole", probe.IsWhole);
        json.WriteBoolean("diverged", probe.Diverged);
        json.WriteOptional("risingShare", probe.RisingShare);
        json.WriteNumbers<double>("costs", [.. probe.Costs]);
        json.WriteOptional("sharpnessLimit", limit);
        json.WriteOptional("stableRate", stableRate);
        json.WriteStartArray("sharpness");
        foreach (SharpnessAt at in probe.Sharpness)
        {
            json.WriteStartObject();
            json.WriteNumber("iteration", at.Iteration);
            json.WriteOptional("value", at.Value);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Finding finding, RunSpec spec)
    {
        json.WriteStartObject();
        json.WriteString("id", finding.Rule.Id);
        json.WriteString("severity", CanonicalText.Of(finding.Rule.Severity));
        json.WriteOptional("layer", finding.Layer);
        json.WriteOptional("measured", finding.Measured);
        json.WriteOptional("threshold", finding.Threshold);
        json.WriteString("text", finding.Text);
        json.WriteString("page", finding.Rule.Page);
        if (finding.Advice is Advice advice)
        {
            json.WriteStartObject("advice");
            WriteAdvice(json, advice, spec);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("advice");
        }

        json.WriteEndObject();
    }

    /// <summary>The fields of advice: why, and the options to change by their names without dashes.</summary>
    internal static void WriteAdvice(Utf8JsonWriter json, Advice advice, RunSpec spec)
    {
        json.WriteString("why", advice.Why);
        json.WriteStartObject("options");
        foreach ((string name, string value) in advice.Options(spec))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
    }
}
