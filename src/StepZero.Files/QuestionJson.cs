using System.Text.Json;
using StepZero.Data;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Files;

/// <summary>What a results.json says first: the data, the network and how it is trained.</summary>
internal static class QuestionJson
{
    /// <summary>Writes the objects "dataset", "network" and "training".</summary>
    /// <param name="json">Where to.</param>
    /// <param name="prepared">The training samples.</param>
    /// <param name="spec">One of the trainings.</param>
    public static void Write(Utf8JsonWriter json, PreparedData prepared, RunSpec spec)
    {
        Dataset data = prepared.Data;
        json.WriteStartObject("dataset");
        json.WriteString("name", data.Name);
        json.WriteNumber("samples", data.SampleCount);
        json.WriteNumber("features", data.FeatureCount);
        bool classes = data.Targets is null;
        json.WriteStartArray("classes");
        foreach (string name in classes ? data.Classes : [])
        {
            json.WriteStringValue(name);
        }

        json.WriteEndArray();
        json.WriteString("positive", classes && spec.Architecture.Loss != Loss.CrossEntropy ? data.Positive : null);
        json.WriteEndObject();

        json.WriteStartObject("network");
        json.WriteNumbers<int>("layerSizes", [.. spec.Architecture.LayerSizes]);
        json.WriteString("hiddenActivation", spec.Architecture.HiddenActivation.ToString());
        json.WriteString("loss", CanonicalText.Of(spec.Architecture.Loss));
        json.WriteEndObject();

        json.WriteStartObject("training");
        json.WriteNumber("learningRate", spec.Training.LearningRate);
        json.WriteNumber("iterations", spec.Training.UpdatesFor(data.SampleCount));
        json.WriteString("precision", CanonicalText.Of(spec.Training.Precision));
        json.WriteString("form", CanonicalText.Of(prepared.Form));
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
    }
}
