using StepZero.RandomNumbers;
using StepZero.Sweeps;

namespace StepZero.Tests.Sweeps;

public class SweepPlanTests
{
    private static readonly SweepAxis Init = new("init", ["he", "xavier", "zeros"]), Rate = new("learning-rate", ["0.1", "1"]), Hidden = new("hidden", ["5,5", "32"]);

    [Theory]
    [InlineData(1, 1, false)]
    [InlineData(1, 7, false)]
    [InlineData(5, 3, true)]
    [InlineData(40, 50, true)]
    public void Blocks_hold_every_training_once_and_each_one_network(int trials, int seeds, bool drawn)
    {
        SweepPlan plan = new([("data", "moons")], [Init, Hidden, Rate], drawn ? [new SweepDraw("weight-decay", 1e-4, 1, true)] : [], trials, seeds);
        Assert.Equal(12 * trials, plan.SettingCount);
        Assert.Equal(12 * trials * seeds, plan.TrainingCount);
        long next = 0;
        for (long block = 0; block < plan.BlockCount; block++)
        {
            (long first, int count) = plan.Block(block);
            Assert.Equal(next, first);
            Assert.InRange(count, 1, 512);
            next += count;
            Assert.Single(Enumerable.Range(0, count).Select(i => plan.Options(plan.SettingOf(first + i)).Single(option => option.Name == "hidden").Value).Distinct());
        }

        IEnumerable<(long, int)> trainings = Enumerable.Range(0, (int)plan.TrainingCount).Select(i => (plan.SettingOf(i), plan.SeedOf(i)));
        Assert.Equal(Enumerable.Range(0, (int)plan.SettingCount).SelectMany(setting => Enumerable.Range(0, seeds).Select(seed => ((long)setting, seed))), trainings.Order());

        Assert.Equal(plan.TrainingCount, next);
    }

    [Fact]
    public void Every_combination_is_one_setting()
    {
        SweepPlan plan = new([], [Init, Rate, Hidden], []);
        Assert.Equal(["hidden", "init", "learning-rate"], plan.Names);
        string[] all = [.. Enumerable.Range(0, 12).Select(setting => string.Join(' ', plan.Values(setting)))];
        Assert.Equal(all.Length, all.Distinct().Count());
        Assert.Equal("5,5 he 0.1", all[0]);
        Assert.Equal("5,5 he 1", all[1]);
        Assert.Equal("5,5 xavier 0.1", all[2]);
        Assert.Equal("32 zeros 1", all[11]);
    }

    [Fact]
    public void Trainings_that_start_from_the_same_weights_follow_one_another()
    {
        SweepPlan plan = new([], [Rate, Init], [new SweepDraw("weight-decay", 0, 1, false)], trials: 3, seeds: 4);
        Assert.Equal(
            Enumerable.Range(0, 3 * 4).SelectMany(start => Enumerable.Repeat((Init.Values[start / 4], start % 4), 6)),
            Enumerable.Range(0, 72).Select(i => (plan.Values(plan.SettingOf(i))[0], plan.SeedOf(i))));
    }

    [Fact]
    public void Enough_blocks_for_sixteen_shards_come_of_a_thousand_trainings() => Assert.InRange(new SweepPlan([], [Init, Rate], [], seeds: 200).BlockCount, 64, 200);

    [Fact]
    public void A_draw_that_changes_the_network_keeps_its_trials_apart()
    {
        SweepPlan plan = new([], [], [new SweepDraw("clip-norm", 0.1, 1, false)], trials: 10, seeds: 4);
        Assert.Equal(10, plan.BlockCount);
        Assert.All(Enumerable.Range(0, 10), block => Assert.Equal((block * 4L, 4), plan.Block(block)));
    }

    [Fact]
    public void Draws_are_those_of_the_stream_at_the_place_of_the_trial_and_the_same_for_all_axes()
    {
        SweepPlan plan = new([("seed", "7")], [Init], [new SweepDraw("learning-rate", 1e-4, 1, true), new SweepDraw("weight-decay", 0, 0.5, false)], trials: 100);
        double[] rates = new double[100], decays = new double[100];
        new PhiloxRandom(7, "sweep learning-rate").FillUniform(rates, 0, 1);
        new PhiloxRandom(7, "sweep weight-decay").FillUniform(decays, 0, 1);
        for (int trial = 0; trial < 100; trial++)
        {
            foreach (int init in (int[])[0, 1, 2])
            {
                IReadOnlyList<string> values = plan.Values((init * 100) + trial);
                Assert.Equal(Init.Values[init], values[0]);
                Assert.Equal(Math.Pow(10, (4 * rates[trial]) - 4), double.Parse(values[1]), 1e-12);
                Assert.Equal(decays[trial] / 2, double.Parse(values[2]), 1e-12);
            }
        }
    }

    [Fact]
    public void Values_of_a_range_are_as_they_would_be_typed()
    {
        Assert.Equal(["0.001", "0.01", "0.1", "1"], SweepAxis.Range("learning-rate", 1e-3, 1, 4, true).Values);
        Assert.Equal(["0.1", "0.2", "0.3", "0.4"], SweepAxis.Range("test-fraction", 0.1, 0.4, 4, false).Values);
        Assert.Equal("0.03162277660168", SweepAxis.Range("learning-rate", 0.01, 10, 7, true).Values[1]);
    }

    [Fact]
    public void A_range_ends_exactly_where_it_was_said_to() =>
        Assert.Equal(["0.0001", "0.01", "1"], SweepAxis.Range("learning-rate", 1e-4, 1, 3, true).Values.Select((value, i) => i == 1 ? $"{double.Parse(value):0.############}" : value));

    [Fact]
    public void What_makes_no_plan_is_refused()
    {
        Refused("twice", () => new SweepPlan([("data", "moons")], [new SweepAxis("data", ["xor"])], []));
        Refused("empty", () => new SweepPlan([], [new SweepAxis("init", [])], []));
        Refused("'he' stands there twice", () => new SweepPlan([], [new SweepAxis("init", ["he", "he"])], []));
        Refused("2,000,000,000 trainings", () => new SweepPlan([], [Rate], [], 1_000_000, 1000));

        static void Refused(string expected, Func<SweepPlan> make) => Assert.Contains(expected, Assert.Throws<StepZeroException>(make).Message, StringComparison.Ordinal);
    }
}
