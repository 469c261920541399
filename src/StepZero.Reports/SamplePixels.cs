using System.Numerics.Tensors;
using StepZero.Data;

namespace StepZero.Reports;

/// <summary>The samples of a data set as pictures; features that are no bytes are shown from black, 0, to white, the largest of all.</summary>
internal sealed class SamplePixels(Dataset data)
{
    private readonly double white = data.HasByteFeatures ? byte.MaxValue : Math.Max(double.Epsilon, TensorPrimitives.Max(data.Values));

    /// <summary>The form of the pictures; null where the features are no pixels.</summary>
    public ImageSize? Size => data.ImageSize;

    /// <summary>Red, green and blue bytes of one sample, pixel by pixel.</summary>
    public byte[] Rgb(int sample)
    {
        byte[] bytes = new byte[data.FeatureCount];
        if (data.HasByteFeatures)
        {
            data.ReadBytes(sample, 0, bytes);
        }
        else
        {
            ReadOnlySpan<double> values = data.Values.Slice(sample * data.FeatureCount, data.FeatureCount);
            for (int i = 0; i < bytes.Length; i++)
            {
                bytes[i] = (byte)Math.Clamp(255 * values[i] / white, 0, 255);
            }
        }

        return Size!.ToRgb<byte>(bytes);
    }
}
