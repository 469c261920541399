using ScottPlot;
using SkiaSharp;

namespace StepZero.Reports;

/// <summary>The font of all pictures, held in this assembly, so that a machine without fonts draws the same.</summary>
internal sealed class EmbeddedFont : IFontResolver
{
    private const string Name = "StepZero Sans";

    private EmbeddedFont()
    {
    }

    public static SKTypeface Regular { get; } = Load("DejaVuSans.ttf");

    public static SKTypeface Bold { get; } = Load("DejaVuSans-Bold.ttf");

    /// <summary>Makes every plot use the font; several times do no harm.</summary>
    public static void Register()
    {
        if (Fonts.Default != Name)
        {
            Fonts.FontResolvers.Insert(0, new EmbeddedFont());
            Fonts.Default = Fonts.Sans = Fonts.Serif = Fonts.Monospace = Name;
        }
    }

    /// <summary>The font, whatever is asked for: nothing may depend on what a machine has installed.</summary>
    public SKTypeface? CreateTypeface(string fontName, bool bold, bool italic) => Load(bold ? "DejaVuSans-Bold.ttf" : "DejaVuSans.ttf");

    public SKTypeface? CreateTypeface(string fontName, FontWeight weight, FontSlant slant, FontSpacing spacing) =>
        CreateTypeface(fontName, weight > FontWeight.Medium, italic: false);

    private static SKTypeface Load(string file)
    {
        using Stream stream = typeof(EmbeddedFont).Assembly.GetManifestResourceStream(file)!;
        using var data = SKData.Create(stream);
        return SKTypeface.FromData(data);
    }
}
