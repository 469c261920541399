namespace StepZero.Cli;

/// <summary>The exit codes of every command.</summary>
internal static class ExitCode
{
    public const int Done = 0;
    public const int Failed = 1;
    public const int Usage = 2;

    /// <summary>A command that judges found what it judged wanting.</summary>
    public const int Wanting = 3;

    public const int Interrupted = 130;
}

/// <summary>The command line is wrong: one line that says what was found and what was expected.</summary>
internal sealed class UsageException(string message) : Exception(message);
