using System.Runtime.InteropServices;
using StepZero.Training;

namespace StepZero.Sweeps;

/// <summary>The statistics of a sweep, of one that still runs too: which settings are best, and which options matter.</summary>
/// <remarks>The ranking costs little for each setting; what is known of a setting beside its place is made when <see cref="At"/> asks for it.</remarks>
public sealed class SweepSummary
{
    private readonly HashSet<SweepMeasure> measures;
    private readonly Lazy<OptionLevels> levels;
    private readonly Lazy<IReadOnlyList<OptionSummary>> options;
    private readonly Lazy<Effects?> effects;

    private SweepSummary(SweepResults results, SweepMeasure by)
    {
        measures = [.. Enum.GetValues<SweepMeasure>().Where(results.Has)];
        Results = results;
        By = by;
        Ranking = Rank();
        levels = new(() => OptionLevels.Of(results));
        options = new(() => levels.Value.Summarize(by));
        effects = new(() => EffectAnalysis.Of(levels.Value, by));
    }

    /// <summary>What it is made of, in the order of the settings and then of the seeds.</summary>
    public SweepResults Results { get; }

    /// <summary>What the settings are ranked by.</summary>
    public SweepMeasure By { get; }

    /// <summary>
    /// All settings of which a training is there, the best first: by the median of the measure, of <see cref="SweepMeasure.Iterations"/> by the share of
    /// trainings that reached the target before; those that are equal by the median cost, then by their number.
    /// </summary>
    public IReadOnlyList<RankedSetting> Ranking { get; }

    /// <summary>For each option that differs between settings what became of its values, in the order of <see cref="SweepPlan.Names"/>.</summary>
    public IReadOnlyList<OptionSummary> Options => options.Value;

    /// <summary>Which options the outcome depends on; null where no option differs, and where all trainings came out the same.</summary>
    public Effects? Effects => effects.Value;

    /// <summary>For each training of <see cref="Results"/> which of the <see cref="OptionSummary.Values"/> of an option it has, from 0.</summary>
    /// <param name="option">The option's place in <see cref="Options"/>.</param>
    public int[] LevelsOf(int option) => levels.Value.There(option);

    /// <summary>Sums up a sweep.</summary>
    /// <param name="results">What is there of it; at least one training.</param>
    /// <param name="by">What to rank by; null for the iterations to the target where the plan has one, and else for the cost.</param>
    /// <exception cref="StepZeroException">No training is there, or none has the measure.</exception>
    public static SweepSummary Of(SweepResults results, SweepMeasure? by = null)
    {
        SweepMeasure measure = by ?? (results.Plan.Target is null ? SweepMeasure.Cost : SweepMeasure.Iterations);
        return results.Trainings is [] ? throw new StepZeroException("The sweep has no trainings yet; expected at least one. Wait for its first block.")
            : !results.Has(measure) ? throw new StepZeroException(
                $"No training has the measure '{CanonicalText.Of(measure)}'; expected one that trainings have, such as 'cost'.")
            : new SweepSummary(BySetting(results), measure);
    }

    /// <summary>A setting in full.</summary>
    /// <param name="rank">Its place in <see cref="Ranking"/>, from 0 for the best.</param>
    public SettingSummary At(int rank)
    {
        RankedSetting ranked = Ranking[rank];
        SweptTraining[] trainings = [.. TrainingsOf(ranked)];
        double[] losses = Losses(ranked);
        IReadOnlyList<int> at = SweptTraining.CurveAt(trainings[0].Iterations);
        return new SettingSummary(
            ranked, Results.Plan.Values(ranked.Setting), trainings,
            Summarize(SweepMeasure.Cost)!, Summarize(SweepMeasure.TrainAccuracy), Summarize(SweepMeasure.TestCost), Summarize(SweepMeasure.TestAccuracy),
            Summarize(SweepMeasure.Iterations), Results.Plan.Target is null ? null : new Proportion(ranked.Reached, ranked.Count),
            at, Statistics.BandOf([.. trainings.Select(training => Array.ConvertAll(training.Curve, cost => (double)cost))], 0.25, 0.75),
            rank == Ranking.Count - 1 ? null : Statistics.ChanceOfLess(losses, Losses(Ranking[rank + 1])),
            rank == 0 ? null : Statistics.ChanceOfLess(Losses(Ranking[0]), losses));

        Summary? Summarize(SweepMeasure measure) =>
            measures.Contains(measure) ? Statistics.SummarizeAny([.. trainings.Select(training => Results.ValueOf(training, measure)).OfType<double>()]) : null;
    }

    /// <summary>The first settings of the ranking in full.</summary>
    /// <param name="count">How many; fewer where there are not as many.</param>
    public IReadOnlyList<SettingSummary> Best(int count) => [.. Enumerable.Range(0, Math.Min(count, Ranking.Count)).Select(At)];

    /// <summary>The trainings of a setting side by side, in the order of the seeds: their numbers may lie apart.</summary>
    private static SweepResults BySetting(SweepResults results) => results with { Trainings = [.. results.Trainings.OrderBy(training => results.Plan.SettingOf(training.Index))] };

    private IEnumerable<SweptTraining> TrainingsOf(RankedSetting ranked) => Enumerable.Range(ranked.First, ranked.Count).Select(i => Results.Trainings[i]);

    private double[] Losses(RankedSetting ranked) => [.. TrainingsOf(ranked).Select(training => Results.LossOf(training, By))];

    private RankedSetting[] Rank()
    {
        var ranking = new List<RankedSetting>();
        var losses = new List<double>();
        var costs = new List<double>();
        for (int first = 0; first < Results.Trainings.Count; first += losses.Count)
        {
            long setting = Results.Plan.SettingOf(Results.Trainings[first].Index);
            int diverged = 0, reached = 0;
            losses.Clear();
            costs.Clear();
            for (int i = first; i < Results.Trainings.Count && Results.Plan.SettingOf(Results.Trainings[i].Index) == setting; i++)
            {
                SweptTraining training = Results.Trainings[i];
                losses.Add(Results.LossOf(training, By));
                costs.Add(training.Cost);
                diverged += training.Status == RunStatus.Diverged ? 1 : 0;
                reached += Results.Plan.Target is not null && training.ReachedAt is not null ? 1 : 0;
            }

            double median = MedianOf(losses);
            ranking.Add(new RankedSetting(setting, first, losses.Count, diverged, reached, By.IsAccuracy() ? -median : median, MedianOf(costs)));
        }

        RankedSetting[] ranked = [.. ranking];
        double sign = By.IsAccuracy() ? -1 : 1;
        Array.Sort(ranked, (a, b) =>
        {
            int order = By != SweepMeasure.Iterations ? 0 : ((long)b.Reached * a.Count).CompareTo((long)a.Reached * b.Count);
            order = order != 0 ? order : (sign * a.Median).CompareTo(sign * b.Median);
            order = order != 0 ? order : a.Cost.CompareTo(b.Cost);
            return order != 0 ? order : a.Setting.CompareTo(b.Setting);
        });
        return ranked;
    }

    private static double MedianOf(List<double> values)
    {
        values.Sort();
        return Statistics.Quantile(CollectionsMarshal.AsSpan(values), 0.5);
    }
}
