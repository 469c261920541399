namespace StepZero.Files;

/// <summary>Files that are written beside themselves and then renamed, so that a reader never sees half a file.</summary>
internal static class AtomicFile
{
    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="advice">What to do if it cannot be written, a sentence.</param>
    /// <exception cref="StepZeroException">The file cannot be written; the old one, if any, is untouched.</exception>
    public static void Write(string path, Action<Stream> write, string advice) => Guard(path, advice, () =>
    {
        string unfinished = $"{path}.{Path.GetRandomFileName()}.part";
        try
        {
            using (FileStream file = File.Create(unfinished))
            {
                write(file);
            }

            File.Move(unfinished, path, overwrite: true);
        }
        finally
        {
            File.Delete(unfinished);
        }
    });

    /// <summary>Turns what goes wrong with a file system into a message.</summary>
    public static void Guard(string path, string advice, Action write)
    {
        try
        {
            write();
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StepZeroException($"{path}: cannot be written: {error.Message} {advice}", error);
        }
    }
}
