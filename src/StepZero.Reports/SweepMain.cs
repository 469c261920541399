using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>The option that a sweep depends on most.</summary>
internal static class SweepMain
{
    /// <summary>Its place in <see cref="SweepPlan.Names"/>: the one that explains most; where nothing is known of that, the last. Null where none has two values.</summary>
    public static int? Of(SweepSummary summary)
    {
        int[] several = [.. Enumerable.Range(0, summary.Options.Count).Where(option => summary.Options[option].Values.Count > 1)];
        return several is [] ? null : summary.Effects is Effects effects ? several.MaxBy(option => effects.Main.FirstOrDefault(effect => effect.Options[0] == summary.Options[option].Name)?.Share ?? 0) : several[^1];
    }

    /// <summary>Places among several, the first and the last among them, evenly spread.</summary>
    /// <param name="count">How many there are.</param>
    /// <param name="most">The most that are taken, at least 2.</param>
    public static IEnumerable<int> Evenly(int count, int most) =>
        count <= most ? Enumerable.Range(0, count) : Enumerable.Range(0, most).Select(i => (int)((((long)i * (count - 1)) + ((most - 1) / 2)) / (most - 1)));
}
