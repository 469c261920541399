namespace StepZero.Data;

/// <summary>The form of the pictures whose pixels are the features.</summary>
/// <param name="Width">Pixels in a row.</param>
/// <param name="Height">Rows.</param>
/// <param name="Channels">Values of a pixel: 1 for gray, 3 for red, green and blue.</param>
/// <param name="ChannelsFirst">Whether a picture is stored channel by channel, [channels, height, width], instead of pixel by pixel, [height, width, channels].</param>
public sealed record ImageSize(int Width, int Height, int Channels = 3, bool ChannelsFirst = false)
{
    /// <summary>The number of features of a picture.</summary>
    public int FeatureCount => checked(Width * Height * Channels);

    /// <summary>The features of one picture as red, green and blue, pixel by pixel: a single channel is gray, channels after the third are left out.</summary>
    /// <param name="features">The features, <see cref="FeatureCount"/> of them.</param>
    /// <returns>width × height × 3 values.</returns>
    public T[] ToRgb<T>(ReadOnlySpan<T> features)
    {
        int pixels = Width * Height;
        var rgb = new T[3 * pixels];
        for (int pixel = 0; pixel < pixels; pixel++)
        {
            for (int color = 0; color < 3; color++)
            {
                int channel = Channels < 3 ? 0 : color;
                rgb[(3 * pixel) + color] = features[ChannelsFirst ? (channel * pixels) + pixel : (pixel * Channels) + channel];
            }
        }

        return rgb;
    }
}
