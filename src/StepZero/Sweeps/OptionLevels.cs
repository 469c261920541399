using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>For each option of a sweep which of its values each setting has, by number.</summary>
/// <param name="Results">The sweep.</param>
/// <param name="Names">The options.</param>
/// <param name="Labels">For each option the text of its values.</param>
/// <param name="Levels">For each option the value of each training, by number.</param>
internal sealed record OptionLevels(SweepResults Results, IReadOnlyList<string> Names, IReadOnlyList<string[]> Labels, IReadOnlyList<int[]> Levels)
{
    public static OptionLevels Of(SweepResults results)
    {
        SweepPlan plan = results.Plan;
        double[][] edges = [.. plan.Draws.Select(draw => Enumerable.Range(0, OptionSummary.Ranges + 1)
            .Select(i => SweepDraw.Between(draw.From, draw.To, (double)i / OptionSummary.Ranges, draw.IsLogarithmic)).ToArray())];
        int[][] levels = [.. plan.Names.Select(_ => new int[results.Trainings.Count])];
        for (int i = 0; i < results.Trainings.Count; i++)
        {
            long setting = plan.SettingOf(results.Trainings[i].Index);
            if (i > 0 && plan.SettingOf(results.Trainings[i - 1].Index) == setting)
            {
                foreach (int[] of in levels)
                {
                    of[i] = of[i - 1];
                }

                continue;
            }

            for (int axis = 0; axis < plan.Axes.Count; axis++)
            {
                levels[axis][i] = plan.LevelOf(setting, axis);
            }

            for (int draw = 0; draw < plan.Draws.Count; draw++)
            {
                double value = plan.Draws[draw].At(plan.TrialOf(setting), plan.SeedOfDraws);
                levels[plan.Axes.Count + draw][i] = edges[draw].Skip(1).Take(OptionSummary.Ranges - 1).Count(edge => edge <= value);
            }
        }

        return new OptionLevels(results, plan.Names,
            [
                .. plan.Axes.Select(axis => axis.Values.ToArray()),
                .. edges.Select(of => Enumerable.Range(0, OptionSummary.Ranges).Select(i => $"{ShortNumber.Of(of[i])} to {ShortNumber.Of(of[i + 1])}").ToArray()),
            ],
            levels);
    }

    /// <summary>For each training which of the values that trainings have it has, by number.</summary>
    /// <param name="option">The option.</param>
    public int[] There(int option)
    {
        int[] there = [.. Levels[option].Distinct().Order()];
        return [.. Levels[option].Select(level => Array.BinarySearch(there, level))];
    }

    public IReadOnlyList<OptionSummary> Summarize(SweepMeasure by) =>
        [.. Names.Select((name, option) => new OptionSummary(name, option >= Results.Plan.Axes.Count, [.. Values(option, by)]))];

    private IEnumerable<OptionValue> Values(int option, SweepMeasure by)
    {
        int[] counts = new int[Labels[option].Length], diverged = new int[counts.Length], reached = new int[counts.Length];
        List<double>[] values = [.. counts.Select(_ => new List<double>())];
        for (int i = 0; i < Results.Trainings.Count; i++)
        {
            SweptTraining training = Results.Trainings[i];
            int level = Levels[option][i];
            counts[level]++;
            diverged[level] += training.Status == RunStatus.Diverged ? 1 : 0;
            reached[level] += training.ReachedAt is null ? 0 : 1;
            if (Results.ValueOf(training, by) is double value)
            {
                values[level].Add(value);
            }
        }

        return Enumerable.Range(0, counts.Length).Where(level => counts[level] > 0).Select(level => new OptionValue(
            Labels[option][level], counts[level], diverged[level],
            Results.Plan.Target is null ? null : new Proportion(reached[level], counts[level]),
            Statistics.SummarizeAny(values[level])));
    }
}
