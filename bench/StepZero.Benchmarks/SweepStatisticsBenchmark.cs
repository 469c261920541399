using System.Diagnostics;
using System.Globalization;
using StepZero.RandomNumbers;
using StepZero.Sweeps;
using StepZero.Training;

namespace StepZero.Benchmarks;

/// <summary>How often the intervals of a sweep hold the median, beside those of the percentile bootstrap, and how long a million trainings take to be summed up.</summary>
internal static class SweepStatisticsBenchmark
{
    private const int Samples = 10_000;
    private const int BootstrapSamples = 2_000;
    private const int Resamples = 2_000;
    private const int Rows = 1_000_000;

    /// <summary>Medians as in the tests of the coverage: of the normal distribution's quantiles 5/6 and 3/4, of |Cauchy| and of a geometric distribution.</summary>
    private static readonly (string Name, double Median, Func<NumPyRandom, double> Draw)[] Distributions =
    [
        ("lognormal", 1, random => Math.Exp(random.StandardNormal())),
        ("two humps", Math.Exp(0.1 * 0.9674215661017014), random => Math.Exp((0.1 * random.StandardNormal()) + (random.Uniform() < 0.6 ? 0 : 5))),
        ("heavy tails", 1, random => Math.Abs(Math.Tan(Math.PI * (random.Uniform() - 0.5)))),
        ("a third diverges", Math.Exp(0.6744897501960817), random => random.Uniform() < 1 / 3.0 ? double.PositiveInfinity : Math.Exp(random.StandardNormal())),
        ("ties", 139, random => Math.Ceiling(Math.Log(1 - random.Uniform()) / Math.Log(0.995))),
    ];

    public static int Run()
    {
        Console.WriteLine($"Share of 95% intervals that hold the median, of {Samples:N0}; in brackets those of the percentile bootstrap, of {BootstrapSamples:N0}.");
        Console.WriteLine($"| seeds | {string.Join(" | ", Distributions.Select(one => one.Name))} |");
        Console.WriteLine($"|---|{string.Concat(Distributions.Select(_ => "---|"))}");
        foreach (int seeds in new[] { 5, 6, 8, 10, 11, 12, 13, 14, 15, 20, 21, 30, 31, 50, 100 })
        {
            IEnumerable<string> cells = Distributions.Select(one => string.Create(
                CultureInfo.InvariantCulture, $"{Share(seeds, one.Median, one.Draw, Samples, Interval):P1} ({Share(seeds, one.Median, one.Draw, BootstrapSamples, Bootstrap):P1})"));
            Console.WriteLine($"| {seeds} | {string.Join(" | ", cells)} |");
        }

        Time("1,000 settings of 1,000 seeds", new SweepPlan([], [Axis("init", 10), Axis("learning-rate", 100)], [], 1, 1000));
        Time("1,000 settings of 1,000 seeds, a quarter of them missing", new SweepPlan([], [Axis("init", 10), Axis("learning-rate", 100)], [], 1, 1000), 4);
        Time("1,000,000 settings of 1 seed", new SweepPlan([], [Axis("init", 10), Axis("momentum", 10), Axis("learning-rate", 100), Axis("weight-decay", 100)], []));
        Time("1,000,000 settings of 1 seed, a quarter missing", new SweepPlan([], [Axis("init", 10), Axis("momentum", 10), Axis("learning-rate", 100), Axis("weight-decay", 100)], []), 4);
        Time("1,000,000 trials of random search", new SweepPlan([], [Axis("init", 10)], [new("learning-rate", 1e-4, 1, true), new("momentum", 0, 1, false), new("weight-decay", 1e-6, 1, true)], 100_000));
        return 0;
    }

    private static void Time(string name, SweepPlan plan, int missingOf = 0)
    {
        var random = new NumPyRandom(1);
        SweptTraining[] trainings = [.. Enumerable.Range(0, Rows).Where(i => missingOf == 0 || random.Uniform() > 1.0 / missingOf).Select(i =>
        {
            double cost = random.Uniform() < 0.1 ? double.PositiveInfinity : Math.Exp(random.StandardNormal() + (i % 7));
            return new SweptTraining(
                i, double.IsInfinity(cost) ? RunStatus.Diverged : RunStatus.Completed, cost, double.IsInfinity(cost) ? null : 0.5, null, null, null, 1000, 1000, 0, []);
        })];
        long before = GC.GetTotalAllocatedBytes(true), start = Stopwatch.GetTimestamp();
        SweepSummary summary = SweepSummary.Of(new SweepResults(plan, trainings));
        TimeSpan ranked = Stopwatch.GetElapsedTime(start);
        _ = summary.Best(10);
        TimeSpan best = Stopwatch.GetElapsedTime(start);
        _ = summary.Options;
        TimeSpan options = Stopwatch.GetElapsedTime(start);
        _ = summary.Effects;
        TimeSpan effects = Stopwatch.GetElapsedTime(start);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{name}: ranking {ranked.TotalSeconds:F2} s, the best 10 {(best - ranked).TotalSeconds:F2} s, options {(options - best).TotalSeconds:F2} s, effects {(effects - options).TotalSeconds:F2} s, {(GC.GetTotalAllocatedBytes(true) - before) / 1e6:F0} MB allocated"));
    }

    private static SweepAxis Axis(string name, int values) => new(name, [.. Enumerable.Range(1, values).Select(i => $"{i}")]);

    private static double Share(int seeds, double median, Func<NumPyRandom, double> draw, int samples, Func<double[], NumPyRandom, (double Low, double High)> interval)
    {
        var random = new NumPyRandom(7);
        return Enumerable.Range(0, samples).Average(_ =>
        {
            (double low, double high) = interval([.. Enumerable.Range(0, seeds).Select(_ => draw(random))], random);
            return low <= median && median <= high ? 1.0 : 0;
        });
    }

    private static (double Low, double High) Interval(double[] values, NumPyRandom random)
    {
        Summary summary = Statistics.Summarize(values);
        return (summary.IntervalLow, summary.IntervalHigh);
    }

    /// <summary>The 2.5th and the 97.5th percentile of the medians of samples drawn from the values with replacement (Efron 1979).</summary>
    private static (double Low, double High) Bootstrap(double[] values, NumPyRandom random)
    {
        double[] sample = new double[values.Length], medians = new double[Resamples];
        for (int i = 0; i < Resamples; i++)
        {
            for (int j = 0; j < sample.Length; j++)
            {
                sample[j] = values[(int)(random.Uniform() * values.Length)];
            }

            Array.Sort(sample);
            medians[i] = Statistics.Quantile(sample, 0.5);
        }

        Array.Sort(medians);
        return (Statistics.Quantile(medians, 0.025), Statistics.Quantile(medians, 0.975));
    }
}
