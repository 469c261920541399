using SkiaSharp;

namespace StepZero.Reports;

/// <summary>A part of a drawing, in pixels from its top left corner, whatever it is drawn with.</summary>
internal abstract record SceneShape;

/// <summary>A picture, enlarged without smoothing.</summary>
internal sealed record SceneImage(SKBitmap Picture, SKRect Place) : SceneShape;

/// <summary>A filled rectangle.</summary>
internal sealed record SceneBox(SKRect Place, SKColor Fill, SKColor Edge, float EdgeWidth = 0, float Corner = 0) : SceneShape;

/// <summary>A line from point to point.</summary>
/// <param name="Points">Its points.</param>
/// <param name="Color">Its color.</param>
/// <param name="Width">Its width.</param>
/// <param name="Dash">The length of its dashes and of the gaps between; 0 where it has none.</param>
/// <param name="Clip">Where it is seen; null for everywhere.</param>
internal sealed record SceneLine(IReadOnlyList<SKPoint> Points, SKColor Color, float Width, float Dash = 0, SKRect? Clip = null) : SceneShape;

/// <summary>A filled area.</summary>
internal sealed record SceneArea(IReadOnlyList<SKPoint> Points, SKColor Fill, SKRect Clip) : SceneShape;

/// <summary>One line of text; the place is its left end, middle or right end on the base line.</summary>
internal sealed record SceneLabel(string Text, float X, float Y, float Size, SKColor Color, bool Bold = false, SKTextAlign Align = SKTextAlign.Left, bool Upright = false) : SceneShape
{
    /// <summary>The width of a text.</summary>
    public static float WidthOf(string text, float size, bool bold = false)
    {
        using var font = new SKFont(bold ? EmbeddedFont.Bold : EmbeddedFont.Regular, size);
        return font.MeasureText(text);
    }
}

/// <summary>A drawing, whatever it is drawn with.</summary>
/// <param name="Width">Its width in pixels.</param>
/// <param name="Height">Its height in pixels.</param>
/// <param name="Description">What it shows, for those who do not see it.</param>
/// <param name="Shapes">Its parts, the lowest first.</param>
internal sealed record Scene(int Width, int Height, string Description, IReadOnlyList<SceneShape> Shapes) : IDisposable
{
    /// <summary>The drawing as PNG.</summary>
    public byte[] ToPng()
    {
        using var bitmap = new SKBitmap(Width, Height, SKColorType.Rgba8888, SKAlphaType.Opaque);
        using var canvas = new SKCanvas(bitmap);
        canvas.Clear(SKColors.White);
        foreach (SceneShape shape in Shapes)
        {
            Draw(canvas, shape);
        }

        return PictureSheet.Encode(bitmap, SKEncodedImageFormat.Png, 100);
    }

    /// <summary>Frees the pictures in it.</summary>
    public void Dispose()
    {
        foreach (SceneImage image in Shapes.OfType<SceneImage>())
        {
            image.Picture.Dispose();
        }
    }

    private static void Draw(SKCanvas canvas, SceneShape shape)
    {
        using var paint = new SKPaint { IsAntialias = true };
        switch (shape)
        {
            case SceneImage(SKBitmap picture, SKRect place):
                using (var image = SKImage.FromPixels(picture.Info, picture.GetPixels(), picture.RowBytes))
                {
                    canvas.DrawImage(image, place, new SKSamplingOptions(SKFilterMode.Nearest));
                }

                break;
            case SceneBox box:
                paint.Color = box.Fill;
                canvas.DrawRoundRect(box.Place, box.Corner, box.Corner, paint);
                if (box.EdgeWidth > 0)
                {
                    (paint.Color, paint.IsStroke, paint.StrokeWidth) = (box.Edge, true, box.EdgeWidth);
                    canvas.DrawRoundRect(box.Place, box.Corner, box.Corner, paint);
                }

                break;
            case SceneLine line:
                (paint.Color, paint.IsStroke, paint.StrokeWidth, paint.StrokeJoin) = (line.Color, true, line.Width, SKStrokeJoin.Round);
                using (SKPathEffect? dashes = line.Dash > 0 ? SKPathEffect.CreateDash([line.Dash, line.Dash], 0) : null)
                {
                    paint.PathEffect = dashes;
                    DrawPath(canvas, line.Points, close: false, line.Clip, paint);
                }

                break;
            case SceneArea area:
                paint.Color = area.Fill;
                DrawPath(canvas, area.Points, close: true, area.Clip, paint);
                break;
            case SceneLabel label:
                paint.Color = label.Color;
                using (var font = new SKFont(label.Bold ? EmbeddedFont.Bold : EmbeddedFont.Regular, label.Size))
                {
                    canvas.Save();
                    canvas.Translate(label.X, label.Y);
                    canvas.RotateDegrees(label.Upright ? -90 : 0);
                    canvas.DrawText(label.Text, 0, 0, label.Align, font, paint);
                    canvas.Restore();
                }

                break;
        }
    }

    private static void DrawPath(SKCanvas canvas, IReadOnlyList<SKPoint> points, bool close, SKRect? clip, SKPaint paint)
    {
        using var path = new SKPath();
        path.AddPoly([.. points], close);
        canvas.Save();
        if (clip is SKRect inside)
        {
            canvas.ClipRect(inside);
        }

        canvas.DrawPath(path, paint);
        canvas.Restore();
    }
}
