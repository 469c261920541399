using System.Diagnostics;
using System.Globalization;
using StepZero.Data;
using StepZero.Files;
using StepZero.Initialization;
using StepZero.Networks;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Benchmarks;

/// <summary>What a sweep costs beside its trainings: rows a second where trainings are free, or next to nothing, and the share of a real one's time that is not training.</summary>
internal static class SweepBenchmark
{
    private const int Free = 100_000;

    public static int Run()
    {
        Console.WriteLine(Machine.Describe());
        string folder = Directory.CreateTempSubdirectory("stepzero-").FullName;
        try
        {
            var plan = new SweepPlan([("data", "none")], [new SweepAxis("init", ["he", "xavier"]), SweepAxis.Range("learning-rate", 1e-3, 1, 500, true)], [], 1, Free / 1000);
            for (int round = 0; round < 3; round++)
            {
                Say("free trainings, written", Free, Write(plan, Path.Combine(folder, $"free{round}.db")));
                Say("trainings of one update on four samples, whole sweep", Free, Train(plan, Path.Combine(folder, $"small{round}.db"), "xor:4", [], 1).Seconds);
            }

            foreach ((string data, int[] hidden) in ((string, int[])[])[("pets", [5, 5]), ("moons", [5, 5]), ("moons", [32])])
            {
                var real = new SweepPlan([], [new SweepAxis("init", ["he", "xavier"]), SweepAxis.Range("learning-rate", 1e-3, 1, 16, true)], [], 1, 32);
                (double seconds, double training) = Train(real, Path.Combine(folder, $"{data}{string.Join('-', hidden)}.db"), data, hidden, 1000);
                Say($"{data} {string.Join(',', hidden)}, 1,000 updates", (int)real.TrainingCount, seconds);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"    {1 - (training / seconds / Environment.ProcessorCount):P1} of the threads' time outside training"));
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }

        return 0;
    }

    private static void Say(string what, int trainings, double seconds) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: {trainings:N0} in {seconds:0.00} s, {trainings / seconds:N0} a second"));

    /// <summary>Rows as trainings leave them, made of nothing.</summary>
    private static double Write(SweepPlan plan, string path)
    {
        long started = Stopwatch.GetTimestamp();
        using var database = SweepDatabase.Write(path, plan);
        for (long block = 0; block < plan.BlockCount; block++)
        {
            (long first, int count) = plan.Block(block);
            database.Append(Enumerable.Range(0, count).Select(i => new SweptTraining(
                first + i, RunStatus.Completed, 1.0 / (1 + first + i), 0.5, null, null, null, 1000, 1000, 0.001, new float[SweptTraining.CurvePoints])));
        }

        return Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    private static (double Seconds, double Training) Train(SweepPlan plan, string path, string data, int[] hidden, int iterations)
    {
        long started = Stopwatch.GetTimestamp();
        Dataset samples = GeneratedSets.Parse(data, 1);
        var network = new Architecture(samples.FeatureCount, hidden, Activation.Tanh);
        var options = new TrainingOptions { Iterations = iterations };
        PreparedData prepared = PreparedData.Prepare(samples, network, options, Environment.ProcessorCount);
        Initializer[] starts = [Initializer.He, Initializer.Xavier];
        double training = 0;
        using var database = SweepDatabase.Write(path, plan);
        var sweep = new SweepTraining(plan, setting =>
        {
            IReadOnlyList<string> values = plan.Values(setting);
            return new SweepSetting(new RunSpec(network, starts[values[0] == "he" ? 0 : 1], options with { LearningRate = double.Parse(values[1], CultureInfo.InvariantCulture) }), prepared, null);
        }, TimeProvider.System);
        long begun = Stopwatch.GetTimestamp();
        sweep.Run([.. Enumerable.Range(0, (int)plan.BlockCount).Select(block => (long)block)], _ => false, trained =>
        {
            database.Append(trained);
            training += trained.Sum(one => one.Seconds);
        }, Environment.ProcessorCount);
        return (Stopwatch.GetElapsedTime(iterations == 1 ? started : begun).TotalSeconds, training);
    }
}
