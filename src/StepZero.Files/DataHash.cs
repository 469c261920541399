using System.Buffers.Binary;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using StepZero.Data;
using StepZero.Networks;

namespace StepZero.Files;

/// <summary>A fingerprint of what a network is trained on, so that a repeated run can tell whether its data are the same.</summary>
public static class DataHash
{
    private const int PieceBytes = 1 << 20;

    /// <summary>
    /// A hash over shape, classes and labels, or the numbers to predict, and features, as "sha256:" and 64 hexadecimal digits; of features that stay in a
    /// file, where SHA-256 would take longer than the reading, as "xxh128:" and 32. The name does not count.
    /// </summary>
    public static string Of(Dataset data)
    {
        string targets = data.Targets is null ? string.Join('\n', data.Classes) : "\0numbers";
        string header = $"{data.SampleCount} {data.FeatureCount} {(data.HasByteFeatures ? "bytes" : "doubles")} {targets}\n";
        if (data.IsStored)
        {
            var fast = new XxHash128();
            AppendTargets(data, header, fast.Append);
            AppendStored(data, fast.Append);
            return "xxh128:" + Convert.ToHexStringLower(fast.GetHashAndReset());
        }

        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        AppendTargets(data, header, hash.AppendData);
        hash.AppendData(data.Bytes);
        hash.AppendData(MemoryMarshal.AsBytes(data.Values));
        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    /// <summary>A hash over weights and biases, as "sha256:" and 64 hexadecimal digits.</summary>
    public static string Of(Parameters parameters)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (double[] values in parameters.Weights.Concat(parameters.Biases))
        {
            hash.AppendData(MemoryMarshal.AsBytes(values));
        }

        return "sha256:" + Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    private static void AppendTargets(Dataset data, string header, Action<ReadOnlySpan<byte>> append)
    {
        append(Encoding.UTF8.GetBytes(header));
        byte[] number = new byte[data.Targets is null ? sizeof(int) : sizeof(double)];
        for (int sample = 0; sample < data.SampleCount; sample++)
        {
            if (data.Targets is null)
            {
                BinaryPrimitives.WriteInt32LittleEndian(number, data.Labels[sample]);
            }
            else
            {
                BinaryPrimitives.WriteDoubleLittleEndian(number, data.Targets[sample]);
            }

            append(number);
        }
    }

    private static void AppendStored(Dataset data, Action<ReadOnlySpan<byte>> append)
    {
        byte[] piece = new byte[PieceBytes];
        for (int sample = 0; sample < data.SampleCount; sample++)
        {
            for (int start = 0; start < data.FeatureCount; start += PieceBytes)
            {
                Span<byte> part = piece.AsSpan(0, Math.Min(PieceBytes, data.FeatureCount - start));
                data.ReadBytes(sample, start, part);
                append(part);
            }
        }
    }
}
