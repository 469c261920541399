using System.Globalization;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Tests.Reports;

/// <summary>Sweeps for pictures and pages: real trainings, and ones whose outcome is given by a formula.</summary>
internal static class DrawnSweeps
{
    private const int Iterations = 300;

    private static readonly Dataset Moons = GeneratedSets.Parse("moons:60:0.15", 1);

    private static readonly Dictionary<string, Func<SweepResults>> Made = new()
    {
        ["three"] = () => Train(new SweepPlan([("data", "moons")], [new SweepAxis("init", ["he", "xavier", "zeros"])], [], seeds: 20)),
        ["grid"] = () => Train(Grid(8, null)),
        ["target"] = () => Train(Grid(8, new TrainingTarget(TargetQuantity.Cost, 0.25))),
        ["random"] = () => Of(Random(500, 1), (setting, seed) => Drawn(Random(500, 1), setting, seed)),
        ["diverged"] = () => Of(Grid(5, null), (_, _) => double.PositiveInfinity),
        ["single"] = () => Of(new SweepPlan([("data", "moons"), ("init", "he")], [], []), (_, _) => 0.25),
        ["single target"] = () => Of(new SweepPlan([], [new SweepAxis("init", ["he"])], [], target: new TrainingTarget(TargetQuantity.Cost, 0.1)), (_, _) => 0.25),
        ["long names"] = () => Of(
            new SweepPlan([], [new SweepAxis("init", [.. Enumerable.Range(0, 9).Select(i => $"random:0.{i}12345678901:normal+random:0.0625:nn{i}")]), new SweepAxis("activation", ["tanh", "relu", "leaky_relu:0.012345678901234567890123456"]), new SweepAxis("hidden", ["64,64,64,64,64,64,64,64,64,64", "5"])], [], seeds: 7, target: new TrainingTarget(TargetQuantity.Cost, 0.1)),
            (setting, seed) => 0.02 * (1 + (setting % 9)) * (0.5 + Noise(setting, seed))),
        ["many"] = () => Of(
            new SweepPlan([], [SweepAxis.Range("learning-rate", 1e-4, 10, 100, true), SweepAxis.Range("weight-decay", 1e-6, 1, 25, true), new SweepAxis("init", ["he", "xavier", "lecun", "orthogonal"]), new SweepAxis("hidden", ["5", "5,5", "32", "64,64,64", "16", "128,128", "8", "9", "10", "11"])], []),
            (setting, seed) => setting % 97 == 0 ? double.PositiveInfinity : Math.Exp(-6 + (8 * Noise(setting, seed)) + (setting % 4))),
        ["partial"] = () => Of(Grid(6, new TrainingTarget(TargetQuantity.Cost, 0.1)), (setting, seed) => 0.3 * Noise(setting / 3, seed), index => index / 16 % 3 != 1),
        ["zeros"] = () => Of(Grid(6, null), (setting, seed) => seed == 0 ? 0 : Noise(setting, seed) * Math.Pow(10, -(setting % 12))),
        ["same"] = () => Of(Grid(6, null), (_, _) => 0.6931471805599453),
        ["many options"] = () => Of(
            new SweepPlan([], [new SweepAxis("init", ["he", "xavier"]), new SweepAxis("activation", ["tanh", "relu"]), new SweepAxis("batch-size", ["8", "32"]), new SweepAxis("optimizer", ["sgd", "adam"]), new SweepAxis("hidden", ["5,5", "32"]), new SweepAxis("momentum", ["0", "0.9"])],
                [new SweepDraw("learning-rate", 1e-4, 1, true), new SweepDraw("weight-decay", 0, 0.1, false)], trials: 4),
            (setting, seed) => 0.1 + Noise(setting, seed)),
        ["accuracy of many options"] = () => Of(
            new SweepPlan([], [new SweepAxis("hidden", ["none", "8", "16,16"]), new SweepAxis("activation", ["tanh", "relu"]), new SweepAxis("optimizer", ["gd", "adam"]), new SweepAxis("init", ["random:10:normal", "he", "xavier"])],
                [new SweepDraw("learning-rate", 1e-4, 10, true), new SweepDraw("weight-decay", 1e-6, 0.1, true)], trials: 4, seeds: 3, target: new TrainingTarget(TargetQuantity.Accuracy, 0.5)),
            (setting, seed) => Math.Pow(10, 0.1 - (2 * Noise(setting, seed)))),
    };

    private static readonly Dictionary<string, Lazy<SweepSummary>> Summaries = Made.ToDictionary(one => one.Key, one => new Lazy<SweepSummary>(() => SweepSummary.Of(one.Value())));

    /// <summary>The names of the sweeps.</summary>
    public static IEnumerable<string> Names => Made.Keys;

    /// <summary>A sweep summed up.</summary>
    public static SweepSummary Summary(string name) => Summaries[name].Value;

    /// <summary>A pseudo-random number between 0 and 1 for a pair of numbers.</summary>
    public static double Noise(long a, int b) => ((((a * 7919) + (b * 104729) + 31) * 2654435761) % 1000003) / 1000003.0;

    public static SweepPlan Grid(int seeds, TrainingTarget? target) => new(
        [("data", "moons")], [new SweepAxis("init", ["he", "xavier", "random:0.01", "random:3"]), SweepAxis.Range("learning-rate", 1e-3, 10, 9, true), new SweepAxis("hidden", ["5", "5,5", "8,8,8"])], [], seeds: seeds, target: target);

    public static SweepPlan Random(long trials, int seeds) => new(
        [("data", "moons")], [], [new SweepDraw("learning-rate", 1e-4, 10, true), new SweepDraw("weight-decay", 1e-6, 0.1, true), new SweepDraw("momentum", 0, 1, false)], trials, seeds);

    private static double Drawn(SweepPlan plan, long setting, int seed)
    {
        double rate = Math.Log10(Number(plan, setting, "learning-rate")), momentum = Number(plan, setting, "momentum");
        return rate - Math.Log10(1.001 - momentum) > 1.2 ? double.PositiveInfinity : 0.01 * Math.Pow(10, 0.4 * Math.Pow(rate + 0.5, 2)) * (0.5 + Noise(setting, seed));
    }

    /// <summary>Trains all that a plan asks for: the options <c>init</c>, <c>learning-rate</c> and <c>hidden</c>, on moons.</summary>
    public static SweepResults Train(SweepPlan plan)
    {
        var swept = new List<SweptTraining>();
        foreach (IGrouping<string, long> network in Enumerable.Range(0, (int)plan.TrainingCount).Select(i => (long)i).GroupBy(index => Of(plan, index, "hidden", "5,5")))
        {
            var architecture = new Architecture(2, [.. network.Key.Split(',').Select(size => int.Parse(size, CultureInfo.InvariantCulture))], Activation.Tanh);
            long[] indices = [.. network];
            RunSpec[] specs = [.. indices.Select(index => new RunSpec(
                architecture, Initializer.Parse(Of(plan, index, "init", "xavier")),
                new TrainingOptions { LearningRate = double.Parse(Of(plan, index, "learning-rate", "0.1"), CultureInfo.InvariantCulture), Iterations = Iterations, Target = plan.Target })
            {
                Seed = 1 + (uint)plan.SeedOf(index),
            })];
            foreach (IGrouping<double, (long Index, RunSpec Spec)> rate in indices.Zip(specs).GroupBy(one => one.Second.Training.LearningRate))
            {
                var prepared = PreparedData.Prepare(Moons, architecture, rate.First().Spec.Training);
                swept.AddRange(rate.Zip(Trainings.Run([.. rate.Select(one => one.Spec)], prepared)).Select(one => SweptTraining.Of(one.First.Index, one.Second, Moons.SampleCount)));
            }
        }

        return new SweepResults(plan, [.. swept.OrderBy(training => training.Index)]);
    }

    /// <summary>A sweep of trainings by a formula.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="cost">The cost of each training by its setting's number and its seed's; infinite where it diverges.</param>
    /// <param name="isThere">Which trainings are there; null for all.</param>
    public static SweepResults Of(SweepPlan plan, Func<long, int, double> cost, Func<long, bool>? isThere = null) => new(
        plan, [.. Enumerable.Range(0, (int)plan.TrainingCount).Select(i => (long)i).Where(index => isThere is null || isThere(index)).Select(index => Training(plan, index, cost(plan.SettingOf(index), plan.SeedOf(index))))]);

    /// <summary>The value of an option of a setting, as a number.</summary>
    public static double Number(SweepPlan plan, long setting, string name) =>
        double.Parse(plan.Options(setting).Single(option => option.Name == name).Value, CultureInfo.InvariantCulture);

    private static string Of(SweepPlan plan, long index, string name, string otherwise) => plan.Options(plan.SettingOf(index)).FirstOrDefault(option => option.Name == name).Value ?? otherwise;

    private static SweptTraining Training(SweepPlan plan, long index, double cost)
    {
        int[] at = SweptTraining.CurveAt(Iterations);
        bool diverged = double.IsInfinity(cost);
        float[] curve = [.. at.Take(diverged ? 9 : at.Length).Select(t => diverged ? 0.7f * (1 + t) : (float)(0.7 * Math.Pow(cost / 0.7, (double)t / Iterations)))];
        int? reached = plan.Target is { Quantity: TargetQuantity.Accuracy } accuracy ? (1 - (cost / 1.5) >= accuracy.Value ? 1 + (int)(100 * cost) : null)
            : plan.Target is not { } target || !(cost <= target.Value) ? null
            : (int)Math.Ceiling(Iterations * Math.Clamp(Math.Log(target.Value / 0.7) / Math.Log(cost / 0.7), 0, 1));
        return new SweptTraining(
            index, diverged ? RunStatus.Diverged : RunStatus.Completed, cost, diverged ? null : Math.Clamp(1 - (cost / 1.5), 0, 1), null, null, reached, Iterations, diverged ? 40 : Iterations, 0.01, curve);
    }
}
