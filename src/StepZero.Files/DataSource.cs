using StepZero.Data;

namespace StepZero.Files;

/// <summary>Finds data by what a user writes: a folder of pictures, or the name of a generated set.</summary>
public static class DataSource
{
    /// <summary>Reads or makes a data set.</summary>
    /// <param name="text">A folder, or a text that <see cref="GeneratedSets.Parse"/> reads.</param>
    /// <param name="seed">The seed of a generated set.</param>
    /// <param name="images">How a folder of pictures is read.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <exception cref="StepZeroException">There is no such data, or it is bad.</exception>
    /// <exception cref="OperationCanceledException">The reading was ended early.</exception>
    public static ImageFolderContent Load(string text, uint seed, ImageFolderOptions images, CancellationToken cancellation = default)
    {
        if (Directory.Exists(text))
        {
            return ImageFolder.Read(text, images, cancellation);
        }

        if (File.Exists(text))
        {
            throw new StepZeroException($"{text}: is a file; expected a folder of pictures, or one of {string.Join(", ", GeneratedSets.Names)}.");
        }

        if (Path.IsPathRooted(text) || text.AsSpan().IndexOfAny('/', '\\') >= 0)
        {
            throw new StepZeroException($"{text}: there is no such folder.");
        }

        return new ImageFolderContent(GeneratedSets.Parse(text, seed), []);
    }
}
