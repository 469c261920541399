using System.Diagnostics;
using StepZero.Training;

namespace StepZero.Cli;

/// <summary>
/// Progress on standard error: on a terminal one line with a bar and the time left, else a plain line every ten seconds.
/// </summary>
internal sealed class TrainingProgressBar : IProgress<TrainingProgress>, IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly Lock gate = new();
    private readonly double[] shares;
    private readonly bool silent;
    private readonly bool terminal = !Console.IsErrorRedirected;
    private readonly long started = Stopwatch.GetTimestamp();
    private TimeSpan shown;
    private bool drawn;

    private TrainingProgressBar(int runs, bool silent)
    {
        shares = new double[runs];
        this.silent = silent;
        shown = TimeSpan.Zero;
    }

    public static TrainingProgressBar Start(int runs, bool silent) => new(runs, silent);

    public void Report(TrainingProgress value)
    {
        lock (gate)
        {
            shares[value.Run] = (double)value.Iteration / value.Iterations;
            TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
            if (silent || elapsed - shown < (terminal ? TerminalInterval : PlainInterval))
            {
                return;
            }

            shown = elapsed;
            double share = shares.Average();
            string left = Duration(elapsed * ((1 - share) / share));
            if (terminal)
            {
                drawn = true;
                int filled = (int)(share * Width);
                Console.Error.Write($"\r\e[K{new string('█', filled)}{new string('░', Width - filled)} {share,4:P0}  {left} left");
            }
            else
            {
                Console.Error.WriteLine($"trained {share:P0}, {left} left");
            }
        }
    }

    /// <summary>Removes the bar.</summary>
    public void Dispose()
    {
        if (drawn)
        {
            Console.Error.Write("\r\e[K");
        }
    }

    private static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{time.Seconds + 1} s";
}
