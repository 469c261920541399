using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>Whether two settings of a sweep can be told apart.</summary>
internal static class SweepChance
{
    /// <summary>With fewer trainings each not even a clean separation says anything: of twice 3 every twentieth order is one.</summary>
    public const int FewestTrainings = 4;

    /// <summary>
    /// Whether their difference may be chance: the 95% intervals of the medians overlap, and of the shares that reached the target too; or there are fewer than
    /// <see cref="FewestTrainings"/> trainings of one.
    /// </summary>
    public static bool Covers(SettingSummary one, SettingSummary other, SweepMeasure by)
    {
        if (Math.Min(one.Ranked.Count, other.Ranked.Count) < FewestTrainings)
        {
            return true;
        }

        bool shares = by != SweepMeasure.Iterations || one.Reached is not Proportion a || other.Reached is not Proportion b || (a.IntervalLow <= b.IntervalHigh && b.IntervalLow <= a.IntervalHigh);
        return shares && (SweepStrips.SummaryOf(one, by) is not Summary c || SweepStrips.SummaryOf(other, by) is not Summary d || (c.IntervalLow <= d.IntervalHigh && d.IntervalLow <= c.IntervalHigh));
    }
}
