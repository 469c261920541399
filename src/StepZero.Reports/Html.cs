using System.Net;
using SkiaSharp;

namespace StepZero.Reports;

/// <summary>Pieces of a page.</summary>
internal static class Html
{
    private const int EnlargedBelow = 48;

    /// <summary>Text that stands for itself, in elements and attributes.</summary>
    public static string Text(string text) => WebUtility.HtmlEncode(text);

    /// <summary>A picture held in the page itself.</summary>
    public static string Image(byte[] content, string type, string alt, string attributes = "") =>
        $"<img src=\"data:image/{type};base64,{Convert.ToBase64String(content)}\" alt=\"{Text(alt)}\" {attributes}>";

    /// <summary>A picture as JPEG, held in the page itself.</summary>
    public static string Photo(ReadOnlySpan<byte> pixels, Data.ImageSize size, string alt)
    {
        using SKBitmap picture = PictureSheet.Picture(pixels, size);
        return Image(PictureSheet.Encode(picture, SKEncodedImageFormat.Jpeg, 88), "jpeg", alt, $"width=\"{size.Width}\" height=\"{size.Height}\"{(size.Width < EnlargedBelow ? " style=\"image-rendering:pixelated\"" : "")}");
    }

    /// <summary>A resource of this assembly as text.</summary>
    public static string Resource(string name)
    {
        using var reader = new StreamReader(typeof(Html).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }
}
