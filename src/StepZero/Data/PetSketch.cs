using StepZero.RandomNumbers;

namespace StepZero.Data;

/// <summary>What lies behind a pet.</summary>
internal enum Backdrop
{
    Wall,
    Room,
    Stripes,
    Dots,
    Meadow,
}

/// <summary>
/// All that makes one picture of a pet, drawn from a stream. A light coat stands before a dark scene and a dark coat before a light one, so what is
/// bright where a cat's ear is says "cat" in one half of the pictures and "no cat" in the other: one weight a pixel cannot sum that up well, units
/// that take sides can.
/// </summary>
internal sealed record PetSketch
{
    private const double Jitter = 5;

    private static readonly Color[] LightCoats = [0xF6EBD8, 0xF0C48A, 0xE8A766, 0xD9D6D2, 0xFBF8F2, 0xE3C9A4, 0xC9C3BC];
    private static readonly Color[] DarkCoats = [0x2F2B2B, 0x4A3A32, 0x5B3A24, 0x4B4F58, 0x6B3F1F, 0x3A3F4A, 0x3B2A22];
    private static readonly Color[] LightScenes = [0xF7E3B5, 0xCFE8F3, 0xF5D0CE, 0xD9EBC6, 0xE6DCF2, 0xFBF1DF, 0xBFE3DA];
    private static readonly Color[] DarkScenes = [0x2E4057, 0x3B5B4C, 0x5A3348, 0x3D3560, 0x6A3B32, 0x274B57, 0x4A4436];
    private static readonly Color[] CatEyes = [0x8FBF3F, 0xF0B429, 0x5FB0D8, 0x4FA37A, 0xD98E2B];
    private static readonly Color[] Collars = [0xD8403A, 0x2F7FC1, 0xF2B632, 0x3E9B5F, 0x8A55B5];

    /// <summary>Draws a sketch; every sketch takes as many numbers from the stream.</summary>
    public PetSketch(bool isDog, NumPyRandom random)
    {
        IsDog = isDog;
        bool light = random.Uniform() < 0.5;
        Coat = Vary(Pick(light ? LightCoats : DarkCoats, random), random);
        Scene = Vary(Pick(light ? DarkScenes : LightScenes, random), random);
        SecondScene = Scene.Toward(light ? 0x000000 : 0xFFFFFF, 0.15 + (0.2 * random.Uniform()));
        Backdrop = (Backdrop)(int)(5 * random.Uniform());
        Marking = light ? Coat.Toward(0x5A3A22, 0.35 + (0.45 * random.Uniform())) : Coat.Toward(0xE8D5B8, 0.2 + (0.6 * random.Uniform()));
        Belly = Coat.Toward(random.Uniform() < 0.5 ? 0xFFFFFF : Marking, 0.3 + (0.5 * random.Uniform()));
        Ear = random.Uniform() < 0.5 ? Coat.Toward(0x000000, 0.08) : Marking;
        Eye = Pick(CatEyes, random);
        Collar = Pick(Collars, random);
        double coat = random.Uniform();
        Traits = (coat < 0.4 ? Traits.Stripes : coat < 0.75 ? Traits.Patches : coat < 0.9 ? Traits.Mask : Traits.None)
            | (random.Uniform() < 0.5 ? Traits.Collar : Traits.None)
            | (random.Uniform() < 0.5 ? Traits.Tongue : Traits.None);
        bool sits = random.Uniform() < 0.3;
        Scale = (sits ? 28 : 46) * (1 + (0.1 * Spread(random)));
        X = 75 + (Jitter * Spread(random));
        Y = (sits ? 46 : 74) + (Jitter * Spread(random));
        Tilt = 0.1 * Spread(random);
        Turn = 0.16 * Spread(random);
        Mirror = random.Uniform() < 0.5 ? -1 : 1;
        Exposure = 0.58 + (0.15 * Spread(random));
        LightFromLeft = 0.12 * Spread(random);
        Noise = 6 + (10 * random.Uniform());
    }

    public bool IsDog { get; }
    public Color Coat { get; }
    public Color Scene { get; }
    public Color SecondScene { get; }
    public Backdrop Backdrop { get; }
    public Color Marking { get; }
    public Color Belly { get; }
    public Color Ear { get; }
    public Color Eye { get; }
    public Color Collar { get; }
    public Traits Traits { get; }
    public double Scale { get; }
    public double X { get; }
    public double Y { get; }
    public double Tilt { get; }
    public double Turn { get; }
    public int Mirror { get; }
    public double Exposure { get; }
    public double LightFromLeft { get; }
    public double Noise { get; }

    /// <summary>The color of an ink on this pet.</summary>
    public Color ColorOf(Ink ink) => ink switch
    {
        Ink.Coat => Coat,
        Ink.Shade => Coat.Toward(0x1A1010, 0.35),
        Ink.Marking => Marking,
        Ink.Chest => Belly,
        Ink.Muzzle => Belly,
        Ink.Ear => Ear,
        Ink.InnerEar => Coat.Toward(0xF09C9C, 0.6),
        Ink.CatNose => 0xE8788A,
        Ink.DogNose => 0x1E1A1C,
        Ink.Line => Belly.Lightness > 0.35f ? Belly.Toward(0x2A1A14, 0.7) : Belly.Toward(0xF4E8DC, 0.5),
        Ink.Eye => Eye,
        Ink.Pupil => 0x1A1512,
        Ink.White => 0xFFFFFF,
        Ink.Whisker => Coat.Lightness > 0.5f ? 0x4A3A34 : 0xF2EDE6,
        Ink.Tongue => 0xF07F8C,
        Ink.Collar => Collar,
        Ink.Tag => 0xF7D154,
        _ => 0xF09090,
    };

    private static Color Pick(Color[] colors, NumPyRandom random) => colors[(int)(colors.Length * random.Uniform())];

    private static Color Vary(Color color, NumPyRandom random)
    {
        double shift = 0.12 * Spread(random);
        return color.Toward(shift < 0 ? 0x000000 : 0xFFFFFF, Math.Abs(shift));
    }

    /// <summary>A number from −1 to 1.</summary>
    private static double Spread(NumPyRandom random) => (2 * random.Uniform()) - 1;
}
