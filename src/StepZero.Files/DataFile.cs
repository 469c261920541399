using StepZero.Data;
using StepZero.Files.Arrays;

namespace StepZero.Files;

/// <summary>
/// Writes samples as .npz: <c>x</c> (pictures in their form, [samples, height, width, channels]), <c>y</c>, the names of the <c>classes</c> and, where
/// there are any, the <c>feature_names</c>. Of two classes the positive one is 1, so that the file is read as it was written. Numbers to predict are
/// float64 without classes.
/// </summary>
public static class DataFile
{
    private const string Ending = ".npz";

    /// <summary>Refuses a file that could not be written, before anything is read.</summary>
    /// <exception cref="StepZeroException">The ending is not .npz, or there is no folder to write to.</exception>
    public static void Check(string path)
    {
        if (!Path.GetExtension(path).Equals(Ending, StringComparison.OrdinalIgnoreCase))
        {
            throw new StepZeroException($"{path}: expected a name that ends in {Ending}.");
        }

        AtomicFile.CheckPlace(path);
    }

    /// <summary>Writes samples.</summary>
    /// <param name="path">The file; replaced if it exists.</param>
    /// <param name="data">The samples.</param>
    /// <param name="cancellation">Ends the writing early.</param>
    /// <exception cref="StepZeroException">The file cannot be written; nothing is left half-written.</exception>
    /// <exception cref="OperationCanceledException">The writing was ended early; nothing was written.</exception>
    public static void Write(string path, Dataset data, CancellationToken cancellation = default)
    {
        List<NpzEntry> entries = [new NpzEntry("x", data.HasByteFeatures ? "|u1" : "<f8", Shape(data), stream => WriteFeatures(stream, data, cancellation)), .. Targets(data)];
        if (data.Columns is not null)
        {
            NpzEntry names = NpzEntry.Texts("feature_names", data.FeatureNames, data.FeatureCount);
            entries.Add(names);
        }

        AtomicFile.Write(path, stream => NpzWriter.Write(stream, entries), "Choose another file with --save.");
    }

    private static NpzEntry[] Targets(Dataset data)
    {
        if (data.Targets is not null)
        {
            return [NpzEntry.Doubles("y", [.. data.Targets], data.SampleCount)];
        }

        // Class 1 of two is the positive one.
        bool turned = data.Classes.Count == 2 && data.Positive == data.Classes[0];
        string[] classes = turned ? [data.Classes[1], data.Classes[0]] : [.. data.Classes];
        long[] labels = [.. data.Labels.ToArray().Select(label => turned ? 1L - label : label)];
        return [NpzEntry.Longs("y", labels, labels.Length), NpzEntry.Texts("classes", classes, classes.Length)];
    }

    private static long[] Shape(Dataset data) => data.ImageSize is not ImageSize size ? [data.SampleCount, data.FeatureCount]
        : size.ChannelsFirst ? [data.SampleCount, size.Channels, size.Height, size.Width]
        : size.Channels == 1 ? [data.SampleCount, size.Height, size.Width]
        : [data.SampleCount, size.Height, size.Width, size.Channels];

    private static void WriteFeatures(Stream stream, Dataset data, CancellationToken cancellation)
    {
        byte[] sample = data.HasByteFeatures ? new byte[data.FeatureCount] : [];
        for (int i = 0; i < data.SampleCount; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            if (data.HasByteFeatures)
            {
                data.ReadBytes(i, 0, sample);
                stream.Write(sample);
            }
            else
            {
                NpzEntry.Write(stream, data.Values.Slice(i * data.FeatureCount, data.FeatureCount));
            }
        }
    }
}
