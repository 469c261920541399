using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using StepZero.Data;

namespace StepZero.Files;

/// <summary>A fingerprint of what a network is trained on, so that a repeated run can tell whether its data are the same.</summary>
public static class DataHash
{
    private const int PieceBytes = 1 << 20;

    /// <summary>SHA-256 over shape, classes, labels and features, as "sha256:" and 64 hexadecimal digits. The name does not count.</summary>
    public static string Of(Dataset data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> number = stackalloc byte[4];
        string header = $"{data.SampleCount} {data.FeatureCount} {(data.HasByteFeatures ? "bytes" : "doubles")} {string.Join('\n', data.Classes)}\n";
        hash.AppendData(Encoding.UTF8.GetBytes(header));
        foreach (int label in data.Labels)
        {
            BinaryPrimitives.WriteInt32LittleEndian(number, label);
            hash.AppendData(number);
        }

        hash.AppendData(data.Bytes);
        if (data.IsStored)
        {
            byte[] piece = new byte[PieceBytes];
            for (int sample = 0; sample < data.SampleCount; sample++)
            {
                for (int start = 0; start < data.FeatureCount; start += PieceBytes)
                {
                    Span<byte> part = piece.AsSpan(0, Math.Min(PieceBytes, data.FeatureCount - start));
                    data.ReadBytes(sample, start, part);
                    hash.AppendData(part);
                }
            }
        }

        hash.AppendData(MemoryMarshal.AsBytes(data.Values));
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
