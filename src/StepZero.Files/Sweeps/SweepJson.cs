using System.Text.Json;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>Writes results.json of a sweep.</summary>
public static class SweepJson
{
    /// <summary>So many settings are written, the best first, and so many values of an option; the others are in the database.</summary>
    public const int MostSettings = 1000;

    private const int Schema = 1;

    /// <summary>results.json as UTF-8. Without the fields that end in "Seconds", the same trainings give the same bytes.</summary>
    /// <param name="summary">The sweep summed up.</param>
    public static byte[] Of(SweepSummary summary)
    {
        SweepResults results = summary.Results;
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteString("job", "sweep");
            json.WriteString("sweepHash", SweepFile.Hash(results.Plan));
            json.WriteString("target", results.Plan.Target?.ToString());
            json.WriteString("by", CanonicalText.Of(summary.By));
            json.WriteNumber("settings", results.Plan.SettingCount);
            json.WriteNumber("seeds", results.Plan.Seeds);
            json.WriteNumber("trainings", results.Plan.TrainingCount);
            json.WriteNumber("trained", results.Trainings.Count);
            json.WriteNumber("diverged", results.Trainings.Count(training => training.Status == RunStatus.Diverged));
            json.WriteOptional("reached", results.Plan.Target is null ? null : results.Trainings.Count(training => training.ReachedAt is not null));
            json.WriteNumber("trainSeconds", results.Trainings.Sum(training => training.Seconds));
            json.WriteStartArray("ranking");
            foreach (SettingSummary setting in summary.Best(MostSettings))
            {
                Write(json, results.Plan, setting);
            }

            json.WriteEndArray();
            json.WriteStartArray("options");
            foreach (OptionSummary option in summary.Options)
            {
                Write(json, option);
            }

            json.WriteEndArray();
            Write(json, summary.Effects);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void Write(Utf8JsonWriter json, SweepPlan plan, SettingSummary setting)
    {
        json.WriteStartObject();
        json.WriteNumber("setting", setting.Ranked.Setting);
        json.WriteStartObject("options");
        foreach ((string name, string value) in plan.Names.Zip(setting.Values))
        {
            json.WriteString(name, value);
        }

        json.WriteEndObject();
        json.WriteNumber("trainings", setting.Ranked.Count);
        json.WriteNumber("diverged", setting.Ranked.Diverged);
        Write(json, "reached", setting.Reached);
        Write(json, "iterations", setting.Iterations);
        Write(json, "cost", setting.Cost);
        Write(json, "trainAccuracy", setting.TrainAccuracy);
        Write(json, "testCost", setting.TestCost);
        Write(json, "testAccuracy", setting.TestAccuracy);
        json.WriteOptional("chanceToBeatNext", setting.BeatsNext);
        json.WriteOptional("chanceThatBestBeatsIt", setting.BeatenByBest);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, OptionSummary option)
    {
        json.WriteStartObject();
        json.WriteString("name", option.Name);
        json.WriteNumber("count", option.Values.Count);
        json.WriteStartArray("values");
        foreach (OptionValue value in option.Values.Take(MostSettings))
        {
            json.WriteStartObject();
            json.WriteString("value", value.Label);
            json.WriteNumber("trainings", value.Count);
            json.WriteNumber("diverged", value.Diverged);
            Write(json, "reached", value.Reached);
            Write(json, "measure", value.Measure);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Effects? effects)
    {
        if (effects is null)
        {
            json.WriteNull("effects");
            return;
        }

        json.WriteStartObject("effects");
        Write(json, "main", effects.Main);
        Write(json, "interactions", effects.Interactions);
        json.WriteOptional("allOptions", effects.Together);
        json.WriteOptional("allSettings", effects.Settings);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, IReadOnlyList<Effect> effects)
    {
        json.WriteStartArray(name);
        foreach (Effect effect in effects)
        {
            json.WriteStartObject();
            json.WriteString("options", string.Join(" × ", effect.Options));
            json.WriteOptional("share", effect.Share);
            json.WriteOptional("byChance", effect.ByChance);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }

    private static void Write(Utf8JsonWriter json, string name, Proportion? proportion)
    {
        if (proportion is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartObject(name);
        json.WriteNumber("count", proportion.Count);
        json.WriteNumber("share", proportion.Share);
        json.WriteNumbers<double>("interval95", [proportion.IntervalLow, proportion.IntervalHigh]);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, string name, Summary? summary)
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
        json.WriteEndObject();
    }
}
