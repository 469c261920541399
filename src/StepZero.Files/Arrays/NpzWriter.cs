using System.Buffers.Binary;
using System.IO.Compression;
using System.Text;

namespace StepZero.Files.Arrays;

/// <summary>Writes .npz files: zips of one .npy file an array, stored without compression, as <c>numpy.savez</c> does. The same arrays give the same bytes.</summary>
internal static class NpzWriter
{
    private const int HeaderAlignment = 64;

    /// <summary>The date of every entry: the earliest that a zip holds, so that the bytes do not depend on the clock.</summary>
    private static readonly DateTimeOffset NoDate = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Writes arrays.</summary>
    /// <param name="file">Receives the bytes.</param>
    /// <param name="entries">The arrays, asked for and written one after the other.</param>
    public static void Write(Stream file, IEnumerable<NpzEntry> entries)
    {
        using var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true);
        foreach (NpzEntry entry in entries)
        {
            ZipArchiveEntry member = zip.CreateEntry($"{entry.Name}.npy", CompressionLevel.NoCompression);
            member.LastWriteTime = NoDate;
            using Stream stream = member.Open();
            stream.Write(Header(entry));
            entry.Content(stream);
        }
    }

    /// <summary>The header of a .npy file, version 1.0, padded so that the elements after it are aligned.</summary>
    private static byte[] Header(NpzEntry entry)
    {
        const int Preamble = 10;
        string shape = string.Join(", ", entry.Shape) + (entry.Shape.Count == 1 ? "," : "");
        string header = $"{{'descr': '{entry.Type}', 'fortran_order': False, 'shape': ({shape}), }}";
        int length = (Preamble + header.Length + 1 + HeaderAlignment - 1) / HeaderAlignment * HeaderAlignment;
        byte[] bytes = new byte[length];
        NpyHeader.Magic.CopyTo(bytes);
        bytes[NpyHeader.Magic.Length] = 1;
        BinaryPrimitives.WriteUInt16LittleEndian(bytes.AsSpan(Preamble - sizeof(ushort)), (ushort)(length - Preamble));
        bytes.AsSpan(Preamble).Fill((byte)' ');
        Encoding.ASCII.GetBytes(header, bytes.AsSpan(Preamble));
        bytes[^1] = (byte)'\n';
        return bytes;
    }
}
