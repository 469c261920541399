namespace StepZero.Data;

/// <summary>
/// Byte features that stay where they are stored, such as in a file larger than the memory, and are read piece by piece. Any number of threads may
/// read at once.
/// </summary>
public abstract class StoredFeatures
{
    /// <summary>Reads neighbouring features of one sample.</summary>
    /// <param name="sample">The sample, from 0.</param>
    /// <param name="start">The first feature, from 0.</param>
    /// <param name="target">Receives the features from <paramref name="start"/> on, as many as it holds.</param>
    /// <exception cref="StepZeroException">They can no longer be read; the message names the place.</exception>
    public abstract void Read(int sample, int start, Span<byte> target);
}
