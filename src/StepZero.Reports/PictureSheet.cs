using SkiaSharp;

namespace StepZero.Reports;

/// <summary>A picture as a file.</summary>
/// <param name="Name">The name in the result folder.</param>
/// <param name="Content">The bytes of the file.</param>
public sealed record PictureFile(string Name, byte[] Content);

/// <summary>A white sheet that small pictures and their captions are laid out on.</summary>
internal sealed class PictureSheet : IDisposable
{
    private static readonly SKColor Ink = new(0x22, 0x22, 0x22);

    private readonly SKBitmap bitmap;
    private readonly SKCanvas canvas;

    public PictureSheet(int width, int height)
    {
        bitmap = new SKBitmap(width, height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
    }

    /// <summary>The height of a picture of some width; one that is far higher than wide is squeezed.</summary>
    public static float HeightOf(Data.ImageSize size, float width) => Math.Clamp(width * size.Height / size.Width, 1, 3 * width);

    /// <summary>Draws red, green and blue bytes into a square or oblong of the sheet.</summary>
    public void Draw(ReadOnlySpan<byte> pixels, Data.ImageSize size, SKRect place)
    {
        using SKBitmap picture = Picture(pixels, size);
        Draw(picture, place);
    }

    /// <summary>Draws a picture into a square or oblong of the sheet; enlarged pixels keep their edges.</summary>
    public void Draw(SKBitmap picture, SKRect place)
    {
        SKSamplingOptions sampling = place.Width >= picture.Width
            ? new SKSamplingOptions(SKFilterMode.Nearest)
            : new SKSamplingOptions(SKFilterMode.Linear, SKMipmapMode.Linear);
        using var image = SKImage.FromBitmap(picture);
        canvas.DrawImage(image, place, sampling);
    }

    /// <summary>Frames a place with a line inside its edge.</summary>
    public void Frame(SKRect place, SKColor color, float width)
    {
        using var paint = new SKPaint { Color = color, IsStroke = true, StrokeWidth = width };
        place.Inflate(-width / 2, -width / 2);
        canvas.DrawRect(place, paint);
    }

    /// <summary>Writes one line; x is its left end, middle or right end by the alignment, y its base line.</summary>
    public void Write(string text, float x, float y, float size, bool bold = false, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(bold ? EmbeddedFont.Bold : EmbeddedFont.Regular, size);
        using var paint = new SKPaint { Color = Ink, IsAntialias = true };
        canvas.DrawText(text, x, y, align, font, paint);
    }

    /// <summary>Writes one line, smaller where it would be wider than the room.</summary>
    public void WriteWithin(string text, float x, float y, float size, float room, bool bold = false, SKTextAlign align = SKTextAlign.Left)
    {
        using var font = new SKFont(bold ? EmbeddedFont.Bold : EmbeddedFont.Regular, size);
        Write(text, x, y, Math.Min(size, size * room / font.MeasureText(text)), bold, align);
    }

    public byte[] ToPng() => Encode(bitmap, SKEncodedImageFormat.Png, 100);

    public byte[] ToJpeg() => Encode(bitmap, SKEncodedImageFormat.Jpeg, 85);

    public static byte[] Encode(SKBitmap picture, SKEncodedImageFormat format, int quality)
    {
        using SKData data = picture.Encode(format, quality);
        return data.ToArray();
    }

    /// <summary>A picture from red, green and blue bytes, row by row.</summary>
    public static SKBitmap Picture(ReadOnlySpan<byte> pixels, Data.ImageSize size)
    {
        var picture = new SKBitmap(size.Width, size.Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        Span<byte> target = picture.GetPixelSpan();
        for (int i = 0; i < size.Width * size.Height; i++)
        {
            pixels.Slice(3 * i, 3).CopyTo(target[(4 * i)..]);
            target[(4 * i) + 3] = 255;
        }

        return picture;
    }

    public void Dispose()
    {
        canvas.Dispose();
        bitmap.Dispose();
    }
}
