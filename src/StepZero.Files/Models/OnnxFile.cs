using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using StepZero.Data;
using StepZero.Networks;

namespace StepZero.Files.Models;

/// <summary>
/// Writes a model as ONNX, from raw features to probabilities, for OnnxRuntime and other programs. The same model gives the same bytes.
/// </summary>
/// <remarks>
/// The input <c>features</c>, [batch, features], is of uint8 where the model takes bytes and of float64 elsewhere; all is computed in double precision.
/// Where it chooses, the outputs are <c>probabilities</c>, float64 [batch, answers], and <c>label</c>, int64 [batch]: the index of the most likely
/// answer. Where it predicts numbers, the output is <c>prediction</c>, float64 [batch, 1]. The names of answers and features are in the file's metadata.
/// </remarks>
public static class OnnxFile
{
    // Of 2020: OnnxRuntime reads them since its 1.6. docs/decisions/0014-onnx.md says which versions were tried.
    private const int FormatVersion = 7, OperatorVersion = 13;

    private static readonly JsonWriterOptions OnOneLine = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>Refuses what could not be written, before anything is made for it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="architecture">The network.</param>
    /// <exception cref="StepZeroException">The network is too large for the format, or there is no place for the file.</exception>
    public static void Check(string path, Architecture architecture)
    {
        CheckSize(path, architecture, architecture.ParameterCount * sizeof(double));
        AtomicFile.CheckPlace(path);
    }

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="model">The model.</param>
    /// <exception cref="StepZeroException">As <see cref="Check"/>, or the file cannot be written; nothing is left half-written.</exception>
    public static void Write(string path, Model model)
    {
        Check(path, model.Architecture);
        ProtobufMessage message = Message(model);
        CheckSize(path, model.Architecture, message.Size);
        AtomicFile.Write(path, message.WriteTo, "Choose another file with --save.");
    }

    private static void CheckSize(string path, Architecture architecture, long bytes)
    {
        if (bytes > int.MaxValue)
        {
            throw new StepZeroException(
                $"{path}: the network has {architecture.ParameterCount} weights and biases; as ONNX they need {bytes} bytes, of which a file holds at most {int.MaxValue}. Save the model in another format, or use fewer units.");
        }
    }

    private static ProtobufMessage Message(Model model)
    {
        const int Format = 1, ProducerName = 2, ProducerVersion = 3, Graph = 7, OperatorSet = 8, Metadata = 14;
        const int OperatorSetVersion = 2, Key = 1, Value = 2;
        ProtobufMessage message = new ProtobufMessage().Add(Format, FormatVersion).Add(ProducerName, "StepZero")
            .Add(ProducerVersion, typeof(OnnxFile).Assembly.GetName().Version!.ToString(3))
            .Add(Graph, Network(model).ToMessage("network"))
            .Add(OperatorSet, new ProtobufMessage().Add(OperatorSetVersion, OperatorVersion));
        foreach ((string key, string value) in Descriptions(model))
        {
            message.Add(Metadata, new ProtobufMessage().Add(Key, key).Add(Value, value));
        }

        return message;
    }

    private static OnnxGraph Network(Model model)
    {
        Architecture architecture = model.Architecture;
        IReadOnlyList<int> sizes = architecture.LayerSizes;
        bool bytes = model.Form.HasByteFeatures;
        var graph = new OnnxGraph();
        OnnxValue a = graph.Input("features", bytes ? OnnxType.UInt8 : OnnxType.Double, sizes[0]);
        a = Scaled(bytes ? graph.Node("Cast", [a], attributes: ("to", (long)OnnxType.Double)) : a, model.Scaling);
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            bool last = layer == architecture.LayerCount - 1;
            OnnxValue weights = graph.Tensor($"W{layer + 1}", OnnxType.Double, model.Parameters.Weights[layer], sizes[layer + 1], sizes[layer]);
            OnnxValue bias = graph.Tensor($"b{layer + 1}", OnnxType.Double, model.Parameters.Biases[layer], sizes[layer + 1]);

            // Gemm could add the bias as well, but OnnxRuntime before 1.20 merges it then with an activation into an operator that it lacks in double precision.
            OnnxValue z = graph.Node("Add", [graph.Node("Gemm", [a, weights], attributes: ("transB", 1)), bias], last && architecture.Loss == Loss.Mse ? "prediction" : null);
            a = last ? z : OnnxActivation.Apply(architecture.HiddenActivation, z);
        }

        if (architecture.Loss == Loss.Mse)
        {
            graph.Output(a, OnnxType.Double, 1);
        }
        else
        {
            Choose(a, architecture);
        }

        return graph;
    }

    /// <summary>Scaling in the order of <see cref="FittedScaling"/>: folded into the weights it would cost digits where means are large.</summary>
    private static OnnxValue Scaled(OnnxValue raw, FittedScaling scaling)
    {
        OnnxValue scaled = raw;
        if (scaling.Means is double[] means)
        {
            scaled -= raw.Graph.Tensor("means", OnnxType.Double, means, means.Length);
        }

        if (scaling.InverseDeviations is double[] factors)
        {
            scaled *= raw.Graph.Tensor("inverse_deviations", OnnxType.Double, factors, factors.Length);
        }

        return scaling.Divisor == 1 ? scaled : scaled / scaling.Divisor;
    }

    /// <summary>
    /// Probabilities, and the most likely answer. A single output z becomes two, 0 and z, whose softmax is 1 − σ(z) and σ(z). The answer is that of the
    /// larger output, since different outputs may round to equal probabilities; of equal ones a single output answers with the positive class, the second.
    /// </summary>
    private static void Choose(OnnxValue outputs, Architecture architecture)
    {
        OnnxGraph graph = outputs.Graph;
        bool single = architecture.Loss == Loss.BinaryCrossEntropy;
        OnnxValue z = single ? graph.Node("Pad", [outputs, graph.Tensor("one_before", OnnxType.Int64, new long[] { 0, 1, 0, 0 }, 4)]) : outputs;
        graph.Output(graph.Node("Softmax", [z], "probabilities", ("axis", 1)), OnnxType.Double, single ? 2 : architecture.OutputCount);
        graph.Output(
            graph.Node("ArgMax", [z], "label", ("axis", 1), ("keepdims", 0), ("select_last_index", single ? 1 : 0)), OnnxType.Int64, columns: null);
    }

    /// <summary>What cannot be seen from the graph. Lists and objects are JSON.</summary>
    private static IEnumerable<(string Key, string Value)> Descriptions(Model model)
    {
        Dataset form = model.Form;
        if (model.Answers.Count > 0)
        {
            yield return ("classes", List(model.Answers));
        }

        if (model.Architecture.Loss == Loss.BinaryCrossEntropy)
        {
            yield return ("positive", form.Positive);
        }

        if (form.Columns is not null)
        {
            yield return ("features", List(form.FeatureNames));
        }

        if (form.Target is not null)
        {
            yield return ("target", form.Target);
        }

        if (form.ImageSize is ImageSize size)
        {
            yield return ("picture", $$"""{"width":{{size.Width}},"height":{{size.Height}},"channels":{{size.Channels}},"channelsFirst":{{(size.ChannelsFirst ? "true" : "false")}}}""");
        }
    }

    private static string List(IReadOnlyList<string> texts)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, OnOneLine))
        {
            json.WriteStartArray();
            foreach (string text in texts)
            {
                json.WriteStringValue(text);
            }

            json.WriteEndArray();
        }

        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
