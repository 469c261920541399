namespace StepZero.Cli;

/// <summary>What was made last, by what it was made of; each is made once, by the first thread that asks. Serves any number of threads.</summary>
/// <param name="most">So many are kept.</param>
internal sealed class Recent<TKey, TValue>(int most) where TKey : IEquatable<TKey>
{
    private readonly List<(TKey Key, Lazy<TValue> Value)> recent = [];

    /// <summary>What belongs to a key, made if it was not kept.</summary>
    public TValue Of(TKey key, Func<TValue> make)
    {
        Lazy<TValue> value;
        lock (recent)
        {
            int at = recent.FindIndex(one => one.Key.Equals(key));
            value = at < 0 ? new Lazy<TValue>(make) : recent[at].Value;
            if (at >= 0 || recent.Count == most)
            {
                recent.RemoveAt(at >= 0 ? at : most - 1);
            }

            recent.Insert(0, (key, value));
        }

        // Others may go on with theirs while this one is made.
        return value.Value;
    }
}
