using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Training;

namespace StepZero.Benchmarks.Conclusions;

/// <summary>A rate and a time to train for.</summary>
internal sealed record Pace(string Name, double Rate, int Iterations);

/// <summary>Data, a rate, and what trainings on them share.</summary>
internal sealed record Setting(string Data, Pace Pace, PreparedData Prepared, Dataset? Test)
{
    public string Name => FormattableString.Invariant($"{Data}, rate {Pace.Rate}");
}

/// <summary>Trainings of the classic experiment over many seeds.</summary>
internal static class Study
{
    public const int Seeds = 32;
    private const int CalmIterations = 10_000;
    private static readonly double[] Rates = [0.003, 0.001, 0.0003, 0.0001, 0.00003, 0.00001];

    private static readonly string[] Scaled = ["he", "xavier"];

    public static readonly int[] Classic = [5, 5];
    public static readonly Pace ClassicPace = new("classic", 0.01, 1000);

    public static IEnumerable<Setting> SettingsOf(string name, Dataset train, Dataset? test)
    {
        PreparedData prepared = Prepare(train);
        double calm = Rates.First(rate => IsCalm(new Setting(name, new Pace("stable", rate, CalmIterations), prepared, null)));
        yield return new Setting(name, new Pace("stable", calm, CalmIterations), prepared, test);
        yield return new Setting(name, ClassicPace, prepared, test);
    }

    public static Dataset? Photos(string folder) =>
        Directory.Exists(folder) ? ImageFolder.Read(folder, new DataOptions { Threads = Environment.ProcessorCount }).Data.WithPositive("cat") : null;

    public static PreparedData Prepare(Dataset train) => PreparedData.Prepare(
        train, new Architecture(train.FeatureCount, Classic, Activation.Tanh), new TrainingOptions { Form = TrainingForm.Dual }, Environment.ProcessorCount);

    /// <summary>One training a seed.</summary>
    public static IReadOnlyList<RunResult> Train(Setting setting, string start, int[] hidden, Activation activation, int seeds = Seeds, Pace? pace = null)
    {
        pace ??= setting.Pace;
        var architecture = new Architecture(setting.Prepared.Data.FeatureCount, hidden, activation);
        var options = new TrainingOptions { LearningRate = pace.Rate, Iterations = pace.Iterations, Form = TrainingForm.Dual };
        return Run([.. Enumerable.Range(1, seeds).Select(seed => new RunSpec(architecture, Initializer.Parse(start), options, (uint)seed))], setting);
    }

    /// <summary>The run of seed 1 and shadows of it.</summary>
    public static IReadOnlyList<RunResult> TrainShadows(Setting setting, string start, int shadows)
    {
        var architecture = new Architecture(setting.Prepared.Data.FeatureCount, Classic, Activation.Tanh);
        var options = new TrainingOptions { LearningRate = setting.Pace.Rate, Iterations = setting.Pace.Iterations, Form = TrainingForm.Dual };
        return Run([.. Enumerable.Range(0, shadows + 1).Select(shadow => new RunSpec(architecture, Initializer.Parse(start), options, 1, shadow))], setting);
    }

    /// <summary>Trains from weights that are all one number in each layer, a draw of standard deviation 1/√n, and counts the units that are no copies.</summary>
    public static (double FinalCost, double Accuracy, int DistinctUnits)[] TrainEqual(Setting setting)
    {
        var results = new (double, double, int)[Seeds];
        Parallel.For(0, Seeds, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, i =>
        {
            var architecture = new Architecture(setting.Prepared.Data.FeatureCount, Classic, Activation.Tanh);
            var parameters = new Parameters(architecture);
            var random = new RandomNumbers.NumPyRandom((uint)i + 1);
            for (int layer = 0; layer < architecture.LayerCount; layer++)
            {
                Array.Fill(parameters.Weights[layer], random.StandardNormal() / Math.Sqrt(architecture.LayerSizes[layer]));
            }

            Trainer trainer = setting.Prepared.StartTrainer(architecture, parameters, setting.Pace.Rate);
            while (trainer.Iteration < setting.Pace.Iterations)
            {
                trainer.Step();
            }

            results[i] = (trainer.Cost(), trainer.Accuracy()!.Value, DistinctUnits(trainer.CopyParameters()));
        });
        return results;
    }

    /// <summary>The units of the hidden layers that are no copy of another unit before them.</summary>
    public static int DistinctUnits(Parameters parameters) => Enumerable.Range(0, parameters.Weights.Count - 1).Sum(layer =>
        Enumerable.Range(0, parameters.LayerSizes[layer + 1]).Count(unit => !Enumerable.Range(0, unit).Any(
            other => parameters.WeightsInto(layer, unit).SequenceEqual(parameters.WeightsInto(layer, other))
                && parameters.Biases[layer][unit] == parameters.Biases[layer][other])));

    /// <summary>The first iteration whose cost is at most the target; infinite where none is.</summary>
    public static double IterationsTo(RunResult run, double target)
    {
        int at = Array.FindIndex(run.Record.Costs, cost => cost <= target);
        return at < 0 ? double.PositiveInfinity : at;
    }

    private static IReadOnlyList<RunResult> Run(RunSpec[] specs, Setting setting) =>
        Trainings.Run(specs, setting.Prepared, setting.Test, new Execution { Threads = Environment.ProcessorCount });

    /// <summary>Whether hardly any cost rises, from He's and Xavier's start.</summary>
    private static bool IsCalm(Setting setting) => Scaled.All(start => Train(setting, start, Classic, Activation.Tanh, seeds: 4).All(run =>
    {
        double[] costs = run.Record.Costs;
        return run.Record.Status == RunStatus.Completed && Enumerable.Range(1, costs.Length - 1).Count(t => costs[t] > costs[t - 1]) < costs.Length / 1000;
    }));
}
