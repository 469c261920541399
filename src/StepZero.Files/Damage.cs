namespace StepZero.Files;

/// <summary>Reading of files that may hold anything at all.</summary>
internal static class Damage
{
    /// <summary>Turns whatever goes wrong while a file is read into a message: a library may throw anything on a damaged file.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should be, as in "an HDF5 file".</param>
    /// <param name="read">Reads it.</param>
    /// <exception cref="StepZeroException">The file cannot be read, or is damaged.</exception>
    public static T Guard<T>(string path, string expected, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new StepZeroException($"{path}: there is no such file; expected {expected}.", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new StepZeroException($"{path}: cannot be read: {error.Message.TrimEnd('.')}", error);
        }
        catch (OutOfMemoryException error)
        {
            throw new StepZeroException($"{path}: does not fit in memory, or claims more than it holds. Use fewer samples or features, or write it again if it is damaged.", error);
        }
        catch (Exception error) when (error is not (StepZeroException or OperationCanceledException))
        {
            throw new StepZeroException($"{path}: is damaged; expected {expected} that is whole ({error.Message.TrimEnd('.')}). Write or copy it again.", error);
        }
    }
}
