using System.Globalization;
using System.Text;
using System.Text.Json;
using StepZero.Data;
using StepZero.Networks;

namespace StepZero.Files.Models;

/// <summary>What a model is but for its numbers, as JSON text: the network, which figures its scaling has, what features it takes and what it answers.</summary>
/// <param name="Architecture">The network.</param>
/// <param name="Divisor">What every feature is divided by.</param>
/// <param name="HasMeans">Whether means are subtracted.</param>
/// <param name="HasInverseDeviations">Whether there are factors for each feature.</param>
/// <param name="Form">A data set without samples.</param>
internal sealed record ModelText(Architecture Architecture, double Divisor, bool HasMeans, bool HasInverseDeviations, Dataset Form)
{
    /// <summary>The version of the text and of the names of the tensors.</summary>
    private const int Schema = 1;

    private const string Bytes = "bytes";
    private const string Numbers = "numbers";

    /// <summary>The text of a model. All fields stand there, null where there is nothing.</summary>
    public static string Write(Model model)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, JsonFile.OneLine))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", Schema);
            json.WriteStartObject("network");
            WriteAll(json, "layerSizes", model.Architecture.LayerSizes, json.WriteNumberValue);
            json.WriteString("activation", model.Architecture.HiddenActivation.ToString());
            json.WriteString("loss", CanonicalText.Of(model.Architecture.Loss));
            json.WriteEndObject();
            json.WriteStartObject("scaling");
            json.WriteNumber("divisor", model.Scaling.Divisor);
            json.WriteBoolean("mean", model.Scaling.Means is not null);
            json.WriteBoolean("inverseDeviation", model.Scaling.InverseDeviations is not null);
            json.WriteEndObject();
            Write(json, model.Form);
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    /// <summary>Reads a text.</summary>
    /// <exception cref="StepZeroException">It is not the text of a model; the message names the field, but no file.</exception>
    /// <exception cref="JsonException">It is not JSON, or a field stands there twice.</exception>
    /// <exception cref="InvalidOperationException">A text is not valid Unicode.</exception>
    public static ModelText Read(string text)
    {
        using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { AllowDuplicateProperties = false });
        var root = new ModelField("the text", document.RootElement);
        string schema = root["schema"].Raw;
        if (schema != Schema.ToString(CultureInfo.InvariantCulture))
        {
            throw new StepZeroException($"schema {schema}; this version reads schema {Schema}. Use the version that wrote it.");
        }

        Architecture architecture = NetworkOf(root["network"]);
        ModelField scaling = root["scaling"];
        double divisor = scaling["divisor"].Number();
        return double.IsFinite(divisor) && divisor != 0
            ? new ModelText(architecture, divisor, scaling["mean"].Truth(), scaling["inverseDeviation"].Truth(), FormOf(root, architecture))
            : throw scaling["divisor"].Wrong("a finite number other than 0");
    }

    private static void Write(Utf8JsonWriter json, Dataset form)
    {
        json.WriteStartObject("features");
        json.WriteString("type", form.HasByteFeatures ? Bytes : Numbers);
        if (form.ImageSize is ImageSize size)
        {
            json.WriteStartObject("imageSize");
            json.WriteNumber("width", size.Width);
            json.WriteNumber("height", size.Height);
            json.WriteNumber("channels", size.Channels);
            json.WriteBoolean("channelsFirst", size.ChannelsFirst);
            json.WriteEndObject();
        }
        else
        {
            json.WriteNull("imageSize");
        }

        WriteAll(json, "columns", form.Columns, column =>
        {
            json.WriteStartObject();
            json.WriteString("name", column.Name);
            WriteAll(json, "categories", column.Categories, json.WriteStringValue);
            json.WriteEndObject();
        });
        json.WriteEndObject();
        json.WriteStartObject("target");
        json.WriteString("name", form.Target);
        bool classes = form.Targets is null;
        WriteAll(json, "classes", classes ? form.Classes : null, json.WriteStringValue);
        json.WriteString("positive", classes ? form.Positive : null);
        json.WriteEndObject();
        json.WriteString("data", form.Name);
    }

    private static void WriteAll<T>(Utf8JsonWriter json, string name, IReadOnlyList<T>? items, Action<T> write)
    {
        if (items is null)
        {
            json.WriteNull(name);
            return;
        }

        json.WriteStartArray(name);
        foreach (T item in items)
        {
            write(item);
        }

        json.WriteEndArray();
    }

    private static Architecture NetworkOf(ModelField network)
    {
        int[] sizes = [.. network["layerSizes"].Items().Select(size => size.Whole())];
        if (sizes.Length < 2)
        {
            throw network["layerSizes"].Wrong("at least the number of inputs and of outputs");
        }

        var loss = CanonicalText.Parse<Loss>(network["loss"].Text(), "loss");
        return (loss == Loss.CrossEntropy) == (sizes[^1] > 1)
            ? new Architecture(sizes[0], sizes[1..^1], Activation.Parse(network["activation"].Text()), loss, sizes[^1])
            : throw new StepZeroException($"the network has {sizes[^1]} output(s); expected {(loss == Loss.CrossEntropy ? "one for each of two classes or more" : "one")} with the loss {CanonicalText.Of(loss)}. Save the model again.");
    }

    private static Dataset FormOf(ModelField root, Architecture architecture)
    {
        ModelField features = root["features"], target = root["target"];
        int count = architecture.LayerSizes[0];
        string name = root["data"].Text(), type = features["type"].Text();
        ImageSize? size = features["imageSize"].Optional(field => new ImageSize(
            field["width"].Whole(), field["height"].Whole(), field["channels"].Whole(), field["channelsFirst"].Truth()));
        if (size is not null && (Int128)size.Width * size.Height * size.Channels != count)
        {
            throw features["imageSize"].Wrong($"a size of {count} values, as the network has inputs");
        }

        TableColumn[]? columns = features["columns"].Optional(field => (TableColumn[])[.. field.Items().Select(column => new TableColumn(
            column["name"].Text(), column["categories"].Optional(categories => (string[])[.. categories.Items().Select(category => category.Text())])))]);
        if (columns is not null && (type == Bytes || columns.Sum(column => (long)column.FeatureCount) != count))
        {
            throw features["columns"].Wrong($"columns of numbers that make {count} features, as the network has inputs");
        }

        string[]? classes = target["classes"].Optional(field => (string[])[.. field.Items().Select(one => one.Text())]);
        CheckClasses(target["classes"], classes, architecture);
        string? column = target["name"].Optional(field => field.Text());
        Dataset form = type switch
        {
            Bytes when column is null => Dataset.FromBytes(name, [], count, [], classes ?? [""], size),
            Numbers => Dataset.FromValues(name, [], count, [], classes ?? [""], size, columns, column),
            _ => throw features["type"].Wrong($"\"{Numbers}\", or \"{Bytes}\" without a name of the target"),
        };
        return classes is null ? form.WithTargets([]) : form.WithPositive(target["positive"].Text());
    }

    private static void CheckClasses(ModelField field, string[]? classes, Architecture architecture)
    {
        int outputs = architecture.OutputCount;
        string? wrong = architecture.Loss switch
        {
            Loss.Mse when classes is not [] => null,
            Loss.BinaryCrossEntropy when classes is { Length: > 0 } => null,
            Loss.CrossEntropy when classes?.Length == outputs => null,
            Loss.CrossEntropy => $"{outputs} classes, as the network has outputs",
            _ => "at least one class",
        };
        if (wrong is not null || (classes is not null && classes.Distinct().Count() < classes.Length))
        {
            throw field.Wrong(wrong ?? "names that differ");
        }
    }
}
