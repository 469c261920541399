using StepZero.Data;

namespace StepZero.Files;

/// <summary>Finds data by what a user writes: a folder of pictures, or the name of a generated set.</summary>
public static class DataSource
{
    /// <summary>Whether the text means a folder: there is one, and it does not begin with the name of a set (./pets is always the folder).</summary>
    public static bool IsFolder(string text) => Directory.Exists(text) && !IsSet(text);

    /// <summary>Reads or makes a data set.</summary>
    /// <param name="text">A folder, or a text that <see cref="GeneratedSets.Parse"/> reads.</param>
    /// <param name="seed">The seed of a generated set.</param>
    /// <param name="images">How a folder of pictures is read.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <exception cref="StepZeroException">There is no such data, or it is bad.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended early.</exception>
    public static ImageFolderContent Load(string text, uint seed, ImageFolderOptions images, CancellationToken cancellation = default)
    {
        if (IsFolder(text))
        {
            return ImageFolder.Read(text, images, cancellation);
        }

        if (File.Exists(text) && !IsSet(text))
        {
            throw new StepZeroException($"{text}: is a file; expected a folder of pictures, or one of {string.Join(", ", GeneratedSets.Names)}.");
        }

        if (Path.IsPathRooted(text) || text.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            throw new StepZeroException($"{text}: there is no such folder.");
        }

        return new ImageFolderContent(GeneratedSets.Parse(text, seed), []);
    }

    private static bool IsSet(string text) => GeneratedSets.Names.Contains(text.Split(':')[0]);
}
