using System.Runtime.ExceptionServices;

namespace StepZero.Training;

/// <summary>Work on several things at the same time, each on one thread.</summary>
internal static class SideBySide
{
    /// <summary>What becomes of each item, in the order of the items. The first error ends it as it is, not wrapped.</summary>
    /// <param name="items">The items.</param>
    /// <param name="threads">How many threads to use, at least 1.</param>
    /// <param name="work">The work on one.</param>
    public static TResult[] Map<TItem, TResult>(IReadOnlyList<TItem> items, int threads, Func<TItem, TResult> work)
    {
        var results = new TResult[items.Count];
        int next = -1;
        try
        {
            Parallel.For(0, Math.Min(threads, items.Count), _ =>
            {
                for (int i = Interlocked.Increment(ref next); (uint)i < results.Length; i = Interlocked.Increment(ref next))
                {
                    try
                    {
                        results[i] = work(items[i]);
                    }
                    catch
                    {
                        // The others end with the item in hand.
                        Interlocked.Exchange(ref next, results.Length);
                        throw;
                    }
                }
            });
        }
        catch (AggregateException several)
        {
            ExceptionDispatchInfo.Throw(several.InnerExceptions[0]);
        }

        return results;
    }
}
