using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using StepZero.Maps;

namespace StepZero.Files;

/// <summary>
/// What is finished of a map that is not: a file in its result folder to which each block is added as soon as it is trained, so that a process that is killed
/// loses the blocks in hand alone. It is held open to the end, and while it is no other process works on the folder.
/// </summary>
/// <remarks>
/// A header of 40 bytes: "SZMAP" and a version, and the SHA-256 of spec.json and of the places of the blocks' pixels. For each block its number and that of its
/// pixels in 4 bytes each; for each pixel its status in a byte and value, cost, accuracy and convergence in 8 bytes each; and the 8 bytes of an XXH3 of these.
/// </remarks>
public sealed class MapJournal : IDisposable
{
    /// <summary>The file's name in a result folder.</summary>
    public const string Name = "map.part";

    private const int PixelBytes = 1 + (4 * sizeof(double));
    private const int FrontBytes = 2 * sizeof(int);
    private const string Advice = "Make room or choose another folder with --output; what is finished is kept, and --resume goes on from there.";

    private readonly FileStream file;
    private readonly string folder;

    private MapJournal(string folder, FileMode mode)
    {
        this.folder = folder;
        file = new FileStream(Path.Combine(folder, Name), new FileStreamOptions { Mode = mode, Access = FileAccess.ReadWrite, Share = FileShare.None, BufferSize = 0 });
    }

    private static ReadOnlySpan<byte> Magic => "SZMAP\0\0\u0001"u8;

    /// <summary>Whether a folder holds a journal: its map is not finished.</summary>
    /// <param name="folder">The result folder.</param>
    public static bool Exists(string folder) => File.Exists(Path.Combine(folder, Name));

    /// <summary>Opens the journal of a folder; null where there is none.</summary>
    /// <param name="folder">The result folder, which need not exist.</param>
    /// <exception cref="StepZeroException">Another process is at work on the folder, or the file cannot be opened.</exception>
    public static MapJournal? Open(string folder) => Exists(folder) ? Guarded(folder, FileMode.Open) : null;

    /// <summary>Creates the journal of a folder.</summary>
    /// <param name="folder">The result folder.</param>
    /// <exception cref="StepZeroException">Another process was faster, or the file cannot be created.</exception>
    public static MapJournal Create(string folder) => Guarded(folder, FileMode.CreateNew);

    /// <summary>Hands out the blocks that are finished, cuts off one that is not whole, and makes ready for more.</summary>
    /// <param name="spec">The job.</param>
    /// <param name="blocks">The blocks of the map.</param>
    /// <param name="enter">Receives each block by its number with what became of its pixels.</param>
    /// <exception cref="StepZeroException">The journal is of another map, or cannot be read or written.</exception>
    public void Begin(JobSpec spec, IReadOnlyList<MapBlock> blocks, Action<int, MapPixel[]> enter)
    {
        byte[] header = Header(spec, blocks);
        AtomicFile.Guard(file.Name, Advice, () =>
        {
            byte[] found = new byte[header.Length];
            file.Position = 0;
            int length = file.ReadAtLeast(found, header.Length, throwOnEndOfStream: false);
            if (length == header.Length && !found.AsSpan().SequenceEqual(header))
            {
                throw new StepZeroException($"{file.Name}: is of another map, or of another version of StepZero; expected the finished part of the map in {folder}. Begin anew with --force.");
            }

            long end = header.Length;
            if (length < header.Length)
            {
                file.Position = 0;
                file.Write(header);
            }
            else
            {
                while (Read(blocks) is (int block, MapPixel[] pixels))
                {
                    enter(block, pixels);
                    end = file.Position;
                }
            }

            file.SetLength(end);
            file.Position = end;
        });
    }

    /// <summary>Adds a block.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="pixels">For each of its pixels what became of it.</param>
    /// <exception cref="StepZeroException">It cannot be written; the blocks before it are kept.</exception>
    public void Add(int block, IReadOnlyList<MapPixel> pixels)
    {
        byte[] record = new byte[RecordBytes(pixels.Count)];
        BinaryPrimitives.WriteInt32LittleEndian(record, block);
        BinaryPrimitives.WriteInt32LittleEndian(record.AsSpan(sizeof(int)), pixels.Count);
        for (int i = 0; i < pixels.Count; i++)
        {
            Span<byte> at = record.AsSpan(FrontBytes + (i * PixelBytes), PixelBytes);
            at[0] = (byte)pixels[i].Status;
            MemoryMarshal.AsBytes([pixels[i].Value, pixels[i].Cost, pixels[i].Accuracy, pixels[i].Convergence]).CopyTo(at[1..]);
        }

        BinaryPrimitives.WriteUInt64LittleEndian(record.AsSpan(record.Length - sizeof(ulong)), Sum(record));

        // In one piece, past any buffer of this process: the system keeps it even where the process is killed at once.
        AtomicFile.Guard(file.Name, Advice, () => file.Write(record));
    }

    /// <summary>Removes the file: the map is finished.</summary>
    public void Remove()
    {
        File.Delete(file.Name);
        Dispose();
    }

    /// <inheritdoc/>
    public void Dispose() => file.Dispose();

    private static MapJournal Guarded(string folder, FileMode mode)
    {
        // What the systems say of a file that is locked, or there already: EAGAIN of Linux and of macOS, EEXIST, ERROR_SHARING_VIOLATION, ERROR_FILE_EXISTS.
        static bool IsTaken(IOException error) => (error.HResult & 0xFFFF) is 11 or 35 or 17 or 32 or 80;

        MapJournal? journal = null;
        AtomicFile.Guard(Path.Combine(folder, Name), "Choose another folder with --output.", () =>
        {
            try
            {
                journal = new MapJournal(folder, mode);
            }
            catch (IOException error) when (IsTaken(error))
            {
                throw new StepZeroException($"{folder}: another process is at work on this map. Wait until it ends, or choose another folder with --output.", error);
            }
        });
        return journal!;
    }

    private static byte[] Header(JobSpec spec, IReadOnlyList<MapBlock> blocks)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(spec.ToJson());
        foreach (MapBlock block in blocks)
        {
            hash.AppendData(MemoryMarshal.AsBytes<int>([block.Pixels.Count, .. block.Pixels]));
        }

        return [.. Magic, .. hash.GetHashAndReset()];
    }

    private static int RecordBytes(int pixels) => FrontBytes + (pixels * PixelBytes) + sizeof(ulong);

    private static ulong Sum(ReadOnlySpan<byte> record) => XxHash3.HashToUInt64(record[..^sizeof(ulong)]);

    /// <summary>The next block; null where there is none, or it is not whole.</summary>
    private (int Block, MapPixel[] Pixels)? Read(IReadOnlyList<MapBlock> blocks)
    {
        Span<byte> front = stackalloc byte[FrontBytes];
        if (file.ReadAtLeast(front, FrontBytes, throwOnEndOfStream: false) < FrontBytes)
        {
            return null;
        }

        int block = BinaryPrimitives.ReadInt32LittleEndian(front), count = BinaryPrimitives.ReadInt32LittleEndian(front[sizeof(int)..]);
        if ((uint)block >= blocks.Count || count != blocks[block].Pixels.Count)
        {
            return null;
        }

        byte[] record = new byte[RecordBytes(count)];
        front.CopyTo(record);
        int rest = record.Length - FrontBytes;
        if (file.ReadAtLeast(record.AsSpan(FrontBytes), rest, throwOnEndOfStream: false) < rest || BinaryPrimitives.ReadUInt64LittleEndian(record.AsSpan(record.Length - sizeof(ulong))) != Sum(record))
        {
            return null;
        }

        var pixels = new MapPixel[count];
        for (int i = 0; i < count; i++)
        {
            ReadOnlySpan<byte> at = record.AsSpan(FrontBytes + (i * PixelBytes), PixelBytes);
            double[] numbers = MemoryMarshal.Cast<byte, double>(at[1..]).ToArray();
            pixels[i] = new MapPixel((PixelStatus)at[0], numbers[0], numbers[1], numbers[2], numbers[3]);
        }

        return (block, pixels);
    }
}
