using System.Globalization;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Sweeps;

/// <summary>The trainings of a sweep against trainings of one network.</summary>
public sealed class SweepTrainingTests
{
    /// <summary>Three groups, one of them in single precision, of 24 settings from 3 seeds each; some diverge.</summary>
    private static readonly SweepPlan Plan = new(
        [("data", "moons")],
        [new("hidden", ["4", "3,3", "single"]), new("init", ["he", "xavier"]), SweepAxis.Range("learning-rate", 0.1, 1e150, 4, isLogarithmic: true), new("weight-decay", ["0", "0.01", "0.1"])],
        [], seeds: 3);

    private static readonly Dataset Moons = GeneratedSets.Parse("moons:40", 1);
    private static readonly Dataset Test = GeneratedSets.Parse("moons:40", 2);
    private static readonly PreparedData Double = Prepared(Precision.Double);
    private static readonly PreparedData Single = Prepared(Precision.Single);

    private static SweptTraining[] Expected { get; } = [.. Enumerable.Range(0, (int)Plan.TrainingCount).Select(Alone)];

    [Theory]
    [InlineData(1, false)]
    [InlineData(2, true)]
    [InlineData(3, false)]
    public void Each_training_is_that_of_its_setting_and_seed(int threads, bool backwards)
    {
        long[] blocks = [.. Blocks().OrderBy(block => backwards ? -block : block)];
        List<SweptTraining> kept = [];
        Assert.True(new SweepTraining(Plan, SettingOf).Run(blocks, _ => false, kept.AddRange, threads));
        AssertSame(Expected, kept);
        Assert.Contains(kept, training => training.Status == RunStatus.Diverged);
    }

    [Fact]
    public void What_is_done_is_not_trained_again_and_what_is_missing_is_the_same()
    {
        List<SweptTraining> kept = [];
        new SweepTraining(Plan, SettingOf).Run(Blocks(), training => training % 7 is 0 or 3, kept.AddRange, threads: 2);
        AssertSame([.. Expected.Where(training => training.Index % 7 is not (0 or 3))], kept);
    }

    [Fact]
    public void Long_trainings_are_kept_few_at_a_time_and_short_ones_by_the_block()
    {
        Assert.Equal(Enumerable.Repeat(16, 3), Parts(millisecondsOfALook: 10_000));
        int[] growing = Parts(millisecondsOfALook: 0);
        Assert.Equal(16, growing[0]);
        Assert.True(growing[1] > 16);

        static int[] Parts(int millisecondsOfALook)
        {
            List<int> parts = [];
            var plan = new SweepPlan([], [new("init", ["he", "xavier"])], [], seeds: 100_000);
            new SweepTraining(plan, SettingOf, new Clock(millisecondsOfALook)).Run([0], training => training >= 48, part => parts.Add(part.Count));
            return [.. parts];
        }
    }

    [Fact]
    public void Nothing_begins_after_the_budget()
    {
        List<SweptTraining> kept = [];
        Assert.False(new SweepTraining(Plan, SettingOf, new Clock(1000)).Run(Blocks(), _ => false, kept.AddRange, budget: TimeSpan.FromSeconds(20)));
        Assert.InRange(kept.Count, 16, Expected.Length - 16);
        AssertSame([.. Expected.Take(kept.Count)], kept);
        Assert.True(new SweepTraining(Plan, SettingOf, new Clock(1000)).Run(Blocks(), training => training < kept.Count, _ => { }, budget: TimeSpan.FromDays(1)));
    }

    [Fact]
    public void An_interrupt_keeps_what_is_done()
    {
        using var cancellation = new CancellationTokenSource();
        List<SweptTraining> kept = [];
        Assert.ThrowsAny<OperationCanceledException>(() => new SweepTraining(Plan, SettingOf).Run(Blocks(), _ => false, Keep, cancellation: cancellation.Token));
        AssertSame([.. Expected.Take(32)], kept);

        void Keep(IReadOnlyList<SweptTraining> trained)
        {
            kept.AddRange(trained);
            if (kept.Count >= 32)
            {
                cancellation.Cancel();
            }
        }
    }

    /// <summary>As where the data of a setting were prepared anew, or are others.</summary>
    [Fact]
    public void Neighbours_that_do_not_share_their_data_are_each_trained_on_their_own()
    {
        var plan = new SweepPlan([], [new("init", ["he", "xavier"]), new("learning-rate", ["0.1", "0.2"])], [], seeds: 2);
        Dataset[] sets = [Moons, Test];
        PreparedData[] data = [Double, PreparedData.Prepare(Test, new Architecture(2, [4], Activation.Tanh), TrainingOf(Precision.Double))];
        List<SweptTraining> kept = [];
        Assert.True(new SweepTraining(plan, Of).Run([0], _ => false, kept.AddRange));
        AssertSame(
            [.. Enumerable.Range(0, 8).Select(i => SweptTraining.Of(i, Trainings.Run(Of(plan.SettingOf(i)).Run with { Seed = 5 + (uint)plan.SeedOf(i) }, sets[plan.SettingOf(i) % 2]), 40))], kept);

        SweepSetting Of(long number) => new(
            new RunSpec(new Architecture(2, [4], Activation.Tanh), number < 2 ? Initializer.He : Initializer.Xavier, TrainingOf(Precision.Double), Seed: 5), data[number % 2], null);
    }

    private static long[] Blocks() => [.. Enumerable.Range(0, (int)Plan.BlockCount).Select(block => (long)block)];

    private static PreparedData Prepared(Precision precision) => PreparedData.Prepare(Moons, new Architecture(2, [4], Activation.Tanh), TrainingOf(precision));

    private static TrainingOptions TrainingOf(Precision precision) =>
        new() { Iterations = 30, Precision = precision, Form = TrainingForm.Primal, Target = TrainingTarget.Parse("cost:0.5") };

    private static SweepSetting SettingOf(long number)
    {
        var options = Plan.Options(number).ToDictionary();
        bool single = options["hidden"] == "single";
        var architecture = new Architecture(2, single ? [5] : [.. options["hidden"].Split(',').Select(int.Parse)], Activation.Tanh);
        TrainingOptions training = TrainingOf(single ? Precision.Single : Precision.Double) with
        {
            LearningRate = double.Parse(options["learning-rate"], CultureInfo.InvariantCulture),
            WeightDecay = double.Parse(options["weight-decay"], CultureInfo.InvariantCulture),
        };
        return new SweepSetting(new RunSpec(architecture, Initializer.Parse(options["init"]), training, Seed: 5), single ? Single : Double, Test);
    }

    private static SweptTraining Alone(int index)
    {
        SweepSetting setting = SettingOf(Plan.SettingOf(index));
        RunSpec spec = setting.Run with { Seed = 5 + (uint)Plan.SeedOf(index) };
        return SweptTraining.Of(index, Trainings.Run(spec, Moons, Test), Moons.SampleCount);
    }

    private static void AssertSame(SweptTraining[] expected, List<SweptTraining> found)
    {
        SweptTraining[] inOrder = [.. found.OrderBy(training => training.Index)];
        Assert.Equal(expected.Select(Text), inOrder.Select(Text));

        static string Text(SweptTraining training) => $"{training with { Curve = [], Seconds = 0 }} {string.Join(' ', training.Curve)}";
    }

    /// <summary>A clock that goes on each time it is looked at.</summary>
    private sealed class Clock(int millisecondsOfALook) : TimeProvider
    {
        private long now;

        public override long TimestampFrequency => 1000;

        public override long GetTimestamp() => now += millisecondsOfALook;
    }
}
