using StepZero.Networks;

namespace StepZero.Maps;

/// <summary>
/// What is kept for the networks used last: a map along depth or width has as many networks as pixels, and what is drawn for all of them does not fit in memory.
/// Serves any number of threads.
/// </summary>
/// <param name="make">Makes what is kept for a network; the same each time.</param>
internal sealed class RecentNetworks<T>(Func<Architecture, T> make)
{
    /// <summary>So many are kept. Blocks of one network follow each other, so more threads than that only make some anew.</summary>
    public const int Most = 8;

    private readonly List<Network> recent = [];

    /// <summary>What is kept for a network, made if it was not.</summary>
    public T Of(Architecture architecture)
    {
        Network network;
        lock (recent)
        {
            int at = recent.FindIndex(one => one.Architecture == architecture);
            network = at < 0 ? new Network(architecture) : recent[at];
            if (at >= 0 || recent.Count == Most)
            {
                recent.RemoveAt(at >= 0 ? at : Most - 1);
            }

            recent.Insert(0, network);
        }

        // Others may go on with their networks while this one is made.
        lock (network)
        {
            if (!network.IsMade)
            {
                network.Kept = make(architecture);
                network.IsMade = true;
            }

            return network.Kept!;
        }
    }

    private sealed class Network(Architecture architecture)
    {
        public Architecture Architecture => architecture;

        public T? Kept { get; set; }

        public bool IsMade { get; set; }
    }
}
