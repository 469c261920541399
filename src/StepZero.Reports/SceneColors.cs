using SkiaSharp;

namespace StepZero.Reports;

/// <summary>The colors of drawings, those of curves aside; the page's style sheet has the same by name.</summary>
internal static class SceneColors
{
    /// <summary>Of texts and axes.</summary>
    public static readonly SKColor Ink = SKColor.Parse("#1C2024");

    /// <summary>Of what is read second.</summary>
    public static readonly SKColor Soft = SKColor.Parse("#545C66");

    /// <summary>Of lines behind all others.</summary>
    public static readonly SKColor Line = SKColor.Parse("#C9CED6");

    /// <summary>The n-th color of the <see cref="Palette"/>.</summary>
    public static SKColor Of(int curve) => SKColor.Parse(Palette.Of(curve));
}
