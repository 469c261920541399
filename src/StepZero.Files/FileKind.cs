using System.Buffers.Binary;
using StepZero.Files.Models;

namespace StepZero.Files;

/// <summary>What a file of data holds.</summary>
internal enum FileKind
{
    Table,
    Hdf5,
    Npz,
    Npy,
    Parquet,
}

/// <summary>Tells what a file holds by its first bytes.</summary>
internal static class FileKinds
{
    private const int Longest = 12;

    /// <summary>The kinds with their first bytes, and the endings by which users know them.</summary>
    private static readonly (FileKind Kind, byte[] Start, string Name, string[] Endings)[] Known =
    [
        (FileKind.Hdf5, [0x89, .. "HDF\r\n"u8, 0x1A, (byte)'\n'], "an HDF5 file", [".h5", ".hdf5", ".hdf", ".he5"]),
        (FileKind.Npz, [.. "PK"u8, 3, 4], "a zip of arrays", [".npz"]),
        (FileKind.Npz, [.. "PK"u8, 5, 6], "a zip of arrays", [".npz"]),
        (FileKind.Npy, [0x93, .. "NUMPY"u8], "a NumPy array", [".npy"]),
        (FileKind.Parquet, [.. "PAR1"u8], "a Parquet file", [".parquet", ".pq"]),
        (FileKind.Parquet, [.. "PARE"u8], "a Parquet file", [".parquet", ".pq"]),
    ];

    /// <summary>Files that are often given by mistake, and what to do instead.</summary>
    private static readonly (byte[] Start, string Advice)[] Others =
    [
        ([0xFF, 0xD8, 0xFF], "is one picture; expected a folder of pictures. Give its folder."),
        ([0x89, .. "PNG"u8], "is one picture; expected a folder of pictures. Give its folder."),
        ([.. "GIF8"u8], "is one picture; expected a folder of pictures. Give its folder."),
        ([(byte)'{'], "is JSON; expected HDF5, NPZ, NPY, Parquet or CSV."),
        ([(byte)'<'], "is HTML or XML; expected HDF5, NPZ, NPY, Parquet or CSV."),
        ([0x1F, 0x8B], "is compressed with gzip. Unpack it first."),
        ([.. "BZh"u8], "is compressed with bzip2. Unpack it first."),
        ([0xFD, .. "7zXZ"u8], "is compressed with xz. Unpack it first."),
        ([0x28, 0xB5, 0x2F, 0xFD], "is compressed with zstd. Unpack it first."),
        ([.. "%PDF"u8], "is a PDF; expected HDF5, NPZ, NPY, Parquet or CSV."),
        ([0xD0, 0xCF, 0x11, 0xE0], "is an old Excel file. Save it as CSV."),
    ];

    /// <summary>What a file holds; a table of text where its first bytes say nothing else.</summary>
    /// <exception cref="StepZeroException">The file is empty, cannot be read, is something that is not read, or is not what its ending says.</exception>
    public static FileKind Of(string path)
    {
        Span<byte> start = new byte[Longest];
        bool isHdf5;
        try
        {
            using FileStream file = OpenOrdinary(path, "HDF5, NPZ, NPY, Parquet or CSV");
            start = start[..file.ReadAtLeast(start, Longest, throwOnEndOfStream: false)];
            isHdf5 = Hdf5Start(file) is not null;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StepZeroException($"{path}: cannot be read: {error.Message}", error);
        }

        foreach ((FileKind kind, byte[] begin, _, _) in Known)
        {
            if (start.StartsWith(begin))
            {
                return kind;
            }
        }

        if (isHdf5)
        {
            return FileKind.Hdf5;
        }

        foreach ((byte[] begin, string advice) in Others)
        {
            if (start.StartsWith(begin))
            {
                throw new StepZeroException($"{path}: {advice}");
            }
        }

        if (SafetensorsFile.Begins(start) && BinaryPrimitives.ReadUInt64LittleEndian(start) <= int.MaxValue)
        {
            throw new StepZeroException($"{path}: holds weights (.safetensors); expected HDF5, NPZ, NPY, Parquet or CSV. Start a network with them: --init file:{path}.");
        }

        string ending = Path.GetExtension(path).ToLowerInvariant();
        return Array.Find(Known, known => known.Endings.Contains(ending)) is (_, byte[] expected, string name, _)
            ? throw new StepZeroException($"{path}: is not {name}: it begins with {Convert.ToHexString(start[..Math.Min(start.Length, expected.Length)])}; expected {Convert.ToHexString(expected)}. Write or copy it again.")
            : FileKind.Table;
    }

    /// <summary>Opens a file that can be read more than once.</summary>
    /// <param name="path">The file.</param>
    /// <param name="expected">What it should be.</param>
    /// <exception cref="StepZeroException">It is empty, a pipe or a device.</exception>
    public static FileStream OpenOrdinary(string path, string expected)
    {
        // A pipe has the length 0 too, and opening one would wait for its other end.
        if (new FileInfo(path) is { Length: 0, LinkTarget: null })
        {
            throw new StepZeroException($"{path}: the file is empty, or no ordinary file; expected {expected}.");
        }

        FileStream file = File.OpenRead(path);
        if (!file.CanSeek)
        {
            file.Dispose();
            throw new StepZeroException($"{path}: is a pipe or device, which can be read only once. Save it to a file first.");
        }

        return file;
    }

    /// <summary>Where the mark of HDF5 stands: at the start, or at byte 512, 1024, 2048 … after a block of the user's own; null without one.</summary>
    public static long? Hdf5Start(FileStream file)
    {
        byte[] mark = Known[0].Start;
        Span<byte> found = new byte[mark.Length];
        for (long at = 0; at <= file.Length - mark.Length; at = Math.Max(512, at * 2))
        {
            file.Position = at;
            if (file.ReadAtLeast(found, found.Length, throwOnEndOfStream: false) == found.Length && found.SequenceEqual(mark))
            {
                return at;
            }
        }

        return null;
    }
}
