using Microsoft.Win32.SafeHandles;
using StepZero.Data;

namespace StepZero.Files.Arrays;

/// <summary>Byte features that lie in a file one after the other, sample after sample.</summary>
internal sealed class FileFeatures : StoredFeatures
{
    private readonly string path;
    private readonly SafeFileHandle file;
    private readonly long first;
    private readonly long features;

    /// <param name="path">The file, which stays open.</param>
    /// <param name="first">Where the first sample begins, in bytes.</param>
    /// <param name="features">The features of a sample.</param>
    public FileFeatures(string path, long first, long features)
    {
        this.path = path;
        this.first = first;
        this.features = features;
        file = File.OpenHandle(path);
    }

    public override void Read(int sample, int start, Span<byte> target)
    {
        long at = first + (sample * features) + start;
        while (target.Length > 0)
        {
            int count;
            try
            {
                count = RandomAccess.Read(file, target, at);
            }
            catch (IOException error)
            {
                throw new StepZeroException($"{path}: cannot be read: {error.Message}", error);
            }

            if (count == 0)
            {
                throw new StepZeroException($"{path}: became shorter while it was read: there is nothing at byte {at}. Bring the whole file back and start anew.");
            }

            target = target[count..];
            at += count;
        }
    }
}
