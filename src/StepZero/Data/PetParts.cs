namespace StepZero.Data;

/// <summary>What a part of a pet is colored with.</summary>
internal enum Ink
{
    Coat,
    Shade,
    Marking,
    Chest,
    Ear,
    InnerEar,
    Muzzle,
    CatNose,
    DogNose,
    Line,
    Eye,
    Pupil,
    White,
    Whisker,
    Tongue,
    Collar,
    Tag,
    Blush,
}

/// <summary>What some pets have and others not.</summary>
[Flags]
internal enum Traits
{
    None = 0,
    Stripes = 1,
    Patches = 2,
    Collar = 4,
    Tongue = 8,
    Mask = 16,
}

/// <summary>One shape of a pet, in units of half a head's width; the head's center is (0, 0), x runs right and y down.</summary>
/// <param name="Ink">Its color.</param>
/// <param name="Shape">Where it lies when the pet looks straight ahead.</param>
/// <param name="Depth">How far it moves aside when the head turns.</param>
/// <param name="Pair">Whether its mirror image is painted too.</param>
/// <param name="Outlined">Whether a darker line runs around it.</param>
/// <param name="Needs">Only pets with this trait have it.</param>
/// <param name="Opacity">1 hides what lies below.</param>
/// <param name="Softness">The width over which its edge fades.</param>
/// <param name="Within">What bounds it.</param>
internal sealed record Part(
    Ink Ink, Shape Shape, double Depth = 0, bool Pair = false, bool Outlined = false, Traits Needs = Traits.None, double Opacity = 1,
    double Softness = 0, Shape? Within = null);

/// <summary>The shapes of a cat and of a dog, from the back to the front.</summary>
internal static class PetParts
{
    private static readonly Shape CatSkull = new Ellipse(0, 0.04, 1.02, 0.86);
    private static readonly Shape CatTrunk = new Ellipse(0, 2.15, 0.86, 1.3);
    private static readonly Shape CatTail = new Stroke((0.6, 3.1), (2.1, 3.5), (1.15, 1.9), (1.95, 1.55), 0.19, 0.16, 12);
    private static readonly Shape DogSkull = new Ellipse(0, -0.05, 0.84, 0.86);
    private static readonly Shape DogTrunk = new Ellipse(0, 2.2, 0.92, 1.35);

    public static readonly Part[] CatBody =
    [
        new(Ink.Coat, CatTail, Outlined: true),
        new(Ink.Marking, new Stroke(1.3, 2.45, 1.75, 2.6, 0.07, 0.07), Needs: Traits.Stripes, Within: CatTail),
        new(Ink.Marking, new Stroke(1.15, 2.8, 1.6, 3.05, 0.07, 0.07), Needs: Traits.Stripes, Within: CatTail),
        new(Ink.Marking, new Stroke(1.35, 2.1, 1.85, 2.2, 0.07, 0.07), Needs: Traits.Stripes, Within: CatTail),
        new(Ink.Coat, CatTrunk, Outlined: true),
        new(Ink.Marking, new Ellipse(-0.55, 2.2, 0.5, 0.6, 0.1), Needs: Traits.Patches, Within: CatTrunk),
        new(Ink.Marking, new Stroke(0.45, 1.75, 0.95, 1.65, 0.03, 0.09), Pair: true, Needs: Traits.Stripes, Within: CatTrunk),
        new(Ink.Marking, new Stroke(0.48, 2.08, 0.95, 2, 0.03, 0.09), Pair: true, Needs: Traits.Stripes, Within: CatTrunk),
        new(Ink.Coat, new Ellipse(0.62, 2.85, 0.48, 0.56), Pair: true, Outlined: true),
        new(Ink.Marking, new Stroke(0.8, 2.55, 1.1, 2.65, 0.03, 0.07), Pair: true, Needs: Traits.Stripes),
        new(Ink.Marking, new Stroke(0.85, 2.8, 1.1, 2.9, 0.03, 0.07), Pair: true, Needs: Traits.Stripes),
        new(Ink.Chest, new Ellipse(0, 1.55, 0.46, 0.72), Softness: 0.2),
        new(Ink.Coat, new Stroke(0.25, 1.95, 0.27, 3.15, 0.23, 0.2), Pair: true, Outlined: true),
        new(Ink.Coat, new Stroke(0.25, 1.8, 0.25, 2.2, 0.2, 0.2), Pair: true, Softness: 0.1),
        new(Ink.Chest, new Ellipse(0.3, 3.24, 0.3, 0.19), Pair: true, Outlined: true),
        new(Ink.Line, new Stroke(0.23, 3.22, 0.22, 3.36, 0.018, 0.018), Pair: true),
        new(Ink.Line, new Stroke(0.37, 3.22, 0.38, 3.36, 0.018, 0.018), Pair: true),
        new(Ink.Shade, new Ellipse(0, 0.98, 0.7, 0.3), Opacity: 0.5, Softness: 0.35, Within: CatTrunk),
        new(Ink.Collar, new Stroke((-0.62, 0.88), (-0.35, 1.15), (0.35, 1.15), (0.62, 0.88), 0.1, 0.1), Needs: Traits.Collar),
        new(Ink.Tag, new Ellipse(0, 1.24, 0.13, 0.13), Needs: Traits.Collar, Outlined: true),
    ];

    public static readonly Part[] CatHead =
    [
        new(Ink.Coat, new Polygon(0.06, (0.26, -0.66), (0.84, -1.36), (0.95, -0.1)), -0.35, Pair: true, Outlined: true),
        new(Ink.InnerEar, new Polygon(0.05, (0.45, -0.66), (0.78, -1.1), (0.83, -0.3)), -0.3, Pair: true),
        new(Ink.Coat, new Ellipse(0.52, 0.34, 0.62, 0.44, 0.12), 0, Pair: true, Outlined: true),
        new(Ink.Coat, CatSkull, Outlined: true),
        new(Ink.Coat, new Ellipse(0.52, 0.34, 0.61, 0.43, 0.12), 0, Pair: true),
        new(Ink.Marking, new Ellipse(0, 0.25, 0.6, 0.55), 0.6, Needs: Traits.Mask, Softness: 0.5, Within: CatSkull),
        new(Ink.Marking, new Ellipse(0.55, -0.35, 0.5, 0.56, 0.2), 0.3, Needs: Traits.Patches, Within: CatSkull),
        new(Ink.Marking, new Stroke(0, -0.9, 0, -0.42, 0.08, 0.03), 0.5, Needs: Traits.Stripes, Within: CatSkull),
        new(Ink.Marking, new Stroke(0.27, -0.9, 0.2, -0.46, 0.08, 0.03), 0.5, Pair: true, Needs: Traits.Stripes, Within: CatSkull),
        new(Ink.Marking, new Stroke(1.15, 0, 0.74, 0.1, 0.08, 0.03), 0.1, Pair: true, Needs: Traits.Stripes, Within: CatSkull),
        new(Ink.Marking, new Stroke(1.15, 0.36, 0.78, 0.32, 0.08, 0.03), 0.1, Pair: true, Needs: Traits.Stripes, Within: CatSkull),
        new(Ink.White, new Ellipse(0.42, -0.1, 0.26, 0.24, -0.1), 0.8, Pair: true, Outlined: true),
        new(Ink.Eye, new Ellipse(0.42, -0.1, 0.23, 0.22, -0.1), 0.85, Pair: true),
        new(Ink.Pupil, new Ellipse(0.42, -0.1, 0.06, 0.19), 0.9, Pair: true),
        new(Ink.White, new Ellipse(0.48, -0.19, 0.06, 0.055), 0.9, Pair: true),
        new(Ink.Blush, new Ellipse(0.66, 0.3, 0.2, 0.13), 0.5, Pair: true, Opacity: 0.35, Softness: 0.2),
        new(Ink.Muzzle, new Ellipse(0.18, 0.43, 0.26, 0.2, -0.05), 1, Pair: true),
        new(Ink.Muzzle, new Ellipse(0, 0.6, 0.2, 0.14), 1),
        new(Ink.Line, new Stroke((0, 0.35), (0, 0.55), (0.2, 0.62), (0.3, 0.48), 0.025, 0.02), 1.05, Pair: true),
        new(Ink.CatNose, new Polygon(0.035, (-0.1, 0.24), (0.1, 0.24), (0, 0.35)), 1.15),
        new(Ink.Whisker, new Stroke((0.36, 0.4), (0.7, 0.28), (1, 0.24), (1.36, 0.24), 0.02, 0.012, 5), 0.8, Pair: true),
        new(Ink.Whisker, new Stroke((0.36, 0.45), (0.7, 0.42), (1, 0.43), (1.38, 0.48), 0.02, 0.012, 5), 0.8, Pair: true),
        new(Ink.Whisker, new Stroke((0.36, 0.5), (0.65, 0.55), (0.95, 0.62), (1.28, 0.74), 0.02, 0.012, 5), 0.8, Pair: true),
    ];

    public static readonly Part[] DogBody =
    [
        new(Ink.Coat, new Stroke((0.6, 3), (1.1, 3), (1.5, 2.6), (1.55, 2.15), 0.2, 0.1), Outlined: true),
        new(Ink.Coat, DogTrunk, Outlined: true),
        new(Ink.Marking, new Ellipse(0.62, 2.15, 0.36, 0.44, 0.1), Needs: Traits.Patches, Within: DogTrunk),
        new(Ink.Marking, new Ellipse(-0.72, 1.75, 0.28, 0.24), Needs: Traits.Patches, Within: DogTrunk),
        new(Ink.Coat, new Ellipse(0.7, 2.9, 0.46, 0.52), Pair: true, Outlined: true),
        new(Ink.Marking, new Ellipse(-0.85, 2.8, 0.2, 0.18), Needs: Traits.Patches),
        new(Ink.Chest, new Ellipse(0, 1.65, 0.5, 0.75), Softness: 0.25),
        new(Ink.Coat, new Stroke(0.32, 1.9, 0.34, 3.1, 0.27, 0.24), Pair: true, Outlined: true),
        new(Ink.Coat, new Stroke(0.32, 1.8, 0.32, 2.2, 0.24, 0.24), Pair: true, Softness: 0.1),
        new(Ink.Chest, new Ellipse(0.38, 3.22, 0.36, 0.22), Pair: true, Outlined: true),
        new(Ink.Line, new Stroke(0.3, 3.2, 0.29, 3.36, 0.02, 0.02), Pair: true),
        new(Ink.Line, new Stroke(0.46, 3.2, 0.47, 3.36, 0.02, 0.02), Pair: true),
        new(Ink.Shade, new Ellipse(0, 1.05, 0.75, 0.3), Opacity: 0.5, Softness: 0.35, Within: DogTrunk),
        new(Ink.Collar, new Stroke((-0.62, 0.95), (-0.35, 1.24), (0.35, 1.24), (0.62, 0.95), 0.12, 0.12), Needs: Traits.Collar),
        new(Ink.Tag, new Ellipse(0, 1.36, 0.15, 0.15), Needs: Traits.Collar, Outlined: true),
    ];

    public static readonly Part[] DogHead =
    [
        new(Ink.Coat, DogSkull, Outlined: true),
        new(Ink.Coat, new Ellipse(0, 0.45, 0.6, 0.56), 0.4, Outlined: true),
        new(Ink.Coat, new Ellipse(0, -0.05, 0.83, 0.85)),
        new(Ink.Marking, new Ellipse(0.36, -0.2, 0.36, 0.42, 0.15), 0.7, Needs: Traits.Patches, Within: DogSkull),
        new(Ink.Muzzle, new Stroke(0, -0.85, 0, 0.1, 0.07, 0.16), 0.6, Needs: Traits.Mask, Softness: 0.06, Within: DogSkull),
        new(Ink.Ear, new Stroke((0.7, -0.55), (1.1, -0.5), (1.16, 0.2), (1, 0.66), 0.2, 0.26, 10), -0.25, Pair: true, Outlined: true),
        new(Ink.White, new Ellipse(0.35, -0.16, 0.17, 0.18), 0.8, Pair: true, Outlined: true),
        new(Ink.Pupil, new Ellipse(0.35, -0.15, 0.13, 0.15), 0.9, Pair: true),
        new(Ink.White, new Ellipse(0.4, -0.21, 0.05, 0.05), 0.9, Pair: true),
        new(Ink.Shade, new Stroke((0.2, -0.44), (0.28, -0.52), (0.4, -0.52), (0.48, -0.44), 0.035, 0.03, 4), 0.7, Pair: true),
        new(Ink.Tongue, new Ellipse(0.02, 0.9, 0.17, 0.28), 1.1, Needs: Traits.Tongue, Outlined: true),
        new(Ink.Line, new Stroke(0.02, 0.75, 0.02, 0.98, 0.018, 0.012), 1.1, Needs: Traits.Tongue, Opacity: 0.5),
        new(Ink.Muzzle, new Ellipse(0, 0.4, 0.42, 0.38), 1),
        new(Ink.Muzzle, new Ellipse(0.22, 0.55, 0.28, 0.25), 1, Pair: true),
        new(Ink.Line, new Stroke((0, 0.4), (0, 0.72), (0.25, 0.8), (0.42, 0.62), 0.03, 0.025), 1.1, Pair: true),
        new(Ink.Line, new Ellipse(0.22, 0.5, 0.025, 0.025), 1.1, Pair: true, Opacity: 0.6),
        new(Ink.Line, new Ellipse(0.32, 0.58, 0.025, 0.025), 1.1, Pair: true, Opacity: 0.6),
        new(Ink.DogNose, new Ellipse(0, 0.25, 0.24, 0.17), 1.3),
        new(Ink.White, new Ellipse(0.06, 0.19, 0.07, 0.035), 1.3, Opacity: 0.6),
    ];
}
