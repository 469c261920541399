using System.Text.Json;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>What results.json says of one training.</summary>
internal static class RunJson
{
    /// <summary>Writes its fields, from "status" to "trainSeconds".</summary>
    /// <param name="json">Where to, within an object.</param>
    /// <param name="run">The training.</param>
    public static void WriteFields(Utf8JsonWriter json, RunResult run)
    {
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
    }
}
