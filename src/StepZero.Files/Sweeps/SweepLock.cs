namespace StepZero.Files;

/// <summary>A file beside a database that is held open while a process trains for it, so that no other does.</summary>
internal static class SweepLock
{
    private const string Ending = ".lock";

    /// <summary>Whoever asks whether it is held has it for a moment, no longer.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(0.5);

    /// <summary>Takes the lock; it is given back when the file is closed, and by the system where the process is killed.</summary>
    /// <exception cref="StepZeroException">Another process has it, or the file cannot be made.</exception>
    public static FileStream Take(string database)
    {
        FileStream? held = null;
        AtomicFile.Guard(database, "Choose another folder with --output.", () => SpinWait.SpinUntil(() => (held = OpenFree(database)) is not null, Patience));
        return held ?? throw new StepZeroException($"{database}: another process is at work on this sweep. Wait until it ends, train another part with --shard, or choose another folder with --output.");
    }

    private static FileStream? OpenFree(string database)
    {
        try
        {
            return Open(database);
        }
        catch (IOException error) when (IsTaken(error))
        {
            return null;
        }
    }

    /// <summary>Opens the file for this process alone; the runtime opens it anew where another has deleted it in between.</summary>
    private static FileStream Open(string database) => new(database + Ending, new FileStreamOptions
    {
        Mode = FileMode.OpenOrCreate,
        Access = FileAccess.ReadWrite,
        Share = FileShare.None,
        BufferSize = 0,
        Options = FileOptions.DeleteOnClose,
    });

    /// <summary>Whether a process trains for a database now.</summary>
    public static bool IsHeld(string database)
    {
        try
        {
            using var file = new FileStream(database + Ending, FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return error is IOException taken && IsTaken(taken);
        }
    }

    /// <summary>What the systems say of a file that is locked: EAGAIN of Linux and of macOS, ERROR_SHARING_VIOLATION.</summary>
    private static bool IsTaken(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 32;
}
