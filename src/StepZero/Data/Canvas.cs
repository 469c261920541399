using System.Runtime.CompilerServices;

namespace StepZero.Data;

/// <summary>A color: red, green and blue from 0 to 1.</summary>
internal readonly record struct Color(float Red, float Green, float Blue)
{
    /// <summary>Reads 0xRRGGBB.</summary>
    public static implicit operator Color(int code) => new((code >> 16) / 255f, ((code >> 8) & 255) / 255f, (code & 255) / 255f);

    /// <summary>How light it is, 0 to 1.</summary>
    public float Lightness => (0.3f * Red) + (0.6f * Green) + (0.1f * Blue);

    /// <summary>This color with a share of another.</summary>
    public Color Toward(Color other, double share)
    {
        float part = (float)share;
        return new Color(Red + (part * (other.Red - Red)), Green + (part * (other.Green - Green)), Blue + (part * (other.Blue - Blue)));
    }
}

/// <summary>Where a drawing's own coordinates lie on the canvas.</summary>
/// <param name="X">The pixel column of its origin.</param>
/// <param name="Y">The pixel row of its origin.</param>
/// <param name="Scale">Pixels to a unit.</param>
/// <param name="Tilt">The tangent of half the angle it is turned by, clockwise.</param>
/// <param name="Shift">How far to the right a shape is moved, in units.</param>
/// <param name="Side">1, or −1 for the mirror image.</param>
internal readonly record struct Placement(double X, double Y, double Scale, double Tilt = 0, double Shift = 0, int Side = 1);

/// <summary>How a shape is colored.</summary>
/// <param name="Fill">The color inside.</param>
/// <param name="Edge">The color of a line around it.</param>
/// <param name="EdgeWidth">The width of that line in units; 0 for none.</param>
/// <param name="Opacity">1 hides what lies below.</param>
/// <param name="Softness">The width in units over which the edge fades, beyond the one pixel of a sharp edge.</param>
internal readonly record struct Paint(Color Fill, Color Edge = default, double EdgeWidth = 0, double Opacity = 1, double Softness = 0);

/// <summary>A picture in the making. Shapes are painted one over the other; their edges are smooth by the share of a pixel that they cover.</summary>
internal sealed class Canvas(int width, int height)
{
    private readonly float[] pixels = new float[3 * width * height];

    public int Width => width;

    public int Height => height;

    /// <summary>Red, green and blue, pixel after pixel, row after row.</summary>
    public ReadOnlySpan<float> Pixels => pixels;

    /// <summary>Fills the canvas from one color at the top to another at the bottom.</summary>
    public void Fill(Color top, Color bottom)
    {
        for (int y = 0; y < height; y++)
        {
            Color color = top.Toward(bottom, (double)y / height);
            for (int at = 3 * width * y; at < 3 * width * (y + 1); at += 3)
            {
                pixels[at] = color.Red;
                pixels[at + 1] = color.Green;
                pixels[at + 2] = color.Blue;
            }
        }
    }

    /// <summary>Paints a shape.</summary>
    /// <param name="shape">The shape, in units.</param>
    /// <param name="place">Where the units lie.</param>
    /// <param name="paint">Its colors.</param>
    /// <param name="within">Another shape that bounds it, moved and mirrored with <paramref name="bounds"/>.</param>
    /// <param name="bounds">Where that other shape lies.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Draw(Shape shape, Placement place, Paint paint, Shape? within = null, Placement bounds = default)
    {
        var map = new PixelMap(place);
        var boundsMap = new PixelMap(bounds);
        (int left, int top, int right, int bottom) = PixelBox(shape.Box, place, paint.EdgeWidth + paint.Softness);
        double sharpness = 1 / (1 + (paint.Softness * place.Scale));
        for (int y = top; y < bottom; y++)
        {
            for (int x = left; x < right; x++)
            {
                (double u, double v) = map.ToUnits(x, y);
                double distance = shape.Distance(u, v) * place.Scale;
                double cover = Cover((distance - (paint.EdgeWidth * place.Scale)) * sharpness);
                if (cover > 0 && within is not null)
                {
                    (u, v) = boundsMap.ToUnits(x, y);
                    cover *= Cover(within.Distance(u, v) * bounds.Scale);
                }

                if (cover > 0)
                {
                    Color color = paint.EdgeWidth > 0 ? paint.Edge.Toward(paint.Fill, Cover(distance)) : paint.Fill;
                    Blend(3 * ((y * width) + x), color, (float)(cover * paint.Opacity));
                }
            }
        }
    }

    /// <summary>The share of a pixel inside an edge at this distance from its center, in pixels, negative inside.</summary>
    private static double Cover(double distance) => distance >= 0.5 ? 0 : distance <= -0.5 ? 1 : 0.5 - distance;

    private void Blend(int at, Color color, float share)
    {
        pixels[at] += share * (color.Red - pixels[at]);
        pixels[at + 1] += share * (color.Green - pixels[at + 1]);
        pixels[at + 2] += share * (color.Blue - pixels[at + 2]);
    }

    /// <summary>The pixels that a turned box may touch.</summary>
    private (int Left, int Top, int Right, int Bottom) PixelBox(Box box, Placement place, double margin)
    {
        (double cosine, double sine) = PixelMap.Rotation(place.Tilt);
        double centerX = (place.Side * (box.Left + box.Right) / 2) + place.Shift;
        double centerY = (box.Top + box.Bottom) / 2;
        double halfWidth = ((box.Right - box.Left) / 2) + margin;
        double halfHeight = ((box.Bottom - box.Top) / 2) + margin;
        double x = place.X + (place.Scale * ((cosine * centerX) - (sine * centerY)));
        double y = place.Y + (place.Scale * ((sine * centerX) + (cosine * centerY)));
        double reachX = (place.Scale * ((Math.Abs(cosine) * halfWidth) + (Math.Abs(sine) * halfHeight))) + 1;
        double reachY = (place.Scale * ((Math.Abs(sine) * halfWidth) + (Math.Abs(cosine) * halfHeight))) + 1;
        return (Within(x - reachX, width), Within(y - reachY, height), Within(x + reachX, width), Within(y + reachY, height));
    }

    private static int Within(double position, int length) => (int)Math.Min(Math.Max(Math.Floor(position), 0), length);

    /// <summary>From a pixel's center to a drawing's units.</summary>
    private readonly struct PixelMap
    {
        private readonly double x, y, shift, cosine, sine;
        private readonly int side;

        public PixelMap(Placement place)
        {
            (cosine, sine) = Rotation(place.Tilt);
            (cosine, sine) = (cosine / place.Scale, sine / place.Scale);
            (x, y, shift, side) = (place.X - 0.5, place.Y - 0.5, place.Shift, place.Side);
        }

        /// <summary>Cosine and sine by the tangent of half the angle: no sine of a platform's own.</summary>
        public static (double Cosine, double Sine) Rotation(double tilt)
        {
            double square = tilt * tilt;
            return ((1 - square) / (1 + square), 2 * tilt / (1 + square));
        }

        public (double U, double V) ToUnits(int column, int row)
        {
            double dx = column - x;
            double dy = row - y;
            return (side * ((cosine * dx) + (sine * dy) - shift), (cosine * dy) - (sine * dx));
        }
    }
}
