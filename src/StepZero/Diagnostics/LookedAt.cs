using StepZero.Data;
using StepZero.Networks;
using StepZero.RandomNumbers;

namespace StepZero.Diagnostics;

/// <summary>
/// The samples that the figures of a diagnosis are taken from: all of them or, where that would take longer than a few training steps, some at random.
/// </summary>
internal static class LookedAt
{
    /// <summary>The most features of all samples together; those of 100 pictures of 150×150 pixels are 40% of it.</summary>
    private const double MostNumbers = 1 << 24;

    /// <summary>The most multiply-adds of one pass through the network and back: a twentieth of a second.</summary>
    private const double MostWork = 1e9;

    /// <summary>So many tell means to a tenth of a deviation.</summary>
    private const int Fewest = 100;

    /// <summary>The samples, in their own order.</summary>
    public static Dataset Of(Dataset data, Architecture network)
    {
        double work = Enumerable.Range(0, network.LayerCount).Sum(layer => 3.0 * network.LayerSizes[layer] * network.LayerSizes[layer + 1]);
        return Some(data, (int)Math.Max(Fewest, Math.Min(MostWork / work, MostNumbers / network.LayerSizes[0])));
    }

    /// <summary>At most so many of some samples, always the same ones.</summary>
    public static Dataset Some(Dataset data, int most) => data.SampleCount <= most ? data
        : data.Select([.. new NumPyRandom(1).Permutation(data.SampleCount).Take(most).Order()]);
}
