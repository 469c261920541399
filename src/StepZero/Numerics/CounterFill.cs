using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace StepZero.Numerics;

/// <summary>Turns random words into numbers of one distribution; a number of T takes as many bits as T has.</summary>
/// <typeparam name="T">double or float.</typeparam>
internal unsafe interface IWordTransform<T> where T : unmanaged
{
    /// <summary>Transforms whole groups of 64 words.</summary>
    /// <param name="words">The words.</param>
    /// <param name="values">Receives the numbers.</param>
    /// <param name="vectors">How many vectors of 64 bytes: a multiple of 4.</param>
    public void Apply(uint* words, T* values, int vectors);
}

/// <summary>
/// Fills memory with numbers that are addressed by their index: whichever part is asked for, on however many threads, number i is the same.
/// </summary>
internal static unsafe class CounterFill
{
    /// <summary>Words made at a time: with the numbers made of them they stay in the first cache.</summary>
    private const int ChunkWords = 2048;

    /// <summary>Chunks that a thread takes at a time.</summary>
    private const int ChunksATurn = 32;

    /// <summary>Writes the numbers from index <paramref name="start"/> on.</summary>
    /// <param name="transform">The distribution.</param>
    /// <param name="target">Receives the numbers.</param>
    /// <param name="start">The index of the first number, at least 0.</param>
    /// <param name="key">The stream.</param>
    /// <param name="threads">How many threads to use.</param>
    public static void Fill<TTransform, T>(TTransform transform, Span<T> target, long start, PhiloxKey key, int threads)
        where TTransform : struct, IWordTransform<T>
        where T : unmanaged
    {
        int chunkLength = ChunkWords * sizeof(uint) / sizeof(T);
        int length = target.Length;
        long firstChunk = start / chunkLength;
        long chunks = length == 0 ? 0 : ((start + length - 1) / chunkLength) - firstChunk + 1;
        int turns = (int)((chunks + ChunksATurn - 1) / ChunksATurn);
        fixed (T* values = target)
        {
            T* to = values;
            if (threads == 1 || turns == 1)
            {
                Chunks(transform, to, length, start, key, firstChunk, chunks);
                return;
            }

            Parallel.For(0, turns, new ParallelOptions { MaxDegreeOfParallelism = threads }, turn =>
            {
                long first = (long)turn * ChunksATurn;
                Chunks(transform, to, length, start, key, firstChunk + first, Math.Min(ChunksATurn, chunks - first));
            });
        }
    }

    /// <summary>Writes those numbers of some chunks that lie in the target.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Chunks<TTransform, T>(TTransform transform, T* target, int length, long start, PhiloxKey key, long firstChunk, long chunks)
        where TTransform : struct, IWordTransform<T>
        where T : unmanaged
    {
        byte* memory = stackalloc byte[(2 * ChunkWords * sizeof(uint)) + 64];
        var words = (uint*)(((nuint)memory + 63) & ~(nuint)63);
        T* spare = (T*)(words + ChunkWords);
        int chunkLength = ChunkWords * sizeof(uint) / sizeof(T);
        int vectorLength = Vector512<T>.Count;
        for (long chunk = firstChunk; chunk < firstChunk + chunks; chunk++)
        {
            long from = (chunk * chunkLength) - start;
            int groups = (int)Math.Min(ChunkWords / Philox.GroupLength, (length - from + (4 * vectorLength) - 1) / (4 * vectorLength));
            Philox.FillWords(words, key, (ulong)(chunk * (ChunkWords / Philox.GroupLength)), groups);
            if (from >= 0 && from + (groups * 4L * vectorLength) <= length)
            {
                transform.Apply(words, target + from, 4 * groups);
                continue;
            }

            transform.Apply(words, spare, 4 * groups);
            long first = Math.Max(0, from), end = Math.Min(length, from + chunkLength);
            new ReadOnlySpan<T>(spare + (first - from), (int)(end - first)).CopyTo(new Span<T>(target + first, (int)(end - first)));
        }
    }
}
