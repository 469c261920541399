using StepZero.Files.Models;
using StepZero.Initialization;

namespace StepZero.Files;

/// <summary>Finds an initializer by what a user writes: a text that <see cref="Initializer.Parse"/> reads, or <c>file:PATH</c> for saved weights.</summary>
public static class InitializerSource
{
    private const string FileStart = "file:";

    /// <summary>Makes an initializer of a text.</summary>
    /// <param name="text">As in <c>he_normal@keras</c>, or <c>file:model.safetensors</c>, whose initializer is named by the file without its folder.</param>
    /// <exception cref="StepZeroException">The text is neither, or the file holds no weights of dense layers.</exception>
    public static Initializer Parse(string text) => PathOf(text) is string path
        ? Initializer.FromParameters(FileStart + OneLine.Of(Path.GetFileName(path)), SavedWeights.Read(path))
        : Initializer.Parse(text);

    /// <summary>The text that gives the same initializer from anywhere: a name in its canonical form, a file with its full path.</summary>
    /// <param name="text">A text that <see cref="Parse"/> reads.</param>
    /// <exception cref="StepZeroException">The text is no initializer. (Whether there is such a file shows when it is read.)</exception>
    public static string Canonical(string text) => PathOf(text) is string path ? FileStart + Path.GetFullPath(path) : Initializer.Parse(text).Name;

    /// <summary>Whether an initializer was made of saved weights.</summary>
    public static bool IsFile(Initializer initializer) => initializer.Name.StartsWith(FileStart, StringComparison.Ordinal);

    private static string? PathOf(string text) => !text.StartsWith(FileStart, StringComparison.Ordinal) ? null
        : text.Length > FileStart.Length ? text[FileStart.Length..]
        : throw new StepZeroException($"Initializer '{text}': the name of the file is missing; expected a file of weights, as in 'file:model.safetensors'.");
}
