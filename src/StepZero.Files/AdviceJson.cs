using System.Text.Json;
using StepZero.Recommendations;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>Writes results.json of advice: docs/guide/advise.md describes its fields.</summary>
public static class AdviceJson
{
    private const int Schema = 1;

    /// <summary>results.json as UTF-8. Without the fields that end in "Seconds", the same advice gives the same bytes.</summary>
    /// <param name="advice">The advice.</param>
    /// <param name="data">What was trained on.</param>
    /// <param name="why">Says why a setting does what it does.</param>
    /// <param name="command">The command that trains what is recommended.</param>
    /// <param name="seconds">How long it took to prepare the data, and to find the advice.</param>
    public static byte[] Of(Recommendation advice, PreparedData data, Func<Evidence, string> why, string command, (double Prepare, double Advise) seconds)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            QuestionJson.Write(json, data, advice.Winner.Diagnosis.Spec);
            json.WriteNumber("prepareSeconds", seconds.Prepare);
            json.WriteNumber("adviseSeconds", seconds.Advise);
            json.WriteStartObject("recommended");
            WriteSetting(json, advice.Winner.Candidate);
            json.WriteString("command", command);
            json.WriteEndObject();
            json.WriteString("target", advice.Screening.Target.ToString());
            json.WriteString("targetOrigin", JsonNamingPolicy.CamelCase.ConvertName(advice.Screening.Origin.ToString()));
            json.WriteBoolean("isCut", advice.IsCut);
            json.WriteStartArray("evidence");
            foreach (Evidence evidence in advice.All)
            {
                Write(json, evidence, advice, why(evidence));
            }

            json.WriteEndArray();
            Write(json, advice.Screening);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteSetting(Utf8JsonWriter json, Candidate setting)
    {
        json.WriteString("initializer", setting.Initializer.Name);
        json.WriteNumber("learningRate", setting.LearningRate);
        json.WriteString("scaling", setting.Scaling.ToString());
        json.WriteString("library", setting.Library is Initialization.Library library ? CanonicalText.Of(library) : null);
    }

    private static void Write(Utf8JsonWriter json, Evidence evidence, Recommendation advice, string why)
    {
        json.WriteStartObject();
        WriteSetting(json, evidence.Candidate);
        json.WriteBoolean("isRecommended", evidence == advice.Winner);
        json.WriteBoolean("isRunnerUp", evidence == advice.RunnerUp);
        json.WriteNumber("seeds", evidence.Reached.Total);
        json.WriteNumber("reached", evidence.Reached.Count);
        json.WriteNumbers<double>("reachedInterval95", [evidence.Reached.IntervalLow, evidence.Reached.IntervalHigh]);
        WriteIterations(json, "iterations", evidence.ReachedAt);
        json.WriteOptional("median", evidence.Median);
        json.WriteNumbers<double>("quartiles", [evidence.LowerQuartile, evidence.UpperQuartile]);
        json.WriteOptional("moreThanRecommended", evidence == advice.Winner ? null : evidence.Median - advice.Winner.Median);
        json.WriteOptional("chanceThatRecommendedIsFaster", evidence == advice.Winner ? null : advice.Winner.ChanceToBeat(evidence));
        json.WriteOptional("testAccuracy", evidence.TestAccuracy);
        json.WriteStartObject("diagnosis");
        DiagnosisJson.WriteVerdict(json, evidence.Diagnosis);
        json.WriteOptional("stableRate", evidence.Diagnosis.StableRate);
        json.WriteStartArray("findings");
        foreach (Diagnostics.Finding finding in evidence.Diagnosis.Findings)
        {
            json.WriteStringValue(finding.Rule.Id);
        }

        json.WriteEndArray();
        json.WriteString("why", why);
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Screening screening)
    {
        json.WriteStartObject("screening");
        json.WriteNumber("trainings", screening.Trainings);
        json.WriteNumber("ratesBeyondStable", screening.RatesBeyond);
        json.WriteStartArray("rounds");
        foreach (ScreeningRound round in screening.Rounds)
        {
            json.WriteStartObject();
            json.WriteNumber("share", round.Share);
            json.WriteNumber("seeds", round.Seeds);
            json.WriteNumber("settings", round.Settings);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("settings");
        foreach (ScreenedSetting setting in screening.Settings)
        {
            json.WriteStartObject();
            WriteSetting(json, setting.Candidate);
            json.WriteNumber("round", setting.Round);
            json.WriteOptional("cost", setting.Cost);
            if (setting.ReachedAt.Count > 0)
            {
                WriteIterations(json, "iterations", setting.ReachedAt);
            }

            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteStartArray("ruledOut");
        foreach (RuledOutStart start in screening.RuledOut)
        {
            json.WriteStartObject();
            json.WriteString("initializer", start.Initializer.Name);
            json.WriteString("scaling", start.Scaling.ToString());
            json.WriteString("cause", start.Cause.Rule.Id);
            json.WriteString("text", start.Cause.Text);
            json.WriteEndObject();
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    /// <summary>Iterations to the target, null where it was not reached.</summary>
    private static void WriteIterations(Utf8JsonWriter json, string name, IReadOnlyList<int?> reachedAt) =>
        json.WriteNumbers<double>(name, [.. reachedAt.Select(at => at ?? double.PositiveInfinity)]);
}
