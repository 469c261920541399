using System.IO.Compression;
using System.IO.Hashing;

namespace StepZero.Files.Arrays;

/// <summary>
/// Reads .npz files: zips of .npy files, stored or deflated, as <c>numpy.savez</c> and <c>numpy.savez_compressed</c> write them. What an array holds
/// is checked against its checksum.
/// </summary>
internal static class NpzFile
{
    private const string Expected = "a NumPy file of arrays (.npz)";
    private const string Ending = ".npy";
    private const int MostShown = 5;

    /// <summary>Deflate packs at most 258 bytes into two bits.</summary>
    private const int GreatestRatio = 1032;

    /// <summary>As much is read at once, so that it is still in the cache when it is added to the checksum.</summary>
    private const int Piece = 1 << 18;

    /// <summary>The arrays of a file, named as in NumPy. Members that do not end in .npy are left out.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">The file cannot be read, is damaged, holds no array, two of one name, or one with a password.</exception>
    public static IReadOnlyList<StoredArray> List(string path) => List(path, () => NpyFile.Open(path), NpyFile.Memory);

    /// <summary>As <see cref="List(string)"/>, with the bytes from anywhere.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="open">Opens the bytes; called again for every reading.</param>
    /// <param name="memory">The most bytes that an array may take.</param>
    internal static IReadOnlyList<StoredArray> List(string path, Func<Stream> open, long memory) => Damage.Guard<IReadOnlyList<StoredArray>>(path, Expected, () =>
    {
        using Stream file = open();
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        ZipArchiveEntry[] members = [.. zip.Entries.Where(member => member.FullName.EndsWith(Ending, StringComparison.Ordinal))];
        Check(path, zip, members);
        return [.. members.Select(member =>
        {
            string name = NameOf(member);
            NpyHeader header = Named(name, () =>
            {
                using Stream bytes = OpenMember(member);
                return NpyHeader.Read(bytes.ReadExactly, member.Length);
            });
            return NpyFile.Describe(name, header, () => Damage.Guard(path, Expected, () => Read(path, open, name, header, memory)));
        })];
    });

    private static void Check(string path, ZipArchive zip, ZipArchiveEntry[] members)
    {
        if (members is [])
        {
            string found = zip.Entries.Count == 0 ? "nothing"
                : string.Join(", ", zip.Entries.Take(MostShown).Select(member => $"'{OneLine.Of(member.FullName, StoredArray.LongestName)}'")) + (zip.Entries.Count > MostShown ? ", …" : "");
            string advice = zip.Entries.Any(member => member.FullName.StartsWith("xl/", StringComparison.Ordinal)) ? "It is an Excel file: save it as CSV."
                : zip.Entries.Any(member => member.FullName.EndsWith("/data.pkl", StringComparison.Ordinal)) ? "It is a PyTorch file, whose reading can run code: save the state_dict with safetensors.torch.save_file."
                : "Write it with numpy.savez.";
            throw new StepZeroException($"{path}: holds no arrays: expected members that end in {Ending}, found {found}. {advice}");
        }

        HashSet<string> names = new(StringComparer.Ordinal);
        foreach (ZipArchiveEntry member in members)
        {
            if (!names.Add(member.FullName))
            {
                throw new StepZeroException($"{path}: holds two arrays '{OneLine.Of(NameOf(member), StoredArray.LongestName)}'; expected names that differ. Write it again with numpy.savez.");
            }

            if (member.IsEncrypted)
            {
                throw new StepZeroException($"{path}: array '{OneLine.Of(NameOf(member), StoredArray.LongestName)}' is protected by a password; expected a file without. Unpack it, or write it again.");
            }
        }
    }

    private static Array Read(string path, Func<Stream> open, string name, NpyHeader header, long memory)
    {
        using Stream file = open();
        using var zip = new ZipArchive(file, ZipArchiveMode.Read);
        return Named(name, () =>
        {
            ZipArchiveEntry member = zip.GetEntry(name + Ending) ?? throw new InvalidDataException("it is gone since the file was opened");
            using Stream bytes = OpenMember(member);
            var checksum = new Crc32();
            Array values = NpyFile.Read(path, name, header, ReadChecked, member.Length, memory);
            return checksum.GetCurrentHashAsUInt32() == member.Crc32 ? values : throw new InvalidDataException("its bytes do not fit their checksum");

            void ReadChecked(Span<byte> target)
            {
                while (!target.IsEmpty)
                {
                    Span<byte> piece = target[..Math.Min(target.Length, Piece)];
                    bytes.ReadExactly(piece);
                    checksum.Append(piece);
                    target = target[piece.Length..];
                }
            }
        });
    }

    /// <summary>Opens a member whose length can be believed: no more than the file holds of it, or than it can be unpacked to.</summary>
    private static Stream OpenMember(ZipArchiveEntry member)
    {
        Stream bytes = member.Open();
        bool believed = bytes is DeflateStream ? member.Length / GreatestRatio <= member.CompressedLength : member.Length == member.CompressedLength;
        if (!believed)
        {
            bytes.Dispose();
            throw new InvalidDataException($"{member.CompressedLength} bytes cannot hold the {member.Length} that are claimed");
        }

        return bytes;
    }

    private static string NameOf(ZipArchiveEntry member) => member.FullName[..^Ending.Length];

    /// <summary>Adds the name of the array to what goes wrong with it.</summary>
    private static T Named<T>(string name, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is InvalidDataException or EndOfStreamException)
        {
            throw new InvalidDataException($"array '{OneLine.Of(name, StoredArray.LongestName)}': {error.Message}", error);
        }
    }
}
