using System.Buffers;
using System.Globalization;
using System.Text.Json;
using StepZero.Networks;

namespace StepZero.Files;

/// <summary>
/// Writes what a model says of samples, a line or an object a sample: its name, the class and the probability of each answer, or the predicted number.
/// Numbers are in the shortest form that reads back to them. A sample whose outputs are not numbers has no class.
/// </summary>
public static class PredictionFile
{
    private const string Csv = ".csv";
    private const string Json = ".json";

    /// <summary>Samples between two writes: memory does not grow with the samples.</summary>
    private const int SamplesAtATime = 1000;

    /// <summary>What a cell must not hold without quotes (RFC 4180).</summary>
    private static readonly SearchValues<char> Special = SearchValues.Create(",\"\r\n");

    /// <summary>Refuses a file that could not be written, before anything is read.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">The ending is neither .csv nor .json, or there is no folder to write to.</exception>
    public static void Check(string path)
    {
        if (!Ends(path, Csv) && !Ends(path, Json))
        {
            throw new StepZeroException($"{path}: expected a name that ends in {Csv} or {Json}.");
        }

        AtomicFile.CheckPlace(path, "--output");
    }

    /// <summary>Writes a file; its ending says in which form.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="predictions">What the model says.</param>
    /// <param name="names">The names of the samples; null for their numbers, from 1.</param>
    /// <param name="cancellation">Ends it early.</param>
    /// <exception cref="OperationCanceledException">It was ended early; of a file nothing is left.</exception>
    /// <exception cref="StepZeroException">The file cannot be written; nothing is left half-written.</exception>
    public static void Write(string path, Predictions predictions, IReadOnlyList<string>? names, CancellationToken cancellation = default) => AtomicFile.Write(path, stream =>
    {
        if (Ends(path, Json))
        {
            WriteJson(stream, predictions, names, cancellation);
        }
        else
        {
            WriteCsv(stream, predictions, names, cancellation);
        }
    }, "Choose another file with --output.");

    /// <summary>Writes a table as UTF-8: sample, class and a column for each answer, named after it; or sample, prediction.</summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteCsv(Stream stream, Predictions predictions, IReadOnlyList<string>? names, CancellationToken cancellation = default)
    {
        bool numbers = predictions.Answers is [];
        Utf8Text text = new Utf8Text().Append(numbers ? "sample,prediction" : "sample,class");
        foreach (string answer in predictions.Answers)
        {
            text.Append(",").Append(Cell(answer));
        }

        text.Append("\n");
        for (int sample = 0; sample < predictions.SampleCount; sample++)
        {
            text.Append(Cell(NameOf(sample, names)));
            foreach (double value in numbers ? predictions.Of(sample) : Choice(text, sample))
            {
                text.Append(",").Append(value);
            }

            text.Append("\n");
            if (sample % SamplesAtATime == SamplesAtATime - 1)
            {
                text.MoveTo(stream);
                cancellation.ThrowIfCancellationRequested();
            }
        }

        text.MoveTo(stream);

        ReadOnlySpan<double> Choice(Utf8Text line, int sample)
        {
            line.Append(",").Append(Cell(ClassOf(predictions, sample) ?? ""));
            return predictions.Probabilities(sample);
        }
    }

    /// <summary>
    /// Writes {"classes", "predictions": [{"sample", "class", "probabilities"}]} as UTF-8, the probabilities in the order of the classes; where numbers are
    /// predicted, "classes" is null and an object {"sample", "prediction"}.
    /// </summary>
    /// <inheritdoc cref="Write"/>
    public static void WriteJson(Stream stream, Predictions predictions, IReadOnlyList<string>? names, CancellationToken cancellation = default)
    {
        bool numbers = predictions.Answers is [];
        using var json = new Utf8JsonWriter(stream, JsonFile.Indented);
        json.WriteStartObject();
        if (numbers)
        {
            json.WriteNull("classes");
        }
        else
        {
            json.WriteStartArray("classes");
            foreach (string answer in predictions.Answers)
            {
                json.WriteStringValue(answer);
            }

            json.WriteEndArray();
        }

        json.WriteStartArray("predictions");
        for (int sample = 0; sample < predictions.SampleCount; sample++)
        {
            json.WriteStartObject();
            json.WriteString("sample", NameOf(sample, names));
            if (numbers)
            {
                json.WriteOptional("prediction", predictions.Outputs[sample]);
            }
            else
            {
                json.WriteString("class", ClassOf(predictions, sample));
                json.WriteNumbers<double>("probabilities", predictions.Probabilities(sample));
            }

            json.WriteEndObject();
            if (sample % SamplesAtATime == SamplesAtATime - 1)
            {
                json.Flush();
                cancellation.ThrowIfCancellationRequested();
            }
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static bool Ends(string path, string ending) => path.EndsWith(ending, StringComparison.OrdinalIgnoreCase);

    private static string NameOf(int sample, IReadOnlyList<string>? names) => names?[sample] ?? (sample + 1).ToString(CultureInfo.InvariantCulture);

    private static string? ClassOf(Predictions predictions, int sample) =>
        predictions.Choice(sample) is int answer and >= 0 ? predictions.Answers[answer] : null;

    private static string Cell(string text) =>
        text.AsSpan().ContainsAny(Special) ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
