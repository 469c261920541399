using System.Text.Json;
using StepZero.Networks;

namespace StepZero.Files;

/// <summary>Writes how good a model is, for a program: results.json of an evaluation.</summary>
public static class EvaluationJson
{
    /// <summary>
    /// {"samples", "accuracy", "loss", "rocAuc", "confusion": rows of what is right, columns of what was predicted, "classes": their names, "perClass":
    /// [{"class", "samples", "predicted", "precision", "recall", "f1", "rocAuc"}], "rootMeanSquaredError", "meanAbsoluteError", "r2"} as UTF-8. null stands
    /// for what is not defined, as all figures of classes where numbers are predicted.
    /// </summary>
    public static byte[] Of(Evaluation evaluation)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.Indented))
        {
            json.WriteStartObject();
            json.WriteNumber("samples", evaluation.Samples);
            json.WriteOptional("accuracy", evaluation.Accuracy);
            json.WriteOptional("loss", evaluation.Loss);
            json.WriteOptional("rocAuc", evaluation.RocAuc);
            if (evaluation.Confusion is int[,] confusion)
            {
                WriteClasses(json, evaluation, confusion);
            }
            else
            {
                json.WriteNull("confusion");
                json.WriteNull("classes");
                json.WriteNull("perClass");
            }

            json.WriteOptional("rootMeanSquaredError", evaluation.RootMeanSquaredError);
            json.WriteOptional("meanAbsoluteError", evaluation.MeanAbsoluteError);
            json.WriteOptional("r2", evaluation.RSquared);
            json.WriteEndObject();
        }

        return buffer.ToArray();
    }

    private static void WriteClasses(Utf8JsonWriter json, Evaluation evaluation, int[,] confusion)
    {
        var rows = new Utf8Text();
        for (int row = 0; row < evaluation.Answers.Count; row++)
        {
            int[] counts = [.. Enumerable.Range(0, evaluation.Answers.Count).Select(column => confusion[row, column])];
            rows.Append(row == 0 ? "[\n    "u8 : ",\n    "u8).AppendArray<int>(counts);
        }

        json.WritePropertyName("confusion");
        json.WriteRawValue(rows.Append("\n  ]"u8).Written, skipInputValidation: true);
        json.WriteStartArray("classes");
        foreach (string answer in evaluation.Answers)
        {
            json.WriteStringValue(answer);
        }

        json.WriteEndArray();
        json.WriteStartArray("perClass");
        foreach (AnswerScore score in evaluation.Scores)
        {
            json.WriteStartObject();
            json.WriteString("class", score.Answer);
            json.WriteNumber("samples", score.Samples);
            json.WriteNumber("predicted", score.Predicted);
            json.WriteOptional("precision", score.Precision);
            json.WriteOptional("recall", score.Recall);
            json.WriteOptional("f1", score.F1);
            json.WriteOptional("rocAuc", score.RocAuc);
            json.WriteEndObject();
        }

        json.WriteEndArray();
    }
}
