using System.Globalization;
using StepZero.RandomNumbers;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Sweeps;

public sealed class SweepSummaryTests
{
    private const double Never = double.PositiveInfinity;

    [Fact]
    public void Settings_are_ranked_by_the_median_cost_and_equal_ones_by_number()
    {
        SweepSummary summary = Of(SweptTrainings.Grid([4], 3), [5, 1, 9, /**/ Never, 2, Never, /**/ 3, 3, 8, /**/ 4, 3, 0]);
        Assert.Equal(SweepMeasure.Cost, summary.By);
        Assert.Equal(
            [new(2, 6, 3, 0, 0, 3, 3), new(3, 9, 3, 0, 0, 3, 3), new(0, 0, 3, 0, 0, 5, 5), new(1, 3, 3, 2, 0, Never, Never)],
            summary.Ranking);
        Assert.Equal(["1"], summary.At(3).Values);
    }

    /// <summary>With a target the share that reached it comes before the iterations to it, and these before the cost.</summary>
    [Fact]
    public void Settings_are_ranked_by_the_share_that_reached_the_target_and_then_by_the_iterations_to_it()
    {
        SweepPlan plan = SweptTrainings.Grid([4], 3, new TrainingTarget(TargetQuantity.Cost, 0.1));
        int?[] reached = [1, 2, null, /**/ 90, 80, 70, /**/ 60, 50, 99, /**/ null, null, null];
        SweepSummary summary = SweepSummary.Of(new SweepResults(plan, [.. reached.Select((at, i) => SweptTrainings.Of(i, i, at))]));
        Assert.Equal(SweepMeasure.Iterations, summary.By);
        Assert.Equal([(2, 3, 60), (1, 3, 80), (0, 2, 2), (3, 0, Never)], summary.Ranking.Select(ranked => (ranked.Setting, ranked.Reached, ranked.Median)));
        Assert.Equal(new Proportion(2, 3), summary.At(2).Reached);
        Assert.Equal((2, Never), (summary.At(2).Iterations!.Median, summary.At(2).Iterations!.IntervalHigh));
        Assert.Equal((Never, 4), (summary.Options[0].Values[3].Measure!.Median, summary.Options[0].Values.Count));
        Assert.Equal(0, summary.Options[0].Values[3].Reached!.Share);
        Assert.Equal([0, 1, 2, 3], SweepSummary.Of(summary.Results, SweepMeasure.Cost).Ranking.Select(ranked => ranked.Setting));
    }

    [Fact]
    public void Accuracies_are_ranked_from_high_to_low_and_that_of_a_diverged_training_is_0()
    {
        SweepPlan plan = SweptTrainings.Grid([3], 3);
        double[] accuracies = [0.5, 0.6, 0.7, /**/ 0.9, 0, 0, /**/ 0.8, 0.9, 0.95];
        SweepSummary summary = SweepSummary.Of(new SweepResults(
            plan, [.. accuracies.Select((accuracy, i) => SweptTrainings.Of(i, accuracy == 0 ? Never : 1, null, accuracy))]), SweepMeasure.TrainAccuracy);
        Assert.Equal([(2, 0.9), (0, 0.6), (1, 0)], summary.Ranking.Select(ranked => (ranked.Setting, ranked.Median)));
        Assert.All(Enumerable.Range(0, 3), rank => Assert.Equal(summary.Ranking[rank].Median, summary.At(rank).TrainAccuracy!.Median));
        Assert.Equal((1, 1, null), (summary.At(0).BeatsNext, summary.At(1).BeatenByBest, summary.At(0).TestAccuracy));
    }

    [Fact]
    public void The_best_come_in_full_with_the_chance_that_they_beat_each_other()
    {
        SweepPlan plan = SweptTrainings.Grid([3], 40);
        double[] costs = Costs(3 * 40);
        SweepSummary summary = Of(plan, costs);
        IReadOnlyList<SettingSummary> best = summary.Best(5);
        Assert.Equal(summary.Ranking, best.Select(setting => setting.Ranked));
        double[][] by = [.. best.Select(setting => costs.AsSpan(setting.Ranked.First, setting.Ranked.Count).ToArray())];
        Assert.Equal([Chance(by[0], by[1]), Chance(by[1], by[2]), null], best.Select(setting => setting.BeatsNext));
        Assert.Equal([null, Chance(by[0], by[1]), Chance(by[0], by[2])], best.Select(setting => setting.BeatenByBest));
        Assert.All(best.Zip(by), pair => Assert.Equal(Statistics.Summarize(pair.Second), pair.First.Cost));
        Assert.All(best, setting => Assert.Equal((40, 40), (setting.Trainings.Count, setting.Ranked.Count)));

        static double Chance(double[] a, double[] b) => a.Sum(x => b.Sum(y => x < y ? 1 : x == y ? 0.5 : 0)) / (a.Length * b.Length);
    }

    [Fact]
    public void Curves_of_a_setting_are_a_band_in_which_a_diverged_one_counts_as_infinite()
    {
        SweepPlan plan = SweptTrainings.Grid([], 3);
        SettingSummary setting = SweepSummary.Of(new SweepResults(plan,
            [SweptTrainings.Of(0, 1, curve: [5, 3, 1], iterations: 2), SweptTrainings.Of(1, Never, curve: [7], iterations: 2), SweptTrainings.Of(2, 2, curve: [6, 4, 2], iterations: 2)])).At(0);
        Assert.Equal([0, 1, 2], setting.CurveAt);
        Assert.Equal([6, 4, 2], setting.Curve.Middle);
        Assert.Equal([5.5, 3.5, 1.5], setting.Curve.Lower);
        Assert.Equal([6.5, Never, Never], setting.Curve.Upper);
        Assert.Empty(setting.Values);
    }

    /// <summary>Targets that are numbers, no test samples: that one diverged does not bring the measures about.</summary>
    [Fact]
    public void A_measure_that_no_finished_training_has_is_absent()
    {
        SweepSummary summary = Of(SweptTrainings.Grid([2], 2), [1, Never, Never, Never]);
        Assert.All(summary.Best(2), setting => Assert.Equal((null, null, null, null, null), (setting.TrainAccuracy, setting.TestCost, setting.TestAccuracy, setting.Iterations, setting.Reached)));
        Assert.Equal([true, false, false, false, false], Enum.GetValues<SweepMeasure>().Select(summary.Results.Has));
        Assert.Throws<StepZeroException>(() => SweepSummary.Of(summary.Results, SweepMeasure.TrainAccuracy));
    }

    [Fact]
    public void Where_all_diverged_there_still_is_a_ranking()
    {
        SweepPlan plan = SweptTrainings.Grid([2], 1, new TrainingTarget(TargetQuantity.Cost, 0.1));
        SweepSummary summary = SweepSummary.Of(new SweepResults(plan, [SweptTrainings.Of(0, Never), SweptTrainings.Of(1, Never)]));
        Assert.Equal([new(0, 0, 1, 1, 0, Never, Never), new(1, 1, 1, 1, 0, Never, Never)], summary.Ranking);
        Assert.Equal((0.5, Never, Never), (summary.At(0).BeatsNext, summary.At(0).Iterations!.IntervalLow, summary.At(0).Cost.IntervalHigh));
        Assert.Null(summary.Effects);
    }

    /// <summary>Half of a sweep: settings of which nothing is there have no rank, and options only the values that were trained.</summary>
    [Fact]
    public void A_sweep_that_still_runs_is_summed_up_as_far_as_it_is_there()
    {
        SweepPlan plan = SweptTrainings.Grid([2, 3], 2);
        SweepSummary summary = SweepSummary.Of(new SweepResults(plan, [SweptTrainings.Of(1, 4), SweptTrainings.Of(2, 2), SweptTrainings.Of(3, 3), SweptTrainings.Of(5, Never)]));
        Assert.Equal([(1, 1, 2), (0, 0, 1), (2, 3, 1)], summary.Ranking.Select(ranked => (ranked.Setting, ranked.First, ranked.Count)));
        Assert.Equal([("a", false), ("b", false)], summary.Options.Select(option => (option.Name, option.IsDrawn)));
        OptionValue only = Assert.Single(summary.Options[0].Values);
        Assert.Equal(("0", 4, 1, 3.5), (only.Label, only.Count, only.Diverged, only.Measure!.Median));
        Assert.Null(only.Reached);
        Assert.Equal([("0", 1), ("1", 2), ("2", 1)], summary.Options[1].Values.Select(value => (value.Label, value.Count)));
    }

    [Fact]
    public void A_drawn_option_is_cut_into_ranges_that_are_equally_likely()
    {
        var plan = new SweepPlan([], [new SweepAxis("init", ["he", "xavier"])], [new SweepDraw("learning-rate", 0.0001, 1, true)], 4000);
        SweepSummary summary = SweepSummary.Of(new SweepResults(plan, [.. Enumerable.Range(0, 8000).Select(i => SweptTrainings.Of(i, plan.Draws[0].At(i % 4000, 1)))]));
        OptionSummary rates = summary.Options[1];
        Assert.Equal(("learning-rate", true, 8), (rates.Name, rates.IsDrawn, rates.Values.Count));
        Assert.Equal("0.0001 to 0.000316", rates.Values[0].Label);
        Assert.Equal("0.316 to 1", rates.Values[7].Label);
        for (int i = 0; i < 8; i++)
        {
            Assert.InRange(rates.Values[i].Count, 860, 1140);
            Assert.Equal(Math.Pow(10, -4 + ((i + 0.5) / 2)), rates.Values[i].Measure!.Median, 0.1 * rates.Values[i].Measure!.Median);
            Assert.InRange(rates.Values[i].Measure!.UpperQuartile, Math.Pow(10, -4 + (i / 2.0)), Math.Pow(10, -4 + ((i + 1) / 2.0)));
        }
    }

    /// <summary>Half of the trainings, so that some values are not there; what the plan says of each setting is another way to its values.</summary>
    [Fact]
    public void Each_training_has_the_values_of_its_setting()
    {
        var plan = new SweepPlan(
            [], [new SweepAxis("hidden", ["5,5", "32"]), new SweepAxis("init", ["he", "xavier", "zeros"]), new SweepAxis("learning-rate", ["0.1", "1"])], [new SweepDraw("weight-decay", 0, 1, false)], 40, 2);
        SweepSummary summary = SweepSummary.Of(new SweepResults(plan, [.. Enumerable.Range(0, (int)plan.TrainingCount).Where(i => plan.Values(plan.SettingOf(i))[1] != "he").Select(i => SweptTrainings.Of(i, i))]));
        int[][] levels = [.. Enumerable.Range(0, 4).Select(summary.LevelsOf)];
        for (int i = 0; i < summary.Results.Trainings.Count; i++)
        {
            IReadOnlyList<string> values = plan.Values(plan.SettingOf(summary.Results.Trainings[i].Index));
            Assert.Equal(values.Take(3), Enumerable.Range(0, 3).Select(option => summary.Options[option].Values[levels[option][i]].Label));
            Assert.Equal((int)(8 * double.Parse(values[3], CultureInfo.InvariantCulture)), levels[3][i]);
        }
    }

    [Fact]
    public void A_sweep_without_trainings_or_without_the_measure_is_refused()
    {
        SweepPlan plan = SweptTrainings.Grid([2], 1);
        Assert.Equal(
            "The sweep has no trainings yet; expected at least one. Wait for its first block.", Assert.Throws<StepZeroException>(() => SweepSummary.Of(new SweepResults(plan, []))).Message);
        Assert.Equal(
            "No training has the measure 'test_accuracy'; expected one that trainings have, such as 'cost'.",
            Assert.Throws<StepZeroException>(() => SweepSummary.Of(new SweepResults(plan, [SweptTrainings.Of(0, 1)]), SweepMeasure.TestAccuracy)).Message);
        Assert.Equal(
            "No training has the measure 'iterations'; expected one that trainings have, such as 'cost'.",
            Assert.Throws<StepZeroException>(() => SweepSummary.Of(new SweepResults(plan, [SweptTrainings.Of(0, 1, 5)]), SweepMeasure.Iterations)).Message);
    }

    private static SweepSummary Of(SweepPlan plan, IReadOnlyList<double> costs) =>
        SweepSummary.Of(new SweepResults(plan, [.. costs.Select((cost, i) => SweptTrainings.Of(i, cost))]));

    /// <summary>Costs with ties, some of them infinite.</summary>
    private static double[] Costs(int count)
    {
        var random = new NumPyRandom(2);
        return [.. Enumerable.Range(0, count).Select(_ => random.Uniform() < 0.2 ? Never : Math.Round(Math.Exp(random.StandardNormal()), 1))];
    }
}
