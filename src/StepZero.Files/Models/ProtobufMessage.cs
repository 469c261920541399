using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Google.Protobuf;

namespace StepZero.Files.Models;

/// <summary>
/// A message in the encoding of protocol buffers: its fields in the order in which they were added. A message is preceded by its length, so sizes are
/// known before anything is written; numbers of tensors are not copied but written from where they are.
/// </summary>
internal sealed class ProtobufMessage
{
    private readonly List<Action<CodedOutputStream, Stream>> fields = [];

    /// <summary>The number of its bytes.</summary>
    public long Size { get; private set; }

    /// <summary>Adds a whole number.</summary>
    /// <param name="field">The number of the field.</param>
    /// <param name="value">The number, not negative.</param>
    public ProtobufMessage Add(int field, long value) =>
        Add(field, WireFormat.WireType.Varint, CodedOutputStream.ComputeInt64Size(value), (output, _) => output.WriteInt64(value));

    /// <summary>Adds a text.</summary>
    public ProtobufMessage Add(int field, string text) =>
        Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeStringSize(text), (output, _) => output.WriteString(text));

    /// <summary>Adds a message, to which nothing may be added afterwards.</summary>
    public ProtobufMessage Add(int field, ProtobufMessage message) => AddLong(field, message.Size, message.WriteFields);

    /// <summary>Adds numbers as the bytes that they have in memory, the lowest first.</summary>
    public ProtobufMessage AddBytes<T>(int field, T[] numbers) where T : unmanaged => AddLong(field, (long)numbers.Length * Unsafe.SizeOf<T>(), (output, file) =>
    {
        output.Flush();
        file.Write(MemoryMarshal.AsBytes(numbers.AsSpan()));
    });

    /// <summary>Writes the message without its length.</summary>
    /// <exception cref="OverflowException">A part of it has 2 GiB or more.</exception>
    public void WriteTo(Stream file)
    {
        using var output = new CodedOutputStream(file, leaveOpen: true);
        WriteFields(output, file);
    }

    /// <summary>Adds a length, which is a whole number as any other, and what has it.</summary>
    private ProtobufMessage AddLong(int field, long size, Action<CodedOutputStream, Stream> write) =>
        Add(field, WireFormat.WireType.LengthDelimited, CodedOutputStream.ComputeInt64Size(size) + size, (output, file) =>
        {
            output.WriteLength(checked((int)size));
            write(output, file);
        });

    private ProtobufMessage Add(int field, WireFormat.WireType type, long size, Action<CodedOutputStream, Stream> write)
    {
        Size += CodedOutputStream.ComputeTagSize(field) + size;
        fields.Add((output, file) =>
        {
            output.WriteTag(field, type);
            write(output, file);
        });
        return this;
    }

    private void WriteFields(CodedOutputStream output, Stream file)
    {
        foreach (Action<CodedOutputStream, Stream> write in fields)
        {
            write(output, file);
        }
    }
}
