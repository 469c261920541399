using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace StepZero.Tests.RandomNumbers;

/// <summary>Many numbers as one short text, to compare all their bits.</summary>
internal static class Digest
{
    public static string Of<T>(ReadOnlySpan<T> values) where T : unmanaged => Convert.ToHexStringLower(SHA256.HashData(MemoryMarshal.AsBytes(values)));
}
