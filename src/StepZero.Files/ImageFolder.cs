using System.Buffers;
using SkiaSharp;
using StepZero.Data;

namespace StepZero.Files;

/// <summary>
/// Reads a folder of pictures (JPEG, PNG, BMP, GIF, WebP) whose classes are their sub-folders, or what their names hold before the first digit, dot,
/// dash or underscore: cat.2671.jpg is a cat. Other files are passed over.
/// </summary>
public static class ImageFolder
{
    private static readonly SearchValues<char> EndOfClass = SearchValues.Create("0123456789.-_");

    /// <summary>Reads all pictures of a folder and its sub-folders of one level, in ordinal order of their names.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="options">How to read it.</param>
    /// <param name="wanted">The size of pictures that a model takes; null where the first picture says what size the others must have.</param>
    /// <param name="cancellation">Ends the reading early.</param>
    /// <returns>Samples of width × height × 3 bytes, and a note for each file that was left out. The first class by name is the positive one.</returns>
    /// <exception cref="StepZeroException">
    /// The folder holds no pictures, a picture is bad or of another size, or a name gives no class where one is needed; the message names the file.
    /// </exception>
    /// <exception cref="OperationCanceledException">The reading was ended early.</exception>
    public static LoadedData Read(string folder, DataOptions options, ImageSize? wanted = null, CancellationToken cancellation = default)
    {
        string[] paths = FindPictures(folder);
        string[] classNames = [.. paths.Select(path => options.Unlabelled ? "" : ClassOf(folder, path))];
        var bad = new StepZeroException?[paths.Length];
        var wrongSize = new StepZeroException?[paths.Length];

        ImageSize size = options.Size ?? wanted ?? FirstSize(paths, options.SkipBad);
        long features = size.FeatureCount;
        if (paths.Length * features > Array.MaxLength)
        {
            throw new StepZeroException(
                $"{folder}: {paths.Length} pictures of {size.Width}×{size.Height} need {paths.Length * features / 1_000_000} MB, more than one array holds. Make them smaller with --image-size.");
        }

        byte[] pixels = new byte[paths.Length * features];
        Parallel.For(0, paths.Length, new ParallelOptions { MaxDegreeOfParallelism = options.Threads, CancellationToken = cancellation }, i =>
        {
            try
            {
                using SKCodec codec = PictureReader.Open(paths[i]);
                if (options.Size is null && (codec.Info.Width != size.Width || codec.Info.Height != size.Height))
                {
                    wrongSize[i] = new StepZeroException(
                        $"{paths[i]}: {codec.Info.Width}×{codec.Info.Height} pixels; expected {size.Width}×{size.Height} {(wanted is null ? "as in the first picture" : "as the model takes them")}. Resize all with --image-size {size.Width}x{size.Height}.");
                    return;
                }

                PictureReader.Decode(paths[i], codec, options.Size, pixels.AsSpan((int)(i * features), (int)features));
            }
            catch (StepZeroException error)
            {
                bad[i] = error;
            }
        });

        if ((options.SkipBad ? [] : bad).Concat(wrongSize).FirstOrDefault(error => error is not null) is StepZeroException first)
        {
            throw first;
        }

        string[] classes = [.. classNames.Where((_, i) => bad[i] is null).Distinct().Order(StringComparer.Ordinal)];
        int[] labels = [.. classNames.Select(name => Math.Max(0, Array.IndexOf(classes, name)))];
        var all = Dataset.FromBytes(NameOf(folder), pixels, (int)features, labels, classes, size);
        string[] skipped = [.. bad.OfType<StepZeroException>().Select(error => $"  {error.Message}")];
        int[] good = [.. Enumerable.Range(0, paths.Length).Where(i => bad[i] is null)];
        LoadedData loaded = skipped.Length == 0
            ? new LoadedData(all, "folder of pictures", [])
            : new LoadedData(all.Select(good), "folder of pictures", [$"left out {skipped.Length} bad file(s) of {folder}:", .. skipped]);
        return loaded with { SampleNames = [.. good.Select(i => Path.GetRelativePath(folder, paths[i]).Replace('\\', '/'))] };
    }

    private static string[] FindPictures(string folder)
    {
        var deep = new EnumerationOptions { RecurseSubdirectories = true, MaxRecursionDepth = 1, IgnoreInaccessible = false };
        string[] paths;
        try
        {
            string[] circular = [.. Directory.EnumerateDirectories(folder).Where(below => LeadsAbove(below, folder))];
            paths = [.. Directory.EnumerateFiles(folder, "*", deep).Where(path => !circular.Contains(Path.GetDirectoryName(path)) && PictureReader.Endings.Contains(Path.GetExtension(path).ToLowerInvariant()))];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StepZeroException($"{folder}: the folder cannot be read: {error.Message}", error);
        }

        Array.Sort(paths, StringComparer.Ordinal);
        return paths.Length > 0
            ? paths
            : throw new StepZeroException(
                $"{folder}: no pictures found; expected files such as cat.1.jpg or sub-folders named for their class, of type {string.Join(", ", PictureReader.Endings)}.");
    }

    /// <summary>Whether a folder is a link to one that it lies in.</summary>
    private static bool LeadsAbove(string below, string folder) => new DirectoryInfo(below) is { LinkTarget: not null } link
        && link.ResolveLinkTarget(returnFinalTarget: true) is FileSystemInfo target
        && $"{Path.GetFullPath(folder)}{Path.DirectorySeparatorChar}".StartsWith($"{Path.TrimEndingDirectorySeparator(target.FullName)}{Path.DirectorySeparatorChar}", StringComparison.Ordinal);

    private static string ClassOf(string folder, string path)
    {
        string parent = Path.GetDirectoryName(Path.GetRelativePath(folder, path))!;
        if (parent.Length > 0)
        {
            return parent;
        }

        string file = Path.GetFileName(path);
        int end = file.AsSpan().IndexOfAny(EndOfClass);
        return end > 0
            ? file[..end]
            : throw new StepZeroException(
                $"{path}: the name gives no class; expected one before the first digit, dot, dash or underscore, as in cat.1.jpg, or a sub-folder named for the class.");
    }

    /// <summary>The size of the first picture that can be opened.</summary>
    private static ImageSize FirstSize(string[] paths, bool skipBad)
    {
        StepZeroException? error = null;
        foreach (string path in paths)
        {
            try
            {
                using SKCodec codec = PictureReader.Open(path);
                return new ImageSize(codec.Info.Width, codec.Info.Height);
            }
            catch (StepZeroException bad)
            {
                error ??= bad;
                if (!skipBad)
                {
                    break;
                }
            }
        }

        throw skipBad
            ? new StepZeroException($"{Path.GetDirectoryName(paths[0])}: none of the {paths.Length} files is a picture that can be read. The first: {error!.Message}")
            : error!;
    }

    private static string NameOf(string folder) => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)));
}
