namespace StepZero.Files.Arrays;

/// <summary>Reads .npy files: one array each, as <c>numpy.save</c> writes it.</summary>
internal static class NpyFile
{
    private const string Expected = "a NumPy array (.npy)";

    /// <summary>The most bytes that an array may take: the memory of the machine, or what its container or limit leaves of it.</summary>
    public static long Memory => GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;

    /// <summary>The array of a file, named as the file is, without its ending.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">The file cannot be read, or is damaged.</exception>
    public static IReadOnlyList<StoredArray> List(string path) => List(path, () => Open(path), Memory);

    /// <summary>As <see cref="List(string)"/>, with the bytes from anywhere.</summary>
    /// <param name="path">The file, for names and messages.</param>
    /// <param name="open">Opens the bytes; called again for every reading.</param>
    /// <param name="memory">The most bytes that the array may take.</param>
    internal static IReadOnlyList<StoredArray> List(string path, Func<Stream> open, long memory)
    {
        NpyHeader header = Damage.Guard(path, Expected, () =>
        {
            using Stream file = open();
            return NpyHeader.Read(file.ReadExactly, file.Length);
        });
        string name = Path.GetFileNameWithoutExtension(path);
        return [Describe(name, header, () => Damage.Guard(path, Expected, () =>
        {
            using Stream file = open();
            return Read(path, name, header, file.ReadExactly, file.Length, memory);
        }))];
    }

    /// <summary>Opens a file to be read in large pieces, for which a buffer would only be in the way.</summary>
    internal static Stream Open(string path) => new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);

    /// <summary>What is listed of an array.</summary>
    internal static StoredArray Describe(string name, NpyHeader header, Func<Array> read) => new(name, header.Type.Name, header.Type.Kind, header.Shape) { Read = read };

    /// <summary>Reads an array whose header was read before.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="name">The array, for messages.</param>
    /// <param name="listed">What the header said then.</param>
    /// <param name="read">Reads the next bytes of the array, from its header on.</param>
    /// <param name="length">How many bytes it has.</param>
    /// <param name="memory">The most bytes that it may take.</param>
    internal static Array Read(string path, string name, NpyHeader listed, Action<Span<byte>> read, long length, long memory)
    {
        var header = NpyHeader.Read(read, length);
        return listed.Matches(header)
            ? NpyElements.Read($"{path}: array '{OneLine.Of(name, StoredArray.LongestName)}'", header, read, memory)
            : throw new InvalidDataException("it has changed since it was opened");
    }
}
