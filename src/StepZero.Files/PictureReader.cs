using System.Runtime.InteropServices;
using SkiaSharp;
using StepZero.Data;

namespace StepZero.Files;

/// <summary>Decodes one picture to red, green and blue bytes.</summary>
internal static class PictureReader
{
    /// <summary>The most pixels a picture may claim; a larger one is refused before it is decoded.</summary>
    public const long MaxPixels = 100_000_000;

    /// <summary>The endings of the names of pictures, in lower case.</summary>
    public static readonly string[] Endings = [".jpg", ".jpeg", ".png", ".bmp", ".gif", ".webp"];

    /// <summary>Opens a picture and reads its size, without decoding it.</summary>
    /// <param name="path">The file.</param>
    /// <exception cref="StepZeroException">The file cannot be read, is no picture, or claims too many pixels.</exception>
    public static SKCodec Open(string path)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StepZeroException($"{path}: cannot be read: {error.Message}", error);
        }

        if (content.Length == 0)
        {
            throw new StepZeroException($"{path}: the file is empty; expected a picture. Remove it, or leave it out with --skip-bad.");
        }

        SKCodec codec = SKCodec.Create(SKData.CreateCopy(content))
            ?? throw new StepZeroException(
                $"{path}: not a picture that can be read; expected JPEG, PNG, BMP, GIF or WebP. Remove it, or leave it out with --skip-bad.");
        SKImageInfo info = codec.Info;
        if ((long)info.Width * info.Height > MaxPixels)
        {
            codec.Dispose();
            throw new StepZeroException(
                $"{path}: claims {info.Width}×{info.Height} pixels; at most {MaxPixels / 1_000_000} million are read. Remove it, or leave it out with --skip-bad.");
        }

        return codec;
    }

    /// <summary>
    /// Decodes a picture. Gray and palette pictures become RGB and an alpha channel is dropped, as PIL's <c>convert("RGB")</c> does; no colour
    /// profile and no orientation is applied.
    /// </summary>
    /// <param name="path">The file, for messages.</param>
    /// <param name="codec">The opened picture.</param>
    /// <param name="size">The size to resize it to, or null for its own.</param>
    /// <param name="target">Receives width × height × 3 bytes, row by row.</param>
    /// <exception cref="StepZeroException">The picture is damaged.</exception>
    public static void Decode(string path, SKCodec codec, ImageSize? size, Span<byte> target)
    {
        var info = new SKImageInfo(codec.Info.Width, codec.Info.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul);
        using var bitmap = new SKBitmap(info);
        SKCodecResult result = codec.GetPixels(info, bitmap.GetPixels());
        if (result != SKCodecResult.Success)
        {
            string what = result == SKCodecResult.IncompleteInput ? "the file is truncated" : $"the file is damaged ({result})";
            throw new StepZeroException($"{path}: {what}; expected a whole picture. Remove it, or leave it out with --skip-bad.");
        }

        if (size is null || (size.Width == info.Width && size.Height == info.Height))
        {
            DropAlpha(bitmap.GetPixelSpan(), target);
            return;
        }

        using SKBitmap resized = bitmap.Resize(
            new SKImageInfo(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Unpremul),
            new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear));
        DropAlpha(resized.GetPixelSpan(), target);
    }

    private static void DropAlpha(ReadOnlySpan<byte> rgba, Span<byte> rgb)
    {
        ReadOnlySpan<uint> pixels = MemoryMarshal.Cast<byte, uint>(rgba);
        for (int i = 0, to = 0; i < pixels.Length; i++, to += 3)
        {
            uint pixel = pixels[i];
            rgb[to] = (byte)pixel;
            rgb[to + 1] = (byte)(pixel >> 8);
            rgb[to + 2] = (byte)(pixel >> 16);
        }
    }
}
