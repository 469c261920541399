using System.Diagnostics;

namespace StepZero.Cli;

/// <summary>Progress on standard error: on a terminal one line with a bar and the time left, else a plain line every ten seconds. For one thread at a time.</summary>
/// <param name="silent">Whether nothing is shown.</param>
internal sealed class ProgressLine(bool silent) : IDisposable
{
    private const int Width = 30;
    private static readonly TimeSpan TerminalInterval = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan PlainInterval = TimeSpan.FromSeconds(10);

    private readonly bool terminal = !Console.IsErrorRedirected;
    private readonly long started = Stopwatch.GetTimestamp();
    private TimeSpan shown;
    private bool drawn;

    /// <summary>Shows how far the work is, unless that was shown a moment ago.</summary>
    /// <param name="share">The part that is done, above 0.</param>
    /// <param name="begun">The part that was done before.</param>
    /// <param name="more">What else is said, from the time since the beginning.</param>
    public void Show(double share, double begun = 0, Func<TimeSpan, string>? more = null)
    {
        TimeSpan elapsed = Stopwatch.GetElapsedTime(started);
        if (silent || elapsed - shown < (terminal ? TerminalInterval : PlainInterval))
        {
            return;
        }

        shown = elapsed;
        string left = $"{Duration(elapsed * ((1 - share) / (share - begun)))} left{(more is null ? "" : $", {more(elapsed)}")}";
        if (terminal)
        {
            drawn = true;
            int filled = (int)(share * Width);
            Console.Error.Write($"\r\e[K{new string('█', filled)}{new string('░', Width - filled)} {share,4:P0}  {left}");
        }
        else
        {
            Console.Error.WriteLine($"trained {share:P0}, {left}");
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

    /// <summary>A time as people say it.</summary>
    public static string Duration(TimeSpan time) => time.TotalHours >= 1
        ? $"{(int)time.TotalHours} h {time.Minutes} min"
        : time.TotalMinutes >= 1 ? $"{time.Minutes} min {time.Seconds} s" : $"{time.Seconds + 1} s";
}
