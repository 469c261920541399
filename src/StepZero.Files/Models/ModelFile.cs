using StepZero.Data;
using StepZero.Files.Arrays;
using StepZero.Initialization;
using StepZero.Networks;

namespace StepZero.Files.Models;

/// <summary>
/// Keeps a trained network in a file that other libraries read, .safetensors or NumPy's .npz, and reads it again; writes it as .onnx for programs that run
/// it. The same model gives the same bytes.
/// </summary>
/// <remarks>
/// The tensors are <c>layers.0.weight</c> [fanOut, fanIn], <c>layers.0.bias</c> [fanOut] and so on, and where the scaling has them <c>scaling.mean</c> and
/// <c>scaling.inverse_deviation</c> [features], and where features are numbers
/// <c>features.mean</c> [features], by which gaps are filled; all of 64 bits, which keeps every bit of a weight whatever it was trained in. All else is a JSON text named
/// <c>stepzero.model</c>.
/// </remarks>
public static class ModelFile
{
    private const string Advice = "Choose another file with --save.";
    private const string Means = "scaling.mean";
    private const string InverseDeviations = "scaling.inverse_deviation";
    private const string FeatureMeans = "features.mean";

    /// <summary>The endings that a model is written by, each with its writer.</summary>
    private static readonly (string Ending, Action<string, Model> Write)[] Formats =
    [
        (".safetensors", (path, model) => AtomicFile.Write(path, file => WriteSafetensors(file, model), Advice)),
        (".npz", (path, model) => AtomicFile.Write(path, file => WriteNpz(file, model), Advice)),
        (".onnx", OnnxFile.Write),
    ];

    /// <summary>Refuses a file that could not be written, before anything is trained.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">Its ending is not known, it is a folder, or there is no folder to write it to.</exception>
    public static void Check(string path)
    {
        WriterOf(path);
        AtomicFile.CheckPlace(path);
    }

    /// <summary>Writes a model; the ending of the file says in which format.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="StepZeroException">As <see cref="Check"/>, or the file cannot be written; the old one, if any, is then untouched.</exception>
    public static void Write(string path, Model model)
    {
        Action<string, Model> write = WriterOf(path);
        AtomicFile.CheckPlace(path);
        write(path, model);
    }

    /// <summary>Reads a model, in the format that the content of the file says. Weights that are not finite are read as they are.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">It cannot be read, is damaged, of a newer version, or no model of StepZero.</exception>
    public static Model Read(string path)
    {
        var file = TensorFile.Open(path);
        return Damage.Guard(path, "a model", () => Read(file));
    }

    private static Action<string, Model> WriterOf(string path) =>
        Array.Find(Formats, format => path.EndsWith(format.Ending, StringComparison.OrdinalIgnoreCase)).Write
        ?? throw new StepZeroException($"{path}: expected a name that ends in {string.Join(", ", Formats.Select(format => format.Ending))}.");

    private static void WriteSafetensors(Stream file, Model model) => SafetensorsWriter.Write(
        file,
        [.. Tensors(model).Select(tensor => new SafetensorsEntry(tensor.Name, WeightType.Float64, tensor.Shape, stream => NpzEntry.Write<double>(stream, tensor.Values)))],
        (TensorFile.ModelName, ModelText.Write(model)));

    private static void WriteNpz(Stream file, Model model) => NpzWriter.Write(
        file, [.. Tensors(model).Select(tensor => NpzEntry.Doubles(tensor.Name, tensor.Values, tensor.Shape)), NpzEntry.Texts(TensorFile.ModelName, [ModelText.Write(model)])]);

    private static IEnumerable<(string Name, long[] Shape, double[] Values)> Tensors(Model model)
    {
        Parameters parameters = model.Parameters;
        for (int layer = 0; layer < parameters.Weights.Count; layer++)
        {
            yield return (WeightsOf(layer), [parameters.LayerSizes[layer + 1], parameters.LayerSizes[layer]], parameters.Weights[layer]);
            yield return (BiasesOf(layer), [parameters.LayerSizes[layer + 1]], parameters.Biases[layer]);
        }

        foreach ((string name, double[]? figures) in ((string, double[]?)[])
            [(Means, model.Scaling.Means), (InverseDeviations, model.Scaling.InverseDeviations), (FeatureMeans, model.Form.FeatureMeans?.ToArray())])
        {
            if (figures is not null)
            {
                yield return (name, [figures.Length], figures);
            }
        }
    }

    private static Model Read(TensorFile file)
    {
        if (file.Model is null)
        {
            throw new StepZeroException(
                $"{file.Path}: holds tensors, but no model of StepZero: there is no text '{TensorFile.ModelName}' that says what the network takes and answers. Its weights can start a network with --init file:{file.Path}.");
        }

        ModelText text;
        try
        {
            text = ModelText.Read(file.Model);
        }
        catch (StepZeroException error)
        {
            throw new StepZeroException($"{file.Path}: {error.Message}", error);
        }

        IReadOnlyList<int> sizes = text.Architecture.LayerSizes;
        Dictionary<string, StoredArray> tensors = file.Tensors.ToDictionary(tensor => tensor.Name);
        List<(StoredArray Tensor, Action<double[], Parameters> Keep)> wanted = [];
        for (int layer = 0; layer < text.Architecture.LayerCount; layer++)
        {
            int index = layer;
            wanted.Add((Take(WeightsOf(layer), sizes[layer + 1], sizes[layer]), (values, parameters) => values.CopyTo(parameters.Weights[index], 0)));
            wanted.Add((Take(BiasesOf(layer), sizes[layer + 1]), (values, parameters) => values.CopyTo(parameters.Biases[index], 0)));
        }

        StoredArray? means = text.HasMeans ? Take(Means, sizes[0]) : null;
        StoredArray? inverseDeviations = text.HasInverseDeviations ? Take(InverseDeviations, sizes[0]) : null;
        StoredArray? featureMeans = tensors.ContainsKey(FeatureMeans) ? Take(FeatureMeans, sizes[0]) : null;
        if (tensors.Keys.FirstOrDefault() is string other)
        {
            throw new StepZeroException($"{file.Path}: {TensorFile.Named(tensors[other])} has no place in this model. Save the model again.");
        }

        // Only now that the file was seen to hold so many numbers, memory is taken for them.
        var read = new Parameters(text.Architecture);
        foreach ((StoredArray tensor, Action<double[], Parameters> keep) in wanted)
        {
            keep(file.Numbers(tensor), read);
        }

        var scaling = new FittedScaling(text.Divisor, means is null ? null : file.Numbers(means), inverseDeviations is null ? null : file.Numbers(inverseDeviations));
        return new Model(text.Architecture, read, scaling, featureMeans is null ? text.Form : text.Form.WithFeatureMeans(file.Numbers(featureMeans)));

        StoredArray Take(string name, params long[] shape) =>
            !tensors.Remove(name, out StoredArray? tensor) ? throw new StepZeroException($"{file.Path}: there is no tensor '{name}'; expected one of shape {TensorFile.Text(shape)}. Save the model again.")
            : tensor.Shape.SequenceEqual(shape) ? tensor
            : throw new StepZeroException($"{file.Path}: {TensorFile.Named(tensor)} has the shape {TensorFile.Text(tensor.Shape)}; the network wants {TensorFile.Text(shape)}. Save the model again.");
    }

    private static string WeightsOf(int layer) => FormattableString.Invariant($"layers.{layer}.weight");

    private static string BiasesOf(int layer) => FormattableString.Invariant($"layers.{layer}.bias");
}
