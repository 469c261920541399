#:project ../src/StepZero/StepZero.csproj

// Which start and rate are best for a network, over many seeds: dotnet run samples/which-start.cs
using System.Globalization;
using StepZero.Data;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

Dataset moons = GeneratedSets.Parse("moons:100:0.2", seed: 1);
var network = new Architecture(inputs: moons.FeatureCount, hidden: [5, 5], Activation.Tanh);
var options = new TrainingOptions { Iterations = 100, Target = TrainingTarget.Parse("cost:0.35") };
PreparedData data = PreparedData.Prepare(moons, network, options);

// Two options with their values; every combination is trained from 10 seeds.
var plan = new SweepPlan([], [new SweepAxis("init", ["he", "xavier", "zeros"]), SweepAxis.Range("learning-rate", 0.01, 1, points: 3, isLogarithmic: true)], [], seeds: 10, target: options.Target);
Dictionary<string, Initializer> starts = plan.Axes[0].Values.ToDictionary(name => name, Initializer.Parse);
var sweep = new SweepTraining(plan, setting =>
{
    IReadOnlyList<string> values = plan.Values(setting);
    double rate = double.Parse(values[1], CultureInfo.InvariantCulture);
    return new SweepSetting(new RunSpec(network, starts[values[0]], options with { LearningRate = rate }), data, Test: null);
});

var trainings = new List<SweptTraining>();
sweep.Run([.. Enumerable.Range(0, (int)plan.BlockCount).Select(block => (long)block)], isDone: _ => false, trainings.AddRange, threads: 2);

SweepSummary summary = SweepSummary.Of(new SweepResults(plan, [.. trainings.OrderBy(training => training.Index)]));
foreach (SettingSummary setting in summary.Best(3))
{
    Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{string.Join(", rate ", setting.Values)}: cost 0.35 reached by {setting.Reached?.Count} of {setting.Reached?.Total}, after {setting.Iterations?.Median} iterations (median)"));
}
