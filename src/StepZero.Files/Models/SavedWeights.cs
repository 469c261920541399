using StepZero.Files.Arrays;
using StepZero.Networks;

namespace StepZero.Files.Models;

/// <summary>
/// Reads the weights of a dense network from a file, to start another with them: a model of StepZero, or a .safetensors or .npz file with
/// <c>NAME.weight</c> [fanOut, fanIn] and perhaps <c>NAME.bias</c> [fanOut] for each layer, as PyTorch's <c>state_dict</c> names them.
/// </summary>
public static class SavedWeights
{
    private const string WeightEnding = "weight";
    private const string BiasEnding = "bias";
    private const string LayersStart = "layers.";
    private const int MostShown = 12;

    /// <summary>
    /// Reads a file. The layers are in the order of their names, 2 before 10; where the outputs of one are not the inputs of the next, in that of the file.
    /// Biases that are not there are 0.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">It cannot be read, is damaged, or holds something else than dense layers that follow each other.</exception>
    public static Parameters Read(string path)
    {
        var file = TensorFile.Open(path);
        return Damage.Guard(path, "a file of weights", () => Read(file));
    }

    private static Parameters Read(TensorFile file)
    {
        // Figures of the features stand beside the weights of our own models.
        StoredArray[] tensors = [.. file.Tensors.Where(tensor => file.Model is null || tensor.Name.StartsWith(LayersStart, StringComparison.Ordinal))];
        Dictionary<string, StoredArray> biases = [];
        foreach (StoredArray tensor in tensors)
        {
            if (LayerOf(tensor, BiasEnding) is string layer)
            {
                biases.TryAdd(layer, tensor);
            }
        }

        SavedLayer[] layers = [.. tensors.Where(tensor => LayerOf(tensor, WeightEnding) is not null && tensor.Shape.Count == 2)
            .Select(weights => new SavedLayer(LayerOf(weights, WeightEnding)!, weights, biases.GetValueOrDefault(LayerOf(weights, WeightEnding)!)))];
        RefuseOthers(file, tensors, layers);
        if (layers is [])
        {
            throw new StepZeroException($"{file.Path}: holds no weights; expected tensors such as 'layers.0.weight' and 'layers.0.bias'.");
        }

        SavedLayer[] byName = [.. layers.OrderBy(layer => layer.Name, NumberOrder.Comparer)];
        return Fill(file, Follow(byName) ? byName : Follow(layers) ? layers : throw new StepZeroException(
            $"{file.Path}: the layers do not follow each other: {Shapes(byName.Select(layer => layer.Weights))}; expected as many inputs (the second size) as the layer before has outputs (the first). Name them in their order, as in 'layers.0.weight', 'layers.1.weight'."));
    }

    /// <summary>Refuses what is neither the weights nor the bias of a dense layer, by its name.</summary>
    private static void RefuseOthers(TensorFile file, StoredArray[] tensors, SavedLayer[] layers)
    {
        HashSet<StoredArray> known = [.. layers.Select(layer => layer.Weights), .. layers.Select(layer => layer.Biases).OfType<StoredArray>()];
        if (tensors.FirstOrDefault(tensor => !known.Contains(tensor)) is StoredArray other)
        {
            throw new StepZeroException(
                $"{file.Path}: {TensorFile.Named(other)} of shape {TensorFile.Text(other.Shape)} is neither the weights of a dense layer (NAME.weight, two sizes) nor a bias beside such (NAME.bias, one size). Save a network of dense layers alone.");
        }

        foreach (SavedLayer layer in layers)
        {
            if (layer.Weights.Shape.FirstOrDefault(size => size is < 1 or > int.MaxValue, 1) != 1)
            {
                throw new StepZeroException($"{file.Path}: {TensorFile.Named(layer.Weights)} has the shape {TensorFile.Text(layer.Weights.Shape)}; expected sizes from 1 to {int.MaxValue}.");
            }

            if (layer.Biases is StoredArray biases && !biases.Shape.SequenceEqual([layer.Outputs]))
            {
                throw new StepZeroException($"{file.Path}: {TensorFile.Named(biases)} has the shape {TensorFile.Text(biases.Shape)}; expected {layer.Outputs}, as {TensorFile.Named(layer.Weights)} has outputs.");
            }
        }
    }

    private static Parameters Fill(TensorFile file, SavedLayer[] layers)
    {
        int outputs = layers[^1].Outputs;
        var parameters = new Parameters(new Architecture(
            layers[0].Inputs, [.. layers[..^1].Select(layer => layer.Outputs)], Activation.Tanh, outputs == 1 ? Loss.BinaryCrossEntropy : Loss.CrossEntropy, outputs));
        foreach ((int i, SavedLayer layer) in layers.Index())
        {
            file.Numbers(layer.Weights).CopyTo(parameters.Weights[i], 0);
            if (layer.Biases is StoredArray biases)
            {
                file.Numbers(biases).CopyTo(parameters.Biases[i], 0);
            }
        }

        return parameters;
    }

    private static bool Follow(SavedLayer[] layers) => layers.Zip(layers.Skip(1)).All(pair => pair.First.Outputs == pair.Second.Inputs);

    /// <summary>The name of the layer that a tensor belongs to, "" for a tensor named "weight" alone; null where its name has another ending.</summary>
    private static string? LayerOf(StoredArray tensor, string ending) =>
        tensor.Name == ending ? ""
        : tensor.Name.EndsWith($".{ending}", StringComparison.Ordinal) ? tensor.Name[..^(ending.Length + 1)] : null;

    private static string Shapes(IEnumerable<StoredArray> tensors)
    {
        StoredArray[] all = [.. tensors];
        return string.Join(", ", all.Take(MostShown).Select(tensor => $"'{OneLine.Of(tensor.Name, StoredArray.LongestName)}' {TensorFile.Text(tensor.Shape)}")) + (all.Length > MostShown ? ", …" : "");
    }

    /// <summary>A dense layer of the file.</summary>
    private sealed record SavedLayer(string Name, StoredArray Weights, StoredArray? Biases)
    {
        public int Outputs => (int)Weights.Shape[0];

        public int Inputs => (int)Weights.Shape[1];
    }
}
