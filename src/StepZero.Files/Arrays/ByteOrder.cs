using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace StepZero.Files.Arrays;

/// <summary>Numbers whose highest byte comes first.</summary>
internal static class ByteOrder
{
    /// <summary>Turns the bytes of each number around; numbers of one byte stay.</summary>
    /// <param name="bytes">Whole numbers of elements.</param>
    /// <param name="size">The bytes of a number: 1, 2, 4, 8 or 16.</param>
    public static void Turn(Span<byte> bytes, int size)
    {
        switch (size)
        {
            case sizeof(ushort):
                Span<ushort> shorts = MemoryMarshal.Cast<byte, ushort>(bytes);
                BinaryPrimitives.ReverseEndianness(shorts, shorts);
                break;
            case sizeof(uint):
                Span<uint> integers = MemoryMarshal.Cast<byte, uint>(bytes);
                BinaryPrimitives.ReverseEndianness(integers, integers);
                break;
            case sizeof(ulong):
                Span<ulong> longs = MemoryMarshal.Cast<byte, ulong>(bytes);
                BinaryPrimitives.ReverseEndianness(longs, longs);
                break;
            case ExtendedDouble.Size:
                Span<UInt128> pairs = MemoryMarshal.Cast<byte, UInt128>(bytes);
                BinaryPrimitives.ReverseEndianness(pairs, pairs);
                break;
        }
    }
}
