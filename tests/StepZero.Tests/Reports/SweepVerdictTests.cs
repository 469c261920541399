using StepZero.Reports;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Reports;

public sealed class SweepVerdictTests
{
    private static readonly TrainingTarget Target = new(TargetQuantity.Cost, 0.1);

    /// <summary>Costs of 1.0 to 1.7 and of 5.0 to 5.7: no pair is the other way round. Of 8 values the interval lies between the first two and the last two.</summary>
    [Fact]
    public void The_first_is_named_with_its_median_and_beats_what_is_clearly_worse()
    {
        IReadOnlyList<string> sentences = Verdict(Starts(8), (setting, seed) => (4 * setting) + 1 + (0.1 * seed));
        Assert.StartsWith("he comes first, with a median cost of 1.35 over 8 trainings (95% interval 1.0", sentences[0], StringComparison.Ordinal);
        Assert.Equal(["Against the next, xavier, it is the better in 100% of pairs of trainings, and the two can be told apart."], sentences.Skip(1));
    }

    /// <summary>Of 64 pairs of 1.0 to 1.7 and 1.1 to 1.8 36 have the first less, and 7 are equal: (36 + 3.5)/64 = 61.7%.</summary>
    [Fact]
    public void Settings_whose_intervals_overlap_are_not_told_apart()
    {
        IReadOnlyList<string> sentences = Verdict(Starts(8), (setting, seed) => 1 + (0.1 * (seed + setting)));
        Assert.Equal("Against the next, xavier, it is the better in 61.7% of pairs of trainings; their 95% intervals overlap, so that they cannot be told apart.", sentences[1]);
    }

    [Fact]
    public void Few_trainings_tell_nothing_apart_however_far_they_lie()
    {
        Assert.Equal("Against the next, xavier, it is the better in 100% of pairs of trainings; with fewer than 4 trainings of one they cannot be told apart.", Verdict(Starts(3), (setting, seed) => (100 * setting) + 1 + seed)[1]);
        Assert.Equal(
            ["he comes first, with a cost of 1.", "Each setting was trained once, so that a better one cannot be told from a luckier one: train the first ones again from several seeds."],
            Verdict(Starts(1), (setting, _) => (100 * setting) + 1));
    }

    /// <summary>Wilson's interval of 3 of 4 is 30.1% to 95.4%; a cost of 0.05 falls below 0.1 after ln(0.1/0.7)/ln(0.05/0.7) of 300 iterations, 221.2.</summary>
    [Fact]
    public void With_a_target_the_share_that_reached_it_comes_first_and_the_iterations_in_the_middle()
    {
        IReadOnlyList<string> sentences = Verdict(Starts(4, Target), (setting, seed) => setting == 0 || seed == 3 ? 0.5 : 0.05);
        Assert.Equal("xavier comes first: 3 of 4 trainings reached cost 0.1 (95% interval 30.1% to 95.4%), after 222 iterations (median).", sentences[0]);
        Assert.Equal("No training reached cost 0.1; he comes nearest, at a median cost of 0.4.", Verdict(Starts(4, Target), (setting, seed) => 0.4 + setting)[0]);
        Assert.Equal("he comes first: its one training reached cost 0.1 after 222 iterations.", Verdict(Starts(1, Target), (setting, _) => 0.05 + setting)[0]);
    }

    [Fact]
    public void Where_half_do_not_reach_the_target_there_is_no_number_in_the_middle() => Assert.Equal(
        "he comes first: 1 of 4 trainings reached cost 0.1 (95% interval 4.56% to 69.9%).", Verdict(Starts(4, Target), (setting, seed) => setting == 0 && seed == 0 ? 0.05 : 0.5)[0]);

    [Fact]
    public void A_setting_alone_has_nothing_to_be_compared_with()
    {
        Assert.Equal(["The one setting comes to a cost of 0.25."], Verdict(new SweepPlan([("init", "he")], [], []), (_, _) => 0.25));
        Assert.StartsWith("The one setting comes to a median cost of 0.3 over 3 trainings (95% interval 0.2 to 0.4).", Assert.Single(Verdict(new SweepPlan([], [], [], seeds: 3), (_, seed) => 0.2 + (0.1 * seed))), StringComparison.Ordinal);
        Assert.Equal(["The one training diverged. Try a smaller learning rate or smaller weights."], Verdict(new SweepPlan([], [], []), (_, _) => double.PositiveInfinity));
    }

    [Fact]
    public void Where_all_come_out_the_same_no_setting_comes_first()
    {
        Assert.Equal(["No setting is better than another: all 108 come to a median cost of 0.6931."], SweepVerdict.Of(DrawnSweeps.Summary("same")));
        Assert.Contains(SweepVerdict.Of(DrawnSweeps.Summary("partial")), sentence => sentence == "None of the next 29 can be told apart from the first.");
        Assert.Contains(SweepVerdict.Of(DrawnSweeps.Summary("grid")), sentence => sentence.StartsWith("Of the next 29, ", StringComparison.Ordinal) && sentence.EndsWith(" cannot be told apart from the first.", StringComparison.Ordinal));
    }

    [Fact]
    public void Where_all_diverge_no_setting_comes_first() =>
        Assert.Equal("All 540 trainings diverged, so no setting is better than another. Try smaller learning rates or weights.", SweepVerdict.Of(DrawnSweeps.Summary("diverged"))[0]);

    [Fact]
    public void What_diverged_and_what_is_missing_is_counted()
    {
        var plan = Starts(8);
        SweepResults results = DrawnSweeps.Of(plan, (setting, seed) => setting == 1 && seed < 2 ? double.PositiveInfinity : 1 + setting + (0.01 * seed), index => plan.SeedOf(index) < 7);
        IReadOnlyList<string> sentences = SweepVerdict.Of(SweepSummary.Of(results));
        Assert.Equal(["2 of 14 trainings diverged (14.3%).", "14 of 16 trainings are there (87.5%); 2 are missing, and the places can still change."], sentences.TakeLast(2));
    }

    [Fact]
    public void The_option_that_matters_most_is_named_with_its_share()
    {
        SweepSummary summary = DrawnSweeps.Summary("grid");
        Effect[] main = [.. summary.Effects!.Main.OrderByDescending(effect => effect.Share)];
        Assert.Contains(
            $"What matters most is {main[0].Options[0]}: it explains {SweepWords.Share(main[0].Share)} of the variation between trainings, {main[1].Options[0]} {SweepWords.Share(main[1].Share)}, {main[2].Options[0]} {SweepWords.Share(main[2].Share)}.",
            SweepVerdict.Of(summary));
        Assert.Contains(SweepVerdict.Of(DrawnSweeps.Summary("many options")), sentence => sentence.StartsWith("No option can be seen to matter: ", StringComparison.Ordinal));
    }

    [Fact]
    public void A_combination_that_explains_more_than_any_option_matters_most()
    {
        var plan = new SweepPlan([], [new SweepAxis("init", ["he", "xavier"]), new SweepAxis("activation", ["relu", "tanh"])], [], seeds: 6);
        SweepSummary summary = SweepSummary.Of(DrawnSweeps.Of(plan, (setting, seed) => (setting is 0 or 3 ? 1 : 2) + (0.01 * seed)));
        Assert.Contains(
            $"What matters most is the combination of activation and init: beyond both by themselves it explains {SweepWords.Share(summary.Effects!.Interactions[0].Share)} of the variation between trainings; of the options alone activation explains 0%, init 0%.",
            SweepVerdict.Of(summary));
        Assert.InRange(summary.Effects.Interactions[0].Share, 0.7, 0.8);
    }

    [Theory]
    [InlineData("init", "he", "he")]
    [InlineData("hidden,init,learning-rate", "5,5|he|0.1", "he with hidden 5,5 and learning-rate 0.1")]
    [InlineData("learning-rate,momentum", "0.123456789|0.9", "learning-rate 0.123 and momentum 0.9")]
    public void A_setting_reads_as_its_start_with_the_rest(string names, string values, string expected) => Assert.Equal(expected, SweepWords.Setting(names.Split(','), values.Split('|')));

    private static SweepPlan Starts(int seeds, TrainingTarget? target = null) => new([], [new SweepAxis("init", ["he", "xavier"])], [], seeds: seeds, target: target);

    private static IReadOnlyList<string> Verdict(SweepPlan plan, Func<long, int, double> cost) => SweepVerdict.Of(SweepSummary.Of(DrawnSweeps.Of(plan, cost)));
}
