using System.Text.Json;
using StepZero.RandomNumbers;
using StepZero.Sweeps;

namespace StepZero.Tests.Sweeps;

public sealed class EffectsTests
{
    private static readonly JsonElement Golden = Repository.Golden("sweeps.json");

    /// <summary>Of a finished grid and of one that still runs, with infinite costs and ties; from statsmodels, and for the grid from the textbook's formulas too.</summary>
    [Theory]
    [InlineData("full")]
    [InlineData("running")]
    public void Shares_and_F_statistics_are_those_of_statsmodels(string name)
    {
        JsonElement expected = Golden.GetProperty(name);
        Effects effects = Of(expected)!;
        Effect[] all = [.. effects.Main, .. effects.Interactions];
        Assert.Equal(6, all.Length);
        foreach (JsonElement effect in expected.GetProperty("effects").EnumerateArray())
        {
            string[] options = [.. effect.GetProperty("options").EnumerateArray().Select(option => option.GetString()!)];
            Effect actual = Assert.Single(all, one => one.Options.SequenceEqual(options));
            Assert.Equal(effect.GetProperty("share").GetDouble(), actual.Share, 1e-8);
            Assert.Equal(effect.GetProperty("f").GetDouble(), actual.Share / actual.ByChance!.Value, 1e-5);
        }

        Assert.Equal(expected.GetProperty("together").GetDouble(), effects.Together, 1e-8);
        Assert.Equal(expected.GetProperty("settings").GetDouble(), effects.Settings!.Value, 1e-10);
        Assert.Equal(effects.Interactions.OrderByDescending(effect => effect.Share - effect.ByChance), effects.Interactions);
    }

    [Fact]
    public void Only_the_order_of_the_costs_matters()
    {
        SweepPlan plan = SweptTrainings.Grid([3, 2], 4);
        var random = new NumPyRandom(3);
        double[] costs = [.. Enumerable.Range(0, 24).Select(i => random.Uniform() + (i / 8))];
        Effects one = SweepSummary.Of(new SweepResults(plan, [.. costs.Select((cost, i) => SweptTrainings.Of(i, cost))])).Effects!;
        Effects other = SweepSummary.Of(new SweepResults(plan, [.. costs.Select((cost, i) => SweptTrainings.Of(i, cost == costs.Max() ? double.PositiveInfinity : Math.Exp(9 * cost)))])).Effects!;
        Assert.Equal(one.Main.Select(effect => effect.Share), other.Main.Select(effect => effect.Share));
        Assert.InRange(one.Main[0].Share, 0.5, 1);
    }

    /// <summary>Two options whose combination alone decides: neither by itself explains anything.</summary>
    [Fact]
    public void A_combination_alone_may_explain_everything()
    {
        SweepPlan plan = SweptTrainings.Grid([2, 2, 2], 2);
        Effects effects = SweepSummary.Of(new SweepResults(
            plan, [.. Enumerable.Range(0, 16).Select(i => SweptTrainings.Of(i, plan.Values(plan.SettingOf(i))[0] == plan.Values(plan.SettingOf(i))[1] ? 1 : 2))])).Effects!;
        Assert.All(effects.Main, effect => Assert.Equal(0, effect.Share, 1e-12));
        Assert.Equal(["a", "b"], effects.Interactions[0].Options);
        Assert.Equal((1, 1), (effects.Interactions[0].Share, effects.Settings));
        Assert.Equal(0, effects.Interactions[1].Share, 1e-12);
    }

    [Fact]
    public void Without_a_difference_there_is_nothing_to_explain()
    {
        SweepPlan plan = SweptTrainings.Grid([2, 2], 2);
        Assert.Null(SweepSummary.Of(new SweepResults(plan, [.. Enumerable.Range(0, 8).Select(i => SweptTrainings.Of(i, double.PositiveInfinity))])).Effects);
        SweepPlan single = SweptTrainings.Grid([], 2);
        Assert.Null(SweepSummary.Of(new SweepResults(single, [SweptTrainings.Of(0, 1), SweptTrainings.Of(1, 2)])).Effects);
    }

    /// <summary>While only the first value of an option has been trained, and where no setting has two trainings.</summary>
    [Fact]
    public void What_cannot_be_told_apart_yet_is_left_out()
    {
        SweepPlan plan = SweptTrainings.Grid([2, 2], 1);
        Effects effects = SweepSummary.Of(new SweepResults(plan, [SweptTrainings.Of(0, 1), SweptTrainings.Of(1, 2)])).Effects!;
        Assert.Equal([(0, null), (1, null)], effects.Main.Select(effect => (effect.Share, effect.ByChance)));
        Assert.Empty(effects.Interactions);
        Assert.Null(effects.Settings);
    }

    /// <summary>
    /// A random search in which one of three options matters, 200 times: what the others and the interactions explain is on the mean what is expected by chance, though the seeds
    /// of a setting come out nearly the same.
    /// </summary>
    [Fact]
    public void Drawn_options_without_an_effect_explain_what_is_expected_by_chance()
    {
        const int trials = 200, seeds = 3;
        var random = new NumPyRandom(1);
        var shares = new List<Effect>();
        for (int sweep = 0; sweep < 200; sweep++)
        {
            var plan = new SweepPlan(
                [("seed", $"{sweep}")], [], [new SweepDraw("learning-rate", 0.001, 1, true), new SweepDraw("momentum", 0, 1, false), new SweepDraw("gain", 0.5, 2, true)], trials, seeds);
            double cost = 0;
            SweptTraining[] trainings = [.. Enumerable.Range(0, trials * seeds).Select(i =>
            {
                long setting = plan.SettingOf(i);
                cost = plan.SeedOf(i) == 0 ? random.StandardNormal() + Math.Log(plan.Draws[0].At(setting, (ulong)sweep)) : cost;
                return SweptTrainings.Of(i, Math.Exp(cost + (0.01 * random.StandardNormal())));
            })];
            Effects effects = SweepSummary.Of(new SweepResults(plan, trainings)).Effects!;
            Assert.InRange(effects.Main[0].Share, 0.5, 1);
            shares.AddRange([effects.Main[2], .. effects.Interactions]);
        }

        Assert.Equal(1, shares.Average(effect => effect.Share) / shares.Average(effect => effect.ByChance!.Value), 0.05);
    }

    private static Effects? Of(JsonElement expected)
    {
        SweepPlan plan = SweptTrainings.Grid(Golden.GetProperty("levels").Integers(), Golden.GetProperty("seeds").GetInt32());
        return SweepSummary.Of(new SweepResults(
            plan, [.. expected.GetProperty("rows").Integers().Zip(expected.GetProperty("costs").Costs(), (row, cost) => SweptTrainings.Of(row, cost))])).Effects;
    }
}
