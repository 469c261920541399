using System.Runtime.CompilerServices;
using StepZero.RandomNumbers;

namespace StepZero.Data;

/// <summary>
/// Drawn cats and dogs: 150 × 150 pixels of red, green and blue, made from a seed with sums, products, quotients and square roots only, so that every
/// machine makes the same bytes.
/// </summary>
internal static class DrawnPets
{
    /// <summary>The default number of pictures.</summary>
    public const int DefaultSamples = 100;

    /// <summary>The most pictures that an array holds.</summary>
    public static int MostSamples => Array.MaxLength / PictureLength;

    private const int Side = 150;
    private const int PictureLength = 3 * Side * Side;

    /// <summary>Makes a set; cats and dogs take turns. Picture i depends on the seed and i alone.</summary>
    /// <param name="samples">The number of pictures, at least 2.</param>
    /// <param name="seed">The seed of what is drawn.</param>
    /// <returns>A set of classes "cat" and "dog", of which "cat" is positive.</returns>
    /// <exception cref="ArgumentOutOfRangeException">There are too few samples, or too many.</exception>
    public static Dataset Make(int samples, uint seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(samples, 2);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(samples, MostSamples);
        byte[] bytes = new byte[samples * PictureLength];
        int[] labels = [.. Enumerable.Range(0, samples).Select(i => i % 2)];
        var random = new NumPyRandom(seed);
        uint[] seeds = [.. labels.Select(_ => random.NextUInt32())];
        Parallel.For(0, samples, i =>
        {
            var stream = new NumPyRandom(seeds[i]);
            var sketch = new PetSketch(labels[i] == 1, stream);
            Develop(Draw(sketch), sketch, stream, bytes.AsSpan(i * PictureLength, PictureLength));
        });

        return Dataset.FromBytes(FormattableString.Invariant($"pets:{samples}:{seed}"), bytes, PictureLength, labels, ["cat", "dog"], new ImageSize(Side, Side));
    }

    private static Canvas Draw(PetSketch sketch)
    {
        var canvas = new Canvas(Side, Side);
        DrawScene(canvas, sketch);
        var body = new Placement(sketch.X, sketch.Y, sketch.Scale);
        DrawParts(canvas, sketch, sketch.IsDog ? PetParts.DogBody : PetParts.CatBody, body);
        DrawParts(canvas, sketch, sketch.IsDog ? PetParts.DogHead : PetParts.CatHead, body with { Tilt = sketch.Tilt });
        return canvas;
    }

    private static void DrawScene(Canvas canvas, PetSketch sketch)
    {
        Color color = sketch.Scene;
        Color second = sketch.SecondScene;
        double floor = sketch.Y + (2.6 * sketch.Scale);
        var units = new Placement(0, 0, 1);
        canvas.Fill(color, sketch.Backdrop == Backdrop.Wall ? second : color);
        switch (sketch.Backdrop)
        {
            case Backdrop.Room:
                canvas.Draw(new Polygon(0, (0, floor), (Side, floor), (Side, 2 * Side), (0, 2 * Side)), units, new Paint(second));
                break;
            case Backdrop.Stripes:
                for (int x = 0; x < Side + 20; x += 30)
                {
                    canvas.Draw(new Polygon(0, (x, 0), (x + 15, 0), (x + 15, Side), (x, Side)), units with { X = sketch.Turn * 60 }, new Paint(second));
                }

                break;
            case Backdrop.Dots:
                for (int dot = 0; dot < 36; dot++)
                {
                    int row = dot / 6;
                    canvas.Draw(new Ellipse((dot % 6 * 28) + (row % 2 * 14), 10 + (row * 26), 5, 5), units, new Paint(second));
                }

                break;
            case Backdrop.Meadow:
                canvas.Fill(color.Toward(0xBFE0FF, 0.3), color);
                canvas.Draw(new Ellipse(30, 165, 130, 60), units, new Paint(second.Toward(0x4C9A3F, 0.35)));
                canvas.Draw(new Ellipse(130, 175, 110, 60), units, new Paint(second.Toward(0x4C9A3F, 0.5)));
                break;
        }

        canvas.Draw(
            new Ellipse(0, 3.3, 1.6, 0.25), new Placement(sketch.X, sketch.Y, sketch.Scale), new Paint(0x000000, Opacity: 0.2, Softness: 0.2));
    }

    private static void DrawParts(Canvas canvas, PetSketch sketch, Part[] parts, Placement place)
    {
        Placement bounds = place with { Side = sketch.Mirror };
        foreach (Part part in parts)
        {
            if ((sketch.Traits & part.Needs) != part.Needs)
            {
                continue;
            }

            Color fill = sketch.ColorOf(part.Ink);
            var paint = new Paint(fill, fill.Toward(0x1A1010, 0.55), part.Outlined ? 0.035 : 0, part.Opacity, part.Softness);
            Placement right = place with { Side = sketch.Mirror, Shift = part.Depth * sketch.Turn };
            canvas.Draw(part.Shape, right, paint, part.Within, bounds);
            if (part.Pair)
            {
                canvas.Draw(part.Shape, right with { Side = -sketch.Mirror }, paint, part.Within, bounds);
            }
        }
    }

    /// <summary>From colors to bytes: exposure, light from a side, and the grain of a film.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Develop(Canvas canvas, PetSketch sketch, NumPyRandom random, Span<byte> bytes)
    {
        ReadOnlySpan<float> pixels = canvas.Pixels;
        double grain = sketch.Noise / 255;
        for (int pixel = 0; pixel < Side * Side; pixel++)
        {
            double light = 255 * sketch.Exposure * (1 + (sketch.LightFromLeft * (1 - (2.0 * (pixel % Side) / Side))));
            uint bits = random.NextUInt32();
            for (int channel = 0; channel < 3; channel++)
            {
                // The sum of two of the four bytes, less its mean.
                double noise = grain * ((int)((bits >> (8 * channel)) & 255) + (int)((bits >> 24) & 255) - 255);
                double value = Math.Floor((light * pixels[(3 * pixel) + channel]) + noise + 0.5);
                bytes[(3 * pixel) + channel] = (byte)Math.Min(Math.Max(value, 0), 255);
            }
        }
    }
}
