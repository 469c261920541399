namespace StepZero.Files.Arrays;

/// <summary>
/// A file that can be read only so much: a damaged file, whose records may refer to each other in a circle, ends in an error instead of a loop. It
/// also remembers where reading began.
/// </summary>
internal sealed class BudgetedStream : Stream
{
    /// <summary>What a read costs, however short it is.</summary>
    private const int ReadCost = 16;

    /// <summary>Bytes that cost as much as one: the library reads the names of a large group again for each of them.</summary>
    private const int BytesPerCost = 16;

    private readonly FileStream file;
    private readonly long start;
    private long left;

    /// <param name="file">The file; closed with this stream.</param>
    /// <param name="start">Where in the file its content begins, after a block of the user's own: read as if it stood at 0 too, where the library looks for it.</param>
    /// <param name="budget">How much may be read: each read costs a little, and so do its bytes.</param>
    public BudgetedStream(FileStream file, long start, long budget)
    {
        this.file = file;
        this.start = start;
        left = budget;
    }

    /// <summary>Where the first read since this was set to null began; null without one.</summary>
    public long? FirstRead { get; set; }

    public override bool CanRead => true;

    public override bool CanSeek => true;

    public override bool CanWrite => false;

    public override long Length => file.Length;

    public override long Position { get; set; }

    public override int Read(Span<byte> buffer)
    {
        FirstRead ??= Position;
        left -= ReadCost + (buffer.Length / BytesPerCost);
        if (left < 0)
        {
            throw new IOException("its records refer to each other in a circle, or claim more than the file holds");
        }

        file.Position = Position < start ? Position + start : Position;
        int count = file.Read(buffer);
        Position += count;
        return count;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override long Seek(long offset, SeekOrigin origin) => Position = offset + origin switch
    {
        SeekOrigin.Begin => 0,
        SeekOrigin.Current => Position,
        _ => Length,
    };

    public override void Flush()
    {
    }

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        file.Dispose();
        base.Dispose(disposing);
    }
}
