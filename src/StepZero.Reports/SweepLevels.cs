using System.Globalization;
using StepZero.Sweeps;

namespace StepZero.Reports;

/// <summary>Which value of an option each training of a sweep has; of a drawn option which of the ranges.</summary>
internal static class SweepLevels
{
    /// <summary>For each training the value's number among those of <see cref="OptionSummary.Values"/>.</summary>
    /// <param name="results">The sweep.</param>
    /// <param name="option">The option's place in <see cref="SweepPlan.Names"/>.</param>
    public static int[] Of(SweepResults results, int option)
    {
        SweepPlan plan = results.Plan;
        int[] levels = new int[results.Trainings.Count];
        (long before, int level) = (-1, 0);
        for (int i = 0; i < levels.Length; i++)
        {
            long setting = plan.SettingOf(results.Trainings[i].Index);
            level = setting == before ? level : LevelOf(plan, setting, option);
            (levels[i], before) = (level, setting);
        }

        // Values that no training has yet are not counted.
        int[] there = [.. levels.Distinct().Order()];
        return [.. levels.Select(one => Array.BinarySearch(there, one))];
    }

    private static int LevelOf(SweepPlan plan, long setting, int option)
    {
        if (option < plan.Axes.Count)
        {
            long rest = plan.Axes.Skip(option + 1).Aggregate(setting / plan.Trials, (left, axis) => left / axis.Values.Count);
            return (int)(rest % plan.Axes[option].Values.Count);
        }

        SweepDraw draw = plan.Draws[option - plan.Axes.Count];
        double value = double.Parse(plan.Values(setting)[option], CultureInfo.InvariantCulture);
        double share = draw.IsLogarithmic ? Math.Log(value / draw.From) / Math.Log(draw.To / draw.From) : (value - draw.From) / (draw.To - draw.From);
        return Math.Clamp((int)(share * OptionSummary.Ranges), 0, OptionSummary.Ranges - 1);
    }
}
