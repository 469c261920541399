using StepZero.Networks;

namespace StepZero.Initialization;

/// <content>Weights that are known already.</content>
public sealed partial class Initializer
{
    private const int MostShown = 10;

    /// <summary>
    /// Starts a network from given parameters, such as those of a trained one: each layer takes the weights and biases of the layer in its place, whatever
    /// the seed.
    /// </summary>
    /// <param name="name">What results call it; <see cref="Parse"/> does not know it.</param>
    /// <param name="parameters">The parameters; kept, not copied.</param>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public static Initializer FromParameters(string name, Parameters parameters)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        return new Initializer(name, new Recipe.Given(parameters));
    }

    /// <summary>Refuses a network of other layers than those of given parameters.</summary>
    private void CheckGiven(Architecture architecture)
    {
        IReadOnlyList<int> sizes = architecture.LayerSizes;
        for (int layer = 0; layer < architecture.LayerCount; layer++)
        {
            Initializer one = ForLayer(layer);
            if (one.recipe is not Recipe.Given { Parameters.LayerSizes: IReadOnlyList<int> given })
            {
                continue;
            }

            if (layer >= given.Count - 1 || (layers.Count == 1 && given.Count != sizes.Count))
            {
                throw Other($"has {given.Count - 1} layers; the network wants {architecture.LayerCount}");
            }

            if (given[layer] != sizes[layer] || given[layer + 1] != sizes[layer + 1])
            {
                throw Other($"layer {layer + 1} has the shape {given[layer + 1]}×{given[layer]}; the network wants {sizes[layer + 1]}×{sizes[layer]}");
            }

            StepZeroException Other(string what) => new(
                $"Initializer '{one.Name}': {what}. Its sizes from the inputs to the outputs are {string.Join(", ", given.Take(MostShown))}{(given.Count > MostShown ? ", …" : "")}: choose hidden layers and data to fit.");
        }
    }
}
