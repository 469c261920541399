using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using StepZero.Files.Arrays;

namespace StepZero.Tests.Files.Arrays;

/// <summary>Arrays that NumPy wrote, and the values that it reads from them: Golden/make_array_golden.py.</summary>
internal static class ArrayGolden
{
    public const long Memory = 1 << 30;

    public static JsonElement.ArrayEnumerator Npy => Repository.Golden("arrays.json").GetProperty("npy").EnumerateArray();

    public static JsonElement.ArrayEnumerator Npz => Repository.Golden("arrays.json").GetProperty("npz").EnumerateArray();

    public static byte[] File(JsonElement golden) => golden.GetProperty("file").GetBytesFromBase64();

    public static IReadOnlyList<StoredArray> ListNpy(byte[] file, string name = "a.npy", long memory = Memory) => NpyFile.List(name, () => new MemoryStream(file), memory);

    public static IReadOnlyList<StoredArray> ListNpz(byte[] file, string name = "a.npz", long memory = Memory) => NpzFile.List(name, () => new MemoryStream(file), memory);

    /// <summary>Compares what is listed and what is read with what NumPy says, to the last bit.</summary>
    public static void Check(StoredArray array, JsonElement golden)
    {
        Assert.Equal(golden.GetProperty("type").GetString(), array.Type);
        Assert.Equal(golden.GetProperty("shape").EnumerateArray().Select(size => size.GetInt64()), array.Shape);
        if (golden.TryGetProperty("bytes", out JsonElement bytes))
        {
            Assert.Equal(ElementKind.Byte, array.Kind);
            byte[] found = Assert.IsType<byte[]>(array.Read());
            Assert.Equal(bytes.GetString(), Written(bytes, found));
        }
        else if (golden.TryGetProperty("doubles", out JsonElement doubles))
        {
            Assert.Equal(ElementKind.Number, array.Kind);
            double[] found = Assert.IsType<double[]>(array.Read());
            if (IsDigest(doubles))
            {
                Assert.Equal(doubles.GetString(), Written(doubles, MemoryMarshal.AsBytes<double>(found)));
                return;
            }

            double[] expected = MemoryMarshal.Cast<byte, double>(doubles.GetBytesFromBase64()).ToArray();
            Assert.Equal(expected.Select(Bits), found.Select(Bits));
        }
        else if (golden.TryGetProperty("texts", out JsonElement texts))
        {
            Assert.Equal(ElementKind.Text, array.Kind);
            string[] found = Assert.IsType<string[]>(array.Read());
            if (texts.ValueKind == JsonValueKind.String)
            {
                Assert.Equal(texts.GetString(), Digest(Encoding.UTF8.GetBytes(string.Join('\n', found))));
                return;
            }

            Assert.Equal(texts.EnumerateArray().Select(text => text.GetString()), found);
        }
        else
        {
            Assert.Equal(ElementKind.Other, array.Kind);
            Assert.Throws<StepZeroException>(array.Read);
        }
    }

    /// <summary>The bits of a number; of what is not a number, which NaN it is does not count.</summary>
    private static ulong Bits(double value) => BitConverter.DoubleToUInt64Bits(double.IsNaN(value) ? double.NaN : value);

    private static bool IsDigest(JsonElement values) => values.GetString()!.StartsWith("sha256:", StringComparison.Ordinal);

    private static string Written(JsonElement golden, ReadOnlySpan<byte> bytes) => IsDigest(golden) ? Digest(bytes) : Convert.ToBase64String(bytes);

    private static string Digest(ReadOnlySpan<byte> bytes) => "sha256:" + Convert.ToHexStringLower(SHA256.HashData(bytes));
}
