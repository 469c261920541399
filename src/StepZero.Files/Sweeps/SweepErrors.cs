using Microsoft.Data.Sqlite;

namespace StepZero.Files;

/// <summary>Turns what goes wrong with a database into a message.</summary>
internal static class SweepErrors
{
    // Primary result codes of SQLite, https://www.sqlite.org/rescode.html.
    private const int Busy = 5;
    private const int Locked = 6;
    private const int ReadOnly = 8;
    private const int Corrupt = 11;
    private const int Full = 13;
    private const int CannotOpen = 14;
    private const int NotADatabase = 26;

    /// <summary>Extended codes, by which a log cannot be read where nothing can be written.</summary>
    private static readonly int[] LogsLeftOver = [264, 520, 776, 1288];

    /// <summary>The extended code of a write-ahead index that cannot grow, which is what a full disk looks like there.</summary>
    private const int IndexCannotGrow = 4874;

    /// <summary>Does something with a database.</summary>
    /// <param name="path">The database.</param>
    /// <param name="act">What to do.</param>
    /// <exception cref="StepZeroException">It went wrong.</exception>
    public static T Guard<T>(string path, Func<T> act)
    {
        try
        {
            return act();
        }
        catch (SqliteException error)
        {
            throw Of(path, error);
        }
    }

    /// <inheritdoc cref="Guard{T}(string, Func{T})"/>
    public static void Guard(string path, Action act) => Guard(path, () =>
    {
        act();
        return 0;
    });

    /// <summary>Whether the file could not be locked, or a log not be made beside it, because nothing can be written there.</summary>
    public static bool CannotLock(SqliteException error) => error.SqliteErrorCode is CannotOpen or ReadOnly;

    /// <summary>The message of an error.</summary>
    public static StepZeroException Of(string path, SqliteException error) => new($"{path}: {Text(error)}", error);

    private const string LeftOver = "was left in the middle of writing, in a folder that cannot be written, where what came last cannot be read. Copy the folder, and read the copy.";

    private static string Text(SqliteException error) => (error.SqliteErrorCode, error.SqliteExtendedErrorCode) switch
    {
        (Full, _) or (_, IndexCannotGrow) => "no space is left on the disk. What is finished is kept; make room and go on with --resume.",
        (Busy or Locked, _) => "another program has locked it. Close what has it open, and go on with --resume.",
        (ReadOnly, int code) when LogsLeftOver.Contains(code) => LeftOver,
        (ReadOnly, _) => "cannot be written: the file or its folder may only be read. Change that, or choose another folder with --output.",
        (Corrupt, _) => "is damaged. Move it away and train anew; a copy of what can still be read is made by 'sqlite3 FILE .recover'.",
        (NotADatabase, _) => "is no SQLite database; expected one that 'stepzero sweep' wrote.",
        (CannotOpen, _) => $"cannot be opened, or {LeftOver}",
        _ => $"{error.Message}. What is finished is kept; go on with --resume once that is mended.",
    };
}
