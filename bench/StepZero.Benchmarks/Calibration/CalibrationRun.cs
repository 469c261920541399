using System.Globalization;
using StepZero.Diagnostics;

namespace StepZero.Benchmarks.Calibration;

/// <summary>Holds verdicts of the diagnosis against what became of the trainings.</summary>
internal static class CalibrationRun
{
    public const int DefaultCount = 2000;

    /// <summary>The time of a diagnosis is measured for one configuration in so many, alone on the machine.</summary>
    private const int TimedEvery = 10;

    /// <summary>Writes the tables to standard output and how far it has come to standard error; after Ctrl-C the tables of the trials made until then.</summary>
    /// <param name="seed">The seed of the draw.</param>
    /// <param name="count">How many configurations are drawn.</param>
    /// <param name="file">Receives what <c>fit_forecast.py</c> fits the forecast to; null for nothing.</param>
    public static int Run(uint seed, int count, string? file)
    {
        Configuration[] drawn = Configuration.Draw(seed, count, out int redrawn);
        long started = TimeProvider.System.GetTimestamp();
        using var ended = new CancellationTokenSource();
        Console.CancelKeyPress += (_, press) => (press.Cancel, _) = (!ended.IsCancellationRequested, ended.CancelAsync());
        Trial[] trials = RunAll(drawn, ended.Token);
        if (file is not null)
        {
            File.WriteAllLines(file, trials.Select(trial => trial.Course is not CostCourse course ? null : string.Create(
                CultureInfo.InvariantCulture, $"{course.Exponential},{course.Power},{course.Lowest},{course.Seen},{Math.Log(trial.Target)},{(trial.Trains ? 1 : 0)}")).OfType<string>());
        }

        (double, double)[] times = [.. drawn.Take(trials.Length).Where((_, i) => i % TimedEvery == 0).Select(Trial.Time)];
        double minutes = TimeProvider.System.GetElapsedTime(started).TotalMinutes;
        Console.WriteLine(CalibrationPage.Of(seed, trials, redrawn, times, minutes));
        return 0;
    }

    /// <summary>All trials; where Ctrl-C ended them early, the first ones.</summary>
    private static Trial[] RunAll(Configuration[] drawn, CancellationToken ended)
    {
        var trials = new Trial[drawn.Length];
        double all = drawn.Sum(Cost), done = 0;
        int next = -1, finished = 0;
        long started = TimeProvider.System.GetTimestamp();
        Parallel.For(0, Environment.ProcessorCount, _ =>
        {
            for (int i = Interlocked.Increment(ref next); i < trials.Length && !ended.IsCancellationRequested; i = Interlocked.Increment(ref next))
            {
                trials[i] = Trial.Of(drawn[i]);
                lock (trials)
                {
                    done += Cost(drawn[i]);
                    if (++finished % 50 == 0 || finished == trials.Length)
                    {
                        double seconds = TimeProvider.System.GetElapsedTime(started).TotalSeconds;
                        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{finished} of {trials.Length}, {seconds * ((all / done) - 1) / 60:F1} min left"));
                    }
                }
            }
        });
        return [.. trials.Where(trial => trial is not null)];
    }

    /// <summary>The work of a training and its diagnosis.</summary>
    private static double Cost(Configuration configuration) => configuration.Work + 1e10;
}
