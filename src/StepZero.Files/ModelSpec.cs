using System.IO.Enumeration;
using System.Text.Json;
using StepZero.Initialization;

namespace StepZero.Files;

/// <summary>
/// Reads model.json: the tensors of a model and how each starts.
/// <c>{"tensors": [{"name": "a.weight", "shape": [40, 30], "initializer": "he_normal", "dtype": "float32", "layout": "out,in", "groups": 1}, …],
/// "patterns": {"*.bias": "zeros"}}</c>
/// </summary>
public static class ModelSpec
{
    private const string BiasEnding = ".bias";
    private static readonly string[] WeightEndings = [".weight", ".kernel"];
    private static readonly string[] Fields = ["name", "shape", "initializer", "dtype", "layout", "groups"];

    /// <summary>Reads a model.</summary>
    /// <param name="path">The file.</param>
    /// <returns>The tensors in the order of the file. One without an initializer has that of the first pattern that its name fits.</returns>
    /// <exception cref="StepZeroException">The file is no such model; the message names the tensor.</exception>
    public static IReadOnlyList<TensorStart> Read(string path)
    {
        if (path.Length == 0)
        {
            throw new StepZeroException("the name of the model's file is empty; expected a file such as model.json.");
        }

        try
        {
            using FileStream file = File.OpenRead(path);
            using JsonDocument document = JsonDocument.Parse(file, new JsonDocumentOptions { AllowDuplicateProperties = false });
            return FromJson(document.RootElement);
        }
        catch (JsonException error) when (error.LineNumber is null)
        {
            throw new StepZeroException($"{path}: {error.Message} Expected each field once.", error);
        }
        catch (JsonException error)
        {
            throw new StepZeroException(
                $"{path}: is not JSON at line {error.LineNumber + 1}, position {error.BytePositionInLine + 1}; expected an object with \"tensors\".", error);
        }
        catch (InvalidOperationException error)
        {
            throw new StepZeroException($"{path}: holds text that is not valid Unicode; expected UTF-8.", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StepZeroException($"{path}: cannot be read: {error.Message}", error);
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{path}: {error.Message}", error);
        }
    }

    private static TensorStart[] FromJson(JsonElement root)
    {
        if (root.ValueKind != JsonValueKind.Object || !root.TryGetProperty("tensors", out JsonElement tensors) || tensors.ValueKind != JsonValueKind.Array)
        {
            throw new StepZeroException("expected an object with an array \"tensors\", as in {\"tensors\": [{\"name\": \"a\", \"shape\": [40, 30], \"initializer\": \"he_normal\"}]}.");
        }

        RefuseUnknown(root, ["tensors", "patterns"]);
        (string Pattern, string Initializer)[] patterns = root.TryGetProperty("patterns", out JsonElement given) ? Patterns(given) : [];
        TensorStart[] all = [.. tensors.EnumerateArray().Select((tensor, i) => Tensor(tensor, i, patterns))];
        if (all is [])
        {
            throw new StepZeroException("\"tensors\" is empty; expected at least one tensor.");
        }

        if (all.GroupBy(tensor => tensor.Name).FirstOrDefault(group => group.Count() > 1)?.Key is string twice)
        {
            throw new StepZeroException($"two tensors are named '{twice}'; expected each name once.");
        }

        foreach ((string pattern, _) in patterns)
        {
            if (!all.Any(tensor => Fits(pattern, tensor.Name)))
            {
                throw new StepZeroException($"the pattern '{pattern}' fits no tensor; the names are {string.Join(", ", all.Take(5).Select(tensor => tensor.Name))}{(all.Length > 5 ? ", …" : "")}.");
            }
        }

        Dictionary<string, TensorStart> byName = all.ToDictionary(tensor => tensor.Name);
        return [.. all.Select(tensor => BesideWeights(tensor, byName))];
    }

    private static TensorStart Tensor(JsonElement tensor, int index, (string Pattern, string Initializer)[] patterns)
    {
        string name = tensor.ValueKind == JsonValueKind.Object && tensor.TryGetProperty("name", out JsonElement text) && text.ValueKind == JsonValueKind.String
            && text.GetString() is { Length: > 0 } found && !found.Any(char.IsControl)
            ? found
            : throw new StepZeroException($"tensor {index + 1}: expected an object with a \"name\" of printable letters.");
        try
        {
            RefuseUnknown(tensor, Fields);
            string written = Text(tensor, "initializer") ?? patterns.FirstOrDefault(pattern => Fits(pattern.Pattern, name)).Initializer
                ?? throw new StepZeroException("has no \"initializer\", and no pattern fits its name.");
            return new TensorStart(
                name,
                new TensorShape(Shape(tensor), Text(tensor, "layout") ?? TensorShape.DefaultLayout, Whole(tensor, "groups") ?? 1),
                Initializer.Parse(written),
                CanonicalText.Parse<WeightType>(Text(tensor, "dtype") ?? CanonicalText.Of(WeightType.Float32), "dtype"));
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"tensor '{name}': {error.Message}", error);
        }
    }

    /// <summary>A bias whose initializer follows the fans of the weights beside it: "a.bias" beside "a.weight" or "a.kernel".</summary>
    private static TensorStart BesideWeights(TensorStart tensor, Dictionary<string, TensorStart> all)
    {
        if (!tensor.Name.EndsWith(BiasEnding, StringComparison.Ordinal))
        {
            return tensor;
        }

        string layer = tensor.Name[..^BiasEnding.Length];
        try
        {
            return Array.Find(WeightEndings, ending => all.ContainsKey(layer + ending)) is string found
                ? tensor with { Initializer = tensor.Initializer.BesideWeights(all[layer + found].Shape) }
                : tensor;
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"tensor '{tensor.Name}': {error.Message}", error);
        }
    }

    private static (string, string)[] Patterns(JsonElement patterns) =>
        patterns.ValueKind == JsonValueKind.Object && patterns.EnumerateObject().All(pattern => pattern.Value.ValueKind == JsonValueKind.String)
            ? [.. patterns.EnumerateObject().Select(pattern => (pattern.Name, Initializer.Parse(pattern.Value.GetString()!).Name))]
            : throw new StepZeroException("expected \"patterns\" as in {\"*.bias\": \"zeros\"}.");

    private static int[] Shape(JsonElement tensor) =>
        tensor.TryGetProperty("shape", out JsonElement shape) && shape.ValueKind == JsonValueKind.Array
        && shape.EnumerateArray().All(size => size.ValueKind == JsonValueKind.Number && size.TryGetInt32(out _))
            ? [.. shape.EnumerateArray().Select(size => size.GetInt32())]
            : throw new StepZeroException("expected a \"shape\" of whole numbers below 2^31, as in [40, 30].");

    private static string? Text(JsonElement tensor, string field) => !tensor.TryGetProperty(field, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.String ? value.GetString()
        : throw new StepZeroException($"expected text as \"{field}\", found {value.GetRawText()}.");

    private static int? Whole(JsonElement tensor, string field) => !tensor.TryGetProperty(field, out JsonElement value) ? null
        : value.ValueKind == JsonValueKind.Number && value.TryGetInt32(out int number) ? number
        : throw new StepZeroException($"expected a whole number as \"{field}\", found {value.GetRawText()}.");

    private static void RefuseUnknown(JsonElement parent, string[] known)
    {
        foreach (JsonProperty property in parent.EnumerateObject())
        {
            if (!known.Contains(property.Name))
            {
                throw StepZeroException.UnknownName("field", property.Name, known);
            }
        }
    }

    private static bool Fits(string pattern, string name) => FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
