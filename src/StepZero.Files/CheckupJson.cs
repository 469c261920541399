using System.Text.Json;
using StepZero.Diagnostics;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>Writes what a checkup looked at beside the first steps; nothing of what was not asked for.</summary>
internal static class CheckupJson
{
    /// <summary>The differences of costs whose first iteration is told.</summary>
    private static readonly double[] Tolerances = [1e-6, Horizon.Tolerance];

    /// <summary>Writes "horizon", "during" and "fix" where they are there.</summary>
    public static void Write(Utf8JsonWriter json, CheckedStart start)
    {
        if (start.Horizon is Horizon horizon)
        {
            Write(json, horizon);
        }

        if (start.Course is Course course)
        {
            Write(json, course);
        }

        if (start.Treatment is Treatment treatment)
        {
            Write(json, treatment, start.Diagnosis.Spec);
        }
    }

    private static void Write(Utf8JsonWriter json, Horizon horizon)
    {
        json.WriteStartObject("horizon");
        json.WriteNumber("shadows", horizon.FinalCosts.Count);
        json.WriteStartArray("parts");
        foreach (double tolerance in Tolerances)
        {
            json.WriteStartObject();
            json.WriteNumber("by", tolerance);
            json.WriteOptional("iteration", horizon.PartsBy(tolerance));
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteOptional("lyapunovRate", horizon.LyapunovRate);
        json.WriteNumbers<double>("deviations", horizon.Deviations);
        json.WriteNumbers<double>("finalCosts", [.. horizon.FinalCosts]);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Course course)
    {
        json.WriteStartObject("during");
        json.WriteNumbers<double>("costs", [.. course.Costs]);
        json.WriteStartArray("points");
        foreach (CoursePoint point in course.Points)
        {
            json.WriteStartObject();
            json.WriteNumber("iteration", point.Iteration);
            json.WriteOptional("cost", point.Cost);
            json.WriteOptional("sharpness", point.Sharpness);
            json.WriteOptional("learningRate", point.Rate);
            json.WriteNumbers<double>("updateShares", [.. point.UpdateShares]);
            json.WriteStartArray("layers");
            foreach (LayerStatistics layer in point.Layers)
            {
                json.WriteStartObject();
                LayerJson.WriteFields(json, layer);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        json.WriteEndArray();
        WriteSpectrum(json, "spectrumBefore", course.SpectrumBefore);
        WriteSpectrum(json, "spectrumAfter", course.SpectrumAfter);
        json.WriteEndObject();
    }

    private static void WriteSpectrum(Utf8JsonWriter json, string name, double[]? eigenvalues)
    {
        if (eigenvalues is null)
        {
            json.WriteNull(name);
        }
        else
        {
            json.WriteNumbers<double>(name, eigenvalues);
        }
    }

    private static void Write(Utf8JsonWriter json, Treatment treatment, RunSpec spec)
    {
        json.WriteStartObject("fix");
        DiagnosisJson.WriteAdvice(json, treatment.Advice, spec);
        DiagnosisJson.WriteVerdict(json, treatment.Diagnosis);
        json.WriteBoolean("helps", treatment.Helps);
        Write(json, "before", treatment.Before);
        Write(json, "after", treatment.After);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, RunResult run)
    {
        json.WriteStartObject(name);
        RunJson.WriteFields(json, run);
        json.WriteEndObject();
    }
}
