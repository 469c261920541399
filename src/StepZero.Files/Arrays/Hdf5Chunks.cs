using PureHDF.Selections;
using PureHDF.VOL.Native;

namespace StepZero.Files.Arrays;

/// <summary>
/// Reads an array that is stored in chunks. The library copies a chunk's elements one by one, whose rows may be a single byte long, and hands out memory
/// that it has given back already where the last filter only cut (Fletcher32) or all were skipped. So it only unpacks here: one element of each chunk is
/// asked for, and the chunk is copied from its cache to where it belongs.
/// </summary>
internal sealed class Hdf5Chunks : IReadingChunkCache
{
    private readonly string path;
    private readonly byte[] elements;
    private readonly long[] shape;
    private readonly long[] chunk;
    private readonly int elementSize;
    private readonly long[] origin;

    private Hdf5Chunks(string path, long[] shape, long[] chunk, int elementSize)
    {
        this.path = path;
        this.shape = shape;
        this.chunk = chunk;
        this.elementSize = elementSize;
        elements = new byte[shape.Aggregate((long)elementSize, (product, size) => checked(product * size))];
        origin = new long[shape.Length];
    }

    /// <summary>The bytes of all elements, row-major.</summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="dataset">The array; not empty.</param>
    /// <param name="shape">Its sizes.</param>
    /// <param name="chunk">The sizes of its chunks.</param>
    public static byte[] Read(string path, NativeDataset dataset, long[] shape, long[] chunk)
    {
        var chunks = new Hdf5Chunks(path, shape, chunk, dataset.Type.Size);
        ulong[] one = [.. shape.Select(_ => 1UL)];
        var access = new H5DatasetAccess(ChunkCache: chunks);
        do
        {
            dataset.Read<byte[]>(access, new HyperslabSelection(shape.Length, [.. chunks.origin.Select(start => (ulong)start)], one));
        }
        while (chunks.MoveOn());
        return chunks.elements;
    }

    /// <summary>Is called by the library for the chunk that it needs an element of.</summary>
    public Memory<byte> GetChunk(ulong chunkIndex, Func<Memory<byte>> chunkReader)
    {
        Memory<byte> bytes;
        try
        {
            bytes = chunkReader();
        }
        catch (Exception error) when (error.Message.StartsWith("Could not find filter", StringComparison.Ordinal))
        {
            string filter = error.Message.Split('\'') is [_, string name, ..] ? name : "a filter";
            throw new StepZeroException($"{path}: is packed by {filter}; expected gzip, shuffle, fletcher32 or none. Write it again, as with compression='gzip' in h5py.", error);
        }

        long expected = chunk.Aggregate((long)elementSize, (product, size) => product * size);
        if (bytes.Length != expected)
        {
            throw new InvalidDataException($"a chunk holds {bytes.Length} bytes where {expected} are expected");
        }

        Copy(bytes.Span, 0, 0, 0);
        return bytes;
    }

    /// <summary>Goes to the next chunk, the last dimension first; false after the last one.</summary>
    private bool MoveOn()
    {
        for (int dimension = shape.Length - 1; dimension >= 0; dimension--)
        {
            origin[dimension] += chunk[dimension];
            if (origin[dimension] < shape[dimension])
            {
                return true;
            }

            origin[dimension] = 0;
        }

        return false;
    }

    /// <summary>Copies what lies inside the array, row by row.</summary>
    private void Copy(ReadOnlySpan<byte> bytes, int dimension, long from, long to)
    {
        long inside = Math.Min(chunk[dimension], shape[dimension] - origin[dimension]);
        from *= chunk[dimension];
        to = (to * shape[dimension]) + origin[dimension];
        if (dimension == shape.Length - 1)
        {
            bytes.Slice((int)(from * elementSize), (int)(inside * elementSize)).CopyTo(elements.AsSpan((int)(to * elementSize)));
            return;
        }

        for (long i = 0; i < inside; i++)
        {
            Copy(bytes, dimension + 1, from + i, to + i);
        }
    }
}
