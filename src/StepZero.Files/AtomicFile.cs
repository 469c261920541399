namespace StepZero.Files;

/// <summary>Files that are written beside themselves and then renamed, so that a reader never sees half a file.</summary>
internal static class AtomicFile
{
    private const string UnfinishedEnding = ".part";

    /// <summary>Writes a file.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="write">Writes the content.</param>
    /// <param name="advice">What to do if it cannot be written, a sentence.</param>
    /// <exception cref="StepZeroException">The file cannot be written; the old one, if any, is untouched.</exception>
    public static void Write(string path, Action<Stream> write, string advice) => Guard(path, advice, () =>
    {
        string unfinished = Unfinished(path);
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

    /// <summary>Refuses the place of a file that an option names, before anything is made for it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="option">The option, for messages.</param>
    /// <exception cref="StepZeroException">It is a folder, or there is no folder to write to, or that takes no file.</exception>
    public static void CheckPlace(string path, string option = "--save")
    {
        if (Directory.Exists(path))
        {
            throw new StepZeroException($"{path}: is a folder; expected a file to write to.");
        }

        if (Path.GetDirectoryName(Path.GetFullPath(path)) is string folder && !Directory.Exists(folder))
        {
            throw new StepZeroException($"{path}: cannot be written: there is no folder {folder}. Make it, or choose another file with {option}.");
        }

        // Whether the folder takes a file is learned now, not after hours of training.
        Guard(path, $"Choose another file with {option}.", () =>
        {
            string trial = Unfinished(path);
            File.Create(trial).Dispose();
            File.Delete(trial);
        });
    }

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

    /// <summary>The names, as a pattern, of files of some name that are not written to their end.</summary>
    public static string UnfinishedNames(string name) => $"{name}.*{UnfinishedEnding}";

    private static string Unfinished(string path) => $"{path}.{Path.GetRandomFileName()}{UnfinishedEnding}";
}
